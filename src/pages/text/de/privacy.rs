//! What is kept, why, where and for how long.

use crate::pages::text::article::Block::{BrowserStores, Cookies, Data, List, Paragraph, Parties};
use crate::pages::text::{Article, Section};
use crate::policy::data_map::Group;

/// What is kept, why, where and for how long.
pub(super) const PRIVACY: Article = Article {
    title: "Datenschutz",
    description: "Was wir speichern, warum, wo und wie lange: ohne Konto 48 Stunden, mit Konto, \
                  bis du es löschst. Kein Training, keine Werbung.",
    lede: "Was wir speichern, warum, wo und wie lange. Diese Listen werden aus der Software \
           selbst geschrieben: Sie wird nicht veröffentlicht, solange sie etwas speichert, das \
           hier fehlt.",
    sections: &[
        Section {
            id: "short",
            title: "Kurz gesagt",
            blocks: &[List(&[
                "Ohne Konto werden deine Fotos und dein Bild {anonymous_order} Stunden nach \
                 deinem Auftrag gelöscht, oder sofort, wenn du sie löschst.",
                "Mit Konto bleiben sie in deinem Verlauf, bis du sie löschst. Dann liegen sie im \
                 Papierkorb, und spätestens am {trash}. Tag sind sie endgültig weg.",
                "Du kannst alles aus deinem Konto herunterladen, und du kannst es löschen: nach \
                 {account_deletion} Stunden, in denen du das zurücknehmen kannst, ist es weg.",
                "Standort und andere versteckte Daten werden aus deinen Fotos entfernt, bevor wir \
                 sie speichern.",
                "Cloudflare betreibt die Website, Kie AI erstellt das Bild, und Google sagt, wer \
                 du bist, wenn du dich anmeldest.",
                "Mit deinen Fotos wird nichts trainiert, in keinem Tarif, und nichts wird \
                 verkauft.",
                "Keine Werbung, und ohne deine Zustimmung wird nichts von anderen Websites \
                 geladen.",
            ])],
        },
        Section {
            id: "kept",
            title: "Was beim Erstellen eines Bildes gespeichert wird",
            blocks: &[
                Data(Group::Making),
                Paragraph(
                    "Von einem gelöschten Auftrag bleibt nichts als der verbrauchte Versuch. Sein \
                     Link selbst trägt die Zeit des Auftrags und ein Zeichen, das zeigt, dass er \
                     von uns stammt: So kann er noch {closed_order} Tage nach der Zeit des \
                     Auftrags „gelöscht“ sagen statt „gab es nie“.",
                ),
            ],
        },
        Section {
            id: "account",
            title: "Was ein Konto speichert",
            blocks: &[Data(Group::Account)],
        },
        Section {
            id: "running",
            title: "Was der Betrieb der Website speichert",
            blocks: &[
                Data(Group::Running),
                Paragraph(
                    "Was gelöscht wurde, kann also noch bis zu {recovery} Tage länger im Verlauf \
                     der Datenbank stehen. Unter [Sicherheit](/security#backups) steht, was \
                     geschieht, wenn er je gebraucht wird.",
                ),
            ],
        },
        Section {
            id: "photos",
            title: "Wie deine Fotos geschützt sind",
            blocks: &[List(&[
                "Standort, Kameradaten, Bildbeschreibungen und andere versteckte Daten werden \
                 herausgenommen: in deinem Browser, wo er es kann, und noch einmal, wenn das Foto \
                 ankommt. Auf der Seite des Auftrags steht, was gefunden wurde.",
                "Bilder liegen in privatem Speicher ohne öffentliche Adresse. Gezeigt werden sie \
                 über signierte Links, die spätestens nach {picture_link} Minuten nicht mehr \
                 funktionieren.",
                "Ohne Konto hat ein Auftrag einen geheimen Link, der sich nicht erraten lässt, \
                 und Suchmaschinen werden angewiesen, fernzubleiben. Wer den Link hat, kann den \
                 Auftrag sehen und löschen; behandle ihn also wie einen Schlüssel. Ein Auftrag \
                 eines Kontos öffnet sich nur für seinen Besitzer.",
                "Alles wird verschlüsselt übertragen und liegt verschlüsselt bei Cloudflare.",
                "Keine Software von uns erkennt Gesichter.",
            ])],
        },
        Section {
            id: "companies",
            title: "Wer sie sonst noch sieht",
            blocks: &[
                Parties,
                Paragraph(
                    "Sonst niemand. An Behörden geben wir Daten nur heraus, wo das Gesetz uns \
                     dazu verpflichtet, und wir können nur herausgeben, was in den Listen oben \
                     steht.",
                ),
            ],
        },
        Section {
            id: "cookies",
            title: "Was in deinem Browser liegt",
            blocks: &[
                Cookies,
                BrowserStores,
                Paragraph(
                    "All das ist für das nötig, worum du gebeten hast, außer wo steht, dass du \
                     zugestimmt hast. Wo nichts deine Zustimmung braucht, gibt es kein Banner zum \
                     Wegklicken.",
                ),
            ],
        },
        Section {
            id: "rights",
            title: "Deine Rechte",
            blocks: &[
                List(&[
                    "Ansehen, herunterladen und löschen: ohne Konto über den Link des Auftrags; \
                     mit Konto in deinem Verlauf und auf der Kontoseite, wo sich alles auf einmal \
                     herunterladen lässt.",
                    "Berichtigen: Name und E-Mail-Adresse, auf der Kontoseite.",
                    "Einschränken und widersprechen: auf der Kontoseite. Solange die Verarbeitung \
                     eingeschränkt ist, wird kein Bild erstellt, und du kannst weiterhin alles \
                     herunterladen.",
                    "Widerrufen: Wozu du zugestimmt hast, das kannst du jederzeit zurücknehmen, \
                     so leicht wie du zugestimmt hast. Jede E-Mail, bei der es nicht um die \
                     Sicherheit deines Kontos geht, hat einen Link, der solche E-Mails beendet.",
                ]),
                Paragraph(
                    "Für alles andere schreib an {contact}. Ohne Konto kennen wir keinen Namen, \
                     nach dem wir suchen könnten: Schick den Link des Auftrags, den du meinst. Du \
                     kannst dich auch bei der Datenschutzbehörde an deinem Wohnort beschweren. \
                     Jemand hat ein Foto von dir verwendet, ohne zu fragen? Schreib uns, mit dem \
                     Link.",
                ),
            ],
        },
        Section {
            id: "age",
            title: "Alter",
            blocks: &[Paragraph(
                "Diese Website ist für Menschen ab 16 Jahren, und die Fotos sind es auch: \
                 Niemand, der darauf zu sehen ist, darf jünger sein.",
            )],
        },
        Section {
            id: "changes",
            title: "Änderungen",
            blocks: &[Paragraph(
                "Wenn wir mehr speichern, länger speichern oder ein weiteres Unternehmen \
                 beteiligen wollen, sagen wir es mindestens {notice} Tage vorher, auf jeder Seite \
                 und per E-Mail an alle, die ein Konto haben. [Alle Fassungen](/changes). Fragen: \
                 {contact}.",
            )],
        },
    ],
};
