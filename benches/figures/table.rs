//! The table of figures, and times in order.

use std::time::Duration;

/// Lines of what, measured, wanted.
#[derive(Default)]
pub struct Table {
    lines: Vec<[String; 4]>,
}

impl Table {
    /// A figure, what it is held to, and whether it holds.
    pub fn add(&mut self, what: &str, measured: String, wanted: String, holds: bool) {
        let verdict = if holds { "holds" } else { "MISSED" };
        eprintln!("{what}: {measured} (wanted {wanted}): {verdict}");
        self.lines
            .push([what.to_owned(), measured, wanted, verdict.to_owned()]);
    }

    /// As Markdown.
    pub fn print(&self) {
        println!("| What | Measured | Reach | |\n|---|---|---|---|");
        for [what, measured, wanted, verdict] in &self.lines {
            println!("| {what} | {measured} | {wanted} | {verdict} |");
        }
    }
}

/// Times, sorted, for percentiles.
pub struct Times(Vec<Duration>);

impl Times {
    /// Sorts them.
    pub fn new(mut times: Vec<Duration>) -> Times {
        times.sort_unstable();
        Times(times)
    }

    /// The time below which `percent` of them lie.
    pub fn percentile(&self, percent: usize) -> Duration {
        let index = (self.0.len() * percent / 100).min(self.0.len().saturating_sub(1));
        self.0.get(index).copied().unwrap_or_default()
    }
}

/// Milliseconds with two decimals.
pub fn ms(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1000.0)
}

/// Seconds with three decimals.
pub fn seconds(time: Duration) -> String {
    format!("{:.3} s", time.as_secs_f64())
}
