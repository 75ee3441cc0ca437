//! The form that places an order.

use crate::pages::samples::Sample;
use crate::pages::text::FormText;

/// The form that places an order.
pub(super) const FORM: FormText = FormText {
    title: "Kleidung auf einem Foto anprobieren",
    headline: "Trag es, bevor du es kaufst.",
    lede: "Ein Foto von dir, eins von der Kleidung. Sieh dich darin, meist in etwa einer Minute.",
    photos_again: "Bitte wähle die Fotos noch einmal: Browser behalten sie nicht, wenn ein \
                   Formular zurückkommt. Alles andere ist noch so, wie du es eingestellt hast.",
    person_label: "Die Person",
    person_tips: ["Von Kopf bis Fuß", "Von vorn", "Allein", "Gutes Licht"],
    person_prompt: "Foto hinzufügen",
    garments_label: "Die Kleidung",
    garments_hint: "Bis zu 4 Fotos mit je einem Kleidungsstück.",
    garments_prompt: "Fotos hinzufügen",
    garment_tips: ["Eins pro Foto", "Flach hingelegt", "Nicht mehrere", "Nicht nur halb"],
    drop_prompt: "oder hierher ziehen oder einfügen",
    use_camera: "Kamera nutzen",
    samples_label: "Mit einem Beispiel probieren",
    sample,
    sample_failed: "Das Beispiel ließ sich nicht laden. Prüfe die Verbindung und wähle es noch \
                    einmal.",
    use_last: "Mein Foto vom letzten Mal verwenden",
    forget_last: "Vergessen",
    remember: "Dieses Foto auf diesem Gerät merken",
    remember_failed: "Dieser Browser lässt uns das Foto nicht behalten. Es wurde nichts \
                      gespeichert.",
    camera_title: "Foto aufnehmen",
    camera_close: "Kamera schließen",
    camera_shutter: "Foto aufnehmen",
    camera_switch: "Andere Kamera",
    camera_starting: "Die Kamera startet…",
    camera_refused: "Der Browser darf die Kamera nicht nutzen. Erlaube es in den \
                     Browser-Einstellungen für diese Website oder wähle stattdessen ein Foto.",
    camera_busy: "Ein anderes Programm nutzt gerade die Kamera. Schließe es und versuch es noch \
                  einmal, oder wähle stattdessen ein Foto.",
    camera_absent: "Keine Kamera gefunden. Wähle stattdessen ein Foto.",
    name_camera: "Kamerafoto",
    name_last: "Foto vom letzten Mal",
    name_order: "Foto aus deinem Auftrag",
    options_heading: "So soll es aussehen",
    more_options: "Mehr Optionen",
    instructions_label: "Noch ein Wunsch?",
    instructions_hint: "Zum Beispiel: Hemd in die Hose gesteckt, Ärmel hochgekrempelt. Höchstens \
                        500 Zeichen.",
    consent_label: "Ich darf diese Fotos verwenden, und alle Abgebildeten sind einverstanden. Ich \
                    bin mindestens 16 Jahre alt.",
    free: "Kostenlos: {count} Bilder in {hours} Stunden. Kein Konto, keine Karte.",
    tries_left: "Kostenlose Bilder übrig: {left} von {limit}.",
    tries_used: "Keine kostenlosen Bilder übrig. Das nächste gibt es ab {time}.",
    submit: "Mein Bild erstellen",
    submit_note: "Die Fotos gehen an Kie AI, wo das Bild entsteht, und werden hier nach 48 \
                  Stunden gelöscht, oder bleiben in deinem Verlauf, wenn du angemeldet bist.",
    preparing: "Deine Fotos werden vorbereitet…",
    sending: "Deine Fotos werden gesendet…",
    sent: "Gesendet. Dein Auftrag wird angelegt…",
    try_again: "Noch einmal versuchen",
    to_pricing: "Was als Nächstes kommt",
    to_help: "Hilfe bei Fehlern",
    remove_photo: "{name} entfernen",
    earlier_photo: "{name} nach vorn schieben",
    later_photo: "{name} nach hinten schieben",
    photo_moved: "{name} ist jetzt Foto {position} von {count}.",
    main_garment: "Hauptstück",
    location_removed: "Standort entfernt",
    hidden_removed: "Versteckte Daten entfernt",
    photo_preview: "Gewähltes Foto {name}",
    photo_wrong_type: "{name} ist kein Foto, das wir verwenden können. Wähle eine JPEG-, PNG- oder \
                       WebP-Datei.",
    photo_heic: "{name} ist ein HEIC-Foto, das dieser Browser nicht öffnen kann. Wähle auf dem \
                 iPhone Einstellungen, Kamera, Formate, Maximale Kompatibilität, oder teile das \
                 Foto als JPEG; wähle es dann noch einmal.",
    photo_unreadable: "{name} lässt sich nicht öffnen. Speichere es als JPEG und wähle es noch \
                       einmal.",
    photo_unchecked: "{name} ließ sich nicht prüfen. Sieh nach der Verbindung und wähle es noch \
                      einmal.",
    photo_too_small: "{name} ist zu klein: Jede Seite braucht mindestens 256 Pixel.",
    photo_too_large: "{name} ist zu groß. Wähle ein Foto unter 60 MB.",
    photos_too_many: "Mehr als {max} geht hier nicht. Die übrigen Fotos wurden weggelassen.",
    photos_too_heavy: "Alle Fotos zusammen sind über 24 MB groß. Entferne eins oder wähle \
                       kleinere.",
    not_sent_title: "Deine Fotos sind nicht angekommen",
    not_sent_detail: "Die Verbindung ist abgebrochen. Drücke den Knopf noch einmal: Ein zweiter \
                      Auftrag kann dabei nicht entstehen.",
    order_photo_failed: "Das Foto aus diesem Auftrag ließ sich nicht laden; vielleicht ist es \
                         gelöscht. Bitte wähle ein Foto.",
    shared_lost: "Das geteilte Foto ist nicht mehr hier. Bitte wähle es noch einmal.",
};

const fn sample(sample: Sample) -> &'static str {
    match sample {
        Sample::SlimWoman => "Frau mit langen braunen Haaren, weißem T-Shirt und Jeans",
        Sample::BroadMan => "Kräftiger Mann mit Bart, T-Shirt und dunkler Hose",
        Sample::PlusSizeWoman => "Plus-Size-Frau mit roten Locken, T-Shirt und Leggings",
        Sample::TallMan => "Großer Mann mit schwarzen Haaren, weißem T-Shirt und Shorts",
        Sample::OlderWoman => "Ältere Frau mit Brille, blauem T-Shirt und heller Hose",
        Sample::WheelchairUser => "Frau im Rollstuhl mit gelbem T-Shirt und Jeans",
        Sample::KnitSweater => "Strickpullover",
        Sample::StripedShirt => "Gestreiftes Hemd",
        Sample::WhiteBlouse => "Weiße Bluse",
        Sample::Hoodie => "Grüner Hoodie",
        Sample::DenimJacket => "Jeansjacke",
        Sample::TrenchCoat => "Trenchcoat",
        Sample::WideTrousers => "Weite Hose",
        Sample::PleatedSkirt => "Faltenrock",
        Sample::SummerDress => "Sommerkleid",
        Sample::EveningDress => "Abendkleid",
        Sample::Sneakers => "Weiße Sneaker",
        Sample::FeltHat => "Brauner Filzhut",
        Sample::Handbag => "Grüne Handtasche",
    }
}
