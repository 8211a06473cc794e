//! A register with every kind of field.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use jiff::civil::Date;
use kernel::{
    area::Area,
    code::CityCode,
    decimal::Decimal,
    id::PersonId,
    money::Fen,
    period::Period,
    rate::Rate,
    role::ActorId,
    shape::{Line, Point, Surface},
    time::Moment,
};
use ledger::{
    By, FieldFault, Fields, Ledger, Nouns, Register, Vault, VaultKey,
    register::{self, AnyRegister, File, Query},
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use exchange::{
    Account, Applied, Asked, Difference, ExchangeError, Format, Language, Options, Reach, Sheet, apply,
    compare, read, write,
};

ledger::choices! {
    /// How a park is run.
    ParkKind {
        /// By the city.
        Public = "public" ("公办", "Public"),
        /// By a firm.
        Private = "private" ("民办", "Private"),
    }
}

/// A payment of a park.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Fields)]
pub(crate) struct Payment {
    /// When.
    #[field(zh = "日期", en = "Day")]
    day: Date,
    /// How much.
    #[field(zh = "金额", en = "Amount", unit = "wan_yuan")]
    amount: Fen,
    /// The park that got it.
    #[field(zh = "收款公园", en = "Payee", refers = "park")]
    payee: Option<String>,
    /// Who signed for it.
    #[field(zh = "经手人", en = "Signed by")]
    signed_by: Option<PersonId>,
}

/// A park.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
#[register(
    name = "park",
    part = "services",
    zh = "公园",
    en = "Park",
    key(code, edition),
    unit = "unit",
    check = "more"
)]
pub(crate) struct Park {
    /// The code.
    #[field(zh = "编码", en = "Code", max = 10)]
    code: String,
    /// The edition.
    #[field(zh = "年份", en = "Year", min = 2000, max = 2100, find)]
    edition: i64,
    /// The name.
    #[field(zh = "名称", en = "Name", search)]
    name: String,
    /// What else.
    #[field(zh = "说明", en = "Notes", max = 500, lines)]
    notes: Option<String>,
    /// How it is run.
    #[field(zh = "性质", en = "Kind", find)]
    kind: ParkKind,
    /// The park that it belongs to.
    #[field(zh = "上级公园", en = "Part of", refers = "park")]
    above: Option<String>,
    /// What it cost.
    #[field(zh = "投资额", en = "Investment", unit = "wan_yuan", find)]
    invested: Option<Fen>,
    /// What all cost.
    #[field(zh = "总投资", en = "Total investment", unit = "yi_yuan")]
    total: Option<Fen>,
    /// How large.
    #[field(zh = "面积", en = "Area", unit = "mu", find)]
    area: Option<Area>,
    /// How large its buildings are.
    #[field(zh = "建筑面积", en = "Floor area", unit = "m2")]
    floors: Option<Area>,
    /// How much of it is green.
    #[field(zh = "绿地率", en = "Green")]
    green: Option<Rate>,
    /// How long its paths are.
    #[field(zh = "步道", en = "Paths", unit = "km", max = 5_000_000)]
    paths: Option<Decimal<3>>,
    /// Who work there.
    #[field(zh = "职工人数", en = "Staff", unit = "persons", min = 0)]
    staff: Option<i64>,
    /// Opened on.
    #[field(zh = "开放日期", en = "Opened on", find)]
    opened_on: Option<Date>,
    /// Last seen.
    #[field(zh = "巡查时间", en = "Seen at")]
    seen_at: Option<Moment>,
    /// Built in.
    #[field(zh = "建设期", en = "Built in")]
    built: Option<Period>,
    /// It is open.
    #[field(zh = "开放", en = "Open", find)]
    open: bool,
    /// Who keeps it.
    #[field(zh = "管理员", en = "Keeper")]
    keeper: Option<PersonId>,
    /// The plan of it.
    #[field(zh = "平面图", en = "Plan")]
    plan: Option<File>,
    /// Where its gate is.
    #[field(zh = "大门", en = "Gate")]
    gate: Option<Point>,
    /// Its path.
    #[field(zh = "主路", en = "Main path")]
    way: Option<Line>,
    /// Its outline.
    #[field(zh = "范围", en = "Outline")]
    outline: Option<Surface>,
    /// Which unit answers for it.
    #[field(zh = "责任单位", en = "Unit", find)]
    unit: Option<String>,
    /// What was paid.
    #[field(zh = "付款", en = "Payments", max = 20)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    payments: Vec<Payment>,
}

fn more(park: &Park) -> Vec<FieldFault> {
    if park.name == park.code { vec![FieldFault::new("name", "name_is_code")] } else { Vec::new() }
}

pub(crate) fn city() -> CityCode {
    CityCode::new(522_601).unwrap()
}

pub(crate) fn by(at: i64) -> By {
    By { actor: ActorId::System, at: Moment(at) }
}

pub(crate) fn ledger(db: &db::Db) -> Ledger {
    let vault = Vault::new(&VaultKey::fresh().unwrap());
    let nouns = exchange::nouns(Nouns::default().with_described::<Park>());
    Ledger::open(db.clone(), nouns, vault, std::env::temp_dir()).unwrap()
}

/// Rows of which one has every field, with values that are hard to keep.
pub(crate) fn rows() -> Vec<Value> {
    let ring = json!([[107.9, 26.5], [108, 26.5], [108, 26.612_345_67], [107.9, 26.5]]);
    vec![
        json!({ "code": "=A1", "edition": 2016, "name": "金泉湖公园", "kind": "public", "open": true,
            "notes": "第一行\n=第二行, \"引号\"", "invested": 1_377_912_345_678_901_i64, "total": 1, "area": 20_000_001,
            "floors": 7, "green": 59_001, "paths": 12_345, "staff": 0, "opened_on": "2016-03-05",
            "seen_at": 1_457_139_600_123_i64, "built": "2016-H1", "keeper": "01890a5d-ac96-774b-bcce-b302099a8057",
            "plan": "a".repeat(64), "gate": { "type": "Point", "coordinates": [107.981_234_5, 26.57] },
            "way": { "type": "LineString", "coordinates": [[107.9, 26.5], [108, 26.6]] },
            "outline": { "type": "MultiPolygon", "coordinates": [[ring]] },
            "payments": [{ "day": "2016-03-05", "amount": 1_000_001, "signed_by": "01890a5d-ac96-774b-bcce-b302099a8058" }, { "day": "2016-04-01", "amount": 2 }] }),
        json!({ "code": "-B", "edition": 2015, "name": "@民族公园", "kind": "private", "open": false, "above": "=A1/2016",
            "opened_on": "1893-01-02", "payments": [{ "day": "2016-04-01", "amount": 2, "payee": "=A1/2016" }] }),
        json!({ "code": "003", "edition": 2016, "name": "00123", "kind": "public", "open": false, "payments": [] }),
    ]
}

/// Does something with the register in one transaction.
pub(crate) fn with<T: Send + 'static>(
    ledger: &Ledger,
    run: impl FnOnce(&mut db::Tx<'_>, &dyn AnyRegister) -> Result<T, ExchangeError> + Send + 'static,
) -> Result<T, ExchangeError> {
    let own = ledger.clone();
    ledger.db().write_blocking(move |tx| run(tx, own.register("park")?))
}

pub(crate) fn put(ledger: &Ledger, row: Value, seen: u64) {
    let put = with(ledger, move |tx, register| {
        let by = By { at: ledger::moment(tx, city(), Moment(1))?, ..by(1) };
        let named = register::people(register.description().fields, &row);
        let known: Vec<PersonId> = named.into_iter().map(|named| named.person).collect();
        Ok(register.put_with(tx, city(), row, Some(seen), &by, &known)?)
    });
    put.unwrap();
}

/// The fields of a row that stands.
pub(crate) fn stands(ledger: &Ledger, key: &'static str) -> Option<Value> {
    let row = with(ledger, move |tx, register| Ok(ledger::register::row(tx, city(), register, key)?));
    row.unwrap().filter(|row| row.retired_at.is_none()).map(|row| {
        let mut fields = row.fields;
        fields.as_object_mut().unwrap().retain(|_, value| !value.is_null());
        fields
    })
}

pub(crate) fn written(ledger: &Ledger, format: Format, language: Language) -> Vec<u8> {
    let bytes = with(ledger, move |tx, register| {
        let mut bytes = Vec::new();
        let query = Query::default();
        let done = write(tx, city(), register, &query, format, language, &mut bytes)?;
        assert!(done.rows > 0);
        Ok(bytes)
    });
    bytes.unwrap()
}

pub(crate) fn proposed(ledger: &Ledger, bytes: Vec<u8>) -> Result<Sheet, ExchangeError> {
    let register = ledger.register("park")?;
    read(register, bytes, &Options::default())
}

pub(crate) fn compared(ledger: &Ledger, bytes: Vec<u8>) -> (Arc<Sheet>, Vec<Difference>) {
    compared_within(ledger, bytes, Reach::ALL)
}

/// As somebody with a reach of their own compares.
pub(crate) fn compared_within(
    ledger: &Ledger,
    bytes: Vec<u8>,
    reach: Reach,
) -> (Arc<Sheet>, Vec<Difference>) {
    let sheet = Arc::new(proposed(ledger, bytes).unwrap());
    let own = Arc::clone(&sheet);
    let differences = with(ledger, move |tx, register| compare(tx, city(), register, own, reach)).unwrap();
    (sheet, differences)
}

/// Asks for an import, each with an id of its own.
pub(crate) fn asked(file: &str) -> Asked {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let id = format!("import-{}", NEXT.fetch_add(1, Ordering::Relaxed));
    Asked { id, file: file.to_owned(), actor: ActorId::System, now: Moment(5) }
}

pub(crate) fn applied(ledger: &Ledger, bytes: Vec<u8>) -> Applied {
    let (sheet, mut differences) = compared(ledger, bytes);
    apply(ledger, city(), "park", &sheet, &mut differences, &asked("公园 13800138000.xlsx"), &mut |_| {})
        .unwrap()
}

pub(crate) fn account(ledger: &Ledger, bytes: Vec<u8>) -> Account {
    let (sheet, mut differences) = compared(ledger, bytes);
    Account::of(&sheet, &differences)
}

/// A CSV from lines.
pub(crate) fn csv(lines: &[&str]) -> Vec<u8> {
    lines.join("\n").into_bytes()
}

/// What is refused: row, column, value, code.
pub(crate) fn refusals(account: &Account) -> Vec<(u32, &str, &str, &str)> {
    let told = account.refusals.iter();
    let mut told: Vec<_> = told
        .map(|remark| (remark.row, remark.column.as_str(), remark.value.as_str(), remark.code.as_ref()))
        .collect();
    told.sort_unstable();
    told
}

/// What is warned of: row, column, code.
pub(crate) fn warnings(account: &Account) -> Vec<(u32, &str, &str)> {
    let told = account.warnings.iter();
    told.map(|remark| (remark.row, remark.column.as_str(), remark.code.as_ref())).collect()
}

pub(crate) fn fields(sheet: &Sheet, row: usize) -> &Map<String, Value> {
    &sheet.rows[row].fields
}
