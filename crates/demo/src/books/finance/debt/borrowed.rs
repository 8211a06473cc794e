//! F3: loans, leases, trusts and securities on assets, and the assets that stand behind them.

use ::finance::{
    asset::{Asset, AssetKind},
    financing::{
        Financing,
        FinancingKind::{
            self, AssetBackedSecurities, AssetManagement, CommercialLoan, FinanceLeasing, ForeignLoan,
            PolicyBankLoan, Trust,
        },
        Security,
    },
    organisation::OrganisationKind,
    project::ProjectSector as Sector,
};
use jiff::{
    ToSpan,
    civil::{Date, date},
};
use kernel::{area::Area, rate::Rate};

use super::{
    super::{Books, Work, part, parties::Parties, wan},
    Debt, project_of, schedule,
};

/// Who borrows.
enum Borrower {
    Group(usize),
    Body(&'static str),
}

use Borrower::{Body, Group};
use Security::{Credit, Guarantee, Mortgage, Pledge};

type Row = (
    FinancingKind,
    &'static str,
    Borrower,
    Sector,
    Security,
    Date,
    // 万元, rate in millionths, years, years in which nothing is repaid.
    (i64, i64, i64, i64),
    // A text in the name of its project.
    &'static str,
);

#[rustfmt::skip]
const ROWS: [Row; 27] = [
    (AssetBackedSecurities, "凯里市供水收费收益权资产支持专项计划", Group(3), Sector::WaterAndWaste, Pledge, date(2016, 3, 18), (62_000, 51_500, 6, 0), "供水管网"),
    (AssetBackedSecurities, "苗岭景区入园凭证资产支持专项计划", Group(1), Sector::Culture, Pledge, date(2016, 5, 27), (38_500, 56_800, 5, 0), "风情园二期"),
    (Trust, "开怀新区基础设施集合资金信托计划", Group(0), Sector::Road, Mortgage, date(2015, 4, 23), (45_000, 88_000, 3, 2), "开怀新区基础设施"),
    (Trust, "炉碧场平工程单一资金信托", Group(2), Sector::Economy, Mortgage, date(2015, 9, 11), (20_000, 84_000, 2, 1), "炉碧经济开发区场平"),
    (Trust, "清水江大道工程集合资金信托计划", Group(0), Sector::Road, Credit, date(2013, 5, 16), (30_000, 97_000, 2, 1), "清水江大道"),
    (Trust, "职业教育实训基地单一资金信托", Group(0), Sector::Education, Mortgage, date(2016, 2, 24), (8_600, 72_000, 3, 1), "中等职业学校实训"),
    (AssetManagement, "下司古镇定向资产管理计划", Group(1), Sector::Culture, Mortgage, date(2015, 12, 3), (26_000, 76_500, 3, 1), "下司古镇基础设施"),
    (AssetManagement, "凯里南站连接线专项资产管理计划", Group(3), Sector::Road, Credit, date(2016, 4, 14), (31_700, 69_000, 5, 2), "南站连接线"),
    (FinanceLeasing, "第一人民医院医疗设备售后回租", Body("凯里市第一人民医院"), Sector::Health, Credit, date(2015, 6, 9), (9_200, 62_000, 5, 0), ""),
    (FinanceLeasing, "中医医院影像设备直接租赁", Body("凯里市中医医院"), Sector::Health, Credit, date(2016, 3, 2), (3_480, 60_500, 4, 0), ""),
    (FinanceLeasing, "职业学校实训设备融资租赁", Body("凯里市中等职业学校"), Sector::Education, Credit, date(2016, 1, 13), (2_650, 61_000, 4, 0), "中等职业学校实训"),
    (FinanceLeasing, "城区供水管网售后回租", Group(3), Sector::WaterAndWaste, Credit, date(2015, 11, 19), (27_400, 64_500, 6, 0), "供水管网"),
    (FinanceLeasing, "景区观光车和索道设备售后回租", Group(1), Sector::Culture, Pledge, date(2016, 6, 8), (12_300, 65_800, 5, 0), ""),
    (FinanceLeasing, "城区照明设施售后回租", Group(0), Sector::Energy, Credit, date(2016, 5, 5), (6_900, 63_000, 5, 0), ""),
    (PolicyBankLoan, "白果井棚户区改造贷款", Group(0), Sector::SocialHousing, Pledge, date(2014, 12, 12), (98_000, 49_000, 20, 3), "白果井棚户区"),
    (PolicyBankLoan, "西门片区棚户区改造贷款", Group(0), Sector::SocialHousing, Pledge, date(2015, 11, 27), (76_500, 44_100, 20, 3), "西门片区棚户区"),
    (PolicyBankLoan, "里禾水库工程贷款", Group(3), Sector::NaturalResources, Pledge, date(2016, 2, 3), (34_000, 44_100, 18, 4), "里禾水库"),
    (PolicyBankLoan, "改善农村人居环境建设贷款", Group(3), Sector::SocialHousing, Pledge, date(2016, 5, 31), (41_200, 41_500, 15, 3), ""),
    (PolicyBankLoan, "环城高速公路北段项目贷款", Group(3), Sector::Road, Pledge, date(2013, 11, 8), (162_000, 62_200, 18, 4), "环城高速公路北段"),
    (CommercialLoan, "经济开发区基础设施三期固定资产贷款", Group(2), Sector::Road, Guarantee, date(2015, 8, 6), (24_000, 58_900, 8, 2), "凯里经济开发区基础设施三期"),
    (CommercialLoan, "旅游集散中心固定资产贷款", Group(1), Sector::Culture, Guarantee, date(2016, 5, 12), (11_500, 54_600, 5, 1), "旅游集散中心"),
    (CommercialLoan, "大数据产业孵化中心固定资产贷款", Group(2), Sector::Communications, Mortgage, date(2015, 3, 24), (13_800, 61_500, 6, 2), "大数据产业孵化"),
    (CommercialLoan, "雨污分流工程固定资产贷款", Group(3), Sector::WaterAndWaste, Mortgage, date(2016, 4, 6), (17_600, 52_800, 8, 2), "雨污分流"),
    (CommercialLoan, "城市建设流动资金贷款（2014年）", Group(0), Sector::Road, Credit, date(2014, 6, 20), (15_000, 66_000, 1, 0), ""),
    (CommercialLoan, "城市建设流动资金贷款（2015年）", Group(0), Sector::Road, Credit, date(2015, 7, 3), (16_000, 54_500, 2, 1), ""),
    (ForeignLoan, "石漠化综合治理世界银行贷款", Group(3), Sector::NaturalResources, Credit, date(2014, 9, 25), (4_100, 14_800, 20, 5), "石漠化"),
    (ForeignLoan, "职业教育发展世界银行贷款", Body("凯里市中等职业学校"), Sector::Education, Credit, date(2015, 10, 22), (5_700, 15_200, 18, 5), "中等职业学校实训"),
];

/// The day for which the books are made.
const TODAY: Date = date(2016, 6, 30);

pub(super) fn enter(
    books: &mut Books<'_>,
    parties: &Parties,
    groups: &[String],
    works: &[Work],
    debts: &mut Vec<Debt>,
) {
    let mut secured = Vec::new();
    for (number, row) in ROWS.into_iter().enumerate() {
        let (kind, name, borrower, sector, security, signed_on, (size, rate, years, free), project) = row;
        let borrower = match borrower {
            Group(group) => groups[group].clone(),
            Body(name) => books.organisation(name, OrganisationKind::PublicInstitution),
        };
        let lenders = match kind {
            AssetBackedSecurities => &parties.securities,
            Trust => &parties.trusts,
            AssetManagement => &parties.managers,
            FinanceLeasing => &parties.lessors,
            PolicyBankLoan => &parties.policy_banks,
            CommercialLoan => &parties.banks,
            ForeignLoan => &parties.foreign,
        };
        // The guarantees name the banks that they are given to.
        let (lender, guarantee) = match security {
            Guarantee if number == 19 => (parties.banks[2].clone(), Some("凯清保〔2015〕07号")),
            Guarantee => (parties.banks[4].clone(), Some("凯民保〔2016〕02号")),
            _ => (lenders[number % lenders.len()].clone(), None),
        };
        let amount = wan(size);
        let matures_on = signed_on.checked_add(years.years()).unwrap_or(signed_on);
        let is_repaid = matures_on < TODAY;
        let drawn = match (is_repaid, signed_on.year()) {
            (true, _) => 1_000,
            (_, 2016) => books.drawn.between(350, 900),
            _ => books.drawn.between(780, 1_000),
        };
        let dues = schedule(amount, Rate(rate), signed_on, years, free);
        let code = format!("RZ-{}-{:03}", signed_on.year(), number * 3 + 11);
        books.enter(Financing {
            code: code.clone(),
            name: name.to_owned(),
            kind,
            borrower: borrower.clone(),
            lender: lender.clone(),
            project: Some(project).filter(|text| !text.is_empty()).and_then(|text| project_of(works, text)),
            sector: Some(sector),
            security,
            guarantee: guarantee.map(str::to_owned),
            signed_on,
            amount,
            drawn: Some(part(amount, drawn)),
            rate: Some(Rate(rate)),
            matures_on: Some(matures_on),
            repaid_on: is_repaid.then_some(matures_on),
            schedule: dues.clone(),
            unit: "finance_office".to_owned(),
        });
        if matches!(security, Mortgage | Pledge) && !is_repaid {
            secured.push((code.clone(), borrower.clone(), security, sector, size));
        }
        debts.push(Debt { code, is_bond: false, debtor: borrower, creditor: Some(lender), schedule: dues });
    }
    pledged(books, secured);
    unpledged(books, groups);
}

/// What stands behind the borrowings: worth half as much again, or twice.
fn pledged(books: &mut Books<'_>, secured: Vec<(String, String, Security, Sector, i64)>) {
    for (number, (financing, owner, security, sector, size)) in secured.into_iter().enumerate() {
        let quarter = books.drawn.quarter();
        let is_land = security == Mortgage;
        let name = if is_land {
            format!("{}ZC-{:02}地块国有土地使用权", quarter.name_zh, number + 3)
        } else {
            format!(
                "{}收费收益权",
                match sector {
                    Sector::WaterAndWaste => "城区供水",
                    Sector::Culture => "景区门票",
                    Sector::Road => "公路通行",
                    Sector::SocialHousing => "棚改购买服务",
                    _ => "原水供应",
                }
            )
        };
        let valued_on = books.drawn.office_day(date(2013, 3, 1)..=date(2016, 1, 29));
        let value = part(wan(size), books.drawn.between(1_400, 2_100));
        let square_metres = 20_000 + books.drawn.dice.below(60_000);
        let place = books.drawn.place_in(&quarter.code).filter(|_| is_land);
        books.enter(Asset {
            code: format!("ZC-{:04}", 1_107 + number * 9),
            name,
            kind: if is_land { AssetKind::Land } else { AssetKind::ChargingRight },
            sector: Some(sector),
            owner,
            title: is_land.then(|| format!("凯国用（2014）第{:05}号", 1_306 + number * 71)),
            public_welfare: false,
            value,
            valued_on: Some(valued_on),
            area: is_land.then(|| area(square_metres)),
            injected_on: None,
            pledged_for: Some(financing),
            project: None,
            disposed_on: None,
            place,
            unit: "state_assets".to_owned(),
        });
    }
}

fn area(square_metres: usize) -> Area {
    let units = i64::try_from(square_metres).unwrap_or(0) * kernel::area::UNITS_PER_SQUARE_METRE;
    Area::from_units(units)
}

/// Assets that were injected or that serve the public: those stay where they are.
fn unpledged(books: &mut Books<'_>, groups: &[String]) {
    let kinds = [
        (AssetKind::Building, "标准厂房", Sector::Economy, 2, false),
        (AssetKind::Building, "沿街商铺", Sector::RealEstate, 0, false),
        (AssetKind::Infrastructure, "停车场", Sector::UrbanTransport, 3, false),
        (AssetKind::Equity, "水务公司股权", Sector::WaterAndWaste, 3, false),
        (AssetKind::Building, "游客中心", Sector::Culture, 1, false),
        (AssetKind::Building, "小学教学楼", Sector::Education, 0, true),
        (AssetKind::Infrastructure, "公园绿地", Sector::Culture, 0, true),
        (AssetKind::Equipment, "污水提升泵组", Sector::WaterAndWaste, 3, false),
    ];
    for number in 0..26 {
        let (kind, what, sector, group, public_welfare) = kinds[number % kinds.len()];
        let quarter = books.drawn.quarter();
        let valued_on = books.drawn.office_day(date(2014, 5, 5)..=date(2016, 3, 31));
        let injected_on = books.drawn.office_day(valued_on..=date(2016, 5, 31));
        let is_built = matches!(kind, AssetKind::Building | AssetKind::Infrastructure);
        let square_metres = 900 + books.drawn.dice.below(24_000);
        let place = books.drawn.place_in(&quarter.code).filter(|_| is_built);
        let value = wan(books.drawn.between(240, 19_600));
        books.enter(Asset {
            code: format!("ZC-{:04}", 2_003 + number * 7),
            name: format!("{}{what}", quarter.name_zh),
            kind,
            sector: Some(sector),
            owner: groups[group].clone(),
            title: is_built.then(|| format!("凯房权证字第{:06}号", 20_417 + number * 133)),
            public_welfare,
            value,
            valued_on: Some(valued_on),
            area: is_built.then(|| area(square_metres)),
            injected_on: (!public_welfare && number % 3 != 1).then_some(injected_on),
            pledged_for: None,
            project: None,
            disposed_on: (number == 12).then_some(date(2016, 6, 14)),
            place,
            unit: "state_assets".to_owned(),
        });
    }
}
