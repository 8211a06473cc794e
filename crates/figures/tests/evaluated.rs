//! Figures over a small register: values, rows, comparison, certificates.

use std::sync::atomic::{AtomicI64, Ordering};

use figures::{
    Ask, Figure, Filter, Measure, Rows, Scope, ScopedBy, Side, Unit, When, evaluate, evaluate_as_of, open,
    written,
};
use jiff::{civil::Date, tz::TimeZone};
use kernel::{
    area::{Area, UNITS_PER_SQUARE_METRE},
    code::CityCode,
    error::Coded as _,
    money::Fen,
    period::Period,
    role::ActorId,
    time::Moment,
};
use ledger::{
    By, Ledger, LedgerError, Nouns, Register, Vault, VaultKey,
    register::{self, Title},
};
use serde::{Deserialize, Serialize};

ledger::choices! {
    /// Whose money.
    Owner {
        /// The state's.
        State = "state" ("国有", "State"),
        /// Others'.
        Private = "private" ("民间", "Private"),
    }
}

/// A grant.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
#[register(name = "grant", part = "finance", mission = "F5", zh = "拨款", en = "Grant", key(code))]
struct Grant {
    /// The code.
    #[field(zh = "编码", en = "Code")]
    code: String,
    /// When.
    #[field(zh = "日期", en = "Day", find)]
    day: Date,
    /// How much.
    #[field(zh = "金额", en = "Amount", find)]
    amount: Option<Fen>,
    /// Whose money.
    #[field(zh = "性质", en = "Owner", find)]
    owner: Owner,
    /// For how much floor.
    #[field(zh = "面积", en = "Area", find)]
    area: Option<Area>,
    /// By which unit.
    #[field(zh = "单位", en = "Unit", find)]
    unit: String,
}

const WITHIN: Rows = Rows::of("grant", When::Within("day")).scoped(&[ScopedBy::Unit("unit")]);
const TITLE: Title = Title { zh: "拨款", en: "Grants" };
const fn figure(code: &'static str, unit: Unit, measure: Measure) -> Figure {
    Figure { code, mission: Some("F5"), title: TITLE, unit, formula: TITLE, version: 1, measure }
}
static FIGURES: [Figure; 6] = [
    figure("grants", Unit::Count(TITLE), Measure::Total(WITHIN.count())),
    figure("granted", Unit::YiYuan, Measure::Total(WITHIN.sum("amount"))),
    figure(
        "private_share",
        Unit::Percent(2),
        Measure::Ratio {
            part: WITHIN.that(&[Filter::Is("owner", &["private"])]).sum("amount"),
            whole: WITHIN.sum("amount"),
        },
    ),
    figure("growth", Unit::Percent(2), Measure::Growth(WITHIN.sum("amount"))),
    figure(
        "yuan_for_each_square_metre",
        Unit::PerSquareMetre { scale: 100, decimals: 2, title: TITLE },
        Measure::Ratio { part: WITHIN.sum("amount"), whole: WITHIN.sum("area") },
    ),
    figure("by_then", Unit::Count(TITLE), Measure::Total(Rows::of("grant", When::By("day")).count())),
];
/// Statements of one day.
static STATED: Figure =
    figure("stated", Unit::YiYuan, Measure::Total(Rows::of("grant", When::OnLastDay("day")).sum("amount")));

fn city() -> CityCode {
    CityCode::new(522_601).unwrap()
}

fn ask(period: &str) -> Ask {
    let zone = TimeZone::get("Asia/Shanghai").unwrap();
    Ask { city: city(), zone, period: period.parse::<Period>().unwrap(), scope: Scope::City }
}

fn put(ledger: &Ledger, code: &str, day: &str, yuan: Option<i64>, owner: Owner, unit: &str) {
    static NOW: AtomicI64 = AtomicI64::new(1_460_000_000_000);
    let row = Grant {
        code: code.to_owned(),
        day: day.parse().unwrap(),
        amount: yuan.map(|yuan| Fen(yuan * 100)),
        area: (owner == Owner::Private).then(|| Area::from_units(30 * UNITS_PER_SQUARE_METRE)),
        owner,
        unit: unit.to_owned(),
    };
    let by = By { actor: ActorId::System, at: Moment(NOW.fetch_add(1, Ordering::Relaxed)) };
    ledger.db().write_blocking(move |tx| register::put(tx, city(), row, None, &by).map(drop)).unwrap();
}

fn with<T: Send + 'static, E: From<LedgerError> + From<db::DbError> + Send + 'static>(
    ledger: &Ledger,
    run: impl FnOnce(&Ledger, &mut db::Tx<'_>) -> Result<T, E> + Send + 'static,
) -> Result<T, E> {
    let own = ledger.clone();
    ledger.db().read_blocking(move |tx| run(&own, tx))
}

fn value(ledger: &Ledger, code: &str, ask: &Ask) -> Option<String> {
    let (figure, ask) =
        (figures::find(&[&FIGURES, std::slice::from_ref(&STATED)], code).unwrap(), ask.clone());
    let evaluated = with(ledger, move |ledger, tx| evaluate(ledger, tx, figure, &ask)).unwrap();
    written(&evaluated).unwrap().value
}

#[test]
fn figures_open_to_their_rows_and_are_evaluated_again_as_of_their_entry() {
    for store in db::testing::stores().unwrap() {
        let vault = Vault::new(&VaultKey::fresh().unwrap());
        let nouns = Nouns::default().with_described::<Grant>();
        let ledger = Ledger::open(store.db.clone(), nouns, vault, std::env::temp_dir()).unwrap();
        let half = ask("2016-H1");
        assert_eq!(value(&ledger, "grants", &half), None, "nothing was ever entered");

        put(&ledger, "A", "2015-03-01", Some(100_000_000), Owner::State, "water");
        assert_eq!(value(&ledger, "grants", &half).as_deref(), Some("0"));
        assert_eq!(value(&ledger, "private_share", &half), None, "a share of nothing");
        assert_eq!(value(&ledger, "yuan_for_each_square_metre", &half), None, "over no area");
        put(&ledger, "B", "2016-01-01", Some(250_000_000), Owner::State, "water");
        put(&ledger, "C", "2016-06-30", Some(150_050_000), Owner::Private, "fire");
        put(&ledger, "D", "2016-07-01", Some(1), Owner::Private, "fire");
        put(&ledger, "E", "2016-04-01", None, Owner::Private, "fire");

        for (code, wanted) in [
            ("grants", "3"),
            ("granted", "4.0005"),
            ("private_share", "37.51"),
            ("growth", "300.05"),
            ("yuan_for_each_square_metre", "6667500"),
            ("by_then", "4"),
            ("stated", "1.5005"),
        ] {
            assert_eq!(value(&ledger, code, &half).as_deref(), Some(wanted), "{code}");
        }
        assert_eq!(
            value(&ledger, "stated", &ask("2016-Q1")),
            None,
            "nobody stated anything for its last day"
        );
        let fire = Ask { scope: Scope::Unit("fire".to_owned()), ..half.clone() };
        assert_eq!(value(&ledger, "granted", &fire).as_deref(), Some("1.5005"));
        let cell = Ask { scope: Scope::Cell("1".to_owned()), ..half.clone() };
        let refused =
            with(&ledger, move |ledger, tx| evaluate(ledger, tx, &FIGURES[0], &cell).map(drop)).unwrap_err();
        assert_eq!(refused.code(), "figure_scope_unknown");

        let before = with(&ledger, |ledger, tx| {
            let ask = ask("2016-H1");
            FIGURES.iter().map(|figure| evaluate(ledger, tx, figure, &ask)).collect::<Result<Vec<_>, _>>()
        })
        .unwrap();
        for evaluated in &before {
            let (figure, ask) = (evaluated.figure, evaluated.ask.clone());
            let rows = with(&ledger, move |ledger, tx| {
                let (mut rows, mut after) = (Vec::new(), None);
                loop {
                    let page = open(ledger, tx, figure, &ask, after, 2)?;
                    rows.extend(page.rows);
                    after = page.next;
                    if after.is_none() {
                        return Ok::<_, figures::FigureError>(rows);
                    }
                }
            })
            .unwrap();
            let sum = |side| {
                rows.iter().filter(|row| row.side == side).map(|row| i128::from(row.amount)).sum::<i128>()
            };
            assert_eq!(sum(Side::Part), evaluated.numerator, "{}", figure.code);
            assert_eq!(sum(Side::Whole), evaluated.denominator.unwrap_or(0), "{}", figure.code);
            assert_eq!(rows.len() as u64, evaluated.rows, "{}", figure.code);
        }

        // Corrected since: today's value is another one, and the old one can be had again.
        put(&ledger, "B", "2016-01-01", Some(200_000_000), Owner::State, "water");
        ledger
            .db()
            .write_blocking(|tx| {
                let by = By { actor: ActorId::System, at: Moment(1_470_000_000_000) };
                register::retire::<Grant>(tx, city(), "E", None, &by).map(drop)
            })
            .unwrap();
        for old in before {
            let entries = old.certificate.entries;
            let (again, now) = with(&ledger, move |ledger, tx| {
                let again = evaluate_as_of(ledger, tx, old.figure, &old.ask, entries)?;
                let now = evaluate(ledger, tx, old.figure, &old.ask)?;
                let head = ledger::head(tx, city())?.entries;
                let as_now = evaluate_as_of(ledger, tx, old.figure, &old.ask, head)?;
                assert_eq!(as_now.certificate, now.certificate, "{}", old.figure.code);
                assert_eq!(again.certificate, old.certificate, "{}", old.figure.code);
                Ok::<_, figures::FigureError>((
                    again.numerator,
                    now.certificate.rows_hash == old.certificate.rows_hash,
                ))
            })
            .unwrap();
            assert_eq!(again, old.numerator);
            assert!(!now, "{}: other rows, another hash", old.figure.code);
        }
    }
}
