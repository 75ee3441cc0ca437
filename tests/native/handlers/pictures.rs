//! Signed links: ranges, conditions, downloads, and everything that is not quite a link.

use std::collections::BTreeSet;

use anytryon::domain::id::FileId;
use anytryon::domain::image::Format;
use anytryon::domain::link::{Link, Purpose, sign};
use anytryon::domain::order::FileKey;
use anytryon::domain::time::Millis;

use crate::image_fixtures::{jpeg, png};
use crate::site::{
    address, assert_problem, get, path_of, person, place, post_order, send, send_unlogged,
};
use crate::world::{Answer, Ask, BEGIN, Form, World, keyring};

/// The link of the person's photo in an order that was just placed, and the photo as it is stored.
fn shown(world: &World) -> (String, Vec<u8>) {
    let placed = place(world);
    let url = placed.json()["images"][0]["url"].as_str().unwrap().to_owned();
    let whole = send(world, get(&url));
    assert_eq!(whole.status, 200);
    assert_eq!(placed.json()["images"][0]["bytes"], whole.body.len());
    (url, whole.body)
}

fn ranged(world: &World, url: &str, range: &str) -> Answer {
    send(world, get(url).header("range", range))
}

#[test]
fn a_picture_is_the_stored_file_with_its_headers() {
    let world = World::new();
    let (url, bytes) = shown(&world);
    assert_eq!(bytes, person(), "it had no metadata");
    let whole = send(&world, get(&url));
    for (name, value) in [
        ("content-type", "image/jpeg"),
        ("accept-ranges", "bytes"),
        ("cache-control", "private, max-age=900, immutable"),
        ("content-disposition", "inline; filename=\"try-on.jpg\""),
        ("content-security-policy", "default-src 'none'; frame-ancestors 'none'; sandbox"),
        ("cross-origin-resource-policy", "same-origin"),
        ("x-content-type-options", "nosniff"),
    ] {
        assert_eq!(whole.header(name), value, "{name}");
    }
    assert_eq!(whole.headers.get("content-range"), None);
    world.advance_time(899_000);
    let late = send(&world, get(&url));
    assert_eq!(late.header("cache-control"), "private, max-age=1, immutable");
}

#[test]
fn each_range_brings_its_bytes() {
    let world = World::new();
    let (url, bytes) = shown(&world);
    let size = bytes.len();
    let last = size - 1;
    let parts = [
        ("bytes=0-0".to_owned(), 0, 0),
        ("bytes=0-".to_owned(), 0, last),
        ("bytes=1-9".to_owned(), 1, 9),
        (format!("bytes={last}-{last}"), last, last),
        (format!("bytes={last}-"), last, last),
        (format!("bytes=5-{}", size + 100), 5, last),
        ("bytes=5-18446744073709551615".to_owned(), 5, last),
        ("bytes=-1".to_owned(), last, last),
        (format!("bytes=-{size}"), 0, last),
        (format!("bytes=-{}", size + 1), 0, last),
    ];
    for (range, first, end) in parts {
        let answer = ranged(&world, &url, &range);
        assert_eq!(answer.status, 206, "{range}");
        assert_eq!(answer.body, bytes[first..=end], "{range}");
        assert_eq!(
            answer.header("content-range"),
            format!("bytes {first}-{end}/{size}"),
            "{range}"
        );
    }
    for range in [format!("bytes={size}-"), format!("bytes={size}-{size}"), "bytes=-0".to_owned()] {
        let answer = ranged(&world, &url, &range);
        assert_eq!((answer.status, answer.body.len()), (416, 0), "{range}");
        assert_eq!(answer.header("content-range"), format!("bytes */{size}"), "{range}");
    }
    for range in [
        "bytes=2-1",
        "bytes=0-1,3-4",
        "bytes=-",
        "bytes=",
        "bytes=a-b",
        "bytes=1",
        "bytes=-18446744073709551616",
        "lines=0-1",
        "",
    ] {
        let answer = ranged(&world, &url, range);
        assert_eq!((answer.status, answer.body == bytes), (200, true), "{range}");
    }
}

/// All inputs of an order lie in one file, so each link has neighbours: whatever is asked of it, what
/// comes are bytes of its own picture, and those that the answer says.
#[test]
fn a_link_reads_its_own_picture_and_not_a_byte_of_the_others() {
    let world = World::new();
    let garments =
        [jpeg(256, 256, &[]), jpeg(257, 256, &[]), jpeg(258, 256, &[]), png(256, 300, &[], &[])];
    let order = send(&world, post_order(Form::order(&person(), &garments))).json();
    let own: Vec<Vec<u8>> = [person()].into_iter().chain(garments).collect();
    let files: Vec<_> = world
        .with_files(|files| files.keys().map(|key| files.get(key).unwrap().to_vec()).collect());
    assert_eq!(files, [own.concat()], "they lie one after the other");
    let size = own.concat().len();
    let mut tags = BTreeSet::new();
    for (number, own) in own.iter().enumerate() {
        let image = &order["images"][number];
        let url = image["url"].as_str().unwrap();
        // A network of its own, since one may not ask so often.
        let ranged = |range: &str| {
            let ask = get(url).header("range", range);
            send(&world, ask.header("cf-connecting-ip", &address(number)))
        };
        let whole = send(&world, get(url));
        assert_eq!((whole.status, &whole.body), (200, own));
        assert_eq!(whole.header("etag"), format!("\"{}\"", image["id"].as_str().unwrap()));
        tags.insert(whole.header("etag").to_owned());
        for first in edges(own.len(), size) {
            for last in edges(own.len(), size) {
                assert_own(&ranged(&format!("bytes={first}-{last}")), own);
            }
            assert_own(&ranged(&format!("bytes={first}-")), own);
            assert_own(&ranged(&format!("bytes=-{first}")), own);
        }
    }
    assert_eq!(tags.len(), own.len(), "each has an ETag of its own");
}

/// Numbers around both ends of a picture, of its file, and of what a number may be.
fn edges(own: usize, file: usize) -> Vec<u64> {
    let around = [0, own, file].map(|at| at as u64);
    let around = around.iter().flat_map(|at| [at.saturating_sub(1), *at, at + 1, at * 2]);
    around.chain([u64::from(u32::MAX), u64::MAX]).collect()
}

fn assert_own(answer: &Answer, own: &[u8]) {
    match answer.status {
        200 => assert_eq!(answer.body, own),
        206 => {
            let range = answer.header("content-range").strip_prefix("bytes ").unwrap();
            let (bounds, size) = range.split_once('/').unwrap();
            let (first, last) = bounds.split_once('-').unwrap();
            let [first, last, size] = [first, last, size].map(|text| text.parse().unwrap());
            assert_eq!(size, own.len());
            assert_eq!(answer.body, own[first..=last]);
        }
        status => assert_eq!((status, answer.body.len()), (416, 0)),
    }
}

#[test]
fn a_range_depends_on_if_range() {
    let world = World::new();
    let (url, bytes) = shown(&world);
    let tag = send(&world, get(&url)).header("etag").to_owned();
    let asked =
        |tag: &str| send(&world, get(&url).header("range", "bytes=0-9").header("if-range", tag));
    let same = asked(&tag);
    assert_eq!((same.status, same.body.len()), (206, 10));
    for other in [&format!("W/{tag}"), "\"other\"", "Fri, 20 Nov 2026 10:00:00 GMT", "*"] {
        let whole = asked(other);
        assert_eq!((whole.status, whole.body.len()), (200, bytes.len()), "{other}");
    }
}

#[test]
fn a_picture_that_is_known_is_not_sent_again() {
    let world = World::new();
    let (url, _) = shown(&world);
    let tag = send(&world, get(&url)).header("etag").to_owned();
    assert!(tag.starts_with('"') && !tag.contains(url.trim_start_matches("/i/")));
    let reads = world.counts().of(crate::world::Op::ReadFile);
    for tags in [&tag, "*", &format!("W/{tag}"), &format!("\"a\", {tag}")] {
        let ask = get(&url).header("if-none-match", tags).header("range", "bytes=0-1");
        let answer = send(&world, ask);
        assert_eq!((answer.status, answer.body.len()), (304, 0), "{tags}");
        assert_eq!(answer.header("etag"), tag);
    }
    assert_eq!(world.counts().of(crate::world::Op::ReadFile), reads);
    let changed = send(&world, get(&url).header("if-none-match", "\"other\""));
    assert_eq!(changed.status, 200);
    let others = place(&world).json();
    let other = others["images"][0]["url"].as_str().unwrap();
    assert_ne!(send(&world, get(other)).header("etag"), tag, "the same photo in another order");
}

#[test]
fn a_download_is_an_attachment_with_a_name() {
    let world = World::new();
    let (url, bytes) = shown(&world);
    for query in ["download", "download=", "download=1", "a=b&download"] {
        let answer = send(&world, get(&format!("{url}?{query}")));
        let wanted = "attachment; filename=\"try-on.jpg\"";
        assert_eq!(answer.header("content-disposition"), wanted, "{query}");
        assert_eq!(answer.body, bytes);
    }
    for query in ["", "downloads", "a=download", "DOWNLOAD"] {
        let answer = send(&world, get(&format!("{url}?{query}")));
        assert!(answer.header("content-disposition").starts_with("inline; "), "{query}");
    }
    let form = Form::order(&person(), &[crate::site::garment()]);
    let images = send(&world, post_order(form)).json()["images"].clone();
    let png = send(&world, get(&format!("{}?download", images[1]["url"].as_str().unwrap())));
    assert_eq!(png.header("content-disposition"), "attachment; filename=\"try-on.png\"");
}

#[test]
fn the_extension_is_the_pictures_own() {
    let world = World::new();
    let (url, bytes) = shown(&world);
    assert_eq!(send(&world, get(&format!("{url}.jpg"))).body, bytes);
    for other in ["jpeg", "png", "webp", "JPG", "", "jpg.jpg", "jpg.png", "html", "svg", "%6apg"] {
        let answer = send(&world, get(&format!("{url}.{other}")));
        assert_problem(&answer, 403, "link_invalid", None);
    }
}

#[test]
fn each_altered_character_makes_it_no_link() {
    const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let world = World::builder(1).without_logs().build();
    let placed = send_unlogged(&world, post_order(crate::site::order_form()));
    let url = placed.json()["images"][0]["url"].as_str().unwrap().to_owned();
    let start = "/i/".len();
    let mut number = 0;
    for at in start..url.len() {
        for letter in LETTERS.chars().filter(|letter| !url[at..].starts_with(*letter)) {
            number += 1;
            let altered = format!("{}{letter}{}", &url[..at], &url[at + 1..]);
            let ask = get(&altered).header("cf-connecting-ip", &address(number));
            let answer = send_unlogged(&world, ask);
            assert_problem(&answer, 403, "link_invalid", None);
        }
    }
    assert_eq!(number, 72 * 63);
    let token = &url[start..];
    let short = &token[..71];
    for other in
        [short, "", "x", &format!("{token}A"), &format!("{token}="), &format!("{short}%41")]
    {
        if !other.is_empty() {
            let answer = send_unlogged(&world, get(&format!("/i/{other}")));
            assert_problem(&answer, 403, "link_invalid", None);
        }
    }
}

#[test]
fn a_link_ends_at_its_moment_and_stays_altered_when_altered() {
    let world = World::new();
    let (url, _) = shown(&world);
    let expires = place(&world).json()["images"][0]["url_expires_at"].clone();
    assert_eq!(expires, "2026-11-20T10:15:00.000Z");
    world.advance_time(15 * 60_000 - 1);
    assert_eq!(send(&world, get(&url)).status, 200);
    world.advance_time(1);
    for asked in [url.clone(), format!("{url}.jpg"), format!("{url}?download")] {
        assert_problem(&send(&world, get(&asked)), 410, "gone", None);
    }
    let altered =
        format!("{}{}", &url[..url.len() - 1], if url.ends_with('A') { "B" } else { "A" });
    assert_problem(&send(&world, get(&altered)), 403, "link_invalid", None);
}

#[test]
fn a_deleted_picture_is_gone_while_its_link_still_lives() {
    let world = World::new();
    let placed = place(&world);
    world.run_until_idle();
    let path = path_of(&placed);
    let images = send(&world, get(&path)).json()["images"].clone();
    assert_eq!(send(&world, Ask::new("DELETE", &path)).status, 204);
    for image in images.as_array().unwrap() {
        let url = image["url"].as_str().unwrap();
        for ask in
            [get(url), get(url).header("range", "bytes=0-1"), get(&format!("{url}?download"))]
        {
            let answer = send(&world, ask.clone());
            assert_problem(&answer, 410, "gone", None);
            for name in ["etag", "content-range", "content-disposition", "accept-ranges"] {
                assert_eq!(answer.headers.get(name), None, "{name} of a picture that is not there");
            }
            let page = send(&world, ask.header("accept", "text/html"));
            assert_eq!(page.status, 410);
            assert!(page.header("content-type").starts_with("text/html"));
        }
    }
}

#[test]
fn links_outlive_a_change_of_keys_once() {
    let world = World::new();
    let (url, _) = shown(&world);
    world.deploy(|config| config.link_keys = keyring(2, Some(1)));
    assert_eq!(send(&world, get(&url)).status, 200);
    let path = path_of(&place(&world));
    let new = send(&world, get(&path)).json()["images"][0]["url"].as_str().unwrap().to_owned();
    assert_eq!(send(&world, get(&new)).status, 200);
    world.deploy(|config| config.link_keys = keyring(3, Some(2)));
    assert_problem(&send(&world, get(&url)), 403, "link_invalid", None);
    assert_eq!(send(&world, get(&new)).status, 200);
}

#[test]
fn a_link_to_another_place_finds_nothing_there() {
    let world = World::new();
    let (_, bytes) = shown(&world);
    let key = world.with_files(|files| files.keys().next().unwrap().clone());
    let id = FileId::parse(key.rsplit('/').next().unwrap()).unwrap();
    let hour = key.split('/').nth(1).unwrap().parse().unwrap();
    let signed = |id, expires_at| {
        let link = Link {
            purpose: Purpose::View,
            order: None,
            format: Format::Jpeg,
            file: FileKey { hour, id, kept: false },
            offset: 0,
            size: u32::try_from(bytes.len()).unwrap(),
            expires_at,
        };
        format!("/i/{}", sign(&keyring(1, None), &link))
    };
    let soon = Millis(BEGIN.0 + 60_000);
    assert_eq!(send(&world, get(&signed(id, soon))).status, 200);
    let nothing = signed(FileId::from_bytes([7; 16]), soon);
    assert_problem(&send(&world, get(&nothing)), 410, "gone", None);
    assert_eq!(send(&world, get(&signed(id, BEGIN))).status, 410);
}
