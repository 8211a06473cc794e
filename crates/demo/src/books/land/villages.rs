//! Village groups with their households, parcels and rights (L2).

use finance::organisation::{OrganisationKind, Ownership};
use jiff::civil::date;
use kernel::{
    area::{Area, AreaUnit},
    rate::{MILLIONTHS, Rate},
};
use land::{
    household::Household,
    land_right::{LandRight, RightKind},
    parcel::{Ownership as ParcelOwnership, Parcel},
    village_group::VillageGroup,
};

use crate::{
    books::{Books, firms::Firm},
    ground::Division,
};

/// A tenth of a mu: what contracts on land are counted in.
pub(super) const TENTH: i64 = AreaUnit::Mu.units() / 10;

/// An area of so many tenths of a mu.
pub(super) const fn tenths(count: i64) -> Area {
    Area::from_units(count * TENTH)
}

/// A household with the right that it holds.
pub(super) struct KeptHousehold {
    pub(super) code: String,
    pub(super) right: String,
    /// Of its right, in tenths of a mu.
    pub(super) area: i64,
    pub(super) people: u32,
}

/// A group with its households and the land that the collective itself has.
pub(super) struct KeptGroup {
    pub(super) code: String,
    pub(super) village: String,
    pub(super) village_name: String,
    pub(super) quarter: String,
    pub(super) office: String,
    pub(super) collective: String,
    pub(super) households: Vec<KeptHousehold>,
    pub(super) pooled: KeptPooled,
}

/// Land that the collective passes on by itself.
pub(super) struct KeptPooled {
    pub(super) right: String,
    /// In tenths of a mu.
    pub(super) area: i64,
}

/// What parcels of households are called.
const FIELDS: [&str; 12] =
    ["大田坝", "秧田", "河边田", "寨脚", "坡脚", "老屋基", "井边", "沙坝", "桥头", "岩脚", "枫木坳", "新田"];

const NUMERALS: [&str; 8] = ["一", "二", "三", "四", "五", "六", "七", "八"];

/// A group of a village that passes so many tenths of a mu on together.
pub(super) fn group(books: &mut Books<'_>, village: &Division, land_use: &str, together: i64) -> KeptGroup {
    let number = 1 + books.drawn.dice.below(NUMERALS.len());
    let code = format!("{}{number:02}", village.code);
    let office = books.drawn.office(&village.parent);
    let collective = books.firm(&Firm {
        name: &format!("凯里市{}股份经济合作社", village.name_zh),
        kind: OrganisationKind::VillageCollective,
        ownership: Ownership::Collective,
        industry: "A05",
        unit: "agriculture",
        quarter: &village.parent,
        before: date(2012, 12, 28),
    });
    let count = books.drawn.count(38..=96);
    let owned = together * 3 + books.drawn.whole(2_000..=9_000);
    let leader = books.person();
    let place = books.drawn.place_in(&village.code);
    let people = count * 4 + books.drawn.count(0..=40);
    books.enter(VillageGroup {
        code: code.clone(),
        name: format!("{}{}组", village.name_zh, NUMERALS[number - 1]),
        division: village.code.clone(),
        collective: Some(collective.clone()),
        leader: Some(leader),
        households: count,
        people,
        area: tenths(owned),
        arable_area: tenths(owned * 2 / 5),
        place,
        outline: None,
        unit: office.clone(),
    });
    let mut kept = KeptGroup {
        code,
        village: village.code.clone(),
        village_name: village.name_zh.clone(),
        quarter: village.parent.clone(),
        office,
        collective,
        households: Vec::new(),
        pooled: KeptPooled { right: String::new(), area: 0 },
    };
    let mut left = together;
    for number in 1..=books.drawn.whole(5..=8) {
        // The collective keeps at least a third of what is passed on together.
        let area = books.drawn.whole(18..=74).min((left - together / 3).max(0));
        if area > 0 {
            left -= area;
            kept.households.push(household(books, &kept, number, land_use, area));
        }
    }
    kept.pooled = pooled(books, &kept, land_use, left);
    kept
}

/// A parcel and the right to it; gives the code of the right.
fn right(
    books: &mut Books<'_>,
    group: &KeptGroup,
    number: i64,
    land_use: &str,
    area: i64,
    household: Option<&str>,
) -> String {
    let parcel = format!("{}{number:05}", group.code);
    let name = books.drawn.pick(&FIELDS);
    // What the survey measured is a little more than what the contract of the eighties says.
    let measured = Area::from_units(area * TENTH / 1_000 * books.drawn.whole(1_000..=1_160));
    let surveyed_on = books.drawn.office_day(date(2013, 3, 4)..=date(2015, 6, 26));
    let grade = books.drawn.count(1..=6);
    let outline = books.drawn.place_in(&group.village).map(|middle| {
        let side = (measured.square_metres()).sqrt();
        books.drawn.block(middle, side, side)
    });
    books.enter(Parcel {
        code: parcel.clone(),
        name: Some(name.to_owned()),
        village_group: group.code.clone(),
        ownership: ParcelOwnership::Collective,
        land_use: land_use.to_owned(),
        grade: Some(grade),
        basic_farmland: land_use == "011" && grade < 4,
        contract_area: tenths(area),
        measured_area: measured,
        surveyed_on: Some(surveyed_on),
        boundaries: None,
        outline,
        unit: group.office.clone(),
    });
    let code = format!("{parcel}-J");
    let certificate = books.drawn.dice.permille(820);
    books.enter(LandRight {
        code: code.clone(),
        parcel,
        kind: if household.is_some() { RightKind::Contract } else { RightKind::Management },
        household: household.map(str::to_owned),
        organisation: household.is_none().then(|| group.collective.clone()),
        village_group: None,
        share: Rate(MILLIONTHS),
        area: tenths(area),
        certificate: certificate.then(|| format!("黔（2015）凯里市农村土地承包经营权第{number:05}号")),
        registered_on: certificate.then_some(surveyed_on),
        // The second round of contracts runs for thirty years; the collective's own land was registered when it was founded.
        begins_on: Some(if household.is_some() { date(1998, 1, 1) } else { date(2013, 1, 1) }),
        ends_on: Some(date(2027, 12, 31)),
        mortgaged_to: None,
        unit: group.office.clone(),
    });
    code
}

fn household(
    books: &mut Books<'_>,
    group: &KeptGroup,
    number: i64,
    land_use: &str,
    area: i64,
) -> KeptHousehold {
    let code = format!("{}{number:04}", group.code);
    let head = books.person();
    let people = books.drawn.count(2..=7);
    let more = books.drawn.whole(0..=22);
    let moved_away = books.drawn.dice.permille(230);
    books.enter(Household {
        code: code.clone(),
        village_group: group.code.clone(),
        head,
        people,
        contract: Some(format!("{code}J")),
        contract_area: tenths(area + more),
        contract_begins_on: Some(date(1998, 1, 1)),
        contract_ends_on: Some(date(2027, 12, 31)),
        moved_away,
        members: Vec::new(),
        unit: group.office.clone(),
    });
    let right = right(books, group, number, land_use, area, Some(&code));
    KeptHousehold { code, right, area, people }
}

fn pooled(books: &mut Books<'_>, group: &KeptGroup, land_use: &str, area: i64) -> KeptPooled {
    KeptPooled { right: right(books, group, 900, land_use, area, None), area }
}
