//! The form follows the model that is configured: it offers what that can make, and what is chosen
//! already can be made.

use std::collections::BTreeMap;

use anytryon::domain::options::{
    AspectRatio, Category, Focus, GarmentPhotoType, LookStyle, Options, OutputFormat, Resolution,
};
use anytryon::pages::FormState;
use anytryon::provider::models::{MODELS, Model};

use super::html::{Tag, tags};
use super::samples::{home_page, notice, refused_page};
use crate::site::{assert_problem, order_form, post_order, send};
use crate::world::{Ask, World};

const GPT: &str = "gpt-image-2-image-to-image";

/// A group of radio buttons: its options, what each says, and the values of those that are chosen.
#[derive(Default)]
struct Menu {
    options: Vec<Tag>,
    labels: Vec<String>,
    chosen: Vec<String>,
}

impl Menu {
    fn values(&self) -> Vec<&str> {
        self.options.iter().map(|option| option.get("value").unwrap()).collect()
    }
}

fn menus(html: &str) -> BTreeMap<String, Menu> {
    let mut menus: BTreeMap<String, Menu> = BTreeMap::new();
    let mut name = String::new();
    for tag in tags(html) {
        if tag.get("type") == Some("radio") && tag.has("value") {
            tag.get("name").unwrap().clone_into(&mut name);
            let menu = menus.entry(name.clone()).or_default();
            if tag.has("checked") {
                menu.chosen.push(tag.get("value").unwrap().to_owned());
            }
            menu.options.push(tag);
        } else if tag.get("class") == Some("pick__label") {
            menus.get_mut(&name).unwrap().labels.push(tag.text);
        }
    }
    menus
}

/// An order of the three values that depend on the model.
fn ordered(resolution: &str, ratio: &str, format: &str) -> Options {
    Options {
        category: Category::Auto,
        garment_photo_type: GarmentPhotoType::Auto,
        look_style: LookStyle::Natural,
        focus: Focus::FullBody,
        resolution: Resolution::parse(resolution).unwrap(),
        aspect_ratio: AspectRatio::parse(ratio).unwrap(),
        output_format: OutputFormat::parse(format).unwrap(),
        instructions: None,
    }
}

fn world_of(model: &Model) -> World {
    World::builder(1).config(|config| model.id.clone_into(&mut config.provider_model)).build()
}

#[test]
fn the_form_of_each_model_is_its_offer_and_begins_with_what_it_can_make() {
    for model in &MODELS {
        let menus = menus(&home_page(&FormState::blank(model.offers())));
        let (sizes, ratios) = (&menus["resolution"], &menus["aspect_ratio"]);
        let formats = &menus["output_format"];
        for menu in [sizes, ratios, formats] {
            assert_eq!(menu.chosen.len(), 1, "{}", model.id);
        }
        let [size, ratio, format] = [sizes, ratios, formats].map(|menu| menu.chosen[0].as_str());
        assert_eq!(model.check(&ordered(size, ratio, format), 4), Ok(()), "{}", model.id);

        // Everything that any model could be asked for: on the form if and only if this one can.
        for size in Resolution::ALL.iter().map(|size| size.as_str()) {
            for ratio in AspectRatio::ALL.iter().map(|ratio| ratio.as_str()) {
                for format in OutputFormat::ALL.iter().map(|format| format.as_str()) {
                    let shown = ratios.options.iter().find(|tag| tag.get("value") == Some(ratio));
                    let excluded = shown.and_then(|tag| tag.get("data-not-at")).unwrap_or("");
                    let offered = sizes.values().contains(&size)
                        && shown.is_some()
                        && !excluded.split(' ').any(|one| one == size)
                        && formats.values().contains(&format);
                    let possible = model.check(&ordered(size, ratio, format), 1).is_ok();
                    assert_eq!(offered, possible, "{}: {size} {ratio} {format}", model.id);
                }
            }
        }
    }
}

#[test]
fn a_shape_says_at_which_sizes_it_is_not_made() {
    let gpt = MODELS.iter().find(|model| model.id == GPT).unwrap();
    let ratios = &menus(&home_page(&FormState::blank(gpt.offers())))["aspect_ratio"];
    let label = |value: &str| {
        let at = ratios.values().iter().position(|one| *one == value).unwrap();
        ratios.labels[at].clone()
    };
    assert_eq!(label("1:1"), "Square 1:1 (not at 4K)");
    assert_eq!(label("4:5"), "Portrait 4:5 (not at 2K, 4K)");
    assert_eq!(label("3:4"), "Portrait 3:4");
}

#[test]
fn an_order_that_chooses_nothing_gets_what_the_form_begins_with() {
    for model in &MODELS {
        let world = world_of(model);
        let placed = send(&world, post_order(order_form()));
        assert_eq!(placed.status, 201, "{}: {}", model.id, placed.text());
        let menus = menus(&home_page(&FormState::blank(model.offers())));
        for field in ["resolution", "aspect_ratio", "output_format"] {
            let got = placed.json()["options"][field].clone();
            assert_eq!(got, *menus[field].chosen[0], "{}: {field}", model.id);
        }
        world.end();
    }
}

#[test]
fn a_file_format_left_out_is_the_one_that_the_model_has() {
    let gpt = MODELS.iter().find(|model| model.id == GPT).unwrap();
    let world = world_of(gpt);
    let placed = send(&world, post_order(order_form()));
    assert_eq!(placed.json()["options"]["output_format"], "png");
    let asked = send(&world, post_order(order_form().text("output_format", "jpeg")));
    assert_problem(&asked, 422, "input_invalid", Some("output_format"));
    world.end();
}

#[test]
fn a_form_refused_by_the_worker_offers_what_its_model_can() {
    for model in &MODELS {
        let world = world_of(model);
        let ask = post_order(order_form().text("category", "hats"));
        let kind = ask.headers[0].clone();
        let ask = Ask { headers: vec![kind], ..ask }.header("accept", "text/html");
        let refused = send(&world, ask);
        assert_eq!(refused.status, 422);
        let (shown, wanted) =
            (menus(&refused.text()), menus(&home_page(&FormState::blank(model.offers()))));
        for (name, menu) in &wanted {
            assert_eq!(shown[name].values(), menu.values(), "{}: {name}", model.id);
            assert_eq!(shown[name].chosen, menu.chosen, "{}: {name}", model.id);
        }
        world.end();
    }
}

#[test]
fn a_choice_that_the_model_lacks_is_not_chosen_again() {
    let gpt = MODELS.iter().find(|model| model.id == GPT).unwrap();
    let typed = [("resolution", "4K"), ("aspect_ratio", "1:1"), ("output_format", "jpeg")];
    let form = FormState::refused(gpt.offers(), typed, notice(Some("output_format")));
    let menus = menus(&refused_page(&form));
    // The pair is each by itself a choice: what the visitor chose is theirs to change.
    for (name, value) in [("resolution", "4K"), ("aspect_ratio", "1:1"), ("output_format", "png")] {
        assert_eq!(menus[name].chosen, [value], "{name}");
    }
}
