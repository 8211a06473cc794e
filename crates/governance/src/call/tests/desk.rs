//! The hotline's desk on both engines: a call with its case from the first ring to the last word, who sees it, how it is found.

use kernel::{error::Coded as _, time::DAY_MS};
use ledger::{LedgerError, Record};

use super::super::{
    desk::{Wanted, act, begin, seen, signal},
    exchange::ExchangeEvent,
    list::{CallFilter, list, of_period},
    noun::CallNoun,
    rates::rates,
    *,
};
use crate::{
    case::{self, Stage as CaseStage, noun::CaseNoun},
    desk::{
        Contact, Sort,
        tests::{Town, code, on_each, start},
    },
};
use kernel::{
    id::{CallId, CaseId},
    role::{Actor, ActorId, Role},
    time::{MINUTE_MS, Moment},
};

const NUMBER: &str = "138 0013 8000";

fn at(minutes: i64) -> Moment {
    start() + minutes * MINUTE_MS
}

fn contact(phone: &str) -> Contact {
    Contact { name: String::new(), phone: phone.to_owned(), email: String::new() }
}

fn demand(text: &str) -> Filling {
    let place = case::Place { lon: 107.975, lat: 26.575, ..case::Place::default() };
    Filling {
        text: Some(text.to_owned()),
        class: Some("06010".to_owned()),
        place: Some(place),
        ..Filling::default()
    }
}

fn take(town: &Town, text: &str, phone: &str, now: Moment) -> (CallId, Record<CallNoun>) {
    let (filling, contact) = (demand(text), contact(phone));
    let record = town
        .at(town.staff["acceptor"].clone(), now, move |tx, desk| begin(tx, desk, filling, Some(&contact)))
        .unwrap();
    (record.key.parse().unwrap(), record)
}

fn give(
    town: &Town,
    who: &str,
    id: CallId,
    wanted: Wanted,
    now: Moment,
) -> Result<Record<CallNoun>, LedgerError> {
    town.at(town.staff[who].clone(), now, move |tx, desk| act(tx, desk, id, None, wanted))
}

fn make_case() -> Wanted {
    Wanted::MakeCase { note: "请尽快".to_owned() }
}

fn follow_up(solved: bool, satisfaction: u8, redo: bool) -> Wanted {
    let note = "仍未清走".to_owned();
    Wanted::Other(Command::FollowUp { solved, satisfaction: Some(satisfaction), redo, case: None, note })
}

fn call(town: &Town, id: CallId) -> Call {
    let read = town.ledger.db().read_blocking(move |tx| ledger::get::<CallNoun>(tx, code(), &id.to_string()));
    read.unwrap().unwrap().state
}

fn case(town: &Town, id: CaseId) -> case::Case {
    let read = town.ledger.db().read_blocking(move |tx| ledger::get::<CaseNoun>(tx, code(), &id.to_string()));
    read.unwrap().unwrap().state
}

fn refuse() -> case::Command {
    case::Command::Refuse { reason: "不属实".to_owned() }
}

#[test]
fn a_call_and_its_case_go_together() {
    on_each(|town| {
        let (id, begun) = take(town, "垃圾没清，打13800138000找我", NUMBER, at(0));
        assert_eq!(begun.state.demand.text, "垃圾没清，打***********找我");
        assert_eq!(begun.state.demand.class.as_deref(), Some("2026-matter-06010"));
        let place = begun.state.demand.place.as_ref().unwrap();
        assert_eq!(place.cell.as_deref(), Some("522601001001001"));
        let stale = town.at(town.staff["acceptor"].clone(), at(1), move |tx, desk| {
            act(tx, desk, id, Some(7), make_case())
        });
        assert_eq!(stale.unwrap_err().code(), "version_stale");
        let with_case = give(town, "acceptor", id, make_case(), at(1)).unwrap().state;
        let first = with_case.case_id().unwrap();
        let made = case(town, first);
        assert_eq!(made.reference.as_ref(), Some(&with_case.reference), "one reference for both");
        assert_eq!(made.reporter, with_case.demand.caller);
        assert_eq!(made.source, case::Source::Hotline);

        // The case ends, the caller is not content, the case is opened again.
        town.give("acceptor", first, refuse(), at(10)).unwrap();
        assert_eq!(call(town, id).stage, Stage::ToFollowUp);
        let redone = give(town, "acceptor", id, follow_up(false, 1, true), at(20)).unwrap().state;
        assert_eq!((redone.stage, redone.case_id()), (Stage::WithCase, Some(first)));
        assert_eq!(case(town, first).stage, CaseStage::Reported);

        // A cancelled case cannot be opened again: the redo goes on in a new one, split from the old.
        town.give("leader", first, case::Command::Void { reason: "重复".to_owned() }, at(30)).unwrap();
        let redone = give(town, "acceptor", id, follow_up(false, 2, true), at(40)).unwrap().state;
        let second = redone.case_id().unwrap();
        assert_ne!(second, first);
        assert_eq!(case(town, second).parent, Some(first));
        assert_ne!(case(town, second).reference.as_ref(), Some(&redone.reference));
        town.give("acceptor", second, refuse(), at(50)).unwrap();
        let closed = give(town, "leader", id, follow_up(true, 4, false), at(60)).unwrap().state;
        assert_eq!((closed.stage, closed.counts.redos), (Stage::Closed, 2));

        // The reporter's case is opened again after all: the sheet goes along.
        town.give("acceptor", second, case::Command::Reopen { reason: "又出现".to_owned() }, at(70)).unwrap();
        assert_eq!(call(town, id).stage, Stage::WithCase);

        let verdict = ledger::verify(&town.ledger, true, &[], &mut |_| {}).unwrap();
        assert_eq!(verdict.first_bad, None);
        let entries =
            town.ledger.db().read_blocking(|tx| ledger::entries_after(tx, code(), 0, 1_000)).unwrap();
        assert!(entries.iter().all(|entry| !entry.body.contains("1380013")), "no number in any entry");
    });
}

#[test]
fn who_calls_again_is_known_by_the_number_alone() {
    on_each(|town| {
        let (_, first) = take(town, "垃圾没清", NUMBER, at(0));
        assert_eq!((first.state.repeat, first.state.call_number()), (0, 1));
        let (id, second) = take(town, "还是没清", "+86 138-0013-8000", at(60));
        assert_eq!((second.state.repeat, second.state.call_number()), (1, 2));
        let (_, other) = take(town, "路灯不亮", "13900139000", at(61));
        assert_eq!(other.state.repeat, 0);
        // Filled in again, the sheet itself is not an earlier call.
        let named = Wanted::Fill {
            filling: Box::default(),
            contact: Some(Contact { name: "王明".to_owned(), ..contact(NUMBER) }),
        };
        assert_eq!(give(town, "acceptor", id, named, at(62)).unwrap().state.repeat, 1);
        // What lies back longer than the city asks is no repetition.
        let month = i64::from(CallSettings::default().repeat_days) * DAY_MS;
        let (_, late) = take(town, "又没清", NUMBER, start() + month + MINUTE_MS);
        assert_eq!(late.state.repeat, 1, "the second call still counts, the first does not");
        let bad = town.at(town.staff["acceptor"].clone(), at(70), |tx, desk| {
            begin(tx, desk, demand("垃圾没清"), Some(&contact("不告诉你")))
        });
        assert_eq!(bad.unwrap_err().code(), "fields_invalid");
    });
}

#[test]
fn who_joins_a_case_is_one_more_voice_and_follows_it() {
    on_each(|town| {
        let (first, _) = take(town, "垃圾没清", NUMBER, at(0));
        let shared = give(town, "acceptor", first, make_case(), at(1)).unwrap().state.case_id().unwrap();
        let join = |case| Wanted::Other(Command::Join { case, note: String::new() });
        let (neighbour, _) = take(town, "我家楼下也是", "13900139000", at(2));
        give(town, "acceptor", neighbour, join(shared), at(3)).unwrap();
        assert_eq!(case(town, shared).voices(), 2);
        let (again, _) = take(town, "怎么还没来", NUMBER, at(4));
        give(town, "acceptor", again, join(shared), at(5)).unwrap();
        assert_eq!(case(town, shared).voices(), 2, "the same caller is not a second voice");

        // The case is merged into another: all its sheets live there, and end and come back with it.
        let (other, _) = take(town, "垃圾堆积", "13700137000", at(6));
        let target = give(town, "leader", other, make_case(), at(7)).unwrap().state.case_id().unwrap();
        town.give("acceptor", shared, case::Command::Merge { into: target }, at(8)).unwrap();
        for id in [first, neighbour, again] {
            assert_eq!(call(town, id).case_id(), Some(target));
        }
        // A fourth caller names the merged case: the one that it lives in is taken.
        let (fourth, _) = take(town, "还是垃圾", "13600136000", at(9));
        give(town, "acceptor", fourth, join(shared), at(10)).unwrap();
        assert_eq!(call(town, fourth).case_id(), Some(target));
        town.give("acceptor", shared, case::Command::Unmerge { reason: "不是同一处".to_owned() }, at(11))
            .unwrap();
        assert_eq!(call(town, first).case_id(), Some(shared));
        assert_eq!(call(town, fourth).case_id(), Some(target));
        town.give("acceptor", target, refuse(), at(12)).unwrap();
        let stages = [first, fourth, other].map(|id| call(town, id).stage);
        assert_eq!(stages, [Stage::WithCase, Stage::ToFollowUp, Stage::ToFollowUp]);
        // An ended case takes nobody in.
        let (fifth, _) = take(town, "垃圾", "13500135000", at(13));
        let ended = give(town, "acceptor", fifth, join(target), at(14)).unwrap_err();
        assert_eq!(ended.code(), "call_case_ended_already");
        assert_eq!(case(town, target).voices(), 2, "and nobody was counted");
    });
}

#[test]
fn the_exchange_begins_a_sheet_that_the_seat_goes_on_with() {
    on_each(|town| {
        let key =
            Actor { id: ActorId::Key("exchange".to_owned()), role: Role::Acceptor, ..Actor::resident() };
        let event = |kind, seconds: i64| ExchangeEvent {
            kind,
            id: "pbx-77".to_owned(),
            number: Some("013800138000".to_owned()),
            seat: (kind != SignalKind::Ringing).then(|| "Acceptor".to_owned()),
            at: start() + seconds * 1_000,
            recording: None,
        };
        let tell = |event: ExchangeEvent| {
            town.at(key.clone(), at(5), move |tx, desk| signal(tx, desk, &event)).unwrap().unwrap()
        };
        let rung = tell(event(SignalKind::Ringing, 0));
        assert_eq!(rung.state.stage, Stage::Ringing);
        assert!(rung.state.demand.caller.is_some());
        let again = tell(event(SignalKind::Ringing, 0));
        assert_eq!((again.key, again.version), (rung.key.clone(), rung.version), "told twice, kept once");
        let taken = tell(event(SignalKind::Answered, 8)).state;
        let ActorId::Account(seat) = town.staff["acceptor"].id else { panic!("an account") };
        assert_eq!((taken.stage, taken.holder), (Stage::Open, Some(seat)));
        let ended = tell(event(SignalKind::Ended, 98)).state;
        assert_eq!(ended.exchange.as_ref().unwrap().talk_ms(), Some(90_000));
        // The exchange counts anew after a month: the same id is another call.
        let mut anew = event(SignalKind::Ringing, 0);
        let month = start() + 30 * DAY_MS;
        anew.at = month;
        let other = town.at(key.clone(), month, move |tx, desk| signal(tx, desk, &anew)).unwrap().unwrap();
        assert_ne!(other.key, rung.key);
        // The seat writes on after the caller has hung up.
        let id: CallId = rung.key.parse().unwrap();
        let filling = Wanted::Fill { filling: Box::new(demand("井盖破损")), contact: None };
        give(town, "acceptor", id, filling, at(6)).unwrap();
        assert_eq!(give(town, "acceptor", id, make_case(), at(7)).unwrap().state.stage, Stage::WithCase);
        // Nobody begins or hands over a sheet by the back door.
        let hand = Wanted::Other(Command::HandOver { case: CaseId(id.0), note: String::new() });
        assert_eq!(give(town, "acceptor", id, hand, at(8)).unwrap_err().code(), "call_not_your_right");
    });
}

#[test]
fn sheets_are_found_by_words_columns_and_pages_within_ones_reach() {
    on_each(|town| {
        let mut ids = Vec::new();
        for number in 0..7 {
            let text = if number % 3 == 0 { "井盖破损" } else { "垃圾没有清走" };
            ids.push(take(town, text, &format!("1390013900{number}"), at(number)).0);
        }
        give(town, "acceptor", ids[0], make_case(), at(20)).unwrap();
        let found = |actor: Actor, filter: CallFilter, after, limit| {
            let views = town.views.clone();
            let read = town.ledger.db().read_blocking(move |tx| {
                let view = views.of(tx, code())?;
                list(tx, &view, &actor, &filter, Sort::Newest, after, limit)
            });
            read.unwrap()
        };
        let acceptor = || town.staff["acceptor"].clone();
        let count = |filter| found(acceptor(), filter, None, 50).records.len();
        let words = |words: &str| CallFilter { words: Some(words.to_owned()), ..CallFilter::default() };
        assert_eq!(count(CallFilter::default()), 7);
        assert_eq!(count(words("井盖")), 3);
        assert_eq!(count(words(&call(town, ids[2]).reference)), 1);
        let open = CallFilter { stages: vec![Stage::Open], ..CallFilter::default() };
        assert_eq!(count(open), 6);
        let of_case = CallFilter { case: call(town, ids[0]).case_id(), ..CallFilter::default() };
        assert_eq!(count(of_case), 1);
        let of_caller = CallFilter {
            callers: Some(call(town, ids[1]).demand.caller.into_iter().collect()),
            ..CallFilter::default()
        };
        assert_eq!(count(of_caller), 1);
        assert_eq!(count(CallFilter { callers: Some(Vec::new()), ..CallFilter::default() }), 0);
        assert_eq!(count(CallFilter { problem: Some(true), ..CallFilter::default() }), 0);
        assert_eq!(count(CallFilter { from: Some(at(2)), until: Some(at(4)), ..CallFilter::default() }), 2);
        let late = CallFilter { late_at: Some(start() + 10 * DAY_MS), ..CallFilter::default() };
        assert_eq!(count(late), 7);
        // Pages of three, whatever brings them, hold each sheet once.
        for filter in [CallFilter::default(), words("垃圾")] {
            let (all, mut after, mut seen) = (count(filter.clone()), None, std::collections::BTreeSet::new());
            loop {
                let page = found(acceptor(), filter.clone(), after, 3);
                seen.extend(page.records.into_iter().map(|record| record.key));
                after = page.next;
                if after.is_none() {
                    break;
                }
            }
            assert_eq!(seen.len(), all);
        }
        // Who has no right to calls finds none, who is kept to a street those of the street.
        assert_eq!(found(town.staff["manager"].clone(), CallFilter::default(), None, 50).records.len(), 0);
        let streets = |street: &str| Actor { streets: vec![street.to_owned()], ..acceptor() };
        assert_eq!(found(streets("522601001"), CallFilter::default(), None, 50).records.len(), 7);
        assert_eq!(found(streets("522601002"), CallFilter::default(), None, 50).records.len(), 0);
        let id = ids[0];
        let hidden = town.at(town.staff["dispatcher"].clone(), at(30), move |tx, desk| {
            seen(tx, desk.view, desk.actor, id)
        });
        assert_eq!(hidden.unwrap_err().code(), "not_found");
        // What the figures count are the same sheets.
        let views = town.views.clone();
        let (actor, period) = (acceptor(), (at(0), at(60)));
        let sheets = town
            .ledger
            .db()
            .read_blocking(move |tx| {
                let view = views.of(tx, code())?;
                let mut sheets = Vec::new();
                of_period(tx, &view, &actor, period, &mut |record| sheets.push(record.state))?;
                Ok::<_, LedgerError>(sheets)
            })
            .unwrap();
        assert_eq!(sheets.len(), 7);
        let counted = rates(&sheets, period, &CallSettings::default(), start() + 10 * DAY_MS);
        assert_eq!((counted.response.denominator, counted.excluded.without_demand), (1, 6));
    });
}

#[test]
fn the_timers_of_calls_and_cases_are_fired_together() {
    on_each(|town| {
        let (id, _) = take(town, "垃圾没清", NUMBER, at(0));
        give(town, "acceptor", id, make_case(), at(1)).unwrap();
        let views = town.views.clone();
        let fire = move |now| {
            let views = views.clone();
            town.ledger
                .db()
                .write_blocking(move |tx| {
                    let view = views.of(tx, code())?;
                    crate::desk::fire_due(tx, &view, now)
                })
                .unwrap()
        };
        let month = start() + 30 * DAY_MS;
        assert!(fire(month) >= 2);
        assert_eq!(fire(month), 0);
        assert_eq!(call(town, id).overdues.len(), 2);
        assert_eq!(case(town, call(town, id).case_id().unwrap()).overdues.len(), 1);
    });
}
