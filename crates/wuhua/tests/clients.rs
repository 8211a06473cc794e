//! Open311 as the clients from the package index speak it, against the running binary, on both engines.

use std::process::Command;

use crate::served::Place;

fn speak(python: &str, place: &Place) {
    let served = place.serve();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/clients.py");
    let mut command = Command::new(python);
    // No proxy stands between this machine and itself.
    command
        .args([script, &served.address, &place.key])
        .env("NO_PROXY", "127.0.0.1")
        .env("no_proxy", "127.0.0.1");
    let output = command.output().unwrap();
    let talk = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{talk}");
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), "clients: ok", "{talk}");
}

#[test]
fn georeport_and_civicbot_understand_the_server() {
    let Ok(python) = std::env::var("WUHUA_PYTHON") else {
        eprintln!("WUHUA_PYTHON is not set: skipped (make test sets it)");
        return;
    };
    if !crate::served::is_there(&python) {
        eprintln!("{python} is not there: skipped (scripts/setup test makes it)");
        return;
    }
    speak(&python, &Place::sqlite());
    if let Some(place) = Place::postgres() {
        speak(&python, &place);
    }
}
