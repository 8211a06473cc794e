//! The letter in the ledger, on both engines: numbers follow one another, a reply answers, what is refused leaves no trace, a timer fires
//! once.

use kernel::{code::CityCode, error::Coded as _};
use ledger::{By, Condition, Ledger, LedgerError, Record, Vault, VaultKey, register};

use super::{super::act::*, super::mark::LetterMark, super::noun::*, *};

fn city() -> CityCode {
    CityCode::new(522_601).unwrap()
}

fn by() -> By {
    By { actor: ActorId::System, at: start() }
}

fn on_each(story: impl Fn(&Ledger)) {
    for store in db::testing::stores().unwrap() {
        let vault = Vault::new(&VaultKey::fresh().unwrap());
        let ledger = Ledger::open(store.db.clone(), crate::nouns(), vault, std::env::temp_dir()).unwrap();
        let units = ["city", "water", "police", "power"];
        let rows = units.map(|code| crate::unit::Unit {
            code: code.to_owned(),
            name_zh: code.to_owned(),
            name_en: String::new(),
            kind: crate::unit::UnitKind::Bureau,
        });
        let marks = [("city", "凯城管"), ("water", "凯水务")];
        ledger
            .db()
            .write_blocking(move |tx| {
                for row in rows {
                    register::put(tx, city(), row, Some(0), &by())?;
                }
                for (unit, mark) in marks {
                    let row = LetterMark { unit: unit.to_owned(), mark: mark.to_owned() };
                    register::put(tx, city(), row, Some(0), &by())?;
                }
                Ok::<_, LedgerError>(())
            })
            .unwrap();
        story(&ledger);
    }
}

fn give(
    ledger: &Ledger,
    id: i64,
    name: &'static str,
    command: Command,
    now: Moment,
) -> Result<Record<LetterNoun>, LedgerError> {
    let own = ledger.clone();
    ledger.db().write_blocking(move |tx| {
        let settings = LetterSettings::default();
        let office = Office { calendar: &CALENDAR, settings: &settings };
        act(tx, &own, (city(), letter_id(id)), office, command, &who(name), None, now)
    })
}

fn fire(ledger: &Ledger, now: Moment) -> u32 {
    ledger
        .db()
        .write_blocking(move |tx| {
            let settings = LetterSettings::default();
            fire_due(tx, city(), Office { calendar: &CALENDAR, settings: &settings }, now)
        })
        .unwrap()
}

fn entries(ledger: &Ledger) -> u64 {
    ledger.db().read_blocking(|tx| ledger::head(tx, city())).unwrap().entries
}

fn get(ledger: &Ledger, id: i64) -> Letter {
    let key = letter_id(id).to_string();
    ledger.db().read_blocking(move |tx| ledger::get::<LetterNoun>(tx, city(), &key)).unwrap().unwrap().state
}

/// How many letters have the tag.
fn tagged(ledger: &Ledger, tag: String) -> usize {
    let listing = move || ledger::Listing {
        conditions: vec![Condition::Tagged(vec![tag.clone().into()])],
        order: ledger::Order::Rising("row"),
        after: None,
        limit: 10,
    };
    ledger.db().read_blocking(move |tx| ledger::list::<LetterNoun>(tx, city(), listing())).unwrap().len()
}

fn code(answer: Result<Record<LetterNoun>, LedgerError>) -> &'static str {
    answer.unwrap_err().code()
}

#[test]
fn a_letter_and_its_reply() {
    on_each(|ledger| {
        let asks = || content(LetterKind::Ask, &["water"]);
        give(ledger, 1, "city", draft(asks()), start()).unwrap();
        assert_eq!(tagged(ledger, recipient_tag("water")), 0, "a draft is nobody's");
        let sent = give(ledger, 1, "city", Command::Send {}, start()).unwrap().state;
        assert_eq!(sent.number.as_deref(), Some("凯城管函〔2026〕1号"));
        assert_eq!((tagged(ledger, recipient_tag("water")), tagged(ledger, todo_tag("water"))), (1, 1));
        give(ledger, 2, "city", draft(asks()), start()).unwrap();
        let second = give(ledger, 2, "city", Command::Send {}, start()).unwrap().state;
        assert_eq!(second.number.as_deref(), Some("凯城管函〔2026〕2号"));

        give(ledger, 3, "water", draft(reply()), start()).unwrap();
        let replied = give(ledger, 3, "water", Command::Send {}, start() + DAY_MS).unwrap().state;
        assert_eq!(replied.number.as_deref(), Some("凯水务函〔2026〕1号"));
        let answered = get(ledger, 1);
        assert_eq!((answered.stage, answered.in_time()), (Stage::Answered, Some(true)));
        let answer = answered.recipient("water").unwrap().answer.as_ref().map(|(id, _)| *id);
        assert_eq!(answer, Some(letter_id(3)));
        assert_eq!(tagged(ledger, todo_tag("water")), 1, "the second waits");

        // A second reply to the same letter is refused with the number that it took.
        give(ledger, 4, "water", draft(reply()), start()).unwrap();
        let before = entries(ledger);
        let again = give(ledger, 4, "water", Command::Send {}, start() + DAY_MS);
        assert_eq!(code(again), "letter_not_in_this_stage");
        assert_eq!((entries(ledger), get(ledger, 4).stage), (before, Stage::Draft));
        let other = Content { from: "water".to_owned(), ..content(LetterKind::Inform, &["police"]) };
        give(ledger, 5, "water", draft(other), start()).unwrap();
        let next = give(ledger, 5, "water", Command::Send {}, start() + DAY_MS).unwrap().state;
        assert_eq!(next.number.as_deref(), Some("凯水务函〔2026〕2号"), "no number is lost");
        let year = Moment::parse_iso("2027-01-04T10:00:00+08:00").unwrap();
        give(ledger, 6, "city", draft(asks()), year).unwrap();
        let first = give(ledger, 6, "city", Command::Send {}, year).unwrap().state;
        assert_eq!(first.number.as_deref(), Some("凯城管函〔2027〕1号"), "each year begins anew");
        let verdict = ledger::verify(ledger, true, &[], &mut |_| {}).unwrap();
        assert_eq!(verdict.first_bad, None);
    });
}

#[test]
fn what_a_letter_names_must_be_there() {
    on_each(|ledger| {
        let asks = || content(LetterKind::Ask, &["water"]);
        let row = |key: &str| Link::Row { register: "letter_mark".to_owned(), key: key.to_owned() };
        let with = |link| draft(Content { links: vec![link], ..asks() });
        let file = Attachment { file: "0".repeat(64), title: "图".to_owned() };
        let unknown = Link::Row { register: "lake".to_owned(), key: "1".to_owned() };
        for (command, wanted) in [
            (draft(content(LetterKind::Ask, &["fire"])), "letter_unit_unknown"),
            (draft(Content { copies: vec!["fire".to_owned()], ..asks() }), "letter_unit_unknown"),
            (draft(Content { attachments: vec![file], ..asks() }), "letter_attachment_unknown"),
            (with(Link::Case(CaseId(letter_id(7).0))), "letter_link_unknown"),
            (with(Link::Letter(letter_id(7))), "letter_link_unknown"),
            (with(row("power")), "letter_link_unknown"),
            (with(unknown), "register_unknown"),
        ] {
            assert_eq!(code(give(ledger, 1, "city", command, start())), wanted);
        }
        give(ledger, 1, "city", with(row("water")), start()).unwrap();
        assert_eq!(tagged(ledger, register::reference_tag("letter_mark", "water")), 1);
        let masked = Content { text: "联系人电话13812345678".to_owned(), ..asks() };
        give(ledger, 1, "city", amend(masked), start()).unwrap();
        assert!(!get(ledger, 1).content.text.contains("13812345678"), "no phone stands in an entry");
        // The police have no mark.
        let other = Content { from: "police".to_owned(), ..asks() };
        give(ledger, 2, "police", draft(other), start()).unwrap();
        assert_eq!(code(give(ledger, 2, "police", Command::Send {}, start())), "letter_mark_missing");
        give(ledger, 1, "city", Command::Send {}, start()).unwrap();
        let proposed = Some("fire".to_owned());
        let back = Command::Return { unit: "water".to_owned(), reason: word(), proposed };
        assert_eq!(code(give(ledger, 1, "water", back, start())), "letter_unit_unknown");
    });
}

#[test]
fn a_deadline_that_passed_while_nobody_ran_is_put_on_record_once() {
    on_each(|ledger| {
        give(ledger, 1, "city", draft(content(LetterKind::Ask, &["water"])), start()).unwrap();
        give(ledger, 1, "city", Command::Send {}, start()).unwrap();
        assert_eq!(fire(ledger, start()), 0, "nothing is due yet");
        let month = start() + 30 * DAY_MS;
        assert!(fire(ledger, month) > 0);
        let after = entries(ledger);
        assert_eq!(fire(ledger, month), 0);
        assert_eq!(entries(ledger), after);
        let letter = get(ledger, 1);
        let late: Vec<ClockName> = letter.overdues.iter().map(|fact| fact.clock).collect();
        assert_eq!((late, letter.level()), (vec![ClockName::Receipt, ClockName::Answer], 1));
        // Two working days later the next level sees it.
        assert!(fire(ledger, month + 7 * DAY_MS) > 0);
        assert_eq!(get(ledger, 1).level(), 2);
        let verdict = ledger::verify(ledger, true, &[], &mut |_| {}).unwrap();
        assert_eq!(verdict.first_bad, None);
    });
}
