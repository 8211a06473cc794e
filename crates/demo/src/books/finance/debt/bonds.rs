//! F2: bonds of the platform companies and of the government.

use ::finance::{
    bond::{
        Bond,
        BondAuthority::{self, DealersAssociation, DevelopmentCommission, Finance, SecuritiesCommission},
        BondKind::{
            self, CarPark, Corporate, LocalGovernment, Note, PrivatePlacement, ProjectIncome, UtilityTunnel,
        },
        Proceeds,
    },
    rating::Grade,
};
use jiff::{
    ToSpan,
    civil::{Date, date},
};
use kernel::rate::Rate;

use super::{
    super::{Books, Work, part, parties::Parties, wan},
    Debt, project_of, schedule,
};

struct Row {
    code: &'static str,
    name: &'static str,
    kind: BondKind,
    /// Which group issues it; none for the government.
    group: Option<usize>,
    authority: BondAuthority,
    /// Day and amount in 万元.
    approved: Option<(&'static str, Date, i64)>,
    /// Day, amount in 万元, coupon in millionths, years, years in which nothing is repaid.
    issued: Option<(Date, i64, i64, i64, i64)>,
    projects: &'static [&'static str],
    pledge: Option<&'static str>,
}

const ROWS: [Row; 11] = [
    Row {
        code: "1580271",
        name: "2015年凯里市清江城投项目收益债券",
        kind: ProjectIncome,
        group: Some(0),
        authority: DevelopmentCommission,
        approved: Some(("发改企业债券〔2015〕187号", date(2015, 7, 20), 52_000)),
        issued: Some((date(2015, 10, 15), 52_000, 59_800, 7, 2)),
        projects: &["鸭塘安置房"],
        pledge: Some("安置房和配套商铺销售收入全部进入监管账户，差额由发行人补足。"),
    },
    Row {
        code: "136177",
        name: "凯北产业园区2016年公司债券（第一期）",
        kind: Corporate,
        group: Some(2),
        authority: SecuritiesCommission,
        approved: Some(("证监许可〔2015〕2604号", date(2015, 11, 11), 96_000)),
        issued: Some((date(2016, 1, 20), 60_000, 64_000, 5, 4)),
        projects: &["炉碧经济开发区一期标准厂房", "炉碧经济开发区场平"],
        pledge: None,
    },
    Row {
        code: "KL-2016-02",
        name: "凯北产业园区2016年公司债券（第二期）",
        kind: Corporate,
        group: Some(2),
        authority: SecuritiesCommission,
        // It is issued under the approval of the first part.
        approved: None,
        issued: None,
        projects: &[],
        pledge: None,
    },
    Row {
        code: "135426",
        name: "苗岭文旅2016年非公开发行公司债券",
        kind: PrivatePlacement,
        group: Some(1),
        authority: SecuritiesCommission,
        approved: Some(("上证函〔2016〕319号", date(2016, 2, 25), 42_000)),
        issued: Some((date(2016, 4, 28), 28_000, 71_000, 3, 2)),
        projects: &["苗侗民族风情园二期"],
        pledge: Some("景区门票和经营收入质押。"),
    },
    Row {
        code: "KL-2016-04",
        name: "2016年凯里市地下综合管廊建设专项债券",
        kind: UtilityTunnel,
        group: Some(0),
        authority: DevelopmentCommission,
        approved: Some(("发改企业债券〔2016〕151号", date(2016, 5, 18), 30_000)),
        issued: None,
        projects: &[],
        pledge: Some("管廊入廊费和日常维护费收入。"),
    },
    Row {
        code: GUARANTEED,
        name: "2016年凯里市停车场建设专项债券（第一期）",
        kind: CarPark,
        group: Some(3),
        authority: DevelopmentCommission,
        approved: Some(("发改企业债券〔2015〕263号", date(2015, 10, 26), 70_000)),
        issued: Some((date(2016, 1, 21), 65_000, 53_500, 10, 3)),
        projects: &["城区公共停车场一期"],
        pledge: Some("停车收费、广告和配套商业收入。"),
    },
    Row {
        code: "1680164",
        name: "2016年凯里市停车场建设专项债券（第二期）",
        kind: CarPark,
        group: Some(3),
        authority: DevelopmentCommission,
        approved: Some(("发改企业债券〔2016〕88号", date(2016, 3, 30), 50_000)),
        issued: Some((date(2016, 4, 19), 45_000, 56_000, 10, 3)),
        projects: &["智慧停车系统"],
        pledge: Some("停车收费、广告和配套商业收入。"),
    },
    Row {
        code: "1509083",
        name: "2015年贵州省政府一般债券（凯里市转贷）",
        kind: LocalGovernment,
        group: None,
        authority: Finance,
        approved: Some(("黔财债〔2015〕46号", date(2015, 7, 29), 128_400)),
        issued: Some((date(2015, 8, 21), 128_400, 36_200, 5, 4)),
        projects: &[],
        pledge: None,
    },
    Row {
        code: "1605211",
        name: "2016年贵州省政府专项债券（凯里市转贷）",
        kind: LocalGovernment,
        group: None,
        authority: Finance,
        approved: Some(("黔财债〔2016〕31号", date(2016, 5, 6), 67_900)),
        issued: Some((date(2016, 5, 20), 67_900, 33_100, 7, 6)),
        projects: &["白果井棚户区"],
        pledge: None,
    },
    Row {
        code: "KL-2016-07",
        name: "民泰公用2016年度中期票据（申报中）",
        kind: Note,
        group: Some(3),
        authority: DealersAssociation,
        approved: None,
        issued: None,
        projects: &[],
        pledge: None,
    },
    Row {
        code: WITHDRAWN,
        name: "清江城投2015年度短期融资券（已撤回）",
        kind: Note,
        group: Some(0),
        authority: DealersAssociation,
        approved: Some(("中市协注〔2015〕CP118号", date(2015, 5, 27), 80_000)),
        issued: None,
        projects: &[],
        pledge: None,
    },
];

/// The one that another group stands behind.
const GUARANTEED: &str = "1680025";
/// Registered and then given back.
const WITHDRAWN: &str = "KL-2015-03";

pub(super) fn enter(
    books: &mut Books<'_>,
    parties: &Parties,
    groups: &[String],
    works: &[Work],
    guarantee: &str,
) -> Vec<Debt> {
    let mut debts = Vec::new();
    for (number, row) in ROWS.into_iter().enumerate() {
        let issuer = row.group.map_or_else(|| parties.province.clone(), |group| groups[group].clone());
        let dues = row.issued.map_or_else(Vec::new, |(on, raised, coupon, years, free)| {
            schedule(wan(raised), Rate(coupon), on, years, free)
        });
        let size = row.issued.map(|(_, raised, ..)| wan(raised));
        let projects: Vec<String> = row.projects.iter().filter_map(|name| project_of(works, name)).collect();
        let each = 880 / i64::try_from(projects.len().max(1)).unwrap_or(1);
        let is_company = row.group.is_some();
        let is_guaranteed = row.code == GUARANTEED;
        books.enter(Bond {
            code: row.code.to_owned(),
            name: row.name.to_owned(),
            kind: row.kind,
            issuer: issuer.clone(),
            authority: Some(row.authority),
            approval_number: row.approved.map(|(number, ..)| number.to_owned()),
            approved_on: row.approved.map(|(_, on, _)| on),
            approved: row.approved.map(|(.., amount)| wan(amount)),
            issued_on: row.issued.map(|(on, ..)| on),
            raised: size,
            coupon: row.issued.map(|(_, _, coupon, ..)| Rate(coupon)),
            matures_on: row.issued.and_then(|(on, _, _, years, _)| on.checked_add(years.years()).ok()),
            grade: row.issued.map(|_| match (is_company, is_guaranteed) {
                (false, _) => Grade::Aaa,
                (true, true) => Grade::AaPlus,
                (true, false) => Grade::Aa,
            }),
            underwriter: is_company.then(|| parties.securities[number % parties.securities.len()].clone()),
            guarantee: is_guaranteed.then(|| guarantee.to_owned()),
            pledge: row.pledge.map(str::to_owned),
            proceeds: size
                .into_iter()
                .flat_map(|size| projects.iter().map(move |project| (project, size)))
                .map(|(project, size)| Proceeds { project: project.clone(), amount: part(size, each) })
                .collect(),
            schedule: dues.clone(),
            unit: "finance_office".to_owned(),
        });
        if !dues.is_empty() {
            debts.push(Debt {
                code: row.code.to_owned(),
                is_bond: true,
                // What the province borrows for the city, the city repays.
                debtor: if is_company { issuer } else { parties.city.clone() },
                creditor: None,
                schedule: dues,
            });
        }
    }
    books.retire::<Bond>(WITHDRAWN.to_owned());
    debts
}
