//! People who sign in, through the product's own routes.

use super::{Answer, Ask, World};

/// A browser: what it sends with every request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Browser {
    cookies: Vec<(String, String)>,
}

impl Browser {
    /// The `Cookie` header.
    pub fn cookies(&self) -> String {
        let pairs = self.cookies.iter().map(|(name, value)| format!("{name}={value}"));
        pairs.collect::<Vec<_>>().join("; ")
    }

    /// The value of a cookie.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Takes the cookies of an answer as a browser does.
    pub fn take(&mut self, answer: &Answer) {
        for value in answer.headers.get_all("set-cookie") {
            let line = value.to_str().unwrap();
            let (name, value) = line.split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.retain(|(known, _)| known != name);
            if !line.contains("Max-Age=0") {
                self.cookies.push((name.to_owned(), value.to_owned()));
            }
        }
    }

    /// Sends a request of our own pages and takes the cookies of its answer.
    pub fn send(&mut self, world: &World, ask: Ask) -> Answer {
        let ask = ask.header("sec-fetch-site", "same-origin");
        let ask = if self.cookies.is_empty() { ask } else { ask.header("cookie", &self.cookies()) };
        let answer = world.try_request(ask).unwrap();
        self.take(&answer);
        answer
    }

    /// Sends a GET.
    pub fn get(&mut self, world: &World, path: &str) -> Answer {
        self.send(world, Ask::new("GET", path))
    }

    /// Goes to Google with this query; the address there.
    pub fn depart(&mut self, world: &World, query: &str) -> String {
        let answer = self.get(world, &format!("/auth/google{query}"));
        assert_eq!(answer.status, 303, "{}", answer.text());
        answer.header("location").to_owned()
    }

    /// Signs in as the person whom Google calls `subject`.
    pub fn sign_in(&mut self, world: &World, subject: &str) -> Answer {
        self.sign_in_with(world, subject, "")
    }

    /// The same with this query, such as `?fresh=on`.
    pub fn sign_in_with(&mut self, world: &World, subject: &str, query: &str) -> Answer {
        let address = self.depart(world, query);
        let (code, state) = world.with_google(|google| google.allow(subject, &address));
        let path = format!("/auth/google/callback?code={code}&state={state}");
        self.get(world, &path)
    }

    /// A browser in which this person is signed in.
    pub fn of(world: &World, subject: &str) -> Self {
        Self::signed_in(world, subject, "")
    }

    /// The same, of somebody who has just proved who it is.
    pub fn proven(world: &World, subject: &str) -> Self {
        Self::signed_in(world, subject, "?fresh=on")
    }

    fn signed_in(world: &World, subject: &str, query: &str) -> Self {
        let mut browser = Self::default();
        let answer = browser.sign_in_with(world, subject, query);
        assert_eq!(answer.status, 303, "{}", answer.text());
        assert!(browser.cookie("__Host-session").is_some());
        browser
    }
}
