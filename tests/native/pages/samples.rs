//! Every page in every state, with ordinary and with hostile content.

use std::borrow::Cow;
use std::sync::OnceLock;

use anytryon::domain::credits::Credits;
use anytryon::domain::options::{
    AspectRatio, Category, Focus, GarmentPhotoType, LookStyle, Offer, Options, OutputFormat,
    Resolution,
};
use anytryon::domain::refusal::Code;
use anytryon::domain::site::Site;
use anytryon::domain::view::{ErrorView, FactsView, ImageView, OrderView, Status};
use anytryon::pages::text::{EN, EN_SITE};
use anytryon::pages::{
    Costs, ErrorNotice, FormState, Frame, articles, error_page, home, offline, order, refused_form,
    waitlist_thanks,
};
use anytryon::provider::models::{DEFAULT_MODEL_ID, find};

use crate::world::site;

pub const ORIGIN: &str = "https://tryon.example";
pub const PLANTED: &str =
    r#"<script>planted()</script><img src=x onerror=planted()>" onfocus="planted()' x='"#;
pub const STATUSES: [Status; 6] = [
    Status::Queued,
    Status::Processing,
    Status::Completed,
    Status::Failed,
    Status::Canceled,
    Status::Expired,
];

fn image(role: &'static str, width: u32, height: u32) -> ImageView {
    ImageView {
        id: format!("file-{role}"),
        role,
        content_type: "image/jpeg",
        width,
        height,
        bytes: 183_211,
        url: format!("/i/token-{role}"),
        url_expires_at: "2026-01-31T12:45:00.000Z".to_owned(),
    }
}

pub fn view(status: Status) -> OrderView {
    let mut images =
        vec![image("person", 768, 1024), image("garment", 900, 900), image("garment", 600, 800)];
    if status == Status::Completed {
        images.push(image("output", 864, 1152));
    }
    OrderView {
        id: "A".repeat(40),
        kind: "try_on",
        status,
        status_sequence: 3,
        queue_position: (status == Status::Queued).then_some(4),
        eta_seconds: (!status.is_final()).then_some(50),
        created_at: "2026-01-31T12:34:56.000Z".to_owned(),
        completed_at: status.is_final().then(|| "2026-01-31T12:35:40.000Z".to_owned()),
        expires_at: Some("2026-02-02T12:34:56.000Z".to_owned()),
        options: Options {
            category: Category::Tops,
            garment_photo_type: GarmentPhotoType::Auto,
            look_style: LookStyle::Street,
            focus: Focus::UpperBody,
            resolution: Resolution::R2K,
            aspect_ratio: AspectRatio::R3x4,
            output_format: OutputFormat::Jpeg,
            instructions: Some("Tuck the shirt in".to_owned()),
        },
        has_preview: false,
        images: if status == Status::Expired { Vec::new() } else { images },
        error: (status == Status::Failed).then_some(ErrorView {
            code: "content_moderation",
            title: "The photo was refused",
            detail: "The provider’s rules do not allow it. Try another photo.",
            retryable: false,
        }),
        problems: vec![],
        facts: FactsView {
            provider: "kie",
            model: "nano-banana-2".to_owned(),
            provider_credits: Some(Credits(8_000)),
            metadata_removed: vec!["gps", "exif"],
            stored_until: Some("2026-02-02T12:34:56.000Z".to_owned()),
            provider_retention_days: 14,
        },
    }
}

/// The English frame of a site whose files are those of `public/`.
pub fn frame() -> Frame<'static> {
    static SITE: OnceLock<Site> = OnceLock::new();
    Frame { text: &EN, site: SITE.get_or_init(|| Site { origin: ORIGIN.to_owned(), ..site() }) }
}

/// The static home page with this form.
pub fn home_page(form: &FormState) -> String {
    home(frame(), form, &EN_SITE)
}

/// The form as the Worker shows it again.
pub fn refused_page(form: &FormState) -> String {
    refused_form(frame(), form)
}

/// What a picture costs the operator.
pub fn costs() -> Costs {
    Costs {
        model: DEFAULT_MODEL_ID,
        milli: vec![(Resolution::R1K, 8_000), (Resolution::R4K, 18_500)],
    }
}

/// What the default model offers.
pub fn offer() -> Offer {
    find(DEFAULT_MODEL_ID).unwrap().offers()
}

/// The form of a first visit.
pub fn blank() -> FormState {
    FormState::blank(offer())
}

pub fn notice(field: Option<&'static str>) -> ErrorNotice {
    ErrorNotice {
        code: Code::InputInvalid,
        title: "Something is missing",
        detail: Cow::Borrowed("Choose a photo."),
        field,
        request_id: Some("req-123".to_owned()),
        return_to: None,
    }
}

fn planted_notice() -> ErrorNotice {
    ErrorNotice {
        code: Code::InputInvalid,
        title: PLANTED,
        detail: Cow::Borrowed(PLANTED),
        field: Some("instructions"),
        request_id: Some(PLANTED.to_owned()),
        return_to: Some(format!("/orders/{PLANTED}")),
    }
}

fn planted_view(status: Status) -> OrderView {
    let mut view = view(status);
    let planted = || PLANTED.to_owned();
    view.id = planted();
    view.created_at = planted();
    view.options.instructions = Some(planted());
    for image in &mut view.images {
        image.url = planted();
        image.url_expires_at = planted();
    }
    view.facts.model = planted();
    view.facts.stored_until = Some(planted());
    view.facts.metadata_removed = vec![PLANTED];
    view.facts.provider = PLANTED;
    if let Some(error) = &mut view.error {
        error.title = PLANTED;
        error.detail = PLANTED;
    }
    view
}

/// Every page in every state, by a name for messages and file names.
pub fn every_page() -> Vec<(String, String)> {
    let mut pages = vec![
        ("home".to_owned(), home_page(&blank())),
        (
            "home-refused".to_owned(),
            refused_page(&FormState::refused(
                offer(),
                [("category", "tops"), ("instructions", "Tuck it in"), ("consent", "on")],
                notice(Some("person_image")),
            )),
        ),
        ("error".to_owned(), error_page(frame(), 410, &notice(None))),
        ("thanks".to_owned(), waitlist_thanks(frame())),
        ("offline".to_owned(), offline(frame(), &EN_SITE)),
    ];
    let articles = articles(frame(), &EN_SITE, &costs()).into_iter();
    pages.extend(articles.map(|(path, html)| (path.trim_matches('/').to_owned(), html)));
    for status in STATUSES {
        pages.push((format!("order-{}", status.as_str()), order(frame(), &view(status))));
    }
    pages
}

pub fn planted_pages() -> Vec<(String, String)> {
    let form = FormState::refused(offer(), [("instructions", PLANTED)], planted_notice());
    let mut pages = vec![
        ("home".to_owned(), home_page(&form)),
        ("home-refused".to_owned(), refused_page(&form)),
        ("error".to_owned(), error_page(frame(), 404, &planted_notice())),
    ];
    for status in STATUSES {
        let page = order(frame(), &planted_view(status));
        pages.push((format!("order-{}", status.as_str()), page));
    }
    pages
}
