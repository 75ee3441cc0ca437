//! The page of the service's status.

use crate::domain::count::Outcome;
use crate::domain::problem::Problem;
use crate::domain::refusal::Code;
use crate::domain::service::Provider;
use crate::pages::text::StatusText;

/// The page of the service's status.
pub(super) const STATUS: StatusText = StatusText {
    title: "Estado",
    provider,
    now: "Ahora",
    waiting: "Esperan su turno",
    under_way: "En proceso",
    or_more: "{number} o más",
    last_day: "Las últimas 24 horas",
    since: "Pedidos que terminaron desde {time}.",
    nothing: "Ningún pedido en el último día, así que no hay nada que contar.",
    by_model: "Por modelo",
    model: "Modelo",
    orders: "Pedidos",
    success: "Con éxito",
    median: "Tiempo habitual",
    unknown: "–",
    by_end: "Cómo terminaron",
    end: "Final",
    ended,
    reported: "De qué informaron los visitantes",
    nothing_reported: "Nadie informó de un problema con una imagen.",
    problem_column: "Problema",
    problem,
    pictures: "Imágenes",
    share: "Del total de imágenes",
    percent: "{percent} %",
    how: "Cómo se cuenta",
    how_counted: "Cada pedido suma uno a un contador de su hora cuando termina. Un contador no \
                  identifica ningún pedido ni a ningún visitante, se borra a las 48 horas y queda \
                  igual cuando borras tu pedido. Los pedidos cancelados no cuentan ni como éxito \
                  ni como fallo. La mitad de las imágenes llegó dentro del tiempo habitual, con la \
                  espera incluida.",
};

fn provider(state: Provider) -> &'static str {
    match state {
        Provider::Ok => "El servicio de imágenes acepta pedidos.",
        Provider::OutOfCredits | Provider::Unauthorized => {
            "El servicio de imágenes no acepta pedidos nuestros en este momento. Los nuevos \
             esperan hasta que lo haga; nos toca a nosotros arreglarlo."
        }
        Provider::Maintenance => {
            "El servicio de imágenes está en mantenimiento. Los pedidos nuevos esperan hasta que \
             vuelva."
        }
    }
}

fn ended(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Completed => "Con imagen",
        Outcome::Failed(Code::ContentModeration) => {
            "Rechazado por las reglas de contenido del servicio de imágenes"
        }
        Outcome::Failed(Code::ProviderRejected) => "No era posible con estas opciones",
        Outcome::Failed(Code::ProviderTimeout) => "Tardó demasiado",
        Outcome::Failed(Code::ProviderBusy) => "El servicio de imágenes no aceptaba pedidos",
        Outcome::Failed(_) => "El servicio de imágenes lo intentó y falló",
        Outcome::Canceled => "Cancelado por el visitante",
        Outcome::Expired => "Esperó hasta que se acabó su tiempo",
    }
}

fn problem(problem: Problem) -> &'static str {
    match problem {
        Problem::BodyChanged => "El cuerpo cambió",
        Problem::OldGarmentLeft => "La prenda anterior sigue ahí",
        Problem::WrongGarment => "Prenda equivocada",
        Problem::FaceChanged => "La cara cambió",
        Problem::Other => "Otra cosa",
    }
}
