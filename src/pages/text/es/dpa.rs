//! The agreement with businesses about the data of other people.

use crate::pages::text::article::Block::{List, Paragraph, Parties, Summary};
use crate::pages::text::{Article, Section};

/// The agreement with businesses about the data of other people.
pub(super) const DPA: Article = Article {
    title: "Acuerdo de tratamiento de datos",
    description: "Para empresas que crean aquí imágenes de otras personas: qué tratamos por \
                  encargo suyo, cómo, con quién y hasta cuándo (RGPD, artículo 28).",
    lede: "Para empresas que tratan aquí fotos de otras personas. Forma parte de los \
           [Términos](/terms) y rige desde el primer pedido; no hay que firmar nada.",
    sections: &[
        Section {
            id: "subject",
            title: "De qué se trata",
            blocks: &[
                Paragraph(
                    "Tú, el responsable, nos encargas a quienes gestionamos {site} que tratemos \
                     datos personales por tu cuenta, como lo describe el artículo 28 del RGPD.",
                ),
                List(&[
                    "Fin: crear imágenes de personas con ropa puesta, mostrarlas y conservarlas, \
                     y nada más. Nunca entrenamiento, nunca publicidad.",
                    "Personas: las que aparecen en las fotos, y las tuyas que entran.",
                    "Datos: fotos, imágenes, elecciones y notas, y los datos de la cuenta.",
                    "Duración: mientras uses el servicio, y después hasta que terminen los plazos \
                     de abajo.",
                ]),
                Summary,
            ],
        },
        Section {
            id: "duties",
            title: "A qué nos comprometemos",
            blocks: &[List(&[
                "Tratamos datos solo según tus instrucciones. Tus pedidos, borrados y ajustes son \
                 las instrucciones. Si creemos que una va contra la ley, lo decimos.",
                "Quien trabaja para nosotros está obligado al secreto, y lo que miran los \
                 operadores se anota.",
                "Protegemos los datos como se describe en [Seguridad](/security).",
                "Te ayudamos a responder a quien reclame sus derechos. Para casi todo hay \
                 botones: descargar, corregir, limitar, borrar.",
                "Si se pierden datos tuyos o llegan a malas manos, te decimos sin demora indebida \
                 qué pasó, a quién afecta y qué hacemos.",
                "Al final lo borramos todo: {account_deletion} horas después de que lo pidas, y a \
                 los {recovery} días más tampoco está en el historial de la base de datos. Antes \
                 puedes descargar todo.",
                "Te damos lo que necesitas para comprobar todo esto y respondemos a tus \
                 preguntas. Puedes encargar una auditoría, con aviso previo y a tu costa.",
            ])],
        },
        Section {
            id: "subprocessors",
            title: "Otras empresas",
            blocks: &[
                Paragraph(
                    "Permites que intervengan estas empresas. Una nueva se anuncia al menos \
                     {notice} días antes; en ese tiempo puedes oponerte, y terminar el contrato \
                     si no podemos prescindir de ella. De lo que hagan respondemos ante ti como \
                     de lo nuestro.",
                ),
                Parties,
                Paragraph(
                    "Cuando los datos salen de la Unión Europea, rigen las cláusulas \
                     contractuales tipo de su Comisión con cada empresa que las ofrece. Kie AI no \
                     dice dónde trabaja. Si no puedes aceptarlo, no nos des fotos de otras \
                     personas.",
                ),
            ],
        },
        Section {
            id: "yours",
            title: "A qué te comprometes",
            blocks: &[List(&[
                "Puedes usar las fotos, y todas las personas que aparecen están de acuerdo y \
                 tienen 16 años o más.",
                "Dices a las personas afectadas qué haces con sus fotos.",
                "Guardas para ti tu entrada y los enlaces de los pedidos.",
            ])],
        },
        Section {
            id: "signed",
            title: "Si necesitas una firma",
            blocks: &[Paragraph("Escribe a {contact}.")],
        },
    ],
};
