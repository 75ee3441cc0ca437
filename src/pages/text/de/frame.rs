//! What surrounds every page.

use crate::pages::text::FrameText;

/// What surrounds every page.
pub(super) const FRAME: FrameText = FrameText {
    site_description: "Sieh dich in Kleidung, bevor du sie kaufst: ein Foto von einer Person, ein \
                       bis vier Fotos von Kleidungsstücken, ein Bild. Ganz ohne Konto.",
    skip_link: "Zum Inhalt springen",
    nav_label: "Seiten",
    footer_label: "Alle Seiten",
    languages: "Sprache",
    home: "Anprobe",
    pricing: "Preise",
    help: "Hilfe",
    status: "Status",
    privacy: "Datenschutz",
    security: "Sicherheit",
    subprocessors: "Unterauftragnehmer",
    dpa: "Auftragsverarbeitung",
    changes: "Änderungen",
    terms: "Bedingungen",
    account: "Dein Konto",
    sign_in: "Mit Google anmelden",
    sign_in_terms: "Mit der Anmeldung akzeptierst du:",
    history: "Verlauf",
    sign_out: "Abmelden",
    announcement: "Neuigkeit",
    announcement_more: "Was sich ändert",
    announcement_close: "Schließen",
    theme: "Darstellung",
    theme_system: "System",
    theme_light: "Hell",
    theme_dark: "Dunkel",
    footer_preview: "Die Bilder, die hier entstehen, sind KI-Vorschauen. Sie zeigen den Stil, \
                     nicht Größe oder Passform.",
    footer_age: "Für Menschen ab 16 Jahren.",
};
