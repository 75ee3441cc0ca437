//! The agreement with businesses about the data of other people.

use crate::pages::text::article::Block::{List, Paragraph, Parties, Summary};
use crate::pages::text::{Article, Section};

/// The agreement with businesses about the data of other people.
pub(super) const DPA: Article = Article {
    title: "Daten in deinem Auftrag",
    description: "Für Unternehmen, die hier Bilder anderer Menschen erstellen: was wir in ihrem \
                  Auftrag verarbeiten, wie, mit wem und bis wann (DSGVO Artikel 28).",
    lede: "Die Vereinbarung zur Auftragsverarbeitung, für Unternehmen, die hier Fotos anderer \
           Menschen verarbeiten. Sie ist Teil der [Bedingungen](/terms) und gilt ab dem ersten \
           Auftrag; unterschrieben werden muss nichts.",
    sections: &[
        Section {
            id: "subject",
            title: "Worum es geht",
            blocks: &[
                Paragraph(
                    "Du, der Verantwortliche, lässt uns, die Betreiber von {site}, \
                     personenbezogene Daten in deinem Auftrag verarbeiten, wie es Artikel 28 der \
                     DSGVO beschreibt.",
                ),
                List(&[
                    "Zweck: Bilder von Menschen zu erstellen, die Kleidung tragen, sie zu zeigen \
                     und aufzubewahren, und nichts anderes. Niemals Training, niemals Werbung.",
                    "Menschen: die auf den Fotos, und deine eigenen, die sich anmelden.",
                    "Daten: Fotos, Bilder, Auswahl und Notizen, und die Daten des Kontos.",
                    "Dauer: solange du den Dienst nutzt, und dann bis zum Ende der Fristen unten.",
                ]),
                Summary,
            ],
        },
        Section {
            id: "duties",
            title: "Wozu wir uns verpflichten",
            blocks: &[List(&[
                "Wir verarbeiten Daten nur nach deinen Weisungen. Deine Aufträge, Löschungen und \
                 Einstellungen sind die Weisungen. Wenn wir meinen, dass eine davon gegen das \
                 Gesetz verstößt, sagen wir es.",
                "Wer für uns arbeitet, ist zur Verschwiegenheit verpflichtet, und was Betreiber \
                 ansehen, wird protokolliert.",
                "Wir schützen die Daten, wie es unter [Sicherheit](/security) steht.",
                "Wir helfen dir, Menschen zu antworten, die ihre Rechte geltend machen. Für das \
                 meiste gibt es Knöpfe: herunterladen, berichtigen, einschränken, löschen.",
                "Wenn Daten von dir verloren gehen oder in falsche Hände geraten, sagen wir dir \
                 ohne unnötige Verzögerung, was geschehen ist, wen es betrifft und was wir tun.",
                "Am Ende löschen wir alles: {account_deletion} Stunden, nachdem du darum bittest, \
                 und nach weiteren {recovery} Tagen steht es auch nicht mehr im Verlauf der \
                 Datenbank. Vorher kannst du alles herunterladen.",
                "Wir geben dir, was du brauchst, um all das zu prüfen, und beantworten deine \
                 Fragen. Du darfst es prüfen lassen, mit Ankündigung und auf eigene Kosten.",
            ])],
        },
        Section {
            id: "subprocessors",
            title: "Andere Unternehmen",
            blocks: &[
                Paragraph(
                    "Du erlaubst, dass diese Unternehmen beteiligt sind. Ein neues wird \
                     mindestens {notice} Tage vorher angekündigt; in dieser Zeit kannst du \
                     widersprechen und den Vertrag beenden, falls wir ohne es nicht auskommen. \
                     Für das, was sie tun, stehen wir dir ein wie für unser eigenes Tun.",
                ),
                Parties,
                Paragraph(
                    "Wo Daten die Europäische Union verlassen, gelten die \
                     Standardvertragsklauseln ihrer Kommission mit jedem Unternehmen, das sie \
                     anbietet. Kie AI sagt nicht, wo es arbeitet. Wenn du das nicht hinnehmen \
                     darfst, gib uns keine Fotos anderer Menschen.",
                ),
            ],
        },
        Section {
            id: "yours",
            title: "Wozu du dich verpflichtest",
            blocks: &[List(&[
                "Du darfst die Fotos verwenden, und alle Abgebildeten sind einverstanden und \
                 mindestens 16 Jahre alt.",
                "Du sagst den betroffenen Menschen, was du mit ihren Fotos tust.",
                "Du behältst deine Anmeldung und die Links von Aufträgen für dich.",
            ])],
        },
        Section {
            id: "signed",
            title: "Wenn du eine Unterschrift brauchst",
            blocks: &[Paragraph("Schreib an {contact}.")],
        },
    ],
};
