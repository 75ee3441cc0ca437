//! What holds between the operator and a visitor.

use crate::pages::text::article::Block::{List, Paragraph};
use crate::pages::text::{Article, Section};

/// What holds between the operator and a visitor.
pub(super) const TERMS: Article = Article {
    title: "Términos",
    description: "Las reglas para crear imágenes aquí: qué fotos puedes usar, qué no se permite, \
                  para qué sirve la imagen y de qué respondemos.",
    lede: "Las reglas, en palabras sencillas. Al crear una imagen o entrar las aceptas.",
    sections: &[
        Section {
            id: "service",
            title: "Qué obtienes",
            blocks: &[Paragraph(
                "{site} crea una imagen de una persona con ropa puesta, a partir de las fotos que \
                 le das. Es gratis dentro de sus [límites](/pricing). Tienes que tener 16 años o \
                 más para usarlo.",
            )],
        },
        Section {
            id: "photos",
            title: "Tus fotos",
            blocks: &[List(&[
                "Usa fotos que sean tuyas o que tengas permiso para usar, también las de la ropa.",
                "Todas las personas que aparecen deben estar de acuerdo y tener 16 años o más.",
                "Tus fotos siguen siendo tuyas. Nos permites a nosotros y a Kie AI tratarlas para \
                 crear tu imagen, y para ningún otro fin nuestro.",
            ])],
        },
        Section {
            id: "not-allowed",
            title: "Qué no se permite",
            blocks: &[
                List(&[
                    "Desnudar a personas, o mostrar a alguien desnudo o de forma sexual.",
                    "Fotos de menores de 16 años.",
                    "Imágenes que humillen, amenacen o engañen, o que hagan creer que alguien \
                     llevó, compró o recomendó algo.",
                    "Saltarse los límites, o hacer pedidos en masa con una máquina.",
                    "Todo lo que vaya contra la ley del lugar donde estás.",
                ]),
                Paragraph(
                    "Kie AI tiene sus propias reglas de contenido y rechaza algunas imágenes. \
                     Podemos borrar los pedidos que incumplan estas reglas y excluir a quien los \
                     haga. Si una imagen creada aquí te perjudica, escribe a {contact}.",
                ),
            ],
        },
        Section {
            id: "picture",
            title: "Qué es la imagen",
            blocks: &[List(&[
                "La crea una máquina y es una vista previa del estilo. No muestra la talla, el \
                 ajuste, el color exacto ni la tela, y puede equivocarse con la ropa y con la \
                 persona.",
                "Puedes usarla como quieras, dentro de la ley y de los derechos de otras personas. \
                 En la medida en que tengamos algún derecho sobre ella, es tuyo.",
                "Cuando la muestres a otras personas, di que se creó con IA. En la página del \
                 pedido lleva la marca «Vista previa de IA»; deja esas marcas en su sitio, por \
                 favor.",
            ])],
        },
        Section {
            id: "storage",
            title: "Qué se borra",
            blocks: &[Paragraph(
                "Sin cuenta, los pedidos se borran a las 48 horas y no se pueden recuperar para \
                 ti; descarga lo que quieras conservar. Con cuenta se quedan hasta que los borres \
                 o borres la cuenta, y hasta {trash} días más en la papelera. Los detalles están \
                 en [Privacidad](/privacy).",
            )],
        },
        Section {
            id: "liability",
            title: "De qué respondemos",
            blocks: &[
                Paragraph(
                    "El servicio es gratis y se ofrece tal como está. Puede ser lento, fallar o \
                     terminar, y no prometemos que una imagen salga como esperabas. No compres por \
                     una imagen algo que no puedas devolver.",
                ),
                Paragraph(
                    "Respondemos de los daños que causemos de forma intencionada o por negligencia \
                     grave, de los daños a la vida y a la salud, y siempre que la ley no nos \
                     permita disponer otra cosa. De lo demás no respondemos. Los derechos que la \
                     ley da a los consumidores siguen intactos.",
                ),
            ],
        },
        Section {
            id: "changes",
            title: "Cambios",
            blocks: &[Paragraph(
                "Los términos nuevos están al menos {notice} días antes de entrar en vigor en \
                 esta página, en lo alto de cada página y en un correo a quien tenga una cuenta. \
                 Los pedidos hechos antes se rigen por los anteriores. Preguntas: {contact}.",
            )],
        },
    ],
};
