//! The release binary as a child, and what comes in through it.

use std::{
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicU64, Ordering},
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result};

use crate::{
    http::{Connection, percentile},
    machine,
    table::{Row, Table, Target, whole},
    town::{self, Cast, Lot},
};

/// Connections at once.
const CONNECTIONS: usize = 32;
/// Requests in all.
const REQUESTS: u64 = 40_000;
/// A server that starts must say where it listens within this time.
const IDLE_S_MAX: u64 = 300;

/// The binary under test.
fn binary() -> Result<PathBuf> {
    std::env::var_os("WUHUA_BINARY")
        .map(PathBuf::from)
        .context("WUHUA_BINARY names the binary under test; `make bench` sets it")
}

/// A server that ends with this value.
pub(crate) struct Server {
    child: Child,
    pub(crate) address: String,
}

impl Server {
    /// Starts it on a free port and waits until it says where.
    pub(crate) fn start(folder: &Path) -> Result<Self> {
        let mut child = Command::new(binary()?)
            .args(["serve", "--no-rate-limits", "--listen", "127.0.0.1:0", "--data"])
            .arg(folder)
            .stderr(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .context("the binary under test")?;
        let said = BufReader::new(child.stderr.take().context("what the server says")?);
        let (says, heard) = std::sync::mpsc::channel();
        // Reads on to the end, so that the server never waits for a reader.
        std::thread::spawn(move || {
            for line in said.lines().map_while(Result::ok) {
                match line.rsplit_once("http://") {
                    Some((_, address)) => drop(says.send(address.to_owned())),
                    None => crate::talk(&line),
                }
            }
        });
        let mut server = Self { child, address: String::new() };
        server.address =
            heard.recv_timeout(Duration::from_secs(IDLE_S_MAX)).context("where the server listens")?;
        Ok(server)
    }

    pub(crate) fn process(&self) -> u32 {
        self.child.id()
    }

    /// Waits until what a server does at its start (checking the chain) is done.
    pub(crate) fn rest(&self) -> Result<()> {
        let started = Instant::now();
        let mut before = machine::process_ticks(self.process())?;
        let mut quiet = 0;
        while quiet < 3 && started.elapsed() < Duration::from_secs(IDLE_S_MAX) {
            std::thread::sleep(Duration::from_millis(500));
            let now = machine::process_ticks(self.process())?;
            quiet = if now - before <= 2 { quiet + 1 } else { 0 };
            before = now;
        }
        Ok(())
    }

    /// Signs in; the cookie of the session.
    pub(crate) fn sign_in(&self, name: &str) -> Result<String> {
        let body = serde_json::json!({ "sign_in": name, "password": town::PASSWORD }).to_string();
        let answer =
            Connection::open(&self.address, "")?.post("/api/v1/session", "application/json", &body)?;
        answer.cookie.with_context(|| format!("{name} cannot sign in: {}", answer.status))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// `POST /open311/v2/requests.json` by many kept connections.
pub(crate) fn intake(base: &Path, table: &mut Table) -> Result<()> {
    let folder = crate::scratch(base)?;
    let ledger = town::open(folder.path())?;
    town::found(&ledger)?;
    let view = town::view(&ledger)?;
    let cast = Cast::new(&view, kernel::time::Moment::parse_iso("2026-11-02T08:00:00+08:00")?)?;
    drop(ledger);
    let key = Command::new(binary()?).args(["key", "add", "bench", "--data"]).arg(folder.path()).output()?;
    let key = String::from_utf8(key.stdout)?.trim().to_owned();
    let mut lot = Lot::new(13);
    let forms = (0..REQUESTS)
        .map(|number| {
            let place = cast.place(&mut lot)?;
            Ok(format!(
                "api_key={key}&service_code={}&lat={:.6}&long={:.6}&address_string=%E9%9F%B6%E5%B1%B1%E5%8C%97%E8%B7%AF{}&description=\
                 %E4%BA%95%E7%9B%96%E7%A0%B4%E6%8D%9F{number}",
                cast.class(&mut lot)?, place.lat, place.lon, number % 300
            ))
        })
        .collect::<Result<Vec<String>>>()?;
    let server = Server::start(folder.path())?;
    server.rest()?;
    let next = AtomicU64::new(0);
    let started = Instant::now();
    let mut times = std::thread::scope(|scope| {
        let senders: Vec<_> =
            (0..CONNECTIONS).map(|_| scope.spawn(|| send(&server.address, &forms, &next))).collect();
        let mut times = Vec::with_capacity(forms.len());
        for sender in senders {
            times.extend(sender.join().map_err(|_| anyhow::anyhow!("a sender panicked"))??);
        }
        Ok::<_, anyhow::Error>(times)
    })?;
    let wall = started.elapsed().as_secs_f64();
    let row = |what: &str, value: f64, unit: &str, target: Target, order: u32| Row {
        what: what.to_owned(),
        size: REQUESTS,
        value,
        unit: unit.to_owned(),
        target: Some(target),
        note: format!(
            "POST /open311/v2/requests.json, {CONNECTIONS} kept connections, the sender on the same cores"
        ),
        load: 0.0,
        grows: false,
        order,
    };
    table.put(row(
        "durable intake over HTTP",
        whole(REQUESTS) / wall,
        "cases/s",
        Target::AtLeast(2_500.0),
        30,
    ));
    table.put(row(
        "durable intake over HTTP, p99",
        percentile(&mut times, 99.0),
        "ms",
        Target::Below(50.0),
        31,
    ));
    Ok(())
}

/// Sends forms until none is left; the times of its answers, ms.
fn send(address: &str, forms: &[String], next: &AtomicU64) -> Result<Vec<f64>> {
    let mut connection = Connection::open(address, "")?;
    let mut times = Vec::with_capacity(forms.len() / CONNECTIONS);
    loop {
        let number = usize::try_from(next.fetch_add(1, Ordering::Relaxed))?;
        let Some(form) = forms.get(number) else { return Ok(times) };
        let started = Instant::now();
        let answer =
            connection.post("/open311/v2/requests.json", "application/x-www-form-urlencoded", form)?;
        times.push(started.elapsed().as_secs_f64() * 1_000.0);
        anyhow::ensure!(answer.status == 201, "{}: {}", answer.status, String::from_utf8_lossy(&answer.body));
    }
}
