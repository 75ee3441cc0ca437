//! The page of an account.

use crate::pages::text::AccountText;

/// The page of an account.
pub(super) const ACCOUNT: AccountText = AccountText {
    title: "Tu cuenta",
    since: "Aquí desde el",
    orders: "{used} de {limit} pedidos de las últimas 24 horas usados.",
    save: "Guardar",
    saved: "Guardado.",
    not_sent_detail: "No se cambió nada. Revisa la conexión y vuelve a intentarlo.",
    profile: "Perfil",
    name: "Nombre",
    picture_note: "Tu foto viene de Google. La trajimos una vez y mostramos nuestra propia copia, \
                   solo a ti.",
    email: "Correo electrónico",
    email_note: "Enviamos un enlace a la nueva dirección. Nada cambia hasta que se abra y se \
                 confirme allí. Sigues entrando con la misma cuenta de Google.",
    email_change: "Enviar el enlace",
    email_waiting: "Un enlace va de camino a {email}. Hasta que se confirme, se queda tu \
                    dirección actual.",
    email_until: "El enlace vale hasta el",
    email_keep: "Conservar la dirección actual",
    sessions: "Dónde tienes la sesión abierta",
    this_device: "Este dispositivo",
    unknown_device: "Dispositivo desconocido",
    last_used: "Último uso",
    signed_in: "Sesión iniciada",
    end: "Cerrar esa sesión",
    end_others: "Cerrar todas las demás",
    ended: "Sesión cerrada.",
    appearance: "Idioma y aspecto",
    appearance_note: "También para nuestros correos y para el próximo dispositivo en el que \
                      entres.",
    privacy: "Opciones de privacidad",
    marketing: "Novedades por correo",
    marketing_note: "Lo nuevo que hay aquí, como mucho una vez al mes. Desactivado mientras no lo \
                     actives; cada correo así lleva un enlace que los termina.",
    objection: "Dejar mis pedidos fuera de las estadísticas",
    objection_note: "Contamos cómo terminan los pedidos, sin nombres. Los que hagas mientras esto \
                     esté activado no se cuentan.",
    consents: "A qué dijiste que sí y cuándo",
    no_consents: "Todavía a nada.",
    consent_version: "texto del",
    consent_given: "Dado el",
    consent_withdrawn: "Retirado el",
    restriction: "Limitar el tratamiento",
    restriction_note: "Entonces solo guardamos lo que hay: ninguna imagen nueva, y nada más tuyo \
                       va al servicio de imágenes. Los pedidos que aún esperan en la cola se \
                       cancelan y sus intentos vuelven a estar libres. Puedes seguir viéndolo \
                       todo, llevártelo y borrarlo.",
    restricted: "El tratamiento está limitado desde el",
    restrict: "Limitar el tratamiento",
    lift: "Levantar la limitación",
    confirm_title: "¿Es esta tu dirección?",
    confirm_detail: "Desde entonces tu cuenta usará {email}, y los correos irán allí.",
    confirm_button: "Sí, usar esta dirección",
    confirmed_title: "Dirección cambiada",
    confirmed_detail: "Tu cuenta usa ahora la nueva dirección.",
    over_title: "Este enlace ya no funciona",
    over_detail: "Ya se usó, tiene más de un día o lo sustituyó otro más nuevo. En la página de \
                  tu cuenta puedes pedir otro.",
};
