//! What somebody types about channels: which, how long, and why; most important first, so that little is enough.

use std::time::Duration;

use crate::model::{ChannelId, leading_duration};

/// What somebody asks to be closed or opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wish {
    /// Which channels; `None`: all of them.
    pub(super) channels: Option<Vec<ChannelId>>,
    /// For how long; absent: until somebody opens them.
    pub(super) length: Option<Duration>,
    /// Why.
    pub(super) reason: String,
}

/// `all 30m raid`, `#general #memes raid`, `10m`: which channels, how long, and why.
pub(super) fn read(words: &str, here: ChannelId) -> Wish {
    let mut rest = words.trim();
    let mut named = Vec::new();
    let mut everywhere = false;
    while let Some(first) = rest.split_whitespace().next() {
        if let Some(channel) = channel(first) {
            named.push(channel);
        } else if named.is_empty() && !everywhere && is_all(first) {
            everywhere = true;
        } else {
            break;
        }
        rest = rest[first.len()..].trim_start();
    }
    let (length, reason) = match leading_duration(rest) {
        Some((length, reason)) => (Some(length), reason),
        None => (None, rest),
    };
    let channels = match (everywhere, named.is_empty()) {
        (true, _) => None,
        (false, true) => Some(vec![here]),
        (false, false) => Some(named),
    };
    Wish {
        channels,
        length,
        reason: reason.to_owned(),
    }
}

fn is_all(word: &str) -> bool {
    ["all", "tout", "tous", "partout"].contains(&word.to_lowercase().as_str())
}

fn channel(word: &str) -> Option<ChannelId> {
    let digits = word.strip_prefix("<#")?.strip_suffix('>')?;
    digits.parse().ok().filter(|id| *id > 0).map(ChannelId)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn which_channels_how_long_and_why_are_read_in_that_order() {
        let minutes = |count: u64| Some(Duration::from_secs(count * 60));
        let here = || Some(vec![ChannelId(9)]);
        for (typed, channels, length, reason) in [
            ("", here(), None, ""),
            ("10m", here(), minutes(10), ""),
            ("raid", here(), None, "raid"),
            ("all", None, None, ""),
            ("ALL 30m raid at 2", None, minutes(30), "raid at 2"),
            ("tout 1h", None, minutes(60), ""),
            (
                "<#5> <#6> 2h spam",
                Some(vec![ChannelId(5), ChannelId(6)]),
                minutes(120),
                "spam",
            ),
            ("10m all of them", here(), minutes(10), "all of them"),
            ("<#0>", here(), None, "<#0>"),
        ] {
            let wish = Wish {
                channels,
                length,
                reason: reason.to_owned(),
            };
            assert_eq!(read(typed, ChannelId(9)), wish, "{typed}");
        }
    }
}
