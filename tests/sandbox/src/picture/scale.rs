//! Scaling, fast enough for a debug build: box average downwards, bilinear upwards.

use image::{ImageBuffer, Pixel, imageops};

/// Sub-pixel positions between two source pixels.
const STEPS: u64 = 256;

/// `picture` at another size.
pub fn scale<P>(
    picture: &ImageBuffer<P, Vec<u8>>,
    width: u32,
    height: u32,
) -> ImageBuffer<P, Vec<u8>>
where
    P: Pixel<Subpixel = u8> + 'static,
{
    if picture.dimensions() == (width, height) {
        return picture.clone();
    }
    if width < picture.width() && height < picture.height() {
        return imageops::thumbnail(picture, width, height);
    }
    let channels = usize::from(P::CHANNEL_COUNT);
    let columns = positions(picture.width(), width);
    let stride = picture.width() as usize * channels;
    let pixels = picture.as_raw();
    let mut out = Vec::with_capacity(width as usize * height as usize * channels);
    for (upper, lower, down) in positions(picture.height(), height) {
        let (upper, lower) = (&pixels[upper * stride..], &pixels[lower * stride..]);
        for &(left, right, across) in &columns {
            for channel in 0..channels {
                let (left, right) = (left * channels + channel, right * channels + channel);
                let top = between(u32::from(upper[left]), u32::from(upper[right]), across);
                let bottom = between(u32::from(lower[left]), u32::from(lower[right]), across);
                let value = between(top, bottom, down) >> 16;
                out.push(u8::try_from(value).unwrap_or(u8::MAX));
            }
        }
    }
    ImageBuffer::from_raw(width, height, out).expect("one value for each channel of each pixel")
}

/// A value between two, in steps; the result is `STEPS` times larger.
fn between(from: u32, to: u32, steps: u32) -> u32 {
    from * (256 - steps) + to * steps
}

/// For each new position: the two old ones around its middle, and the steps from the first.
fn positions(old: u32, new: u32) -> Vec<(usize, usize, u32)> {
    let last = old as usize - 1;
    let place = |at: u32| {
        // The middle of a new pixel in old pixels, less the half pixel to an old one's middle.
        let doubled = (2 * u64::from(at) + 1) * u64::from(old) * STEPS / u64::from(new);
        let steps = doubled.saturating_sub(STEPS) / 2;
        let first = usize::try_from(steps / STEPS).unwrap_or(last).min(last);
        (first, (first + 1).min(last), u32::try_from(steps % STEPS).unwrap_or(0))
    };
    (0..new).map(place).collect()
}

#[cfg(test)]
mod tests {
    use image::{Rgb, RgbImage};

    use super::scale;

    #[test]
    fn a_slope_stays_a_slope_and_a_plain_stays_plain() {
        let slope = RgbImage::from_fn(4, 2, |x, _| Rgb([u8::try_from(x * 60).unwrap(); 3]));
        let wide = scale(&slope, 16, 6);
        let row: Vec<u8> = (0..16).map(|x| wide.get_pixel(x, 3).0[0]).collect();
        assert!(row.is_sorted() && row[0] == 0 && row[15] == 180, "{row:?}");
        assert!(row.windows(2).all(|pair| pair[1] - pair[0] <= 16), "{row:?}");
        let plain = RgbImage::from_pixel(3, 3, Rgb([255, 7, 128]));
        assert!(scale(&plain, 50, 20).pixels().all(|pixel| pixel.0 == [255, 7, 128]));
        assert_eq!(scale(&plain, 2, 9).dimensions(), (2, 9));
    }
}
