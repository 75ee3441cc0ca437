//! Which companies get data.

use crate::pages::text::article::Block::{Paragraph, Parties};
use crate::pages::text::{Article, Section};

/// Which companies get data.
pub(super) const SUBPROCESSORS: Article = Article {
    title: "Beteiligte Unternehmen",
    description: "Jedes Unternehmen, das von dieser Website Daten bekommt: was es tut, was es \
                  bekommt, wo, und wie lange es sie behält.",
    lede: "Unsere Unterauftragnehmer: jedes Unternehmen, das von uns Daten bekommt, wofür, \
           welche, wo und wie lange.",
    sections: &[
        Section { id: "list", title: "Die Unternehmen", blocks: &[Parties] },
        Section {
            id: "changes",
            title: "Wenn sich die Liste ändert",
            blocks: &[Paragraph(
                "Ein neues Unternehmen wird mindestens {notice} Tage angekündigt, bevor es etwas \
                 bekommt: auf jeder Seite, unter [Änderungen](/changes) und per E-Mail an alle, \
                 die ein Konto haben. Wer es nicht will, kann vorher alles mitnehmen und das \
                 Konto löschen. Unternehmen finden ihre Vereinbarung unter \
                 [Auftragsverarbeitung](/dpa).",
            )],
        },
    ],
};
