//! The provider's credits as people and machines read them.

use anytryon::domain::credits::Credits;

#[test]
fn credits_are_written_as_a_decimal_number() {
    let cases = [
        (0, "0", "0.0"),
        (8_000, "8", "8.0"),
        (18_500, "18.5", "18.5"),
        (70, "0.07", "0.07"),
        (1_001, "1.001", "1.001"),
        (-250, "-0.25", "-0.25"),
        (1_000_000_000_000, "1000000000", "1000000000.0"),
    ];
    for (milli, words, json) in cases {
        assert_eq!(Credits(milli).to_string(), words);
        assert_eq!(serde_json::to_string(&Credits(milli)).unwrap(), json);
        assert_eq!(Credits(milli).number().to_string(), words);
    }
}
