//! The people who have an account at the provider, and their portraits.

use std::collections::BTreeMap;

use image::{Rgb, RgbImage};
use serde_json::{Map, Value, json};

/// People kept; a test adds a handful.
const MAX_PEOPLE: usize = 1_000;
const MAX_SIDE: u32 = 1_024;
/// Side where the address names none.
const PLAIN_SIDE: u32 = 512;

/// Whoever can sign in. Only `sub` is sure to stay.
#[derive(Debug, Clone)]
pub struct Person {
    pub sub: String,
    pub name: Option<String>,
    pub given_name: Option<String>,
    pub family_name: Option<String>,
    pub email: Option<String>,
    pub email_verified: bool,
    pub picture: Picture,
}

/// Where the `picture` claim points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Picture {
    Own,
    None,
    /// Somewhere that a test names.
    At(String),
}

impl Person {
    fn new(sub: &str, given: &str, family: &str, email: &str) -> Self {
        Self {
            sub: sub.to_owned(),
            name: Some(format!("{given} {family}")),
            given_name: Some(given.to_owned()),
            family_name: Some(family.to_owned()),
            email: Some(email.to_owned()),
            email_verified: true,
            picture: Picture::Own,
        }
    }

    /// As Google gives it: 96 pixels, cut to a square.
    pub fn picture_url(&self, issuer: &str) -> Option<String> {
        match &self.picture {
            Picture::Own => Some(format!("{issuer}/a/{}=s96-c", self.sub)),
            Picture::None => None,
            Picture::At(url) => Some(url.clone()),
        }
    }

    fn list(&self, issuer: &str) -> Value {
        json!({
            "sub": self.sub, "name": self.name, "given_name": self.given_name,
            "family_name": self.family_name, "email": self.email,
            "email_verified": self.email_verified, "picture": self.picture_url(issuer),
        })
    }

    fn change_one(&mut self, field: &str, value: &Value) -> Option<()> {
        let text = || match value {
            Value::Null => Some(None),
            Value::String(text) => Some(Some(text.clone())),
            Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => None,
        };
        match field {
            "sub" => self.sub = text()??,
            "name" => self.name = text()?,
            "given_name" => self.given_name = text()?,
            "family_name" => self.family_name = text()?,
            "email" => self.email = text()?,
            "email_verified" => self.email_verified = value.as_bool()?,
            "picture" => {
                self.picture = match text()? {
                    None => Picture::None,
                    Some(word) if word == "own" => Picture::Own,
                    Some(url) => Picture::At(url),
                }
            }
            _ => return None,
        }
        Some(())
    }
}

/// Everybody, by the short name that tests and the page use.
pub struct People(BTreeMap<String, Person>);

impl Default for People {
    fn default() -> Self {
        let people = [
            ("ada", Person::new("110169484474386276001", "Ada", "Marlow", "ada@example.com")),
            ("ben", Person::new("110169484474386276002", "Ben", "Okafor", "ben@example.com")),
            ("chen", Person::new("110169484474386276003", "小雨", "陈", "chen@example.com")),
        ];
        Self(people.map(|(name, person)| (name.to_owned(), person)).into())
    }
}

impl People {
    pub fn get(&self, name: &str) -> Option<&Person> {
        self.0.get(name)
    }

    pub fn iter(&self) -> impl Iterator<Item = (&String, &Person)> {
        self.0.iter()
    }

    pub fn has_sub(&self, sub: &str) -> bool {
        self.0.values().any(|person| person.sub == sub)
    }

    /// Changes the named fields of somebody; who is new begins with a `sub` of their own.
    pub fn change(
        &mut self,
        name: &str,
        changes: &Map<String, Value>,
        new_sub: impl FnOnce() -> String,
    ) -> Result<(), String> {
        let email = format!("{name}@example.com");
        let known = self.0.get(name).cloned();
        if known.is_none() && self.0.len() >= MAX_PEOPLE {
            return Err(format!("there are {MAX_PEOPLE} people already"));
        }
        let mut person = known.unwrap_or_else(|| Person::new(&new_sub(), name, "Example", &email));
        for (field, value) in changes {
            person.change_one(field, value).ok_or(format!("{field} cannot be {value}"))?;
        }
        self.0.insert(name.to_owned(), person);
        Ok(())
    }

    pub fn list(&self, issuer: &str) -> Value {
        self.0.iter().map(|(name, person)| (name.clone(), person.list(issuer))).collect()
    }
}

/// `sub` and side of a portrait's address: `/a/{sub}=s{side}-c`, the part from `=` may be missing.
pub fn portrait_of(path: &str) -> Option<(&str, u32)> {
    let name = path.strip_prefix("/a/")?;
    let Some((sub, size)) = name.split_once('=') else { return Some((name, PLAIN_SIDE)) };
    let pixels = size.strip_prefix('s')?.trim_end_matches("-c").parse().ok()?;
    (1..=MAX_SIDE).contains(&pixels).then_some((sub, pixels))
}

/// Head and shoulders on a colour that is the person's own.
pub fn portrait(sub: &str, side: u32) -> RgbImage {
    let number = sub.bytes().fold(7_u32, |n, b| n.wrapping_mul(31).wrapping_add(u32::from(b)));
    let [red, green, blue, _] = number.wrapping_mul(0x9E37_79B1).to_be_bytes();
    let ground = Rgb([red / 2 + 64, green / 2 + 64, blue / 2 + 64]);
    let figure = Rgb([236, 226, 214]);
    // In shares of 1,000 of the side, so that every size shows the same.
    let share = |at: u32| i64::from(at) * 1_000 / i64::from(side);
    let inside = |x: i64, y: i64, (cx, cy, rx, ry): (i64, i64, i64, i64)| {
        let (dx, dy) = ((x - cx) * 1_000 / rx, (y - cy) * 1_000 / ry);
        dx * dx + dy * dy <= 1_000_000
    };
    RgbImage::from_fn(side, side, |x, y| {
        let (x, y) = (share(x), share(y));
        let drawn = inside(x, y, (500, 390, 170, 200)) || inside(x, y, (500, 960, 360, 320));
        if drawn { figure } else { ground }
    })
}
