//! How to get a good picture, and what to do when something is wrong.

use crate::pages::text::article::Block::{
    Definitions, Errors, List, Paragraph, Questions, Steps, Tips,
};
use crate::pages::text::article::{Drawing, Tip};
use crate::pages::text::{Article, Section};

/// How to get a good picture, and what to do when something is wrong.
pub(super) const HELP: Article = Article {
    title: "Help",
    description: "Which photos work, what each option does, how to delete everything, and what \
                  every error means and how to fix it.",
    lede: "Which photos work, what the options do, and what to do when something is wrong.",
    sections: &[
        Section {
            id: "photos",
            title: "The photo of the person",
            blocks: &[Tips(&[
                Tip {
                    drawing: Drawing::PersonWhole,
                    title: "Head to toe",
                    body: "What is not in the photo has to be made up.",
                },
                Tip {
                    drawing: Drawing::PersonFront,
                    title: "Facing the camera",
                    body: "Standing upright, arms a little away from the body.",
                },
                Tip {
                    drawing: Drawing::PersonAlone,
                    title: "One person",
                    body: "With a calm background, if you can choose.",
                },
                Tip {
                    drawing: Drawing::Light,
                    title: "Light from the front",
                    body: "A window is enough.",
                },
                Tip {
                    drawing: Drawing::PersonCropped,
                    title: "Not cut off",
                    body: "Without legs there is nothing to put trousers on.",
                },
                Tip {
                    drawing: Drawing::PersonTurned,
                    title: "Not from the side",
                    body: "The clothes are shown from the front as well.",
                },
                Tip {
                    drawing: Drawing::PersonNotAlone,
                    title: "Not in a group",
                    body: "Nobody can know who is meant.",
                },
                Tip {
                    drawing: Drawing::PersonCovered,
                    title: "Nothing in front",
                    body: "Bags, coats and crossed arms hide the body.",
                },
                Tip {
                    drawing: Drawing::Dark,
                    title: "Not in the dark",
                    body: "Colours and outlines get lost.",
                },
            ])],
        },
        Section {
            id: "garments",
            title: "The photos of the clothes",
            blocks: &[
                Tips(&[
                    Tip {
                        drawing: Drawing::GarmentFlat,
                        title: "Laid flat or hanging",
                        body: "The front, smooth and straight.",
                    },
                    Tip {
                        drawing: Drawing::GarmentOne,
                        title: "One in each photo",
                        body: "All of it in view. Up to four photos.",
                    },
                    Tip {
                        drawing: Drawing::ShoesAsPair,
                        title: "Shoes as a pair",
                        body: "From the side or from the front.",
                    },
                    Tip {
                        drawing: Drawing::GarmentCropped,
                        title: "Not cut off",
                        body: "A missing sleeve is guessed.",
                    },
                    Tip {
                        drawing: Drawing::GarmentCrumpled,
                        title: "Not crumpled",
                        body: "Creases are taken for the cut.",
                    },
                    Tip {
                        drawing: Drawing::GarmentMany,
                        title: "Not several in one",
                        body: "They get mixed up.",
                    },
                ]),
                Paragraph(
                    "We take JPEG, PNG and WebP, at most 10 MB each and 24 MB together, with at \
                     least 256 pixels on each side. Pictures from a shop’s page usually work; a \
                     screenshot does, too.",
                ),
            ],
        },
        Section {
            id: "options",
            title: "The options",
            blocks: &[
                Paragraph("You can leave all of them as they are. This is what they do:"),
                Definitions(&[
                    (
                        "Kind of garment",
                        "Says what is replaced. “Automatic” decides by the photos. Choose a kind \
                         when the wrong piece was changed.",
                    ),
                    (
                        "Look",
                        "The mood of the picture. “Natural” stays closest to your photo; the \
                         others change light and surroundings.",
                    ),
                    (
                        "In the picture",
                        "How much of the person is shown. A close-up shows fabric and details.",
                    ),
                    (
                        "Garment photos show",
                        "Whether the garment lies alone or somebody wears it. It helps when that \
                         person’s other clothes turn up in your picture.",
                    ),
                    ("Size", "More pixels take a little longer. 1K is enough for a phone."),
                    ("Shape", "The sides of the picture. By default those of the person’s photo."),
                    ("File format", "JPEG is smaller. PNG has no losses and is larger."),
                    (
                        "Anything else?",
                        "A wish in your own words, up to 500 characters: “tuck the shirt in”, \
                         “jacket open”.",
                    ),
                ]),
            ],
        },
        Section {
            id: "order",
            title: "While you wait",
            blocks: &[List(&[
                "A picture usually takes about a minute. The page says your place in line and how \
                 long it usually takes.",
                "You may close the page. Its private link brings you back for 48 hours; keep it, \
                 because without an account nobody can find it for you. With an account the \
                 picture is in your history.",
                "You can stop an order. If we had not started it, it is not counted.",
                "After 15 minutes without a picture we give up, and the try is not counted.",
            ])],
        },
        Section {
            id: "better",
            title: "When the picture is wrong",
            blocks: &[
                Questions(&[
                    (
                        "The old garment still shows",
                        "Choose the kind of garment, and write what has to go: “remove the hoodie \
                         completely”. A photo with thin, close-fitting clothes works best.",
                    ),
                    (
                        "The face or the body looks different",
                        "Use a sharper photo with more light, and a larger size. Leave the look at \
                         “Natural”.",
                    ),
                    (
                        "It is the wrong garment, or a mixture",
                        "Use one garment in each photo, and choose “Somebody wearing it” if it is \
                         worn by a person.",
                    ),
                    (
                        "A pattern or a logo is wrong",
                        "Small print and fine patterns are the weak point. A larger size and a \
                         close photo of the garment help.",
                    ),
                ]),
                Paragraph(
                    "Tell us on the order’s page what is wrong. Only the kind of problem is \
                     counted, and the [status page](/status) shows how often it happens.",
                ),
            ],
        },
        Section {
            id: "delete",
            title: "How to delete everything",
            blocks: &[
                Steps(&[
                    "Open the private link of your order.",
                    "Press “Delete now” and confirm.",
                    "Photos, picture and order are gone from here at once.",
                ]),
                Paragraph(
                    "Without an account the same happens after 48 hours if you do nothing. With \
                     one, what you delete lies in the trash for up to {trash} days, and the \
                     account page deletes the account with all there is. What can remain \
                     elsewhere for a while, such as Kie AI’s copy of the result for 14 days, \
                     stands in [Privacy](/privacy#kept).",
                ),
            ],
        },
        Section { id: "errors", title: "Errors and what helps", blocks: &[Errors] },
        Section {
            id: "contact",
            title: "How to reach us",
            blocks: &[Paragraph(
                "Write to {contact}. If it is about an error, name the error code and the request \
                 that the page shows. Send the link of an order only if you want us to see its \
                 pictures.",
            )],
        },
    ],
};
