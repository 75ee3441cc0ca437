//! The drawings in the repository are those that the pages know: names, sizes and weights.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anytryon::domain::image::{Format, Ingest};
use anytryon::domain::options::Category;
use anytryon::pages::samples::{
    SAMPLE_HEIGHT, SAMPLE_SMALL_HEIGHT, SAMPLE_SMALL_WIDTH, SAMPLE_WIDTH, Sample, SampleKind,
};

/// Most bytes of a drawn photo; what a page shows must be light on a phone.
const PERSON_BYTES_MAX: u64 = 60_000;
const GARMENT_BYTES_MAX: u64 = 45_000;
const SMALL_BYTES_MAX: u64 = 8_000;

fn at(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn names(folder: &str) -> BTreeSet<String> {
    let entries = fs::read_dir(at(folder)).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

/// The picture is whole, of this format and size, and not heavier than `bytes_max`.
fn assert_picture(path: &str, format: Format, size: (u32, u32), bytes_max: u64) {
    let mut ingest = Ingest::new(bytes_max);
    let fed = ingest.feed(&fs::read(at(path)).unwrap());
    let facts = fed.and_then(|()| ingest.finish());
    let found = facts.map(|facts| (facts.format, facts.width, facts.height));
    assert_eq!(found.ok(), Some((format, size.0, size.1)), "{path}");
}

#[test]
fn every_sample_is_there_in_both_sizes_and_no_file_is_unnamed() {
    let mut named = BTreeSet::new();
    for sample in Sample::ALL {
        let bytes_max = match sample.kind() {
            SampleKind::Person => PERSON_BYTES_MAX,
            SampleKind::Garment(_) => GARMENT_BYTES_MAX,
        };
        let whole = (format!("{}.jpg", sample.stem()), (SAMPLE_WIDTH, SAMPLE_HEIGHT), bytes_max);
        let small_size = (SAMPLE_SMALL_WIDTH, SAMPLE_SMALL_HEIGHT);
        let small = (format!("{}-small.jpg", sample.stem()), small_size, SMALL_BYTES_MAX);
        for (name, size, bytes_max) in [whole, small] {
            let path = format!("public/img/samples/{name}");
            assert_picture(&path, Format::Jpeg, size, bytes_max);
            assert!(named.insert(name), "{path} is named twice");
        }
    }
    assert_eq!(names("public/img/samples"), named);
}

#[test]
fn there_is_a_sample_garment_of_every_category() {
    for category in Category::ALL.iter().filter(|category| **category != Category::Auto) {
        let of_this = |sample: &&Sample| sample.kind() == SampleKind::Garment(*category);
        assert!(Sample::ALL.iter().any(|sample| of_this(&sample)), "{category:?}");
    }
}

#[test]
fn the_example_and_the_icons_have_their_sizes() {
    for state in ["before", "after"] {
        let path = format!("public/img/example-{state}.jpg");
        assert_picture(&path, Format::Jpeg, (900, 1200), 70_000);
        let path = format!("public/img/example-{state}-480.jpg");
        assert_picture(&path, Format::Jpeg, (480, 640), 25_000);
    }
    assert_picture("public/img/card.jpg", Format::Jpeg, (1200, 630), 90_000);
    let icons = [
        ("icon-192", 192),
        ("icon-512", 512),
        ("icon-maskable-512", 512),
        ("apple-touch-icon", 180),
    ];
    for (name, side) in icons {
        assert_picture(&format!("public/img/{name}.png"), Format::Png, (side, side), 30_000);
    }
}

#[test]
fn the_line_drawings_take_every_colour_from_the_style_sheet() {
    let drawings = names("src/pages/drawings");
    assert!(drawings.len() > 30, "only {} drawings", drawings.len());
    for name in drawings {
        let svg = fs::read_to_string(at(&format!("src/pages/drawings/{name}"))).unwrap();
        let opening = "<svg class=\"drawing\" viewBox=\"0 0 ";
        assert!(svg.starts_with(opening), "{name} begins with {svg:.60}");
        assert!(svg.contains("aria-hidden=\"true\" focusable=\"false\""), "{name} is decoration");
        // An id would be there twice where a drawing is; the policy forbids inline styles.
        for forbidden in [" id=", " style=", " fill=", " stroke=", "href", "<style", "{", "\n<"] {
            assert!(!svg.contains(forbidden), "{name} holds `{forbidden}`");
        }
        for class in svg.split("class=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            for word in class.split(' ') {
                let known = ["drawing", "drawing__line", "drawing__fill", "drawing__accent"];
                assert!(known.contains(&word), "{name}: the style sheet knows no `{word}`");
            }
        }
    }
}
