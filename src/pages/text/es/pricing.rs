//! What is free and what is coming.

use crate::pages::text::article::Block::{List, Paragraph, Prices, Questions, Waitlist};
use crate::pages::text::{Article, Section};

/// What is free and what is coming.
pub(super) const PRICING: Article = Article {
    title: "Cuánto cuesta",
    description: "Probarte ropa es gratis: 3 imágenes en 24 horas, sin cuenta ni tarjeta. Lo que \
                  nos cuesta una imagen y qué viene.",
    lede: "Nada. 3 imágenes en 24 horas son gratis y todavía no hay nada que comprar.",
    sections: &[
        Section {
            id: "free",
            title: "Qué es gratis",
            blocks: &[
                List(&[
                    "3 imágenes en 24 horas. Cada una vuelve a estar libre 24 horas después de que \
                     la usaste.",
                    "Cada tipo de prenda, ambiente, tamaño y proporción que ofrece el formulario.",
                    "Una imagen que falla no cuenta, ni una que canceles antes de que la \
                     empecemos.",
                    "Sin cuenta, sin tarjeta, sin publicidad.",
                ]),
                Paragraph(
                    "Para que a todos les toque, lo que una red puede pedir por hora y por día \
                     tiene un límite. Puedes notarlo donde muchas personas comparten una conexión.",
                ),
            ],
        },
        Section {
            id: "cost",
            title: "Lo que nos cuesta",
            blocks: &[
                Paragraph(
                    "Kie AI crea las imágenes y nos cobra en sus créditos. Tú no los pagas; los \
                     mostramos porque quizá quieras saberlo.",
                ),
                Prices,
            ],
        },
        Section {
            id: "coming",
            title: "Qué viene",
            blocks: &[
                Paragraph(
                    "Créditos para más imágenes en un día, con una cuenta que las conserva. \
                     Todavía no hay precios, así que aquí no aparece ninguno. Estarán en esta \
                     página antes de que se pueda comprar algo.",
                ),
                Waitlist("pricing"),
            ],
        },
        Section {
            id: "questions",
            title: "Preguntas",
            blocks: &[Questions(&[
                (
                    "¿Por qué es gratis?",
                    "Para que puedas descubrir si te sirve. Lo pagamos nosotros, y por eso hay un \
                     límite.",
                ),
                (
                    "¿Ganan dinero con mis fotos?",
                    "No. No se venden y solo se muestran a Kie AI, que crea la imagen. No \
                     entrenamos nada con ellas. [Privacidad](/privacy)",
                ),
                (
                    "Ya usé mis 3 imágenes. ¿Y ahora?",
                    "Vuelve más tarde: cada una vuelve a estar libre 24 horas después de que la \
                     usaste. El formulario dice cuántas quedan.",
                ),
            ])],
        },
    ],
};
