//! kill -9 while clients post: what was acknowledged is there exactly once, whatever was under way.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Mutex,
        atomic::{AtomicU32, Ordering},
    },
};

use kernel::id::{IdSource as _, SystemIds};
use serde_json::Value;

use crate::served::{Client, Place, made_id};

/// Clients that post at once. Every other one names its calls by an idempotency key.
const CLIENTS: u32 = 8;
/// Kills of one engine, in `make test` and in the nightly form (`WUHUA_NIGHTLY=1`).
const KILLS: u32 = 10;
const KILLS_NIGHTLY: u32 = 200;
/// Acknowledged writes before each kill, at the least.
const ACKNOWLEDGED_MIN: u32 = 50;
/// Up to so many more, by lot, so that the kill falls anywhere.
const ACKNOWLEDGED_MORE: u32 = 60;

/// What the clients know.
#[derive(Default)]
struct Journal {
    /// Id by text of what was acknowledged.
    acknowledged: BTreeMap<String, String>,
    /// Texts under way when the server went, with the key of the call where it has one.
    open: Vec<(String, Option<String>)>,
}

fn lot(below: u32) -> u32 {
    let random = SystemIds.next(kernel::time::Moment(0)).as_u128() & 0xffff_ffff;
    u32::try_from(random).unwrap_or(0) % below
}

/// Posts until the server is gone.
fn post(
    mut client: Client,
    key: &str,
    name: &str,
    is_named: bool,
    journal: &Mutex<Journal>,
    done: &AtomicU32,
) {
    for number in 0_u64.. {
        let text = format!("{name}-{number}");
        let named = is_named.then(|| format!("key-{text}"));
        match client.report(key, &text, named.as_deref()) {
            Ok(answer) => {
                let id = made_id(&answer);
                journal.lock().unwrap().acknowledged.insert(text, id);
                done.fetch_add(1, Ordering::SeqCst);
            }
            Err(_) => {
                journal.lock().unwrap().open.push((text, named));
                return;
            }
        }
    }
}

/// One kill while clients post.
fn round(place: &Place, number: u32, journal: &Mutex<Journal>) -> u32 {
    let served = place.serve();
    let done = AtomicU32::new(0);
    let wanted = ACKNOWLEDGED_MIN + lot(ACKNOWLEDGED_MORE);
    std::thread::scope(|scope| {
        for client in 0..CLIENTS {
            let (connection, done) = (served.client(), &done);
            let name = format!("{number}-{client}");
            scope.spawn(move || post(connection, &place.key, &name, client % 2 == 0, journal, done));
        }
        while done.load(Ordering::SeqCst) < wanted {
            std::thread::yield_now();
        }
        served.kill();
    });
    done.into_inner()
}

/// Every request that the server knows: id by text; a text that stands twice fails the test.
fn all(client: &mut Client) -> BTreeMap<String, String> {
    let (status, body) = client.get("/open311/v2/bulk.json");
    assert_eq!(status, 200);
    let mut found = BTreeMap::new();
    for request in serde_json::from_str::<Vec<Value>>(&body).unwrap() {
        let field = |name: &str| request[name].as_str().unwrap().to_owned();
        let text = field("description");
        assert_eq!(found.insert(text.clone(), field("service_request_id")), None, "{text} is there twice");
    }
    found
}

/// After a kill: what this round acknowledged is there, each once, under its id.
fn look(client: &mut Client, journal: &Journal, of_round: &str) {
    let wanted: Vec<(&String, &String)> =
        journal.acknowledged.iter().filter(|(text, _)| text.starts_with(of_round)).collect();
    for part in wanted.chunks(200) {
        let ids: Vec<&str> = part.iter().map(|(_, id)| id.as_str()).collect();
        let (status, body) =
            client.get(&format!("/open311/v2/requests.json?service_request_id={}", ids.join(",")));
        assert_eq!(status, 200);
        let list: Vec<Value> = serde_json::from_str(&body).unwrap();
        let shown: BTreeSet<(&str, &str)> = list
            .iter()
            .map(|one| (one["description"].as_str().unwrap(), one["service_request_id"].as_str().unwrap()))
            .collect();
        assert_eq!(list.len(), part.len());
        for (text, id) in part {
            assert!(
                shown.contains(&(text.as_str(), id.as_str())),
                "{text} was acknowledged as {id} and is lost"
            );
        }
    }
}

fn kills(place: &Place) {
    let nightly = std::env::var_os("WUHUA_NIGHTLY").is_some_and(|value| value == "1");
    let kills = if nightly { KILLS_NIGHTLY } else { KILLS };
    let journal = Mutex::new(Journal::default());
    for number in 0..kills {
        let acknowledged = round(place, number, &journal);
        assert!(acknowledged >= ACKNOWLEDGED_MIN);
        let served = place.serve();
        let mut client = served.client();
        let mut known = journal.lock().unwrap();
        look(&mut client, &known, &format!("{number}-"));
        // Whoever named its call may send it again without fear: once more, and once more.
        for (text, named) in std::mem::take(&mut known.open) {
            let Some(named) = named else { continue };
            let first = made_id(&client.report(&place.key, &text, Some(&named)).unwrap());
            let again = made_id(&client.report(&place.key, &text, Some(&named)).unwrap());
            assert_eq!(first, again);
            known.acknowledged.insert(text, first);
        }
    }
    let served = place.serve();
    let found = all(&mut served.client());
    let journal = journal.into_inner().unwrap();
    for (text, id) in &journal.acknowledged {
        assert_eq!(found.get(text), Some(id), "{text} was acknowledged");
    }
    let ids: BTreeSet<&String> = found.values().collect();
    assert_eq!(ids.len(), found.len(), "an id was given twice");
    drop(served);
    let verdict: Value = serde_json::from_str(place.run(&["verify", "--rebuild", "--json"]).trim()).unwrap();
    assert_eq!(verdict["ok"], true, "{verdict}");
    eprintln!(
        "{kills} kills, {} acknowledged, {} there, 0 lost, 0 doubled",
        journal.acknowledged.len(),
        found.len()
    );
}

#[test]
fn kill_loses_nothing_on_sqlite() {
    kills(&Place::sqlite());
}

#[test]
fn kill_loses_nothing_on_postgres() {
    if let Some(place) = Place::postgres() {
        kills(&place);
    }
}
