//! Words of every prose page.

use crate::pages::text::{ArticleText, WaitlistText};

/// Words of every prose page.
pub(super) const ARTICLE: ArticleText = ArticleText {
    contents: "En esta página",
    price_size: "Tamaño",
    price_cost: "Lo que nos cuesta",
    price_note: "Por una imagen con una prenda, creada por {model}. La página de cada pedido dice \
                 lo que costó de verdad.",
    consent_title: "¿Podemos contar tu visita?",
    consent_text: "En las páginas de texto usaríamos la analítica de otras empresas. Nunca está \
                   en páginas con fotos, y no funciona si no aceptas. [Quién y \
                   cómo](/privacy#companies)",
    consent_age: "Una de ellas graba las visitas: di que sí solo si tienes 18 años o más.",
    consent_no: "No",
    consent_yes: "Sí",
    consent_again: "Cambiar mi respuesta sobre la analítica",
};

/// The form that joins the waitlist.
pub(super) const WAITLIST: WaitlistText = WaitlistText {
    title: "Conserva tus imágenes",
    hint: "Las cuentas con historial están en camino. Déjanos tu correo y te escribiremos una sola \
           vez, cuando existan.",
    email: "Correo electrónico",
    submit: "Avísame",
};
