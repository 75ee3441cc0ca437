//! What a visitor can choose. The values on the wire are fixed by the HTTP interface.

use serde::{Deserialize, Serialize};

/// Longest `instructions`, in characters.
pub const INSTRUCTIONS_CHARS_MAX: usize = 500;

macro_rules! choice {
    ($(#[$doc:meta])* $name:ident {
        $($(#[$vdoc:meta])* $variant:ident => $text:literal),+ $(,)?
    }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$vdoc])* #[serde(rename = $text)] $variant),+
        }

        impl $name {
            /// Every value, in the order in which the form shows them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The value's fixed name on the wire.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            /// Reads the name on the wire; `None` for an unknown one.
            pub fn parse(text: &str) -> Option<Self> {
                match text { $($text => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

choice! {
    /// What kind of garment the photos show.
    Category {
        /// The provider finds out.
        Auto => "auto",
        /// Shirts, sweaters, blouses.
        Tops => "tops",
        /// Trousers, skirts, shorts.
        Bottoms => "bottoms",
        /// Dresses, jumpsuits.
        OnePieces => "one-pieces",
        /// Coats, jackets.
        Outerwear => "outerwear",
        /// Shoes, boots.
        Footwear => "footwear",
        /// Hats, bags, scarves, jewellery.
        Accessories => "accessories",
    }
}

choice! {
    /// How the garment was photographed.
    GarmentPhotoType {
        /// The provider finds out.
        Auto => "auto",
        /// The garment alone, laid flat or on a hanger.
        FlatLay => "flat-lay",
        /// Worn by somebody.
        Model => "model",
    }
}

choice! {
    /// The look of the picture.
    LookStyle {
        /// As in the person's own photo.
        Natural => "natural",
        /// Even studio light, plain backdrop.
        Studio => "studio",
        /// Outdoors in a city.
        Street => "street",
        /// As in a magazine.
        Editorial => "editorial",
        /// An evening out.
        Evening => "evening",
    }
}

choice! {
    /// Which part of the person the picture shows.
    Focus {
        /// Head to toe.
        FullBody => "full-body",
        /// Head to waist.
        UpperBody => "upper-body",
        /// Waist to feet.
        LowerBody => "lower-body",
        /// The garment close up.
        Details => "details",
    }
}

choice! {
    /// Size class of the picture's longer side.
    Resolution {
        /// About 1024 px.
        R1K => "1K",
        /// About 2048 px.
        R2K => "2K",
        /// About 4096 px.
        R4K => "4K",
    }
}

choice! {
    /// Width to height of the picture.
    AspectRatio {
        /// The ratio of the person's photo.
        Auto => "auto",
        /// Square.
        R1x1 => "1:1",
        /// Portrait 3:4.
        R3x4 => "3:4",
        /// Landscape 4:3.
        R4x3 => "4:3",
        /// Portrait 2:3.
        R2x3 => "2:3",
        /// Landscape 3:2.
        R3x2 => "3:2",
        /// Portrait 4:5.
        R4x5 => "4:5",
        /// Landscape 5:4.
        R5x4 => "5:4",
        /// Portrait 9:16.
        R9x16 => "9:16",
        /// Landscape 16:9.
        R16x9 => "16:9",
    }
}

choice! {
    /// File format of the picture.
    OutputFormat {
        /// JPEG.
        Jpeg => "jpeg",
        /// PNG.
        Png => "png",
    }
}

/// One visitor's choices, complete and valid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Options {
    /// What kind of garment the photos show.
    pub category: Category,
    /// How the garments were photographed.
    pub garment_photo_type: GarmentPhotoType,
    /// The look of the picture.
    pub look_style: LookStyle,
    /// Which part of the person is shown.
    pub focus: Focus,
    /// Size class.
    pub resolution: Resolution,
    /// Width to height.
    pub aspect_ratio: AspectRatio,
    /// File format.
    pub output_format: OutputFormat,
    /// Free text of the visitor, at most [`INSTRUCTIONS_CHARS_MAX`] characters; personal data.
    pub instructions: Option<String>,
}

/// What can be chosen where not everything can be made, in the order of the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Resolutions that can be made.
    pub resolutions: Vec<Resolution>,
    /// Ratios that can be made at one resolution at least, `auto` included.
    pub ratios: Vec<AspectRatio>,
    /// Formats that can be delivered.
    pub formats: Vec<OutputFormat>,
    /// Pairs out of the two lists that cannot be made.
    pub impossible: Vec<(Resolution, AspectRatio)>,
}

impl Offer {
    /// The resolution of an order that names none: 1K, or the first there is.
    pub fn usual_resolution(&self) -> Resolution {
        usual(&self.resolutions, Resolution::R1K)
    }

    /// The ratio of an order that names none: `auto`, or the first there is.
    pub fn usual_ratio(&self) -> AspectRatio {
        usual(&self.ratios, AspectRatio::Auto)
    }

    /// The format of an order that names none: JPEG, or the first there is.
    pub fn usual_format(&self) -> OutputFormat {
        usual(&self.formats, OutputFormat::Jpeg)
    }

    /// The offered resolutions at which a ratio cannot be made.
    pub fn resolutions_without(&self, ratio: AspectRatio) -> Vec<Resolution> {
        let without = |size: &Resolution| self.impossible.contains(&(*size, ratio));
        self.resolutions.iter().copied().filter(without).collect()
    }
}

fn usual<T: Copy + PartialEq>(offered: &[T], usual: T) -> T {
    if offered.contains(&usual) { usual } else { offered.first().copied().unwrap_or(usual) }
}
