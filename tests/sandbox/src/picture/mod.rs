//! The picture that a task makes: the garments, cut from their plain background, over the body of
//! the person, at the requested ratio and size, marked in a corner.

mod cut;
mod mark;
mod scale;

use std::io::Cursor;

use bytes::Bytes;
use image::{
    DynamicImage, ExtendedColorType, ImageDecoder as _, ImageEncoder as _, ImageReader, RgbImage,
    RgbaImage,
    codecs::{
        jpeg::JpegEncoder,
        png::{CompressionType, FilterType as PngFilter, PngEncoder},
    },
    imageops,
};

use cut::Box2;
use scale::scale;

/// Longer side at which a picture is put together; larger results are scaled up from it.
const MAX_WORKING_SIDE: u32 = 2_048;
/// Longer side of a garment before it is cut: enough for its place on 1K.
const GARMENT_SIDE: u32 = 640;
/// How much of the person may be cropped away to reach the ratio; more gets blurred sides instead.
const MAX_CROP: f32 = 0.25;
/// Side of the blurred picture behind a person who does not fill the ratio.
const BLUR_SIDE: u32 = 12;
/// How far a garment may be stretched in one direction to fill its place.
const MAX_STRETCH: f32 = 1.4;
const JPEG_QUALITY: u8 = 88;

/// Where on the body a garment goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Zone {
    Head,
    Upper,
    Lower,
    Full,
    Feet,
}

const WORDS: [(Zone, &[&str]); 5] = [
    (
        Zone::Upper,
        &["top", "tops", "upper", "shirt", "blouse", "jacket", "coat", "outerwear", "sweater"],
    ),
    (Zone::Lower, &["bottom", "bottoms", "lower", "trousers", "pants", "skirt", "jeans", "shorts"]),
    (Zone::Full, &["one-piece", "one-pieces", "dress", "gown", "jumpsuit"]),
    (Zone::Feet, &["footwear", "shoe", "shoes", "boots", "sneakers"]),
    (Zone::Head, &["accessory", "accessories", "hat", "scarf", "glasses", "jewellery", "jewelry"]),
];

impl Zone {
    /// The zone that the prompt names most often; the first one on a tie or in silence.
    pub fn of_prompt(prompt: &str) -> Self {
        let prompt = prompt.to_lowercase();
        let words: Vec<&str> = prompt.split(|c: char| !c.is_alphanumeric() && c != '-').collect();
        let mut best = (Self::Upper, 0);
        for (zone, names) in WORDS {
            let count = words.iter().filter(|word| names.contains(word)).count();
            if count > best.1 {
                best = (zone, count);
            }
        }
        best.0
    }

    /// The zone of the garment at `place`: the first goes where the prompt says, the others next.
    fn of_garment(self, place: usize) -> Self {
        let others = match self {
            Self::Upper => [Self::Lower, Self::Feet, Self::Head],
            Self::Lower | Self::Full => [Self::Upper, Self::Feet, Self::Head],
            Self::Feet => [Self::Upper, Self::Lower, Self::Head],
            Self::Head => [Self::Upper, Self::Lower, Self::Feet],
        };
        place.checked_sub(1).and_then(|next| others.get(next)).copied().unwrap_or(self)
    }

    /// Its part of the body: left, top, width, height as shares of the body's box.
    fn share(self) -> [f32; 4] {
        match self {
            Self::Head => [0.25, 0.0, 0.5, 0.12],
            Self::Upper => [-0.1, 0.14, 1.2, 0.4],
            Self::Lower => [0.0, 0.48, 1.0, 0.46],
            Self::Full => [-0.1, 0.14, 1.2, 0.74],
            Self::Feet => [0.1, 0.88, 0.8, 0.12],
        }
    }
}

/// What the request says about its result.
pub struct Wanted {
    /// Width to height; `None`: the person's.
    pub ratio: Option<(u32, u32)>,
    pub longer_side: u32,
    pub png: bool,
    pub zone: Zone,
}

/// The type of a picture by its first bytes; these are the types that Kie takes.
pub fn mime(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xFF, 0xD8, 0xFF, ..] => Some("image/jpeg"),
        [0x89, b'P', b'N', b'G', ..] => Some("image/png"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        [b'G', b'I', b'F', b'8', ..] => Some("image/gif"),
        [b'B', b'M', ..] => Some("image/bmp"),
        _ => None,
    }
}

/// Draws the result: the person first, then the garments. `None`: an input cannot be read.
pub fn draw(inputs: &[Bytes], wanted: &Wanted) -> Option<Vec<u8>> {
    let working_side = wanted.longer_side.min(MAX_WORKING_SIDE);
    let person = match inputs.first() {
        Some(bytes) => open(bytes, working_side)?,
        None => unrelated(working_side),
    };
    let ratio = wanted.ratio.unwrap_or((person.width(), person.height()));
    let (width, height) = sides(ratio, working_side);
    let (mut canvas, person_at) = set_on_canvas(&person, width, height);
    let body = cut::body(&person).within(person_at);
    for (place, bytes) in inputs.iter().skip(1).enumerate() {
        let garment = cut::garment(&open(bytes, GARMENT_SIDE)?);
        lay(&mut canvas, &garment, body.part(wanted.zone.of_garment(place).share()));
    }
    if working_side < wanted.longer_side {
        let (width, height) = sides(ratio, wanted.longer_side);
        canvas = scale(&canvas, width, height);
    }
    mark::sandbox(&mut canvas);
    encode(&canvas, wanted.png)
}

/// Reads a picture upright and no larger than `longer_side`.
fn open(bytes: &Bytes, longer_side: u32) -> Option<RgbImage> {
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?;
    let mut decoder = reader.into_decoder().ok()?;
    let orientation = decoder.orientation().ok()?;
    let mut picture = DynamicImage::from_decoder(decoder).ok()?;
    if picture.width().max(picture.height()) > longer_side {
        picture = picture.thumbnail(longer_side, longer_side);
    }
    picture.apply_orientation(orientation);
    Some(picture.into_rgb8())
}

/// What a model makes that was given no picture: something that has nothing to do with anybody.
fn unrelated(side: u32) -> RgbImage {
    let shade = |at: u32| u8::try_from(at * 255 / side).unwrap_or(255);
    RgbImage::from_fn(side, side, |x, y| image::Rgb([shade(x), 96, shade(y)]))
}

/// Width and height of this ratio with this longer side.
fn sides((a, b): (u32, u32), longer: u32) -> (u32, u32) {
    let shorter =
        |long: u32, short: u32| (longer * short + long / 2).checked_div(long).unwrap_or(1).max(1);
    if a >= b { (longer, shorter(a, b)) } else { (shorter(b, a), longer) }
}

/// The person on a canvas of this size, and where on it the whole photo lies (parts of it may be
/// outside).
#[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "pixel counts")]
fn set_on_canvas(person: &RgbImage, width: u32, height: u32) -> (RgbImage, Box2) {
    let (pw, ph) = (person.width() as f32, person.height() as f32);
    let (cw, ch) = (width as f32, height as f32);
    let (cover, contain) = ((cw / pw).max(ch / ph), (cw / pw).min(ch / ph));
    let factor = if 1.0 - contain / cover <= MAX_CROP { cover } else { contain };
    // A crop takes more from the feet than from the head.
    let at = Box2 {
        left: (cw - pw * factor) / 2.0,
        top: (ch - ph * factor) * if ph * factor > ch { 0.25 } else { 0.5 },
        width: pw * factor,
        height: ph * factor,
    };
    let mut canvas = scale(&scale(person, BLUR_SIDE, BLUR_SIDE), width, height);
    let (person_width, person_height) = at.size();
    let scaled = scale(person, person_width, person_height);
    imageops::replace(&mut canvas, &scaled, at.left.round() as i64, at.top.round() as i64);
    (canvas, at)
}

/// Lays a cut garment into a box, as large as fits, a little out of shape if that fills it.
#[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "pixel counts")]
fn lay(canvas: &mut RgbImage, garment: &RgbaImage, place: Box2) {
    let (gw, gh) = (garment.width() as f32, garment.height() as f32);
    let factor = (place.width / gw).min(place.height / gh);
    let stretched = |length: f32, room: f32| (length * factor * MAX_STRETCH).min(room);
    let (width, height) = (stretched(gw, place.width), stretched(gh, place.height));
    let at = Box2 {
        left: place.left + (place.width - width) / 2.0,
        top: place.top + (place.height - height) / 2.0,
        width,
        height,
    };
    let (scaled_width, scaled_height) = at.size();
    let scaled = scale(garment, scaled_width, scaled_height);
    let (left, top) = (at.left.round() as i64, at.top.round() as i64);
    for (x, y, pixel) in scaled.enumerate_pixels() {
        let (x, y) = (left + i64::from(x), top + i64::from(y));
        let (Ok(x), Ok(y)) = (u32::try_from(x), u32::try_from(y)) else { continue };
        let Some(below) = canvas.get_pixel_mut_checked(x, y) else { continue };
        let alpha = pixel.0[3];
        // The shorter side of the zip is the three colours below.
        for (under, over) in below.0.iter_mut().zip(pixel.0) {
            *under = mix(*under, over, alpha);
        }
    }
}

/// `over` on `under` at `alpha` of 255.
fn mix(under: u8, over: u8, alpha: u8) -> u8 {
    let (under, over, alpha) = (u32::from(under), u32::from(over), u32::from(alpha));
    u8::try_from((under * (255 - alpha) + over * alpha) / 255).unwrap_or(255)
}

/// A picture as a file: PNG or JPEG.
pub fn encode(canvas: &RgbImage, png: bool) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let (width, height, rgb) = (canvas.width(), canvas.height(), ExtendedColorType::Rgb8);
    let written = if png {
        PngEncoder::new_with_quality(&mut out, CompressionType::Fast, PngFilter::Sub)
            .write_image(canvas, width, height, rgb)
    } else {
        JpegEncoder::new_with_quality(&mut out, JPEG_QUALITY)
            .write_image(canvas, width, height, rgb)
    };
    written.ok().map(|()| out)
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use image::{Rgb, RgbImage};

    use super::{Wanted, Zone, draw, encode, sides};

    /// A grey figure on white, 600 to 800, and a plain garment on white.
    fn person() -> Bytes {
        let picture = RgbImage::from_fn(600, 800, |x, y| {
            let inside = (220..380).contains(&x) && (60..760).contains(&y);
            Rgb(if inside { [120, 110, 100] } else { [245, 245, 245] })
        });
        Bytes::from(encode(&picture, false).unwrap())
    }

    fn garment(colour: [u8; 3]) -> Bytes {
        let picture = RgbImage::from_fn(300, 300, |x, y| {
            // A T, so that its box holds background too.
            let bar = (80..220).contains(&x) && (60..120).contains(&y);
            let inside = bar || (120..180).contains(&x) && (60..240).contains(&y);
            Rgb(if inside { colour } else { [250, 250, 250] })
        });
        Bytes::from(encode(&picture, true).unwrap())
    }

    fn wanted(ratio: Option<(u32, u32)>, zone: Zone) -> Wanted {
        Wanted { ratio, longer_side: 1_024, png: true, zone }
    }

    fn drawn(inputs: &[Bytes], wanted: &Wanted) -> RgbImage {
        image::load_from_memory(&draw(inputs, wanted).unwrap()).unwrap().into_rgb8()
    }

    fn is_red(picture: &RgbImage, x: u32, y: u32) -> bool {
        let [red, green, blue] = picture.get_pixel(x, y).0;
        red > 180 && green < 80 && blue < 80
    }

    #[test]
    fn every_ratio_is_exact_to_the_pixel() {
        for (a, b) in [(1, 1), (3, 4), (16, 9), (9, 16), (21, 9), (1, 8), (4, 5)] {
            let picture = drawn(&[person()], &wanted(Some((a, b)), Zone::Upper));
            assert_eq!(picture.dimensions(), sides((a, b), 1_024));
            let (w, h) = (f64::from(picture.width()), f64::from(picture.height()));
            assert!((w * f64::from(b) - h * f64::from(a)).abs() <= f64::from(a.max(b)), "{a}:{b}");
        }
        let picture = drawn(&[person()], &wanted(None, Zone::Upper));
        assert_eq!(picture.dimensions(), (768, 1_024), "auto is the person's ratio");
    }

    #[test]
    fn the_garment_lies_on_its_zone_without_its_background() {
        let red = garment([220, 20, 30]);
        let upper = drawn(&[person(), red.clone()], &wanted(None, Zone::Upper));
        // The body is 0.367 to 0.633 of the width and 0.075 to 0.95 of the height.
        assert!(is_red(&upper, 384, 370), "chest: {:?}", upper.get_pixel(384, 370));
        assert!(!is_red(&upper, 384, 760), "legs");
        assert!(!is_red(&upper, 384, 130), "face");
        let lower = drawn(&[person(), red.clone()], &wanted(None, Zone::Lower));
        assert!(is_red(&lower, 384, 730) && !is_red(&lower, 384, 370));
        let both = drawn(&[person(), red, garment([20, 30, 220])], &wanted(None, Zone::Upper));
        assert!(is_red(&both, 384, 370));
        assert!(both.get_pixel(384, 730).0[2] > 180, "the second garment goes below the first");
        // A garment's white corner laid over the body would hide the grey next to the garment.
        let whiter = upper.enumerate_pixels().filter(|(x, y, pixel)| {
            (300..460).contains(x) && (100..900).contains(y) && pixel.0 == [250, 250, 250]
        });
        assert_eq!(whiter.count(), 0);
    }

    #[test]
    fn the_exif_orientation_is_followed() {
        let mut turned = b"\xFF\xD8\xFF\xE1\0\x22Exif\0\0MM\0\x2A\0\0\0\x08\0\x01".to_vec();
        turned.extend(b"\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0");
        turned.extend_from_slice(&person()[2..]);
        let picture = drawn(&[Bytes::from(turned)], &wanted(None, Zone::Upper));
        assert_eq!(picture.dimensions(), (1_024, 768));
    }

    #[test]
    fn a_mark_stands_in_the_corner_of_every_picture() {
        let plain = RgbImage::from_pixel(600, 800, Rgb([200, 200, 200]));
        let picture = drawn(&[encode(&plain, true).unwrap().into()], &wanted(None, Zone::Upper));
        let white = |y0: u32, y1: u32| {
            picture
                .enumerate_pixels()
                .filter(|(x, y, p)| {
                    *x < 400 && (y0..y1).contains(y) && p.0.iter().all(|&c| c > 235)
                })
                .count()
        };
        assert!(white(924, 1_024) > 500, "no letters in the corner");
        assert_eq!(white(0, 800), 0);
    }

    #[test]
    fn sizes_formats_and_damage() {
        for (side, png) in [(2_048, false), (4_096, true)] {
            let wanted = Wanted { ratio: Some((3, 4)), longer_side: side, png, zone: Zone::Upper };
            let bytes = draw(&[person()], &wanted).unwrap();
            assert_eq!(super::mime(&bytes), Some(if png { "image/png" } else { "image/jpeg" }));
            let picture = image::load_from_memory(&bytes).unwrap();
            assert_eq!((picture.width(), picture.height()), (side * 3 / 4, side));
        }
        assert!(
            draw(&[Bytes::from_static(b"\xFF\xD8\xFFnot really")], &wanted(None, Zone::Full))
                .is_none()
        );
        assert!(draw(&[], &wanted(None, Zone::Full)).is_some(), "no input is no error");
    }

    #[test]
    fn the_prompt_names_the_zone() {
        assert_eq!(Zone::of_prompt("Replace the skirt. Keep the top."), Zone::Upper, "a tie");
        assert_eq!(Zone::of_prompt("BOTTOMS: trousers; keep the shirt"), Zone::Lower);
        assert_eq!(Zone::of_prompt("a full-length dress"), Zone::Full);
        assert_eq!(Zone::of_prompt("new shoes"), Zone::Feet);
        assert_eq!(Zone::of_prompt(""), Zone::Upper);
    }
}
