//! `!economy currency`, `!economy set`, and what the guild chose so far.

use super::choices_of;
use super::manage::administrators;
use crate::cogs::economy::amount::Amount;
use crate::cogs::economy::register::choices::{Choice, Choices};
use crate::cogs::economy::register::paydays::{self, Payday};
use crate::cogs::economy::rules::choices as rules;
use crate::discord::{Answer, Audience, Context, embed, here, locale, order, say, scene};
use crate::model::{Post, Refusal, Rejection, Text, duration_text, parse_duration};
use crate::text;
use std::time::Duration;

/// What can be chosen, by the name that is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, poise::ChoiceParameter)]
enum Name {
    #[name = "zone"]
    #[name = "fuseau"]
    #[name_localized("fr", "fuseau")]
    Zone,
    #[name = "daily"]
    #[name = "quotidien"]
    #[name_localized("fr", "quotidien")]
    Daily,
    #[name = "streak_bonus"]
    #[name = "bonus_série"]
    #[name_localized("fr", "bonus_série")]
    StreakBonus,
    #[name = "work"]
    #[name = "travail"]
    #[name_localized("fr", "travail")]
    Work,
    #[name = "work_every"]
    #[name = "travail_tous_les"]
    #[name_localized("fr", "travail_tous_les")]
    WorkEvery,
    #[name = "confirm_above"]
    #[name = "confirmer_au_dessus"]
    #[name_localized("fr", "confirmer_au_dessus")]
    ConfirmAbove,
    #[name = "highest_stake"]
    #[name = "mise_maximale"]
    #[name_localized("fr", "mise_maximale")]
    HighestStake,
}

impl Name {
    const ALL: [Name; 7] = [
        Name::Zone,
        Name::Daily,
        Name::StreakBonus,
        Name::Work,
        Name::WorkEvery,
        Name::ConfirmAbove,
        Name::HighestStake,
    ];

    fn label(self) -> Text {
        Text::new(match self {
            Name::Zone => "economy-choice-zone",
            Name::Daily => "economy-choice-daily",
            Name::StreakBonus => "economy-choice-streak-bonus",
            Name::Work => "economy-choice-work",
            Name::WorkEvery => "economy-choice-work-every",
            Name::ConfirmAbove => "economy-choice-confirm-above",
            Name::HighestStake => "economy-choice-highest-stake",
        })
    }

    /// Reads a value; `default` takes the choice back.
    fn parse(self, value: &str) -> Result<Choice, Refusal> {
        let value = value.trim();
        let reset = ["default", "défaut", "defaut"].contains(&value.to_lowercase().as_str());
        let refused = || Refusal(text!("refused-choice", choice = self.label()));
        let coins = || match (reset, value.parse()) {
            (true, _) => Ok(None),
            (false, Ok(Amount::Coins(coins))) => Ok(Some(coins)),
            _ => Err(refused()),
        };
        Ok(match self {
            Name::Zone => Choice::Zone((!reset).then(|| value.to_owned())),
            Name::Daily => Choice::Daily(coins()?),
            Name::StreakBonus => Choice::StreakBonus(coins()?),
            Name::Work if reset => Choice::Work(None),
            Name::Work => Choice::Work(Some(range(value).ok_or_else(refused)?)),
            Name::WorkEvery if reset => Choice::WorkEvery(None),
            Name::WorkEvery => {
                let pause = parse_duration(value).ok_or_else(refused)?;
                Choice::WorkEvery(Some(pause.as_secs()))
            }
            Name::ConfirmAbove => Choice::ConfirmAbove(coins()?),
            Name::HighestStake => Choice::HighestStake(coins()?),
        })
    }

    fn value(self, choices: &Choices, zone: chrono_tz::Tz) -> Text {
        let or_off = |coins: i64| match coins {
            0 => Text::new("economy-off"),
            coins => choices.coins(coins),
        };
        match self {
            Name::Zone => Text::verbatim(choices.zone.unwrap_or(zone).name()),
            Name::Daily => or_off(choices.daily),
            Name::StreakBonus => or_off(choices.streak_bonus),
            Name::Work if choices.work_most == 0 => Text::new("economy-off"),
            Name::Work => text!(
                "economy-range",
                least = choices.coins(choices.work_least),
                most = choices.coins(choices.work_most)
            ),
            Name::WorkEvery => duration_text(Duration::from_secs(choices.work_every)),
            Name::ConfirmAbove => choices.coins(choices.confirm_above),
            Name::HighestStake => or_off(choices.highest_stake),
        }
    }
}

/// `20-60`, or one number for always the same.
fn range(value: &str) -> Option<(i64, i64)> {
    let (least, most) = value.split_once(['-', '–', '…']).unwrap_or((value, value));
    match (least.parse().ok()?, most.parse().ok()?) {
        (Amount::Coins(least), Amount::Coins(most)) => Some((least, most)),
        _ => None,
    }
}

#[poise::command(prefix_command, slash_command, guild_only, category = "economy")]
pub(super) async fn currency(
    ctx: Context<'_>,
    symbol: String,
    #[rest] name: Option<String>,
) -> Result<(), Rejection> {
    let scene = scene(ctx).await?;
    let guild = scene.guild;
    ctx.data()
        .store
        .write(order(ctx), move |tx| {
            rules::choose(tx, &scene.actor, Choice::Symbol(Some(symbol)))?;
            match name {
                Some(name) => rules::choose(tx, &scene.actor, Choice::Name(Some(name))),
                None => Ok(()),
            }
        })
        .await?;
    let choices = choices_of(ctx.data(), guild).await?;
    let text = text!(
        "economy-currency-set",
        currency = choices.currency(),
        example = choices.coins(1_000)
    );
    say(ctx, Audience::Everyone, &text).await
}

#[poise::command(prefix_command, slash_command, guild_only, category = "economy")]
pub(super) async fn set(
    ctx: Context<'_>,
    choice: Name,
    #[rest] value: String,
) -> Result<(), Rejection> {
    let scene = scene(ctx).await?;
    let (guild, chosen) = (scene.guild, choice.parse(&value)?);
    ctx.data()
        .store
        .write(order(ctx), move |tx| {
            rules::choose(tx, &scene.actor, chosen)
        })
        .await?;
    let choices = choices_of(ctx.data(), guild).await?;
    let text = text!(
        "economy-chosen",
        choice = choice.label(),
        value = choice.value(&choices, ctx.data().config.timezone)
    );
    say(ctx, Audience::Everyone, &text).await
}

/// Everything that the guild chose, and its paydays.
pub(super) async fn show(ctx: Context<'_>) -> Result<(), Rejection> {
    administrators(ctx).await?;
    let (guild, house) = (here(ctx)?, ctx.data());
    let choices = choices_of(house, guild).await?;
    let paydays = house
        .store
        .read(move |reader| paydays::of(reader, guild))
        .await?;
    let choice = |name: &Name| {
        let title = text!(
            "settings-field",
            label = name.label(),
            name = poise::ChoiceParameter::name(name)
        );
        (title, name.value(&choices, house.config.timezone))
    };
    let payday = |payday: &Payday| {
        let value = text!(
            "economy-payday-line",
            role = payday.role.mention(),
            amount = choices.coins(payday.amount),
            every = duration_text(Duration::from_secs(payday.every)),
            due = payday.due.markup('f')
        );
        (Text::new("economy-payday"), value)
    };
    let prefix = house.preferences.prefix(Some(guild));
    let title = text!(
        "economy-overview",
        currency = choices.currency(),
        example = choices.coins(1_000)
    );
    let post = Post::new(locale(ctx, Audience::Everyone), title)
        .saying(text!("economy-overview-how", prefix = prefix))
        .listing(Name::ALL.iter().map(choice))
        // An embed has at most 25 fields (Discord's limit).
        .listing(paydays.iter().take(25 - Name::ALL.len()).map(payday));
    Answer::to(Audience::Everyone)
        .showing(embed(house, &post))
        .send(ctx)
        .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_of_pay_is_one_number_or_two() {
        assert_eq!(range("20-60"), Some((20, 60)));
        assert_eq!(range("50"), Some((50, 50)));
        assert_eq!(range("1k-2k"), Some((1_000, 2_000)));
        assert_eq!(range("20-"), None);
        assert_eq!(range("all"), None);
    }
}
