//! Pages that say one thing, and what errors mean.

use crate::pages::text::{ErrorText, ErrorTexts, MessageText};

/// Pages that say one thing, and what errors mean.
pub(super) const MESSAGE: MessageText = MessageText {
    error_status: "Fehler",
    error_code: "Fehlercode:",
    request_id: "Wenn du uns schreibst, nenne diese Anfrage:",
    errors: ERRORS,
    between: " ",
    wait_moment: "Du kannst es in ein paar Sekunden noch einmal versuchen.",
    wait_seconds: "Du kannst es in {seconds} Sekunden noch einmal versuchen.",
    wait_minutes: "Du kannst es in {minutes} Minuten noch einmal versuchen.",
    wait_hours: "Du kannst es in etwa {hours} Stunden noch einmal versuchen.",
    way_home: "Zur Startseite",
    way_again: "Zurück zum Formular",
    way_new: "Neues Bild erstellen",
    way_pricing: "Was kostenlos ist und was noch kommt",
    way_status: "So geht es dem Dienst gerade",
    way_sign_in: "Mit Google anmelden",
    way_account: "Zu deinem Konto",
    way_contact: "So erreichst du uns",
    more_help: "Mehr dazu",
    thanks_title: "Danke",
    thanks_detail: "Schau in dein Postfach: Du stehst auf der Liste, sobald du den Knopf hinter \
                    dem Link drückst, den wir schicken. Steht die Adresse schon darauf, kommt \
                    keine E-Mail.",
};

/// What each error means and what helps.
const ERRORS: ErrorTexts = ErrorTexts {
    input_invalid: ErrorText {
        title: "Etwas im Formular muss geändert werden",
        detail: "Eine Angabe fehlt oder ist keine von denen, die wir anbieten. Prüfe deine \
                 Auswahl und sende das Formular noch einmal.",
    },
    image_format_unsupported: ErrorText {
        title: "Diese Art von Foto können wir nicht lesen",
        detail: "Wir nehmen JPEG, PNG und WebP. Wähle das Foto auf dem iPhone aus der Mediathek \
                 statt aus Dateien: Dann kommt es als JPEG an. Exportiere es am Computer als JPEG.",
    },
    image_too_large: ErrorText {
        title: "Dieses Foto ist zu groß",
        detail: "Ein Foto darf 10 MB, 8192 Pixel pro Seite und insgesamt 40 Millionen Pixel haben. \
                 Speichere es kleiner oder wähle ein anderes.",
    },
    image_too_small: ErrorText {
        title: "Dieses Foto ist zu klein",
        detail: "Jede Seite braucht mindestens 256 Pixel. Wähle das Original statt einer Vorschau \
                 oder eines Miniaturbilds.",
    },
    image_unreadable: ErrorText {
        title: "Dieses Foto lässt sich nicht öffnen",
        detail: "Die Datei ist beschädigt, leer oder animiert. Öffne sie in einer Foto-App, \
                 speichere sie als JPEG und wähle dieses.",
    },
    body_too_large: ErrorText {
        title: "Die Fotos sind zusammen zu groß",
        detail: "Alle Fotos für ein Bild dürfen zusammen 24 MB haben. Lass eins weg oder wähle \
                 kleinere.",
    },
    consent_required: ErrorText {
        title: "Dein Einverständnis fehlt",
        detail: "Setz das Häkchen über dem Knopf: Du musst jedes Foto verwenden dürfen, alle \
                 Abgebildeten müssen einverstanden sein, und du musst mindestens 16 Jahre alt \
                 sein.",
    },
    trial_exhausted: ErrorText {
        title: "Deine kostenlosen Bilder sind aufgebraucht",
        detail: "Pro Person gibt es 3 Bilder in 24 Stunden. Ein misslungenes Bild zählt nicht. Zu \
                 kaufen gibt es noch nichts; komm später wieder.",
    },
    rate_limited: ErrorText {
        title: "Zu viel auf einmal",
        detail: "Aus deinem Netzwerk oder von allen zusammen kam mehr, als wir annehmen können. Es \
                 ist nichts kaputt; warte ein wenig und versuch es noch einmal.",
    },
    not_found: ErrorText {
        title: "Hier ist nichts",
        detail: "Vielleicht ist die Adresse vertippt oder abgeschnitten. Wenn es ein Link zu einem \
                 Bild war, prüfe, ob du ihn ganz kopiert hast.",
    },
    gone: ErrorText {
        title: "Gelöscht oder abgelaufen",
        detail: "Jemand mit dem Link hat diesen Auftrag gelöscht, oder seine 48 Stunden sind um. \
                 Seine Fotos und sein Bild gibt es hier nicht mehr. Was unter „Noch ein Wunsch?“ \
                 geschrieben wurde, kann noch bis zu 30 Tage im eigenen Wiederherstellungsverlauf \
                 unserer Datenbank bleiben. Du kannst aus denselben Fotos ein neues Bild \
                 erstellen.",
    },
    link_invalid: ErrorText {
        title: "Dieser Bildlink funktioniert nicht",
        detail: "Links zu einzelnen Bildern gelten nur ein paar Minuten und nur unverändert. Öffne \
                 die Seite des Auftrags noch einmal: Dort gibt es frische.",
    },
    idempotency_conflict: ErrorText {
        title: "Das wurde schon gesendet",
        detail: "Dasselbe Formular wird gerade bearbeitet oder gehört schon zu einem anderen \
                 Auftrag. Geh zurück zum Formular und sende es noch einmal.",
    },
    cross_site_request: ErrorText {
        title: "Von einer anderen Website gesendet",
        detail: "Zu deiner Sicherheit nehmen wir nur Formulare von unseren eigenen Seiten an. \
                 Öffne diese Website selbst und versuch es dort.",
    },
    method_not_allowed: ErrorText {
        title: "So nicht",
        detail: "Diese Adresse gibt es, aber sie ist nicht dafür gedacht, so geöffnet zu werden. \
                 Fang auf der Startseite neu an.",
    },
    sign_in_required: ErrorText {
        title: "Erst anmelden",
        detail: "Dieser Teil gehört zu deinem Konto. Melde dich mit Google an; du kommst \
                 hierher zurück.",
    },
    fresh_sign_in_required: ErrorText {
        title: "Noch einmal anmelden",
        detail: "Das lässt sich nicht rückgängig machen, deshalb fragen wir Google noch \
                 einmal, ob du es bist. Melde dich neu an und wiederhole es.",
    },
    sign_in_failed: ErrorText {
        title: "Die Anmeldung hat nicht geklappt",
        detail: "Google hat nicht bestätigt, wer du bist, oder es hat länger als zehn \
                 Minuten gedauert. Es wurde nichts geändert. Bitte versuche es noch einmal.",
    },
    processing_restricted: ErrorText {
        title: "Die Verarbeitung ist eingeschränkt",
        detail: "Du hast uns gebeten, für dein Konto nichts zu verarbeiten. Hebe die \
                 Einschränkung auf deiner Kontoseite auf, um wieder Bilder zu machen.",
    },
    signature_invalid: ErrorText {
        title: "Diese Nachricht ist nicht signiert",
        detail: "Diese Adresse ist allein für den Bilddienst da, dessen Nachrichten signiert sind. \
                 Wenn dich ein Link auf unserer Website hierher geführt hat, sag es uns bitte.",
    },
    order_final: ErrorText {
        title: "Dieser Auftrag ist schon beendet",
        detail: "Stoppen oder ein Problem melden geht nicht mehr. Du kannst den Auftrag löschen \
                 oder ein neues Bild erstellen.",
    },
    provider_rejected: ErrorText {
        title: "Diese Kombination ist nicht möglich",
        detail: "Der Bilddienst hat diesen Auftrag nicht angenommen. Probier andere Optionen oder \
                 andere Fotos. Dieser Versuch wurde nicht gezählt.",
    },
    content_moderation: ErrorText {
        title: "Der Bilddienst hat diese Bilder abgelehnt",
        detail: "Seine Inhaltsregeln lassen dieses Bild nicht zu. Nimm andere Fotos oder ändere \
                 deinen Wunsch. Dieser Versuch wurde nicht gezählt.",
    },
    provider_failed: ErrorText {
        title: "Das Bild ist nicht gelungen",
        detail: "Der Bilddienst hat es versucht, aber nicht geschafft. Bitte sende den Auftrag \
                 noch einmal. Dieser Versuch wurde nicht gezählt.",
    },
    provider_timeout: ErrorText {
        title: "Es hat zu lange gedauert",
        detail: "Der Bilddienst ist nicht rechtzeitig fertig geworden. Bitte sende den Auftrag \
                 noch einmal. Dieser Versuch wurde nicht gezählt.",
    },
    provider_busy: ErrorText {
        title: "Der Bilddienst nimmt gerade keine Aufträge an",
        detail: "Bitte versuch es später noch einmal. Dieser Versuch wurde nicht gezählt.",
    },
    unavailable: ErrorText {
        title: "Gerade nicht verfügbar",
        detail: "Das ist nicht durchgekommen. Soweit wir wissen, wurde nichts bestellt oder \
                 gezählt. Bei langsamer Verbindung helfen kleinere Fotos. Bitte versuch es gleich \
                 noch einmal.",
    },
    internal: ErrorText {
        title: "Hier ist etwas schiefgegangen",
        detail: "Das ist unser Fehler, nicht deiner. Versuch es noch einmal; wenn es wieder \
                 passiert, schreib uns und nenne den Code unten.",
    },
};
