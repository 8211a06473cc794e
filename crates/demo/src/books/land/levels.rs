//! The four levels of a block (L3): guide price, groups, township, investors. What is above adds up from what is below.

use jiff::civil::Date;
use kernel::{money::Fen, shape::Surface};
use land::transfer_level::{ChainLevel, LevelPart, TransferLevel};

use super::{
    blocks::{KeptContract, Rents},
    villages::{KeptGroup, tenths},
};
use crate::books::{Books, days::plus};

/// What the levels of a block have in common.
pub(super) struct Chain<'c> {
    pub(super) code: &'c str,
    pub(super) office: &'c str,
    /// The key of the guide price.
    pub(super) price: String,
    pub(super) begins_on: Date,
    pub(super) ends_on: Date,
    pub(super) rents: &'c Rents,
    /// In tenths of a mu.
    pub(super) size: i64,
    pub(super) town_company: &'c str,
}

/// One level: its code after the block's, which it is, tenths of a mu, what it is made of, rent and what of it goes down.
struct Level {
    suffix: String,
    level: ChainLevel,
    group: Option<String>,
    taker: Option<String>,
    area: i64,
    parts: Vec<LevelPart>,
    rent: i64,
    passed_on: i64,
    /// What stays here is the collective's, not a fee.
    of_collective: bool,
    outline: Option<Surface>,
}

/// Enters the levels; gives the investors, each with the key of its level.
pub(super) fn enter(
    books: &mut Books<'_>,
    chain: &Chain<'_>,
    (groups, contracts): (&[KeptGroup], &[KeptContract]),
    takers: &[String],
    village: &str,
) -> Vec<(String, String)> {
    let rents = chain.rents;
    let guide = Level {
        suffix: "G".to_owned(),
        level: ChainLevel::Guide,
        group: None,
        taker: None,
        area: chain.size,
        parts: Vec::new(),
        rent: rents.guide,
        passed_on: rents.guide,
        of_collective: false,
        outline: None,
    };
    level(books, chain, guide);
    let mut below = Vec::new();
    for (place, group) in groups.iter().enumerate() {
        let own: Vec<&KeptContract> = contracts.iter().filter(|contract| contract.group == place).collect();
        let area = own.iter().map(|contract| contract.area).sum();
        let part = |contract: &&KeptContract| LevelPart {
            contract: Some(contract.code.clone()),
            level: None,
            area: tenths(contract.area),
        };
        let of_group = Level {
            suffix: format!("C{}", place + 1),
            level: ChainLevel::Group,
            group: Some(group.code.clone()),
            taker: Some(group.collective.clone()),
            area,
            parts: own.iter().map(part).collect(),
            rent: rents.group,
            passed_on: rents.household,
            of_collective: true,
            outline: None,
        };
        let key = level(books, chain, of_group);
        below.push(LevelPart { contract: None, level: Some(key), area: tenths(area) });
    }
    let side = (chain.size as f64 * 200.0 / 3.0).sqrt();
    let middle = books.drawn.place_in(village);
    let outline = middle.map(|middle| books.drawn.block(middle, side * 1.3, side / 1.3));
    let town = Level {
        suffix: "T".to_owned(),
        level: ChainLevel::Town,
        group: None,
        taker: Some(chain.town_company.to_owned()),
        area: chain.size,
        parts: below,
        rent: rents.town,
        passed_on: rents.group,
        of_collective: false,
        outline: outline.clone(),
    };
    let town = level(books, chain, town);
    let shares = books.drawn.shares(chain.size, takers.len(), 1);
    let mut investors = Vec::new();
    for (place, (taker, area)) in takers.iter().zip(shares).enumerate() {
        let leased = Level {
            suffix: format!("Y{}", place + 1),
            level: ChainLevel::Investor,
            group: None,
            taker: Some(taker.clone()),
            area,
            parts: vec![LevelPart { contract: None, level: Some(town.clone()), area: tenths(area) }],
            rent: rents.town,
            passed_on: rents.town,
            of_collective: false,
            outline: if place == 0 { outline.clone() } else { None },
        };
        investors.push((taker.clone(), level(books, chain, leased)));
    }
    investors
}

/// Enters one level; gives its key.
fn level(books: &mut Books<'_>, chain: &Chain<'_>, own: Level) -> String {
    let code = format!("{}-{}", chain.code, own.suffix);
    let kept_here = Fen(own.rent - own.passed_on);
    let (service_fee, collective_share) =
        if own.of_collective { (Fen::ZERO, kept_here) } else { (kept_here, Fen::ZERO) };
    let signed_on = books.drawn.office_day(plus(chain.begins_on, -18)..=plus(chain.begins_on, -2));
    books.enter(TransferLevel {
        code: code.clone(),
        block: chain.code.to_owned(),
        level: own.level,
        village_group: own.group,
        taker: own.taker,
        guide_price: chain.price.clone(),
        area: tenths(own.area),
        rent: Fen(own.rent),
        passed_on: Fen(own.passed_on),
        service_fee,
        collective_share,
        signed_on,
        begins_on: chain.begins_on,
        ends_on: chain.ends_on,
        parts: own.parts,
        outline: own.outline,
        unit: chain.office.to_owned(),
    });
    code
}
