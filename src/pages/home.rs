//! The home page: the form with its drawings and sample photos, and below it what there is to know.
//! The Worker never renders it, and does not carry what only it shows.

use askama::Template;

use super::drawings::DRAWINGS;
use super::form::{Extras, FormState, form_page};
use super::frame::Frame;
use super::message::rendered;
use super::prose::Piece;
use super::samples::{SAMPLE_SMALL_HEIGHT, SAMPLE_SMALL_WIDTH, Sample, SampleKind};
use super::text::{HomeText, SiteText, Text, WaitlistText};

/// A photo to try the form with.
struct SamplePhoto {
    stem: &'static str,
    name: &'static str,
}

#[derive(Template)]
#[template(path = "samples.html", config = "src/pages/askama.toml")]
struct Samples<'a> {
    text: &'a Text,
    photos: Vec<SamplePhoto>,
    small: (u32, u32),
}

#[derive(Template)]
#[template(path = "home_prose.html", config = "src/pages/askama.toml")]
struct Prose<'a> {
    frame: Frame<'a>,
    home: &'a HomeText,
    waitlist_words: &'a WaitlistText,
}

/// The home page with this form.
pub fn home(frame: Frame, form: &FormState, prose: &SiteText) -> String {
    let extras = Extras {
        drawings: &DRAWINGS,
        people: samples(frame.text, |kind| kind == SampleKind::Person),
        garments: samples(frame.text, |kind| kind != SampleKind::Person),
        prose: rendered(&Prose { frame, home: &prose.home, waitlist_words: &prose.waitlist }),
    };
    form_page(frame, form, &extras)
}

fn samples(text: &Text, is_wanted: fn(SampleKind) -> bool) -> String {
    let wanted = Sample::ALL.iter().filter(|sample| is_wanted(sample.kind()));
    let photo =
        |&sample: &Sample| SamplePhoto { stem: sample.stem(), name: (text.form.sample)(sample) };
    rendered(&Samples {
        text,
        photos: wanted.map(photo).collect(),
        small: (SAMPLE_SMALL_WIDTH, SAMPLE_SMALL_HEIGHT),
    })
}
