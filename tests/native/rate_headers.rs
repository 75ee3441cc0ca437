//! What a refused client is told.

use anytryon::domain::limits::{Gcra, Policy, Rate, Verdict, admit_all};
use anytryon::domain::time::{DAY_MS, HOUR_MS, Millis};
use anytryon::web::rate_headers;

#[test]
fn the_fields_say_what_the_limiter_does() {
    let policies = [
        Policy { name: "hour", rate: Rate::per(20, HOUR_MS) },
        Policy { name: "day", rate: Rate::per(60, DAY_MS) },
    ];
    assert_eq!(rate_headers::policy(&policies), r#""hour";q=20;w=3600, "day";q=60;w=86400"#);
    assert_eq!(rate_headers::policy(&policies[..1]), r#""hour";q=20;w=3600"#);

    let mut states = [Gcra::default(); 2];
    for _ in 0..20 {
        admit_all(&mut states, &policies, Millis(0));
    }
    let joint = admit_all(&mut states, &policies, Millis(59_500));
    assert_eq!(
        rate_headers::state(&policies, &joint.standings),
        r#""hour";r=0;t=121, "day";r=40;t=1381"#
    );
    let Verdict::Refused { retry_after_ms } = joint.verdict else { panic!("20 an hour") };
    assert_eq!(rate_headers::seconds(retry_after_ms), 121, "120.5 s, rounded up");
}

#[test]
fn seconds_are_rounded_up_and_never_zero() {
    let cases = [(-5, 1), (0, 1), (1, 1), (1_000, 1), (1_001, 2), (i64::MAX, u32::MAX)];
    for (ms, seconds) in cases {
        assert_eq!(rate_headers::seconds(ms), seconds, "{ms}");
    }
}
