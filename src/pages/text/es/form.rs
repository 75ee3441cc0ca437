//! The form that places an order.

use crate::pages::samples::Sample;
use crate::pages::text::FormText;

/// The form that places an order.
pub(super) const FORM: FormText = FormText {
    title: "Pruébate ropa en una foto",
    headline: "Póntelo antes de que sea tuyo.",
    lede: "Una foto tuya y otra de la ropa. Mírate con ella puesta, normalmente en cosa de \
           un minuto.",
    photos_again: "Vuelve a elegir las fotos: los navegadores no las conservan cuando una página \
                   se devuelve. Todo lo demás sigue como lo dejaste.",
    person_label: "La persona",
    person_tips: ["Cuerpo entero", "De frente", "Una sola persona", "Buena luz"],
    person_prompt: "Añade una foto",
    garments_label: "Las prendas",
    garments_hint: "Hasta 4 fotos, con una prenda en cada una.",
    garments_prompt: "Añade fotos",
    garment_tips: ["Una prenda", "Extendida", "No varias", "No cortada"],
    drop_prompt: "o arrastra o pega aquí",
    use_camera: "Usar la cámara",
    samples_label: "Prueba con un ejemplo",
    sample,
    sample_failed: "No se pudo cargar el ejemplo. Revisa la conexión y vuelve a presionarlo.",
    use_last: "Usar mi foto de la última vez",
    forget_last: "Olvidar",
    remember: "Recordar esta foto en este dispositivo",
    remember_failed: "Este navegador no nos deja conservar la foto. No se guardó nada.",
    camera_title: "Toma una foto",
    camera_close: "Cerrar la cámara",
    camera_shutter: "Tomar la foto",
    camera_switch: "Otra cámara",
    camera_starting: "La cámara se está iniciando…",
    camera_refused: "El navegador no tiene permiso para usar la cámara. Dáselo en sus ajustes para \
                     este sitio o elige una foto.",
    camera_busy: "Otro programa está usando la cámara. Ciérralo y vuelve a intentarlo, o elige una \
                  foto.",
    camera_absent: "No se encontró ninguna cámara. Elige una foto.",
    name_camera: "Foto de la cámara",
    name_last: "Foto de la última vez",
    name_order: "Foto de tu pedido",
    options_heading: "Cómo debe verse",
    more_options: "Más opciones",
    instructions_label: "¿Algo más?",
    instructions_hint: "Por ejemplo: la camisa por dentro, las mangas remangadas. Máximo 500 \
                        caracteres.",
    consent_label: "Tengo derecho a usar estas fotos y todas las personas que aparecen están de \
                    acuerdo. Tengo 16 años o más.",
    free: "Gratis: {count} imágenes en {hours} horas. Sin cuenta ni tarjeta.",
    tries_left: "Imágenes gratis disponibles: {left} de {limit}.",
    tries_used: "No te quedan imágenes gratis. La próxima será gratis el {time}.",
    submit: "Crear mi imagen",
    submit_note: "Las fotos van a Kie AI, que crea la imagen, y aquí se borran a las 48 horas, o \
                  se quedan en tu historial si has entrado.",
    preparing: "Preparando tus fotos…",
    sending: "Enviando tus fotos…",
    sent: "Enviadas. Haciendo tu pedido…",
    try_again: "Reintentar",
    to_pricing: "Ver qué viene",
    to_help: "Ayuda con errores",
    remove_photo: "Quitar {name}",
    earlier_photo: "Mover {name} hacia adelante",
    later_photo: "Mover {name} hacia atrás",
    photo_moved: "{name} es ahora la foto {position} de {count}.",
    main_garment: "Principal",
    location_removed: "Ubicación eliminada",
    hidden_removed: "Datos ocultos eliminados",
    photo_preview: "Foto elegida: {name}",
    photo_wrong_type: "{name} no es una foto que podamos usar. Elige un archivo JPEG, PNG o WebP.",
    photo_heic: "{name} es una foto HEIC, que este navegador no puede abrir. En un iPhone elige \
                 Ajustes (o Configuración), Cámara, Formatos, Más compatible, o comparte la foto \
                 como JPEG; después vuelve a elegirla.",
    photo_unreadable: "{name} no se puede abrir. Guárdala como JPEG y vuelve a elegirla.",
    photo_unchecked: "No se pudo comprobar {name}. Revisa la conexión y vuelve a elegirla.",
    photo_too_small: "{name} es demasiado pequeña: cada lado necesita al menos 256 píxeles.",
    photo_too_large: "{name} es demasiado grande. Elige una foto de menos de 60 MB.",
    photos_too_many: "El máximo aquí es {max}. Las demás se dejaron fuera.",
    photos_too_heavy: "Todas las fotos juntas superan los 24 MB. Quita una o elige otras más \
                       pequeñas.",
    not_sent_title: "Tus fotos no llegaron",
    not_sent_detail: "Se cortó la conexión. Presiona el botón otra vez: no puede crear un segundo \
                      pedido.",
    order_photo_failed: "No se pudo cargar la foto de ese pedido; puede que esté borrada. Elige \
                         una foto.",
    shared_lost: "La foto compartida ya no está aquí. Vuelve a elegirla.",
};

const fn sample(sample: Sample) -> &'static str {
    match sample {
        Sample::SlimWoman => "Mujer de pelo castaño largo, camiseta blanca y jeans",
        Sample::BroadMan => "Hombre corpulento con barba, camiseta y pantalón oscuro",
        Sample::PlusSizeWoman => "Mujer de talla grande con rizos pelirrojos, camiseta y leggings",
        Sample::TallMan => "Hombre alto de pelo negro, camiseta blanca y pantalón corto",
        Sample::OlderWoman => "Mujer mayor con gafas, camiseta azul y pantalón claro",
        Sample::WheelchairUser => "Mujer en silla de ruedas, camiseta amarilla y jeans",
        Sample::KnitSweater => "Suéter de punto",
        Sample::StripedShirt => "Camisa de rayas",
        Sample::WhiteBlouse => "Blusa blanca",
        Sample::Hoodie => "Sudadera verde con capucha",
        Sample::DenimJacket => "Chaqueta de denim",
        Sample::TrenchCoat => "Gabardina",
        Sample::WideTrousers => "Pantalón ancho",
        Sample::PleatedSkirt => "Falda plisada",
        Sample::SummerDress => "Vestido de verano",
        Sample::EveningDress => "Vestido de noche",
        Sample::Sneakers => "Zapatillas deportivas blancas",
        Sample::FeltHat => "Sombrero de fieltro marrón",
        Sample::Handbag => "Bolso de mano verde",
    }
}
