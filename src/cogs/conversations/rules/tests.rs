//! The rules on a real store: a short history, an act, a time, and what came of it.

mod keeping;
mod looking;

use std::time::Duration;

use super::*;
use crate::cogs::conversations::desk::{self, Stale};
use crate::cogs::conversations::search::search;
use crate::model::Clock;
use crate::store::{Order, Registers, Store};

const GUILD: GuildId = GuildId(1);
const NOON: Timestamp = Timestamp(1_800_000_000_000);
const SAM: UserId = UserId(14);
const LEA: UserId = UserId(15);
const MIA: UserId = UserId(12);
const HOUR: Duration = Duration::from_secs(3600);

struct Bench {
    store: Store,
    clock: Clock,
    _folder: tempfile::TempDir,
}

fn bench() -> Bench {
    let folder = tempfile::tempdir().expect("a folder");
    let clock = Clock::fixed(NOON);
    let registers = Registers::default()
        .with::<Conversations>()
        .with::<Messages>();
    let store = Store::open(folder.path(), registers, clock.clone()).expect("a new store");
    Bench {
        store,
        clock,
        _folder: folder,
    }
}

impl Bench {
    fn rule<T, F>(&self, actor: UserId, rule: F) -> Result<T, String>
    where
        T: Serialize + serde::de::DeserializeOwned + Send + 'static,
        F: FnOnce(&mut Tx<'_>) -> Result<T, Rejection> + Send + 'static,
    {
        let order = Order {
            guild: Some(GUILD),
            actor: Some(actor),
            origin: None,
        };
        match self.store.write_blocking(order, rule) {
            Ok(done) => Ok(done.value),
            Err(Rejection::Refused(Refusal(text))) => Err(text.key.into_owned()),
            Err(other) => panic!("{other:#}"),
        }
    }

    fn opens(&self, user: UserId, subject: &str) -> Result<u32, String> {
        let opening = Opening {
            id: super::super::public_id::new(self.clock.now()),
            user,
            category: "help".to_owned(),
            subject: subject.to_owned(),
            answers: Vec::new(),
            asked_in: None,
            place: Place::Channel,
        };
        self.rule(user, |tx| Ok(open(tx, GUILD, opening)?.number))
    }

    /// A conversation that has its channel.
    fn open(&self, user: UserId) -> u32 {
        let number = self.opens(user, "a question").expect("opened");
        let channel = ChannelId(900 + u64::from(number));
        let stale_at = Some(self.clock.now() + HOUR * 24);
        self.rule(user, move |tx| place(tx, GUILD, number, channel, stale_at))
            .expect("placed");
        number
    }

    fn says(
        &self,
        number: u32,
        sender: UserId,
        sender_type: Sender,
        words: &str,
        discord: u64,
    ) -> Received {
        let incoming = Incoming {
            conversation: number,
            id: super::super::public_id::new(self.clock.now()),
            sender,
            sender_name: "somebody".to_owned(),
            sender_type,
            content: words.to_owned(),
            created_at: self.clock.now(),
            discord: Some(MessageId(discord)),
            attachments: vec![Attached {
                name: "cat.png".to_owned(),
                media_type: "image/png".to_owned(),
                size: 3,
            }],
        };
        self.rule(sender, |tx| receive(tx, GUILD, incoming))
            .expect("kept")
    }

    fn closes(&self, number: u32, reaches: u64) -> Result<Closed, String> {
        let closing = Closing {
            cause: Cause::Asked,
            reason: "settled".to_owned(),
            copies: Vec::new(),
            reaches,
        };
        self.rule(MIA, move |tx| close(tx, GUILD, number, closing))
    }

    fn is(&self, number: u32) -> Conversation {
        let found = self
            .store
            .read_blocking(|reader| look::find(reader, GUILD, number));
        found.expect("a read").expect("it is there")
    }

    fn finds(&self, words: &str) -> Vec<String> {
        let found = self
            .store
            .read_blocking(|reader| search(reader, GUILD, words, 10));
        found
            .expect("a search")
            .into_iter()
            .map(|found| format!("{} {}", found.conversation, found.excerpt))
            .collect()
    }

    fn seq(&self) -> u64 {
        self.store
            .read_blocking(|reader| reader.seq())
            .expect("the journal")
    }
}

#[test]
fn a_conversation_is_reserved_before_it_has_a_channel_and_numbers_count_up() {
    let bench = bench();
    assert_eq!(bench.opens(SAM, "  my \n question "), Ok(1));
    assert_eq!(bench.opens(LEA, "another"), Ok(2));
    let first = bench.is(1);
    assert_eq!(first.subject, "my question");
    assert_eq!((first.status, first.channel), (Status::Opening, None));
    assert_eq!(bench.opens(SAM, " "), Err("refused-subject".to_owned()));
    let sermon = "x".repeat(101);
    assert_eq!(bench.opens(SAM, &sermon), Err("refused-subject".to_owned()));
    assert_eq!(
        bench.opens(SAM, "third"),
        Ok(3),
        "a refusal takes no number"
    );
}

#[test]
fn a_channel_is_learned_once() {
    let bench = bench();
    let number = bench.open(SAM);
    let again = bench.rule(SAM, move |tx| place(tx, GUILD, number, ChannelId(5), None));
    assert_eq!(again, Ok(false));
    assert_eq!(bench.is(number).channel, Some(ChannelId(901)));
}

#[test]
fn the_first_answer_is_the_staffs_and_stands() {
    let bench = bench();
    let (number, other) = (bench.open(SAM), bench.open(LEA));
    bench.says(number, SAM, Sender::User, "hello?", 1);
    assert_eq!(bench.is(number).answered_at, None);
    bench.clock.advance(HOUR);
    bench.says(number, MIA, Sender::Agent, "yes", 2);
    bench.clock.advance(HOUR);
    bench.says(number, UserId(13), Sender::Agent, "me too", 3);
    let conversation = bench.is(number);
    assert_eq!(conversation.answered_at, Some(NOON + HOUR));
    assert_eq!(conversation.answered_by, Some(MIA));
    assert_eq!(bench.is(other).answered_at, None);
}

#[test]
fn a_conversation_is_not_closed_over_words_that_its_transcript_lacks() {
    let bench = bench();
    let (number, other) = (bench.open(SAM), bench.open(LEA));
    let Received::Kept { row, .. } = bench.says(number, SAM, Sender::User, "hello", 1) else {
        panic!("new")
    };
    bench.says(number, SAM, Sender::User, "one more thing", 2);
    bench.says(other, LEA, Sender::User, "elsewhere", 3);
    assert_eq!(bench.closes(number, row), Ok(Closed::Outrun));
    let reaches = bench.seq();
    bench
        .rule(SAM, |tx| edit(tx, MessageId(1), "good morning", NOON))
        .expect("edited");
    assert_eq!(
        bench.closes(number, reaches),
        Ok(Closed::Outrun),
        "nor over others"
    );
    let reaches = bench.seq();
    bench.rule(LEA, |tx| Ok(tx.erase(LEA)?)).expect("erased");
    assert_eq!(
        bench.closes(number, reaches),
        Ok(Closed::Outrun),
        "nor over those erased since"
    );
    let reaches = bench.seq();
    assert!(!bench.is(number).is_closed());
    assert_eq!(bench.closes(number, reaches), Ok(Closed::Done));
    assert!(bench.is(number).is_closed() && !bench.is(other).is_closed());
    assert_eq!(
        bench.closes(number, row + 1),
        Err("refused-ticket-closed".to_owned())
    );
    assert_eq!(bench.closes(77, 9), Err("refused-no-ticket".to_owned()));
}

#[test]
fn who_asked_calls_a_planned_closing_off_by_writing_and_staff_do_not() {
    let bench = bench();
    let number = bench.open(SAM);
    let at = NOON + HOUR;
    let plan = move |tx: &mut Tx<'_>| desk::schedule(tx, GUILD, number, at, "settled");
    bench.rule(MIA, plan).expect("planned");
    bench.says(number, MIA, Sender::Agent, "closing soon", 1);
    assert_eq!(bench.is(number).close_at, Some(at));
    let said = bench.says(number, SAM, Sender::User, "wait!", 2);
    assert!(matches!(
        said,
        Received::Kept {
            called_off: true,
            ..
        }
    ));
    assert_eq!(bench.is(number).close_at, None);
    let refused = bench.rule(MIA, move |tx| desk::unschedule(tx, GUILD, number));
    assert_eq!(refused, Err("refused-not-scheduled".to_owned()));
}

#[test]
fn one_of_the_staff_has_it_at_a_time() {
    let bench = bench();
    let (number, other) = (bench.open(SAM), bench.open(LEA));
    let claim = |agent| bench.rule(agent, move |tx| desk::claim(tx, GUILD, number, agent));
    assert_eq!(claim(MIA), Ok(()));
    assert_eq!(claim(MIA), Err("refused-claimed-already".to_owned()));
    assert_eq!(claim(UserId(13)), Err("refused-claimed-by".to_owned()));
    let hand = bench.rule(MIA, move |tx| desk::transfer(tx, GUILD, number, UserId(13)));
    assert_eq!(hand, Ok(()));
    assert_eq!(bench.is(number).agent, Some(UserId(13)));
    assert_eq!(bench.is(other).agent, None);
    let release = || bench.rule(MIA, move |tx| desk::release(tx, GUILD, number));
    assert_eq!(release(), Ok(UserId(13)));
    assert_eq!(release(), Err("refused-claimed-by-nobody".to_owned()));
}

#[test]
fn a_silent_conversation_is_warned_of_and_then_over_but_a_word_saves_it() {
    let bench = bench();
    let number = bench.open(SAM);
    let limits = Some((HOUR * 24, HOUR * 2));
    let look = || bench.rule(MIA, move |tx| desk::grow_stale(tx, GUILD, number, limits));
    assert_eq!(look(), Ok(Stale::Nothing), "not yet");
    bench.clock.advance(HOUR * 10);
    bench.says(number, SAM, Sender::User, "still there?", 1);
    bench.clock.advance(HOUR * 14);
    assert_eq!(look(), Ok(Stale::Postponed), "sam wrote 14 hours ago");
    bench.clock.advance(HOUR * 10);
    let until = bench.clock.now() + HOUR * 2;
    assert_eq!(look(), Ok(Stale::Warned(until)));
    assert_eq!(look(), Ok(Stale::Nothing));
    bench.clock.advance(HOUR);
    bench.says(number, SAM, Sender::User, "yes", 2);
    bench.clock.advance(HOUR);
    assert_eq!(look(), Ok(Stale::Postponed));
    bench.clock.advance(HOUR * 23);
    assert!(matches!(look(), Ok(Stale::Warned(_))));
    bench.clock.advance(HOUR * 2);
    assert_eq!(look(), Ok(Stale::Over));
}

#[test]
fn only_who_asked_rates_and_only_what_is_over() {
    let bench = bench();
    let number = bench.open(SAM);
    let rates =
        |user, stars| bench.rule(user, move |tx| rate(tx, GUILD, number, user, stars, None));
    assert_eq!(rates(SAM, 5), Err("refused-ticket-open".to_owned()));
    assert_eq!(bench.closes(number, 0), Ok(Closed::Done));
    assert_eq!(rates(LEA, 1), Err("refused-not-your-ticket".to_owned()));
    assert_eq!(rates(SAM, 0), Err("refused-stars".to_owned()));
    assert_eq!(rates(SAM, 4), Ok(()));
    assert_eq!(bench.is(number).stars, Some(4));
}
