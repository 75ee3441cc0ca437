//! Pictures: what is taken in, what is taken out, and what is refused with which words.

use std::collections::BTreeSet;

use anytryon::domain::image::{
    Clean, Format, ICC_BYTES_MAX, INGEST_HEADER_BYTES_MAX, ImageFacts, Ingest, IngestFacts,
    IngestRefusal, Limits, Metadata, PARTS_MAX, SCANS_MAX, sanitize,
};
use anytryon::domain::refusal::{Code, Refusal};
use proptest::prelude::*;
use sha2::{Digest, Sha256};

use crate::image_fixtures::{
    CANARY, PNG_SIGNATURE, chunk, colorant, curve, iccp, ihdr, ihdr_of, jfif, jpeg, jpeg_exif,
    jpeg_icc, jpeg_of, png, profile, profile_of, progressive, riff, riff_chunk, segment, tiff, vp8,
    vp8l, vp8x, zlib,
};

const FIELD: &str = "person_image";

fn clean(bytes: &[u8]) -> Result<Clean, Refusal> {
    sanitize(bytes.to_vec(), FIELD, &Limits::UPLOAD)
}

fn code(bytes: &[u8]) -> Option<Code> {
    clean(bytes).err().map(|refusal| refusal.code)
}

fn removed(bytes: &[u8]) -> BTreeSet<Metadata> {
    clean(bytes).unwrap().removed
}

fn contains(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle)
}

/// Any fragment of a planted text, down to four letters.
fn has_canary(bytes: &[u8]) -> bool {
    contains(bytes, b"CANA") || contains(bytes, b"Lovelace")
}

/// What holds for every picture that comes out, whatever came in.
fn assert_stable(clean: &Clean) {
    let again = sanitize(clean.bytes.clone(), FIELD, &Limits::UPLOAD).unwrap();
    assert_eq!(again.bytes, clean.bytes);
    assert_eq!(again.facts, clean.facts);
    assert_eq!(again.removed, BTreeSet::new());
}

/// EXIF, GPS, thumbnails, XMP, IPTC, comments, makers' segments, in front of the tables.
fn planted_segments(orientation: u16, is_little: bool) -> Vec<Vec<u8>> {
    let with = |name: &[u8]| [name, CANARY].concat();
    vec![
        jfif(&[CANARY, &CANARY[..1]].concat()),
        segment(0xE0, &with(b"JFXX\0\x10")),
        jpeg_exif(&tiff(orientation, is_little)),
        jpeg_exif(&tiff(5, is_little)),
        segment(0xE1, &with(b"http://ns.adobe.com/xap/1.0/\0")),
        segment(0xE1, &with(b"http://ns.adobe.com/xmp/extension/\0")),
        jpeg_icc(&profile(9), 300),
        segment(0xE2, &with(b"MPF\0")),
        segment(0xE2, &with(b"FPXR\0")),
        segment(0xE5, CANARY),
        segment(0xEB, &with(b"JP\0\x01")),
        segment(0xEC, &with(b"Ducky")),
        segment(0xED, &with(b"Photoshop 3.0\0")),
        segment(0xEE, &with(b"Adobe\0\x64\0\0\0\0\x01")),
        segment(0xFE, CANARY),
        b"\xFF\xFF\xFF".to_vec(),
        segment(0xFE, CANARY),
        CANARY.to_vec(),
        b"\xFF\x01".to_vec(),
    ]
}

fn planted_jpeg(orientation: u16, is_little: bool) -> Vec<u8> {
    [jpeg(256, 264, &planted_segments(orientation, is_little)), CANARY.to_vec()].concat()
}

fn planted_png(orientation: u16, is_little: bool) -> Vec<u8> {
    let text = |keyword: &[u8]| [keyword, &[0], CANARY].concat();
    let before = [
        chunk(*b"gAMA", &[0, 0, 0xB1, 0x8F]),
        iccp(&profile(9)),
        chunk(*b"tEXt", &text(b"Comment")),
        chunk(*b"eXIf", &tiff(orientation, is_little)),
        chunk(*b"iTXt", &text(b"XML:com.adobe.xmp")),
        chunk(*b"zTXt", &text(b"Raw profile type iptc")),
        chunk(*b"caBX", CANARY),
        chunk(*b"pHYs", CANARY),
        chunk(*b"acTL", &[0, 0, 0, 1, 0, 0, 0, 0]),
    ];
    let behind = [
        chunk(*b"tIME", b"CANARY-"),
        chunk(*b"eXIf", &tiff(5, is_little)),
        chunk(*b"tEXt", &text(b"Author")),
        chunk(*b"gAMA", b"CANA"),
        chunk(*b"fdAT", CANARY),
    ];
    [png(256, 264, &before, &behind), CANARY.to_vec()].concat()
}

fn planted_webp(image: Vec<u8>, orientation: u16, is_little: bool) -> Vec<u8> {
    let chunks = [
        vp8x(0x3C, 256, 264),
        riff_chunk(*b"ICCP", &profile(9)),
        riff_chunk(*b"CANA", CANARY),
        image,
        riff_chunk(*b"EXIF", &tiff(orientation, is_little)),
        riff_chunk(*b"XMP ", CANARY),
        riff_chunk(*b"EXIF", &tiff(5, is_little)),
    ];
    [riff(&chunks), CANARY.to_vec()].concat()
}

fn planted(orientation: u16, is_little: bool) -> [Vec<u8>; 4] {
    [
        planted_jpeg(orientation, is_little),
        planted_png(orientation, is_little),
        planted_webp(vp8l(256, 264), orientation, is_little),
        planted_webp(vp8(256, 264), orientation, is_little),
    ]
}

/// Whole pictures with nothing to remove, beside the cleaned planted ones.
fn plain() -> Vec<Vec<u8>> {
    vec![
        jpeg(256, 264, &[]),
        progressive(256, 264, &[]),
        png(256, 264, &[], &[]),
        riff(&[vp8l(256, 264)]),
        riff(&[vp8(256, 264)]),
    ]
}

#[test]
fn names_are_the_same_on_every_wire() {
    for kind in Metadata::ALL {
        assert_eq!(serde_json::to_value(kind).unwrap(), kind.as_str());
        assert_eq!(Metadata::parse(kind.as_str()), Some(kind));
    }
    for format in Format::ALL {
        assert_eq!(serde_json::to_value(format).unwrap(), format.as_str());
        assert_eq!(Format::parse(format.as_str()), Some(format));
        assert_eq!(format.content_type(), format!("image/{}", format.as_str()));
    }
    assert_eq!(Metadata::parse("GPS"), None);
    assert_eq!(Format::Jpeg.extension(), "jpg");
}

#[test]
fn a_plain_picture_comes_out_as_it_went_in() {
    for bytes in plain() {
        let clean = clean(&bytes).unwrap();
        assert_eq!(clean.bytes, bytes);
        assert_eq!(clean.removed, BTreeSet::new());
        assert_eq!((clean.facts.width, clean.facts.height), (256, 264));
        assert_eq!(clean.facts.orientation, 1);
    }
}

#[test]
fn planted_texts_go_while_orientation_and_colours_stay() {
    for orientation in 1..=8 {
        for is_little in [false, true] {
            for bytes in planted(orientation, is_little) {
                assert!(has_canary(&bytes));
                let clean = clean(&bytes).unwrap();
                assert!(!has_canary(&clean.bytes), "{:?}", clean.facts);
                assert_eq!(u16::from(clean.facts.orientation), orientation);
                assert!(contains(&clean.bytes, &colorant(1)));
                assert!(contains(&clean.bytes, &colorant(3)));
                assert!(contains(&clean.bytes, &curve(9)));
                let tag = [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, clean.facts.orientation];
                assert_eq!(contains(&clean.bytes, &tag), orientation != 1);
                assert_stable(&clean);
            }
        }
    }
}

#[test]
fn what_was_removed_is_told_by_its_kind() {
    use Metadata::{
        Comment, Exif, ExtraPicture, Gps, IccText, Iptc, Other, Text, Thumbnail, Time,
        TrailingData, Xmp,
    };
    let [jpeg, png, webp, _] = planted(6, true);
    let common = [Gps, Exif, Xmp, Thumbnail, IccText, TrailingData, Other];
    let with = |more: &[Metadata]| common.iter().chain(more).copied().collect::<BTreeSet<_>>();
    assert_eq!(removed(&jpeg), with(&[Iptc, Comment, ExtraPicture]));
    assert_eq!(removed(&png), with(&[Iptc, Text, Time]));
    assert_eq!(removed(&webp), with(&[]));
}

#[test]
fn each_segment_by_itself_is_reported() {
    let exif_of = |parts: [&[u8]; 3]| parts.concat();
    let bare = |entries: u8, next: u8| {
        let entry = [0x01, 0x0F, 0, 2, 0, 0, 0, 1, b'x', 0, 0, 0];
        exif_of([b"MM\0*\0\0\0\x08\0", &[entries], &[&entry[..], &[0, 0, 0, next]].concat()])
    };
    let cases: [(Vec<u8>, &[Metadata]); 11] = [
        (jpeg_exif(&bare(1, 0)), &[Metadata::Exif]),
        (jpeg_exif(&bare(1, 8)), &[Metadata::Exif, Metadata::Thumbnail]),
        (jpeg_exif(CANARY), &[Metadata::Exif]),
        (segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x/>"), &[Metadata::Xmp]),
        (
            segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0exif:GPSLatitude"),
            &[Metadata::Gps, Metadata::Xmp],
        ),
        (segment(0xED, CANARY), &[Metadata::Iptc]),
        (segment(0xFE, b""), &[Metadata::Comment]),
        (jfif(&[1, 2, 3]), &[Metadata::Thumbnail]),
        (segment(0xE0, b"JFXX\0\x13"), &[Metadata::Thumbnail]),
        (segment(0xE2, b"MPF\0"), &[Metadata::ExtraPicture]),
        ([segment(0xDD, &[0, 0]), b"stray".to_vec()].concat(), &[Metadata::Other]),
    ];
    for (planted, kinds) in cases {
        let bytes = jpeg(256, 256, &[planted]);
        assert_eq!(removed(&bytes), kinds.iter().copied().collect(), "{kinds:?}");
    }
}

#[test]
fn what_decoders_need_of_application_segments_stays() {
    let plain_jfif = jfif(&[]);
    let cmyk_transform = segment(0xEE, b"Adobe\0\x64\0\0\0\0\x02");
    let mut thumbless = plain_jfif.clone();
    thumbless[16..18].copy_from_slice(&[0, 0]);
    let bytes = jpeg(256, 256, &[thumbless.clone(), cmyk_transform.clone()]);
    let clean = clean(&bytes).unwrap();
    assert_eq!(clean.bytes, bytes);
    assert_eq!(clean.removed, BTreeSet::new());
    let planted = jpeg(256, 256, &[plain_jfif, cmyk_transform.clone()]);
    assert!(contains(&sanitize(planted, FIELD, &Limits::UPLOAD).unwrap().bytes, &thumbless));
    assert_eq!(removed(&jpeg(256, 256, &[thumbless.clone(), thumbless])), [Metadata::Other].into());
    let short = segment(0xEE, b"Adobe\0\x64\0\0\0\0");
    assert_eq!(removed(&jpeg(256, 256, &[short])), [Metadata::Other].into());
}

#[test]
fn between_scans_only_tables_stay() {
    let comment = segment(0xFE, CANARY);
    let late = segment(0xE2, &[b"ICC_PROFILE\0\x01\x01", &profile(9)[..]].concat());
    let exif = jpeg_exif(&tiff(6, true));
    let clean = clean(&progressive(256, 264, &[comment, late, exif])).unwrap();
    assert_eq!(clean.bytes, progressive(256, 264, &[]));
    assert_eq!(clean.facts.orientation, 1);
    let kinds = [Metadata::Comment, Metadata::IccProfile, Metadata::Exif];
    assert_eq!(clean.removed, kinds.into());
}

#[test]
fn the_work_is_done_within_the_buffer_that_came_in() {
    for mut bytes in planted(6, true) {
        if bytes.starts_with(PNG_SIGNATURE) {
            // Its profile comes out uncompressed, for which a text must have made room.
            bytes.splice(8 + 25..8 + 25, chunk(*b"tEXt", &[b'x'; 2_000]));
        }
        bytes.shrink_to_fit();
        let (place, capacity) = (bytes.as_ptr(), bytes.capacity());
        let clean = sanitize(bytes, FIELD, &Limits::UPLOAD).unwrap();
        assert_eq!((clean.bytes.as_ptr(), clean.bytes.capacity()), (place, capacity));
    }
}

#[test]
fn a_profile_that_grows_overwrites_nothing() {
    // 4,000 points of a steady curve, whose fixture is compressed to literals of 8 or 9 bits.
    let profile = profile(4_000);
    let bytes = png(256, 264, &[iccp(&profile)], &[]);
    let clean = clean(&bytes).unwrap();
    assert!(contains(&clean.bytes, &curve(4_000)));
    let plain = png(256, 264, &[], &[]);
    let header = PNG_SIGNATURE.len() + ihdr(256, 264).len();
    assert_eq!(clean.bytes[..header], plain[..header]);
    assert!(clean.bytes.ends_with(&plain[header..]));
    assert_stable(&clean);
}

#[test]
fn a_profile_over_many_segments_comes_together() {
    let profile = profile(60_000);
    let bytes = jpeg(256, 256, &[jpeg_icc(&profile, 5_000)]);
    let clean = clean(&bytes).unwrap();
    assert_eq!(clean.removed, [Metadata::IccText].into());
    let pieces = memchr::memmem::find_iter(&clean.bytes, b"ICC_PROFILE\0").count();
    assert_eq!(pieces, 2);
    assert_stable(&clean);
}

#[test]
fn each_element_of_a_profile_is_cut_to_what_its_type_accounts_for() {
    let table = |head: &[u8], counts: &[u8], more: &[u8], numbers: usize| {
        let matrix = [7; 36];
        [head, &[0; 4], counts, &[0], &matrix, more, &vec![0x5A; numbers]].concat()
    };
    // 3 inputs, 2 outputs, a grid of 4: 3 x 256 + 4^3 x 2 + 2 x 256 bytes; with curves of 5 and 6
    // points 3 x 5 + 4^3 x 2 + 2 x 6 numbers of two bytes.
    let narrow = table(b"mft1", &[3, 2, 4], &[], 768 + 128 + 512);
    let wide = table(b"mft2", &[3, 2, 4], &[0, 5, 0, 6], 2 * (15 + 128 + 12));
    let parametric = [&b"para\0\0\0\0\0\x03\0\0"[..], &[9; 20]].concat();
    let matrix = [&b"sf32\0\0\0\0"[..], &[8; 36]].concat();
    let elements: [(&[u8; 4], Vec<u8>); 7] = [
        (b"A2B0", wide),
        (b"A2B1", narrow),
        (b"rTRC", parametric),
        (b"gTRC", curve(7)),
        (b"chad", matrix),
        (b"rXYZ", colorant(4)),
        (b"cicp", b"cicp\0\0\0\0\x09\x10\0\x01".to_vec()),
    ];
    let webp = |elements: &[(&[u8; 4], Vec<u8>)]| {
        let profile = riff_chunk(*b"ICCP", &profile_of(elements));
        riff(&[vp8x(0x20, 256, 256), profile, vp8(256, 256)])
    };
    let longer = elements.clone().map(|(tag, element)| (tag, [element, CANARY.to_vec()].concat()));
    let shorter = elements.clone().map(|(tag, mut element)| {
        element.pop();
        (tag, element)
    });
    let cut = clean(&webp(&longer)).unwrap();
    assert_eq!(cut.bytes, clean(&webp(&elements)).unwrap().bytes);
    assert!(!has_canary(&cut.bytes));
    for (_, element) in &elements {
        assert!(contains(&cut.bytes, element));
    }
    assert_stable(&cut);
    let twice = [&elements[..], &[(b"rXYZ", colorant(5)), (b"lumi", colorant(6))]].concat();
    assert_eq!(clean(&webp(&twice)).unwrap().bytes, cut.bytes);
    // Nothing of use is left, so the whole profile goes.
    assert_eq!(removed(&webp(&shorter)), [Metadata::IccProfile].into());
    let texts: [(&[u8; 4], Vec<u8>); 2] = [
        (b"rTRC", [b"text\0\0\0\0", CANARY].concat()),
        (b"wtpt", [b"XYZ CANA", &[0; 12][..]].concat()),
    ];
    assert_eq!(removed(&webp(&texts)), [Metadata::IccProfile].into());
}

#[test]
fn a_broken_or_huge_profile_is_dropped_and_reported() {
    let good = profile(9);
    let with = |at: usize, value: u8| {
        let mut profile = good.clone();
        profile[at] = value;
        profile
    };
    let huge = {
        let mut huge = good.clone();
        huge.resize(ICC_BYTES_MAX + 1, 0);
        huge[..4].copy_from_slice(&u32::try_from(ICC_BYTES_MAX + 1).unwrap().to_be_bytes());
        huge
    };
    let longer = [&good[..], &[0; 4]].concat();
    let many = {
        let element = (b"zzzz", vec![]);
        profile_of(&[vec![(b"rXYZ", colorant(1))], vec![element; 100]].concat())
    };
    // Signature; number of tags; offset of a tag.
    let broken =
        [with(36, b'x'), with(131, 200), with(136, 0xFF), good[..200].to_vec(), longer, many, huge];
    for profile in broken {
        let files = [
            jpeg(256, 256, &[jpeg_icc(&profile, 60_000)]),
            png(256, 256, &[iccp(&profile)], &[]),
            riff(&[vp8x(0x20, 256, 256), riff_chunk(*b"ICCP", &profile), vp8(256, 256)]),
        ];
        for bytes in files {
            let clean = clean(&bytes).unwrap();
            assert_eq!(clean.removed, [Metadata::IccProfile].into());
            assert!(!contains(&clean.bytes, b"mntrRGB"));
            assert_stable(&clean);
        }
    }
}

#[test]
fn profile_pieces_out_of_order_or_missing_are_dropped() {
    let pieces: Vec<_> = {
        let profile = profile(9);
        let count = u8::try_from(profile.len().div_ceil(200)).unwrap();
        let numbered = (1..).zip(profile.chunks(200));
        let piece = |(number, data): (u8, &[u8])| {
            segment(0xE2, &[&b"ICC_PROFILE\0"[..], &[number, count], data].concat())
        };
        numbered.map(piece).collect()
    };
    let mut swapped = pieces.clone();
    swapped.swap(0, 1);
    let twice = [&pieces[..1], &pieces[..]].concat();
    // The place of the count in a piece: behind marker, length, name and number.
    let mut other_count = pieces.clone();
    other_count.last_mut().unwrap()[2 + 2 + 12 + 1] += 1;
    let one_missing = pieces.clone().into_iter().map(|mut piece| {
        piece[2 + 2 + 12 + 1] += 1;
        piece
    });
    let (first_missing, last_missing) = (pieces[1..].to_vec(), pieces[..pieces.len() - 1].to_vec());
    let one_missing = one_missing.collect();
    for segments in [swapped, twice, other_count, one_missing, first_missing, last_missing] {
        assert_eq!(removed(&jpeg(256, 256, &segments)), [Metadata::IccProfile].into());
    }
    assert_eq!(removed(&jpeg(256, 256, &pieces)), [Metadata::IccText].into());
}

#[test]
fn elements_that_overlap_cannot_blow_up_a_profile() {
    // All 26 elements of colour start within one table of 600 KB, each at another place.
    let tags = b"wtptbkptchadrXYZgXYZbXYZrTRCgTRCbTRCkTRCA2B0A2B1A2B2A2B3B2A0B2A1B2A2B2A3";
    let mut profile = vec![0; 128];
    profile[8] = 4;
    profile[36..40].copy_from_slice(b"acsp");
    profile.extend(18_u32.to_be_bytes());
    let start = 128 + 4 + 12 * 18;
    for (number, tag) in (0_u32..).zip(tags.chunks(4)) {
        profile.extend(tag);
        profile.extend((start + 8 * number).to_be_bytes());
        profile.extend((600_000 - 8 * number).to_be_bytes());
    }
    profile.resize(usize::try_from(start).unwrap(), 0);
    profile.extend(b"mAB \0\0\0\0".iter().copied().cycle().take(600_000));
    let length = u32::try_from(profile.len()).unwrap();
    profile[..4].copy_from_slice(&length.to_be_bytes());
    let bytes = riff(&[vp8x(0x20, 256, 256), riff_chunk(*b"ICCP", &profile), vp8(256, 256)]);
    assert_eq!(removed(&bytes), [Metadata::IccProfile].into());
}

#[test]
fn a_compressed_profile_bomb_is_dropped() {
    let bomb = chunk(*b"iCCP", &[b"icc\0\0", &zlib(&vec![0; ICC_BYTES_MAX + 1])[..]].concat());
    assert_eq!(removed(&png(256, 256, &[bomb], &[])), [Metadata::IccProfile].into());
}

/// The oracle: a prefix is accepted exactly when it holds the whole picture, and then it comes out
/// as the whole file does.
#[test]
fn a_picture_cut_off_at_any_byte_is_refused() {
    let tail = CANARY.len();
    let planted = planted(6, true).map(|bytes| (bytes, tail));
    for (bytes, tail) in planted.into_iter().chain(plain().into_iter().map(|bytes| (bytes, 0))) {
        let whole = clean(&bytes).unwrap();
        for length in 0..bytes.len() {
            match clean(&bytes[..length]) {
                Ok(cut) => {
                    assert!(length >= bytes.len() - tail, "accepted {length} bytes");
                    assert_eq!(cut.bytes, whole.bytes);
                }
                Err(refusal) => {
                    assert!(length < bytes.len() - tail, "{length}: {refusal:?}");
                    let known = length >= 12;
                    let code = Code::ImageUnreadable;
                    assert!(!known || refusal.code == code, "{length}: {refusal:?}");
                }
            }
        }
    }
}

/// The oracle: whatever one byte becomes, the picture is refused, or comes out stable and without
/// a fragment of the planted texts.
#[test]
fn no_damaged_byte_lets_a_planted_text_through() {
    for bytes in planted(6, true) {
        let mut accepted = 0;
        for place in 0..bytes.len() {
            for value in (0..8).map(|bit| bytes[place] ^ 1 << bit).chain([0x00, 0xFF]) {
                let mut damaged = bytes.clone();
                damaged[place] = value;
                if let Ok(clean) = clean(&damaged) {
                    accepted += 1;
                    assert!(!has_canary(&clean.bytes), "{:?} {place} {value}", clean.facts);
                    assert_stable(&clean);
                }
            }
        }
        // Damage inside what goes anyway does no harm.
        assert!(accepted > 1_000, "{accepted}");
    }
}

/// Every four bytes in turn are overwritten by numbers that a length field may lie with.
#[test]
fn lying_lengths_never_let_a_planted_text_through() {
    let lies = [0_u32, 1, 2, 3, 7, 0xFF, 0x100, 0xFFFF, 0x1_0000, 0x7FFF_FFFF, 0xFFFF_FFFF];
    for bytes in planted(6, false) {
        for place in 0..bytes.len() - 4 {
            for lie in lies {
                for lie in [lie.to_be_bytes(), lie.to_le_bytes()] {
                    let mut lying = bytes.clone();
                    lying[place..place + 4].copy_from_slice(&lie);
                    if let Ok(clean) = clean(&lying) {
                        assert!(!has_canary(&clean.bytes), "{:?} {place}", clean.facts);
                        assert_stable(&clean);
                    }
                }
            }
        }
    }
}

#[test]
fn an_archive_or_page_behind_the_picture_is_cut_off() {
    let tails =
        [&b"PK\x03\x04CANARY"[..], b"<html><script>CANARY</script></html>", b"\xFF\xD8\xFF"];
    for bytes in plain() {
        for tail in tails {
            let clean = clean(&[&bytes, tail].concat()).unwrap();
            assert_eq!(clean.bytes, bytes);
            assert_eq!(clean.removed, [Metadata::TrailingData].into());
        }
    }
}

#[test]
fn a_second_picture_inside_one_webp_goes() {
    let bytes = riff(&[vp8l(256, 264), vp8(256, 264), riff_chunk(*b"XMP ", CANARY)]);
    let clean = clean(&bytes).unwrap();
    assert_eq!(clean.bytes, riff(&[vp8l(256, 264)]));
    assert_eq!(clean.removed, [Metadata::ExtraPicture, Metadata::Xmp].into());
}

#[test]
fn transparency_of_a_lossy_webp_stays_and_is_flagged() {
    let alpha = riff_chunk(*b"ALPH", &[0, 1, 2]);
    let bytes = riff(&[vp8x(0x10, 256, 256), alpha.clone(), vp8(256, 256)]);
    assert_eq!(clean(&bytes).unwrap().bytes, bytes);
    let second = riff_chunk(*b"ALPH", CANARY);
    let twice = riff(&[vp8x(0x10, 256, 256), alpha.clone(), second, vp8(256, 256)]);
    let once = clean(&twice).unwrap();
    assert_eq!((once.bytes, once.removed), (bytes, [Metadata::Other].into()));
    let lossless = riff(&[vp8x(0x10, 256, 256), alpha, vp8l(256, 256)]);
    let clean = clean(&lossless).unwrap();
    assert_eq!(clean.bytes, riff(&[vp8x(0x10, 256, 256), vp8l(256, 256)]));
    assert_eq!(clean.removed, [Metadata::Other].into());
}

#[test]
fn the_extended_header_of_a_webp_flags_what_stays() {
    let minimal = |orientation| {
        let exif = jpeg_exif(&tiff(orientation, true));
        let clean = clean(&jpeg(256, 256, &[exif])).unwrap();
        // Marker, length, name and pad in front of 26 bytes of TIFF.
        riff_chunk(*b"EXIF", &clean.bytes[2 + 10..2 + 10 + 26])
    };
    let webp = |flags, exif: Vec<u8>| riff(&[vp8x(flags, 256, 256), vp8(256, 256), exif]);
    let prefixed = riff_chunk(*b"EXIF", &[b"Exif\0\0", &tiff(8, true)[..]].concat());
    for exif in [riff_chunk(*b"EXIF", &tiff(8, true)), prefixed] {
        let clean = clean(&webp(0x3C, exif)).unwrap();
        assert_eq!(clean.facts.orientation, 8);
        assert_eq!(clean.bytes, webp(0x08, minimal(8)));
    }
    let upright = clean(&webp(0x3C, riff_chunk(*b"EXIF", &tiff(1, true)))).unwrap();
    assert_eq!(upright.bytes, webp(0, vec![]));
    // Readers look for EXIF only behind an extended header.
    let simple = clean(&riff(&[vp8(256, 256), riff_chunk(*b"EXIF", &tiff(8, true))])).unwrap();
    assert_eq!(simple.bytes, riff(&[vp8(256, 256)]));
    assert_eq!(simple.facts.orientation, 1);
}

#[test]
fn a_pad_byte_that_no_length_counts_is_no_trailing_data() {
    let bytes = riff(&[vp8(256, 256)]);
    let mut uncounted = bytes.clone();
    uncounted[4] -= 1;
    let clean = clean(&uncounted).unwrap();
    assert_eq!((clean.bytes, clean.removed), (bytes, BTreeSet::new()));
}

#[test]
fn small_chunks_of_a_png_count_once_and_in_their_place() {
    let gamma = |value| chunk(*b"gAMA", &[0, 0, 0, value]);
    let twice = clean(&png(256, 256, &[gamma(1), gamma(2)], &[gamma(3)])).unwrap();
    assert_eq!(twice.bytes, png(256, 256, &[gamma(1)], &[]));
    assert_eq!(twice.removed, [Metadata::Other].into());
    let palette = chunk(*b"PLTE", &[0; 6]);
    let late = clean(&png(256, 256, &[palette.clone(), iccp(&profile(9))], &[])).unwrap();
    assert_eq!(late.bytes, png(256, 256, &[palette], &[]));
    assert_eq!(late.removed, [Metadata::IccProfile].into());
    let method = chunk(*b"iCCP", &[b"icc\0\x01", &zlib(&profile(9))[..]].concat());
    assert_eq!(removed(&png(256, 256, &[method], &[])), [Metadata::IccProfile].into());
}

/// The independent reader is the decompressor of another project.
#[test]
fn a_large_profile_of_a_png_can_be_unpacked_again() {
    let curve = curve(50_000);
    let bytes = png(256, 256, &[iccp(&profile_of(&[(b"kTRC", curve.clone())]))], &[]);
    let clean = clean(&bytes).unwrap();
    let start = memchr::memmem::find(&clean.bytes, b"iCCPicc\0\0").unwrap() + 9;
    let end = memchr::memmem::find(&clean.bytes, b"IDAT").unwrap() - 8;
    let stream = &clean.bytes[start..end];
    let profile = miniz_oxide::inflate::decompress_to_vec_zlib(stream).unwrap();
    assert_eq!(profile[..4], u32::try_from(profile.len()).unwrap().to_be_bytes());
    assert!(profile.ends_with(&curve));
}

#[test]
fn fill_bytes_inside_pixels_stay() {
    let bytes = jpeg(256, 256, &[]);
    let restart = memchr::memmem::find(&bytes, b"\xFF\xD0").unwrap();
    for inside in [&b"\xFF\xFF\0"[..], b"\xFF", b"\xFF\xFF\xFF\0\xFF"] {
        let filled = [&bytes[..restart], inside, &bytes[restart..]].concat();
        let clean = clean(&filled).unwrap();
        assert_eq!((clean.bytes, clean.removed), (filled.clone(), BTreeSet::new()));
        assert!(ingest(&filled, 1).is_ok());
    }
}

#[test]
fn a_missing_pad_byte_is_added() {
    let whole = riff(&[vp8(256, 256)]);
    let mut bytes = whole.clone();
    assert_eq!(bytes.pop(), Some(0));
    bytes[4] -= 1;
    assert_eq!(clean(&bytes).unwrap().bytes, whole);
}

#[test]
fn more_parts_than_a_picture_has_are_refused() {
    let jpeg_of = |count: usize| jpeg(256, 256, &vec![segment(0xEF, b""); count]);
    let png_of = |count: usize| png(256, 256, &vec![chunk(*b"zzZz", b""); count], &[]);
    let webp_of = |count: usize| {
        let chunks = vec![riff_chunk(*b"ZZZZ", b""); count];
        riff(&[vec![vp8x(0, 256, 256), vp8(256, 256)], chunks].concat())
    };
    let room = PARTS_MAX - 20;
    for bytes in [jpeg_of(room), png_of(room), webp_of(room)] {
        assert_eq!(removed(&bytes), [Metadata::Other].into());
    }
    for bytes in [jpeg_of(10_000), png_of(10_000), webp_of(10_000)] {
        let refusal = clean(&bytes).unwrap_err();
        assert_eq!(refusal.code, Code::ImageUnreadable);
        assert!(refusal.detail.contains("8192 parts"), "{}", refusal.detail);
    }
}

#[test]
fn more_scans_than_a_picture_has_are_refused() {
    let bytes = jpeg(256, 256, &[]);
    let start = memchr::memmem::find(&bytes, b"\xFF\xDA").unwrap();
    let (head, scan) = bytes[..bytes.len() - 2].split_at(start);
    let of = |count: usize| [head, &scan.repeat(count), b"\xFF\xD9"].concat();
    assert!(clean(&of(SCANS_MAX)).is_ok());
    let refusal = clean(&of(SCANS_MAX + 1)).unwrap_err();
    assert!(refusal.detail.contains("100 scans"), "{}", refusal.detail);
}

/// The same picture in each format, by its headers.
fn of_size(width: u16, height: u16) -> Vec<Vec<u8>> {
    let (w, h) = (u32::from(width), u32::from(height));
    vec![
        jpeg(width, height, &[]),
        progressive(width, height, &[]),
        png(w, h, &[], &[]),
        riff(&[vp8(width & 0x3FFF, height & 0x3FFF)]),
        riff(&[vp8l(w.min(16_384), h.min(16_384))]),
        riff(&[vp8x(0, w, h), vp8(width & 0x3FFF, height & 0x3FFF)]),
    ]
}

#[test]
fn sides_and_pixels_are_counted_from_the_headers() {
    let fits = [(256, 256), (8_192, 256), (256, 8_192), (8_000, 5_000), (5_000, 8_000)];
    for (width, height) in fits {
        for bytes in of_size(width, height) {
            let clean = clean(&bytes).unwrap();
            let facts = (clean.facts.width, clean.facts.height);
            assert_eq!(facts, (u32::from(width), u32::from(height)));
        }
    }
    let refused = [
        (255, 256, Code::ImageTooSmall, "each side needs at least 256"),
        (256, 255, Code::ImageTooSmall, "each side needs at least 256"),
        (8_193, 256, Code::ImageTooLarge, "no side may have more than 8192"),
        (256, 8_193, Code::ImageTooLarge, "no side may have more than 8192"),
        (8_000, 5_001, Code::ImageTooLarge, "which is 40.1 megapixels; the most is 40."),
        (16_000, 16_000, Code::ImageTooLarge, "16000 x 16000 pixels"),
    ];
    for (width, height, code, words) in refused {
        for bytes in of_size(width, height) {
            let refusal = clean(&bytes).unwrap_err();
            assert_eq!(refusal.code, code, "{width} x {height}");
            assert!(refusal.detail.contains(words), "{}", refusal.detail);
        }
    }
}

#[test]
fn floods_of_pixels_are_refused_by_their_header_alone() {
    let extended = riff(&[vp8x(0, 1 << 24, 1 << 24)]);
    let files = [
        jpeg(65_535, 65_535, &[]),
        [PNG_SIGNATURE, &ihdr(30_000, 30_000)].concat(),
        [PNG_SIGNATURE, &ihdr(0x7FFF_FFFF, 0x7FFF_FFFF)].concat(),
        extended,
    ];
    for bytes in files {
        assert_eq!(code(&bytes), Some(Code::ImageTooLarge));
    }
}

#[test]
fn bytes_are_counted_first() {
    let mut bytes = jpeg(256, 256, &[]);
    bytes.resize(Limits::UPLOAD.bytes_max, 0);
    assert!(clean(&bytes).is_ok());
    bytes.push(0);
    let refusal = clean(&bytes).unwrap_err();
    assert_eq!(refusal.code, Code::ImageTooLarge);
    assert!(refusal.detail.contains("10.1 MB; the most is 10 MB"), "{}", refusal.detail);
}

#[test]
fn each_foreign_or_animated_file_gets_its_own_words() {
    let unsupported = Code::ImageFormatUnsupported;
    let animated_png = png(256, 256, &[chunk(*b"acTL", &[0, 0, 0, 2, 0, 0, 0, 0])], &[]);
    let animated_webp = riff(&[vp8x(0x02, 256, 256), riff_chunk(*b"ANIM", &[0; 6])]);
    let flagged = riff(&[vp8x(0x02, 256, 256), vp8(256, 256)]);
    let unflagged = riff(&[vp8x(0, 256, 256), riff_chunk(*b"ANMF", &[0; 30])]);
    let xml = b"\xEF\xBB\xBF \n<?xml version='1.0'?><!-- x --><SVG xmlns='x'/>";
    let cases: [(&[u8], Code, &str); 28] = [
        (b"", Code::ImageUnreadable, "The file is empty"),
        (b"GIF89a\x01\0\x01\0", unsupported, "GIF"),
        (b"GIF87a\x01\0\x01\0", unsupported, "GIF"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", unsupported, "HEIC"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heix", unsupported, "HEIC"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1avif", unsupported, "AVIF"),
        (b"\0\0\0\x14ftypavif\0\0\0\0mif1", unsupported, "AVIF"),
        (b"\0\0\0\x14ftypisom\0\0\0\0mp42", unsupported, "video"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", unsupported, "SVG"),
        (xml, unsupported, "SVG"),
        (b"<!DOCTYPE html><svg/>", unsupported, "web page"),
        (b"  <HTML><body>", unsupported, "web page"),
        (b"%PDF-1.7\n", unsupported, "PDF"),
        (b"II*\0\x08\0\0\0", unsupported, "TIFF"),
        (b"MM\0*\0\0\0\x08", unsupported, "TIFF"),
        (b"BM\x36\0\0\0", unsupported, "BMP"),
        (b"\xFF\x0A\xFA\x1F", unsupported, "JPEG XL"),
        (b"\0\0\0\x0CjP  \r\n\x87\n", unsupported, "JPEG 2000"),
        (b"RIFF\x24\0\0\0WAVEfmt ", unsupported, "content counts"),
        (b"PK\x03\x04", unsupported, "content counts"),
        (b"person.jpg", unsupported, "content counts"),
        (&animated_png, Code::ImageUnreadable, "only one frame"),
        (&animated_webp, Code::ImageUnreadable, "only one frame"),
        (&flagged, Code::ImageUnreadable, "only one frame"),
        (&unflagged, Code::ImageUnreadable, "only one frame"),
        (&jpeg_of(0xC3, 256, 256, &[]), unsupported, "lossless"),
        (&jpeg_of(0xC9, 256, 256, &[]), unsupported, "arithmetic"),
        (&jpeg_of(0xC5, 256, 256, &[]), unsupported, "hierarchical"),
    ];
    for (bytes, code, words) in cases {
        let refusal = clean(bytes).unwrap_err();
        assert_eq!((refusal.code, refusal.field), (code, Some(FIELD)), "{words}");
        assert!(refusal.detail.contains(words), "{words}: {}", refusal.detail);
        assert!(refusal.detail.ends_with('.'));
    }
}

/// The first place of `needle` overwritten.
fn patched(mut bytes: Vec<u8>, needle: &[u8], new: &[u8]) -> Vec<u8> {
    let place = memchr::memmem::find(&bytes, needle).unwrap();
    bytes[place..place + new.len()].copy_from_slice(new);
    bytes
}

#[test]
fn a_picture_that_contradicts_itself_is_refused_with_the_place() {
    let jpeg = || jpeg(256, 256, &[]);
    let png = |before: &[Vec<u8>]| png(256, 256, before, &[]);
    let interrupted = {
        let bytes = png(&[]);
        let second = memchr::memmem::rfind(&bytes, b"IDAT").unwrap() - 4;
        [&bytes[..second], &chunk(*b"tEXt", b"a\0b"), &bytes[second..]].concat()
    };
    let palette = png(&[chunk(*b"PLTE", &[0; 4])]);
    let sizes = riff(&[vp8x(0, 256, 256), vp8(256, 257)]);
    let two_frames = [&jpeg()[..jpeg().len() - 2], &jpeg()[2..]].concat();
    let scan = memchr::memmem::find(&jpeg(), b"\xFF\xDA").unwrap();
    let no_scan = [&jpeg()[..scan], b"\xFF\xD9"].concat();
    let empty_scan = [&jpeg()[..scan + 10], b"\xFF\xD9"].concat();
    let colours = chunk(*b"PLTE", &[0; 6]);
    let two_palettes = png(&[colours.clone(), colours]);
    let no_palette = {
        let header = PNG_SIGNATURE.len() + ihdr(256, 256).len();
        [PNG_SIGNATURE, &ihdr_of(256, 256, 3), &png(&[])[header..]].concat()
    };
    let cases = [
        (no_scan, "before its pixels"),
        (empty_scan, "a scan is empty"),
        (two_palettes, "its palette is wrong"),
        (no_palette, "its palette is missing"),
        (png(&[chunk(*b"te t", b"")]), "a chunk has no name"),
        (patched(jpeg(), b"\x01\x01\x11\0", b"\x01\x01\x01\0"), "its frame header"),
        (patched(jpeg(), b"\xFF\xDB\0\x43\0", b"\xFF\xDB\0\x43\x10"), "a quantization table"),
        (patched(jpeg(), b"\xFF\xC4\0\x15\0", b"\xFF\xC4\0\x15\x20"), "a Huffman table"),
        (patched(jpeg(), b"\xFF\xDA\0\x08\x01", b"\xFF\xDA\0\x09\x01"), "a scan header"),
        (patched(riff(&[vp8(256, 256)]), b"\x30\x04\0\x9D", b"\x50\x04\0\x9D"), "its frame header"),
        (patched(riff(&[vp8(256, 256)]), b"\x30\x04\0\x9D", b"\x31\x04\0\x9D"), "its frame header"),
        (patched(jpeg(), b"\xFF\xC0", b"\xFF\xC4"), "a Huffman table"),
        (patched(jpeg(), b"\xFF\xDB\0\x43\0", b"\xFF\xDB\0\x43\x24"), "a quantization table"),
        (patched(jpeg(), b"\xFF\xDD\0\x04", b"\xFF\xDD\0\x03"), "its restart interval"),
        (patched(jpeg(), b"\xFF\xDA\0\x08\x01", b"\xFF\xDA\0\x08\x02"), "a scan header"),
        (patched(jpeg(), b"\xFF\xC0\0\x0B\x08\x01", b"\xFF\xC0\0\x0B\x08\0"), "width and height"),
        (patched(jpeg(), b"\xFF\xC4", b"\xFF\x02"), "a marker that no JPEG has"),
        (patched(jpeg(), b"\xFF\xDB\0\x43", b"\xFF\xDB\0\x01"), "shorter than its own"),
        (patched(jpeg(), b"\xFF\xDB", b"\xFF\xD8"), "a second picture"),
        (patched(jpeg(), b"\xFF\xDB", b"\xFF\xD9"), "before its frame header"),
        (two_frames, "two frame headers"),
        (patched(png(&[]), b"\r\n\x1A\n", b"\n\x1A\n\0"), "its first bytes"),
        (patched(png(&[]), b"\0\0\x01\0\x01\0", b"\0\0\x01\x01\x01"), "its header is wrong"),
        (patched(png(&[]), b"IDAT\x78\x01", b"IDAT\x78\x02"), "a checksum"),
        (patched(png(&[]), b"IEND", b"IENE"), "must be known"),
        (patched(png(&[]), b"IEND\xAE", b"IEND\xAF"), "its end"),
        (png(&[chunk(*b"CgBI", &[0; 4])]), "must be known"),
        (interrupted, "is interrupted"),
        (palette, "its palette"),
        (sizes, "different sizes"),
        (riff(&[riff_chunk(*b"XMP ", b"x")]), "no image data"),
        (riff(&[vp8(256, 256), vp8x(0, 256, 256)]), "its extended header"),
        (patched(riff(&[vp8(256, 256)]), b"\x9D\x01", b"\x9D\x02"), "its frame header"),
        (patched(riff(&[vp8l(256, 256)]), b"\x2F", b"\x2E"), "its frame header"),
    ];
    for (bytes, words) in cases {
        let refusal = clean(&bytes).unwrap_err();
        assert_eq!(refusal.code, Code::ImageUnreadable, "{words}: {}", refusal.detail);
        assert!(refusal.detail.contains(words), "{words}: {}", refusal.detail);
    }
}

#[test]
fn a_turned_picture_is_displayed_with_its_sides_swapped() {
    for orientation in 1..=8 {
        let facts = ImageFacts { format: Format::Jpeg, width: 3, height: 2, orientation };
        assert_eq!(facts.displayed(), if orientation < 5 { (3, 2) } else { (2, 3) });
    }
}

#[test]
fn an_orientation_out_of_range_counts_as_upright() {
    for orientation in [0, 9, 255, 256, 65_535] {
        let clean = clean(&jpeg(256, 256, &[jpeg_exif(&tiff(orientation, true))])).unwrap();
        assert_eq!(clean.facts.orientation, 1);
        assert!(!contains(&clean.bytes, b"Exif"));
    }
    // Kind LONG instead of SHORT; two values instead of one.
    let tiff = tiff(6, false);
    for other in [&b"\x01\x12\0\x04\0\0\0\x01"[..], b"\x01\x12\0\x03\0\0\0\x02"] {
        let tiff = patched(tiff.clone(), b"\x01\x12", other);
        let clean = clean(&jpeg(256, 256, &[jpeg_exif(&tiff)])).unwrap();
        assert_eq!(clean.facts.orientation, 1);
    }
}

/// An orientation that stands before the cut of a damaged EXIF block counts, as in browsers.
#[test]
fn an_exif_block_may_be_cut_off_behind_its_orientation() {
    let tiff = tiff(6, true);
    let clean = clean(&jpeg(256, 256, &[jpeg_exif(&tiff[..8 + 2 + 24])])).unwrap();
    assert_eq!(clean.facts.orientation, 6);
    assert_stable(&clean);
}

fn ingest(bytes: &[u8], step: usize) -> Result<IngestFacts, IngestRefusal> {
    let mut ingest = Ingest::new(30 << 20);
    for chunk in bytes.chunks(step) {
        ingest.feed(chunk)?;
    }
    ingest.finish()
}

#[test]
fn a_result_is_read_the_same_however_it_is_cut() {
    let big = jpeg(256, 256, &vec![segment(0xEB, &vec![0xFF; 60_000]); 5]);
    for bytes in plain().into_iter().chain(planted(6, true)).chain([big]) {
        let facts = clean(&bytes).unwrap().facts;
        for step in [1, 2, 3, 5, 7, 11, 12, 13, 64, 1_000, usize::MAX] {
            let seen = ingest(&bytes, step).unwrap();
            assert_eq!((seen.format, seen.width), (facts.format, facts.width));
            assert_eq!((seen.height, seen.bytes), (facts.height, bytes.len() as u64));
            assert_eq!(seen.sha256, *Sha256::digest(&bytes));
            assert_eq!(seen.crc32, crc32fast::hash(&bytes));
        }
    }
}

/// The oracle: a result is taken exactly when the whole picture has come.
#[test]
fn a_result_cut_off_at_any_byte_is_truncated() {
    let tail = CANARY.len();
    let planted = planted(6, true).map(|bytes| (bytes, tail));
    for (bytes, tail) in planted.into_iter().chain(plain().into_iter().map(|bytes| (bytes, 0))) {
        for length in 0..bytes.len() - tail {
            let whole = ingest(&bytes[..length], 100);
            assert_eq!(whole, Err(IngestRefusal::Truncated), "{length}");
        }
        for length in bytes.len() - tail..=bytes.len() {
            assert!(ingest(&bytes[..length], 100).is_ok(), "{length}");
        }
    }
}

#[test]
fn a_result_that_is_no_picture_is_refused() {
    let html = b"<!doctype html><title>502 Bad Gateway</title>";
    for bytes in
        [&html[..], b"{\"code\":500}", b"GIF89a\0\0\0\0\0\0\0", b"no", b"%PDF-1.7 and more"]
    {
        assert_eq!(ingest(bytes, 4), Err(IngestRefusal::NotAnImage));
    }
    assert_eq!(ingest(b"", 1), Err(IngestRefusal::Truncated));
}

#[test]
fn a_result_over_its_cap_is_refused_at_the_first_byte_too_many() {
    let bytes = png(256, 256, &[], &[]);
    let cap = bytes.len() as u64;
    let mut exact = Ingest::new(cap);
    exact.feed(&bytes).unwrap();
    assert_eq!(exact.clone().finish().map(|facts| facts.bytes), Ok(cap));
    assert_eq!(exact.feed(&[0]), Err(IngestRefusal::TooLarge));
}

#[test]
fn a_result_must_state_its_size_near_its_start() {
    let max = usize::try_from(INGEST_HEADER_BYTES_MAX).unwrap();
    // Segments of 65,536 bytes in all, and one that is shorter; 71 bytes of start and table; then
    // marker and length of the frame header, 4 bytes, end at the given place.
    let of = |place: usize| {
        let (whole, rest) = ((place - 75) / 65_536, (place - 75) % 65_536);
        let segment = |length: usize| segment(0xEB, &vec![0; length - 4]);
        jpeg(256, 256, &[vec![segment(65_536); whole], vec![segment(rest)]].concat())
    };
    let bytes = of(max);
    assert_eq!(bytes[max - 4..max - 2], [0xFF, 0xC0]);
    assert!(ingest(&bytes, 4_096).is_ok());
    assert_eq!(ingest(&of(max + 1), 4_096), Err(IngestRefusal::Unreadable));
}

#[test]
fn a_result_that_contradicts_itself_is_refused() {
    let jpeg = || jpeg(256, 256, &[]);
    let animated = riff(&[vp8x(0x02, 256, 256), riff_chunk(*b"ANIM", &[0; 6])]);
    let scan = memchr::memmem::find(&jpeg(), b"\xFF\xDA").unwrap();
    let cases = [
        patched(jpeg(), b"\xFF\xDB", b"\xFF\xD8"),
        patched(jpeg(), b"\xFF\xDB", b"\xFF\xD9"),
        patched(jpeg(), b"\xFF\xDB\0\x43", b"\xFF\xDB\0\x01"),
        patched(jpeg(), b"\xFF\xC0\0\x0B\x08\x01", b"\xFF\xC0\0\x0B\x08\0"),
        jpeg_of(0xC9, 256, 256, &[]),
        [&jpeg()[..scan], b"\xFF\xD9\0\0"].concat(),
        patched(png(256, 256, &[], &[]), b"\r\n\x1A\n", b"\n\x1A\n\0"),
        patched(png(256, 256, &[], &[]), b"IHDR", b"IDAT"),
        [PNG_SIGNATURE, &ihdr(256, 256), &chunk(*b"IEND", b"")].concat(),
        patched(riff(&[vp8(256, 256)]), b"\x9D\x01", b"\x9D\x02"),
        animated,
    ];
    for (number, bytes) in cases.into_iter().enumerate() {
        assert_eq!(ingest(&bytes, 50), Err(IngestRefusal::Unreadable), "case {number}");
    }
}

/// What must hold for bytes that nobody made on purpose.
fn assert_safe(bytes: &[u8]) {
    if let Some(clean) = assert_harmless(bytes) {
        assert!(!has_canary(&clean.bytes));
    }
}

/// The same, but for what it says about metadata.
fn assert_harmless(bytes: &[u8]) -> Option<Clean> {
    let cleaned = clean(bytes).ok();
    if let Some(clean) = &cleaned {
        assert_stable(clean);
        let facts = ingest(&clean.bytes, 1_000).unwrap();
        assert_eq!((facts.width, facts.height), (clean.facts.width, clean.facts.height));
    }
    let _ = ingest(bytes, 7);
    cleaned
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_behind_a_signature_are_safe(
        start in prop::sample::select(vec![
            b"\xFF\xD8\xFF".to_vec(),
            PNG_SIGNATURE.to_vec(),
            b"RIFF\x40\0\0\0WEBPVP8X\x0A\0\0\0".to_vec(),
        ]),
        rest in prop::collection::vec(any::<u8>(), 0..300),
    ) {
        assert_safe(&[start, rest].concat());
    }

    #[test]
    fn random_orders_of_real_segments_are_safe(
        picks in prop::collection::vec(0_usize..25, 0..12),
        end in any::<bool>(),
    ) {
        let body = jpeg(256, 256, &[]);
        let mut parts = planted_segments(6, true);
        parts.push(body[2..body.len() - 2].to_vec());
        parts.push(body[2..80].to_vec());
        let picked = picks.iter().filter_map(|pick| parts.get(*pick).cloned());
        let middle: Vec<_> = picked.flatten().collect();
        let tail = if end { &body[2..] } else { &[] };
        // Between scans a stray text is part of the pixels: only a decoder could tell.
        if !picks.contains(&17) {
            assert_safe(&[b"\xFF\xD8", &middle[..], tail].concat());
        }
    }

    #[test]
    fn random_orders_of_real_chunks_are_safe(
        picks in prop::collection::vec(0_usize..12, 0..12),
        end in any::<bool>(),
    ) {
        let parts = [
            iccp(&profile(3)),
            chunk(*b"eXIf", &tiff(6, false)),
            chunk(*b"tEXt", CANARY),
            chunk(*b"IDAT", b"x"),
            chunk(*b"PLTE", &[0; 6]),
            chunk(*b"tRNS", &[0; 2]),
            chunk(*b"IDAT", b""),
            chunk(*b"tIME", &[0; 7]),
            chunk(*b"gAMA", &[0; 4]),
            chunk(*b"IEND", b""),
        ];
        let picked: Vec<_> = picks.iter().filter_map(|pick| parts.get(*pick).cloned()).collect();
        let tail = if end { chunk(*b"IEND", b"") } else { vec![] };
        let head = [PNG_SIGNATURE, &ihdr(256, 256)].concat();
        assert_safe(&[head, picked.concat(), tail].concat());
    }

    #[test]
    fn several_damaged_bytes_are_safe(
        which in 0_usize..4,
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let mut bytes = planted(6, true)[which].clone();
        let frame = bytes.windows(4).position(|name| matches!(name, b"VP8 " | b"VP8L"));
        let its_length = frame.map_or(0..0, |at| at + 4..at + 8);
        let mut lies = false;
        for (place, value) in damage {
            let place = place.index(bytes.len());
            bytes[place] = value;
            lies |= its_length.contains(&place);
        }
        // A WebP frame with another length may take in the chunks behind it, which only a decoder
        // could tell from its pixels: whoever writes such a file has hidden his own text there.
        if lies {
            assert_harmless(&bytes);
        } else {
            assert_safe(&bytes);
        }
    }

    #[test]
    fn a_stream_cut_anywhere_is_read_the_same(
        which in 0_usize..4,
        cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..20),
    ) {
        let bytes = planted(6, true)[which].clone();
        let mut cuts: Vec<_> = cuts.iter().map(|cut| cut.index(bytes.len())).collect();
        cuts.extend([0, bytes.len()]);
        cuts.sort_unstable();
        let mut stream = Ingest::new(1 << 20);
        for pair in cuts.windows(2) {
            stream.feed(&bytes[pair[0]..pair[1]]).unwrap();
        }
        prop_assert_eq!(stream.finish(), ingest(&bytes, usize::MAX));
    }
}
