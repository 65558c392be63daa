//! A case's number as people write it: `12`, `#12`, `n°12`.

use poise::serenity_prelude as serenity;
use serenity::async_trait;

/// The number of a case in its guild, from 1, as a command's argument: an integer in slash commands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CaseNumber(pub u32);

/// This is no case's number.
#[derive(Debug, thiserror::Error)]
#[error("not a case number")]
pub struct NoCaseNumber;

/// What people write before a number.
const MARKS: [&str; 6] = ["#", "n°", "nº", "no.", "№", "n"];

impl std::str::FromStr for CaseNumber {
    type Err = NoCaseNumber;

    fn from_str(text: &str) -> Result<Self, NoCaseNumber> {
        let text = text.trim().to_lowercase();
        let digits = MARKS
            .iter()
            .find_map(|mark| text.strip_prefix(mark))
            .unwrap_or(&text);
        let digits = digits.trim_start();
        if !digits.starts_with(|first: char| first.is_ascii_digit()) {
            return Err(NoCaseNumber);
        }
        match digits.parse() {
            Ok(0) | Err(_) => Err(NoCaseNumber),
            Ok(number) => Ok(CaseNumber(number)),
        }
    }
}

#[async_trait]
impl<'a> poise::PopArgument<'a> for CaseNumber {
    async fn pop_from(
        args: &'a str,
        attachment_index: usize,
        ctx: &serenity::Context,
        message: &serenity::Message,
    ) -> Result<(&'a str, usize, Self), (Box<dyn std::error::Error + Send + Sync>, Option<String>)>
    {
        if args.is_empty() {
            return Err((poise::TooFewArguments::default().into(), None));
        }
        let (rest, index, word) = String::pop_from(args, attachment_index, ctx, message).await?;
        // `n° 12` and `# 12` are two words.
        let is_mark = MARKS.contains(&word.to_lowercase().as_str());
        let (rest, index, word) = if is_mark && !rest.trim().is_empty() {
            String::pop_from(rest.trim_start(), index, ctx, message).await?
        } else {
            (rest, index, word)
        };
        match word.parse() {
            Ok(number) => Ok((rest.trim_start(), index, number)),
            Err(error) => Err((Box::<NoCaseNumber>::new(error), Some(word))),
        }
    }
}

#[async_trait]
impl poise::SlashArgument for CaseNumber {
    async fn extract(
        ctx: &serenity::Context,
        interaction: &serenity::CommandInteraction,
        value: &serenity::ResolvedValue<'_>,
    ) -> Result<Self, poise::SlashArgError> {
        <u32 as poise::SlashArgument>::extract(ctx, interaction, value)
            .await
            .map(CaseNumber)
    }

    fn create(builder: serenity::CreateCommandOption) -> serenity::CreateCommandOption {
        <u32 as poise::SlashArgument>::create(builder).min_int_value(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_number_is_understood_as_people_write_it() {
        for written in ["12", "#12", "n°12", "N° 12", "nº12", "no.12", "№12", " 12 "] {
            let number = written.parse::<CaseNumber>().ok();
            assert_eq!(number, Some(CaseNumber(12)), "{written}");
        }
        for written in [
            "",
            "#",
            "0",
            "#0",
            "-1",
            "+1",
            "twelve",
            "12a",
            "99999999999",
            "##12",
        ] {
            assert!(written.parse::<CaseNumber>().is_err(), "{written}");
        }
    }
}
