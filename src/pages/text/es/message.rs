//! Pages that say one thing, and what errors mean.

use crate::pages::text::{ErrorText, ErrorTexts, MessageText};

/// Pages that say one thing, and what errors mean.
pub(super) const MESSAGE: MessageText = MessageText {
    error_status: "Error",
    error_code: "Código de error:",
    request_id: "Si nos escribes, indica esta solicitud:",
    errors: ERRORS,
    between: " ",
    wait_moment: "Puedes volver a intentarlo en unos segundos.",
    wait_seconds: "Puedes volver a intentarlo en {seconds} segundos.",
    wait_minutes: "Puedes volver a intentarlo en {minutes} minutos.",
    wait_hours: "Puedes volver a intentarlo en unas {hours} horas.",
    way_home: "Ir al inicio",
    way_again: "Volver al formulario",
    way_new: "Crear otra imagen",
    way_pricing: "Qué es gratis y qué viene",
    way_status: "Ver cómo está el servicio",
    way_sign_in: "Iniciar sesión con Google",
    way_account: "A tu cuenta",
    way_contact: "Cómo contactarnos",
    more_help: "Más sobre esto",
    thanks_title: "Gracias",
    thanks_detail: "Mira tu correo: estarás en la lista cuando pulses el botón del enlace que te \
                    enviamos. Si la dirección ya está en ella, no llega ningún correo.",
};

/// What each error means and what helps.
const ERRORS: ErrorTexts = ErrorTexts {
    input_invalid: ErrorText {
        title: "Hay algo que cambiar en el formulario",
        detail: "Falta una respuesta o no es una de las que ofrecemos. Revisa lo que elegiste \
                 y envía el formulario otra vez.",
    },
    image_format_unsupported: ErrorText {
        title: "No podemos leer este tipo de foto",
        detail: "Aceptamos JPEG, PNG y WebP. En un iPhone, elige la foto desde la fototeca en \
                 lugar de Archivos: así llega como JPEG. En un PC o un Mac, expórtala como JPEG.",
    },
    image_too_large: ErrorText {
        title: "Esta foto es demasiado grande",
        detail: "Una foto puede tener 10 MB, 8192 píxeles por lado y 40 millones de píxeles en \
                 total. Guárdala más pequeña o elige otra.",
    },
    image_too_small: ErrorText {
        title: "Esta foto es demasiado pequeña",
        detail: "Cada lado necesita al menos 256 píxeles. Elige el original en lugar de una vista \
                 previa o una miniatura.",
    },
    image_unreadable: ErrorText {
        title: "Esta foto no se puede abrir",
        detail: "El archivo está dañado, vacío o tiene movimiento. Ábrelo en una aplicación de \
                 fotos, guárdalo como JPEG y elige ese.",
    },
    body_too_large: ErrorText {
        title: "Las fotos juntas son demasiado grandes",
        detail: "Todas las fotos de una imagen pueden tener 24 MB en total. Quita una o elige \
                 otras más pequeñas.",
    },
    consent_required: ErrorText {
        title: "Falta tu consentimiento",
        detail: "Marca la casilla que está sobre el botón: necesitas tener derecho a usar cada \
                 foto, todas las personas que aparecen tienen que estar de acuerdo y tú debes \
                 tener 16 años o más.",
    },
    trial_exhausted: ErrorText {
        title: "Ya usaste tus imágenes gratis",
        detail: "Cada persona tiene 3 imágenes en 24 horas. Una imagen que falló no cuenta. \
                 Todavía no hay nada que comprar; vuelve más tarde.",
    },
    rate_limited: ErrorText {
        title: "Demasiado a la vez",
        detail: "Llegó más de lo que podemos atender desde tu red o de todos los visitantes \
                 juntos. No hay nada roto; espera un poco y vuelve a intentarlo.",
    },
    not_found: ErrorText {
        title: "Aquí no hay nada",
        detail: "Puede que la dirección esté mal escrita o cortada. Si era el enlace de una \
                 imagen, comprueba que lo copiaste entero.",
    },
    gone: ErrorText {
        title: "Borrado o caducado",
        detail: "Alguien con el enlace borró este pedido, o pasaron sus 48 horas. Sus fotos y su \
                 imagen ya no existen aquí. Lo que se escribió en «¿Algo más?» puede permanecer \
                 hasta 30 días en el historial de recuperación propio de nuestra base de datos. \
                 Puedes crear otra imagen con las mismas fotos.",
    },
    link_invalid: ErrorText {
        title: "Este enlace de imagen no funciona",
        detail: "Los enlaces a imágenes sueltas duran minutos y solo funcionan sin cambios. Vuelve \
                 a abrir la página del pedido: tiene enlaces nuevos.",
    },
    idempotency_conflict: ErrorText {
        title: "Esto ya se envió",
        detail: "El mismo formulario se está procesando o se usó para otro pedido. Vuelve al \
                 formulario y envíalo otra vez.",
    },
    cross_site_request: ErrorText {
        title: "Enviado desde otro sitio",
        detail: "Por tu seguridad, solo aceptamos formularios de nuestras propias páginas. Abre \
                 este mismo sitio e inténtalo desde él.",
    },
    method_not_allowed: ErrorText {
        title: "Así no",
        detail: "Esta dirección existe, pero no está hecha para abrirse de esta forma. Empieza \
                 otra vez desde el inicio.",
    },
    sign_in_required: ErrorText {
        title: "Primero inicia sesión",
        detail: "Esta parte pertenece a tu cuenta. Inicia sesión con Google y volverás \
                 aquí.",
    },
    fresh_sign_in_required: ErrorText {
        title: "Inicia sesión otra vez",
        detail: "Esto no se puede deshacer, así que preguntamos otra vez a Google si eres \
                 tú. Vuelve a iniciar sesión y repítelo.",
    },
    sign_in_failed: ErrorText {
        title: "No se pudo iniciar sesión",
        detail: "Google no confirmó quién eres, o tardó más de diez minutos. No se ha \
                 cambiado nada. Inténtalo otra vez.",
    },
    processing_restricted: ErrorText {
        title: "El tratamiento está limitado",
        detail: "Nos pediste no tratar nada de tu cuenta. Levanta la limitación en la \
                 página de tu cuenta para volver a hacer imágenes.",
    },
    signature_invalid: ErrorText {
        title: "Este mensaje no está firmado",
        detail: "Esta dirección es solo para el servicio de imágenes, cuyos mensajes van firmados. \
                 Si llegaste por un enlace de nuestro sitio, avísanos.",
    },
    order_final: ErrorText {
        title: "Este pedido ya terminó",
        detail: "Ya no se puede cancelar ni se puede informar de un problema. Puedes borrarlo o \
                 crear otra imagen.",
    },
    provider_rejected: ErrorText {
        title: "Esta combinación no es posible",
        detail: "El servicio de imágenes no aceptó este pedido. Prueba con otras opciones u otras \
                 fotos. Este intento no se contó.",
    },
    content_moderation: ErrorText {
        title: "El servicio de imágenes rechazó estas imágenes",
        detail: "Sus reglas de contenido no permitieron esta imagen. Usa otras fotos o cambia las \
                 instrucciones. Este intento no se contó.",
    },
    provider_failed: ErrorText {
        title: "No se pudo crear la imagen",
        detail: "El servicio de imágenes lo intentó y falló. Haz el pedido otra vez. Este intento \
                 no se contó.",
    },
    provider_timeout: ErrorText {
        title: "Tardó demasiado",
        detail: "El servicio de imágenes no terminó a tiempo. Haz el pedido otra vez. Este intento \
                 no se contó.",
    },
    provider_busy: ErrorText {
        title: "El servicio de imágenes no acepta pedidos en este momento",
        detail: "Vuelve a intentarlo más tarde. Este intento no se contó.",
    },
    unavailable: ErrorText {
        title: "No disponible por ahora",
        detail: "Esto no ha llegado. Hasta donde sabemos, no se pidió ni se contó nada. Con una \
                 conexión lenta ayudan fotos más pequeñas. Vuelve a intentarlo en breve.",
    },
    internal: ErrorText {
        title: "Algo falló aquí",
        detail: "Es culpa nuestra, no tuya. Vuelve a intentarlo; si pasa otra vez, escríbenos e \
                 indica el código de abajo.",
    },
};
