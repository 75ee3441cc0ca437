//! Result links: where the Worker lets itself be sent.

use anytryon::provider::origin::{DEFAULT_RESULT_ORIGINS, OriginRefusal, ResultOrigins};
use proptest::prelude::*;

fn kie() -> ResultOrigins {
    ResultOrigins::parse(DEFAULT_RESULT_ORIGINS).unwrap()
}

#[test]
fn links_on_the_listed_origins_are_admitted() {
    let admitted = [
        "https://tempfile.aiquickdraw.com/p/558a_1_1786413281_4092.jpg",
        "https://tempfile.aiquickdraw.com",
        "https://tempfile.aiquickdraw.com?x=1",
        "https://tempfile.aiquickdraw.com#x",
        "https://TempFile.AIQuickDraw.com/a.png",
        "HTTPS://tempfile.aiquickdraw.com/a.png",
        "https://tempfile.aiquickdraw.com:443/a.png",
        "https://tempfile.aiquickdraw.com/a@b:c//d?e=https://evil.example/",
        "https://file.aiquickdraw.com/a.png",
        "https://tempfile.redpandaai.co/a.png",
    ];
    for url in admitted {
        assert_eq!(kie().admit(url), Ok(()), "{url}");
    }
}

#[test]
fn links_elsewhere_are_not_listed() {
    let elsewhere = [
        "https://evil.example/a.png",
        "http://tempfile.aiquickdraw.com/a.png",
        "http://tempfile.aiquickdraw.com:443/a.png",
        "https://tempfile.aiquickdraw.com:444/a.png",
        "https://tempfile.aiquickdraw.com:80/a.png",
        "https://tempfile.aiquickdraw.com.evil.example/a.png",
        "https://evil-tempfile.aiquickdraw.com/a.png",
        "https://a.tempfile.aiquickdraw.com/a.png",
        "https://aiquickdraw.com/a.png",
        "https://evil.example/https://tempfile.aiquickdraw.com/a.png",
        "https://evil.example?tempfile.aiquickdraw.com/",
        "https://evil.example#.tempfile.aiquickdraw.com/",
        "https://2130706433/a.png",
        "https://0177.0.0.1/a.png",
        "https://0x7f.0.0.1/a.png",
        "https://127.0.0.1/a.png",
        "https://localhost/a.png",
    ];
    for url in elsewhere {
        assert_eq!(kie().admit(url), Err(OriginRefusal::NotListed), "{url}");
    }
}

#[test]
fn links_that_parsers_read_differently_are_malformed() {
    let long = format!("https://tempfile.aiquickdraw.com/{}", "a".repeat(2_048));
    let malformed = [
        "",
        "tempfile.aiquickdraw.com/a.png",
        "//tempfile.aiquickdraw.com/a.png",
        "https:tempfile.aiquickdraw.com/a.png",
        "https:/tempfile.aiquickdraw.com/a.png",
        "https:///tempfile.aiquickdraw.com/a.png",
        "ftp://tempfile.aiquickdraw.com/a.png",
        "data://tempfile.aiquickdraw.com/a.png",
        "javascript://tempfile.aiquickdraw.com/a.png",
        "https://user@tempfile.aiquickdraw.com/a.png",
        "https://user:secret@tempfile.aiquickdraw.com/a.png",
        "https://tempfile.aiquickdraw.com@evil.example/a.png",
        "https://tempfile.aiquickdraw.com:443@evil.example/a.png",
        "https://evil.example\\@tempfile.aiquickdraw.com/a.png",
        "https://tempfile.aiquickdraw.com\\.evil.example/a.png",
        "https:\\\\tempfile.aiquickdraw.com/a.png",
        "https://tempfile.aiquickdraw.com/a\\b.png",
        "https://tempfile.aiquickdraw.com./a.png",
        "https://.tempfile.aiquickdraw.com/a.png",
        "https://tempfile..aiquickdraw.com/a.png",
        "https://tempfile.aiquickdraw.com:/a.png",
        "https://tempfile.aiquickdraw.com:0443/a.png",
        "https://tempfile.aiquickdraw.com:+443/a.png",
        "https://tempfile.aiquickdraw.com:65979/a.png",
        "https://tempfile.aiquickdraw.com:443:443/a.png",
        "https://tempfile%2Eaiquickdraw.com/a.png",
        "https://tempfile.aiquickdraw.com%00.evil.example/a.png",
        "https://[::1]/a.png",
        "https://[::ffff:127.0.0.1]/a.png",
        " https://tempfile.aiquickdraw.com/a.png",
        "https://tempfile.aiquickdraw.com/a.png\n",
        "https://tempfile.aiquick\tdraw.com/a.png",
        "https://tempfile.aiquickdraw.com/a\u{0}.png",
        "https://tempfile.aiquickdraw.com/ä.png",
        "https://tempfile.aiquickdraw\u{3002}com/a.png",
        "https://t\u{435}mpfile.aiquickdraw.com/a.png",
        long.as_str(),
    ];
    for url in malformed {
        assert_eq!(kie().admit(url), Err(OriginRefusal::Malformed), "{url:?}");
    }
}

#[test]
fn http_is_admitted_only_where_it_is_listed() {
    let local = ResultOrigins::parse("http://127.0.0.1:28799/, https://a.example").unwrap();
    assert!(!local.all_https());
    assert!(kie().all_https());
    assert_eq!(local.admit("http://127.0.0.1:28799/r/1.png"), Ok(()));
    assert_eq!(local.admit("https://a.example/1.png"), Ok(()));
    let others = [
        "http://127.0.0.1/r/1.png",
        "http://127.0.0.1:28798/r/1.png",
        "https://127.0.0.1:28799/r/1.png",
        "http://localhost:28799/r/1.png",
        "http://2130706433:28799/r/1.png",
        "http://127.1:28799/r/1.png",
        "http://0177.0.0.1:28799/r/1.png",
        "http://a.example/1.png",
    ];
    for url in others {
        assert_eq!(local.admit(url), Err(OriginRefusal::NotListed), "{url}");
    }
}

#[test]
fn a_bad_list_is_no_list() {
    let seventeen = ["https://a.example"; 17].join(",");
    let bad = [
        "",
        " , ",
        "a.example",
        "https://a.example/path",
        "https://a.example?x",
        "https://*",
        "https://u@a.example",
        "https://a.example;https://b.example",
        seventeen.as_str(),
    ];
    for list in bad {
        assert_eq!(ResultOrigins::parse(list), None, "{list:?}");
    }
    assert!(ResultOrigins::parse(&["https://a.example"; 16].join(",")).is_some());
}

proptest! {
    #[test]
    fn whatever_is_admitted_begins_with_a_listed_origin(
        before in "[a-z:/@\\\\.]{0,9}",
        middle in "[/@:\\\\.?#a-z0-9%\\[\\]]{0,30}",
        after in any::<String>(),
    ) {
        let host = "tempfile.aiquickdraw.com";
        let tries = [
            format!("https://{before}{host}{middle}{after}"),
            format!("{before}://{middle}{host}{after}"),
            format!("https://{middle}"),
            after,
        ];
        for url in tries {
            if kie().admit(&url).is_ok() {
                let rest = url.to_ascii_lowercase();
                let rest = rest.strip_prefix(&format!("https://{host}")).unwrap_or("not listed");
                let rest = rest.strip_prefix(":443").unwrap_or(rest);
                prop_assert!(rest.is_empty() || rest.starts_with(['/', '?', '#']), "{url}");
            }
        }
    }
}
