//! How the desk does: how many tickets, how soon they are answered and closed, and by whom.

use std::time::Duration;

use anyhow::Result;

use crate::model::{GuildId, Locale, Post, Text, UserId, duration_text};
use crate::store::Reader;
use crate::text;

/// How many of the staff a list shows.
const AGENTS: u32 = 10;

/// The figures of a guild. Times are means in milliseconds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figures {
    /// Tickets that are not over.
    pub open: u64,
    /// All there ever were.
    pub all: u64,
    /// From the opening to the first answer of the staff.
    pub first_answer: Option<f64>,
    /// From the opening to the end.
    pub to_close: Option<f64>,
    /// How they were rated, from 1 to 5.
    pub stars: Option<f64>,
    /// The same by who first answered, those with the most tickets first.
    pub agents: Vec<Agent>,
}

/// One of the staff.
#[derive(Clone, Debug, PartialEq)]
pub struct Agent {
    /// Who.
    pub agent: UserId,
    /// How many tickets they answered first.
    pub tickets: u64,
    /// From the opening to that answer.
    pub first_answer: f64,
    /// How these tickets were rated.
    pub stars: Option<f64>,
}

/// The figures of a guild.
pub fn of(reader: &Reader<'_>, guild: GuildId) -> Result<Figures> {
    let mut figures = reader.query_row(
        "SELECT coalesce(sum(status <> 'CLOSED'), 0), count(*), avg(answered_at - created_at),
                avg(closed_at - created_at), avg(stars)
         FROM conversations WHERE guild = ?1 AND cause IS NOT 'unmade'",
        [guild],
        |row| {
            Ok(Figures {
                open: row.get(0)?,
                all: row.get(1)?,
                first_answer: row.get(2)?,
                to_close: row.get(3)?,
                stars: row.get(4)?,
                agents: Vec::new(),
            })
        },
    )?;
    figures.agents = reader.query(
        "SELECT answered_by, count(*), avg(answered_at - created_at), avg(stars)
         FROM conversations WHERE guild = ?1 AND answered_by IS NOT NULL
         GROUP BY answered_by ORDER BY count(*) DESC, answered_by LIMIT ?2",
        rusqlite::params![guild, AGENTS],
        |row| {
            Ok(Agent {
                agent: row.get(0)?,
                tickets: row.get(1)?,
                first_answer: row.get(2)?,
                stars: row.get(3)?,
            })
        },
    )?;
    Ok(figures)
}

/// The figures as people read them.
pub fn post(figures: &Figures, locale: Locale) -> Post {
    let field = |name: &'static str, value: Text| (Text::new(name), value);
    let mut fields = vec![
        field(
            "tickets-stats-count",
            text!(
                "tickets-stats-counts",
                open = figures.open,
                all = figures.all
            ),
        ),
        field("tickets-stats-answer", length(figures.first_answer)),
        field("tickets-stats-close", length(figures.to_close)),
        field("tickets-stats-stars", stars(figures.stars)),
    ];
    fields.extend(figures.agents.iter().map(|agent| {
        let value = text!(
            "tickets-stats-agent",
            agent = agent.agent.mention(),
            count = agent.tickets,
            answer = length(Some(agent.first_answer)),
            stars = stars(agent.stars)
        );
        (Text::new("tickets-stats-by"), value)
    }));
    Post::new(locale, Text::new("tickets-stats-title")).listing(fields)
}

fn stars(mean: Option<f64>) -> Text {
    Text::verbatim(mean.map_or_else(|| "—".to_owned(), |mean| format!("★ {mean:.1}")))
}

/// A mean in its largest unit, rounded.
fn length(milliseconds: Option<f64>) -> Text {
    let Some(milliseconds) = milliseconds else {
        return Text::verbatim("—");
    };
    let seconds = (milliseconds.max(0.0) / 1000.0).round() as u64;
    let unit = match seconds {
        0..60 => 1,
        60..3_600 => 60,
        3_600..172_800 => 3_600,
        _ => 86_400,
    };
    duration_text(Duration::from_secs((seconds + unit / 2) / unit * unit))
}
