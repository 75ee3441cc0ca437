//! What changed in what is promised.

use crate::pages::text::article::Block::{Paragraph, Versions};
use crate::pages::text::{Article, Section};

/// What changed in what is promised.
pub(super) const CHANGES: Article = Article {
    title: "Cambios",
    description: "Cada versión de lo que prometemos sobre tus datos, cuándo se anunció, desde \
                  cuándo rige y qué es distinto.",
    lede: "Cada versión de lo que prometemos sobre tus datos, la más nueva primero.",
    sections: &[
        Section { id: "versions", title: "Versiones", blocks: &[Versions] },
        Section {
            id: "how",
            title: "Cómo anunciamos los cambios",
            blocks: &[Paragraph(
                "Al menos {notice} días antes de que un cambio rija está aquí y en lo alto de \
                 cada página, y quien tiene una cuenta recibe un correo. Hasta entonces rige la \
                 versión anterior. En [Privacidad](/privacy) está la más nueva.",
            )],
        },
    ],
};
