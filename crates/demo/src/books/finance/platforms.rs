//! F1: 23 platform companies become four groups; their statements and ratings.

use ::finance::{
    balance_statement::{BalanceStatement, StatementScope},
    organisation::OrganisationKind,
    rating::{Grade, Outlook, Rating},
    restructuring::{Merged, Method, Restructuring},
};
use jiff::civil::{Date, date};
use kernel::money::{FEN_PER_YI_YUAN, Fen};

use super::{Books, parties::Parties, wan};

/// Assets of the four groups on 30 June 2016: 498.65 亿元.
const ASSETS: i64 = 49_865 * FEN_PER_YI_YUAN / 100;
/// What is theirs of it: 327.45 亿元.
const NET: i64 = 32_745 * FEN_PER_YI_YUAN / 100;
/// The day of the printed statements.
const HALF_YEAR: Date = date(2016, 6, 30);

struct Group {
    unit: &'static str,
    closed_on: Date,
    rated_on: Date,
    weight: i64,
    /// The core company first.
    members: &'static [(&'static str, Method)],
}

use Method::{Absorption, AssetInjection, Core, ShareInjection};

const GROUPS: [Group; 4] = [
    Group {
        unit: "state_assets",
        closed_on: date(2015, 9, 30),
        rated_on: date(2015, 12, 18),
        weight: 332,
        members: &[
            ("凯里市清江城市建设投资集团有限公司", Core),
            ("凯里市城乡建设开发有限公司", ShareInjection),
            ("凯里市土地储备开发有限公司", AssetInjection),
            ("凯里市保障房建设投资有限公司", ShareInjection),
            ("凯里市开怀新区开发有限公司", ShareInjection),
            ("凯里市旧城改造投资有限公司", Absorption),
            ("凯里市市政建设工程有限公司", ShareInjection),
        ],
    },
    Group {
        unit: "tourism",
        closed_on: date(2015, 12, 31),
        rated_on: date(2016, 3, 25),
        weight: 179,
        members: &[
            ("凯里市苗岭文化旅游投资集团有限公司", Core),
            ("凯里市下司古镇旅游开发有限公司", ShareInjection),
            ("凯里市苗侗风情园经营有限公司", ShareInjection),
            ("凯里市民族文化产业发展有限公司", AssetInjection),
            ("凯里市农业旅游开发有限公司", ShareInjection),
        ],
    },
    Group {
        unit: "park_lubi",
        closed_on: date(2015, 12, 31),
        rated_on: date(2016, 4, 22),
        weight: 268,
        members: &[
            ("凯里市凯北产业园区开发投资集团有限公司", Core),
            ("凯里市经开建设投资有限公司", ShareInjection),
            ("凯里市炉碧开发建设有限公司", ShareInjection),
            ("凯里市标准厂房建设有限公司", Absorption),
            ("凯里市工业发展投资有限公司", ShareInjection),
            ("凯里市物流园区建设有限公司", AssetInjection),
        ],
    },
    Group {
        unit: "state_assets",
        closed_on: date(2016, 3, 31),
        rated_on: date(2016, 6, 17),
        weight: 221,
        members: &[
            ("凯里市民泰公用事业投资集团有限公司", Core),
            ("凯里市供水有限责任公司", ShareInjection),
            ("凯里市排水有限责任公司", ShareInjection),
            ("凯里市交通建设投资有限公司", ShareInjection),
            ("凯里市停车场建设运营有限公司", AssetInjection),
        ],
    },
];

/// Enters the companies and what is known of them; gives the keys of the four groups.
pub(super) fn enter(books: &mut Books<'_>, parties: &Parties) -> Vec<String> {
    let weights = GROUPS.map(|group| group.weight);
    let assets = books.drawn.split(ASSETS, &weights, 1);
    let owed = books.drawn.split(ASSETS - NET, &assets, 1);
    let mut keys = Vec::new();
    for (number, (group, (assets, owed))) in GROUPS.iter().zip(assets.into_iter().zip(owed)).enumerate() {
        let companies = companies(books, group);
        let at_closing = on_day(books, group.closed_on, (assets, owed));
        restructured(books, number, group, &companies, at_closing);
        consolidated(books, parties, group, &companies[0], [at_closing, (assets, owed)]);
        rated(books, parties, number, group, &companies);
        keys.push(companies[0].clone());
    }
    guarantor(books, parties);
    keys
}

fn companies(books: &mut Books<'_>, group: &Group) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    for (name, method) in group.members {
        let parent = keys.first().cloned().filter(|_| matches!(method, ShareInjection));
        let first = if keys.is_empty() { date(2001, 3, 5) } else { date(2003, 2, 10) };
        let last = if keys.is_empty() { date(2002, 9, 27) } else { date(2013, 11, 29) };
        let founded_on = books.drawn.office_day(first..=last);
        let capital =
            wan(if keys.is_empty() { books.drawn.between(80, 160) } else { books.drawn.between(4, 42) }
                * 1_000);
        let ended_on = matches!(method, Absorption).then_some(group.closed_on);
        keys.push(books.organisation_with(name, OrganisationKind::PlatformCompany, |organisation| {
            organisation.unit = group.unit.to_owned();
            organisation.parent = parent;
            organisation.founded_on = Some(founded_on);
            organisation.ended_on = ended_on;
            organisation.capital = Some(capital);
        }));
    }
    keys
}

/// A part of what a group has at the half-year, not quite even.
fn earlier(books: &mut Books<'_>, amount: i64, permille: i64) -> i64 {
    amount / 1_000 * (permille + books.drawn.between(-9, 9)) + books.drawn.between(0, 999_983)
}

/// Total assets and liabilities of a group on a day before the half-year.
fn on_day(books: &mut Books<'_>, day: Date, (assets, owed): (i64, i64)) -> (i64, i64) {
    let permille = match (day.year(), day.month()) {
        (2016, 6) => return (assets, owed),
        (2016, _) => 974,
        (_, 12) => 941,
        _ => 903,
    };
    (earlier(books, assets, permille), earlier(books, owed, permille + 18))
}

fn restructured(
    books: &mut Books<'_>,
    number: usize,
    group: &Group,
    companies: &[String],
    (assets, owed): (i64, i64),
) {
    let set_off = assets / 1_000 * books.drawn.between(7, 31);
    let weights: Vec<i64> = companies
        .iter()
        .enumerate()
        .map(|(place, _)| if place == 0 { 420 } else { books.drawn.between(40, 190) })
        .collect();
    let of_each = books.drawn.split(assets + set_off, &weights, 1);
    let owed_by_each = books.drawn.split(owed + set_off, &of_each, 1);
    for ((company, assets), owed) in companies.iter().zip(&of_each).zip(&owed_by_each) {
        for (as_of, permille) in [(date(2014, 12, 31), 871), (date(2015, 6, 30), 926)] {
            let (assets, owed) = (earlier(books, *assets, permille), earlier(books, *owed, permille));
            let statement = statement(books, company, as_of, StatementScope::Separate, (assets, owed));
            books.enter(statement);
        }
    }
    let merged = group
        .members
        .iter()
        .zip(companies)
        .zip(of_each.into_iter().zip(owed_by_each))
        .map(|(((_, method), company), (assets, owed))| Merged {
            company: company.clone(),
            method: *method,
            assets: Fen(assets),
            liabilities: Fen(owed),
        })
        .collect();
    let year = group.closed_on.year();
    books.enter(Restructuring {
        code: format!("ZH-{year}-{:02}", number + 1),
        result: companies[0].clone(),
        decision: Some(format!("凯府函〔2015〕{}号", 41 + number * 13)),
        decided_on: Some(date(2015, 4, 14)),
        closed_on: group.closed_on,
        merged,
        companies_before: None,
        set_off: Some(Fen(set_off)),
        assets_after: Fen(assets),
        liabilities_after: Fen(owed),
        unit: group.unit.to_owned(),
    });
}

fn statement(
    books: &mut Books<'_>,
    organisation: &str,
    as_of: Date,
    scope: StatementScope,
    (assets, owed): (i64, i64),
) -> BalanceStatement {
    let year = if as_of.month() == 12 { 2 } else { 1 };
    let revenue = assets / 1_000 * books.drawn.between(12, 27) * year;
    BalanceStatement {
        organisation: organisation.to_owned(),
        as_of,
        scope,
        total_assets: Fen(assets),
        total_liabilities: Fen(owed),
        net_assets: Fen(assets - owed),
        debt: Some(Fen(owed / 1_000 * books.drawn.between(560, 810))),
        revenue: Some(Fen(revenue)),
        profit: Some(Fen(revenue / 1_000 * books.drawn.between(60, 190))),
        auditor: None,
        unit: "state_assets".to_owned(),
    }
}

/// The group's own statements from its closing on.
fn consolidated(
    books: &mut Books<'_>,
    parties: &Parties,
    group: &Group,
    company: &str,
    [at_closing, at_half_year]: [(i64, i64); 2],
) {
    let later =
        [date(2015, 12, 31), date(2016, 3, 31), HALF_YEAR].into_iter().filter(|day| *day > group.closed_on);
    for as_of in std::iter::once(group.closed_on).chain(later) {
        let totals = if as_of == group.closed_on { at_closing } else { on_day(books, as_of, at_half_year) };
        let mut statement = statement(books, company, as_of, StatementScope::Consolidated, totals);
        let auditor = books.drawn.dice.one_of(&parties.auditors).cloned();
        statement.auditor = auditor.filter(|_| as_of.month() == 12);
        books.enter(statement);
    }
}

fn rated(books: &mut Books<'_>, parties: &Parties, number: usize, group: &Group, companies: &[String]) {
    let agency = &parties.agencies[number % parties.agencies.len()];
    let before = books.drawn.office_day(date(2014, 3, 3)..=date(2015, 3, 27));
    let earlier = if number.is_multiple_of(2) { Grade::AaMinus } else { Grade::APlus };
    let mut rating = |company: &str, grade, rated_on: Date, valid_until| {
        books.enter(Rating {
            organisation: company.to_owned(),
            agency: agency.clone(),
            rated_on,
            valid_until,
            grade,
            outlook: if number == 1 { Outlook::Positive } else { Outlook::Stable },
            report: Some(format!("主体评级〔{}〕{:04}号", rated_on.year(), 217 + number * 388)),
            unit: "finance_office".to_owned(),
        });
    };
    rating(&companies[0], earlier, before, group.rated_on.yesterday().ok());
    rating(&companies[0], Grade::Aa, group.rated_on, None);
    // A company of the group that was rated by itself until it came in.
    rating(&companies[1], Grade::A, date(2014, 8, 15), Some(group.closed_on));
}

/// The guarantee company reports as well; nobody merges it.
fn guarantor(books: &mut Books<'_>, parties: &Parties) {
    for (as_of, assets, owed) in
        [(date(2015, 12, 31), 31_846_715_522, 8_107_330_918), (HALF_YEAR, 34_120_098_047, 9_655_412_306)]
    {
        let guarantor = parties.guarantors[0].clone();
        let statement = statement(books, &guarantor, as_of, StatementScope::Separate, (assets, owed));
        books.enter(statement);
    }
}
