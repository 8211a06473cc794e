//! What cargo and git know of the repository.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// The folder of the workspace.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(2)
        .expect("crates/wuhua lies two below the root")
        .into()
}

/// What a program prints in the root; panics with its errors when it fails.
pub(crate) fn printed(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).current_dir(root()).output().expect("program starts");
    assert!(
        output.status.success(),
        "{program} {arguments:?} failed: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// `cargo metadata`, offline, as JSON.
pub(crate) fn cargo_metadata(arguments: &[&str]) -> Value {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| String::from("cargo"));
    let all = [&["metadata", "--format-version", "1", "--offline", "--locked"], arguments].concat();
    serde_json::from_str(&printed(&cargo, &all)).expect("cargo metadata prints JSON")
}

/// Paths of all files that are, or would be, committed, relative to the root.
pub(crate) fn files() -> Vec<String> {
    let listed = printed("git", &["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
    let mut files: Vec<String> =
        listed.split('\0').filter(|path| !path.is_empty()).map(String::from).collect();
    // A file deleted but not yet staged is still listed.
    files.retain(|path| root().join(path).is_file());
    assert!(files.len() > 10, "git lists the repository's files");
    files
}

/// A file's text; `None` when it is not UTF-8.
pub(crate) fn text_of(path: &str) -> Option<String> {
    String::from_utf8(std::fs::read(root().join(path)).expect("listed file can be read")).ok()
}
