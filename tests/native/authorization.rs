//! The authorization matrix, generated from the route table: every route, asked by everybody there
//! is, about things of somebody. What the answer must be follows from the route's column `who`
//! alone; a route with a segment that [`stage`] has no thing for fails.

mod stage;

use anytryon::web::routes::{Access, ROUTES, Route, Who};

use crate::world::{Answer, Ask};

use stage::{Asker, Holding, SELECTION, Stage, Thing};

/// What the rule of a route says about somebody who asks for a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rule {
    /// The request is his to make; it may still be refused for what it says.
    Allowed,
    /// Refused with this status and code.
    Refused(u16, &'static str),
    /// Answered as if there were no such thing, or refused as one that is not there.
    InVain,
}

const SIGN_IN: Rule = Rule::Refused(401, "sign_in_required");
const NOT_FOUND: Rule = Rule::Refused(404, "not_found");
const NOT_FRESH: Rule = Rule::Refused(403, "fresh_sign_in_required");

fn rule(route: &Route, thing: &Thing, asker: Asker) -> Rule {
    match route.who {
        Who::Everyone | Who::Visitor | Who::Bearer => Rule::Allowed,
        Who::Holder => match thing.holding {
            Holding::ById => Rule::Allowed,
            Holding::ByAda => adas_alone(thing, asker),
        },
        Who::Account => match thing.holding {
            Holding::ById => no_accounts(asker),
            Holding::ByAda => adas_alone(thing, asker),
        },
        Who::Fresh if matches!(asker, Asker::AdaLongAgo | Asker::AdaUnproven) => NOT_FRESH,
        Who::Fresh => adas_alone(thing, asker),
    }
}

/// What is not kept for an account has nothing that an account notes about its own.
const fn no_accounts(asker: Asker) -> Rule {
    match asker {
        Asker::Nobody | Asker::AnonymousA | Asker::AnonymousB | Asker::Gone | Asker::Leaving => {
            SIGN_IN
        }
        Asker::Ada | Asker::AdaLongAgo | Asker::AdaUnproven | Asker::Bob => NOT_FOUND,
    }
}

fn adas_alone(thing: &Thing, asker: Asker) -> Rule {
    match asker {
        Asker::Nobody | Asker::AnonymousA | Asker::AnonymousB | Asker::Gone | Asker::Leaving => {
            SIGN_IN
        }
        Asker::Ada | Asker::AdaLongAgo | Asker::AdaUnproven => Rule::Allowed,
        // Without a thing he asks for his own.
        Asker::Bob if thing.segment.is_none() => Rule::Allowed,
        Asker::Bob if thing.kind == SELECTION => Rule::InVain,
        Asker::Bob => NOT_FOUND,
    }
}

/// The request in the shapes that clients send it in: as a program, and as a page's form.
fn shapes(stage: &Stage, route: &Route, thing: &Thing, asker: Asker) -> Vec<Ask> {
    let ask = stage.ask(route, thing, asker);
    let mut shapes = vec![ask.clone().header("accept", "application/json")];
    if route.localized {
        shapes.push(ask.header("accept", "text/html"));
    }
    shapes
}

fn check(name: &str, rule: Rule, answer: &Answer) {
    let status = answer.status;
    let detail = answer.text();
    assert!(status < 500, "{name}: {status} {detail}");
    match rule {
        // No sign-in was begun in any of these browsers.
        Rule::Allowed if status == 403 && name.contains("/auth/google/callback") => {}
        Rule::Allowed => {
            assert!(![401, 403, 404, 410].contains(&status), "{name}: {status} {detail}");
        }
        Rule::InVain => {
            assert!([200, 303, 404, 422].contains(&status), "{name}: {status} {detail}");
        }
        Rule::Refused(wanted, code) => {
            assert_eq!(status, wanted, "{name}: {detail}");
            if answer.header("content-type") == "application/problem+json" {
                assert_eq!(answer.json()["code"], code, "{name}");
            }
        }
    }
}

/// Nothing that is Ada's stands in what somebody else is told, but what he has said himself.
fn keeps_quiet(name: &str, stage: &Stage, ask: &Ask, answer: &Answer) {
    let headers = answer.headers.iter().map(|(name, value)| format!("{name}: {value:?}\n"));
    let told = headers.collect::<String>() + &answer.text();
    let said = format!("{} {}", ask.path, String::from_utf8_lossy(&ask.body));
    for secret in &stage.adas {
        assert!(!told.contains(secret) || said.contains(secret), "{name} tells {secret}:\n{told}");
    }
}

fn each_case(mut judge: impl FnMut(&str, &Route, &Thing, Asker, Rule)) {
    let plan = Stage::new();
    for route in ROUTES {
        for thing in plan.things(route) {
            for asker in Asker::ALL {
                let name =
                    format!("{} {} {:?} {asker:?}", route.method, route.template, thing.kind);
                judge(&name, route, &thing, asker, rule(route, &thing, asker));
            }
        }
    }
}

#[test]
fn what_is_not_ones_own_is_refused_and_changes_and_tells_nothing() {
    let stage = Stage::new();
    let mut refused = 0;
    each_case(|name, route, thing, asker, rule| {
        if rule == Rule::Allowed {
            return;
        }
        let before = stage.everything();
        for ask in shapes(&stage, route, thing, asker) {
            let answer = stage.send(&ask);
            check(name, rule, &answer);
            keeps_quiet(name, &stage, &ask, &answer);
            refused += 1;
            if route.method == http::Method::GET {
                let head = stage.send(&Ask { method: "HEAD".to_owned(), ..ask });
                assert_eq!(head.status, answer.status, "HEAD {name}");
            }
        }
        assert!(before == stage.everything(), "{name} was refused and changed something");
    });
    assert!(refused > 150, "{refused}");
}

#[test]
fn what_is_ones_own_is_served_and_tells_nothing_of_anybody_else() {
    let readers = Stage::new();
    each_case(|name, route, thing, asker, rule| {
        if rule != Rule::Allowed {
            return;
        }
        let reads = route.access == Access::Read;
        for shape in 0..shapes(&readers, route, thing, asker).len() {
            // What changes something has a world of its own, which is always the same one.
            let own = (!reads).then(Stage::new);
            let stage = own.as_ref().unwrap_or(&readers);
            let ask = shapes(stage, route, thing, asker)[shape].clone();
            let answer = stage.send(&ask);
            check(name, rule, &answer);
            let hers = matches!(asker, Asker::Ada | Asker::AdaLongAgo | Asker::AdaUnproven);
            // Whoever has the link in a mail to her is taken for her.
            let by_mail = route.who == Who::Bearer && thing.segment.is_none();
            if !hers && !by_mail {
                keeps_quiet(name, stage, &ask, &answer);
            }
        }
    });
    let own = readers.told_to(Asker::Ada, "/api/account");
    assert!(readers.adas.iter().any(|secret| own.contains(secret)), "the search finds nothing");
}

#[test]
fn a_proof_with_one_letter_changed_proves_nothing() {
    let stage = Stage::new();
    let mut forged = 0;
    each_case(|name, route, thing, asker, _| {
        if route.who != Who::Bearer {
            return;
        }
        let before = stage.everything();
        for ask in shapes(&stage, route, thing, asker) {
            let ask = Stage::forged(ask);
            let answer = stage.send(&ask);
            // Scanners open the links in mails, so opening one of these looks nothing up.
            let shows_a_button = answer.status == 200 && route.template.starts_with("/waitlist/");
            let is_refused = [401, 403, 404].contains(&answer.status);
            assert!(is_refused || shows_a_button, "{name}: {} {}", answer.status, answer.text());
            keeps_quiet(name, &stage, &ask, &answer);
            forged += 1;
        }
        assert!(before == stage.everything(), "{name}");
    });
    assert!(forged > 30, "{forged}");
}

#[test]
fn no_other_site_changes_anything_for_whoever_is_signed_in() {
    let stage = Stage::new();
    each_case(|name, route, thing, asker, _| {
        if route.access != Access::Write || !matches!(asker, Asker::Ada | Asker::Bob) {
            return;
        }
        let before = stage.everything();
        for site in ["cross-site", "same-site", ""] {
            let ask = Stage::sent_by(stage.ask(route, thing, asker), site);
            let answer = stage.send(&ask);
            assert_eq!(answer.status, 403, "{name} {site}: {}", answer.text());
            keeps_quiet(name, &stage, &ask, &answer);
        }
        assert!(before == stage.everything(), "{name}");
    });
}
