//! The word SANDBOX in the lower left corner, so that nobody takes the picture for a real one.

use image::{Rgb, RgbImage};

use super::mix;

/// Rows from top to bottom; the highest of five bits is the leftmost column.
const LETTERS: [[u8; 7]; 7] = [
    [0b01111, 0b10000, 0b10000, 0b01110, 0b00001, 0b00001, 0b11110],
    [0b01110, 0b10001, 0b10001, 0b11111, 0b10001, 0b10001, 0b10001],
    [0b10001, 0b11001, 0b10101, 0b10101, 0b10011, 0b10001, 0b10001],
    [0b11110, 0b10001, 0b10001, 0b10001, 0b10001, 0b10001, 0b11110],
    [0b11110, 0b10001, 0b10001, 0b11110, 0b10001, 0b10001, 0b11110],
    [0b01110, 0b10001, 0b10001, 0b10001, 0b10001, 0b10001, 0b01110],
    [0b10001, 0b10001, 0b01010, 0b00100, 0b01010, 0b10001, 0b10001],
];
/// Seven letters of five columns, six gaps, and a margin of two on both sides.
const COLUMNS: u32 = 7 * 5 + 6 + 4;
const ROWS: u32 = 7 + 4;
/// Darkness of the plate behind the letters, of 255.
const PLATE: u8 = 140;

/// Writes the word, about a quarter of the picture's width.
pub fn sandbox(canvas: &mut RgbImage) {
    let dot = (canvas.width() / (COLUMNS * 4)).max(1);
    let (left, bottom) = (dot * 2, canvas.height().saturating_sub(dot * 2));
    let top = bottom.saturating_sub(ROWS * dot);
    for y in 0..ROWS * dot {
        for x in 0..COLUMNS * dot {
            let Some(pixel) = canvas.get_pixel_mut_checked(left + x, top + y) else { continue };
            if is_ink(x / dot, y / dot) {
                *pixel = Rgb([255; 3]);
            } else {
                pixel.0 = pixel.0.map(|channel| mix(channel, 0, PLATE));
            }
        }
    }
}

fn is_ink(column: u32, row: u32) -> bool {
    let (Some(column), Some(row)) = (column.checked_sub(2), row.checked_sub(2)) else {
        return false;
    };
    let letter = LETTERS.get((column / 6) as usize);
    let bits = letter.and_then(|letter| letter.get(row as usize)).copied().unwrap_or(0);
    column % 6 < 5 && bits >> (4 - column % 6) & 1 == 1
}
