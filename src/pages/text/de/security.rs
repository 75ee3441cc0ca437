//! How data are protected, and what happens when something breaks.

use crate::pages::text::article::Block::{Commands, List, Paragraph, Steps, Terms};
use crate::pages::text::article::{RESTORE, VERIFY};
use crate::pages::text::{Article, Section};

/// How data are protected, and what happens when something breaks.
pub(super) const SECURITY: Article = Article {
    title: "Sicherheit",
    description: "Wie Fotos und Konten geschützt sind, was gesichert wird und wann das abläuft, \
                  und wie du den Beleg einer Löschung selbst prüfst.",
    lede: "Wie deine Daten geschützt sind, was eine Sicherung enthält und bis wann, und wie du \
           eine Löschung selbst prüfen kannst.",
    sections: &[
        Section {
            id: "pictures",
            title: "Bilder und Seiten",
            blocks: &[List(&[
                "Bilder liegen in privatem Speicher ohne öffentliche Adresse. Ein signierter Link \
                 zeigt ein einziges Bild, höchstens {picture_link} Minuten lang; von einem \
                 gelöschten zeigt er nichts.",
                "Versteckte Daten werden aus Fotos entfernt, bevor sie gespeichert werden, also \
                 können sie später nicht durchsickern.",
                "Jede Verbindung ist verschlüsselt. Dateien und Datenbank sind dort \
                 verschlüsselt, wo sie liegen; das sagt Cloudflare.",
                "Seiten führen nur unsere eigenen Skripte aus, jedes mit einer Prüfsumme, die der \
                 Browser prüft, und keine andere Website kann sie in sich zeigen.",
                "Das Protokoll enthält keine Adresse, keinen Link und nichts, was du geschrieben \
                 hast.",
            ])],
        },
        Section {
            id: "accounts",
            title: "Konten",
            blocks: &[List(&[
                "Du meldest dich mit Google an. Wir haben kein Passwort von dir, das gestohlen \
                 werden könnte.",
                "Von dem, was dich angemeldet hält, speichern wir nur einen Fingerabdruck: Wer \
                 unsere Datenbank liest, kann sich damit nicht anmelden.",
                "Eine Anmeldung endet nach {session_idle} Tagen ohne Nutzung und auf jeden Fall \
                 nach {session_absolute} Tagen. Die Kontoseite zeigt alle und beendet jede sofort.",
                "Was sich nicht rückgängig machen lässt, etwa das Löschen des Kontos, verlangt \
                 eine neue Anmeldung.",
                "Eine neue Anmeldung, eine geänderte E-Mail-Adresse und eine geplante Löschung \
                 sagen wir dir per E-Mail.",
                "Was zu einem Konto gehört, wird bei jeder Anfrage gegen seinen Besitzer geprüft.",
            ])],
        },
        Section {
            id: "backups",
            title: "Sicherungen",
            blocks: &[
                Paragraph(
                    "Unsere einzige Sicherung ist der eigene Verlauf der Datenbank: Sie lässt \
                     sich auf jede Minute der letzten {recovery} Tage zurücksetzen. Von Bildern \
                     gibt es keine Kopie: Eine gelöschte Datei ist sofort weg. Was gelöscht \
                     wurde, ist also {recovery} Tage später aus jeder Sicherung verschwunden.",
                ),
                Paragraph(
                    "Die Datenbank zurückzusetzen würde auch zurückbringen, was seither gelöscht \
                     wurde. Deshalb arbeitet, wer diese Website betreibt, Folgendes in dieser \
                     Reihenfolge ab:",
                ),
                Steps(&[
                    "Die Website schließen und eine Liste aller Konten und Aufträge schreiben, \
                     die es jetzt gibt.",
                    "Die Datenbank zurücksetzen, auf den Moment vor dem Schaden und nicht weiter.",
                    "Jedes Konto und jeden Auftrag wieder löschen, der älter ist als dieser \
                     Moment und nicht auf der Liste steht. Ihre Bilder sind schon weg.",
                    "Jede Zustimmung zurücknehmen und jede Anmeldung beenden, die seither beendet \
                     wurde. Lässt sich das nicht sagen, dann alle.",
                    "Die Website öffnen und allen Betroffenen sagen, was geschehen ist.",
                ]),
                Commands(RESTORE),
            ],
        },
        Section {
            id: "receipts",
            title: "Eine Löschung prüfen",
            blocks: &[
                Paragraph(
                    "Wer ein Konto löscht, bekommt einen Code. Damit lässt sich {receipt} Tage \
                     lang ein Beleg abrufen, und wir schicken ihn als Letztes per E-Mail: Die \
                     Adresse verschwindet, wenn diese Mail verschickt ist, spätestens {last_mail} \
                     Stunden nach der Löschung. Er sagt, was wann gelöscht wurde und welche \
                     Kopien anderswo bis wann leben. Er ist signiert (JWS, Ed25519) und nennt \
                     niemanden.",
                ),
                Paragraph(
                    "Du kannst ihn ohne uns und ohne Netz prüfen. Speichere ihn von der [Seite des \
                     Belegs](/receipt) als receipt.jws und unseren [öffentlichen \
                     Schlüssel](/api/receipt-key), der hier unter /api/receipt-key liegt, als \
                     key.pem. Dann, mit OpenSSL 3:",
                ),
                Commands(VERIFY),
                Paragraph(
                    "Ein Beleg beweist, was wir erklärt haben und nicht mehr ändern können. Dass \
                     Bytes weg sind, kann er nicht beweisen; das kann niemand.",
                ),
            ],
        },
        Section { id: "terms", title: "Alle Fristen auf einen Blick", blocks: &[Terms] },
        Section {
            id: "report",
            title: "Eine Lücke gefunden?",
            blocks: &[Paragraph(
                "Schreib an {contact}. Versuch es nur an deinen eigenen Aufträgen und deinem \
                 eigenen Konto, lass die Daten anderer in Ruhe und gib uns Zeit, sie zu \
                 schließen: Dann sind wir dankbar und gehen nicht rechtlich vor.",
            )],
        },
    ],
};
