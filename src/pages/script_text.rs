//! The words that the scripts show. A script asks for a line by key: `submit` for a line of its
//! own, `headline:queued` for one that depends on a value of the HTTP interface.

use askama::Template;

use super::error::{detail_line, named_codes};
use super::frame::Frame;
use super::text::{FormText, Text};
use crate::domain::image::Metadata;
use crate::domain::options::{AspectRatio, Category, Focus, LookStyle, OutputFormat, Resolution};
use crate::domain::refusal::Code;
use crate::domain::view::Status;

const STATUSES: [Status; 6] = [
    Status::Queued,
    Status::Processing,
    Status::Completed,
    Status::Failed,
    Status::Canceled,
    Status::Expired,
];

/// The words as the page carries them.
#[derive(Template)]
#[template(path = "script_text.html", config = "src/pages/askama.toml")]
pub(super) struct ScriptText<'a> {
    lines: Vec<(String, &'a str)>,
}

/// Every line for the scripts, with its key.
pub(super) fn script_text(frame: Frame<'_>) -> ScriptText<'_> {
    let text = frame.text;
    let mut lines: Vec<(String, &str)> =
        fixed_lines(text).into_iter().map(|(key, line)| (key.to_owned(), line)).collect();
    lines.extend(form_lines(&text.form).map(|(key, line)| (key.to_owned(), line)));
    lines.push(("brand".to_owned(), &frame.site.name));
    for status in STATUSES {
        lines.push((format!("headline:{}", status.as_str()), (text.order.headline)(status)));
        lines.push((format!("message:{}", status.as_str()), (text.order.message)(status)));
    }
    for &category in Category::ALL {
        lines.push((format!("worn:{}", category.as_str()), (text.order.worn)(category)));
    }
    lines.extend(keyed("category", Category::ALL, Category::as_str, text.choices.category));
    lines.extend(keyed("look_style", LookStyle::ALL, LookStyle::as_str, text.choices.look_style));
    lines.extend(keyed("focus", Focus::ALL, Focus::as_str, text.choices.focus));
    lines.extend(keyed("resolution", Resolution::ALL, Resolution::as_str, text.choices.resolution));
    lines.extend(keyed(
        "aspect_ratio",
        AspectRatio::ALL,
        AspectRatio::as_str,
        text.choices.aspect_ratio,
    ));
    lines.extend(keyed(
        "output_format",
        OutputFormat::ALL,
        OutputFormat::as_str,
        text.choices.output_format,
    ));
    lines.extend(keyed("metadata", &Metadata::ALL, Metadata::as_str, text.order.metadata));
    for code in named_codes().into_iter().filter(|&code| meets_scripts(code)) {
        lines.push((format!("error_title:{}", code.as_str()), text.message.error(code).title));
        lines.push((format!("error_detail:{}", code.as_str()), detail_line(text, code)));
    }
    lines.extend(wait_lines(text).map(|(key, line)| (key.to_owned(), line)));
    lines.push(("provider:kie".to_owned(), (text.order.provider)("kie")));
    ScriptText { lines }
}

/// The lines for the scripts of the account page.
pub(super) fn account_text(text: &Text) -> ScriptText<'_> {
    let own = [
        ("saved", text.account.saved),
        ("ended", text.account.ended),
        ("not_sent_title", text.form.not_sent_title),
        ("not_sent_detail", text.account.not_sent_detail),
    ];
    let mut lines: Vec<(String, &str)> =
        own.into_iter().chain(wait_lines(text)).map(|(key, line)| (key.to_owned(), line)).collect();
    for code in [
        Code::InputInvalid,
        Code::NotFound,
        Code::RateLimited,
        Code::SignInRequired,
        Code::CrossSiteRequest,
        Code::Unavailable,
        Code::Internal,
    ] {
        lines.push((format!("error_title:{}", code.as_str()), text.message.error(code).title));
        lines.push((format!("error_detail:{}", code.as_str()), detail_line(text, code)));
    }
    ScriptText { lines }
}

/// What the scripts of History say.
pub(super) fn history_text(text: &Text) -> ScriptText<'_> {
    let words = &text.history;
    let own = [
        ("trashed", words.trashed),
        ("restored", words.restored),
        ("done", words.done),
        ("not_done", words.not_done),
        ("select", words.select),
        ("star", words.star),
        ("unstar", words.unstar),
    ];
    ScriptText { lines: own.into_iter().map(|(key, line)| (key.to_owned(), line)).collect() }
}

/// Whether an answer to a script, or an order that it shows, can have this code. The others belong
/// to addresses that no script asks: pages, pictures, accounts and the provider's messages.
const fn meets_scripts(code: Code) -> bool {
    !matches!(
        code,
        Code::LinkInvalid
            | Code::MethodNotAllowed
            | Code::SignInRequired
            | Code::FreshSignInRequired
            | Code::SignInFailed
            | Code::SignatureInvalid
    )
}

/// When to come back after an error that passes.
fn wait_lines(text: &Text) -> [(&'static str, &'static str); 5] {
    [
        ("between", text.message.between),
        ("wait_moment", text.message.wait_moment),
        ("wait_seconds", text.message.wait_seconds),
        ("wait_minutes", text.message.wait_minutes),
        ("wait_hours", text.message.wait_hours),
    ]
}

fn keyed<'a, T: Copy>(
    name: &str,
    all: &[T],
    value: fn(T) -> &'static str,
    label: fn(T) -> &'static str,
) -> impl Iterator<Item = (String, &'a str)> {
    let line = move |&option| -> (String, &'a str) {
        (format!("{name}:{}", value(option)), label(option))
    };
    all.iter().map(line)
}

fn form_lines(form: &FormText) -> [(&'static str, &'static str); 34] {
    [
        ("sending", form.sending),
        ("sent", form.sent),
        ("preparing", form.preparing),
        ("tries_left", form.tries_left),
        ("tries_used", form.tries_used),
        ("remove_photo", form.remove_photo),
        ("earlier_photo", form.earlier_photo),
        ("later_photo", form.later_photo),
        ("photo_moved", form.photo_moved),
        ("photo_preview", form.photo_preview),
        ("main_garment", form.main_garment),
        ("location_removed", form.location_removed),
        ("hidden_removed", form.hidden_removed),
        ("photo_wrong_type", form.photo_wrong_type),
        ("photo_heic", form.photo_heic),
        ("photo_unreadable", form.photo_unreadable),
        ("photo_unchecked", form.photo_unchecked),
        ("photo_too_small", form.photo_too_small),
        ("photo_too_large", form.photo_too_large),
        ("photos_too_many", form.photos_too_many),
        ("photos_too_heavy", form.photos_too_heavy),
        ("sample_failed", form.sample_failed),
        ("remember_failed", form.remember_failed),
        ("camera_starting", form.camera_starting),
        ("camera_refused", form.camera_refused),
        ("camera_busy", form.camera_busy),
        ("camera_absent", form.camera_absent),
        ("name_camera", form.name_camera),
        ("name_last", form.name_last),
        ("name_order", form.name_order),
        ("order_photo_failed", form.order_photo_failed),
        ("shared_lost", form.shared_lost),
        ("not_sent_title", form.not_sent_title),
        ("not_sent_detail", form.not_sent_detail),
    ]
}

fn fixed_lines(text: &Text) -> [(&'static str, &'static str); 30] {
    [
        ("shape_not_at_size", text.choices.shape_not_at_size),
        ("headline:deleted", text.order.deleted_headline),
        ("message:deleted", text.order.deleted_message),
        ("headline:trashed", text.order.trashed_headline),
        ("message:trashed", text.order.trashed_message),
        ("action_failed_title", text.order.action_failed_title),
        ("action_failed_detail", text.order.action_failed_detail),
        ("connection_lost_title", text.order.connection_lost_title),
        ("connection_lost_detail", text.order.connection_lost_detail),
        ("link_copied", text.order.link_copied),
        ("notify_note", text.order.notify_note),
        ("notify_on", text.order.notify_on),
        ("notify_refused", text.order.notify_refused),
        ("notify_body", text.order.notify_body),
        ("share_copied", text.order.share_copied),
        ("share_kept", text.order.share_kept),
        ("share_again", text.order.share_again),
        ("report_choose", text.order.report_choose),
        ("alt_person", text.order.alt_person),
        ("alt_garment", text.order.alt_garment),
        ("alt_output", text.order.alt_output),
        ("seconds", text.order.seconds.other),
        ("seconds:1", text.order.seconds.one),
        ("minutes", text.order.minutes.other),
        ("days", text.order.days.other),
        ("days:1", text.order.days.one),
        ("credits", text.order.credits.other),
        ("credits:1", text.order.credits.one),
        ("list_comma", text.order.list_comma),
        ("metadata_none", text.order.metadata_none),
    ]
}
