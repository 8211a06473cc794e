//! Land-share co-operatives (L2): households brought their land in as shares; a floor for each mu, and a split of what is left.

use std::collections::BTreeMap;

use finance::organisation::{OrganisationKind, Ownership};
use jiff::civil::date;
use kernel::{
    money::{FEN_PER_YUAN, Fen},
    period::Period,
    rate::{MILLIONTHS_PER_PERCENT, Rate},
};
use land::{
    cooperative::{Cooperative, CooperativeKind},
    cooperative_account::CooperativeAccount,
    cooperative_member::CooperativeMember,
};

use super::{
    blocks::{Block, KeptContract},
    villages::{KeptGroup, tenths},
};
use crate::{
    DemoError,
    books::{Books, days::plus, firms::Firm},
};

/// The co-operative of a group, as an organisation.
pub(super) fn organisation(books: &mut Books<'_>, group: &KeptGroup) -> String {
    books.firm(&Firm {
        name: &format!("凯里市{}土地股份专业合作社", group.village_name),
        kind: OrganisationKind::Cooperative,
        ownership: Ownership::Collective,
        industry: "A01",
        unit: "agriculture",
        quarter: &group.quarter,
        before: date(2012, 12, 28),
    })
}

/// What was split of the surplus: members, collective, managers, in percent.
const SPLITS: [(i64, i64, i64); 3] = [(60, 25, 15), (70, 20, 10), (55, 30, 15)];
/// Of the surplus, what goes to the reserve before it is split, in percent.
const RESERVE: i64 = 10;
/// The floor for a mu and year.
const FLOOR_YUAN: i64 = 400;

pub(super) fn enter(books: &mut Books<'_>, blocks: &[Block]) -> Result<(), DemoError> {
    let mut known = BTreeMap::new();
    for block in blocks {
        for contract in &block.contracts {
            if let (Some(key), Some(household)) = (&contract.cooperative, contract.household) {
                let members: &mut Vec<(&Block, &KeptContract, usize)> = known.entry(key.clone()).or_default();
                members.push((block, contract, household));
            }
        }
    }
    for (number, (key, members)) in known.into_iter().enumerate() {
        one(books, number, &key, &members)?;
    }
    Ok(())
}

fn one(
    books: &mut Books<'_>,
    number: usize,
    key: &str,
    members: &[(&Block, &KeptContract, usize)],
) -> Result<(), DemoError> {
    let Some((block, first, _)) = members.first() else { return Ok(()) };
    let group = &block.groups[first.group];
    // A share is a tenth of a mu.
    let shares: i64 = members.iter().map(|(_, contract, _)| contract.area).sum();
    let (of_members, of_collective, of_managers) = SPLITS[number % SPLITS.len()];
    let percent = |percent: i64| Rate(percent * MILLIONTHS_PER_PERCENT);
    let founded_on = plus(block.begins_on, -75);
    let place = books.drawn.place_in(&group.village);
    books.enter(Cooperative {
        organisation: key.to_owned(),
        division: group.village.clone(),
        kind: CooperativeKind::ALL[number % CooperativeKind::ALL.len()],
        shares: u32::try_from(shares).unwrap_or(1),
        land_area: tenths(shares),
        floor: Fen(FLOOR_YUAN * FEN_PER_YUAN),
        members_share: percent(of_members),
        collective_share: percent(of_collective),
        managers_share: percent(of_managers),
        reserve_rate: percent(RESERVE),
        founded_on,
        dissolved_on: (block.ends_on < date(2016, 1, 1)).then_some(block.ends_on),
        place,
        unit: group.office.clone(),
    });
    for (place, (block, contract, household)) in members.iter().enumerate() {
        let group = &block.groups[contract.group];
        books.enter(CooperativeMember {
            cooperative: key.to_owned(),
            number: format!("{:03}", place + 1),
            household: Some(group.households[*household].code.clone()),
            village_group: None,
            contract: Some(contract.code.clone()),
            land_area: tenths(contract.area),
            money: Fen::ZERO,
            shares: u32::try_from(contract.area).unwrap_or(0),
            joined_on: block.begins_on,
            left_on: None,
            unit: group.office.clone(),
        });
    }
    for text in ["2015-H1", "2015-H2", "2016-H1"] {
        let period: Period = text.parse()?;
        if block.begins_on > period.first() || block.ends_on < period.last() {
            continue;
        }
        let floor = shares * FLOOR_YUAN * FEN_PER_YUAN / 20;
        let surplus = shares * books.drawn.whole(900..=4_200);
        let reserve = surplus / 100 * RESERVE;
        let split = surplus - reserve;
        let (paid, kept, managed) =
            (split / 100 * of_members, split / 100 * of_collective, split / 100 * of_managers);
        let approved_on = books.drawn.after(period.last(), 4..=14);
        books.enter(CooperativeAccount {
            cooperative: key.to_owned(),
            period,
            profit: Fen(floor + surplus),
            floor_paid: Fen(floor),
            reserve: Fen(reserve),
            welfare: Fen::ZERO,
            members: Fen(paid),
            collective: Fen(kept),
            managers: Fen(managed),
            carried: Fen(split - paid - kept - managed),
            approved_on: Some(approved_on),
            unit: group.office.clone(),
        });
    }
    Ok(())
}
