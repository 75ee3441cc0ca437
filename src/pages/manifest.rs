//! The manifest: what a device shows and does with the site once it is installed.

use serde_json::{Value, json};

use super::frame::{CANVAS_LIGHT, Frame};

/// The field of a share that holds the photos.
pub const SHARED_PHOTO: &str = "photo";

/// What a share may hold. HEIC is among them, unlike in the form's file choosers: whoever shares
/// one is told at the form what to do, and a device that reads it needs no telling.
const ACCEPT: [&str; 6] =
    ["image/jpeg", "image/png", "image/webp", "image/heic", "image/heif", "image/avif"];

/// The manifest of the frame's language, as JSON. Its `id` is one for all languages: another
/// language is the same application.
pub fn manifest(frame: Frame) -> String {
    let text = frame.text;
    let start = frame.href("/");
    let small = icon("/img/icon-192.png", "192x192", "any");
    let manifest = json!({
        "id": "/",
        "name": frame.site.name,
        "short_name": frame.site.name,
        "description": text.frame.site_description,
        "lang": text.language.tag(),
        "dir": "ltr",
        "start_url": start,
        "scope": "/",
        "display": "standalone",
        "theme_color": CANVAS_LIGHT,
        "background_color": CANVAS_LIGHT,
        "categories": ["lifestyle", "shopping"],
        "icons": [
            small,
            icon("/img/icon-512.png", "512x512", "any"),
            icon("/img/icon-maskable-512.png", "512x512", "maskable"),
        ],
        "shortcuts": [
            {"name": text.frame.home, "url": start, "icons": [small]},
        ],
        "share_target": {
            "action": frame.href("/api/share-target"),
            "method": "POST",
            "enctype": "multipart/form-data",
            "params": {"files": [{"name": SHARED_PHOTO, "accept": ACCEPT}]},
        },
    });
    manifest.to_string()
}

fn icon(src: &str, sizes: &str, purpose: &str) -> Value {
    json!({"src": src, "sizes": sizes, "type": "image/png", "purpose": purpose})
}
