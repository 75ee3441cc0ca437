//! Prints what is claimed in public beside the tests that prove it.

use std::io::{self, Write};

use anytryon::policy::claims::{CLAIMS, Claim, Stage};

fn main() -> io::Result<()> {
    let mut out = io::stdout().lock();
    for claim in CLAIMS {
        writeln!(out, "{}  {}", claim.id, claim.text)?;
        for line in proofs(claim) {
            writeln!(out, "       {line}")?;
        }
    }
    let built = CLAIMS.iter().filter(|claim| claim.stage == Stage::Built);
    let (proven, unproven): (Vec<&Claim>, Vec<&Claim>) =
        built.partition(|claim: &&Claim| !claim.proofs.is_empty());
    let names: Vec<_> = unproven.iter().map(|claim| claim.id).collect();
    writeln!(out, "\n{} proven, {} without a test: {}", proven.len(), names.len(), names.join(" "))
}

fn proofs(claim: &Claim) -> Vec<&'static str> {
    match claim.stage {
        Stage::Later => vec!["(later)"],
        Stage::Built if claim.proofs.is_empty() => vec!["(no test yet)"],
        Stage::Built => claim.proofs.to_vec(),
    }
}
