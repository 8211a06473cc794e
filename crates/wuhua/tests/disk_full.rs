//! A full disk: reading goes on, writing is refused with 507, and when there is room again writing goes on without a restart.

use std::process::Command;

use crate::served::{CITY, Served, WUHUA, can_run, is_there, made_id};

/// Size of the disk, MiB; the ballast on it is what the operator can give up.
const DISK_MIB: u32 = 24;
const BALLAST_MIB: u32 = 6;
/// Reports that fill any such disk.
const REPORTS_MAX: usize = 4_000;

#[test]
fn disk_full_stops_writing_and_not_reading() {
    if !can_run("unshare", &["-m", "true"]) {
        eprintln!("no private mounts here (root only): skipped");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let (disk, key) = (folder.path().join("disk"), folder.path().join("key"));
    std::fs::create_dir(&disk).unwrap();
    let script = "set -e
mount -t tmpfs -o size=${5}m tmpfs \"$1\"
\"$3\" city add \"$4\" --name 凯里 --data \"$1/data\" >/dev/null
\"$3\" key add sender --data \"$1/data\" >\"$2\"
head -c ${6}m /dev/zero >\"$1/ballast\"
exec \"$3\" serve --listen 127.0.0.1:0 --no-rate-limits --data \"$1/data\"";
    let mut command = Command::new("unshare");
    command.args(["-m", "sh", "-c", script, "sh"]).args([&disk, &key]).args([WUHUA, CITY]);
    command.args([DISK_MIB.to_string(), BALLAST_MIB.to_string()]);
    let served = Served::start(&mut command);
    let key = std::fs::read_to_string(&key).unwrap().trim().to_owned();
    let mut client = served.client();
    let text = "坑".repeat(4_000);
    let mut made = Vec::new();
    let full = loop {
        assert!(made.len() < REPORTS_MAX, "the disk did not fill");
        let answer = client.report(&key, &text, None).unwrap();
        if answer.0 != 201 {
            break answer;
        }
        made.push(made_id(&answer));
    };
    assert_eq!(full.0, 507, "{}", full.1);
    assert!(full.1.contains("磁盘"), "it says what is wrong: {}", full.1);
    assert!(!made.is_empty());
    let kept = |client: &mut crate::served::Client| {
        for ids in made.chunks(100) {
            let (status, body) =
                client.get(&format!("/open311/v2/requests.json?service_request_id={}", ids.join(",")));
            assert_eq!(status, 200);
            assert!(ids.iter().all(|id| body.contains(id)), "what was acknowledged is there");
        }
    };
    kept(&mut client);
    assert_eq!(client.get("/open311/v2/services.json").0, 200);
    assert_eq!(client.report(&key, &text, None).unwrap().0, 507, "it stays so");
    // The operator gives the ballast up; the disk is only to be seen by the server's own eyes.
    let ballast = format!("/proc/{}/root{}/ballast", served.child.id(), disk.to_str().unwrap());
    assert!(is_there(&ballast));
    std::fs::remove_file(ballast).unwrap();
    made_id(&client.report(&key, "又有地方了", None).unwrap());
    kept(&mut client);
}
