//! Words of every prose page.

use crate::pages::text::{ArticleText, WaitlistText};

/// Words of every prose page.
pub(super) const ARTICLE: ArticleText = ArticleText {
    contents: "Auf dieser Seite",
    price_size: "Bildgröße",
    price_cost: "Was es uns kostet",
    price_note: "Für ein Bild mit einem Kleidungsstück, erstellt von {model}. Auf der Seite jedes \
                 Auftrags steht, was er wirklich gekostet hat.",
    consent_title: "Dürfen wir deinen Besuch zählen?",
    consent_text: "Auf Textseiten würden wir Analysedienste anderer Unternehmen nutzen. Auf \
                   Seiten mit Fotos sind sie nie, und ohne dein Ja sind sie aus. [Wer und \
                   wie](/privacy#companies)",
    consent_age: "Einer davon zeichnet Besuche auf: Sag nur ja, wenn du mindestens 18 bist.",
    consent_no: "Nein",
    consent_yes: "Ja",
    consent_again: "Meine Antwort zur Nutzungsanalyse ändern",
};

/// The form that joins the waitlist.
pub(super) const WAITLIST: WaitlistText = WaitlistText {
    title: "Behalte deine Bilder",
    hint: "Konten mit Verlauf sind in Arbeit. Lass deine Adresse da, und wir schreiben dir ein \
           einziges Mal: wenn es so weit ist.",
    email: "E-Mail-Adresse",
    submit: "Sag mir Bescheid",
};
