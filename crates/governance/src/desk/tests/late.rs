//! A unit that was late with a case which was then given to another one.

use super::*;

/// Long after every clock of handling has run out.
const LATE_MS: i64 = 120 * kernel::time::DAY_MS;

#[test]
fn who_was_late_sees_the_case_again_when_it_has_ended_and_may_appeal() {
    on_each(|town| {
        let new = NewReport {
            source: Source::Collector,
            attachments: vec![photo(AttachmentRole::Before)],
            contact: None,
            ..garbage()
        };
        let reported = town.report(town.staff["collector"].clone(), new, start()).unwrap();
        let (id, reference) = (reported.id, reported.reference);
        let minute = |minutes: i64| start() + minutes * MINUTE_MS;
        let condition = town
            .at(town.staff["leader"].clone(), minute(1), |_, desk| {
                Ok(desk.view.conditions(CLASS, desk.at)[0].id.clone())
            })
            .unwrap();
        let file = Wanted { condition: Some(condition), ..Wanted::from(Command::File {}) };
        town.give("leader", id, file, minute(2)).unwrap();
        let to = |unit: &str| Command::Dispatch { units: vec![unit.to_owned()] };
        town.give("dispatcher", id, to("water"), minute(3)).unwrap();
        town.give("other_manager", id, Command::Sign {}, minute(4)).unwrap();

        let late = |minutes: i64| start() + LATE_MS + minutes * MINUTE_MS;
        town.at(Actor::resident(), late(0), |tx, desk| fire_due(tx, desk.view, desk.at)).unwrap();
        let back =
            Command::Return { reason: "不是我们的".to_owned(), proposal: "sanitation".to_owned() };
        town.give("other_manager", id, back, late(1)).unwrap();
        town.give("dispatcher", id, to("sanitation"), late(2)).unwrap();
        let appeal = || Command::AppealOverdue { reason: "权属不明".to_owned() };
        let seen = || !town.finds("other_manager", CaseFilter::default()).is_empty();
        assert!(!seen(), "it is another unit's now");
        assert_eq!(town.give("other_manager", id, appeal(), late(3)).unwrap_err().code(), "not_found");

        let ActorId::Account(worker) = town.staff["worker"].id else { panic!("an account") };
        town.give("manager", id, Command::Sign {}, late(4)).unwrap();
        town.give("manager", id, Command::Assign { worker }, late(5)).unwrap();
        let after = || vec![photo(AttachmentRole::After)];
        let handle = Command::Handle { note: "已清运".to_owned(), attachments: after() };
        town.give("worker", id, handle, late(6)).unwrap();
        town.give("manager", id, Command::Confirm {}, late(7)).unwrap();
        town.give("acceptor", id, Command::RequestCheck {}, late(8)).unwrap();
        let checked = Command::AnswerCheck { answer: Answer::Yes, note: String::new(), attachments: after() };
        town.give("far_collector", id, checked, late(9)).unwrap();
        assert!(!seen(), "and not before it has ended");
        let close = Command::Close {
            outcome: Outcome::Cured,
            condition_met: true,
            note: "已解决".to_owned(),
            component_present: None,
        };
        let closed = town.give("leader", id, close, late(10)).unwrap().state;
        assert!(closed.overdues.iter().any(|fact| fact.units == ["water"]), "{:?}", closed.overdues);

        assert_eq!(town.finds("other_manager", CaseFilter::default()), vec![reference]);
        let handled = CaseFilter { units: vec!["water".to_owned()], ..CaseFilter::default() };
        assert!(town.finds("acceptor", handled).is_empty(), "it is none of the cases that the unit handled");
        let refused = town.give("manager", id, appeal(), late(11)).unwrap_err();
        assert_eq!(refused.code(), "case_nothing_overdue");
        let refused = town.give("other_manager", id, Command::Sign {}, late(11)).unwrap_err();
        assert_eq!(refused.code(), "case_not_in_this_stage");
        let appealed = town.give("other_manager", id, appeal(), late(12)).unwrap().state;
        assert_eq!(appealed.appeal.map(|appeal| appeal.unit).as_deref(), Some("water"));
    });
}
