//! Public ids: UUIDs of version 7 (RFC 9562), made where a command is read, never where a change is applied.

use rand::Rng as _;

use crate::model::Timestamp;

/// A new id. Ids of later milliseconds sort behind earlier ones.
pub fn new(now: Timestamp) -> String {
    let milliseconds = u128::from(now.0.unsigned_abs()) & 0xffff_ffff_ffff;
    let random: u128 = rand::rng().random();
    // 48 bits of time, the version, 12 random bits, the variant, 62 random bits.
    let bits = (milliseconds << 80)
        | (0x7 << 76)
        | (((random >> 64) & 0xfff) << 64)
        | (0b10 << 62)
        | (random & 0x3fff_ffff_ffff_ffff);
    let digits = format!("{bits:032x}");
    [
        &digits[..8],
        &digits[8..12],
        &digits[12..16],
        &digits[16..20],
        &digits[20..],
    ]
    .join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_carry_their_time_version_and_variant_and_never_repeat() {
        let (first, second) = (
            new(Timestamp(0x0123_4567_89ab)),
            new(Timestamp(0x0123_4567_89ac)),
        );
        assert!(first.starts_with("01234567-89ab-7"), "{first}");
        assert!(["8", "9", "a", "b"].contains(&&first[19..20]), "{first}");
        assert!(first < second);
        assert_ne!(new(Timestamp(5)), new(Timestamp(5)));
    }
}
