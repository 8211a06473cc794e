//! Blocks of land that were brought together at four levels (L3), with the contracts that they are made of (L2).

use std::collections::BTreeMap;

use finance::organisation::{OrganisationKind, Ownership};
use jiff::civil::{Date, date};
use kernel::{
    money::{FEN_PER_WAN_YUAN, FEN_PER_YUAN, Fen},
    period::Period,
};
use land::{
    rent_payment::RentPayment,
    transfer_contract::{
        CapitalReview, LandPurpose, PaymentTerm, Plot, TransferContract,
        TransferMode::{self, Assignment, LandBank, Lease, Shares, Subcontract, Swap},
    },
};

use super::{
    levels, prices,
    villages::{KeptGroup, group, tenths},
};
use crate::{
    DemoError,
    books::{
        Books,
        days::{plus, term},
        firms::Firm,
    },
    ground::Division,
};

/// Land leased by investors (L3), in tenths of a mu.
const INVESTED: i64 = 170_000;
/// Blocks in force in the middle of 2016.
const BLOCKS: usize = 26;

/// An investor: name, what the land is used for, code of the guide price, code of the land use, product, ownership.
pub(super) type Investor = (&'static str, LandPurpose, &'static str, &'static str, &'static str, Ownership);

/// Who leases.
const INVESTORS: [Investor; 20] = [
    ("贵州云谷田园农业投资有限公司", LandPurpose::Vegetables, "cd", "012", "番茄", Ownership::Private),
    ("凯里舟溪绿源蔬菜有限公司", LandPurpose::Vegetables, "cd", "012", "辣椒", Ownership::Private),
    ("贵州苗岭蓝莓产业有限公司", LandPurpose::Fruit, "hd1", "013", "蓝莓", Ownership::Private),
    ("凯里万潮葡萄酒庄有限公司", LandPurpose::Fruit, "yd", "021", "水晶葡萄", Ownership::Private),
    ("黔东南金果农业发展有限公司", LandPurpose::Fruit, "hd1", "013", "金秋梨", Ownership::Private),
    ("凯里旁海香米专业合作社", LandPurpose::Grain, "st1", "011", "香禾糯", Ownership::Collective),
    ("贵州稻鱼共生生态农业有限公司", LandPurpose::Fishery, "st2", "011", "稻田鲤鱼", Ownership::Private),
    ("凯里湾水太子参种植有限公司", LandPurpose::TeaHerbs, "hd1", "013", "太子参", Ownership::Private),
    ("贵州雷公山茶业有限公司", LandPurpose::TeaHerbs, "yd", "022", "银球茶", Ownership::Private),
    ("凯里花香四季园艺有限公司", LandPurpose::Flowers, "st2", "011", "玫瑰", Ownership::Private),
    ("贵州香炉山牧业有限公司", LandPurpose::Livestock, "hd2", "013", "从江香猪", Ownership::Private),
    ("凯里大风洞油茶有限公司", LandPurpose::Forestry, "ld", "031", "油茶籽", Ownership::Mixed),
    ("凯里炉山供港蔬菜基地有限公司", LandPurpose::Vegetables, "cd", "012", "菜心", Ownership::Mixed),
    ("贵州下司渔乡休闲农业有限公司", LandPurpose::Leisure, "kt", "114", "莲藕", Ownership::Private),
    ("凯里巴拉河杨梅专业合作社", LandPurpose::Fruit, "yd", "021", "杨梅", Ownership::Collective),
    ("贵州黔东草莓科技有限公司", LandPurpose::Fruit, "cd", "012", "草莓", Ownership::Private),
    ("凯里碧波烟草农业服务有限公司", LandPurpose::Other, "hd1", "013", "烤烟", Ownership::Private),
    ("凯里凯棠折耳根种植专业合作社", LandPurpose::Vegetables, "hd1", "013", "折耳根", Ownership::Collective),
    ("贵州龙场山地养殖有限公司", LandPurpose::Livestock, "hd2", "013", "黄牛", Ownership::Private),
    ("凯里三棵树苗木有限公司", LandPurpose::Flowers, "st2", "011", "桂花苗", Ownership::Private),
];

/// A block with all that it is made of.
pub(super) struct Block {
    pub(super) quarter: String,
    pub(super) office: String,
    pub(super) groups: Vec<KeptGroup>,
    /// The contracts with households, in the order of groups and households.
    pub(super) contracts: Vec<KeptContract>,
    /// Keys of the investors and of their levels.
    pub(super) investors: Vec<(String, String)>,
    pub(super) product: &'static str,
    pub(super) begins_on: Date,
    pub(super) ends_on: Date,
}

/// A contract on a household's or a collective's land.
pub(super) struct KeptContract {
    pub(super) code: String,
    pub(super) group: usize,
    /// Index of the household in its group; none for the collective's own land.
    pub(super) household: Option<usize>,
    /// In tenths of a mu.
    pub(super) area: i64,
    /// The co-operative that took it as shares.
    pub(super) cooperative: Option<String>,
}

/// When a block is leased: begins, ends.
struct Term {
    begins_on: Date,
    ends_on: Date,
}

/// Amounts for a mu and year at each level, in fen.
pub(super) struct Rents {
    pub(super) guide: i64,
    pub(super) household: i64,
    pub(super) group: i64,
    pub(super) town: i64,
}

pub(super) fn enter(books: &mut Books<'_>) -> Result<Vec<Block>, DemoError> {
    let mut sizes = books.drawn.shares(INVESTED, BLOCKS, 5);
    // Two were over before the half-year ended, one begins after it.
    sizes.extend([4_120, 2_865, 3_340]);
    let quarters: Vec<&Division> =
        books.drawn.quarters().filter(|quarter| quarter.name_zh.ends_with('镇')).collect();
    let mut used: BTreeMap<String, usize> = BTreeMap::new();
    let mut blocks = Vec::new();
    for (number, size) in sizes.into_iter().enumerate() {
        let quarter = quarters[number % quarters.len()];
        let turn = used.entry(quarter.code.clone()).or_default();
        let villages = books.drawn.villages(&quarter.code);
        let villages: Vec<&Division> =
            villages.into_iter().filter(|village| village.name_zh.ends_with('村')).collect();
        // No village is used for two blocks: its collective leads one.
        let chosen = [villages[*turn % villages.len()], villages[(*turn + 1) % villages.len()]];
        *turn += 2;
        let term = match number {
            BLOCKS | 27 => {
                let begins_on = books.drawn.day(date(2013, 2, 1)..=date(2013, 6, 30));
                Term { begins_on, ends_on: date(2015, if number == BLOCKS { 12 } else { 6 }, 30) }
            }
            28 => Term { begins_on: date(2016, 9, 1), ends_on: date(2026, 8, 31) },
            _ => {
                let begins_on = books.drawn.day(date(2013, 3, 1)..=date(2016, 5, 20));
                let years = books.drawn.whole(8..=12);
                Term { begins_on, ends_on: self::term(begins_on, years).min(date(2027, 12, 31)) }
            }
        };
        let investor = INVESTORS[number % INVESTORS.len()];
        blocks.push(block(books, number + 1, (quarter, &chosen), size, &term, investor)?);
    }
    between_households(books, &blocks);
    Ok(blocks)
}

/// The towns' own service for transfers.
fn service(books: &mut Books<'_>, quarter: &Division) -> String {
    books.firm(&Firm {
        name: &format!("凯里市{}农村土地流转服务中心", quarter.name_zh),
        kind: OrganisationKind::PublicInstitution,
        ownership: Ownership::State,
        industry: "A05",
        unit: "agriculture",
        quarter: &quarter.code,
        before: date(2012, 11, 30),
    })
}

fn block(
    books: &mut Books<'_>,
    number: usize,
    (quarter, villages): (&Division, &[&Division]),
    size: i64,
    term: &Term,
    (name, purpose, price, land_use, product, ownership): Investor,
) -> Result<Block, DemoError> {
    let code = format!("LZ-{number:02}");
    let office = books.drawn.office(&quarter.code);
    let guide = prices::amount(price, term.begins_on);
    let household = guide + books.drawn.whole(0..=12) * 10 * FEN_PER_YUAN;
    let group_rent = household + books.drawn.whole(10..=25) * FEN_PER_YUAN;
    let rents = Rents {
        guide,
        household,
        group: group_rent,
        town: group_rent + books.drawn.whole(8..=30) * FEN_PER_YUAN,
    };
    let shares = if size > 4_000 { books.drawn.shares(size, villages.len(), 1) } else { vec![size] };
    let mut groups = Vec::new();
    let mut contracts = Vec::new();
    for (place, share) in shares.into_iter().enumerate() {
        let village = villages[place % villages.len()];
        let kept = group(books, village, land_use, share);
        // In every fifth group the households brought their land into a co-operative as shares.
        let cooperative =
            ((number + place).is_multiple_of(5)).then(|| super::cooperatives::organisation(books, &kept));
        let own = Own { number, place, purpose, price, term, rent: rents.household };
        contracts.extend(with_group(books, &kept, &own, cooperative.as_deref())?);
        groups.push(kept);
    }
    let town_company = service(books, quarter);
    let kind = if name.ends_with("合作社") {
        OrganisationKind::Cooperative
    } else {
        OrganisationKind::Enterprise
    };
    let investor = |books: &mut Books<'_>, name: &str| {
        books.firm(&Firm {
            name,
            kind,
            ownership,
            industry: "A01",
            unit: "agriculture",
            quarter: &quarter.code,
            before: date(2012, 12, 28),
        })
    };
    let mut takers = vec![investor(books, name)];
    // A large block is leased by two.
    if size > 9_000 {
        takers.push(investor(books, &format!("凯里{}农业开发有限公司", quarter.name_zh)));
    }
    let chain = levels::Chain {
        code: &code,
        office: &office,
        price: prices::key(price, term.begins_on),
        begins_on: term.begins_on,
        ends_on: term.ends_on,
        rents: &rents,
        size,
        town_company: &town_company,
    };
    let investors = levels::enter(books, &chain, (&groups, &contracts), &takers, &villages[0].code);
    Ok(Block {
        quarter: quarter.code.clone(),
        office,
        groups,
        contracts,
        investors,
        product,
        begins_on: term.begins_on,
        ends_on: term.ends_on,
    })
}

/// What the contracts of a group have in common.
struct Own<'t> {
    number: usize,
    place: usize,
    purpose: LandPurpose,
    price: &'static str,
    term: &'t Term,
    rent: i64,
}

/// The contracts of a group: one with each household, and one on the collective's own land.
fn with_group(
    books: &mut Books<'_>,
    group: &KeptGroup,
    own: &Own<'_>,
    cooperative: Option<&str>,
) -> Result<Vec<KeptContract>, DemoError> {
    let mut kept = Vec::new();
    let parties = (0..group.households.len()).map(Some).chain([None]);
    for (sequence, household) in parties.enumerate() {
        let code = format!("LZHT-{:02}{}-{:03}", own.number, own.place + 1, sequence + 1);
        let from = household.map(|index| &group.households[index]);
        let (right, area) =
            from.map_or((&group.pooled.right, group.pooled.area), |from| (&from.right, from.area));
        let mode = match (household, cooperative) {
            (None, _) => Lease,
            (Some(_), Some(_)) => Shares,
            _ => books.drawn.pick(&[Lease, Lease, Lease, Subcontract, LandBank]),
        };
        let taker = match (household, cooperative) {
            (Some(_), Some(cooperative)) => cooperative.to_owned(),
            (Some(_), None) => group.collective.clone(),
            (None, _) => {
                let quarter = books.drawn.quarters().find(|quarter| quarter.code == group.quarter);
                quarter.map_or_else(|| group.collective.clone(), |quarter| service(books, quarter))
            }
        };
        let signed_on = books.drawn.office_day(plus(own.term.begins_on, -70)..=plus(own.term.begins_on, -20));
        let payment = match mode {
            Shares => PaymentTerm::ByProfit,
            _ => books.drawn.pick(&[
                PaymentTerm::YearlyBefore,
                PaymentTerm::YearlyBefore,
                PaymentTerm::HalfYearly,
                PaymentTerm::YearlyAfter,
            ]),
        };
        let filed_on = books.drawn.after(signed_on, 3..=18);
        let deposit = if household.is_none() { area / 10 * own.rent / FEN_PER_WAN_YUAN } else { 0 };
        books.enter(TransferContract {
            code: code.clone(),
            mode,
            from_household: from.map(|from| from.code.clone()),
            from_organisation: household.is_none().then(|| group.collective.clone()),
            to_household: None,
            to_organisation: Some(taker),
            purpose: own.purpose,
            area: tenths(area),
            rent: Fen(own.rent),
            payment,
            guide_price: Some(prices::key(own.price, own.term.begins_on)),
            signed_on,
            begins_on: own.term.begins_on,
            ends_on: own.term.ends_on,
            by_agent: false,
            power_of_attorney: None,
            review: CapitalReview::NotNeeded,
            risk_deposit: Fen(deposit * FEN_PER_WAN_YUAN),
            filed_on: Some(filed_on),
            ended_early_on: None,
            plots: vec![Plot { right: right.clone(), area: tenths(area) }],
            unit: group.office.clone(),
        });
        rents(books, &code, group, own, area)?;
        let cooperative = household.and(cooperative).map(str::to_owned);
        kept.push(KeptContract { code, group: own.place, household, area, cooperative });
    }
    Ok(kept)
}

/// Half-years for which rent was owed.
const PERIODS: [&str; 3] = ["2015-H1", "2015-H2", "2016-H1"];

/// The rent of each half-year that the contract covers; a few were paid in part or not yet.
fn rents(
    books: &mut Books<'_>,
    contract: &str,
    group: &KeptGroup,
    own: &Own<'_>,
    area: i64,
) -> Result<(), DemoError> {
    for text in PERIODS {
        let period: Period = text.parse()?;
        if own.term.begins_on > period.first() || own.term.ends_on < period.last() {
            continue;
        }
        let owed = area * own.rent / 20;
        let latest = text == "2016-H1";
        let paid = match books.drawn.whole(0..=99) {
            0..=1 if latest => 0,
            2..=5 if latest => owed / 2,
            0 => owed * 4 / 5,
            _ => owed,
        };
        let due_on = plus(period.first(), 75);
        let paid_on = books.drawn.after(due_on, -20..=38);
        let receipt = books.drawn.whole(10_000..=99_999);
        books.enter(RentPayment {
            contract: contract.to_owned(),
            period,
            owed: Fen(owed),
            due_on,
            paid: Fen(paid),
            paid_on: (paid > 0).then_some(paid_on),
            receipt: (paid > 0).then(|| format!("NO.{receipt}")),
            unit: group.office.clone(),
        });
    }
    Ok(())
}

/// Households also pass land on among themselves, outside of the four levels; some of these contracts ended before their time.
fn between_households(books: &mut Books<'_>, blocks: &[Block]) {
    for number in 1..=36_i64 {
        let block = books.drawn.any_of(blocks);
        let group = &block.groups[0];
        let count = group.households.len();
        if count < 2 {
            continue;
        }
        let from = books.drawn.dice.below(count);
        let to = (from + 1 + books.drawn.dice.below(count - 1)) % count;
        let mode: TransferMode = books.drawn.pick(&[Swap, Assignment, Subcontract, Subcontract]);
        let signed_on = books.drawn.office_day(date(2012, 2, 1)..=date(2016, 6, 24));
        let begins_on = plus(signed_on, 12);
        let years = books.drawn.whole(4..=9);
        let ended_early_on =
            (number % 9 == 0).then(|| plus(begins_on, 290)).filter(|day| *day < date(2016, 6, 30));
        let area = books.drawn.whole(4..=16).min(group.households[from].area);
        let rent = match mode {
            Swap => 0,
            _ => books.drawn.whole(15..=52) * 10 * FEN_PER_YUAN,
        };
        books.enter(TransferContract {
            code: format!("HZHT-{number:03}"),
            mode,
            from_household: Some(group.households[from].code.clone()),
            from_organisation: None,
            to_household: Some(group.households[to].code.clone()),
            to_organisation: None,
            purpose: LandPurpose::Grain,
            area: tenths(area),
            rent: Fen(rent),
            payment: PaymentTerm::YearlyAfter,
            guide_price: None,
            signed_on,
            begins_on,
            ends_on: term(begins_on, years).min(date(2027, 12, 31)),
            by_agent: false,
            power_of_attorney: None,
            review: CapitalReview::NotNeeded,
            risk_deposit: Fen::ZERO,
            filed_on: None,
            ended_early_on,
            plots: vec![Plot { right: group.households[from].right.clone(), area: tenths(area) }],
            unit: group.office.clone(),
        });
    }
}
