//! The home page around its form.

use crate::pages::text::{HomeText, Paragraph};

/// The home page around its form.
pub(super) const HOME: HomeText = HomeText {
    example_note: "Un ejemplo dibujado. Tu imagen se crea a partir de tus propias fotos.",
    example_before_alt: "Dibujo de una persona con ropa sencilla",
    example_after_alt: "Dibujo de la misma persona en la misma pose, con otra ropa",
    example_slider: "Cuánto se muestra de cada imagen",
    example_shares: "{before} por ciento antes, {after} por ciento después",
    example_hold: "Mantén para ver el antes",
    steps_title: "Cómo funciona",
    steps: [
        Paragraph {
            title: "Añade la foto de una persona",
            body: "De cuerpo entero y de frente a la cámara. Puedes ser tú o cualquiera que esté \
                   de acuerdo.",
        },
        Paragraph {
            title: "Añade la ropa",
            body: "De una a cuatro fotos: de la página de una tienda o de algo que tengas colgado \
                   delante.",
        },
        Paragraph {
            title: "Recibe la imagen",
            body: "Suele tardar cerca de un minuto. Compárala con el original, descárgala o \
                   bórralo todo.",
        },
    ],
    promises_title: "Qué pasa con tus fotos",
    promises: [
        Paragraph {
            title: "Cerradas a las 48 horas, o conservadas por ti",
            body: and_what_stays!(
                "Las fotos, la imagen y el pedido no se pueden abrir pasadas 48 horas y se borran \
                 en la hora siguiente, o en el momento en que tú los borras. Si entras, se quedan \
                 en tu historial hasta que los borres."
            ),
        },
        Paragraph {
            title: "Las ve quien tú quieras",
            body: "Las imágenes están en un almacenamiento privado. Tu pedido tiene un enlace \
                   secreto; quien lo tenga puede verlas, y nadie lo encuentra buscando.",
        },
        Paragraph {
            title: "Ubicación eliminada",
            body: "Dónde y con qué se tomó una foto se elimina del archivo antes de guardar o \
                   transmitir nada.",
        },
        Paragraph {
            title: "No entrenamos nada con ellas",
            body: "Aquí tus fotos sirven para tu imagen y para nada más. Kie AI la crea a partir \
                   de ellas.",
        },
    ],
    promises_more: "Todo, con cada plazo y cada cookie: [Privacidad](/privacy).",
    questions_title: "Preguntas y respuestas",
    questions: [
        Paragraph {
            title: "¿Me quedará bien?",
            body: "La imagen no puede saberlo. Muestra cómo se ve un estilo en ti, no si una talla \
                   te queda. Para eso, compara tus medidas con la tabla de la tienda.",
        },
        Paragraph {
            title: "¿Cuánto cuesta?",
            body: "Nada: 3 imágenes en 24 horas son gratis. Una imagen que falla no se cuenta. \
                   [Qué es gratis y qué viene](/pricing)",
        },
        Paragraph {
            title: "¿Qué fotos sirven mejor?",
            body: "Una sola persona, de cuerpo entero, con buena luz y sin nada delante del \
                   cuerpo. Una prenda en cada foto, visible por completo. [Consejos con \
                   dibujos](/help#photos)",
        },
        Paragraph {
            title: "¿Qué ropa puedo probarme?",
            body: "Partes de arriba y de abajo, vestidos, chaquetas, calzado y accesorios, hasta \
                   cuatro a la vez. Las piezas grandes funcionan mejor que las pequeñas, como las \
                   joyas.",
        },
        Paragraph {
            title: "¿Puedo usar la foto de otra persona?",
            body: "Solo si esa persona está de acuerdo y tiene 16 años o más. Es la primera de \
                   nuestras [reglas](/terms#photos).",
        },
        Paragraph {
            title: "¿Cómo vuelvo a mi imagen?",
            body: "Por su enlace privado, durante 48 horas. Copia el enlace o descarga la imagen: \
                   sin una cuenta, no podemos encontrarla por ti. Si entras, está en tu historial.",
        },
    ],
    questions_more: "Más en [Ayuda](/help).",
};
