//! Accounts, sessions, keys, looks at personal data.

use std::collections::BTreeMap;

use kernel::{
    error::Coded,
    id::{AccountId, PersonId, SystemIds},
    role::{Action, ActorId, Role},
    time::Moment,
};
use ledger::{
    By, Ledger, LedgerError,
    access::{self, NewAccount, Post, Reveal, Token, account, api_key, person, session},
    history,
};

use crate::sample::{by, city, on_each, read, write};

const NAME: &str = "王秀英";
const PHC: &str = "$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA";

fn new(sign_in: &str) -> NewAccount {
    let post = Post { role: Some(Role::Dispatcher), unit: Some("u1".to_owned()), ..Post::default() };
    NewAccount {
        sign_in: sign_in.to_owned(),
        name: NAME.to_owned(),
        post,
        password: PHC.to_owned(),
        must_change_password: true,
    }
}

fn made(ledger: &Ledger, sign_in: &'static str) -> AccountId {
    let id = AccountId::fresh(&mut SystemIds, Moment(1_000));
    write(ledger, move |ledger, tx| {
        account::create(ledger.vault(), tx, city(), id, &new(sign_in), &by(1_000))
    })
    .unwrap();
    id
}

fn kinds(ledger: &Ledger, noun: &'static str, key: &str) -> Vec<String> {
    let key = key.to_owned();
    read(ledger, move |_, tx| history(tx, city(), noun, &key)).into_iter().map(|entry| entry.kind).collect()
}

fn found(ledger: &Ledger, sign_in: &'static str) -> access::Credentials {
    read(ledger, move |ledger, tx| account::find_by_sign_in(ledger.vault(), tx, city(), sign_in)).unwrap()
}

#[test]
fn an_account_is_found_by_its_folded_name_and_its_entries_name_nobody() {
    on_each(|ledger, _| {
        let id = made(ledger, " Ｗang.XY ");
        for text in ["wang.xy", "WANG.XY", "ｗａｎｇ．ｘｙ"] {
            assert_eq!(found(ledger, text).account.id, id, "{text}");
        }
        let credentials = found(ledger, "wang.xy");
        assert_eq!(credentials.account.name, NAME);
        assert_eq!(credentials.password, PHC);
        assert_eq!(credentials.account.actor().unit.as_deref(), Some("u1"));
        assert!(credentials.account.must_change_password && !credentials.account.second_factor);
        let taken = write(ledger, |ledger, tx| {
            let id = AccountId::fresh(&mut SystemIds, Moment(1_001));
            account::create(ledger.vault(), tx, city(), id, &new("WANG.XY"), &by(1_001))
        });
        assert_eq!(taken.unwrap_err().code(), "sign_in_taken");
        let invalid = write(ledger, |ledger, tx| {
            let id = AccountId::fresh(&mut SystemIds, Moment(1_001));
            account::create(ledger.vault(), tx, city(), id, &new("two words"), &by(1_001))
        });
        assert_eq!(invalid.unwrap_err().code(), "sign_in_invalid");
        let names = read(ledger, move |ledger, tx| account::names_of(ledger.vault(), tx, city(), &[id, id]));
        assert_eq!(names, BTreeMap::from([(id, NAME.to_owned())]));

        let post =
            Post { role: Some(Role::Leader), streets: vec!["522601001".to_owned()], ..Post::default() };
        let granted = post.clone();
        write(ledger, move |_, tx| account::set_role(tx, city(), id, &granted, &by(2_000))).unwrap();
        assert_eq!(found(ledger, "wang.xy").account.post, post);
        let bodies: String = read(ledger, |_, tx| ledger::entries_after(tx, city(), 0, 100))
            .into_iter()
            .map(|e| e.body)
            .collect();
        assert!(!bodies.contains(NAME) && !bodies.contains("wang") && !bodies.contains("argon2"), "{bodies}");
        assert!(bodies.contains("leader") && bodies.contains("u1"));
    });
}

#[test]
fn five_failures_lock_and_time_or_a_new_password_unlocks() {
    on_each(|ledger, _| {
        let id = made(ledger, "w");
        let fail = |at| write(ledger, move |_, tx| account::note_failure(tx, city(), id, &by(at))).unwrap();
        for at in 0..4 {
            assert_eq!(fail(10_000 + at), None);
        }
        let until = fail(10_004).unwrap();
        assert_eq!(until, Moment(10_004 + account::LOCKED_MS));
        assert!(found(ledger, "w").account.is_locked(Moment(10_005)));
        assert!(!found(ledger, "w").account.is_locked(until));
        let before = kinds(ledger, "account", &id.to_string()).len();
        assert_eq!(fail(10_005), Some(until), "while locked nothing is counted");
        assert_eq!(kinds(ledger, "account", &id.to_string()).len(), before);
        assert_eq!(fail(until.millis()), None, "counting starts anew");
        write(ledger, move |_, tx| session::open(tx, city(), id, &by(until.millis() + 1))).unwrap();
        for at in 2..6 {
            assert_eq!(fail(until.millis() + at), None, "signing in forgave the failure before");
        }
        assert!(fail(until.millis() + 6).is_some());
        write(ledger, move |_, tx| {
            account::set_password(tx, city(), id, "$new", false, &by(until.millis() + 7))
        })
        .unwrap();
        let after = found(ledger, "w");
        assert!(!after.account.is_locked(Moment(until.millis() + 8)) && !after.account.must_change_password);
        assert_eq!(after.password, "$new");
        let kinds = kinds(ledger, "account", &id.to_string());
        assert_eq!(kinds.iter().filter(|kind| *kind == "locked").count(), 2, "{kinds:?}");
        assert!(kinds.ends_with(&["password_set".to_owned(), "sessions_closed".to_owned()]), "{kinds:?}");
    });
}

#[test]
fn a_code_counts_once() {
    on_each(|ledger, _| {
        let id = made(ledger, "w");
        write(ledger, move |ledger, tx| {
            account::set_totp(ledger.vault(), tx, city(), id, Some(b"seed"), &by(2_000))
        })
        .unwrap();
        assert_eq!(found(ledger, "w").totp_secret.as_deref(), Some(b"seed".as_slice()));
        let use_step =
            |step| write(ledger, move |_, tx| account::use_totp_step(tx, city(), id, step)).unwrap();
        assert!(use_step(7) && !use_step(7) && !use_step(6) && use_step(8));
        assert_eq!(found(ledger, "w").totp_step, 8);
    });
}

#[test]
fn a_session_ends_by_idleness_age_sign_out_and_disabling() {
    on_each(|ledger, _| {
        let id = made(ledger, "w");
        let open = |at| write(ledger, move |_, tx| session::open(tx, city(), id, &by(at))).unwrap();
        let check = |token: &Token, at| {
            let token: Token = token.text().parse().unwrap();
            read(ledger, move |ledger, tx| session::check(ledger.vault(), tx, &token, Moment(at)))
        };
        let start = 1_000_000;
        let token = open(start);
        let (opened, account) = check(&token, start + 1).unwrap();
        assert_eq!(account.id, id);
        assert!(!opened.wants_touch(Moment(start + session::TOUCH_MS - 1)));
        assert!(opened.wants_touch(Moment(start + session::TOUCH_MS)));
        assert!(check(&token, start + session::IDLE_MS_MAX - 1).is_some());
        assert!(check(&token, start + session::IDLE_MS_MAX).is_none(), "idle");
        let mut now = start;
        while now + 1_000_000 < start + session::AGE_MS_MAX {
            now += 1_000_000;
            let (seen, _) = check(&token, now).unwrap();
            write(ledger, move |_, tx| session::touch(tx, &seen, Moment(now))).unwrap();
        }
        assert!(check(&token, start + session::AGE_MS_MAX).is_none(), "age");

        let second = open(now);
        assert!(check(&second, now).is_some());
        let hash = second.hash();
        let listed = read(ledger, move |_, tx| session::list(tx, city(), id, Moment(now)));
        assert!(listed.iter().any(|session| session.hash == hash));
        let admin =
            By { actor: ActorId::Account(AccountId::fresh(&mut SystemIds, Moment(5))), at: Moment(now) };
        write(ledger, move |_, tx| session::close(tx, city(), &hash, &admin)).unwrap();
        assert!(check(&second, now).is_none());
        assert_eq!(kinds(ledger, "account", &id.to_string()).last().unwrap(), "sessions_closed");

        let third = open(now);
        write(ledger, move |_, tx| account::disable(tx, city(), id, &by(now))).unwrap();
        assert!(check(&third, now).is_none());
        write(ledger, move |_, tx| account::enable(tx, city(), id, &by(now))).unwrap();
        assert!(check(&third, now).is_none(), "disabling closed it for good");
        for text in ["", "522601", "522601.00", "x.00", &format!("522602.{}", "0".repeat(64))] {
            let known = text.parse::<Token>().is_ok_and(|token| check(&token, now).is_some());
            assert!(!known, "{text}");
        }
    });
}

#[test]
fn one_account_has_so_many_sessions_and_no_more() {
    on_each(|ledger, _| {
        let id = made(ledger, "w");
        let mut tokens = Vec::new();
        for at in 0..i64::from(session::SESSIONS_MAX) + 3 {
            tokens.push(write(ledger, move |_, tx| session::open(tx, city(), id, &by(1_000 + at))).unwrap());
        }
        let open: Vec<bool> = tokens
            .into_iter()
            .map(|token| {
                read(ledger, move |ledger, tx| session::check(ledger.vault(), tx, &token, Moment(1_100)))
                    .is_some()
            })
            .collect();
        assert_eq!(open.iter().filter(|open| **open).count(), session::SESSIONS_MAX as usize);
        assert_eq!(&open[..4], &[false, false, false, true], "the oldest went");
    });
}

#[test]
fn accounts_come_in_pages() {
    on_each(|ledger, _| {
        for sign_in in ["d", "a", "c", "b"] {
            made(ledger, sign_in);
        }
        let first = read(ledger, |ledger, tx| account::list(ledger.vault(), tx, city(), "", 3));
        let names = |accounts: Vec<access::Account>| {
            accounts.into_iter().map(|account| account.sign_in).collect::<Vec<_>>()
        };
        assert_eq!(names(first), ["a", "b", "c"]);
        let rest = read(ledger, |ledger, tx| account::list(ledger.vault(), tx, city(), "c", 3));
        assert_eq!(names(rest), ["d"]);
    });
}

#[test]
fn a_key_counts_until_it_is_revoked_and_its_name_is_never_used_again() {
    on_each(|ledger, _| {
        let add = |name: &'static str| {
            write(ledger, move |_, tx| {
                api_key::add(tx, city(), name, &[Action::CaseReport, Action::CaseReport], &by(1_000))
            })
        };
        let token = add("省平台").unwrap();
        let check = |token: &Token| {
            let token = token.clone();
            read(ledger, move |_, tx| api_key::check(tx, &token))
        };
        assert_eq!(check(&token).unwrap().rights, [Action::CaseReport]);
        assert!(check(&Token::fresh(city()).unwrap()).is_none());
        for name in ["", "a b", "13800138000", &"k".repeat(65)] {
            let name = name.to_owned();
            let refused = write(ledger, move |_, tx| {
                api_key::add(tx, city(), &name, &[Action::CaseReport], &by(1_000))
            });
            assert_eq!(refused.unwrap_err().code(), "key_name_invalid");
        }
        write(ledger, |_, tx| api_key::revoke(tx, city(), "省平台", &by(2_000))).unwrap();
        assert!(check(&token).is_none());
        assert_eq!(add("省平台").unwrap_err().code(), "key_name_taken");
        let again = write(ledger, |_, tx| api_key::revoke(tx, city(), "省平台", &by(2_001)));
        assert!(matches!(again, Err(LedgerError::NotFound)));
        let listed = read(ledger, |_, tx| api_key::list(tx, city(), "", 10));
        assert_eq!(listed[0].revoked_at, Some(Moment(2_000)));
        assert_eq!(kinds(ledger, "key", "省平台"), ["made", "revoked"]);
    });
}

#[test]
fn every_look_has_a_reason_and_the_person_can_see_it() {
    on_each(|ledger, _| {
        let person = PersonId::fresh(&mut SystemIds, Moment(1_000));
        write(ledger, move |ledger, tx| {
            let fields = [("name", "李四"), ("phone", "13800138000"), ("address", "韶山路1号")];
            let fields = fields.map(|(field, value)| (field.to_owned(), value.to_owned())).into();
            ledger.vault().keep(tx, city(), person, &fields, &["phone"], Moment(1_000))
        })
        .unwrap();
        let reveal = |reason: &'static str, fields: &'static [&'static str]| {
            write(ledger, move |ledger, tx| {
                let asked = Reveal { person, fields, case: "c1", role: Role::Acceptor, reason };
                person::reveal(ledger.vault(), tx, city(), &asked, &by(2_000))
            })
        };
        assert_eq!(reveal("  ", &[]).unwrap_err().code(), "reason_missing");
        let given = reveal("回拨 13800138000 核实", &["phone", "fax"]).unwrap();
        assert_eq!(given, BTreeMap::from([("phone".to_owned(), "13800138000".to_owned())]));
        assert_eq!(reveal("再次核实", &[]).unwrap().len(), 3);
        let looks = read(ledger, move |_, tx| person::looks(tx, city(), person));
        assert_eq!(looks.len(), 2);
        assert_eq!(looks[0].fields, ["phone"]);
        assert_eq!((looks[0].role, looks[0].case.as_str()), (Role::Acceptor, "c1"));
        assert_eq!(looks[0].reason, "回拨 *********** 核实");

        write(ledger, move |ledger, tx| person::erase(ledger.vault(), tx, city(), person, &by(3_000)))
            .unwrap();
        assert!(matches!(reveal("还在吗", &[]), Err(LedgerError::PersonErased)));
        assert_eq!(kinds(ledger, "person", &person.to_string()), ["revealed", "revealed", "erased"]);
        let bodies: String = read(ledger, |_, tx| ledger::entries_after(tx, city(), 0, 100))
            .into_iter()
            .map(|e| e.body)
            .collect();
        assert!(!bodies.contains("138001") && !bodies.contains("李四") && !bodies.contains("韶山"));
    });
}
