//! What the numbers were measured on.

use std::{
    fs::{self, File},
    io::Write as _,
    path::Path,
    time::Instant,
};

use anyhow::Result;

/// Writes that are synced for knowing the disk.
const SYNCS: u32 = 200;

fn line_of(file: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    let line = text.lines().find(|line| line.starts_with(name))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}

/// The load average of the last minute.
pub(crate) fn load() -> f64 {
    let text = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').next().and_then(|number| number.parse().ok()).unwrap_or(0.0)
}

/// CPU time of this thread, seconds.
pub(crate) fn thread_cpu_s() -> Result<f64> {
    let text = fs::read_to_string("/proc/thread-self/schedstat")?;
    let nanoseconds: f64 = text.split(' ').next().unwrap_or_default().parse()?;
    Ok(nanoseconds / 1e9)
}

/// CPU time of a process, in ticks.
pub(crate) fn process_ticks(process: u32) -> Result<u64> {
    let text = fs::read_to_string(format!("/proc/{process}/stat"))?;
    let fields: Vec<&str> = text.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let field = |place: usize| fields.get(place).and_then(|text| text.parse::<u64>().ok()).unwrap_or(0);
    // utime and stime are the 14th and 15th field of all; the first two are cut off above.
    Ok(field(11) + field(12))
}

/// Resident memory of a process, megabytes.
pub(crate) fn resident_mb(process: u32) -> Result<f64> {
    let text = line_of(&format!("/proc/{process}/status"), "VmRSS").unwrap_or_default();
    let kib: f64 = text.split(' ').next().unwrap_or_default().parse()?;
    Ok(kib * 1024.0 / 1e6)
}

/// How often a second the disk under a folder can be synced.
pub(crate) fn syncs_per_s(folder: &Path) -> Result<f64> {
    let path = folder.join("sync");
    let mut file = File::create(&path)?;
    let started = Instant::now();
    for _ in 0..SYNCS {
        file.write_all(&[0x5a; 4_096])?;
        file.sync_data()?;
    }
    let wall = started.elapsed().as_secs_f64();
    fs::remove_file(&path)?;
    Ok(f64::from(SYNCS) / wall)
}

/// The machine on one line.
pub(crate) fn line(folder: &Path) -> Result<String> {
    let cores = std::thread::available_parallelism()?;
    let model = line_of("/proc/cpuinfo", "model name").unwrap_or_else(|| std::env::consts::ARCH.to_owned());
    let memory = line_of("/proc/meminfo", "MemTotal").unwrap_or_default();
    let kib: f64 = memory.split(' ').next().unwrap_or_default().parse().unwrap_or(0.0);
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    Ok(format!(
        "Machine: {cores} × {model}, {:.0} GB memory, Linux {}, {:.0} synced 4 KiB writes a second. Engine: SQLite, WAL, full sync, in the \
         binary; release build.",
        kib * 1024.0 / 1e9,
        kernel.trim(),
        syncs_per_s(folder)?
    ))
}
