//! A city of its own for each test: store, ledger, accounts, clock and router.

use std::sync::{
    Arc, LazyLock,
    atomic::{AtomicI64, Ordering},
};

use axum::{
    Router,
    body::Body,
    extract::ConnectInfo,
    http::{HeaderMap, Method, Request, StatusCode},
};
use db::testing::TestStore;
use governance::view::Views;
use kernel::{
    code::CityCode,
    id::{AccountId, SystemIds},
    role::{Action, ActorId, Role},
    time::Moment,
};
use ledger::{
    By, Ledger, LedgerError, Nouns, Vault, VaultKey,
    access::{NewAccount, Post, account, api_key},
};
use serde_json::Value;
use server::{AppState, CityDoors, Clock, Settings, Visibility, open311::Open311};
use tower::ServiceExt;

use crate::city::TestCity;

/// The password of every account of the tests; hashed once.
pub(crate) const PASSWORD: &str = "正确的马-电池-订书钉";
static HASH: LazyLock<String> = LazyLock::new(|| server::hash_password(PASSWORD).unwrap());

/// When the tests begin: 2026-03-02T09:00:00+08:00, a Monday.
pub(crate) const START: Moment = Moment(1_772_413_200_000);

/// A clock that the test sets.
#[derive(Clone)]
pub(crate) struct TestClock(Arc<AtomicI64>);

impl TestClock {
    pub(crate) fn pass(&self, millis: i64) {
        self.0.fetch_add(millis, Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Moment {
        Moment(self.0.load(Ordering::SeqCst))
    }
}

/// An answer, read to its end.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("no JSON: {}", self.text()))
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The code of a problem, after checking that it is one.
    pub(crate) fn code(&self) -> String {
        assert_eq!(self.header("content-type"), "application/problem+json; charset=utf-8", "{}", self.text());
        let problem = self.json();
        assert_eq!(problem["status"], self.status.as_u16());
        assert_eq!(problem["request_id"], self.header("x-request-id"));
        problem["code"].as_str().unwrap().to_owned()
    }

    /// The cookie that the answer sets, as the next request carries it.
    pub(crate) fn cookie(&self) -> String {
        self.header("set-cookie").split(';').next().unwrap().to_owned()
    }
}

/// A request being written.
pub(crate) struct Ask(axum::http::request::Builder, Body);

impl Ask {
    pub(crate) fn new(method: Method, path: &str) -> Self {
        let builder = Request::builder().method(method).uri(path);
        Self(builder.header("accept-language", "en"), Body::empty())
    }

    pub(crate) fn get(path: &str) -> Self {
        Self::new(Method::GET, path)
    }

    pub(crate) fn post(path: &str, body: &Value) -> Self {
        Self::new(Method::POST, path).json(body)
    }

    pub(crate) fn json(self, body: &Value) -> Self {
        Self(self.0.header("content-type", "application/json"), Body::from(body.to_string()))
    }

    pub(crate) fn body(self, kind: &str, body: impl Into<Body>) -> Self {
        Self(self.0.header("content-type", kind), body.into())
    }

    pub(crate) fn header(self, name: &str, value: &str) -> Self {
        Self(self.0.header(name, value), self.1)
    }

    pub(crate) fn cookie(self, cookie: &str) -> Self {
        self.header("cookie", cookie)
    }

    pub(crate) fn from(self, peer: &str) -> Self {
        let peer: std::net::SocketAddr = peer.parse().unwrap();
        Self(self.0.extension(ConnectInfo(peer)), self.1)
    }
}

/// A city that is served.
pub(crate) struct App {
    pub(crate) state: AppState,
    pub(crate) clock: TestClock,
    pub(crate) city: CityCode,
    router: Router,
    pub(crate) doors: TestCity,
    runtime: tokio::runtime::Runtime,
    _store: TestStore,
    _folder: tempfile::TempDir,
}

impl App {
    /// One on SQLite.
    pub(crate) fn new() -> Self {
        Self::with(Settings::default())
    }

    pub(crate) fn with(settings: Settings) -> Self {
        Self::on(db::testing::stores().unwrap().swap_remove(0), settings)
    }

    /// One on each engine that is there.
    pub(crate) fn each(story: impl Fn(Self)) {
        for store in db::testing::stores().unwrap() {
            story(Self::on(store, Settings::default()));
        }
    }

    /// One with the doors of the real city on each engine that is there; nothing is in it.
    pub(crate) fn each_real(story: impl Fn(Self)) {
        for store in db::testing::stores().unwrap() {
            let views = Views::default();
            story(Self::over(store, parts::nouns(), &views, Settings::default(), |ledger| {
                CityDoors::new(views.clone(), ledger.vault().clone())
            }));
        }
    }

    fn on(store: TestStore, settings: Settings) -> Self {
        let doors = TestCity::default();
        let mut app = Self::over(store, parts::nouns(), &Views::default(), settings, |_| doors.clone());
        app.doors = doors;
        app
    }

    fn over<D: Open311 + Visibility + Clone>(
        store: TestStore,
        nouns: Nouns,
        views: &Views,
        settings: Settings,
        doors: impl FnOnce(&Ledger) -> D,
    ) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let vault = Vault::new(&VaultKey::fresh().unwrap());
        let ledger = Ledger::open(store.db.clone(), nouns, vault, folder.path().to_owned()).unwrap();
        let doors = doors(&ledger);
        let clock = TestClock(Arc::new(AtomicI64::new(START.millis())));
        let state = AppState::new(ledger, views.clone(), doors, clock.clone(), settings);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        Self {
            router: server::router(state.clone()),
            state,
            clock,
            city: CityCode::new(522_601).unwrap(),
            doors: TestCity::default(),
            runtime,
            _store: store,
            _folder: folder,
        }
    }

    /// What the test's clock says.
    pub(crate) fn clock_now(&self) -> Moment {
        self.clock.now()
    }

    /// Runs work of the ledger.
    pub(crate) fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut db::Tx<'_>) -> Result<T, LedgerError> + Send + 'static,
    ) -> T {
        self.state.ledger().db().write_blocking(work).unwrap()
    }

    pub(crate) fn by(&self) -> By {
        By { actor: ActorId::System, at: self.clock_now() }
    }

    /// Makes an account that signs in with [`PASSWORD`].
    pub(crate) fn account(&self, sign_in: &str, role: Option<Role>) -> AccountId {
        self.account_with(sign_in, Post { role, ..Post::default() }, false)
    }

    pub(crate) fn account_with(&self, sign_in: &str, post: Post, must_change_password: bool) -> AccountId {
        let id = AccountId::fresh(&mut SystemIds, self.clock.now());
        let new = NewAccount {
            sign_in: sign_in.to_owned(),
            name: "欧阳测试".to_owned(),
            post,
            password: HASH.clone(),
            must_change_password,
        };
        let (ledger, city, by) = (self.state.ledger().clone(), self.city, self.by());
        self.write(move |tx| account::create(ledger.vault(), tx, city, id, &new, &by));
        id
    }

    /// Makes an API key; its text.
    pub(crate) fn key(&self, name: &'static str, rights: &'static [Action]) -> String {
        let (city, by) = (self.city, self.by());
        self.write(move |tx| api_key::add(tx, city, name, rights, &by)).text()
    }

    /// The cookie of a new session, without hashing a password.
    pub(crate) fn session(&self, account: AccountId) -> String {
        let (city, by) = (self.city, self.by());
        let token = self.write(move |tx| ledger::access::session::open(tx, city, account, &by));
        format!("session={}", token.text())
    }

    pub(crate) fn call(&self, ask: Ask) -> Answer {
        self.runtime.block_on(self.answer(ask))
    }

    pub(crate) fn call_raw(&self, request: Request<Body>) -> Answer {
        self.runtime.block_on(self.answer_raw(request))
    }

    async fn answer(&self, ask: Ask) -> Answer {
        self.answer_raw(ask.0.body(ask.1).unwrap()).await
    }

    async fn answer_raw(&self, request: Request<Body>) -> Answer {
        Self::read_whole(self.router.clone().oneshot(request).await.unwrap()).await
    }

    /// Reads an answer to its end.
    pub(crate) fn read(&self, response: axum::response::Response) -> Answer {
        self.runtime.block_on(Self::read_whole(response))
    }

    async fn read_whole(response: axum::response::Response) -> Answer {
        let (parts, body) = response.into_parts();
        let body = axum::body::to_bytes(body, 64 * 1024 * 1024).await.unwrap().to_vec();
        Answer { status: parts.status, headers: parts.headers, body }
    }

    /// The answer's head with its body unread, for lines that do not end.
    pub(crate) fn open(&self, ask: Ask) -> axum::response::Response {
        let request = ask.0.body(ask.1).unwrap();
        self.runtime.block_on(self.router.clone().oneshot(request)).unwrap()
    }

    /// The next piece of a body.
    pub(crate) fn piece(&self, body: &mut axum::body::BodyDataStream) -> String {
        use futures_util::StreamExt as _;
        let wait = std::time::Duration::from_secs(10);
        let next = self.runtime.block_on(async { tokio::time::timeout(wait, body.next()).await });
        String::from_utf8(next.expect("nothing came").unwrap().unwrap().to_vec()).unwrap()
    }

    /// Runs work on the test's runtime.
    pub(crate) fn run<T>(&self, work: impl Future<Output = T>) -> T {
        self.runtime.block_on(work)
    }

    /// Asks all at once.
    pub(crate) fn call_all(&self, asks: Vec<Ask>) -> Vec<Answer> {
        self.runtime.block_on(futures_util::future::join_all(asks.into_iter().map(|ask| self.answer(ask))))
    }

    /// Signs in with the password; the answer.
    pub(crate) fn sign_in(&self, sign_in: &str, password: &str, code: Option<&str>) -> Answer {
        let body = serde_json::json!({"sign_in": sign_in, "password": password, "code": code});
        self.call(Ask::post("/api/v1/session", &body))
    }
}
