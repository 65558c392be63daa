//! Plain values that several floors share: ids, time, texts, effects, refusals. No I/O, no Discord library.

mod channel;
mod clock;
mod duration;
mod effect;
mod erased;
mod id;
mod locale;
mod nearest;
mod refusal;
mod scene;
mod standing;
mod text;
mod time;

pub use channel::{ChannelEdit, Overwrite, PostedFile, Whom, permission};
pub use clock::{Clock, milliseconds};
pub use duration::{duration_text, leading_duration, parse_duration};
pub use effect::{Button, ButtonStyle, Choice, Effect, Made, Menu, Post};
pub use erased::Erased;
pub use id::{ChannelId, GuildId, MessageId, RoleId, UserId};
pub use locale::{Locale, UnknownLocale};
pub use nearest::nearest;
pub use refusal::{Refusal, Rejection};
pub use scene::Scene;
pub use standing::{Rank, RoleFacts, Standing};
pub use text::{Arg, Text};
pub use time::Timestamp;
