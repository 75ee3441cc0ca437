//! The page that stands in for another one while there is no connection.

use crate::pages::text::OfflineText;

/// The page that stands in for another one while there is no connection.
pub(super) const OFFLINE: OfflineText = OfflineText {
    title: "No tienes conexión",
    detail: "Este dispositivo no tiene conexión a internet en este momento, así que no se pudo \
             cargar la página.",
    order_goes_on: "Un pedido que ya hiciste sigue sin ti: abre su enlace otra vez cuando vuelvas \
                    a tener conexión. Nada de lo que aún no habías enviado ha salido de este \
                    dispositivo.",
    retry: "Reintentar",
};
