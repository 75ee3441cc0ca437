//! Renders the pages that are the same for everyone into `build/site/`, beside a copy of `public/`.
fn main() {}
