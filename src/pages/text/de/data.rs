//! The words of the data map.

use crate::pages::text::Counted;
use crate::pages::text::data::{CategoryText, CategoryTexts, DataText, PlaceText, ProcessorText};
use crate::policy::browser::{CookieId, KeptId, Store};
use crate::policy::data_map::{Basis, Until};
use crate::policy::parties::ProcessorId;
use crate::policy::terms::{Term, Unit};

/// The words of the data map.
pub(super) const DATA: DataText = DataText {
    until_when: "Bis wann",
    more: "Rechtsgrundlage, Unternehmen, Ort",
    legal_basis: "Rechtsgrundlage",
    handled_by: "Verarbeitet von",
    where_it_lies: "Wo es liegt",
    article: "DSGVO Artikel {article}",
    gets: "Bekommt",
    place: "Wo",
    keeps: "Behält es",
    hosts: "Server",
    terms_link: "Eigene Bedingungen",
    name: "Name",
    purpose: "Wofür",
    how_long: "Wie lange",
    what: "Was",
    needs_consent: "Erst, wenn du zugestimmt hast.",
    until_forgotten: "Bis du es vergessen lässt oder deinen Browser leerst",
    version: "Fassung {number}",
    published: "Veröffentlicht {date}",
    effective: "Gilt ab {date}",
    places: PlaceText {
        columns: "Datenbank, Tabelle {name}:",
        table: "Datenbank, Tabelle {name}",
        files: "Private Dateien unter {name}",
        object: "Gedächtnis der Limits und der Warteschlange, {name}",
        cookie: "Dein Browser, Cookie {name}",
        log: "Das Protokoll",
        recovery: "Der eigene Wiederherstellungsverlauf der Datenbank",
        nowhere: "Nirgends: Es wird gebraucht, solange deine Anfrage beantwortet wird",
    },
    categories: CATEGORIES,
    basis,
    until,
    amount,
    term,
    processor,
    cookie,
    kept,
    store,
};

const fn of(title: &'static str, purpose: &'static str) -> CategoryText {
    CategoryText { title, purpose }
}

const CATEGORIES: CategoryTexts = CategoryTexts {
    pictures: of(
        "Deine Fotos und die Bilder",
        "Um das Bild zu erstellen und dir zu zeigen. Standort und andere versteckte Daten sind \
         weg, bevor wir sie speichern.",
    ),
    order: of(
        "Der Auftrag",
        "Deine Auswahl, was du geschrieben hast, seine Zeiten, welche Arten versteckter Daten \
         entfernt wurden, was er uns gekostet hat und gemeldete Probleme: um das Bild zu \
         erstellen und dir die Fakten zu nennen.",
    ),
    trial: of(
        "Zählen der kostenlosen Bilder",
        "Ein Fingerabdruck deines Cookies mit der Zeit jedes Auftrags, bei einem gelöschten \
         Auftrag auch einer seiner Nummer: um die kostenlosen Bilder zu zählen und keinen Auftrag \
         doppelt anzulegen.",
    ),
    network: of(
        "Zählen der Aufträge eines Netzwerks",
        "Ein mit einem Schlüssel gebildeter Fingerabdruck deines Netzwerks, jeden Tag ein \
         anderer: damit nicht ein Netzwerk allen anderen den Platz wegnimmt.",
    ),
    connection: of(
        "Deine IP-Adresse und dein Browser",
        "Jede Anfrage bringt sie mit. Wir nutzen sie gegen Missbrauch und um dir zu sagen, auf \
         welchem Gerät du angemeldet bist; die Adresse schreiben wir nicht auf.",
    ),
    history: of(
        "Dein Verlauf",
        "Welche Aufträge deine sind, und deine Sterne, Bewertungen und Beschriftungen: damit du \
         deine Bilder wiederfindest.",
    ),
    account: of(
        "Dein Konto",
        "Name, E-Mail-Adresse und Bild, wie Google sie genannt hat oder du sie berichtigt hast, \
         Googles eigene Nummer für dich, Sprache und Aussehen: damit du dich anmelden kannst und \
         wir dich erreichen.",
    ),
    session: of(
        "Wo du angemeldet bist",
        "Ein Fingerabdruck einer geheimen Zahl in deinem Browser, die Art des Geräts und wann sie \
         zuletzt benutzt wurde: damit du angemeldet bleibst und das von überall beenden kannst.",
    ),
    sign_in: of(
        "Eine Anmeldung, die gerade läuft",
        "Was Googles Antwort an den Browser bindet, der gefragt hat: damit sich niemand als du \
         anmeldet.",
    ),
    email_change: of(
        "Eine neue E-Mail-Adresse",
        "Die Adresse, die darauf wartet, dass du sie bestätigst.",
    ),
    consent: of(
        "Wozu du zugestimmt hast",
        "Welchem Text, wann, und wann du es widerrufen hast: Wir müssen es zeigen können.",
    ),
    restriction: of(
        "Einschränkung und Widerspruch",
        "Seit wann du willst, dass wir nichts mehr verarbeiten oder dich nicht mitzählen.",
    ),
    export: of(
        "Herunterladen deiner Daten",
        "Die Archive, um die du gebeten hast, mit allem aus deinem Konto.",
    ),
    deletion: of(
        "Eine Löschung, die ansteht",
        "Wann dein Konto gelöscht wird, und ein Fingerabdruck des Codes für den Beleg: damit du \
         sie bis dahin zurücknehmen kannst.",
    ),
    receipt: of(
        "Löschbelege",
        "Ein signierter Nachweis, was wann gelöscht wurde, für alle, die den Code haben. Er nennt \
         niemanden.",
    ),
    mail: of(
        "E-Mails an dich",
        "Empfänger und Inhalt einer E-Mail, die noch verschickt werden muss: Sicherheitshinweise, \
         angekündigte Änderungen und worum du gebeten hast.",
    ),
    waitlist: of(
        "Die Warteliste",
        "Deine E-Mail-Adresse, auf welcher Seite und wann du dich eingetragen hast und ob du \
         bestätigt hast: um dir zu schreiben, wie du es wolltest.",
    ),
    counts: of(
        "Zählungen",
        "Wie Aufträge endeten, wie lange sie dauerten, welche Probleme gemeldet wurden: für die \
         [Statusseite](/status). Sie nennen niemanden und keinen Auftrag.",
    ),
    log: of(
        "Das Protokoll",
        "Eine Zeile pro Anfrage, mit Art der Seite, Ergebnis, Dauer und einer Zufallszahl: um \
         Fehler zu finden. Sie enthält keine Adresse, keinen Link und nichts, was du geschrieben \
         hast.",
    ),
    operator_log: of(
        "Was Betreiber getan haben",
        "Was wir angesehen oder verschickt haben, ohne personenbezogene Daten: damit es niemand \
         heimlich tut.",
    ),
    recovery: of(
        "Der Wiederherstellungsverlauf der Datenbank",
        "Was in einer Zeile stand, lässt sich zurückholen, falls etwas kaputtgeht. Bilder liegen \
         dort nie.",
    ),
};

const fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Consent => "Du hast zugestimmt und kannst das jederzeit widerrufen",
        Basis::Contract => "Ohne das können wir nicht tun, worum du bittest",
        Basis::Duty => "Das Gesetz verlangt es",
        Basis::Interest => {
            "Unser Interesse an einem Dienst, der funktioniert und nicht missbraucht wird"
        }
        Basis::NotPersonal => "Keine nötig: Es ist nichts Persönliches darin",
    }
}

const fn until(until: Until) -> &'static str {
    match until {
        Until::OrderEnds => {
            "Ohne Konto: {anonymous_order} Stunden nach dem Auftrag, oder bis du ihn löschst. \
             Dann kann ihn niemand mehr öffnen; die Dateien werden innerhalb der nächsten Stunde \
             entfernt."
        }
        Until::OwnerDeletes => {
            "Mit Konto: bis du es löschst. Dann liegt es im Papierkorb, und spätestens am \
             {trash}. Tag ist es weg; sofort, wenn du den Papierkorb leerst."
        }
        Until::LeftBehind => {
            "Geht etwas schief, während Dateien für dich umziehen, kann eine Kopie übrig bleiben. \
             Sie wird spätestens {leftover} Stunden nach dem Auftrag gefunden und gelöscht."
        }
        Until::AccountEnds => {
            "So lange wie dein Konto: {account_deletion} Stunden, nachdem du um seine Löschung \
             gebeten hast, ist es weg."
        }
        Until::For(_) => "{time}",
        Until::AtMost(_) => "Höchstens {time}",
        Until::SignedOut => {
            "Bis du dich abmeldest; spätestens {session_idle} Tage nach der letzten Nutzung und \
             {session_absolute} Tage nach der Anmeldung."
        }
        Until::Sent => {
            "Bis sie verschickt ist, höchstens {outbox} Tage; die letzte, mit dem Beleg einer \
             Löschung, höchstens {last_mail} Stunden"
        }
        Until::Left => {
            "Bis du die Liste verlässt. Wenn wir geschrieben haben und du nicht bestätigst, \
             {unconfirmed} Tage."
        }
        Until::Replaced => {
            "Mindestens {counts} Stunden, bis neuere Zählungen an ihre Stelle treten"
        }
        Until::Answered => "Es wird nicht aufgehoben",
        Until::SiteEnds => "Solange es die Website gibt",
    }
}

const fn amount(unit: Unit) -> Counted {
    match unit {
        Unit::Minutes => Counted { one: "1 Minute", other: "{count} Minuten" },
        Unit::Hours => Counted { one: "1 Stunde", other: "{count} Stunden" },
        Unit::Days => Counted { one: "1 Tag", other: "{count} Tage" },
        Unit::Months => Counted { one: "1 Monat", other: "{count} Monate" },
        Unit::Years => Counted { one: "1 Jahr", other: "{count} Jahre" },
    }
}

const fn term(term: Term) -> &'static str {
    match term {
        Term::AnonymousOrder => "Ein Auftrag ohne Konto lässt sich öffnen",
        Term::PictureLink => "Ein Link zu einem Bild gilt höchstens",
        Term::ProviderLink => "Kie AIs Link zu einem Foto gilt",
        Term::TrialWindow => "Kostenlose Bilder werden gezählt innerhalb von",
        Term::SpentTry => "Ein verbrauchter Versuch wird gemerkt, höchstens",
        Term::NetworkCount => "Die Zählung eines Netzwerks bleibt",
        Term::ClosedOrder => {
            "Der Link eines geschlossenen Auftrags sagt „gelöscht“ und nicht „gab es nie“"
        }
        Term::Counts => "Zählungen für die Statusseite bleiben mindestens",
        Term::Trash => "Gelöschtes eines Kontos liegt im Papierkorb, höchstens",
        Term::Leftover => {
            "Eine übrig gebliebene Kopie der Dateien eines Auftrags wird gefunden nach höchstens"
        }
        Term::AccountDeletion => "Die Löschung eines Kontos lässt sich zurücknehmen",
        Term::Receipt => "Ein Löschbeleg wartet auf dich",
        Term::Export => "Ein Export lässt sich herunterladen",
        Term::ExportNote => "Dass es einen Export gab, bleibt vermerkt",
        Term::SessionIdle => "Eine Anmeldung hält ohne Nutzung",
        Term::SessionAbsolute => "Eine Anmeldung hält überhaupt",
        Term::SignIn => "Eine begonnene Anmeldung lässt sich abschließen",
        Term::EmailChange => "Eine neue E-Mail-Adresse lässt sich bestätigen",
        Term::Outbox => "Eine E-Mail, die nicht ankommt, wird wieder versucht",
        Term::LastMail => "Die E-Mail mit dem Beleg einer Löschung wartet, und mit ihr die Adresse",
        Term::Unconfirmed => "Eine Adresse auf der Warteliste, die nicht bestätigt, bleibt",
        Term::Log => "Zeilen des Protokolls bleiben höchstens",
        Term::Recovery => "Der Verlauf der Datenbank, unsere einzige Sicherung, reicht zurück",
        Term::ProviderResult => "Kie AI behält seine Kopie eines Ergebnisses",
        Term::ProviderRecords => "Kie AI behält Aufzeichnungen über seine Arbeit",
        Term::Preference => "Sprache und Aussehen bleiben gemerkt",
        Term::Notice => "Änderungen werden angekündigt, bevor sie gelten",
    }
}

const fn processor(id: ProcessorId) -> ProcessorText {
    match id {
        ProcessorId::Cloudflare => ProcessorText {
            role: "Betreibt für uns die Website, den Speicher und die Datenbank und führt das \
                   Protokoll.",
            gets: "Alles, was unter [Datenschutz](/privacy#kept) steht; mit jeder Anfrage deine \
                   IP-Adresse und was dein Browser über sich sagt.",
            place: "Vereinigte Staaten; das Netz ist überall. Wo Dateien und Datenbank liegen, \
                    hat der Betreiber beim Einrichten gewählt.",
            keeps: "Das Protokoll höchstens {log} Tage, den Verlauf der Datenbank {recovery} \
                    Tage, alles andere, bis wir es löschen",
        },
        ProcessorId::Kie => ProcessorText {
            role: "Erstellt das Bild.",
            gets: "Links zu deinen Fotos, die {provider_link} Minuten lang gelten, deine Auswahl \
                   und was du geschrieben hast; niemals deine Adresse, dein Cookie, deinen Namen \
                   oder deine E-Mail-Adresse.",
            place: "Das sagt Kie AI nicht. Rechne mit einem Land außerhalb der Europäischen Union.",
            keeps: "Das Ergebnis {provider_result} Tage, Aufzeichnungen über die Arbeit \
                    {provider_records} Monate; wir können das nicht verkürzen. Wie lange die \
                    abgerufenen Fotos bleiben, sagt Kie AI nicht.",
        },
        ProcessorId::Google => ProcessorText {
            role: "Sagt, wer du bist, wenn du dich anmeldest. Dafür ist Google selbst \
                   verantwortlich.",
            gets: "Dass du dich hier anmeldest, und wann. Kein Foto, keinen Auftrag.",
            place: "Vereinigte Staaten und Irland",
            keeps: "Wie es die eigenen Bedingungen sagen",
        },
        ProcessorId::Mail => ProcessorText {
            role: "Verschickt unsere E-Mails.",
            gets: "Deine E-Mail-Adresse und was wir dir schreiben.",
            place: "Vereinigte Staaten",
            keeps: "Bis die E-Mail zugestellt ist, und wie es die eigenen Bedingungen sagen; nach \
                    {outbox} Tagen geben wir auf",
        },
        ProcessorId::GoogleAnalytics => ProcessorText {
            role: "Zählt Besuche von Textseiten, nachdem du zugestimmt hast.",
            gets: "Welche dieser Seiten du öffnest und was dein Browser über sich sagt. Keine \
                   Seite mit einem Foto.",
            place: "Vereinigte Staaten und Irland",
            keeps: "Wie es die eigenen Bedingungen sagen",
        },
        ProcessorId::Clarity => ProcessorText {
            role: "Zeichnet auf, wie Textseiten benutzt werden, nachdem du zugestimmt hast. \
                   Nur für Menschen ab 18 Jahren.",
            gets: "Was du auf diesen Seiten tust, mit verdeckten Texten. Keine Seite mit einem \
                   Foto.",
            place: "Vereinigte Staaten",
            keeps: "Wie es die eigenen Bedingungen sagen",
        },
    }
}

const fn cookie(id: CookieId) -> &'static str {
    match id {
        CookieId::AnonSid => {
            "Eine Zufallszahl, die deine kostenlosen Bilder zählt und verhindert, dass ein \
             Auftrag doppelt angelegt wird"
        }
        CookieId::Language => "Die Sprache, die du gewählt hast, falls du eine gewählt hast",
        CookieId::Theme => "Hell oder dunkel, falls du eins gewählt hast",
        CookieId::Session => "Eine geheime Zahl, mit der du angemeldet bleibst",
        CookieId::SignIn => "Bindet eine Anmeldung an diesen Browser, solange sie läuft",
        CookieId::SignedIn => {
            "Sagt, dass du angemeldet bist, damit Seiten das richtige Menü zeigen"
        }
        CookieId::GoogleAnalytics => "Google Analytics: unterscheidet Besucher",
        CookieId::ClarityVisitor => "Clarity: unterscheidet Besucher",
        CookieId::ClarityVisit => "Clarity: welche Seiten zu einem Besuch gehören",
    }
}

const fn kept(id: KeptId) -> CategoryText {
    match id {
        KeptId::RememberedPhoto => of(
            "Das Foto einer Person, das du zuletzt verwendet hast",
            "Nur wenn du deinen Browser bittest, es sich zu merken. Von selbst verlässt es ihn \
             nie.",
        ),
        KeptId::SiteFiles => of(
            "Dateien der Website",
            "Stilvorlagen, Skripte und eine Seite für den Fall, dass du offline bist. Für alle \
             gleich.",
        ),
        KeptId::Announcement => of(
            "Welche Ankündigung du geschlossen hast",
            "Damit sie nicht noch einmal gezeigt wird.",
        ),
        KeptId::Consent => {
            of("Was du zur Nutzungsanalyse gesagt hast", "Damit du nur einmal gefragt wirst.")
        }
    }
}

const fn store(store: Store) -> &'static str {
    match store {
        Store::Cache => "Cache des Browsers",
        Store::Local => "Speicher des Browsers",
    }
}
