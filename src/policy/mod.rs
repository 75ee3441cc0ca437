//! What the product promises about data, as data: which are kept, why, where, for how long and by
//! whom. The privacy page and its sisters are written from it, and a test holds it against the
//! schema, the cookies, the scripts and the configuration, so that nothing is kept that it does not
//! name. Its words are in the catalogue, but for announcements, which are also mailed.

pub mod announcements;
pub mod browser;
pub mod claims;
pub mod data_map;
pub mod parties;
pub mod terms;
