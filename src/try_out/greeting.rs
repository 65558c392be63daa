//! The words that the prompt opens with, and `help`.

use crate::i18n::Texts;
use crate::model::Locale;
use crate::text;

/// Who is there, and three lines to copy.
pub(super) fn lines(texts: &Texts, locale: Locale, prefix: &str) -> Vec<String> {
    let mut lines = spread(&texts.get(locale, "try-greeting"));
    lines.extend(examples(prefix));
    lines.extend(spread(&texts.get(locale, "try-greeting-end")));
    lines
}

/// Every line that can be typed.
pub(super) fn help(texts: &Texts, locale: Locale, prefix: &str) -> Vec<String> {
    spread(&texts.text(locale, &text!("try-help", prefix = prefix)))
}

/// The three lines to copy; a test types them.
pub(super) fn examples(prefix: &str) -> [String; 3] {
    [
        format!("  mia: {prefix}warn @sam 2 spam"),
        "  sam /mywarnings".to_owned(),
        format!("  olive: {prefix}backup_status"),
    ]
}

fn spread(text: &str) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}
