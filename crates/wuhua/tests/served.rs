//! The built binary as a server of its own on a free port of this machine, and a client of its HTTP.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

use db::{Target, testing::TestStore};

/// A city without cells takes reports from everywhere.
pub(crate) const CITY: &str = "522601";
/// A class that residents may report.
pub(crate) const REFUSE: &str = "2026-matter-06010";
/// How long an answer may take before the test gives up on the server.
const ANSWER_TIME_MAX: Duration = Duration::from_secs(60);

/// The built binary.
pub(crate) const WUHUA: &str = env!("CARGO_BIN_EXE_wuhua");

/// A data folder with one city and a key for reports.
pub(crate) struct Place {
    pub(crate) folder: tempfile::TempDir,
    /// The throw-away schema, where the city lies on PostgreSQL.
    store: Option<TestStore>,
    pub(crate) key: String,
}

impl Place {
    /// On SQLite.
    pub(crate) fn sqlite() -> Self {
        Self::made(None)
    }

    /// On PostgreSQL; none where the tests were given no server.
    pub(crate) fn postgres() -> Option<Self> {
        let mut stores = db::testing::stores().unwrap();
        let store = stores.pop().filter(|store| matches!(store.db.target(), Target::Postgres(_)));
        if store.is_none() {
            eprintln!("TEST_POSTGRES is not set: skipped");
        }
        store.map(|store| Self::made(Some(store)))
    }

    fn made(store: Option<TestStore>) -> Self {
        let mut place = Self { folder: tempfile::tempdir().unwrap(), store, key: String::new() };
        place.run(&["city", "add", CITY, "--name", "凯里"]);
        place.key = place.run(&["key", "add", "sender"]).trim().to_owned();
        place
    }

    /// What every sub-command is told of the place.
    pub(crate) fn data(&self) -> Vec<String> {
        let mut data = vec!["--data".to_owned(), self.folder.path().to_str().unwrap().to_owned()];
        if let Some(Target::Postgres(address)) = self.store.as_ref().map(|store| store.db.target()) {
            data.extend(["--database".to_owned(), address.clone()]);
        }
        data
    }

    /// Runs a sub-command that must succeed; what it prints.
    pub(crate) fn run(&self, words: &[&str]) -> String {
        let output = Command::new(WUHUA).args(words).args(self.data()).output().unwrap();
        let talk = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{words:?}: {talk}");
        String::from_utf8(output.stdout).unwrap()
    }

    pub(crate) fn serve(&self) -> Served {
        let mut command = Command::new(WUHUA);
        command.args(["serve", "--listen", "127.0.0.1:0", "--no-rate-limits"]).args(self.data());
        Served::start(&mut command)
    }
}

/// A server that runs; it is killed when this goes.
pub(crate) struct Served {
    pub(crate) child: Child,
    pub(crate) address: String,
}

impl Served {
    /// Starts a command that becomes the server, and waits for its address.
    pub(crate) fn start(command: &mut Command) -> Self {
        let mut child = command.stderr(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
        let mut talk = BufReader::new(child.stderr.take().unwrap());
        let mut said = String::new();
        let address = loop {
            let mut line = String::new();
            assert!(talk.read_line(&mut line).unwrap() > 0, "the server ended: {said}");
            if let Some((_, address)) = line.split_once("on http://") {
                break address.trim().to_owned();
            }
            said.push_str(&line);
        };
        // A pipe that nobody reads would stop the server when it is full.
        std::thread::spawn(move || std::io::copy(&mut talk, &mut std::io::sink()));
        Self { child, address }
    }

    pub(crate) fn client(&self) -> Client {
        Client { address: self.address.clone(), stream: None }
    }

    /// Kills it as a power cut would, without a word to it.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// One connection, made anew where it was lost.
pub(crate) struct Client {
    address: String,
    stream: Option<BufReader<TcpStream>>,
}

/// Status and body.
pub(crate) type Answer = (u16, String);

impl Client {
    /// Asks and reads the whole answer.
    ///
    /// # Errors
    /// Where the server goes before the answer is whole: nobody knows then whether it was done.
    pub(crate) fn ask(
        &mut self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> std::io::Result<Answer> {
        let answer = self.try_ask(method, path, headers, body);
        if answer.is_err() {
            self.stream = None;
        }
        answer
    }

    fn try_ask(
        &mut self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> std::io::Result<Answer> {
        let stream = match &mut self.stream {
            Some(stream) => stream,
            none => {
                let stream = TcpStream::connect(&self.address)?;
                stream.set_nodelay(true)?;
                stream.set_read_timeout(Some(ANSWER_TIME_MAX))?;
                none.insert(BufReader::new(stream))
            }
        };
        let mut asked = format!(
            "{method} {path} HTTP/1.1\r\nhost: {}\r\ncontent-length: {}\r\n",
            self.address,
            body.len()
        );
        for (name, value) in headers {
            asked.push_str(&format!("{name}: {value}\r\n"));
        }
        asked.push_str("\r\n");
        asked.push_str(body);
        stream.get_mut().write_all(asked.as_bytes())?;
        read_answer(stream)
    }

    /// What an address answers.
    pub(crate) fn get(&mut self, path: &str) -> Answer {
        self.ask("GET", path, &[], "").unwrap()
    }

    /// Reports something.
    ///
    /// # Errors
    /// As [`Client::ask`].
    pub(crate) fn report(
        &mut self,
        key: &str,
        text: &str,
        idempotency_key: Option<&str>,
    ) -> std::io::Result<Answer> {
        let body = format!("api_key={key}&service_code={REFUSE}&lat=26.575&long=107.975&description={text}");
        let mut headers = vec![("content-type", "application/x-www-form-urlencoded")];
        headers.extend(idempotency_key.map(|key| ("idempotency-key", key)));
        self.ask("POST", "/open311/v2/requests.json", &headers, &body)
    }
}

fn cut_short() -> std::io::Error {
    std::io::ErrorKind::UnexpectedEof.into()
}

fn read_answer(stream: &mut BufReader<TcpStream>) -> std::io::Result<Answer> {
    let mut line = String::new();
    stream.read_line(&mut line)?;
    let status = line.split(' ').nth(1).and_then(|status| status.parse().ok()).ok_or_else(cut_short)?;
    let (mut length, mut in_chunks) = (0, false);
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line)? == 0 {
            return Err(cut_short());
        }
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.trim().parse().map_err(|_| cut_short())?,
            "transfer-encoding" => in_chunks = value.trim() == "chunked",
            _ => {}
        }
    }
    let mut body = Vec::new();
    loop {
        if in_chunks {
            let mut line = String::new();
            stream.read_line(&mut line)?;
            length = usize::from_str_radix(line.trim(), 16).map_err(|_| cut_short())?;
        }
        let start = body.len();
        body.resize(start + length, 0);
        stream.read_exact(&mut body[start..])?;
        if !in_chunks {
            break;
        }
        stream.read_line(&mut String::new())?;
        if length == 0 {
            break;
        }
    }
    Ok((status, String::from_utf8_lossy(&body).into_owned()))
}

/// The id of a request that was just made.
pub(crate) fn made_id(answer: &Answer) -> String {
    assert_eq!(answer.0, 201, "{}", answer.1);
    let list: serde_json::Value = serde_json::from_str(&answer.1).unwrap();
    list[0]["service_request_id"].as_str().unwrap().to_owned()
}

/// Whether a program of the machine can be run with these words.
pub(crate) fn can_run(program: &str, words: &[&str]) -> bool {
    let tried = Command::new(program).args(words).stdout(Stdio::null()).stderr(Stdio::null()).status();
    tried.is_ok_and(|status| status.success())
}

/// Whether a file is there.
pub(crate) fn is_there(path: &str) -> bool {
    Path::new(path).exists()
}
