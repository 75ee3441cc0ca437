//! The page of an account.

use crate::pages::text::AccountText;

/// The page of an account.
pub(super) const ACCOUNT: AccountText = AccountText {
    title: "Dein Konto",
    since: "Dabei seit",
    orders: "{used} von {limit} Aufträgen der letzten 24 Stunden verbraucht.",
    save: "Speichern",
    saved: "Gespeichert.",
    not_sent_detail: "Nichts wurde geändert. Prüfe die Verbindung und versuche es noch einmal.",
    profile: "Profil",
    name: "Name",
    picture_note: "Dein Bild kommt von Google. Wir haben es einmal geholt und zeigen unsere \
                   eigene Kopie, nur dir.",
    email: "E-Mail-Adresse",
    email_note: "Wir schicken einen Link an die neue Adresse. Nichts ändert sich, bis er dort \
                 geöffnet und bestätigt wird. Du meldest dich weiter mit demselben Google-Konto \
                 an.",
    email_change: "Link schicken",
    email_waiting: "Ein Link ist unterwegs an {email}. Bis er bestätigt ist, bleibt deine jetzige \
                    Adresse.",
    email_until: "Der Link gilt bis",
    email_keep: "Jetzige Adresse behalten",
    sessions: "Wo du angemeldet bist",
    this_device: "Dieses Gerät",
    unknown_device: "Unbekanntes Gerät",
    last_used: "Zuletzt benutzt",
    signed_in: "Angemeldet",
    end: "Dort abmelden",
    end_others: "Überall sonst abmelden",
    ended: "Dort abgemeldet.",
    appearance: "Sprache und Aussehen",
    appearance_note: "Auch für unsere Mails und für das nächste Gerät, auf dem du dich anmeldest.",
    privacy: "Entscheidungen zum Datenschutz",
    marketing: "Neuigkeiten per E-Mail",
    marketing_note: "Was es hier Neues gibt, höchstens einmal im Monat. Aus, solange du es nicht \
                     einschaltest; jede solche Mail hat einen Link, der sie beendet.",
    objection: "Meine Aufträge nicht in die Statistik",
    objection_note: "Wir zählen ohne Namen, wie Aufträge enden. Aufträge, die du aufgibst, \
                     solange das an ist, werden nicht gezählt.",
    consents: "Wozu du ja gesagt hast und wann",
    no_consents: "Noch zu nichts.",
    consent_version: "Text vom",
    consent_given: "Gegeben",
    consent_withdrawn: "Zurückgenommen",
    restriction: "Verarbeitung einschränken",
    restriction_note: "Wir bewahren dann nur auf, was da ist: keine neuen Bilder, und nichts mehr \
                       von dir geht an den Bilddienst. Aufträge, die noch in der Schlange warten, \
                       werden storniert, ihre Versuche sind wieder frei. Du kannst weiter alles \
                       ansehen, mitnehmen und löschen.",
    restricted: "Die Verarbeitung ist eingeschränkt seit",
    restrict: "Verarbeitung einschränken",
    lift: "Einschränkung aufheben",
    confirm_title: "Ist das deine Adresse?",
    confirm_detail: "Dein Konto benutzt von da an {email}, und Mails gehen dorthin.",
    confirm_button: "Ja, diese Adresse benutzen",
    confirmed_title: "Adresse geändert",
    confirmed_detail: "Dein Konto benutzt jetzt die neue Adresse.",
    over_title: "Dieser Link gilt nicht mehr",
    over_detail: "Er wurde benutzt, ist älter als ein Tag, oder ein neuerer hat ihn ersetzt. Auf \
                  deiner Kontoseite kannst du einen anderen anfordern.",
};
