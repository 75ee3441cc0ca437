//! The home page around its form.

use crate::pages::text::{HomeText, Paragraph};

/// The home page around its form.
pub(super) const HOME: HomeText = HomeText {
    example_note: "A drawn example. Your picture is made from your own photos.",
    example_before_alt: "Drawing of a person in plain clothes",
    example_after_alt: "Drawing of the same person in the same pose, wearing other clothes",
    example_slider: "How much of each picture is shown",
    example_shares: "{before} percent before, {after} percent after",
    example_hold: "Hold to see before",
    steps_title: "How it works",
    steps: [
        Paragraph {
            title: "Add a photo of a person",
            body: "Head to toe, facing the camera. It can be you or anybody who agrees.",
        },
        Paragraph {
            title: "Add the clothes",
            body: "One to four photos: from a shop page, or of something that hangs in front of \
                   you.",
        },
        Paragraph {
            title: "Get the picture",
            body: "It usually takes about a minute. Compare it with the original, download it, or \
                   delete everything.",
        },
    ],
    promises_title: "What happens to your photos",
    promises: [
        Paragraph {
            title: "Closed after 48 hours, unless you keep them",
            body: and_what_stays!(
                "Photos, picture and order cannot be opened after 48 hours and are deleted within \
                 the hour after, or the moment you delete them. If you sign in, they stay in your \
                 history until you delete them."
            ),
        },
        Paragraph {
            title: "Seen by whom you tell",
            body: "The pictures lie in private storage. Your order has a secret link; whoever has \
                   it can see them, and nobody finds it by searching.",
        },
        Paragraph {
            title: "Location removed",
            body: "Where and with what a photo was taken is stripped from the file before anything \
                   is stored or passed on.",
        },
        Paragraph {
            title: "We train nothing on them",
            body: "Your photos make your picture, and nothing else here. Kie AI makes it from \
                   them.",
        },
    ],
    promises_more: "All of it, with every date and cookie: [Privacy](/privacy).",
    questions_title: "Questions and answers",
    questions: [
        Paragraph {
            title: "Will it fit me?",
            body: "The picture cannot tell. It shows how a style looks on you, not whether a size \
                   fits. For that, compare your measurements with the shop’s table.",
        },
        Paragraph {
            title: "What does it cost?",
            body: "Nothing: 3 pictures in 24 hours are free. A picture that fails is not counted. \
                   [What is free and what is coming](/pricing)",
        },
        Paragraph {
            title: "Which photos work best?",
            body: "One person, head to toe, in good light, with nothing in front of the body. One \
                   garment in each photo, all of it in view. [Tips with drawings](/help#photos)",
        },
        Paragraph {
            title: "Which clothes can I try on?",
            body: "Tops, bottoms, dresses, jackets, shoes and accessories, up to four together. \
                   Large pieces work better than small ones such as jewellery.",
        },
        Paragraph {
            title: "May I use a photo of somebody else?",
            body: "Only if that person agrees, and is 16 or older. It is the first of our \
                   [rules](/terms#photos).",
        },
        Paragraph {
            title: "How do I get back to my picture?",
            body: "By its private link, for 48 hours. Copy the link or download the picture: \
                   without an account, we cannot find it for you. If you sign in, it is in your \
                   history.",
        },
    ],
    questions_more: "More in [Help](/help).",
};
