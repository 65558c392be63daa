//! Plain values that several floors share. No input or output here, and no dependency on any other floor.

mod locale;
mod text;

pub use locale::{Locale, UnknownLocale};
pub use text::{Arg, Text};
