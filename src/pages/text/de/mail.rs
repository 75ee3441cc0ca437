//! What the product writes by mail.

use crate::pages::text::{LetterText, MailText, NewsPageText, WaitlistPageText};

/// What the product writes by mail.
pub(super) const MAIL: MailText = MailText {
    new_sign_in: LetterText {
        subject: "Neue Anmeldung bei deinem {site}-Konto",
        lines: &[
            "Jemand hat sich am {time} mit Google bei deinem Konto angemeldet. Das Gerät: \
             {device}.",
            "Warst du das, ist nichts zu tun. Wenn nicht, sichere zuerst dein Google-Konto und \
             beende dann die Sitzung auf deiner Kontoseite.",
        ],
        action: "Ansehen, wo du angemeldet bist",
    },
    unknown_device: "unbekannt",
    email_change_confirm: LetterText {
        subject: "Bestätige deine Adresse für {site}",
        lines: &[
            "Jemand, vermutlich du, möchte die E-Mails eines {site}-Kontos an diese Adresse \
             bekommen. Sie gilt, sobald du auf der Seite hinter diesem Link den Knopf drückst.",
            "Warst du das nicht, tu nichts. Dann ändert sich nichts.",
        ],
        action: "Änderung ansehen",
    },
    email_changed: LetterText {
        subject: "Deine Adresse bei {site} wurde geändert",
        lines: &[
            "Die E-Mails deines Kontos gehen seit {time} an eine andere Adresse. Dies ist die \
             letzte an diese hier.",
            "Warst du das nicht, sichere dein Google-Konto, melde dich an und stelle es richtig. \
             Wenn das nicht geht, schreib an {contact}.",
        ],
        action: "Zu deinem Konto",
    },
    deletion_scheduled: LetterText {
        subject: "Dein {site}-Konto wird gelöscht",
        lines: &[
            "Am {time} wird alles gelöscht, was zu deinem Konto gehört: Bilder, Aufträge, \
             Sitzungen und das Konto selbst. Danach lässt sich das nicht rückgängig machen.",
            "Bis dahin kannst du es auf deiner Kontoseite abbrechen. Hast du es nicht verlangt, \
             tu das jetzt und sichere dein Google-Konto.",
            "Der Code für den Beleg wurde beim Antrag angezeigt. Keine E-Mail wiederholt ihn.",
        ],
        action: "Löschung abbrechen",
    },
    deletion_done: LetterText {
        subject: "Dein {site}-Konto ist gelöscht",
        lines: &[
            "Alles, was zu deinem Konto gehörte, ist gelöscht. Unten steht der signierte Beleg. \
             Er sagt auch, wer noch Kopien hat und bis wann.",
            "Bewahre ihn auf, wenn du einen Nachweis willst: Unsere Kopie verschwindet nach 30 \
             Tagen. Die Seite hinter diesem Link sagt, wie du die Signatur ohne uns prüfst.",
        ],
        action: "So prüfst du den Beleg",
    },
    export_ready: LetterText {
        subject: "Deine Daten von {site} sind bereit",
        lines: &[
            "Alles, was von dir gespeichert ist, kannst du bis {time} herunterladen. Dafür musst \
             du angemeldet sein.",
        ],
        action: "Zum Download",
    },
    waitlist_confirm: LetterText {
        subject: "Möchtest du von {site} hören?",
        lines: &[
            "Jemand, vermutlich du, hat diese Adresse auf unsere Warteliste gesetzt. Wir \
             schreiben dir erst, wenn du auf der Seite hinter diesem Link den Knopf drückst.",
            "Warst du das nicht, tu nichts. In 7 Tagen haben wir die Adresse vergessen.",
        ],
        action: "Warteliste ansehen",
    },
    announcement_action: "Lesen, was sich ändert",
    or_copy: "Oder kopiere diese Adresse in deinen Browser:",
    from: "Das schreibt {site}. Fragen gehen an {contact}.",
    why_account: "Du bekommst dies, weil es um die Sicherheit oder die Daten deines Kontos geht. \
                  Solche E-Mails lassen sich nicht abschalten; welche sich abschalten lassen, \
                  zeigt deine Kontoseite: {link}",
    why_deleted: "Du bekommst dies, weil du ein Konto hattest. Es ist die letzte E-Mail: Deine \
                  Adresse wird gelöscht, wenn sie verschickt ist.",
    why_entered: "Du bekommst dies, weil jemand diese Adresse auf unserer Website eingegeben hat. \
                  Ohne dich folgt keine weitere E-Mail.",
    why_asked: "Du bekommst dies, weil jemand diese Adresse für unsere Warteliste eingegeben hat. \
                Ohne dich kommt keine weitere E-Mail. Damit wird die Adresse sofort vergessen: {link}",
    why_announced: "Du bekommst dies, weil du ein Konto hast und alle mit Konto davon erfahren \
                    müssen. Solche E-Mails lassen sich nicht abschalten; welche sich abschalten \
                    lassen, zeigt deine Kontoseite: {link}",
    why_waitlist: "Du bekommst dies, weil du diese Adresse für unsere Warteliste bestätigt hast. \
                   Das beendet solche E-Mails: {link}",
    why_news: "Du bekommst dies, weil in deinem Konto Neuigkeiten per E-Mail eingeschaltet sind. \
               Das beendet sie: {link}",
    waitlist: WaitlistPageText {
        confirm_title: "Möchtest du von uns hören?",
        confirm_detail: "Drück den Knopf, und wir schreiben dir, wenn es Neues gibt. In jeder \
                         E-Mail steht ein Link, der das beendet.",
        confirm: "Ja, schreibt mir",
        confirmed_title: "Du stehst auf der Liste",
        confirmed_detail: "Wir schreiben dir, wenn es Neues gibt. In jeder E-Mail steht ein Link, \
                           der das beendet.",
        leave_title: "Die Warteliste verlassen?",
        leave_detail: "Drück den Knopf, und wir löschen deine Adresse von der Warteliste.",
        leave: "Meine Adresse löschen",
        left_title: "Deine Adresse ist gelöscht",
        left_detail: "Sie steht nicht mehr auf der Warteliste, und es folgt keine E-Mail.",
    },
    news: NewsPageText {
        end_title: "Keine Neuigkeiten mehr per E-Mail?",
        end_detail: "Drück den Knopf, und wir schreiben der Adresse deines Kontos keine \
                     Neuigkeiten mehr. Auch von der Warteliste verschwindet sie, falls sie dort \
                     steht. Anmelden musst du dich nicht.",
        end: "Keine Neuigkeiten mehr",
        ended_title: "Du bekommst keine Neuigkeiten mehr",
        ended_detail: "Nur E-Mails zur Sicherheit und zu den Daten deines Kontos kommen noch. Auf \
                       der Kontoseite kannst du Neuigkeiten wieder einschalten.",
    },
};
