//! The sample photos that visitors may try the product with: drawn for this project, in
//! `public/img/samples/`. What each shows is said by the catalogue, by the photo's name here.

use crate::domain::options::Category;

/// Width of every sample photo, in pixels.
pub const SAMPLE_WIDTH: u32 = 768;
/// Height of every sample photo, in pixels.
pub const SAMPLE_HEIGHT: u32 = 1024;
/// Width of its small copy, in pixels.
pub const SAMPLE_SMALL_WIDTH: u32 = 192;
/// Height of its small copy, in pixels.
pub const SAMPLE_SMALL_HEIGHT: u32 = 256;

/// What a sample photo is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SampleKind {
    /// Somebody in plain clothes, head to toe.
    Person,
    /// A garment of this category, lying alone.
    Garment(Category),
}

macro_rules! samples {
    ($($(#[$doc:meta])* $variant:ident => $stem:literal, $kind:expr;)+) => {
        /// One sample photo.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Sample {
            $($(#[$doc])* $variant),+
        }

        impl Sample {
            /// Every sample, people first, in the order in which they are offered.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The file's name without its ending: `{stem}.jpg`, and `{stem}-small.jpg`.
            pub const fn stem(self) -> &'static str {
                match self { $(Self::$variant => $stem),+ }
            }

            /// What it is for.
            pub const fn kind(self) -> SampleKind {
                match self { $(Self::$variant => $kind),+ }
            }
        }
    };
}

samples! {
    /// A slim woman with long brown hair, in a white T-shirt and jeans.
    SlimWoman => "person-1", SampleKind::Person;
    /// A broad man with a beard, in a grey-green T-shirt and dark trousers.
    BroadMan => "person-2", SampleKind::Person;
    /// A plus-size woman with red curls, in a green T-shirt and leggings.
    PlusSizeWoman => "person-3", SampleKind::Person;
    /// A tall man with short black hair, in a white T-shirt and shorts.
    TallMan => "person-4", SampleKind::Person;
    /// An older woman with grey hair and glasses, in a blue T-shirt and light trousers.
    OlderWoman => "person-5", SampleKind::Person;
    /// A woman with natural hair who sits in a wheelchair, in a yellow T-shirt and jeans.
    WheelchairUser => "person-6", SampleKind::Person;
    /// A sweater with cables.
    KnitSweater => "garment-knit-sweater", SampleKind::Garment(Category::Tops);
    /// A long-sleeved shirt with navy stripes.
    StripedShirt => "garment-striped-shirt", SampleKind::Garment(Category::Tops);
    /// A white blouse.
    WhiteBlouse => "garment-white-blouse", SampleKind::Garment(Category::Tops);
    /// A green hoodie.
    Hoodie => "garment-hoodie", SampleKind::Garment(Category::Tops);
    /// A blue denim jacket.
    DenimJacket => "garment-denim-jacket", SampleKind::Garment(Category::Outerwear);
    /// A belted trench coat.
    TrenchCoat => "garment-trench-coat", SampleKind::Garment(Category::Outerwear);
    /// Wide olive trousers.
    WideTrousers => "garment-wide-trousers", SampleKind::Garment(Category::Bottoms);
    /// A red pleated skirt.
    PleatedSkirt => "garment-pleated-skirt", SampleKind::Garment(Category::Bottoms);
    /// A yellow summer dress with flowers.
    SummerDress => "garment-summer-dress", SampleKind::Garment(Category::OnePieces);
    /// A dark green evening dress.
    EveningDress => "garment-evening-dress", SampleKind::Garment(Category::OnePieces);
    /// A pair of white and green sneakers.
    Sneakers => "garment-sneakers", SampleKind::Garment(Category::Footwear);
    /// A brown felt hat.
    FeltHat => "garment-felt-hat", SampleKind::Garment(Category::Accessories);
    /// A green handbag.
    Handbag => "garment-handbag", SampleKind::Garment(Category::Accessories);
}
