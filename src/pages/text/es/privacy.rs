//! What is kept, why, where and for how long.

use crate::pages::text::article::Block::{Definitions, List, Paragraph, Table};
use crate::pages::text::{Article, Section};

/// What is kept, why, where and for how long.
pub(super) const PRIVACY: Article = Article {
    title: "Privacidad",
    description: "Qué guardamos, por qué, dónde y durante cuánto tiempo: fotos 48 horas, sin \
                  rastreo, sin entrenamiento, sin publicidad, tres cookies.",
    lede: "Qué guardamos, por qué, dónde y durante cuánto tiempo. Esto describe el software tal \
           como funciona hoy.",
    sections: &[
        Section {
            id: "short",
            title: "En resumen",
            blocks: &[List(&[
                "Tus fotos y tu imagen se borran 48 horas después de tu pedido, o al instante \
                 cuando tú lo borras.",
                "La ubicación y otros datos ocultos se eliminan de tus fotos antes de que las \
                 guardemos.",
                "Intervienen dos empresas: Cloudflare gestiona el sitio y Kie AI crea la imagen.",
                "No entrenamos nada con tus fotos y no vendemos nada.",
                "Sin cuenta, sin analítica, sin publicidad, sin cargar nada de otros sitios.",
            ])],
        },
        Section {
            id: "kept",
            title: "Qué se guarda y hasta cuándo",
            blocks: &[
                Table(
                    &["Qué", "Para qué", "Hasta cuándo"],
                    &[
                        &[
                            "Tus fotos y la imagen",
                            "Para crear la imagen y mostrártela",
                            "48 horas después del pedido, o hasta que lo borres. Pasadas las 48 \
                             horas nadie puede abrirlas; los archivos en sí se eliminan en el \
                             plazo de una hora.",
                        ],
                        &[
                            "El pedido: lo que elegiste, lo que escribiste, sus horas, qué tipos \
                             de datos ocultos se eliminaron, lo que nos costó y los problemas de \
                             los que informaste",
                            "Para crear la imagen y mostrarte sus datos",
                            "Lo mismo que sus fotos",
                        ],
                        &[
                            "Una huella de tu cookie, con la hora de cada pedido; de un pedido \
                             borrado, también una de su número",
                            "Para contar las 3 imágenes gratis en 24 horas, también las de pedidos \
                             borrados",
                            "48 horas",
                        ],
                        &[
                            "Una huella con clave de tu red, que cambia cada día",
                            "Para impedir que una sola red agote el turno de todos",
                            "2 días",
                        ],
                        &[
                            "Recuentos: cómo terminaron los pedidos, cuánto tardaron y de qué \
                             problemas se informó",
                            "Para la [página de estado](/status). No identifican a nadie ni a \
                             ningún pedido.",
                            "Al menos 48 horas, hasta que otros recuentos ocupen su lugar",
                        ],
                        &[
                            "Una línea de registro por cada solicitud: tipo de página, resultado, \
                             duración y un número aleatorio",
                            "Para encontrar fallos. No contiene ninguna dirección, ningún enlace \
                             ni nada de lo que escribiste.",
                            "Unos días",
                        ],
                        &[
                            "Tu correo electrónico, si te apuntas a la lista de espera, y en qué \
                             página y cuándo",
                            "Para escribirte una sola vez, cuando existan las cuentas",
                            "Hasta que te hayamos escrito, o hasta que nos pidas que lo eliminemos",
                        ],
                    ],
                ),
                Paragraph(
                    "De un pedido borrado no se guarda nada más que el intento que gastó, como \
                     dice la tabla. Su propio enlace lleva la hora del pedido y una marca que \
                     demuestra que el enlace es nuestro: por eso, durante los 30 días siguientes \
                     al plazo del pedido, puede decir «borrado» en lugar de «nunca existió».",
                ),
                Paragraph(
                    "Nuestra base de datos mantiene un historial de recuperación propio de hasta \
                     30 días, por si algo se rompe. Durante ese tiempo se puede recuperar de él lo \
                     que había en una fila, como lo que escribiste en «¿Algo más?». Las imágenes \
                     nunca están ahí.",
                ),
            ],
        },
        Section {
            id: "photos",
            title: "Cómo se protegen tus fotos",
            blocks: &[List(&[
                "La ubicación, los datos de la cámara, las leyendas y otros datos ocultos se \
                 eliminan: en tu navegador cuando puede, y otra vez cuando llega la foto. La \
                 página del pedido dice qué se encontró.",
                "Las imágenes están en un almacenamiento privado que no tiene dirección pública. \
                 Se muestran mediante enlaces firmados que dejan de funcionar como máximo a los 15 \
                 minutos.",
                "Un pedido tiene un enlace secreto que no se puede adivinar, y a los buscadores se \
                 les pide que no entren. Quien tenga el enlace puede ver y borrar el pedido, así \
                 que cuídalo como una llave.",
                "Todo viaja cifrado.",
                "Ningún software nuestro reconoce caras.",
            ])],
        },
        Section {
            id: "companies",
            title: "Quién más las ve",
            blocks: &[
                Definitions(&[
                    (
                        "Kie AI",
                        "Crea la imagen. Recibe enlaces a tus fotos que funcionan durante 20 \
                         minutos, lo que elegiste y lo que escribiste; nunca tu dirección, tu \
                         cookie ni tu correo. Conserva el resultado 14 días y los registros de su \
                         trabajo 2 meses, y no podemos acortarlo. No dice cuánto tiempo conserva \
                         las fotos que descargó.",
                    ),
                    (
                        "Cloudflare",
                        "Gestiona para nosotros el sitio, el almacenamiento y la base de datos. \
                         Como ocurre con cualquier sitio web, ve tu dirección de internet y lo que \
                         tu navegador dice de sí mismo. Usamos la dirección solo para limitar \
                         cuánto pide una red, y no la anotamos.",
                    ),
                ]),
                Paragraph(
                    "Nadie más. Entregamos datos a las autoridades solo cuando la ley nos obliga, \
                     y solo podemos entregar lo que está en la tabla de arriba.",
                ),
            ],
        },
        Section {
            id: "cookies",
            title: "Cookies",
            blocks: &[
                Table(
                    &["Nombre", "Para qué", "Cuánto tiempo"],
                    &[
                        &[
                            "__Host-anon_sid",
                            "Un número aleatorio que cuenta tus imágenes gratis e impide que un \
                             pedido se haga dos veces",
                            "48 horas después de tu último pedido",
                        ],
                        &["lang", "El idioma que elegiste, si elegiste uno", "1 año"],
                        &["theme", "Claro u oscuro, si elegiste uno", "1 año"],
                    ],
                ),
                Paragraph(
                    "Las tres son necesarias para lo que pediste, así que no hay ningún aviso que \
                     cerrar. Una foto que pediste recordar a tu navegador se queda en él hasta que \
                     le digas al formulario que la olvide.",
                ),
            ],
        },
        Section {
            id: "rights",
            title: "Tus derechos",
            blocks: &[
                Paragraph(
                    "Puedes ver, descargar y borrar un pedido por tu cuenta, con su enlace. Para \
                     todo lo demás, como una copia de tus datos, una rectificación, una \
                     limitación, una oposición o salir de la lista de espera, escribe a {contact}. \
                     Sin una cuenta no tenemos ningún nombre por el que buscar: envía el enlace \
                     del pedido al que te refieres.",
                ),
                List(&[
                    "Tratamos tus fotos porque nos pides que creemos una imagen con ellas.",
                    "Contamos y limitamos porque tenemos interés en un servicio que funcione y del \
                     que no se abuse.",
                    "Conservamos tu correo electrónico porque diste tu consentimiento, y puedes \
                     retirarlo en cualquier momento.",
                ]),
                Paragraph(
                    "También puedes reclamar ante la autoridad de protección de datos del lugar \
                     donde vives. ¿Alguien usó una foto tuya sin preguntarte? Escríbenos con el \
                     enlace.",
                ),
            ],
        },
        Section {
            id: "age",
            title: "Edad",
            blocks: &[Paragraph(
                "Este sitio es para personas de 16 años o más, y lo mismo vale para las fotos: \
                 nadie que aparezca en ellas puede ser menor de esa edad.",
            )],
        },
        Section {
            id: "changes",
            title: "Cambios",
            blocks: &[Paragraph(
                "Si queremos guardar más, guardarlo más tiempo o contar con otra empresa, lo \
                 diremos en esta página al menos 14 días antes. Preguntas: {contact}.",
            )],
        },
    ],
};
