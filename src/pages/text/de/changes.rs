//! What changed in what is promised.

use crate::pages::text::article::Block::{Paragraph, Versions};
use crate::pages::text::{Article, Section};

/// What changed in what is promised.
pub(super) const CHANGES: Article = Article {
    title: "Änderungen",
    description: "Jede Fassung dessen, was wir zu deinen Daten versprechen, wann sie angekündigt \
                  wurde, ab wann sie gilt und was anders ist.",
    lede: "Jede Fassung dessen, was wir zu deinen Daten versprechen, die neueste zuerst.",
    sections: &[
        Section { id: "versions", title: "Fassungen", blocks: &[Versions] },
        Section {
            id: "how",
            title: "Wie wir Änderungen ankündigen",
            blocks: &[Paragraph(
                "Mindestens {notice} Tage, bevor eine Änderung gilt, steht sie hier und oben auf \
                 jeder Seite, und wer ein Konto hat, bekommt eine E-Mail. Bis dahin gilt die \
                 Fassung davor. Unter [Datenschutz](/privacy) steht die neueste.",
            )],
        },
    ],
};
