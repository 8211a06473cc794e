//! The audit's view: entries page by page, the trail without secrets, the head that moves.

use axum::http::StatusCode;
use kernel::role::{Action, Role};
use serde_json::Value;

use crate::support::{App, Ask, PASSWORD};

#[test]
fn the_audit_reads_who_came_in_and_nothing_secret() {
    App::each(|app| {
        let audit = app.session(app.account("auditor", Some(Role::AuditAdministrator)));
        app.account("anna", Some(Role::Acceptor));
        let key = app.key("sender", &[Action::CaseReport]);
        app.sign_in("anna", "wrong password", None);
        assert_eq!(app.sign_in("anna", PASSWORD, None).status, StatusCode::OK);
        let get = |path: &str| app.call(Ask::get(path).cookie(&audit));
        let trail = get("/api/v1/audit?limit=100");
        let kinds: Vec<String> = trail.json()["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|entry| format!("{} {}", entry["noun"].as_str().unwrap(), entry["kind"].as_str().unwrap()))
            .collect();
        for kind in ["account made", "account sign_in_failed", "account signed_in", "key made"] {
            assert!(kinds.contains(&kind.to_owned()), "{kind}: {kinds:?}");
        }
        for secret in ["anna", "欧阳", PASSWORD, "argon2", key.split('.').nth(1).unwrap()] {
            assert!(!trail.text().contains(secret), "{secret}");
        }
        let head = get("/api/v1/ledger/head").json();
        let mut seen = 0;
        let mut after = 0;
        loop {
            let page = get(&format!("/api/v1/ledger/entries?limit=2&after={after}")).json();
            seen += page["items"].as_array().unwrap().len();
            let Some(next) = page["next"].as_u64() else { break };
            after = next;
        }
        assert_eq!(head["entries"], Value::from(seen));
        app.account("berta", None);
        assert_ne!(get("/api/v1/ledger/head").json()["root"], head["root"]);
        assert_eq!(get("/api/v1/ledger/entries?after=many").code(), "value_malformed");
    });
}
