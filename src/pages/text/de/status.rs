//! The page of the service's status.

use crate::domain::count::Outcome;
use crate::domain::problem::Problem;
use crate::domain::refusal::Code;
use crate::domain::service::Provider;
use crate::pages::text::StatusText;

/// The page of the service's status.
pub(super) const STATUS: StatusText = StatusText {
    title: "Status",
    provider,
    now: "Jetzt",
    waiting: "Warten noch",
    under_way: "Entstehen gerade",
    or_more: "{number} oder mehr",
    last_day: "Die letzten 24 Stunden",
    since: "Aufträge, die seit {time} geendet haben.",
    nothing: "In den letzten 24 Stunden gab es keine Aufträge, also auch nichts zu berichten.",
    by_model: "Nach Modell",
    model: "Modell",
    orders: "Aufträge",
    success: "Erfolg",
    median: "Übliche Dauer",
    unknown: "–",
    by_end: "Wie sie endeten",
    end: "Ende",
    ended,
    reported: "Was gemeldet wurde",
    nothing_reported: "Niemand hat ein Problem mit einem Bild gemeldet.",
    problem_column: "Problem",
    problem,
    pictures: "Bilder",
    share: "Von allen Bildern",
    percent: "{percent} %",
    how: "So wird gezählt",
    how_counted: "Jeder Auftrag erhöht, wenn er endet, einen Zähler seiner Stunde um eins. Ein \
                  Zähler nennt weder Aufträge noch Personen, wird nach 48 Stunden gelöscht und \
                  bleibt, wie er ist, wenn du deinen Auftrag löschst. Gestoppte Aufträge zählen \
                  weder als Erfolg noch als Fehlschlag. Die Hälfte der Bilder kam innerhalb der \
                  üblichen Dauer, das Warten eingerechnet.",
};

fn provider(state: Provider) -> &'static str {
    match state {
        Provider::Ok => "Der Bilddienst nimmt Aufträge an.",
        Provider::OutOfCredits | Provider::Unauthorized => {
            "Der Bilddienst nimmt gerade keine Aufträge von uns an. Neue warten, bis er es wieder \
             tut; wir müssen das in Ordnung bringen."
        }
        Provider::Maintenance => {
            "Der Bilddienst wird gerade gewartet. Neue Aufträge warten, bis er zurück ist."
        }
    }
}

fn ended(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Completed => "Mit einem Bild",
        Outcome::Failed(Code::ContentModeration) => {
            "Von den Inhaltsregeln des Bilddienstes abgelehnt"
        }
        Outcome::Failed(Code::ProviderRejected) => "Mit diesen Optionen nicht möglich",
        Outcome::Failed(Code::ProviderTimeout) => "Hat zu lange gedauert",
        Outcome::Failed(Code::ProviderBusy) => "Der Bilddienst nahm keine Aufträge an",
        Outcome::Failed(_) => "Der Bilddienst hat es versucht, aber nicht geschafft",
        Outcome::Canceled => "Selbst gestoppt",
        Outcome::Expired => "Gewartet, bis die Zeit um war",
    }
}

fn problem(problem: Problem) -> &'static str {
    match problem {
        Problem::BodyChanged => "Der Körper hat sich verändert",
        Problem::OldGarmentLeft => "Das alte Kleidungsstück ist noch da",
        Problem::WrongGarment => "Falsches Kleidungsstück",
        Problem::FaceChanged => "Das Gesicht hat sich verändert",
        Problem::Other => "Etwas anderes",
    }
}
