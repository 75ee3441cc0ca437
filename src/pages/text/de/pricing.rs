//! What is free and what is coming.

use crate::pages::text::article::Block::{List, Paragraph, Prices, Questions, Waitlist};
use crate::pages::text::{Article, Section};

/// What is free and what is coming.
pub(super) const PRICING: Article = Article {
    title: "Was es kostet",
    description: "Kleidung anprobieren ist kostenlos: 3 Bilder in 24 Stunden, kein Konto, keine \
                  Karte. Was ein Bild uns kostet und was noch kommt.",
    lede: "Nichts. 3 Bilder in 24 Stunden sind kostenlos, und zu kaufen gibt es noch nichts.",
    sections: &[
        Section {
            id: "free",
            title: "Was kostenlos ist",
            blocks: &[
                List(&[
                    "3 Bilder in 24 Stunden. Jedes wird 24 Stunden nach der Nutzung wieder frei.",
                    "Jede Art von Kleidung, jeder Look, jede Bildgröße und jedes Bildformat aus \
                     dem Formular.",
                    "Nicht gezählt wird ein Bild, das misslingt oder das du stoppst, bevor wir \
                     damit begonnen haben.",
                    "Kein Konto, keine Karte, keine Werbung.",
                ]),
                Paragraph(
                    "Damit alle an die Reihe kommen, ist begrenzt, wie viele Bilder ein Netzwerk \
                     pro Stunde und pro Tag in Auftrag geben kann. Das merkst du vielleicht, wo \
                     sich viele einen Anschluss teilen.",
                ),
            ],
        },
        Section {
            id: "cost",
            title: "Was es uns kostet",
            blocks: &[
                Paragraph(
                    "Kie AI erstellt die Bilder und berechnet sie uns in seinen Credits. Du \
                     bezahlst sie nicht; wir zeigen sie, weil du es vielleicht wissen möchtest.",
                ),
                Prices,
            ],
        },
        Section {
            id: "coming",
            title: "Was noch kommt",
            blocks: &[
                Paragraph(
                    "Credits für mehr Bilder am Tag, mit einem Konto, das sie behält. Preise gibt \
                     es noch nicht, deshalb stehen hier keine. Sie werden auf dieser Seite \
                     stehen, bevor man etwas kaufen kann.",
                ),
                Waitlist("pricing"),
            ],
        },
        Section {
            id: "questions",
            title: "Fragen",
            blocks: &[Questions(&[
                (
                    "Warum ist es kostenlos?",
                    "Damit du herausfinden kannst, ob es dir etwas nützt. Wir bezahlen dafür, \
                     deshalb gibt es ein Limit.",
                ),
                (
                    "Verdient ihr Geld mit meinen Fotos?",
                    "Nein. Sie werden nicht verkauft und niemandem gezeigt außer Kie AI, wo das \
                     Bild entsteht. Wir trainieren nichts mit ihnen. [Datenschutz](/privacy)",
                ),
                (
                    "Meine 3 Bilder sind aufgebraucht. Was nun?",
                    "Komm später wieder: Jedes wird 24 Stunden nach der Nutzung wieder frei. Das \
                     Formular sagt dir, wie viele noch übrig sind.",
                ),
            ])],
        },
    ],
};
