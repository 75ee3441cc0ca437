//! The checksum against another implementation of it.

use anytryon::domain::crc32::Crc32;
use proptest::prelude::*;

#[test]
fn the_checksum_is_that_of_zip() {
    let mut crc = Crc32::new();
    assert_eq!(crc.finish(), 0);
    crc.update(b"123456789");
    assert_eq!(crc.finish(), 0xCBF4_3926);
}

proptest! {
    #[test]
    fn the_checksum_does_not_depend_on_the_cut(
        bytes in prop::collection::vec(any::<u8>(), 0..200),
        cut in 0..200_usize,
    ) {
        let (start, end) = bytes.split_at(cut.min(bytes.len()));
        let mut crc = Crc32::new();
        crc.update(start);
        crc.update(end);
        prop_assert_eq!(crc.finish(), crc32fast::hash(&bytes));
    }
}
