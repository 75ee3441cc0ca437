//! What is kept, why, where and for how long.

use crate::pages::text::article::Block::{BrowserStores, Cookies, Data, List, Paragraph, Parties};
use crate::pages::text::{Article, Section};
use crate::policy::data_map::Group;

/// What is kept, why, where and for how long.
pub(super) const PRIVACY: Article = Article {
    title: "Privacidad",
    description: "Qué guardamos, por qué, dónde y cuánto tiempo: 48 horas sin cuenta, con cuenta \
                  hasta que lo borres. Sin entrenamiento, sin publicidad.",
    lede: "Qué guardamos, por qué, dónde y cuánto tiempo. Estas listas se escriben a partir del \
           propio software: no se publica mientras guarde algo que falte aquí.",
    sections: &[
        Section {
            id: "short",
            title: "En resumen",
            blocks: &[List(&[
                "Sin cuenta, tus fotos y tu imagen se borran {anonymous_order} horas después de \
                 tu pedido, o al instante cuando tú lo borras.",
                "Con cuenta, se quedan en tu historial hasta que las borres. Después están en la \
                 papelera, y como máximo el día {trash} desaparecen para siempre.",
                "Puedes descargar todo lo de tu cuenta, y borrarla: después de {account_deletion} \
                 horas, en las que puedes anularlo, desaparece.",
                "La ubicación y otros datos ocultos se eliminan de tus fotos antes de que las \
                 guardemos.",
                "Cloudflare gestiona el sitio, Kie AI crea la imagen y Google dice quién eres, si \
                 entras.",
                "Con tus fotos no se entrena nada, en ningún plan, y no se vende nada.",
                "Sin publicidad, y sin tu consentimiento no se carga nada de otros sitios.",
            ])],
        },
        Section {
            id: "kept",
            title: "Qué se guarda al crear una imagen",
            blocks: &[
                Data(Group::Making),
                Paragraph(
                    "De un pedido borrado no se guarda nada más que el intento que gastó. Su \
                     propio enlace lleva la hora del pedido y una marca que demuestra que el \
                     enlace es nuestro: por eso, durante los {closed_order} días siguientes al \
                     plazo del pedido, puede decir «borrado» en lugar de «nunca existió».",
                ),
            ],
        },
        Section { id: "account", title: "Qué guarda una cuenta", blocks: &[Data(Group::Account)] },
        Section {
            id: "running",
            title: "Qué guarda el funcionamiento del sitio",
            blocks: &[
                Data(Group::Running),
                Paragraph(
                    "Por eso, lo borrado puede seguir en el historial de la base de datos hasta \
                     {recovery} días más. En [Seguridad](/security#backups) se explica qué pasa \
                     si alguna vez hace falta.",
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
                 Se muestran mediante enlaces firmados que dejan de funcionar como máximo a los \
                 {picture_link} minutos.",
                "Sin cuenta, un pedido tiene un enlace secreto que no se puede adivinar, y a los \
                 buscadores se les pide que no entren. Quien tenga el enlace puede ver y borrar \
                 el pedido, así que cuídalo como una llave. Un pedido de una cuenta solo se abre \
                 para su dueño.",
                "Todo viaja cifrado, y está cifrado en Cloudflare.",
                "Ningún software nuestro reconoce caras.",
            ])],
        },
        Section {
            id: "companies",
            title: "Quién más las ve",
            blocks: &[
                Parties,
                Paragraph(
                    "Nadie más. Entregamos datos a las autoridades solo cuando la ley nos obliga, \
                     y solo podemos entregar lo que está en las listas de arriba.",
                ),
            ],
        },
        Section {
            id: "cookies",
            title: "Qué hay en tu navegador",
            blocks: &[
                Cookies,
                BrowserStores,
                Paragraph(
                    "Todo esto es necesario para lo que pediste, salvo donde dice que lo \
                     aceptaste. Donde nada necesita tu consentimiento no hay ningún aviso que \
                     cerrar.",
                ),
            ],
        },
        Section {
            id: "rights",
            title: "Tus derechos",
            blocks: &[
                List(&[
                    "Ver, descargar y borrar: sin cuenta, con el enlace del pedido; con cuenta, \
                     en tu historial y en la página de la cuenta, donde se puede descargar todo \
                     de una vez.",
                    "Corregir: el nombre y el correo, en la página de la cuenta.",
                    "Limitar y oponerte: en la página de la cuenta. Mientras el tratamiento está \
                     limitado no se crea ninguna imagen, y sigues pudiendo descargar todo.",
                    "Retirar: lo que aceptaste lo puedes retirar en cualquier momento, tan \
                     fácilmente como lo aceptaste. Cada correo que no trata de la seguridad de tu \
                     cuenta tiene un enlace que pone fin a esos correos.",
                ]),
                Paragraph(
                    "Para todo lo demás, escribe a {contact}. Sin una cuenta no tenemos ningún \
                     nombre por el que buscar: envía el enlace del pedido al que te refieres. \
                     También puedes reclamar ante la autoridad de protección de datos del lugar \
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
                 diremos al menos {notice} días antes, en cada página y por correo a quien tenga \
                 una cuenta. [Todas las versiones](/changes). Preguntas: {contact}.",
            )],
        },
    ],
};
