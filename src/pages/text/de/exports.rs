//! "Download my data": its part of the account page, and the page that lies in the zip.

use crate::pages::text::ExportsText;

/// "Download my data": its part of the account page, and the page that lies in the zip.
pub(super) const EXPORTS: ExportsText = ExportsText {
    title: "Meine Daten herunterladen",
    lede: "Alles, was wir über Sie haben: jeder Auftrag, jedes Bild und was in Ihrem Konto \
           steht, als Zip-Datei zum Ansehen und als JSON für Programme.",
    rules: "Sie können {count} am Tag anfordern. Ein Download gilt {days} Tage, danach wird er \
            gelöscht. Große Konten bekommen mehrere Dateien.",
    request: "Download anfordern",
    none: "Sie haben in den letzten Wochen keinen Download angefordert.",
    queued: "Wartet",
    building: "Wird vorbereitet",
    queued_detail: "Sie müssen nicht hierbleiben: Der Download erscheint auf dieser Seite, wenn \
                    er bereit ist.",
    ready: "Bereit zum Herunterladen",
    days_left: "Noch {count} Tage, bis",
    hours_left: "Noch {count} Stunden, bis",
    soon_over: "Weniger als zwei Stunden, bis",
    part: "Teil {number} von {of} ({size})",
    expired: "Abgelaufen",
    expired_detail: "Die Zeit ist um, die Dateien sind gelöscht.",
    failed: "Konnte nicht vorbereitet werden",
    failed_detail: "Das lag an uns. Bitte fordern Sie ihn noch einmal an.",
    index_title: "Meine Daten",
    index_requested: "Stand {time}",
    index_files: "Dateien",
    index_earlier: "Frühere Teile",
    index_orders: "Aufträge",
    index_nothing: "Keine Aufträge.",
    index_missing: "Etwas fehlt ({count}). Das Manifest sagt, was und warum.",
    trashed: "im Papierkorb",
    person: "Foto der Person",
    garment: "Foto eines Kleidungsstücks",
    output: "Ergebnis",
    preview: "Vorschau",
    portrait: "Kontobild",
};
