//! What the product writes by mail.

use crate::pages::text::{LetterText, MailText, NewsPageText, WaitlistPageText};

/// What the product writes by mail.
pub(super) const MAIL: MailText = MailText {
    new_sign_in: LetterText {
        subject: "Nuevo inicio de sesión en tu cuenta de {site}",
        lines: &[
            "Alguien entró en tu cuenta con Google el {time}. El dispositivo: {device}.",
            "Si fuiste tú, no hay nada que hacer. Si no, protege primero tu cuenta de Google y \
             después cierra esa sesión en la página de tu cuenta.",
        ],
        action: "Ver dónde has iniciado sesión",
    },
    unknown_device: "desconocido",
    email_change_confirm: LetterText {
        subject: "Confirma tu dirección para {site}",
        lines: &[
            "Alguien, seguramente tú, quiere que los correos de una cuenta de {site} lleguen a \
             esta dirección. Cambia cuando pulses el botón de la página de este enlace.",
            "Si no fuiste tú, no hagas nada. Entonces no cambia nada.",
        ],
        action: "Ver el cambio",
    },
    email_changed: LetterText {
        subject: "Tu dirección en {site} ha cambiado",
        lines: &[
            "Los correos de tu cuenta van a otra dirección desde el {time}. Este es el último que \
             llega a esta.",
            "Si no fuiste tú, protege tu cuenta de Google, entra y corrígelo. Si no puedes, \
             escribe a {contact}.",
        ],
        action: "A tu cuenta",
    },
    deletion_scheduled: LetterText {
        subject: "Tu cuenta de {site} se va a borrar",
        lines: &[
            "El {time} se borrará todo lo que pertenece a tu cuenta: imágenes, pedidos, sesiones \
             y la propia cuenta. Después no se puede deshacer.",
            "Hasta ese momento puedes cancelarlo en la página de tu cuenta. Si no lo pediste tú, \
             hazlo ahora y protege tu cuenta de Google.",
            "El código del recibo se mostró al pedir el borrado. Ningún correo lo repetirá.",
        ],
        action: "Cancelar el borrado",
    },
    deletion_done: LetterText {
        subject: "Tu cuenta de {site} está borrada",
        lines: &[
            "Todo lo que pertenecía a tu cuenta está borrado. Abajo está el recibo firmado. \
             También dice quién conserva copias y hasta cuándo.",
            "Guárdalo si quieres una prueba: nuestra copia desaparece a los 30 días. La página de \
             este enlace explica cómo comprobar la firma sin nosotros.",
        ],
        action: "Cómo comprobar el recibo",
    },
    export_ready: LetterText {
        subject: "Tus datos de {site} están listos",
        lines: &[
            "Todo lo que guardamos de ti se puede descargar hasta el {time}. Para ello tienes que \
             iniciar sesión.",
        ],
        action: "A la descarga",
    },
    waitlist_confirm: LetterText {
        subject: "¿Quieres recibir noticias de {site}?",
        lines: &[
            "Alguien, seguramente tú, puso esta dirección en nuestra lista de espera. Solo te \
             escribiremos cuando pulses el botón de la página de este enlace.",
            "Si no fuiste tú, no hagas nada. En 7 días habremos olvidado la dirección.",
        ],
        action: "Ver la lista de espera",
    },
    announcement_action: "Leer qué cambia",
    or_copy: "O copia esta dirección en tu navegador:",
    from: "Escribe {site}. Las preguntas, a {contact}.",
    why_account: "Lo recibes porque trata de la seguridad o de los datos de tu cuenta. Estos \
                  correos no se pueden desactivar; cuáles sí, lo muestra la página de tu cuenta: \
                  {link}",
    why_deleted: "Lo recibes porque tenías una cuenta. Es el último correo: tu dirección se borra \
                  cuando ha salido.",
    why_entered: "Lo recibes porque alguien escribió esta dirección en nuestro sitio. Sin ti no \
                  llegará ningún otro.",
    why_asked: "Lo recibes porque alguien escribió esta dirección para nuestra lista de espera. Sin \
                ti no llegará ningún otro correo. Con esto la dirección se olvida al instante: {link}",
    why_announced: "Lo recibes porque tienes una cuenta y todos los que tienen una deben saberlo. \
                    Estos correos no se pueden desactivar; cuáles sí, lo muestra la página de tu \
                    cuenta: {link}",
    why_waitlist: "Lo recibes porque confirmaste esta dirección para nuestra lista de espera. \
                   Esto pone fin a estos correos: {link}",
    why_news: "Lo recibes porque tu cuenta tiene activadas las novedades por correo. Esto les pone \
               fin: {link}",
    waitlist: WaitlistPageText {
        confirm_title: "¿Quieres recibir noticias nuestras?",
        confirm_detail: "Pulsa el botón y te escribiremos cuando haya novedades. Cada correo trae \
                         un enlace que les pone fin.",
        confirm: "Sí, escribidme",
        confirmed_title: "Estás en la lista",
        confirmed_detail: "Te escribiremos cuando haya novedades. Cada correo trae un enlace que \
                           les pone fin.",
        leave_title: "¿Salir de la lista de espera?",
        leave_detail: "Pulsa el botón y borraremos tu dirección de la lista de espera.",
        leave: "Borrar mi dirección",
        left_title: "Tu dirección está borrada",
        left_detail: "Ya no está en la lista de espera y no llegará ningún correo más.",
    },
    news: NewsPageText {
        end_title: "¿No quieres más novedades por correo?",
        end_detail: "Pulsa el botón y no enviaremos más novedades a la dirección de tu cuenta. \
                     También saldrá de la lista de espera, si está en ella. No hace falta entrar.",
        end: "No más novedades",
        ended_title: "No recibirás más novedades",
        ended_detail: "Solo llegarán correos sobre la seguridad y los datos de tu cuenta. En la \
                       página de tu cuenta puedes volver a activar las novedades.",
    },
};
