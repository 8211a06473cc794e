//! S5: money in data centre, video and traffic management systems. Private capital of the half-year: 7,949 万元.

use jiff::civil::{Date, date};
use kernel::money::{FEN_PER_WAN_YUAN, Fen};
use services::traffic_investment::{
    Capital, TrafficInvestment,
    TrafficSystem::{self, DataCentre, Management, Signals, VideoApplication},
};

use super::{FIRST, LAST, firm};
use crate::books::{Books, days::plus};

/// Private capital of the first half of 2016, in 万元.
const PRIVATE: i64 = 7_949;
/// The project of the list that most of it belongs to.
const PROJECT: &str = "凯里市交通指挥和数据中心项目";
/// What was built of it, and weights: the company of the project, then others.
const OF_PROJECT: [(TrafficSystem, i64); 9] = [
    (DataCentre, 14),
    (DataCentre, 9),
    (Management, 11),
    (VideoApplication, 8),
    (DataCentre, 6),
    (Management, 7),
    (VideoApplication, 6),
    (Signals, 4),
    (Management, 5),
];
const OF_OTHERS: [(TrafficSystem, &str, i64); 6] = [
    (VideoApplication, "贵州天眼视讯科技有限公司", 9),
    (VideoApplication, "黔东南广电网络有限责任公司", 7),
    (Signals, "贵州智通交通工程有限公司", 6),
    (VideoApplication, "贵州天眼视讯科技有限公司", 5),
    (Management, "凯里行云信息技术有限公司", 4),
    (Signals, "贵州智通交通工程有限公司", 3),
];
/// Before the half-year, in 万元.
const BEFORE: [(TrafficSystem, &str, i64, Date); 6] = [
    (VideoApplication, "贵州天眼视讯科技有限公司", 186, date(2014, 9, 17)),
    (Signals, "贵州智通交通工程有限公司", 243, date(2015, 3, 26)),
    (VideoApplication, "黔东南广电网络有限责任公司", 312, date(2015, 5, 20)),
    (Management, "凯里行云信息技术有限公司", 127, date(2015, 8, 11)),
    (VideoApplication, "贵州天眼视讯科技有限公司", 408, date(2015, 10, 29)),
    (Signals, "贵州智通交通工程有限公司", 175, date(2015, 12, 9)),
];
/// What the city itself paid for, in 万元.
const PUBLIC: [(TrafficSystem, i64, Date); 5] = [
    (Signals, 96, date(2015, 4, 15)),
    (Management, 138, date(2015, 11, 18)),
    (Signals, 74, date(2016, 2, 24)),
    (Management, 215, date(2016, 4, 12)),
    (VideoApplication, 83, date(2016, 6, 7)),
];
const TREASURY: &str = "凯里市财政局（国库）";

/// A row on its way into the books.
struct Invested {
    system: TrafficSystem,
    project: Option<String>,
    investor: String,
    capital: Capital,
    on: Date,
    amount: Fen,
    runs_until: Option<Date>,
}

pub(super) fn enter(books: &mut Books<'_>) {
    let mut rows = Vec::new();
    let project = books.project_named(PROJECT).cloned();
    let contract = project.as_ref().and_then(|project| books.contract_of(&project.code)).cloned();
    let signed_on = contract.as_ref().and_then(|contract| contract.signed_on).unwrap_or(FIRST);
    let weights: Vec<i64> =
        OF_PROJECT.iter().map(|row| row.1).chain(OF_OTHERS.iter().map(|row| row.2)).collect();
    let mut amounts = books.drawn.split(PRIVATE * FEN_PER_WAN_YUAN, &weights, FEN_PER_WAN_YUAN).into_iter();
    for (system, _) in OF_PROJECT {
        let owner = project.as_ref().and_then(|project| project.owner.clone());
        rows.push(Invested {
            system,
            project: project.as_ref().map(|project| project.code.clone()),
            investor: owner.unwrap_or_else(|| firm(books, "凯里行云信息技术有限公司", "I65", "industry")),
            capital: Capital::Private,
            on: books.drawn.office_day(signed_on.max(FIRST)..=LAST),
            amount: Fen(amounts.next().unwrap_or(0)),
            runs_until: contract.as_ref().and_then(|contract| contract.ends_on),
        });
    }
    for (system, investor, _) in OF_OTHERS {
        let on = books.drawn.office_day(FIRST..=LAST);
        let amount = Fen(amounts.next().unwrap_or(0));
        rows.push(others(books, (system, investor, on), amount));
    }
    for (system, investor, amount, on) in BEFORE {
        rows.push(others(books, (system, investor, on), super::wan(amount)));
    }
    let treasury = books.known_organisation(TREASURY).unwrap_or_default();
    rows.extend(PUBLIC.into_iter().map(|(system, amount, on)| Invested {
        system,
        project: None,
        investor: treasury.clone(),
        capital: Capital::Public,
        on,
        amount: super::wan(amount),
        runs_until: None,
    }));
    rows.sort_by_key(|row| row.on);
    for (number, row) in rows.into_iter().enumerate() {
        let returned_by = match (row.capital, row.system) {
            (Capital::Public, _) => None,
            (Capital::Private, DataCentre) => Some("市政府按可用性逐年付费，机房富余机柜可对外出租。"),
            (Capital::Private, VideoApplication) => Some("按接入路数和完好率逐年支付运维服务费。"),
            (Capital::Private, Management) => Some("纳入年度预算的系统服务费，考核达标后支付。"),
            (Capital::Private, Signals) => Some("分期付款，路口杆件广告收入归投资方。"),
        };
        books.enter(TrafficInvestment {
            code: format!("JT-{}-{:02}", row.on.year(), number + 1),
            system: row.system,
            project: row.project,
            investor: row.investor,
            capital: row.capital,
            invested_on: row.on,
            amount: row.amount,
            runs_until: row.runs_until,
            returned_by: returned_by.map(str::to_owned),
            unit: "traffic_police".to_owned(),
        });
    }
}

fn others(
    books: &mut Books<'_>,
    (system, investor, on): (TrafficSystem, &str, Date),
    amount: Fen,
) -> Invested {
    let years = books.drawn.whole(5..=10);
    Invested {
        system,
        project: None,
        investor: firm(books, investor, "I65", "industry"),
        capital: Capital::Private,
        on,
        amount,
        runs_until: Some(plus(on, years * 365)),
    }
}
