use std::{collections::BTreeSet, fmt::Write as _, fs, path::Path};

use super::*;
use crate::id::from_parts;
use crate::time::Moment;

/// The whole table as text: one line an action, one column a role.
fn table() -> String {
    let mut text =
        String::from("# Rights: action, then role=scope. Made by the test `the_table_is_as_stored`.\n");
    for action in Action::ALL {
        let holders =
            Role::ALL.into_iter().filter_map(|role| Some(format!("{role}={}", right(role, *action)?)));
        writeln!(text, "{action}: {}", holders.collect::<Vec<_>>().join(" ")).unwrap();
    }
    text
}

/// A change of rights shows in review: the stored file must be changed with it (`WUHUA_BLESS=1` writes it).
#[test]
fn the_table_is_as_stored() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rights.txt");
    if std::env::var_os("WUHUA_BLESS").is_some() {
        fs::write(&path, table()).unwrap();
    }
    let stored = fs::read_to_string(&path).unwrap();
    let made = table();
    let made: BTreeSet<&str> = made.lines().collect();
    let stored: BTreeSet<&str> = stored.lines().collect();
    let changed: Vec<_> = made.symmetric_difference(&stored).collect();
    assert!(changed.is_empty(), "rights differ from tests/rights.txt: {changed:#?}");
}

fn account(number: u8) -> ActorId {
    ActorId::Account(AccountId(from_parts(Moment(0), [number; 10])))
}

fn actor(role: Role) -> Actor {
    Actor { id: account(1), role, unit: None, streets: Vec::new(), cells: Vec::new() }
}

#[test]
fn every_action_and_every_role_has_a_use() {
    for action in Action::ALL {
        assert!(Role::ALL.into_iter().any(|role| right(role, *action).is_some()), "nobody may {action}");
    }
    let names: BTreeSet<&str> = Action::ALL.iter().map(|action| action.name()).collect();
    assert_eq!(names.len(), Action::ALL.len());
    for role in Role::ALL {
        assert!(Action::ALL.iter().filter(|action| right(role, **action).is_some()).count() > 3, "{role}");
    }
}

#[test]
fn names_are_those_of_serde_and_read_back() {
    for action in Action::ALL {
        assert_eq!(serde_json::to_value(action).unwrap(), action.name());
        assert_eq!(action.name().parse(), Ok(*action));
    }
    for role in Role::ALL {
        assert_eq!(serde_json::to_value(role).unwrap(), role.name());
        assert_eq!(role.name().parse(), Ok(role));
    }
    for scope in ScopeKind::ALL {
        assert_eq!(serde_json::to_value(scope).unwrap(), scope.name());
        assert_eq!(scope.name().parse(), Ok(scope));
    }
    assert_eq!("case_fly".parse::<Action>(), Err(RoleError::ActionUnknown));
    assert_eq!("king".parse::<Role>(), Err(RoleError::RoleUnknown));
    assert_eq!("world".parse::<ScopeKind>(), Err(RoleError::ScopeUnknown));
}

#[test]
fn the_three_administrators_are_apart_and_touch_no_case() {
    let administrators = [Role::SystemAdministrator, Role::SecurityAdministrator, Role::AuditAdministrator];
    for action in Action::ALL {
        let name = action.name();
        let holders = administrators.into_iter().filter(|role| right(*role, *action).is_some()).count();
        let business = ["case_", "call_", "contact_", "attachment_", "register_"];
        if *action != Action::CasePublicView && business.iter().any(|noun| name.starts_with(noun)) {
            assert_eq!(holders, 0, "{action}");
        }
        let others = Role::ALL.into_iter().filter(|role| !administrators.contains(role));
        if ["_manage", "role_", "audit_", "ledger_", "backup", "data_", "_edit"]
            .iter()
            .any(|part| name.contains(part))
            && *action != Action::RegisterEdit
        {
            assert_eq!(others.filter(|role| right(*role, *action).is_some()).count(), 0, "{action}");
            assert!(holders == 1 || *action == Action::LedgerVerify, "{action}");
        }
    }
    assert!(right(Role::SystemAdministrator, Action::RoleGrant).is_none());
    assert!(right(Role::SecurityAdministrator, Action::AccountManage).is_none());
}

#[test]
fn who_handles_does_not_close_check_or_see_the_reporter() {
    for role in [Role::UnitManager, Role::Worker] {
        for action in [
            Action::CaseClose,
            Action::CaseCheck,
            Action::CaseVerify,
            Action::ContactReveal,
            Action::CaseDecideExtension,
            Action::CaseDecideSuspension,
            Action::CaseDecideAppeal,
            Action::CallView,
        ] {
            assert_eq!(right(role, action), None, "{role} {action}");
        }
    }
}

#[test]
fn scopes_reach_as_far_as_they_say() {
    let (units, other_units) = (["u1".to_owned(), "u2".to_owned()], ["u3".to_owned()]);
    let here =
        Place { units: &units, street: Some("522601001"), cell: Some("522601001001001"), ..Place::default() };
    let there = Place {
        units: &other_units,
        street: Some("522601002"),
        cell: Some("522601002001001"),
        ..Place::default()
    };
    let nowhere = Place::default();

    let collector = Actor { cells: vec!["522601001001001".to_owned()], ..actor(Role::Collector) };
    assert!(collector.may(Action::CaseView, &here));
    assert!(!collector.may(Action::CaseView, &there) && !collector.may(Action::CaseView, &nowhere));
    let task = [account(2), account(1)];
    assert!(collector.may(Action::CaseCheck, &Place { owners: &task, ..there }));

    let manager = Actor { unit: Some("u2".to_owned()), ..actor(Role::UnitManager) };
    assert!(manager.may(Action::CaseConfirm, &here));
    assert!(!manager.may(Action::CaseConfirm, &there) && !manager.may(Action::CaseDispatch, &here));
    assert!(!actor(Role::UnitManager).may(Action::CaseConfirm, &here), "a manager without unit");
    let reported = Place { owners: &task, token_shown: true, ..there };
    assert!(!manager.may(Action::CaseConfirm, &reported), "the reporter of another unit's case");

    let worker = Actor { unit: Some("u1".to_owned()), ..actor(Role::Worker) };
    assert!(!worker.may(Action::CaseHandle, &Place { token_shown: true, ..here }));
    assert!(worker.may(Action::CaseHandle, &Place { owners: &task, ..here }));

    let me = account(1);
    let reported = Place { reporter: Some(&me), ..there };
    assert!(worker.may(Action::CaseView, &reported) && !worker.may(Action::CaseHandle, &reported));
    assert!(collector.may(Action::CaseNote, &reported) && !collector.may(Action::CaseCheck, &reported));

    assert!(actor(Role::Dispatcher).may(Action::CaseDispatch, &there));
    assert!(actor(Role::Dispatcher).may(Action::CaseDispatch, &nowhere));
}

#[test]
fn a_post_with_streets_is_kept_to_them() {
    let dispatcher = Actor { streets: vec!["522601001".to_owned()], ..actor(Role::Dispatcher) };
    let here = Place { street: Some("522601001"), ..Place::default() };
    let there = Place { street: Some("522601002"), ..Place::default() };
    assert_eq!(dispatcher.reach(Action::CaseList), Some(ScopeKind::Street));
    assert!(dispatcher.may(Action::CaseDispatch, &here));
    assert!(
        !dispatcher.may(Action::CaseDispatch, &there)
            && !dispatcher.may(Action::CaseDispatch, &Place::default())
    );
    assert!(
        dispatcher.may(Action::HandbookView, &Place::default()) && dispatcher.may(Action::CaseReport, &there)
    );
    assert_eq!(dispatcher.reach(Action::CaseClose), None);
}

#[test]
fn a_resident_reaches_only_the_report_whose_token_is_shown() {
    let resident = Actor::resident();
    let owners = [ActorId::Resident];
    let somebodys = Place { owners: &owners, ..Place::default() };
    assert!(!resident.may(Action::CaseView, &somebodys), "all residents share one id");
    let own = Place { token_shown: true, ..somebodys };
    for action in [Action::CaseView, Action::CaseRate, Action::CaseReopen, Action::AttachmentAdd] {
        assert!(resident.may(action, &own) && !resident.may(action, &somebodys), "{action}");
    }
    assert!(resident.may(Action::CaseReport, &somebodys) && resident.may(Action::CasePublicView, &somebodys));
    assert!(!resident.may(Action::CaseClose, &own) && !resident.may(Action::CaseList, &own));
}

#[test]
fn actor_ids_read_back() {
    for id in [account(7), ActorId::Key("province".to_owned()), ActorId::Resident, ActorId::System] {
        assert_eq!(id.to_string().parse(), Ok(id.clone()));
        let json = serde_json::to_string(&id).unwrap();
        assert_eq!(serde_json::from_str::<ActorId>(&json).unwrap(), id);
    }
    let long = format!("key:{}", "k".repeat(KEY_NAME_CHARS_MAX + 1));
    for text in ["", "account:", "account:7", "key:", "residents", "king:1", long.as_str()] {
        assert_eq!(text.parse::<ActorId>(), Err(RoleError::ActorMalformed), "{text}");
    }
}
