//! What the bot has kept, as a value that can be compared and shown.

use greffier::store::Store;

/// The journal's position, the tables as the saves would write them, and how many acts are promised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Records {
    pub seq: u64,
    /// `table {row}` a line.
    pub rows: String,
    pub promised: u64,
}

impl Records {
    pub fn of(store: &Store) -> Records {
        let snapshot = store.snapshot().expect("a snapshot");
        let mut rows = String::new();
        for register in store.registers().iter() {
            for table in register.tables() {
                let streamed = table.stream(&snapshot.reader(), None, &mut |row| {
                    rows += &format!("{} {}\n", table.name, String::from_utf8_lossy(row));
                    Ok(())
                });
                streamed.expect("a table is read");
            }
        }
        Records {
            seq: snapshot.seq(),
            rows,
            promised: snapshot.reader().outbox_len().expect("the outbox is read"),
        }
    }

    /// How many rows of the tables have these words.
    pub fn count(&self, words: &str) -> usize {
        self.rows.lines().filter(|row| row.contains(words)).count()
    }
}
