//! Large parks and small holders (L5): improved land is leased back to households, and what they grow is bought from them.

use jiff::civil::{Date, date};
use kernel::{
    decimal::Decimal,
    money::{FEN_PER_YUAN, Fen},
    rate::{MILLIONTHS_PER_PERCENT, Rate},
};
use land::{
    lease_back::{Improvement, LeaseBack},
    purchase_agreement::{Delivery, PurchaseAgreement},
};
use planning::park::ParkKind;

use super::{
    blocks::Block,
    villages::{KeptGroup, tenths},
};
use crate::books::{
    Books,
    days::{plus, term},
    planning::Parks,
};

/// The last day of the books.
const LAST: Date = date(2016, 6, 30);
/// The lease-backs that are entered.
const LEASES: usize = 86;

/// What a product brings: how the land is improved, yuan a tonne at the least, tonnes a mu and year in thousandths.
fn product(name: &str) -> (Improvement, i64, i64) {
    match name {
        "番茄" | "辣椒" | "菜心" | "折耳根" => (Improvement::Greenhouse, 2_600, 3_400),
        "蓝莓" | "草莓" => (Improvement::Greenhouse, 18_000, 520),
        "水晶葡萄" | "杨梅" | "金秋梨" => (Improvement::Orchard, 5_200, 1_100),
        "从江香猪" | "黄牛" => (Improvement::Pens, 21_000, 640),
        "稻田鲤鱼" => (Improvement::Ponds, 19_000, 120),
        "莲藕" => (Improvement::Ponds, 3_400, 1_800),
        "香禾糯" => (Improvement::Irrigated, 4_800, 460),
        "太子参" | "银球茶" => (Improvement::Levelled, 32_000, 95),
        "油茶籽" | "烤烟" => (Improvement::Levelled, 14_000, 160),
        _ => (Improvement::Levelled, 6_000, 300),
    }
}

pub(super) fn enter(books: &mut Books<'_>, blocks: &[Block], parks: &Parks) {
    let farms: Vec<_> = parks.parks.iter().filter(|park| park.kind == ParkKind::AgriculturalPark).collect();
    for number in 1..=LEASES {
        let block = &blocks[(number * 5) % blocks.len()];
        let group: &KeptGroup = books.drawn.any_of(&block.groups);
        if group.households.is_empty() {
            continue;
        }
        let household = books.drawn.any_of(&group.households);
        let (lessor, level) = books.drawn.any_of(&block.investors).clone();
        let latest = plus(block.ends_on, -400).min(date(2016, 6, 20));
        if plus(block.begins_on, 60) > latest {
            continue;
        }
        let begins_on = books.drawn.day(plus(block.begins_on, 60)..=latest);
        let signed_on = books.drawn.office_day(plus(begins_on, -24)..=plus(begins_on, -3));
        let years = books.drawn.whole(1..=5);
        let ends_on = term(begins_on, years).min(block.ends_on);
        let (improvement, floor_yuan, yield_of_mu) = product(block.product);
        let area = books.drawn.whole(8..=42 + i64::from(household.people) * 6);
        let rent = books.drawn.whole(45..=130) * 10 * FEN_PER_YUAN;
        let by_result = books.drawn.dice.permille(640);
        let share = books.drawn.whole(25..=60) * MILLIONTHS_PER_PERCENT;
        let floor_income = books.drawn.whole(4..=14) * 1_000 * FEN_PER_YUAN;
        let purchased = books.drawn.dice.permille(830);
        let park = farms.iter().find(|park| park.quarter == block.quarter).map(|park| park.code.to_owned());
        let units = books.drawn.count(1..=6);
        let code = format!("FZDB-{number:03}");
        books.enter(LeaseBack {
            code: code.clone(),
            lessor: lessor.clone(),
            household: Some(household.code.clone()),
            organisation: None,
            park,
            level: Some(level),
            improvement,
            area: tenths(area),
            units,
            rent: Fen(rent),
            product: block.product.to_owned(),
            unified_supply: number % 4 != 0,
            unified_purchase: purchased,
            floor_income: by_result.then_some(Fen(floor_income)),
            result_share: by_result.then_some(Rate(share)),
            signed_on,
            begins_on,
            ends_on,
            outline: None,
            unit: block.office.clone(),
        });
        if purchased {
            let bought = Bought {
                code: format!("SG-{number:03}"),
                buyer: lessor,
                household: household.code.clone(),
                lease: code,
                product: block.product,
                agreed: yield_of_mu * area / 10,
                floor: Fen(floor_yuan * FEN_PER_YUAN),
                term: (signed_on, begins_on, ends_on),
                unit: block.office.clone(),
            };
            buy(books, bought);
        }
    }
}

/// An agreement on what a household grows.
struct Bought {
    code: String,
    buyer: String,
    household: String,
    lease: String,
    product: &'static str,
    /// Thousandths of a tonne a year.
    agreed: i64,
    floor: Fen,
    term: (Date, Date, Date),
    unit: String,
}

fn buy(books: &mut Books<'_>, bought: Bought) {
    let (signed_on, begins_on, ends_on) = bought.term;
    let mut deliveries = Vec::new();
    let mut day = plus(begins_on, books.drawn.whole(70..=130));
    while day <= ends_on.min(LAST) && deliveries.len() < 6 {
        let quantity = bought.agreed / 4 * books.drawn.whole(70..=125) / 100;
        let price = bought.floor.0 * books.drawn.whole(100..=138) / 100;
        let amount = (quantity * price + 999) / 1_000;
        if quantity > 0 {
            deliveries.push(Delivery { delivered_on: day, quantity: Decimal(quantity), amount: Fen(amount) });
        }
        day = books.drawn.after(day, 55..=140);
    }
    let delivered = deliveries.iter().map(|row| row.quantity.0).sum();
    let paid = deliveries.iter().map(|row| row.amount.0).sum();
    books.enter(PurchaseAgreement {
        code: bought.code,
        buyer: bought.buyer,
        household: Some(bought.household),
        organisation: None,
        lease_back: Some(bought.lease),
        product: bought.product.to_owned(),
        agreed: Decimal(bought.agreed),
        floor_price: bought.floor,
        signed_on,
        begins_on,
        ends_on,
        delivered: Decimal(delivered),
        paid: Fen(paid),
        deliveries,
        unit: bought.unit,
    });
}
