//! Words in French and English: turns a [`Text`] (a key and its values) into a sentence.
//!
//! The sentences live in `locales/<language>/*.ftl` (Fluent), embedded at build time. This module knows
//! no cog and decides no language: the caller says which one the reader reads.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentError, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use crate::model::{Arg, Locale, Text};

/// Each embedded file: language (`fr`), file name (`log.ftl`), content.
pub const FILES: &[(&str, &str, &str)] = include!(concat!(env!("OUT_DIR"), "/locales.rs"));

/// All sentences of the program, in both languages.
pub struct Texts {
    french: FluentBundle<FluentResource>,
    english: FluentBundle<FluentResource>,
}

impl Texts {
    /// The sentences that were embedded at build time.
    pub fn embedded() -> Self {
        Self {
            french: bundle(Locale::Fr),
            english: bundle(Locale::En),
        }
    }

    /// Adds the sentences of a cog that stands outside the program. What can't be read, or is there already, is named in the
    /// log and left out.
    pub fn add(&mut self, locale: Locale, source: &str) {
        let resource =
            FluentResource::try_new(source.to_owned()).unwrap_or_else(|(resource, errors)| {
                tracing::error!(event = "text_unreadable", locale = %locale, error = ?errors);
                resource
            });
        let bundle = match locale {
            Locale::Fr => &mut self.french,
            Locale::En => &mut self.english,
        };
        if let Err(errors) = bundle.add_resource(resource) {
            tracing::error!(event = "text_unreadable", locale = %locale, error = ?errors);
        }
    }

    /// The sentence of `text`, for a reader of `locale`.
    ///
    /// A key that exists nowhere gives the key itself and an error in the log, never a panic: a missing
    /// word must not stop a moderator.
    pub fn text(&self, locale: Locale, text: &Text) -> String {
        self.try_text(locale, text).unwrap_or_else(|| {
            tracing::error!(event = "text_missing", key = %text.key, locale = %locale);
            text.key.to_string()
        })
    }

    /// A sentence that takes no values.
    pub fn get(&self, locale: Locale, key: &'static str) -> String {
        self.text(locale, &Text::new(key))
    }

    /// Like [`Texts::text`], but says nothing when the key exists nowhere: the log itself asks this way.
    pub(crate) fn try_text(&self, locale: Locale, text: &Text) -> Option<String> {
        let mut args = FluentArgs::with_capacity(text.args.len());
        for (name, value) in &text.args {
            args.set(name.clone(), self.value(locale, value));
        }
        self.format(locale, &text.key, &args)
    }

    fn value(&self, locale: Locale, arg: &Arg) -> FluentValue<'static> {
        match arg {
            Arg::Text(text) => FluentValue::from(text.clone()),
            Arg::Number(number) => FluentValue::from(*number),
            Arg::Grouped(number) => FluentValue::from(grouped(locale, *number)),
            Arg::Nested(text) => FluentValue::from(self.text(locale, text)),
        }
    }

    fn format(&self, locale: Locale, key: &str, args: &FluentArgs<'_>) -> Option<String> {
        let bundle = match locale {
            Locale::Fr => &self.french,
            Locale::En => &self.english,
        };
        // `help.title` is the attribute `title` of the message `help`.
        let (message, attribute) = match key.split_once('.') {
            Some((message, attribute)) => (message, Some(attribute)),
            None => (key, None),
        };
        let message = bundle.get_message(message)?;
        let pattern = match attribute {
            Some(name) => message.get_attribute(name)?.value(),
            None => message.value()?,
        };
        let mut errors: Vec<FluentError> = Vec::new();
        // A value that was not given shows as `{$name}`, which a test forbids for every key in use.
        let sentence = bundle.format_pattern(pattern, Some(args), &mut errors);
        Some(sentence.into_owned())
    }
}

/// `1,234,567` in English; in French with the narrow no-break space that French typography asks for.
fn grouped(locale: Locale, number: i64) -> String {
    let separator = match locale {
        Locale::Fr => '\u{202f}',
        Locale::En => ',',
    };
    let digits = number.unsigned_abs().to_string();
    let mut words = String::with_capacity(digits.len() * 2);
    if number < 0 {
        words.push('-');
    }
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            words.push(separator);
        }
        words.push(digit);
    }
    words
}

fn bundle(locale: Locale) -> FluentBundle<FluentResource> {
    let language = locale.code();
    let id: LanguageIdentifier = language.parse().expect("two letters are a language tag");
    let mut bundle = FluentBundle::new_concurrent(vec![id]);
    // The isolation marks are invisible characters that Discord and terminals show badly.
    bundle.set_use_isolating(false);
    for (_, _, content) in FILES.iter().filter(|(of, ..)| *of == language) {
        // Broken entries are left out here and forbidden by a test.
        let resource = match FluentResource::try_new((*content).to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        let _: Result<(), Vec<FluentError>> = bundle.add_resource(resource);
    }
    bundle
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_numbers_are_grouped_as_each_language_does() {
        for (number, french, english) in [
            (0, "0", "0"),
            (999, "999", "999"),
            (1_000, "1\u{202f}000", "1,000"),
            (-12_345, "-12\u{202f}345", "-12,345"),
            (
                9_007_199_254_740_992,
                "9\u{202f}007\u{202f}199\u{202f}254\u{202f}740\u{202f}992",
                "9,007,199,254,740,992",
            ),
        ] {
            assert_eq!(grouped(Locale::Fr, number), french);
            assert_eq!(grouped(Locale::En, number), english);
        }
    }
}
