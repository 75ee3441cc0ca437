//! How data are protected, and what happens when something breaks.

use crate::pages::text::article::Block::{Commands, List, Paragraph, Steps, Terms};
use crate::pages::text::article::{RESTORE, VERIFY};
use crate::pages::text::{Article, Section};

/// How data are protected, and what happens when something breaks.
pub(super) const SECURITY: Article = Article {
    title: "Seguridad",
    description: "Cómo se protegen fotos y cuentas, de qué hay copia y cuándo caduca, y cómo \
                  comprobar tú mismo el recibo de un borrado.",
    lede: "Cómo se protegen tus datos, qué contiene una copia de seguridad y hasta cuándo, y cómo \
           puedes comprobar tú mismo un borrado.",
    sections: &[
        Section {
            id: "pictures",
            title: "Imágenes y páginas",
            blocks: &[List(&[
                "Las imágenes están en un almacenamiento privado sin dirección pública. Un enlace \
                 firmado muestra una sola imagen durante {picture_link} minutos como máximo; de \
                 una borrada no muestra nada.",
                "Los datos ocultos se eliminan de las fotos antes de guardarlas, así que no \
                 pueden filtrarse después.",
                "Toda conexión va cifrada. Los archivos y la base de datos están cifrados donde \
                 están; así lo dice Cloudflare.",
                "Las páginas solo ejecutan nuestros propios scripts, cada uno con una huella que \
                 el navegador comprueba, y ningún otro sitio puede mostrarlas dentro del suyo.",
                "El registro no contiene ninguna dirección, ningún enlace ni nada de lo que \
                 escribiste.",
            ])],
        },
        Section {
            id: "accounts",
            title: "Cuentas",
            blocks: &[List(&[
                "Entras con Google. No tenemos ninguna contraseña tuya que se pueda robar.",
                "De lo que te mantiene dentro guardamos solo una huella: quien lea nuestra base \
                 de datos no puede entrar con ella.",
                "Una entrada termina a los {session_idle} días sin uso y, en todo caso, a los \
                 {session_absolute} días. La página de la cuenta las muestra todas y termina \
                 cualquiera al instante.",
                "Lo que no tiene vuelta atrás, como borrar la cuenta, exige entrar de nuevo.",
                "Una entrada nueva, un correo cambiado y un borrado programado te los contamos \
                 por correo.",
                "Lo que pertenece a una cuenta se comprueba con su dueño en cada solicitud.",
            ])],
        },
        Section {
            id: "backups",
            title: "Copias de seguridad",
            blocks: &[
                Paragraph(
                    "Nuestra única copia de seguridad es el historial de la propia base de datos: \
                     se puede volver a cualquier minuto de los últimos {recovery} días. De las \
                     imágenes no hay copia: un archivo borrado desaparece al instante. Así que lo \
                     borrado está fuera de toda copia {recovery} días después.",
                ),
                Paragraph(
                    "Volver atrás con la base de datos también traería de vuelta lo que se borró \
                     desde entonces. Por eso, quien gestiona este sitio sigue estos pasos, en \
                     este orden:",
                ),
                Steps(&[
                    "Cerrar el sitio y escribir una lista de todas las cuentas y pedidos que hay \
                     ahora.",
                    "Volver atrás con la base de datos, al momento anterior al daño y no más allá.",
                    "Borrar otra vez cada cuenta y cada pedido que sea anterior a ese momento y \
                     no esté en la lista. Sus imágenes ya no existen.",
                    "Retirar cada consentimiento y terminar cada entrada que se haya terminado \
                     desde entonces. Si no se puede saber, todos.",
                    "Abrir el sitio y contar lo ocurrido a todas las personas afectadas.",
                ]),
                Commands(RESTORE),
            ],
        },
        Section {
            id: "receipts",
            title: "Comprobar un borrado",
            blocks: &[
                Paragraph(
                    "Quien borra una cuenta recibe un código. Con él se puede pedir un recibo \
                     durante {receipt} días, y lo enviamos por correo como último acto: la \
                     dirección desaparece cuando ese correo ha salido, como tarde {last_mail} \
                     horas después del borrado. Dice qué se borró y cuándo, y qué copias viven en \
                     otra parte y hasta cuándo. Está firmado (JWS, Ed25519) y no nombra a nadie.",
                ),
                Paragraph(
                    "Puedes comprobarlo sin nosotros y sin conexión. Guárdalo desde la [página del \
                     recibo](/receipt) como receipt.jws y nuestra [clave \
                     pública](/api/receipt-key), que está aquí en /api/receipt-key, como key.pem. \
                     Después, con OpenSSL 3:",
                ),
                Commands(VERIFY),
                Paragraph(
                    "Un recibo demuestra lo que declaramos y ya no podemos cambiar. No puede \
                     demostrar que los bytes hayan desaparecido; nadie puede.",
                ),
            ],
        },
        Section { id: "terms", title: "Todos los plazos de un vistazo", blocks: &[Terms] },
        Section {
            id: "report",
            title: "¿Encontraste un fallo?",
            blocks: &[Paragraph(
                "Escribe a {contact}. Pruébalo solo con tus propios pedidos y tu propia cuenta, \
                 deja en paz los datos de otras personas y danos tiempo para arreglarlo: entonces \
                 te lo agradecemos y no tomamos medidas legales.",
            )],
        },
    ],
};
