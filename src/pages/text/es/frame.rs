//! What surrounds every page.

use crate::pages::text::FrameText;

/// What surrounds every page.
pub(super) const FRAME: FrameText = FrameText {
    site_description: "Mírate con la ropa antes de que sea tuya: una foto de una persona, de una a \
                       cuatro fotos de prendas, una imagen. Sin necesidad de cuenta.",
    skip_link: "Ir al contenido",
    nav_label: "Páginas",
    footer_label: "Todas las páginas",
    languages: "Idioma",
    home: "Probador",
    pricing: "Precios",
    help: "Ayuda",
    status: "Estado",
    privacy: "Privacidad",
    security: "Seguridad",
    subprocessors: "Subencargados",
    dpa: "Tratamiento de datos",
    changes: "Cambios",
    terms: "Términos",
    account: "Tu cuenta",
    sign_in: "Iniciar sesión con Google",
    sign_in_terms: "Al entrar aceptas:",
    history: "Historial",
    sign_out: "Cerrar sesión",
    announcement: "Novedad",
    announcement_more: "Qué cambia",
    announcement_close: "Cerrar",
    theme: "Apariencia",
    theme_system: "Sistema",
    theme_light: "Claro",
    theme_dark: "Oscuro",
    footer_preview: "Las imágenes creadas aquí son vistas previas de IA. Muestran el estilo, no la \
                     talla ni el ajuste.",
    footer_age: "Para personas de 16 años o más.",
};
