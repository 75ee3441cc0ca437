//! Each kind of file that is no picture for us, as the client is told of it.

use crate::image_fixtures::{chunk, jpeg, jpeg_of, png, riff, riff_chunk, vp8l, vp8x};
use crate::site::{assert_problem, garment, person, post_order, send};
use crate::world::{Form, World};

fn iso(brand: &[u8]) -> Vec<u8> {
    [b"\0\0\0\x18ftyp", brand, b"\0\0\0\0mif1", brand, &[0; 64]].concat()
}

fn animated_webp() -> Vec<u8> {
    let frame = [&[0; 16][..], &vp8l(256, 256)].concat();
    riff(&[vp8x(0x02, 256, 256), riff_chunk(*b"ANIM", &[0; 6]), riff_chunk(*b"ANMF", &frame)])
}

fn without_end(bytes: &[u8]) -> Vec<u8> {
    let length = bytes.len() * 2 / 3;
    bytes[..length].to_vec()
}

#[test]
fn each_bad_picture_is_told_from_the_others_in_both_fields() {
    let unsupported = (415, "image_format_unsupported");
    let unreadable = (422, "image_unreadable");
    let large = (413, "image_too_large");
    let small = (422, "image_too_small");
    let table: Vec<(&str, Vec<u8>, (u16, &str))> = vec![
        ("GIF", b"GIF89a\x01\0\x01\0\0\0\0;".to_vec(), unsupported),
        ("HEIC", iso(b"heic"), unsupported),
        ("AVIF", iso(b"avif"), unsupported),
        ("video", iso(b"isom"), unsupported),
        ("SVG", b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>".to_vec(), unsupported),
        ("HTML", b"<!doctype html><script>alert(1)</script>".to_vec(), unsupported),
        ("PDF", b"%PDF-1.7\n".to_vec(), unsupported),
        ("TIFF", b"II*\0\x08\0\0\0".to_vec(), unsupported),
        ("BMP", b"BM\x36\0\0\0".to_vec(), unsupported),
        ("text", b"hello".to_vec(), unsupported),
        ("nothing", vec![], unreadable),
        ("a cut JPEG", without_end(&person()), unreadable),
        ("a cut PNG", without_end(&garment()), unreadable),
        ("a head alone", b"\xFF\xD8\xFF".to_vec(), unreadable),
        (
            "an animated PNG",
            png(256, 256, &[chunk(*b"acTL", &[0, 0, 0, 2, 0, 0, 0, 0])], &[]),
            unreadable,
        ),
        ("an animated WebP", animated_webp(), unreadable),
        ("an arithmetic JPEG", jpeg_of(0xC9, 300, 300, &[]), unsupported),
        ("narrow", jpeg(255, 400, &[]), small),
        ("low", png(400, 255, &[], &[]), small),
        ("wide", jpeg(8_193, 300, &[]), large),
        ("a flood of pixels", png(6_400, 6_251, &[], &[]), large),
        ("a lying header", png(60_000, 60_000, &[], &[]), large),
    ];
    let world = World::new();
    for (name, bytes, (status, code)) in table {
        let as_person = Form::new().text("consent", "on").file("person_image", "a.jpg", &bytes);
        let as_person = as_person.file("garment_images", "b.jpg", &garment());
        let as_garment = Form::order(&person(), &[garment(), bytes]);
        for (form, field) in [(as_person, "person_image"), (as_garment, "garment_images")] {
            let answer = send(&world, post_order(form));
            assert_eq!(answer.status, status, "{name}: {}", answer.text());
            assert_problem(&answer, status, code, Some(field));
        }
    }
    assert_eq!(world.with_files(|files| files.keys().count()), 0);
}

#[test]
fn the_limits_themselves_are_within() {
    let table = [jpeg(256, 256, &[]), jpeg(8_192, 256, &[]), png(6_400, 6_250, &[], &[])];
    for bytes in table {
        let answer = send(&World::new(), post_order(Form::order(&bytes, &[garment()])));
        assert_eq!(answer.status, 201, "{}", answer.text());
    }
}
