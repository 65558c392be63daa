//! What was said, what was acknowledged, and what is there.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use greffier::sandbox::{Id, MessageView};

/// Each order has a reason of its own, `order 7;`, by which it is known again.
#[derive(Default)]
pub struct Oracle {
    /// The message of each order, and its reason.
    orders: HashMap<Id, String>,
    /// The reasons whose order the bot was seen to answer.
    pub acknowledged: BTreeSet<String>,
    /// Every case that the bot has ever listed, by its number.
    listed: BTreeMap<u32, String>,
}

impl Oracle {
    /// Looks through a channel for orders and answers; returns how many orders are newly acknowledged.
    pub fn look(&mut self, messages: &[MessageView]) -> BTreeSet<String> {
        let mut new = BTreeSet::new();
        for message in messages {
            match message.answers {
                None => {
                    if let Some(reason) = reason_in(&message.content) {
                        self.orders.insert(message.id, reason);
                    }
                }
                Some(order) if message.text.contains("was warned") => {
                    let reason = self
                        .orders
                        .get(&order)
                        .expect("an answer follows its order");
                    if self.acknowledged.insert(reason.clone()) {
                        new.insert(reason.clone());
                    }
                }
                Some(_) => {}
            }
        }
        new
    }

    /// Which promises are not kept, in words; nothing if all are. `cases` is what is there (the newest of it), and `due`
    /// what must be among it.
    pub fn broken_promises(
        &mut self,
        due: &BTreeSet<String>,
        cases: BTreeMap<u32, String>,
    ) -> String {
        let mut words = Vec::new();
        let there: BTreeSet<&String> = cases.values().collect();
        let lost: Vec<&String> = due
            .iter()
            .filter(|reason| !there.contains(reason))
            .collect();
        if !lost.is_empty() {
            words.push(format!("acknowledged and lost: {lost:?}"));
        }
        self.listed.extend(cases);
        let mut once = BTreeSet::new();
        let twice = self.listed.values().filter(|reason| !once.insert(*reason));
        let twice: Vec<&String> = twice.collect();
        if !twice.is_empty() {
            words.push(format!("done twice: {twice:?}"));
        }
        words.join("; ")
    }
}

/// The `order 7;` in a text.
pub fn reason_in(text: &str) -> Option<String> {
    let start = text.find("order ")?;
    let end = text[start..].find(';')?;
    Some(text[start..=start + end].to_owned())
}
