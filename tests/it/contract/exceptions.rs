//! The reviewed list of what the documents get wrong, each entry with its reason and its proof.

use serde::Deserialize;
use serde_json::Value;

use super::{Contract, Departure};

/// The list.
#[derive(Debug, Deserialize)]
pub(crate) struct Exceptions {
    #[serde(default)]
    pub(crate) exception: Vec<Exception>,
}

/// One entry.
#[derive(Debug, Deserialize)]
pub(crate) struct Exception {
    /// Where: the place of a departure, or its beginning up to a `*`.
    pub(crate) place: String,
    /// Where in the body; `*` stands for any one segment, `**` for any number.
    pub(crate) pointers: Vec<String>,
    /// Words that the finding must contain.
    #[serde(default)]
    pub(crate) what: String,
    /// Why the document is wrong here, with the source that says so.
    pub(crate) reason: String,
    /// An exchange (as in a recording) that is right and that the document refuses for this reason
    /// alone: the entry is needed as long as this is so.
    pub(crate) example: String,
}

impl Exceptions {
    pub(crate) fn read() -> Self {
        toml::from_str(include_str!("exceptions.toml")).expect("exceptions.toml can be read")
    }

    pub(crate) fn cover(&self, departure: &Departure) -> bool {
        self.exception
            .iter()
            .any(|exception| exception.covers(departure))
    }
}

impl Exception {
    pub(crate) fn covers(&self, departure: &Departure) -> bool {
        let place = match self.place.strip_suffix('*') {
            Some(start) => departure.place.starts_with(start),
            None => departure.place == self.place,
        };
        place
            && departure.what.contains(&self.what)
            && self
                .pointers
                .iter()
                .any(|pointer| fits(pointer, &departure.pointer))
    }
}

/// `*` stands for one segment, `**` for any number of them.
fn fits(pattern: &str, pointer: &str) -> bool {
    fn rest(pattern: &[&str], pointer: &[&str]) -> bool {
        match (pattern.split_first(), pointer.split_first()) {
            (None, None) => true,
            (Some((&"**", after)), _) => {
                (0..=pointer.len()).any(|skipped| rest(after, &pointer[skipped..]))
            }
            (Some((wanted, after)), Some((given, others))) => {
                (*wanted == "*" || wanted == given) && rest(after, others)
            }
            _ => false,
        }
    }
    let (pattern, pointer): (Vec<&str>, Vec<&str>) =
        (pattern.split('/').collect(), pointer.split('/').collect());
    rest(&pattern, &pointer)
}

#[test]
fn each_exception_is_still_needed_and_has_a_reason() {
    let Some(contract) = Contract::shared() else {
        return;
    };
    for exception in &contract.exceptions.exception {
        assert!(exception.reason.len() > 20, "{}: say why", exception.place);
        let example: Value = serde_json::from_str(&exception.example).expect("the example is JSON");
        let exchange = serde_json::from_value(example).expect("the example is an exchange");
        let found = contract.every_departure(&exchange);
        assert!(
            found.iter().any(|departure| exception.covers(departure)),
            "the exception for {} {:?} is no longer needed; found {found:?}",
            exception.place,
            exception.pointers
        );
        assert_eq!(
            contract.departures(&[exchange]),
            Vec::new(),
            "the example of {} is wrong otherwise",
            exception.place
        );
    }
}
