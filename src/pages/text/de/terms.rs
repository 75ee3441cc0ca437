//! What holds between the operator and a visitor.

use crate::pages::text::article::Block::{List, Paragraph};
use crate::pages::text::{Article, Section};

/// What holds between the operator and a visitor.
pub(super) const TERMS: Article = Article {
    title: "Bedingungen",
    description: "Die Regeln für Bilder von hier: wessen Fotos du verwenden darfst, was nicht \
                  erlaubt ist, wozu das Bild taugt und wofür wir einstehen.",
    lede: "Die Regeln, in einfachen Worten. Wenn du ein Bild erstellst oder dich anmeldest, \
           nimmst du sie an.",
    sections: &[
        Section {
            id: "service",
            title: "Was du bekommst",
            blocks: &[Paragraph(
                "{site} macht aus Fotos, die du gibst, ein Bild von einer Person, die Kleidung \
                 trägt. Innerhalb der [Limits](/pricing) ist das kostenlos. Du musst mindestens 16 \
                 Jahre alt sein, um den Dienst zu nutzen.",
            )],
        },
        Section {
            id: "photos",
            title: "Deine Fotos",
            blocks: &[List(&[
                "Verwende Fotos, die dir gehören oder die du verwenden darfst; das gilt auch für \
                 Fotos der Kleidung.",
                "Alle Abgebildeten müssen einverstanden und mindestens 16 Jahre alt sein.",
                "Deine Fotos bleiben deine. Du erlaubst uns und Kie AI, sie zu verarbeiten, um \
                 dein Bild zu erstellen, und für keinen anderen Zweck von uns.",
            ])],
        },
        Section {
            id: "not-allowed",
            title: "Was nicht erlaubt ist",
            blocks: &[
                List(&[
                    "Menschen auszuziehen oder jemanden nackt oder auf sexuelle Weise zu zeigen.",
                    "Fotos von Menschen unter 16 Jahren.",
                    "Bilder, die demütigen, bedrohen oder täuschen oder so tun, als hätte jemand \
                     etwas getragen, gekauft oder empfohlen.",
                    "Die Limits zu umgehen oder maschinell in großer Menge Aufträge zu erteilen.",
                    "Alles, was dort, wo du bist, gegen das Gesetz verstößt.",
                ]),
                Paragraph(
                    "Kie AI hat eigene Inhaltsregeln und lehnt manche Bilder ab. Wir können \
                     Aufträge löschen, die gegen diese Regeln verstoßen, und ausschließen, wer sie \
                     erteilt. Wenn dir ein hier erstelltes Bild schadet, schreib an {contact}.",
                ),
            ],
        },
        Section {
            id: "picture",
            title: "Was das Bild ist",
            blocks: &[List(&[
                "Es ist maschinell erstellt und eine Vorschau auf den Stil. Es zeigt weder Größe \
                 noch Passform, genaue Farbe oder Stoff, und es kann bei der Kleidung und bei der \
                 Person falschliegen.",
                "Du darfst es verwenden, wie du möchtest, im Rahmen des Gesetzes und der Rechte \
                 anderer. Soweit wir Rechte daran haben, gehören sie dir.",
                "Wenn du es anderen zeigst, sag dazu, dass es mit KI erstellt wurde. Auf der Seite \
                 des Auftrags ist es als „KI-Vorschau“ gekennzeichnet; bitte lass solche \
                 Kennzeichen stehen.",
            ])],
        },
        Section {
            id: "storage",
            title: "Was gelöscht wird",
            blocks: &[Paragraph(
                "Ohne Konto werden Aufträge nach 48 Stunden gelöscht und können nicht für dich \
                 zurückgeholt werden; lade herunter, was du behalten willst. Mit Konto bleiben \
                 sie, bis du sie oder das Konto löschst, und dann noch bis zu {trash} Tage im \
                 Papierkorb. Die Einzelheiten stehen unter [Datenschutz](/privacy).",
            )],
        },
        Section {
            id: "liability",
            title: "Wofür wir einstehen",
            blocks: &[
                Paragraph(
                    "Der Dienst ist kostenlos und wird so angeboten, wie er ist. Er kann langsam \
                     sein, ausfallen oder enden, und wir versprechen nicht, dass ein Bild so wird, \
                     wie du es dir erhofft hast. Kauf wegen eines Bildes nichts, was du nicht \
                     zurückgeben kannst.",
                ),
                Paragraph(
                    "Wir haften für Schäden, die wir vorsätzlich oder grob fahrlässig verursachen, \
                     für Schäden an Leben und Gesundheit und überall dort, wo das Gesetz uns \
                     nichts anderes erlaubt. Für alles andere haften wir nicht. Gesetzliche \
                     Verbraucherrechte bleiben, wie sie sind.",
                ),
            ],
        },
        Section {
            id: "changes",
            title: "Änderungen",
            blocks: &[Paragraph(
                "Neue Bedingungen stehen mindestens {notice} Tage, bevor sie gelten, auf dieser \
                 Seite, oben auf jeder Seite und in einer E-Mail an alle, die ein Konto haben. \
                 Für Aufträge davor gelten die alten. Fragen: {contact}.",
            )],
        },
    ],
};
