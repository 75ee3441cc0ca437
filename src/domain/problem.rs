//! What a visitor may say is wrong with a picture.

use serde::{Deserialize, Serialize};

use super::refusal::{Code, Refusal};

/// The form's field and the JSON member that name the problems.
pub const FIELD: &str = "problems";

/// One thing that is wrong with a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Problem {
    /// The body has another shape.
    BodyChanged,
    /// What the person wore before is still there.
    OldGarmentLeft,
    /// It is not the garment of the photo.
    WrongGarment,
    /// It is another face.
    FaceChanged,
    /// Something else.
    Other,
}

impl Problem {
    /// Every problem, in the order in which they are offered.
    pub const ALL: [Self; 5] = [
        Self::BodyChanged,
        Self::OldGarmentLeft,
        Self::WrongGarment,
        Self::FaceChanged,
        Self::Other,
    ];

    /// The problem's fixed name on the wire and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::BodyChanged => "body_changed",
            Self::OldGarmentLeft => "old_garment_left",
            Self::WrongGarment => "wrong_garment",
            Self::FaceChanged => "face_changed",
            Self::Other => "other",
        }
    }

    /// Reads the name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|problem| problem.as_str() == text)
    }
}

/// One to five distinct problems by their names, in the order of [`Problem::ALL`]. A refusal names
/// the field and never the text that came.
pub fn parse_all(names: &[impl AsRef<str>]) -> Result<Vec<Problem>, Refusal> {
    let mut problems: Vec<Problem> = vec![];
    for name in names {
        let Some(problem) = Problem::parse(name.as_ref()) else {
            let known = Problem::ALL.map(Problem::as_str).join(", ");
            return Err(refused(format!("This problem is not known here. Problems: {known}.")));
        };
        if problems.contains(&problem) {
            return Err(refused("Name each problem once.".to_owned()));
        }
        problems.push(problem);
    }
    if problems.is_empty() {
        return Err(refused("Choose what is wrong with the picture.".to_owned()));
    }
    problems.sort_unstable();
    Ok(problems)
}

fn refused(detail: String) -> Refusal {
    Refusal::field(Code::InputInvalid, FIELD, detail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn problems_are_distinct_known_and_in_their_order() {
        let parsed = parse_all(&["other", "body_changed"]).unwrap();
        assert_eq!(parsed, [Problem::BodyChanged, Problem::Other]);
        assert_eq!(parse_all(&Problem::ALL.map(Problem::as_str)).unwrap(), Problem::ALL);
        for names in [&[][..], &["other", "other"], &["ugly"], &["Other"], &[""]] {
            let refusal = parse_all(names).unwrap_err();
            assert_eq!((refusal.code, refusal.field), (Code::InputInvalid, Some("problems")));
        }
    }
}
