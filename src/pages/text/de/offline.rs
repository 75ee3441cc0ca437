//! The page that stands in for another one while there is no connection.

use crate::pages::text::OfflineText;

/// The page that stands in for another one while there is no connection.
pub(super) const OFFLINE: OfflineText = OfflineText {
    title: "Du bist offline",
    detail: "Dieses Gerät hat gerade keine Verbindung zum Internet, deshalb ließ sich die Seite \
             nicht laden.",
    order_goes_on: "Ein Auftrag, den du schon gesendet hast, läuft ohne dich weiter: Öffne seinen \
                    Link noch einmal, wenn du wieder online bist. Was du noch nicht gesendet \
                    hattest, hat dieses Gerät nicht verlassen.",
    retry: "Noch einmal versuchen",
};
