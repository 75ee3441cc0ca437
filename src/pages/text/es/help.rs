//! How to get a good picture, and what to do when something is wrong.

use crate::pages::text::article::Block::{
    Definitions, Errors, List, Paragraph, Questions, Steps, Tips,
};
use crate::pages::text::article::{Drawing, Tip};
use crate::pages::text::{Article, Section};

/// How to get a good picture, and what to do when something is wrong.
pub(super) const HELP: Article = Article {
    title: "Ayuda",
    description: "Qué fotos sirven, qué hace cada opción, cómo borrarlo todo, y qué significa cada \
                  error y cómo resolverlo.",
    lede: "Qué fotos sirven, qué hacen las opciones y qué hacer cuando algo va mal.",
    sections: &[
        Section {
            id: "photos",
            title: "La foto de la persona",
            blocks: &[Tips(&[
                Tip {
                    drawing: Drawing::PersonWhole,
                    title: "Cuerpo entero",
                    body: "Lo que no está en la foto hay que inventarlo.",
                },
                Tip {
                    drawing: Drawing::PersonFront,
                    title: "De frente a la cámara",
                    body: "De pie y erguida, con los brazos algo separados del cuerpo.",
                },
                Tip {
                    drawing: Drawing::PersonAlone,
                    title: "Una sola persona",
                    body: "Con un fondo tranquilo, si puedes elegir.",
                },
                Tip { drawing: Drawing::Light, title: "Luz de frente", body: "Basta una ventana." },
                Tip {
                    drawing: Drawing::PersonCropped,
                    title: "No cortada",
                    body: "Sin piernas no hay dónde poner un pantalón.",
                },
                Tip {
                    drawing: Drawing::PersonTurned,
                    title: "No de lado",
                    body: "La ropa también se muestra de frente.",
                },
                Tip {
                    drawing: Drawing::PersonNotAlone,
                    title: "No en grupo",
                    body: "Nadie puede saber de quién se trata.",
                },
                Tip {
                    drawing: Drawing::PersonCovered,
                    title: "Nada delante",
                    body: "Los bolsos, los abrigos y los brazos cruzados tapan el cuerpo.",
                },
                Tip {
                    drawing: Drawing::Dark,
                    title: "No a oscuras",
                    body: "Se pierden los colores y los contornos.",
                },
            ])],
        },
        Section {
            id: "garments",
            title: "Las fotos de la ropa",
            blocks: &[
                Tips(&[
                    Tip {
                        drawing: Drawing::GarmentFlat,
                        title: "Extendida o colgada",
                        body: "La parte delantera, lisa y recta.",
                    },
                    Tip {
                        drawing: Drawing::GarmentOne,
                        title: "Una en cada foto",
                        body: "Visible por completo. Hasta cuatro fotos.",
                    },
                    Tip {
                        drawing: Drawing::ShoesAsPair,
                        title: "El calzado, en par",
                        body: "De lado o de frente.",
                    },
                    Tip {
                        drawing: Drawing::GarmentCropped,
                        title: "No cortada",
                        body: "Si falta una manga, se adivina.",
                    },
                    Tip {
                        drawing: Drawing::GarmentCrumpled,
                        title: "No arrugada",
                        body: "Las arrugas se toman por el corte.",
                    },
                    Tip {
                        drawing: Drawing::GarmentMany,
                        title: "No varias en una",
                        body: "Se mezclan.",
                    },
                ]),
                Paragraph(
                    "Aceptamos JPEG, PNG y WebP, de 10 MB como máximo cada foto y 24 MB en total, \
                     con al menos 256 píxeles por lado. Las imágenes de la página de una tienda \
                     suelen servir; una captura de pantalla, también.",
                ),
            ],
        },
        Section {
            id: "options",
            title: "Las opciones",
            blocks: &[
                Paragraph("Puedes dejarlas todas como están. Esto es lo que hacen:"),
                Definitions(&[
                    (
                        "Tipo de prenda",
                        "Dice qué se sustituye. «Automático» decide según las fotos. Elige un tipo \
                         cuando haya cambiado la pieza equivocada.",
                    ),
                    (
                        "Ambiente",
                        "El tono de la imagen. «Natural» es el más fiel a tu foto; los demás \
                         cambian la luz y el entorno.",
                    ),
                    (
                        "Encuadre",
                        "Cuánto se ve de la persona. «De cerca» muestra la tela y los detalles.",
                    ),
                    (
                        "En las fotos de prendas",
                        "Si la prenda está sola o si alguien la lleva puesta. Ayuda cuando el \
                         resto de la ropa de esa persona aparece en tu imagen.",
                    ),
                    (
                        "Tamaño",
                        "Más píxeles tardan un poco más. 1K es suficiente para un teléfono.",
                    ),
                    (
                        "Proporción",
                        "Los lados de la imagen. Si no eliges, los de la foto de la persona.",
                    ),
                    ("Formato de archivo", "JPEG ocupa menos. PNG no tiene pérdidas y ocupa más."),
                    (
                        "¿Algo más?",
                        "Un deseo con tus propias palabras, de hasta 500 caracteres: «la camisa \
                         por dentro», «chaqueta abierta».",
                    ),
                ]),
            ],
        },
        Section {
            id: "order",
            title: "Mientras esperas",
            blocks: &[List(&[
                "Una imagen suele tardar cerca de un minuto. La página te dice tu lugar en la cola \
                 y cuánto suele tardar.",
                "Puedes cerrar la página. Su enlace privado te trae de vuelta durante 48 horas; \
                 consérvalo, porque sin una cuenta nadie puede encontrarlo por ti. Con cuenta, la \
                 imagen está en tu historial.",
                "Puedes cancelar un pedido. Si aún no lo habíamos empezado, no se cuenta.",
                "Si pasan 15 minutos sin imagen, desistimos y el intento no se cuenta.",
            ])],
        },
        Section {
            id: "better",
            title: "Cuando la imagen sale mal",
            blocks: &[
                Questions(&[
                    (
                        "Todavía se ve la prenda anterior",
                        "Elige el tipo de prenda y escribe qué debe desaparecer: «quita por \
                         completo la sudadera». Lo que mejor funciona es una foto con ropa fina y \
                         ajustada.",
                    ),
                    (
                        "La cara o el cuerpo se ven distintos",
                        "Usa una foto más nítida y con más luz, y un tamaño mayor. Deja el \
                         ambiente en «Natural».",
                    ),
                    (
                        "Es la prenda equivocada o una mezcla",
                        "Usa una prenda en cada foto y elige «Alguien con ella puesta» si la lleva \
                         una persona.",
                    ),
                    (
                        "Un estampado o un logotipo está mal",
                        "La letra pequeña y los estampados finos son el punto débil. Ayudan un \
                         tamaño mayor y una foto de cerca de la prenda.",
                    ),
                ]),
                Paragraph(
                    "Dinos en la página del pedido qué está mal. Solo se cuenta el tipo de \
                     problema, y la [página de estado](/status) muestra con qué frecuencia ocurre.",
                ),
            ],
        },
        Section {
            id: "delete",
            title: "Cómo borrarlo todo",
            blocks: &[
                Steps(&[
                    "Abre el enlace privado de tu pedido.",
                    "Presiona «Borrar ahora» y confirma.",
                    "Las fotos, la imagen y el pedido desaparecen de aquí al instante.",
                ]),
                Paragraph(
                    "Sin cuenta ocurre lo mismo a las 48 horas si no haces nada. Con cuenta, lo \
                     que borras está hasta {trash} días en la papelera, y la página de la cuenta \
                     borra la cuenta con todo lo que tiene. Lo que puede permanecer un tiempo en \
                     otra parte, como la copia del resultado que Kie AI conserva 14 días, está en \
                     [Privacidad](/privacy#kept).",
                ),
            ],
        },
        Section { id: "errors", title: "Los errores y qué hacer", blocks: &[Errors] },
        Section {
            id: "contact",
            title: "Cómo contactarnos",
            blocks: &[Paragraph(
                "Escribe a {contact}. Si se trata de un error, indica el código de error y la \
                 solicitud que muestra la página. Envía el enlace de un pedido solo si quieres que \
                 veamos sus imágenes.",
            )],
        },
    ],
};
