//! The desk on both engines: a case from a resident's report to the rating, what is refused, who sees what.

mod late;

use std::collections::BTreeMap;

use jiff::civil::date;
use kernel::{
    code::CityCode,
    error::Coded as _,
    id::{AccountId, IdSource, SystemIds},
    role::{Actor, ActorId, Role},
    time::{MINUTE_MS, Moment},
};
use ledger::{
    By, Ledger, LedgerError, Vault, VaultKey,
    access::account::{self, NewAccount, Post},
    register,
};
use map::geometry::{MultiPolygon, Polygon, Position, Ring};

use super::*;
use crate::{
    case::{Answer, Attachment, AttachmentRole, Command, Outcome, Source, Stage},
    cell::Cell,
    city::City,
    handbook::{AreaClass, HandbookVersion},
    unit::{Unit, UnitKind},
    view::Views,
};

const CLASS: &str = "2026-matter-06010";
const PHOTO: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

pub(crate) fn code() -> CityCode {
    CityCode::new(522_601).unwrap()
}

/// Wednesday, 10:00 in Kaili.
pub(crate) fn start() -> Moment {
    Moment::parse_iso("2026-03-04T10:00:00+08:00").unwrap()
}

fn square(west: f64, south: f64) -> MultiPolygon {
    let side = 0.01;
    let corners = [(0.0, 0.0), (side, 0.0), (side, side), (0.0, side)];
    let ring = corners.map(|(x, y)| Position { lon: west + x, lat: south + y });
    Polygon { outer: Ring::new(ring.to_vec()).unwrap(), holes: Vec::new() }.into()
}

pub(crate) struct Town {
    pub(crate) ledger: Ledger,
    pub(crate) views: Views,
    pub(crate) staff: BTreeMap<&'static str, Actor>,
}

/// Two streets of one cell each, two units, one person a post and two collectors.
fn town(ledger: Ledger) -> Town {
    let vault = ledger.vault().clone();
    let posts: Vec<(&'static str, Post)> = [
        ("acceptor", Role::Acceptor, None, vec![]),
        ("leader", Role::ShiftLeader, None, vec![]),
        ("dispatcher", Role::Dispatcher, None, vec![]),
        ("manager", Role::UnitManager, Some("sanitation"), vec![]),
        ("worker", Role::Worker, Some("sanitation"), vec![]),
        ("other_manager", Role::UnitManager, Some("water"), vec![]),
        ("collector", Role::Collector, None, vec!["522601001001001"]),
        ("far_collector", Role::Collector, None, vec!["522601002001001"]),
    ]
    .into_iter()
    .map(|(name, role, unit, cells): (_, _, Option<&str>, Vec<&str>)| {
        let cells = cells.into_iter().map(str::to_owned).collect();
        (name, Post { role: Some(role), unit: unit.map(str::to_owned), streets: Vec::new(), cells })
    })
    .collect();
    let accounts = posts.clone();
    let ids = ledger
        .db()
        .write_blocking(move |tx| {
            let by = By { actor: ActorId::System, at: start() };
            register::put(tx, code(), City::new("凯里", "Asia/Shanghai"), None, &by)?;
            for (cell, west) in [("522601001001001", 107.97), ("522601002001001", 107.98)] {
                let row = Cell {
                    code: cell.to_owned(),
                    edition: "2026".to_owned(),
                    area: square(west, 26.57),
                    area_class: Some(AreaClass::A),
                    unit: None,
                    valid_from: None,
                    valid_to: None,
                };
                register::put(tx, code(), row, None, &by)?;
            }
            for unit in ["sanitation", "water"] {
                let row = Unit {
                    code: unit.to_owned(),
                    name_zh: format!("{unit}单位"),
                    name_en: String::new(),
                    kind: UnitKind::Bureau,
                };
                register::put(tx, code(), row, None, &by)?;
            }
            let dictionary = crate::dictionary::Dictionary::standard().unwrap();
            let handbook = crate::handbook::default_2026(&dictionary, date(2026, 1, 1)).unwrap();
            register::put(tx, code(), HandbookVersion(handbook), None, &by)?;
            let attachment = ledger::Attachment {
                hash: PHOTO.to_owned(),
                media_type: "image/jpeg".to_owned(),
                bytes: 1,
                width: 1,
                height: 1,
                look: 0,
                taken_at: None,
            };
            ledger::attachment::note(tx, code(), &attachment, start())?;
            let mut ids = Vec::new();
            for (name, post) in accounts {
                let id = AccountId::fresh(&mut SystemIds, start());
                let new = NewAccount {
                    sign_in: name.to_owned(),
                    name: name.to_owned(),
                    post,
                    password: String::new(),
                    must_change_password: false,
                };
                account::create(&vault, tx, code(), id, &new, &by)?;
                ids.push(id);
            }
            Ok::<_, LedgerError>(ids)
        })
        .unwrap();
    let staff = posts
        .into_iter()
        .zip(ids)
        .map(|((name, post), id)| {
            let actor = Actor {
                id: ActorId::Account(id),
                role: post.role.unwrap(),
                unit: post.unit,
                streets: post.streets,
                cells: post.cells,
            };
            (name, actor)
        })
        .collect();
    Town { ledger, views: Views::default(), staff }
}

pub(crate) fn on_each(story: impl Fn(&Town)) {
    for store in db::testing::stores().unwrap() {
        let folder = tempfile::tempdir().unwrap();
        let vault = Vault::new(&VaultKey::fresh().unwrap());
        story(&town(
            Ledger::open(store.db.clone(), crate::nouns(), vault, folder.path().to_owned()).unwrap(),
        ));
    }
}

impl Town {
    pub(crate) fn at<T: Send + 'static>(
        &self,
        who: Actor,
        at: Moment,
        work: impl FnOnce(&mut Tx<'_>, &mut Desk<'_>) -> Result<T, LedgerError> + Send + 'static,
    ) -> Result<T, LedgerError> {
        let (views, vault) = (self.views.clone(), self.ledger.vault().clone());
        self.ledger.db().write_blocking(move |tx| {
            let view = views.of(tx, code())?;
            let desk = &mut Desk { view: &view, vault: &vault, actor: &who, at, ids: &mut SystemIds };
            work(tx, desk)
        })
    }

    pub(crate) fn report(&self, who: Actor, new: NewReport, at: Moment) -> Result<Reported, LedgerError> {
        self.at(who, at, move |tx, desk| report(tx, desk, new))
    }

    pub(crate) fn give(
        &self,
        who: &str,
        id: CaseId,
        wanted: impl Into<Wanted>,
        at: Moment,
    ) -> Result<Record<CaseNoun>, LedgerError> {
        let wanted = wanted.into();
        self.at(self.staff[who].clone(), at, move |tx, desk| act(tx, desk, id, None, wanted))
    }

    fn finds(&self, who: &str, filter: CaseFilter) -> Vec<String> {
        let (views, actor) = (self.views.clone(), self.staff[who].clone());
        self.ledger
            .db()
            .read_blocking(move |tx| {
                let view = views.of(tx, code())?;
                list(tx, &view, &actor, &filter, Sort::Newest, None, 50)
            })
            .unwrap()
            .records
            .into_iter()
            .filter_map(|record| record.state.reference)
            .collect()
    }
}

fn garbage() -> NewReport {
    let place = NewPlace {
        position: Position { lon: 107.975, lat: 26.575 },
        address: "人民路，王先生13800138000".to_owned(),
    };
    NewReport {
        place: Some(place),
        class: Some("06010".to_owned()),
        contact: Some(Contact {
            name: "王明".to_owned(),
            phone: "13800138000".to_owned(),
            email: String::new(),
        }),
        ..NewReport::new(Source::Web, "垃圾没清，打13800138000找我")
    }
}

fn photo(role: AttachmentRole) -> Attachment {
    Attachment { hash: PHOTO.to_owned(), role, round: 0 }
}

#[test]
fn a_report_goes_through_every_hand_to_its_end() {
    on_each(|town| {
        let reported = town.report(Actor::resident(), garbage(), start()).unwrap();
        let case = &reported.record.state;
        assert_eq!(case.class.as_deref(), Some(CLASS));
        assert_eq!(case.place.as_ref().unwrap().cell.as_deref(), Some("522601001001001"));
        assert_eq!(case.text, "垃圾没清，打***********找我");
        assert!(!case.place.as_ref().unwrap().address.contains("138"));
        assert!(reported.reference.starts_with("260304-000001-"), "{}", reported.reference);
        assert!(is_token_of(case, reported.token.as_deref().unwrap()));
        let id = reported.id;
        let minute = |minutes: i64| start() + minutes * MINUTE_MS;

        town.give("acceptor", id, Command::RequestVerification {}, minute(1)).unwrap();
        // The collector of the cell is drawn before one of another street.
        let verified = Command::AnswerVerification {
            answer: Answer::Yes,
            note: "属实".to_owned(),
            attachments: Vec::new(),
        };
        assert_eq!(
            town.give("far_collector", id, verified.clone(), minute(5)).unwrap_err().code(),
            "not_found"
        );
        town.give("collector", id, verified, minute(5)).unwrap();
        let condition = town
            .at(town.staff["leader"].clone(), minute(6), |_, desk| {
                Ok(desk.view.conditions(CLASS, desk.at).iter().map(|one| one.id.clone()).collect::<Vec<_>>())
            })
            .unwrap();
        let file = |condition: &str| Wanted {
            condition: Some(condition.to_owned()),
            ..Wanted::from(Command::File {})
        };
        let refused = town.give("leader", id, file("nonsense"), minute(6)).unwrap_err();
        assert_eq!(refused.code(), "case_condition_unknown");
        let filed = town.give("leader", id, file(&condition[0]), minute(7)).unwrap();
        assert_eq!(filed.state.filing.as_ref().unwrap().handling_unit.as_deref(), Some("sanitation"));
        let units = |unit: &str| Command::Dispatch { units: vec![unit.to_owned()] };
        assert_eq!(
            town.give("dispatcher", id, units("nobody"), minute(8)).unwrap_err().code(),
            "unit_unknown"
        );
        town.give("dispatcher", id, units("sanitation"), minute(8)).unwrap();
        // What another unit may not see does not exist for it.
        assert_eq!(
            town.give("other_manager", id, Command::Sign {}, minute(9)).unwrap_err().code(),
            "not_found"
        );
        town.give("manager", id, Command::Sign {}, minute(9)).unwrap();
        let ActorId::Account(worker) = town.staff["worker"].id else { panic!("an account") };
        let ActorId::Account(stranger) = town.staff["collector"].id else { panic!("an account") };
        assert_eq!(
            town.give("manager", id, Command::Assign { worker: stranger }, minute(10)).unwrap_err().code(),
            "worker_unknown"
        );
        town.give("manager", id, Command::Assign { worker }, minute(10)).unwrap();
        let handle =
            Command::Handle { note: "已清运".to_owned(), attachments: vec![photo(AttachmentRole::After)] };
        town.give("worker", id, handle, minute(30)).unwrap();
        town.give("manager", id, Command::Confirm {}, minute(31)).unwrap();
        town.give("acceptor", id, Command::RequestCheck {}, minute(32)).unwrap();
        let checked = Command::AnswerCheck {
            answer: Answer::Yes,
            note: String::new(),
            attachments: vec![photo(AttachmentRole::After)],
        };
        town.give("collector", id, checked, minute(40)).unwrap();
        let close = Command::Close {
            outcome: Outcome::Cured,
            condition_met: true,
            note: "已解决".to_owned(),
            component_present: None,
        };
        let closed = town.give("leader", id, close, minute(41)).unwrap();
        assert_eq!(closed.state.stage, Stage::Closed);

        let rate =
            Wanted { is_reporter: true, ..Wanted::from(Command::Rate { solved: true, satisfaction: 5 }) };
        let rated =
            town.at(Actor::resident(), minute(60), move |tx, desk| act(tx, desk, id, None, rate)).unwrap();
        assert_eq!(rated.state.rating.as_ref().unwrap().satisfaction, 5);
        let key = rated.key;
        let steps = town
            .at(Actor::resident(), minute(61), move |tx, desk| timeline(tx, desk.view, &key, true))
            .unwrap();
        assert_eq!(steps.first().unwrap().event, "case_reported");
        assert_eq!(steps.last().unwrap().event, "case_rated");
        let verdict = ledger::verify(&town.ledger, true, &[reported.receipt], &mut |_| {}).unwrap();
        assert_eq!(verdict.first_bad, None);
    });
}

#[test]
fn what_cannot_be_a_report_changes_nothing() {
    on_each(|town| {
        let entries = || town.ledger.db().read_blocking(|tx| ledger::head(tx, code())).unwrap().entries;
        let before = entries();
        let far = NewPlace { position: Position { lon: 107.90, lat: 26.575 }, address: String::new() };
        for (new, code) in [
            (NewReport { class: Some("99999".to_owned()), ..garbage() }, "class_unknown"),
            (NewReport { place: Some(far), ..garbage() }, "point_outside_city"),
            (
                NewReport {
                    attachments: vec![Attachment { hash: "b".repeat(64), ..photo(AttachmentRole::Before) }],
                    ..garbage()
                },
                "attachment_unknown",
            ),
            (
                NewReport { text: "字".repeat(crate::case::TEXT_CHARS_MAX + 1), ..garbage() },
                "case_text_too_long",
            ),
            (
                NewReport {
                    contact: Some(Contact { phone: "call me".to_owned(), ..Contact::default() }),
                    ..garbage()
                },
                "fields_invalid",
            ),
            (NewReport { source: Source::Collector, ..garbage() }, "case_not_your_source"),
        ] {
            let refused = town.report(Actor::resident(), new, start()).unwrap_err();
            assert_eq!(refused.code(), code);
            if code == "point_outside_city" {
                assert_eq!(refused.details()["cell"], "522601001001001");
            }
        }
        assert_eq!(entries(), before);
        let first = town.report(Actor::resident(), garbage(), start()).unwrap();
        assert!(first.reference.starts_with("260304-000001-"), "no number was used up");
    });
}

#[test]
fn everybody_finds_what_is_theirs_and_no_more() {
    on_each(|town| {
        let here = town.report(Actor::resident(), garbage(), start()).unwrap().reference;
        let there = NewPlace { position: Position { lon: 107.985, lat: 26.575 }, address: String::new() };
        let there = NewReport { place: Some(there), ..NewReport::new(Source::Web, "路灯不亮") };
        let there = town.report(Actor::resident(), there, start() + MINUTE_MS).unwrap();
        let all = vec![there.reference.clone(), here.clone()];
        let everything = CaseFilter::default;
        assert_eq!(town.finds("acceptor", everything()), all);
        assert_eq!(town.finds("collector", everything()), vec![here.clone()]);
        assert_eq!(town.finds("far_collector", everything()), vec![there.reference.clone()]);
        assert!(town.finds("manager", everything()).is_empty());
        assert!(town.finds("worker", everything()).is_empty());
        let words = |words: &str| CaseFilter { words: Some(words.to_owned()), ..CaseFilter::default() };
        assert_eq!(town.finds("acceptor", words("路灯")), vec![there.reference.clone()]);
        assert_eq!(town.finds("acceptor", words(&here)), vec![here.clone()]);
        assert!(town.finds("far_collector", words(&here)).is_empty());
        let near = |radius_m| CaseFilter {
            near: Some((Position { lon: 107.975, lat: 26.575 }, radius_m)),
            ..CaseFilter::default()
        };
        assert_eq!(town.finds("acceptor", near(500.0)), vec![here]);
        assert_eq!(town.finds("acceptor", near(5_000.0)).len(), 2);
        let street = CaseFilter { streets: vec!["522601002".to_owned()], ..CaseFilter::default() };
        assert_eq!(town.finds("acceptor", street), vec![there.reference]);
        let ended = CaseFilter { open: Some(false), ..CaseFilter::default() };
        assert!(town.finds("acceptor", ended).is_empty());
    });
}

#[test]
fn pages_give_every_case_once() {
    on_each(|town| {
        for minute in 0..7 {
            town.report(Actor::resident(), garbage(), start() + minute * MINUTE_MS).unwrap();
        }
        for sort in [Sort::Newest, Sort::Oldest, Sort::Due, Sort::Changed] {
            let (views, actor) = (town.views.clone(), town.staff["acceptor"].clone());
            let pages = town
                .ledger
                .db()
                .read_blocking(move |tx| {
                    let view = views.of(tx, code())?;
                    let (mut after, mut keys) = (None, Vec::new());
                    loop {
                        let found = list(tx, &view, &actor, &CaseFilter::default(), sort, after, 3)?;
                        keys.extend(found.records.into_iter().map(|record| record.key));
                        after = found.next;
                        if after.is_none() {
                            return Ok::<_, LedgerError>(keys);
                        }
                    }
                })
                .unwrap();
            let distinct: std::collections::BTreeSet<_> = pages.iter().collect();
            assert_eq!((pages.len(), distinct.len()), (7, 7), "{sort:?}");
        }
    });
}

#[test]
fn contact_data_is_shown_for_a_reason_and_the_person_sees_it() {
    on_each(|town| {
        let reported = town.report(Actor::resident(), garbage(), start()).unwrap();
        let id = reported.id;
        let reveal_to = |who: &str, reason: &'static str| {
            town.at(town.staff[who].clone(), start(), move |tx, desk| reveal(tx, desk, id, reason))
        };
        assert_eq!(reveal_to("acceptor", " ").unwrap_err().code(), "reason_missing");
        assert_eq!(reveal_to("collector", "想联系").unwrap_err().code(), "right_missing");
        assert_eq!(reveal_to("manager", "想联系").unwrap_err().code(), "not_found");
        let shown = reveal_to("acceptor", "回访").unwrap();
        assert_eq!(shown["phone"], "13800138000");
        let person = reported.record.state.reporter.unwrap();
        let looks = town.at(Actor::resident(), start(), move |tx, desk| looks_of(tx, desk, person)).unwrap();
        assert_eq!((looks.len(), looks[0].role), (1, Role::Acceptor));
    });
}

#[test]
fn merging_splitting_and_taking_back_keep_both_sides_together() {
    on_each(|town| {
        let first = town.report(Actor::resident(), garbage(), start()).unwrap().id;
        let second = town.report(Actor::resident(), garbage(), start() + MINUTE_MS).unwrap().id;
        let at = start() + 2 * MINUTE_MS;
        let merged = town.give("acceptor", second, Command::Merge { into: first }, at).unwrap();
        assert_eq!(merged.state.stage, Stage::Merged);
        let state = |id: CaseId| {
            let record = town
                .ledger
                .db()
                .read_blocking(move |tx| ledger::get::<CaseNoun>(tx, code(), &id.to_string()));
            record.unwrap().unwrap().state
        };
        assert_eq!(state(first).absorbed, vec![second]);
        town.give("acceptor", second, Command::Undo {}, at + 1_000).unwrap();
        assert!(state(first).absorbed.is_empty());
        assert_eq!(state(second).stage, Stage::Reported);
        let split = Wanted {
            parts: vec![Part { text: "旁边的树也倒了".to_owned() }],
            ..Wanted::from(Command::Split { children: Vec::new(), reason: "两件事".to_owned() })
        };
        let parent = town.give("acceptor", first, split, at).unwrap();
        let child = state(parent.state.children[0]);
        assert_eq!((child.parent, child.text.as_str()), (Some(first), "旁边的树也倒了"));
    });
}

#[test]
fn a_view_is_read_anew_when_a_register_changes() {
    on_each(|town| {
        let cells = || {
            let views = town.views.clone();
            town.ledger.db().read_blocking(move |tx| views.of(tx, code())).unwrap().cells().len()
        };
        assert_eq!(cells(), 2);
        town.ledger
            .db()
            .write_blocking(|tx| {
                let by = By { actor: ActorId::System, at: start() };
                register::retire::<Cell>(tx, code(), "522601002001001@2026", None, &by).map(drop)
            })
            .unwrap();
        assert_eq!(cells(), 1);
    });
}

#[test]
fn the_grid_in_force_is_the_one_of_the_day() {
    on_each(|town| {
        let later = start() + 1_000_000;
        town.ledger
            .db()
            .write_blocking(move |tx| {
                let by = By { actor: ActorId::System, at: start() };
                let old =
                    register::get::<Cell>(tx, code(), "522601001001001@2026")?.unwrap().state.row.unwrap();
                let new = Cell {
                    code: "522601001001002".to_owned(),
                    edition: "2027".to_owned(),
                    valid_from: Some(later),
                    ..old.clone()
                };
                register::put(tx, code(), Cell { valid_to: Some(later), ..old }, None, &by)?;
                register::put(tx, code(), new, None, &by).map(drop)
            })
            .unwrap();
        let cell = |at| {
            let reported = town.report(Actor::resident(), garbage(), at).unwrap();
            reported.record.state.place.unwrap().cell.unwrap()
        };
        assert_eq!(cell(later + -1), "522601001001001");
        assert_eq!(cell(later), "522601001001002");
    });
}

/// Ids that come out as they went in, for what depends on a lot.
struct Fixed(u128);

impl IdSource for Fixed {
    fn next(&mut self, _at: Moment) -> uuid::Uuid {
        self.0 += 1;
        uuid::Uuid::from_u128(self.0)
    }
}

#[test]
fn a_lot_decides_among_equals() {
    on_each(|town| {
        let case = town.report(Actor::resident(), NewReport { place: None, ..garbage() }, start()).unwrap();
        let drawn = |lot: u128| {
            let (views, case) = (town.views.clone(), case.record.state.clone());
            let view = town.ledger.db().read_blocking(move |tx| views.of(tx, code())).unwrap();
            view.draw(&case, start(), &mut Fixed(lot)).unwrap().account
        };
        assert_ne!(drawn(0), drawn(1), "without a place every collector is as near");
    });
}
