//! Borrar una cuenta y el recibo de ello.

use crate::pages::text::{Counted, DeletionText};

/// Borrar una cuenta y el recibo de ello.
pub(super) const DELETION: DeletionText = DeletionText {
    title: "Borrar mi cuenta",
    go_on: "Ir al borrado",
    lede: "72 horas después de que lo pidas se borra todo lo que pertenece a tu cuenta. Hasta el \
           último segundo puedes cambiar de opinión.",
    what_title: "Qué se borra",
    what: "Todos los pedidos con sus fotos e imágenes, tu historial y su papelera, las \
           exportaciones de datos, tu nombre, tu dirección y tu retrato, tus ajustes y \
           consentimientos, y todas las sesiones. Se cierra tu sesión en todas partes. Quien \
           inicie sesión después empieza como una persona nueva.",
    stays_title: "Qué queda un tiempo en otros lugares",
    stays: "Kie AI conserva sus copias de las imágenes que ha hecho durante 14 días y sus \
            registros durante dos meses. Algunas filas pueden quedar 30 días en el historial de \
            recuperación de nuestra base de datos. El recibo nombra cada uno de estos almacenes y \
            el día hasta el que puede contener algo.",
    export_first: "Lo que se borra no se puede recuperar. Si quieres conservar tus imágenes, \
                   descarga antes tus datos.",
    export: "Descargar mis datos",
    receipt_note: "Cuando pidas el borrado recibirás un código. Con él podrás obtener después, \
                   durante 30 días, un recibo firmado. También te enviamos el recibo por correo, \
                   como lo último antes de borrar tu dirección.",
    prove_first: "Para estar seguros de que eres tú, Google tiene que preguntarte una vez más. La \
                  prueba vale diez minutos.",
    prove: "Iniciar sesión otra vez",
    confirm: "Borrar todo en 72 horas",
    scheduled_title: "Tu cuenta se borrará",
    scheduled: "El {time}, dentro de {left}, se borra todo.",
    hours: Counted { one: "1 hora", other: "{count} horas" },
    scheduled_note: "Hasta entonces tu cuenta funciona como antes.",
    cancel: "Conservar mi cuenta",
    code_title: "Tu código para el recibo",
    code_note: "Apúntalo o hazle una foto: solo se muestra ahora, y nosotros no guardamos más que \
                una huella de él.",
    lost_code: "¿Has perdido tu código? Uno nuevo lo sustituye; la fecha se mantiene.",
    new_code: "Mostrar un código nuevo",
    to_receipt: "Al recibo",
    receipt_title: "Recibo de un borrado",
    receipt_lede: "Quien ha borrado una cuenta puede obtener aquí su recibo durante 30 días.",
    code_label: "Tu código",
    code_hint: "32 cifras y letras de la a a la f. Los guiones no importan.",
    show: "Mostrar el recibo",
    unknown: "No hay ningún recibo para este código. Llega unos minutos después de que acabe la \
              cuenta atrás y espera 30 días.",
    no_code: "Esto no es un código: debe tener 32 cifras y letras de la a a la f.",
    waits_until: "Este recibo espera aquí hasta {time}. Guárdalo tú: nosotros no lo hacemos.",
    says: "Qué dice",
    signed: "El recibo firmado",
    download: "Descargar el recibo",
    verify_title: "Compruébalo tú",
    verify: "Descarga el recibo y nuestra clave pública en una misma carpeta. Con OpenSSL 3 estas \
             órdenes comprueban la firma sin ninguna red:",
    key: "Descargar la clave pública",
    proves_title: "Qué demuestra",
    proves: "La firma demuestra que hemos declarado esto y que no lo hemos cambiado desde \
             entonces. No puede demostrar que no exista ninguna copia: nada puede.",
};
