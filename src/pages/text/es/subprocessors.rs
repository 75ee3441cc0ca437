//! Which companies get data.

use crate::pages::text::article::Block::{Paragraph, Parties};
use crate::pages::text::{Article, Section};

/// Which companies get data.
pub(super) const SUBPROCESSORS: Article = Article {
    title: "Subencargados",
    description: "Cada empresa que recibe datos de este sitio: qué hace, qué recibe, dónde y \
                  cuánto tiempo lo conserva.",
    lede: "Cada empresa que recibe datos nuestros: para qué, cuáles, dónde y durante cuánto \
           tiempo.",
    sections: &[
        Section { id: "list", title: "Las empresas", blocks: &[Parties] },
        Section {
            id: "changes",
            title: "Cuando cambia la lista",
            blocks: &[Paragraph(
                "Una empresa nueva se anuncia al menos {notice} días antes de que reciba algo: en \
                 cada página, en [Cambios](/changes) y por correo a quien tenga una cuenta. Quien \
                 no la quiera puede llevarse todo y borrar la cuenta antes. Las empresas \
                 encuentran su acuerdo en [Tratamiento de datos](/dpa).",
            )],
        },
    ],
};
