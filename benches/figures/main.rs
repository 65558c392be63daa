//! The figures that the program is held to, each measured in this run and set beside what it is compared with.
//!
//! `cargo bench` prints the table; `cargo bench -- store save` only those whose name holds a word. Nothing here fails
//! a build: a figure that is missed is a line that says so.

mod disk;
mod economy;
mod endtoend;
#[path = "../../examples/fill.rs"]
#[expect(dead_code, reason = "the example's own main is not the bench's")]
mod fill;
mod process;
mod start;
mod store;
mod table;
mod tickets;
mod vault;

use anyhow::Result;
use table::Table;

fn main() -> Result<()> {
    let wanted: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| !word.starts_with('-'))
        .collect();
    let chosen =
        |name: &str| wanted.is_empty() || wanted.iter().any(|word| name.contains(word.as_str()));
    let mut table = Table::default();
    for (name, measure) in [
        ("store", store::measure as fn(&mut Table) -> Result<()>),
        ("save archive", vault::measure),
        ("endtoend", endtoend::measure),
        ("economy leaderboard transfer", economy::measure),
        ("tickets unmutes", tickets::measure),
        ("start memory", start::measure),
    ] {
        if chosen(name) {
            measure(&mut table)?;
        }
    }
    table.print();
    Ok(())
}
