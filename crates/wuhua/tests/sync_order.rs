//! No acknowledgement leaves before what it acknowledges is on disk: the server's own system calls tell (strace).

use std::{collections::BTreeSet, process::Command};

use crate::served::{Place, Served, WUHUA, can_run, is_there, made_id};

/// Reports, one after the other, so that no other write is under way while one is acknowledged.
const REPORTS: usize = 200;
/// Calls that write to files, send answers or sync.
const CALLS: &str = "trace=pwrite64,pwritev,pwritev2,write,writev,sendto,sendmsg,fsync,fdatasync";

/// What the calls of one run tell.
#[derive(Debug, Default, PartialEq, Eq)]
struct Told {
    /// Acknowledgements that left.
    acknowledged: usize,
    /// Those of them that left with unsynced bytes in a ledger file.
    too_early: usize,
    /// Syncs of ledger files.
    syncs: usize,
}

/// The file of a call's first argument, as `strace -y` writes it: `pwrite64(7<…/wuhua.db-wal>, …`.
fn file_of(call: &str) -> Option<&str> {
    call.split_once('<')?.1.split_once('>').map(|(path, _)| path)
}

/// Reads the calls in the order in which they were made. Only the log counts: what moves from it into the file is on disk already.
fn told(trace: &str) -> Told {
    let mut told = Told::default();
    let mut dirty: BTreeSet<String> = BTreeSet::new();
    // Syncs that have begun on a thread and not yet ended.
    let mut syncing: Vec<(String, String)> = Vec::new();
    for line in trace.lines() {
        let Some((thread, call)) = line.trim_start().split_once(' ') else { continue };
        let call = call.trim_start();
        let is_log = file_of(call).is_some_and(|path| path.ends_with("wuhua.db-wal"));
        let is_sync = call.starts_with("fsync(") || call.starts_with("fdatasync(");
        if call.starts_with("<... fsync resumed") || call.starts_with("<... fdatasync resumed") {
            if let Some(place) = syncing.iter().position(|(waiting, _)| waiting == thread) {
                let (_, path) = syncing.swap_remove(place);
                dirty.remove(&path);
                told.syncs += 1;
            }
        } else if is_log && is_sync {
            let path = file_of(call).unwrap_or_default().to_owned();
            if call.contains("<unfinished ...>") {
                syncing.push((thread.to_owned(), path));
            } else {
                dirty.remove(&path);
                told.syncs += 1;
            }
        } else if is_log {
            dirty.insert(file_of(call).unwrap_or_default().to_owned());
        } else if call.contains("HTTP/1.1 201") {
            told.acknowledged += 1;
            told.too_early += usize::from(!dirty.is_empty());
        }
    }
    told
}

/// The traced server: it would outlive a strace that is killed.
struct Traced(String);

impl Traced {
    fn of(strace: u32) -> Self {
        let children = std::fs::read_to_string(format!("/proc/{strace}/task/{strace}/children")).unwrap();
        Self(children.trim().to_owned())
    }
}

impl Drop for Traced {
    fn drop(&mut self) {
        // Mostly it has ended already, and nothing else has its number so soon.
        if is_there(&format!("/proc/{}", self.0)) {
            can_run("kill", &["-KILL", &self.0]);
        }
    }
}

#[test]
fn sync_order_is_kept_by_the_server() {
    if !can_run("strace", &["-o", "/dev/null", "true"]) {
        eprintln!("strace cannot be used here: skipped");
        return;
    }
    let place = Place::sqlite();
    let trace = place.folder.path().join("trace");
    let mut command = Command::new("strace");
    command.args(["-f", "-y", "-s", "16", "-e", CALLS, "-o"]).arg(&trace).arg(WUHUA);
    command.args(["serve", "--listen", "127.0.0.1:0", "--no-rate-limits"]).args(place.data());
    let mut served = Served::start(&mut command);
    let server = Traced::of(served.child.id());
    let mut client = served.client();
    for number in 0..REPORTS {
        made_id(&client.report(&place.key, &format!("第{number}个"), None).unwrap());
    }
    // strace ends with the server, its file written to the end.
    assert!(can_run("kill", &["-TERM", &server.0]));
    served.child.wait().unwrap();
    let told = told(&std::fs::read_to_string(trace).unwrap());
    assert_eq!((told.acknowledged, told.too_early), (REPORTS, 0), "{told:?}");
    assert!(told.syncs >= REPORTS, "each commit is synced: {told:?}");
}

#[test]
fn sync_order_that_is_wrong_is_seen() {
    let wal = "9</d/wuhua.db-wal>";
    let right = format!(
        "1 pwrite64({wal}, \"x\", 8, 0) = 8\n1 fdatasync({wal} <unfinished ...>\n2 write(4<pipe>, \"x\", 1) = 1\n\
         1 <... fdatasync resumed>) = 0\n2 sendto(5<socket:[1]>, \"HTTP/1.1 201 Cre\"..., 9, 0, NULL, 0) = 9\n"
    );
    assert_eq!(told(&right), Told { acknowledged: 1, too_early: 0, syncs: 1 });
    let early = format!(
        "1 pwrite64({wal}, \"x\", 8, 0) = 8\n1 fdatasync({wal} <unfinished ...>\n\
         2 sendto(5<socket:[1]>, \"HTTP/1.1 201 Cre\"..., 9, 0, NULL, 0) = 9\n1 <... fdatasync resumed>) = 0\n"
    );
    assert_eq!(told(&early), Told { acknowledged: 1, too_early: 1, syncs: 1 });
}
