//! Cutting by flood fill from the borders, and finding the body of a person in the same way.

use image::{Rgb, RgbImage, Rgba, RgbaImage, imageops};

/// Distance in RGB up to which a pixel is background.
const NEAR_BACKGROUND: u32 = 48;
/// A soft shadow goes further from the background's colour, in small steps.
const SHADOW: u32 = 110;
const SHADOW_STEP: u32 = 10;
/// Longer side at which the body is looked for.
const BODY_SIDE: u32 = 200;
/// Shares of the picture that a cut subject can plausibly fill.
const PLAUSIBLE: std::ops::RangeInclusive<f32> = 0.04..=0.85;
/// Share of the border that must look like the background; a garment may touch one side.
const PLAIN_BORDER: f32 = 0.6;
/// Where a body is when nothing tells: the middle of the picture.
const MIDDLE: Box2 = Box2 { left: 0.24, top: 0.06, width: 0.52, height: 0.9 };

/// A rectangle in pixels or in shares.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Box2 {
    pub left: f32,
    pub top: f32,
    pub width: f32,
    pub height: f32,
}

impl Box2 {
    /// This box, in shares, inside of `outer`.
    pub fn within(self, outer: Self) -> Self {
        outer.part([self.left, self.top, self.width, self.height])
    }

    /// A part of this box: left, top, width and height as shares of it.
    pub fn part(self, [left, top, width, height]: [f32; 4]) -> Self {
        Self {
            left: self.left + self.width * left,
            top: self.top + self.height * top,
            width: self.width * width,
            height: self.height * height,
        }
    }

    /// Width and height in whole pixels, at least one.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "rounded and at least one; `as` saturates"
    )]
    pub fn size(self) -> (u32, u32) {
        (self.width.round().max(1.0) as u32, self.height.round().max(1.0) as u32)
    }
}

fn distance(a: Rgb<u8>, b: Rgb<u8>) -> u32 {
    let squares = a.0.iter().zip(b.0).map(|(&a, b)| u32::from(a.abs_diff(b)).pow(2));
    squares.sum::<u32>().isqrt()
}

/// The colour that stands in the middle of all border pixels, channel by channel, and the share of
/// the border that is near it.
#[expect(clippy::cast_precision_loss, reason = "a share needs no more")]
fn border(picture: &RgbImage) -> (Rgb<u8>, f32) {
    let (right, bottom) = (picture.width() - 1, picture.height() - 1);
    let rows = (0..=right).flat_map(|x| [(x, 0), (x, bottom)]);
    let columns = (0..=bottom).flat_map(|y| [(0, y), (right, y)]);
    let border: Vec<Rgb<u8>> = rows.chain(columns).map(|(x, y)| *picture.get_pixel(x, y)).collect();
    let colour = Rgb([0, 1, 2].map(|channel| {
        let mut values: Vec<u8> = border.iter().map(|pixel| pixel.0[channel]).collect();
        values.sort_unstable();
        values[values.len() / 2]
    }));
    let near = border.iter().filter(|pixel| distance(**pixel, colour) < NEAR_BACKGROUND).count();
    (colour, near as f32 / border.len() as f32)
}

/// What is not background, row by row.
struct Subject {
    width: usize,
    inside: Vec<bool>,
    /// The background is plain and the subject fills a plausible share of the picture.
    is_clear: bool,
}

/// Fills the background from the borders; what the fill does not reach is the subject.
#[expect(clippy::cast_precision_loss, reason = "a share needs no more")]
fn subject(picture: &RgbImage) -> Subject {
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let (background, plain) = border(picture);
    let pixels: Vec<Rgb<u8>> = picture.pixels().copied().collect();
    let mut inside = vec![true; pixels.len()];
    let mut queue = Vec::new();
    for at in 0..pixels.len() {
        let (x, y) = (at % width, at / width);
        let on_border = x == 0 || y == 0 || x + 1 == width || y + 1 == height;
        if on_border && distance(pixels[at], background) < NEAR_BACKGROUND {
            inside[at] = false;
            queue.push(at);
        }
    }
    // Each pixel enters the queue once at most, so this ends.
    while let Some(at) = queue.pop() {
        let (x, y) = (at % width, at / width);
        let neighbours = [
            (x > 0).then(|| at - 1),
            (x + 1 < width).then(|| at + 1),
            (y > 0).then(|| at - width),
            (y + 1 < height).then(|| at + width),
        ];
        for next in neighbours.into_iter().flatten().filter(|&next| next < pixels.len()) {
            let far = distance(pixels[next], background);
            let step = distance(pixels[next], pixels[at]);
            if inside[next] && (far < NEAR_BACKGROUND || (far < SHADOW && step < SHADOW_STEP)) {
                inside[next] = false;
                queue.push(next);
            }
        }
    }
    let count = inside.iter().filter(|&&inside| inside).count();
    let share = count as f32 / pixels.len() as f32;
    Subject { width, inside, is_clear: plain >= PLAIN_BORDER && PLAUSIBLE.contains(&share) }
}

impl Subject {
    /// Left, top, right and bottom, all inclusive; rows and columns that hold next to nothing do
    /// not count, so that a speck does not stretch the box.
    fn bounds(&self) -> Option<[usize; 4]> {
        let height = self.inside.len() / self.width;
        let column = |x: usize| (0..height).filter(|y| self.inside[y * self.width + x]).count();
        let row =
            |y: usize| self.inside[y * self.width..][..self.width].iter().filter(|i| **i).count();
        let columns: Vec<usize> = (0..self.width).filter(|x| column(*x) * 100 > height).collect();
        let rows: Vec<usize> = (0..height).filter(|y| row(*y) * 100 > self.width).collect();
        Some([*columns.first()?, *rows.first()?, *columns.last()?, *rows.last()?])
    }

    /// Share of the 3 by 3 pixels around this one that are inside: a soft edge.
    fn softness(&self, x: usize, y: usize) -> u8 {
        let height = self.inside.len() / self.width;
        let mut count = 0_usize;
        for y in y.saturating_sub(1)..(y + 2).min(height) {
            for x in x.saturating_sub(1)..(x + 2).min(self.width) {
                count += usize::from(self.inside[y * self.width + x]);
            }
        }
        u8::try_from(count * 255 / 9).unwrap_or(255)
    }
}

/// The garment without its background, cropped to itself. A photo without a plain background is
/// kept as an oval.
pub fn garment(picture: &RgbImage) -> RgbaImage {
    let subject = subject(picture);
    let bounds = subject.bounds().filter(|_| subject.is_clear);
    let Some([left, top, right, bottom]) = bounds else { return oval(picture) };
    let pixel = |x: usize, y: usize| {
        let (px, py) = (u32::try_from(x).unwrap_or(0), u32::try_from(y).unwrap_or(0));
        let [r, g, b] = picture.get_pixel(px, py).0;
        let alpha = if subject.inside[y * subject.width + x] { subject.softness(x, y) } else { 0 };
        Rgba([r, g, b, alpha])
    };
    let size = |from: usize, to: usize| u32::try_from(to - from + 1).unwrap_or(1);
    RgbaImage::from_fn(size(left, right), size(top, bottom), |x, y| {
        pixel(left + x as usize, top + y as usize)
    })
}

#[expect(clippy::cast_precision_loss, reason = "pixel counts")]
fn oval(picture: &RgbImage) -> RgbaImage {
    let (width, height) = (picture.width() as f32, picture.height() as f32);
    RgbaImage::from_fn(picture.width(), picture.height(), |x, y| {
        let [r, g, b] = picture.get_pixel(x, y).0;
        let (dx, dy) = (x as f32 / width * 2.0 - 1.0, y as f32 / height * 2.0 - 1.0);
        // Fourth powers: an oval with shoulders, which loses less of the garment than an ellipse.
        Rgba([r, g, b, if dx.powi(4) + dy.powi(4) < 0.9 { 255 } else { 0 }])
    })
}

/// The box of the body in shares of the picture: found before a plain background, else the middle.
#[expect(clippy::cast_precision_loss, reason = "pixel counts")]
pub fn body(picture: &RgbImage) -> Box2 {
    let scale = BODY_SIDE as f32 / picture.width().max(picture.height()) as f32;
    let side =
        |pixels: u32| Box2 { left: 0.0, top: 0.0, width: pixels as f32 * scale, height: 1.0 };
    let (width, height) = (side(picture.width()).size().0, side(picture.height()).size().0);
    let small = imageops::thumbnail(picture, width, height);
    let subject = subject(&small);
    let Some([left, top, right, bottom]) = subject.bounds() else { return MIDDLE };
    let (width, height) = (width as f32, height as f32);
    let found = Box2 {
        left: left as f32 / width,
        top: top as f32 / height,
        width: (right + 1 - left) as f32 / width,
        height: (bottom + 1 - top) as f32 / height,
    };
    let is_body = subject.is_clear
        && found.height > 0.5
        && found.width < 0.8
        && found.height * height > found.width * width;
    if is_body { found } else { MIDDLE }
}
