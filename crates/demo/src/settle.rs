//! The ground becomes a city in the ledger: its registers, its handbook, its people's accounts.

use std::collections::BTreeMap;

use governance::{
    city::City,
    dictionary::Dictionary,
    handbook::{HandbookVersion, default_2026},
};
use jiff::civil::Date;
use kernel::{
    code::CityCode,
    id::AccountId,
    role::{ActorId, Role},
    time::Moment,
};
use ledger::{
    By, Ledger, LedgerError,
    access::account::{self, NewAccount, Post},
    register,
};

use crate::{
    DemoError, Ground,
    ground::{Feature, Unit},
    life::Dice,
};

/// The edition of the grid.
const GRID_EDITION: &str = "1";
/// Whom residents may ask.
const HOTLINE: &str = "12345";

/// Enters the ground; gives the accounts in the order of its people.
pub(crate) fn settle(
    ledger: &Ledger,
    city: CityCode,
    ground: &Ground,
    (password, password_hash): (&str, String),
    (at, first): (Moment, Date),
    dice: &mut Dice,
) -> Result<Vec<(AccountId, Post)>, DemoError> {
    let row = City {
        name_en: ground.outline.name_en.clone(),
        contact: HOTLINE.to_owned(),
        demonstration: true,
        demonstration_password: Some(password.to_owned()),
        boundary: Some(ground.outline.boundary.clone()),
        ..City::new(&ground.outline.name_zh, "Asia/Shanghai")
    };
    let handbook = default_2026(&Dictionary::standard()?, first)?;
    let people: Vec<(AccountId, NewAccount)> = ground
        .people
        .iter()
        .map(|person| {
            let post = Post {
                role: Some(person.role),
                unit: person.unit.clone(),
                streets: Vec::new(),
                cells: person.cells.clone(),
            };
            let new = NewAccount {
                sign_in: person.sign_in.clone(),
                name: person.name_zh.clone(),
                post,
                password: password_hash.clone(),
                must_change_password: false,
            };
            (AccountId::fresh(dice, at), new)
        })
        .collect();
    let posts = people.iter().map(|(id, new)| (*id, new.post.clone())).collect();
    let vault = ledger.vault().clone();
    let divisions: Vec<_> = ground.divisions.iter().map(|division| division.row(None)).collect();
    let units: Vec<_> = ground.units.iter().map(Unit::row).collect();
    let cells: Vec<_> = ground.cells.iter().map(|cell| cell.row(GRID_EDITION, None)).collect();
    let features: Vec<_> = ground.features.iter().map(Feature::row).collect();
    ledger.db().write_blocking(move |tx| {
        let by = By { actor: ActorId::System, at };
        register::put(tx, city, row, Some(0), &by)?;
        for row in divisions {
            register::put(tx, city, row, Some(0), &by)?;
        }
        for row in units {
            register::put(tx, city, row, Some(0), &by)?;
        }
        for row in cells {
            register::put(tx, city, row, Some(0), &by)?;
        }
        for row in features {
            register::put(tx, city, row, Some(0), &by)?;
        }
        register::put(tx, city, HandbookVersion(handbook), Some(0), &by)?;
        for (id, new) in people {
            account::create(&vault, tx, city, id, &new, &by)?;
        }
        Ok::<_, LedgerError>(())
    })?;
    Ok(posts)
}

/// How many people hold each post, for the one line that `demo` ends with.
pub(crate) fn posts_of(people: &[(AccountId, Post)]) -> BTreeMap<Role, usize> {
    let mut posts = BTreeMap::new();
    for role in people.iter().filter_map(|(_, post)| post.role) {
        *posts.entry(role).or_default() += 1;
    }
    posts
}

/// The ground without a life, for tests of the books; gives the moment at which books are entered.
#[cfg(test)]
pub(crate) fn settle_for_books(ledger: &Ledger, city: CityCode, ground: &Ground) -> Moment {
    let at = Moment::parse_iso("2016-06-30T18:00:00+08:00").unwrap();
    let first = jiff::civil::date(2016, 1, 1);
    settle(ledger, city, ground, ("", String::new()), (at, first), &mut Dice::new(1, "settle")).unwrap();
    at
}
