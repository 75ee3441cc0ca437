//! The words that the scripts show. A script asks for a line by key: `submit` for a line of its
//! own, `headline:queued` for one that depends on a value of the HTTP interface.

use super::text::Text;
use crate::domain::image::Metadata;
use crate::domain::options::{AspectRatio, Category, Focus, LookStyle, OutputFormat, Resolution};
use crate::domain::view::Status;

const STATUSES: [Status; 6] = [
    Status::Queued,
    Status::Processing,
    Status::Completed,
    Status::Failed,
    Status::Canceled,
    Status::Expired,
];

/// Every line for the scripts, with its key.
pub(super) fn script_text(text: &Text) -> Vec<(String, &str)> {
    let mut lines: Vec<(String, &str)> =
        fixed_lines(text).into_iter().map(|(key, line)| (key.to_owned(), line)).collect();
    for status in STATUSES {
        lines.push((format!("headline:{}", status.as_str()), (text.headline)(status)));
        lines.push((format!("message:{}", status.as_str()), (text.message)(status)));
    }
    for &category in Category::ALL {
        lines.push((format!("worn:{}", category.as_str()), (text.worn)(category)));
    }
    lines.extend(keyed("category", Category::ALL, Category::as_str, text.category));
    lines.extend(keyed("look_style", LookStyle::ALL, LookStyle::as_str, text.look_style));
    lines.extend(keyed("focus", Focus::ALL, Focus::as_str, text.focus));
    lines.extend(keyed("resolution", Resolution::ALL, Resolution::as_str, text.resolution));
    lines.extend(keyed("aspect_ratio", AspectRatio::ALL, AspectRatio::as_str, text.aspect_ratio));
    lines.extend(keyed(
        "output_format",
        OutputFormat::ALL,
        OutputFormat::as_str,
        text.output_format,
    ));
    lines.extend(keyed("metadata", &Metadata::ALL, Metadata::as_str, text.metadata));
    lines.push(("provider:kie".to_owned(), (text.provider)("kie")));
    lines
}

fn keyed<T: Copy>(
    name: &str,
    all: &[T],
    value: fn(T) -> &'static str,
    label: fn(T) -> &'static str,
) -> impl Iterator<Item = (String, &'static str)> {
    all.iter().map(move |&option| (format!("{name}:{}", value(option)), label(option)))
}

fn fixed_lines(text: &Text) -> [(&'static str, &'static str); 31] {
    [
        ("brand", text.brand),
        ("sending", text.sending),
        ("preparing", text.preparing),
        ("submit", text.submit),
        ("submit_note", text.submit_note),
        ("remove_photo", text.remove_photo),
        ("photo_preview", text.photo_preview),
        ("photo_wrong_type", text.photo_wrong_type),
        ("photo_unreadable", text.photo_unreadable),
        ("photo_too_small", text.photo_too_small),
        ("photo_too_large", text.photo_too_large),
        ("photos_too_many", text.photos_too_many),
        ("photos_too_heavy", text.photos_too_heavy),
        ("shape_not_at_size", text.shape_not_at_size),
        ("not_sent_title", text.not_sent_title),
        ("not_sent_detail", text.not_sent_detail),
        ("headline:deleted", text.deleted_headline),
        ("message:deleted", text.deleted_message),
        ("action_failed_title", text.action_failed_title),
        ("action_failed_detail", text.action_failed_detail),
        ("connection_lost_title", text.connection_lost_title),
        ("connection_lost_detail", text.connection_lost_detail),
        ("link_copied", text.link_copied),
        ("alt_person", text.alt_person),
        ("alt_garment", text.alt_garment),
        ("alt_output", text.alt_output),
        ("seconds", text.seconds),
        ("minutes", text.minutes),
        ("days", text.days),
        ("credits", text.credits),
        ("metadata_none", text.metadata_none),
    ]
}
