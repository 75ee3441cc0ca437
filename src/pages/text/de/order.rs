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
    deleted_headline: "Gelöscht",
    deleted_message: and_what_stays!("Der Auftrag, deine Fotos und das Bild sind weg."),
    trashed_headline: "Im Papierkorb",
    trashed_message: "Du kannst ihn 29 Tage lang aus dem Papierkorb zurückholen. Dann ist er \
                      endgültig weg.",
    step_queued: "Wartet",
    step_processing: "Entsteht",
    step_completed: "Fertig",
    queue_position: "Dein Platz",
    typical_time: "Meist fertig in",
    seconds: Counted { one: "1 Sekunde", other: "{count} Sekunden" },
    minutes: Counted { one: "1 Minute", other: "{count} Minuten" },
    elapsed: "Wartezeit",
    notify: "Sag mir, wenn es fertig ist",
    notify_note: "Das geht, solange diese Seite offen bleibt, auch im Hintergrund.",
    notify_on: "Du bekommst Bescheid, solange diese Seite offen bleibt.",
    notify_refused: "Dein Browser erlaubt dieser Website keine Mitteilungen. Das kannst du in \
                     seinen Einstellungen für diese Website ändern.",
    notify_body: "Komm auf die Seite zurück, um es zu sehen.",
    close_title: "Du kannst diese Seite schließen",
    result_waiting: "Hier erscheint dein Bild",
    result_note: "Zeigt den Stil, nicht Größe oder Passform.",
    ai_mark: "KI-Vorschau",
    compare_label: "Mit dem Original vergleichen",
    compare_words: "{before} Prozent Original, {after} Prozent Ergebnis",
    compare_hold: "Gedrückt halten: Original",
    zoom: "Vergrößern",
    zoom_label: "Das Bild in voller Größe",
    zoom_close: "Schließen",
    inputs_title: "Deine Fotos",
    person_caption: "Original",
    garments_caption: "Kleidung",
    alt_person: "Das Foto der Person, das du gewählt hast",
    alt_garment: "Kleidungsfoto {number}",
    alt_output: "KI-Vorschau: Die Person von deinem Foto trägt {garments}. Look: {look}",
    worn,
    download: "Herunterladen",
    share: "Teilen",
    share_copied: "Aus diesem Browser lässt sich das Bild nicht teilen, deshalb ist dein privater \
                   Link kopiert. Wer ihn hat, kann diesen Auftrag sehen, stoppen und löschen.",
    share_kept: "Aus diesem Browser lässt sich das Bild nicht teilen. Lade es herunter und teile \
                 die Datei.",
    share_again: "Das Bild ist bereit. Drücke noch einmal auf „Teilen“.",
    try_garment: "Anderes Kleidungsstück anprobieren",
    use_as_person: "Dieses Bild als Person verwenden",
    try_person: "Neuer Versuch mit derselben Person",
    to_start: "Zur Startseite",
    report: "Problem melden",
    report_question: "Was stimmt an dem Bild nicht?",
    problem,
    report_note: "Deine Meldung wird ohne dein Bild gezählt und auf der Statusseite gezeigt.",
    report_send: "Meldung senden",
    report_choose: "Wähle mindestens eins.",
    report_thanks: "Danke. Deine Meldung ist gezählt, ohne dein Bild.",
    cancel: "Diesen Auftrag stoppen",
    cancel_explained: "Es entsteht kein Bild, oder es wird verworfen, falls es schon fast fertig \
                       ist. Haben wir schon begonnen, zählt es als eines deiner kostenlosen \
                       Bilder.",
    cancel_confirm: "Ja, stoppen",
    delete: "Jetzt löschen",
    delete_explained: and_what_stays!(
        "Der Auftrag, deine Fotos und das Bild werden sofort gelöscht. Das lässt sich nicht \
         rückgängig machen."
    ),
    delete_confirm: "Ja, alles löschen",
    trash_explained: "Der Auftrag kommt mit deinen Fotos und dem Bild in den Papierkorb. Du \
                      kannst ihn 29 Tage lang zurückholen; dann wird er endgültig gelöscht.",
    action_failed_title: "Das hat nicht geklappt",
    action_failed_detail: "Wir waren nicht zu erreichen. Bitte versuch es noch einmal.",
    connection_lost_title: "Verbindung verloren",
    connection_lost_detail: "Dein Auftrag läuft ohne dich weiter. Diese Seite holt auf, sobald die \
                             Verbindung wieder da ist.",
    link_title: "Dein privater Link",
    link_warning: "Dein privater Link bringt dich zurück. Wer ihn hat, kann diesen Auftrag sehen, \
                   stoppen und löschen; behalte ihn also für dich.",
    kept_title: "In deinem Verlauf",
    kept_explained: "Dieser Auftrag bleibt in deinem Verlauf, bis du ihn löschst. Nur du kannst \
                     ihn sehen, solange du angemeldet bist.",
    to_history: "Zu deinem Verlauf",
    to_trash: "Zum Papierkorb",
    link_label: "Privater Link zu diesem Auftrag",
    link_copy: "Kopieren",
    link_copied: "Kopiert",
    facts_title: "Die Fakten",
    fact_choices: "Deine Auswahl",
    fact_instructions: "Dein Wunsch",
    fact_created: "Auftrag vom",
    fact_stored_until: "Auftrag und Bilder lassen sich öffnen bis",
    fact_pictures: "Bilder, die wir speichern",
    fact_size: "Ihre Dateigröße",
    decimal_point: ",",
    list_comma: ", ",
    fact_removed: "Aus deinen Fotos entfernt",
    fact_model: "Erstellt von",
    fact_provider_keeps: "Kopie bleibt dort",
    fact_credits: "Das hat es uns gekostet",
    fact_preview: "Was du siehst",
    preview_statement: "Eine Vorschau, von KI erstellt. Sie zeigt den Stil, nicht Größe oder \
                        Passform.",
    days: Counted { one: "1 Tag", other: "{count} Tage" },
    credits: Counted { one: "1 Credit", other: "{count} Credits" },
    provider,
    metadata,
    metadata_none: "Nichts war darin versteckt",
};

const fn headline(status: Status) -> &'static str {
    match status {
        Status::Queued => "Du bist in der Warteschlange",
        Status::Processing => "Dein Bild entsteht gerade",
        Status::Completed => "Dein Bild ist fertig",
        Status::Failed => "Diesmal kein Bild",
        Status::Canceled => "Gestoppt",
        Status::Expired => "Diesen Auftrag gibt es nicht mehr",
    }
}

const fn message(status: Status) -> &'static str {
    match status {
        Status::Queued => "Es geht los, sobald du an der Reihe bist.",
        Status::Processing => "Diese Seite zeigt es, sobald es da ist.",
        Status::Completed => "Vergleiche es mit dem Original, dann behalte es oder lass es gehen.",
        Status::Failed => "Was schiefging und was du tun kannst:",
        Status::Canceled => "Du hast diesen Auftrag gestoppt. Es gibt kein Bild.",
        Status::Expired => {
            and_what_stays!(
                "Er wurde gelöscht, oder seine Zeit ist um: Der Auftrag, deine Fotos und das Bild \
                 sind nicht mehr hier."
            )
        }
    }
}

const fn worn(value: Category) -> &'static str {
    match value {
        Category::Auto => "die gewählte Kleidung",
        Category::Tops => "das gewählte Oberteil",
        Category::Bottoms => "die gewählte Hose oder den gewählten Rock",
        Category::OnePieces => "das gewählte Kleid oder den gewählten Einteiler",
        Category::Outerwear => "die gewählte Jacke oder den gewählten Mantel",
        Category::Footwear => "die gewählten Schuhe",
        Category::Accessories => "das gewählte Accessoire",
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
        Metadata::Gps => "Standort",
        Metadata::Exif => "Kameradaten",
        Metadata::Xmp => "Bearbeitungsdaten",
        Metadata::Iptc => "Bildbeschreibungen",
        Metadata::Comment => "Kommentare",
        Metadata::Thumbnail => "eingebettetes Miniaturbild",
        Metadata::Text => "Textnotizen",
        Metadata::Time => "Zeitstempel",
        Metadata::IccProfile => "defektes Farbprofil",
        Metadata::IccText => "Notizen im Farbprofil",
        Metadata::ExtraPicture => "weitere Bilder",
        Metadata::TrailingData => "Daten nach dem Bild",
        Metadata::Other => "andere versteckte Daten",
    }
}

const fn problem(kind: Problem) -> &'static str {
    match kind {
        Problem::BodyChanged => "Der Körper hat sich verändert",
        Problem::OldGarmentLeft => "Das alte Kleidungsstück ist noch da",
        Problem::WrongGarment => "Es ist nicht das gewählte Kleidungsstück",
        Problem::FaceChanged => "Das Gesicht hat sich verändert",
        Problem::Other => "Etwas anderes",
    }
}
