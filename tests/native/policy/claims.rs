//! Each claim names tests, and each test that it names is there.

use anytryon::policy::claims::{CLAIMS, Stage};

use super::read;

/// Whether the test is there: `native a::b::name`, `workerd file title`, `browser file title`.
fn is_there(proof: &str) -> bool {
    let (ring, rest) = proof.split_once(' ').unwrap();
    if ring == "native" {
        let (module, name) = rest.rsplit_once("::").unwrap();
        let text = read(&format!("tests/native/{}.rs", module.replace("::", "/")));
        let function = format!("fn {name}()");
        return text.split("#[test]").skip(1).any(|test| test.trim_start().starts_with(&function));
    }
    assert!(["workerd", "browser"].contains(&ring), "{proof}: which ring?");
    let (file, title) = rest.split_once(' ').unwrap();
    read(&format!("tests/{ring}/{file}")).contains(title)
}

#[test]
fn every_test_that_a_claim_names_is_there() {
    for claim in CLAIMS {
        for proof in claim.proofs {
            assert!(is_there(proof), "{}: there is no test {proof}", claim.id);
        }
        assert!(claim.stage == Stage::Built || claim.proofs.is_empty(), "{}", claim.id);
    }
    assert!(!is_there("native policy::claims::no_such_test"));
    assert!(!is_there("workerd clock.test.mjs no such test"));
}

#[test]
fn the_claims_are_p01_to_p28() {
    let ids: Vec<_> = CLAIMS.iter().map(|claim| claim.id.to_owned()).collect();
    let expected: Vec<_> = (1..=28).map(|number| format!("P{number:02}")).collect();
    assert_eq!(ids, expected);
}
