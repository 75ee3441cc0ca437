//! Das Konto löschen und der Beleg dafür.

use crate::pages::text::{Counted, DeletionText};

/// Das Konto löschen und der Beleg dafür.
pub(super) const DELETION: DeletionText = DeletionText {
    title: "Mein Konto löschen",
    go_on: "Weiter zur Löschung",
    lede: "72 Stunden nachdem du darum gebeten hast, wird alles gelöscht, was zu deinem Konto \
           gehört. Bis zur letzten Sekunde kannst du es dir anders überlegen.",
    what_title: "Was gelöscht wird",
    what: "Alle Aufträge mit ihren Fotos und Bildern, dein Verlauf samt Papierkorb, Datenexporte, \
           dein Name, deine Adresse und dein Porträt, deine Einstellungen und Einwilligungen und \
           jede Sitzung. Du wirst überall abgemeldet. Wer sich danach anmeldet, beginnt als neue \
           Person.",
    stays_title: "Was anderswo eine Weile bleibt",
    stays: "Kie AI behält seine Kopien der Bilder, die es gemacht hat, 14 Tage und seine \
            Protokolle zwei Monate. Zeilen können 30 Tage in der Wiederherstellung unserer \
            Datenbank bleiben. Der Beleg nennt jeden dieser Speicher und den Tag, bis zu dem er \
            etwas enthalten kann.",
    export_first: "Was gelöscht ist, lässt sich nicht zurückholen. Wenn du deine Bilder behalten \
                   möchtest, lade vorher deine Daten herunter.",
    export: "Meine Daten herunterladen",
    receipt_note: "Wenn du um die Löschung bittest, erhältst du einen Code. Damit kannst du \
                   danach 30 Tage lang einen signierten Beleg abrufen. Wir schicken dir den Beleg \
                   auch per E-Mail, als Letztes, bevor deine Adresse gelöscht wird.",
    prove_first: "Damit sicher ist, dass du es bist, muss Google dich noch einmal fragen. Der \
                  Nachweis gilt zehn Minuten.",
    prove: "Noch einmal anmelden",
    confirm: "In 72 Stunden alles löschen",
    scheduled_title: "Dein Konto wird gelöscht",
    scheduled: "Am {time}, in {left}, wird alles gelöscht.",
    hours: Counted { one: "1 Stunde", other: "{count} Stunden" },
    scheduled_note: "Bis dahin funktioniert dein Konto wie bisher.",
    cancel: "Mein Konto behalten",
    code_title: "Dein Code für den Beleg",
    code_note: "Schreib ihn auf oder mach ein Foto davon: Er wird nur jetzt gezeigt, und wir \
                behalten nicht mehr als einen Fingerabdruck davon.",
    lost_code: "Du hast deinen Code verloren? Ein neuer ersetzt ihn; das Datum bleibt.",
    new_code: "Neuen Code zeigen",
    to_receipt: "Zum Beleg",
    receipt_title: "Beleg einer Löschung",
    receipt_lede: "Wer ein Konto gelöscht hat, kann hier 30 Tage lang den Beleg abrufen.",
    code_label: "Dein Code",
    code_hint: "32 Ziffern und Buchstaben von a bis f. Striche sind egal.",
    show: "Beleg zeigen",
    unknown: "Zu diesem Code gibt es keinen Beleg. Er kommt einige Minuten nach dem Ende des \
              Countdowns und wartet 30 Tage.",
    no_code: "Das ist kein Code: Er muss 32 Ziffern und Buchstaben von a bis f haben.",
    waits_until: "Dieser Beleg wartet hier bis {time}. Bewahre ihn selbst auf: Wir tun es nicht.",
    says: "Was er besagt",
    signed: "Der signierte Beleg",
    download: "Beleg herunterladen",
    verify_title: "Prüf ihn selbst",
    verify: "Lade den Beleg und unseren öffentlichen Schlüssel in einen Ordner. Mit OpenSSL 3 \
             prüfen diese Befehle die Signatur ohne jedes Netz:",
    key: "Öffentlichen Schlüssel herunterladen",
    proves_title: "Was er beweist",
    proves: "Die Signatur beweist, dass wir dies erklärt und seither nicht geändert haben. Sie \
             kann nicht beweisen, dass es nirgends eine Kopie gibt: Das kann nichts.",
};
