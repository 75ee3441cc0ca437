//! One order: its page, and the copy of its markup that the home page carries.

use crate::domain::image::Metadata;
use crate::domain::options::Category;
use crate::domain::problem::Problem;
use crate::domain::view::Status;
use crate::pages::text::{Counted, OrderText};

/// One order: its page, and the copy of its markup that the home page carries.
pub(super) const ORDER: OrderText = OrderText {
    headline,
    message,
    deleted_headline: "Borrado",
    deleted_message: and_what_stays!("El pedido, tus fotos y la imagen ya no existen."),
    trashed_headline: "En la papelera",
    trashed_message: "Puedes recuperarlo de la papelera durante 29 días. Después desaparece para \
                      siempre.",
    step_queued: "En cola",
    step_processing: "En proceso",
    step_completed: "Lista",
    queue_position: "Tu turno",
    typical_time: "Suele estar lista en",
    seconds: Counted { one: "1 segundo", other: "{count} segundos" },
    minutes: Counted { one: "1 minuto", other: "{count} minutos" },
    elapsed: "Llevas esperando",
    notify: "Avísame cuando esté lista",
    notify_note: "Funciona mientras esta página siga abierta, también en segundo plano.",
    notify_on: "Te avisaremos, siempre que esta página siga abierta.",
    notify_refused: "Tu navegador no permite que este sitio te avise. Puedes cambiarlo en sus \
                     ajustes para este sitio.",
    notify_body: "Vuelve a la página para verlo.",
    close_title: "Puedes cerrar esta página",
    result_waiting: "Tu imagen aparecerá aquí",
    result_note: "Muestra el estilo, no la talla ni el ajuste.",
    ai_mark: "Vista previa de IA",
    compare_label: "Comparar con el original",
    compare_words: "{before} por ciento original, {after} por ciento resultado",
    compare_hold: "Mantén para ver el original",
    zoom: "Ampliar",
    zoom_label: "La imagen a tamaño completo",
    zoom_close: "Cerrar",
    inputs_title: "Tus fotos",
    person_caption: "Original",
    garments_caption: "Prendas",
    alt_person: "La foto de la persona que elegiste",
    alt_garment: "Foto de prenda {number}",
    alt_output: "Vista previa de IA: la persona de tu foto con {garments}. Ambiente: {look}",
    worn,
    download: "Descargar",
    share: "Compartir",
    share_copied: "La imagen no se puede compartir desde este navegador, así que se copió tu \
                   enlace privado. Quien lo tenga puede ver, cancelar y borrar este pedido.",
    share_kept: "La imagen no se puede compartir desde este navegador. Descárgala y comparte el \
                 archivo.",
    share_again: "La imagen está lista. Presiona «Compartir» otra vez.",
    try_garment: "Probar otra prenda",
    use_as_person: "Usar esta imagen como la persona",
    try_person: "Reintentar con la misma persona",
    to_start: "Ir al inicio",
    report: "Informar de un problema",
    report_question: "¿Qué está mal en la imagen?",
    problem,
    report_note: "Se cuenta sin tu imagen y se muestra en la página de estado.",
    report_send: "Enviar informe",
    report_choose: "Elige al menos una opción.",
    report_thanks: "Gracias. Tu informe quedó contado, sin tu imagen.",
    cancel: "Cancelar este pedido",
    cancel_explained: "No se creará ninguna imagen, o se desechará si está casi lista. Si ya la \
                       empezamos, cuenta como una de tus imágenes gratis.",
    cancel_confirm: "Sí, cancelarlo",
    delete: "Borrar ahora",
    delete_explained: and_what_stays!(
        "El pedido, tus fotos y la imagen se borran al instante. Esto no se puede deshacer."
    ),
    delete_confirm: "Sí, borrarlo todo",
    trash_explained: "El pedido va a la papelera con tus fotos y la imagen. Puedes recuperarlo \
                      durante 29 días; después se borra para siempre.",
    action_failed_title: "Eso no funcionó",
    action_failed_detail: "No se pudo contactar con nosotros. Vuelve a intentarlo.",
    connection_lost_title: "Se perdió la conexión",
    connection_lost_detail: "Tu pedido sigue sin ti. Esta página se pondrá al día cuando vuelva la \
                             conexión.",
    link_title: "Tu enlace privado",
    link_warning: "Tu enlace privado te trae de vuelta. Quien lo tenga puede ver, cancelar y \
                   borrar este pedido, así que no lo compartas.",
    kept_title: "En tu historial",
    kept_explained: "Este pedido queda en tu historial hasta que lo borres. Solo tú puedes \
                     verlo, con tu sesión iniciada.",
    to_history: "Ir a tu historial",
    to_trash: "Ir a la papelera",
    link_label: "Enlace privado a este pedido",
    link_copy: "Copiar",
    link_copied: "Copiado",
    facts_title: "Los datos",
    fact_choices: "Elegiste",
    fact_instructions: "Pediste",
    fact_created: "Hora del pedido",
    fact_stored_until: "Pedido e imágenes se pueden abrir hasta",
    fact_pictures: "Imágenes que guardamos",
    fact_size: "Su tamaño",
    decimal_point: ",",
    list_comma: ", ",
    fact_removed: "Eliminado de tus fotos",
    fact_model: "Creada por",
    fact_provider_keeps: "Conserva su copia",
    fact_credits: "Nos cobró",
    fact_preview: "Lo que ves",
    preview_statement: "Una vista previa creada por IA. Muestra el estilo, no la talla ni el \
                        ajuste.",
    days: Counted { one: "1 día", other: "{count} días" },
    credits: Counted { one: "1 crédito", other: "{count} créditos" },
    provider,
    metadata,
    metadata_none: "No había nada oculto en ellas",
};

const fn headline(status: Status) -> &'static str {
    match status {
        Status::Queued => "Estás en la cola",
        Status::Processing => "Tu imagen se está creando",
        Status::Completed => "Tu imagen está lista",
        Status::Failed => "Esta vez no hay imagen",
        Status::Canceled => "Cancelado",
        Status::Expired => "Este pedido ya no existe",
    }
}

const fn message(status: Status) -> &'static str {
    match status {
        Status::Queued => "Empieza en cuanto sea tu turno.",
        Status::Processing => "Esta página la muestra en cuanto llegue.",
        Status::Completed => "Compárala con el original y quédatela o déjala ir.",
        Status::Failed => "Qué falló y qué puedes hacer:",
        Status::Canceled => "Cancelaste este pedido. No hay imagen.",
        Status::Expired => {
            and_what_stays!(
                "Se borró o su tiempo terminó: el pedido, tus fotos y la imagen ya no están aquí."
            )
        }
    }
}

const fn worn(value: Category) -> &'static str {
    match value {
        Category::Auto => "las prendas que elegiste",
        Category::Tops => "la parte de arriba que elegiste",
        Category::Bottoms => "la parte de abajo que elegiste",
        Category::OnePieces => "la prenda de una pieza que elegiste",
        Category::Outerwear => "la chaqueta o el abrigo que elegiste",
        Category::Footwear => "el calzado que elegiste",
        Category::Accessories => "el accesorio que elegiste",
    }
}

fn provider(name: &'static str) -> &'static str {
    match name {
        "kie" => "Kie AI",
        other => other,
    }
}

const fn metadata(kind: Metadata) -> &'static str {
    match kind {
        Metadata::Gps => "ubicación",
        Metadata::Exif => "datos de la cámara",
        Metadata::Xmp => "datos de edición",
        Metadata::Iptc => "leyendas",
        Metadata::Comment => "comentarios",
        Metadata::Thumbnail => "miniatura incrustada",
        Metadata::Text => "notas de texto",
        Metadata::Time => "marca de tiempo",
        Metadata::IccProfile => "perfil de color dañado",
        Metadata::IccText => "notas en el perfil de color",
        Metadata::ExtraPicture => "otras imágenes",
        Metadata::TrailingData => "datos después de la imagen",
        Metadata::Other => "otros datos ocultos",
    }
}

const fn problem(kind: Problem) -> &'static str {
    match kind {
        Problem::BodyChanged => "El cuerpo cambió",
        Problem::OldGarmentLeft => "La prenda anterior sigue ahí",
        Problem::WrongGarment => "No es la prenda que elegí",
        Problem::FaceChanged => "La cara cambió",
        Problem::Other => "Otra cosa",
    }
}
