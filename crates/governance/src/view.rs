//! The city's view: what rules and doors need to know of a city, held in memory and read anew when one of its registers or accounts has
//! changed ([`ledger::generation`]), also by another process.

mod grid;
mod promise;
mod reportable;
mod staff;
#[cfg(test)]
mod tests;

use std::{collections::BTreeMap, sync::Arc};

use db::Tx;
use jiff::tz::TimeZone;
use kernel::{
    calendar::Calendar,
    code::CityCode,
    error::{Coded as _, Refusal},
    id::AccountId,
    role::Role,
    time::Moment,
};
use ledger::{LedgerError, Register as _, access::account, register};
use map::geometry::{BoundingBox, Position};
use parking_lot::RwLock;
use rustc_hash::FxHashMap;

use crate::{
    case::{Place, act::Office},
    cell::Cell,
    city::City,
    dictionary::{Class, ClassKey, ClassKind, Dictionary},
    division::{Division, DivisionLevel},
    feature::Feature,
    handbook::{HandbookVersion, LocalClass, Shelf},
    unit::Unit,
};

pub use self::{
    grid::{Grid, Located, NearestCell},
    promise::Promise,
    staff::Member,
};

/// What is known of a city at one generation.
#[derive(Debug)]
pub struct View {
    /// The city.
    pub code: CityCode,
    /// The generation that it was read at.
    pub generation: u64,
    /// The city's own row.
    pub city: City,
    /// Calendar and settings, for the rules.
    pub office: Office,
    /// The time zone.
    pub zone: TimeZone,
    /// The standard's editions and the city's own classes.
    pub dictionary: Dictionary,
    /// The versions of the handbook.
    pub handbooks: Shelf,
    /// The units by code.
    pub units: BTreeMap<String, Unit>,
    /// The divisions by code.
    pub divisions: BTreeMap<String, Division>,
    /// What the base map shows beside divisions and cells.
    pub features: Vec<Feature>,
    /// When last was changed what residents may report: the city's row, its own classes, its handbooks.
    pub classes_changed_at: Moment,
    members: Vec<Member>,
    cells: Vec<Cell>,
    grids: RwLock<BTreeMap<i64, Arc<Grid>>>,
}

impl View {
    /// Reads a city.
    ///
    /// # Errors
    /// [`LedgerError::NotFound`] where there is no such city, [`LedgerError::Damaged`] where its rows contradict each other, or as the store
    /// says.
    pub fn load(tx: &mut Tx<'_>, code: CityCode) -> Result<Self, LedgerError> {
        let generation = ledger::generation::current(tx, code)?;
        let city = register::get::<City>(tx, code, City::KEY)?
            .and_then(|record| record.state.row)
            .ok_or(LedgerError::NotFound)?;
        let damaged = |code: &str| LedgerError::Damaged(format!("city: {code}"));
        let calendar = Calendar::new(city.calendar.clone()).map_err(|error| damaged(error.code()))?;
        // What will come into force later is known now: places in time are looked up, not "now".
        let mut dictionary = Dictionary::standard().map_err(|error| damaged(error.code()))?;
        for local in whole::<LocalClass>(tx, code)? {
            dictionary.add_class(local.0).map_err(|error| damaged(error.code()))?;
        }
        let mut handbooks: Vec<_> =
            whole::<HandbookVersion>(tx, code)?.into_iter().map(|version| Arc::new(version.0)).collect();
        handbooks.sort_by_key(|handbook| handbook.version());
        let units = whole::<Unit>(tx, code)?.into_iter().map(|unit| (unit.code.clone(), unit)).collect();
        let divisions = whole::<Division>(tx, code)?
            .into_iter()
            .map(|division| (division.code.clone(), division))
            .collect();
        let mut members: Vec<Member> =
            account::posts(tx, code)?.into_iter().map(|(account, post)| Member { account, post }).collect();
        members.sort_by_key(|member| member.account);
        Ok(Self {
            code,
            generation,
            zone: calendar.zone().clone(),
            office: Office { calendar, settings: city.cases.clone() },
            city,
            dictionary,
            handbooks: Shelf::try_from(handbooks).map_err(|error| damaged(error.code()))?,
            units,
            divisions,
            features: whole::<Feature>(tx, code)?,
            classes_changed_at: register::changed_at(
                tx,
                code,
                &[City::NAME, LocalClass::NAME, HandbookVersion::NAME],
            )?
            .unwrap_or_default(),
            members,
            cells: whole::<Cell>(tx, code)?,
            grids: RwLock::default(),
        })
    }

    /// The grid that is in force at a moment; an empty one where there is none.
    ///
    /// # Errors
    /// [`LedgerError::Damaged`] where its cells are too many.
    pub fn grid(&self, at: Moment) -> Result<Arc<Grid>, LedgerError> {
        let changes = self.cells.iter().flat_map(|cell| [cell.valid_from, cell.valid_to]).flatten();
        let since = changes.filter(|change| *change <= at).max().map_or(i64::MIN, Moment::millis);
        if let Some(grid) = self.grids.read().get(&since) {
            return Ok(Arc::clone(grid));
        }
        let grid = Arc::new(Grid::build(self.cells.iter().filter(|cell| in_force(cell, at)))?);
        self.grids.write().insert(since, Arc::clone(&grid));
        Ok(grid)
    }

    /// The place of a report: its cell, or why it cannot be reported here. A city without cells takes what its border, where it has one,
    /// does not exclude; it is located once a grid is in force.
    ///
    /// # Errors
    /// `position_out_of_range`, `point_outside_city` with the nearest cell and the way to it; `point_outside_border` in a city without cells.
    pub fn place(&self, position: Position, address: &str, at: Moment) -> Result<Place, LedgerError> {
        position.check().map_err(|error| Refusal::invalid(error.code()))?;
        let place = Place {
            lon: position.lon,
            lat: position.lat,
            address: kernel::text::mask_personal(address.trim()).text,
            ..Place::default()
        };
        let grid = self.grid(at)?;
        if let Some(located) = grid.locate(position) {
            return Ok(Place {
                cell: Some(located.cell.to_owned()),
                street: Some(located.street.to_owned()),
                community: Some(located.community.to_owned()),
                ..place
            });
        }
        let inside = self.city.boundary.as_ref().map(|boundary| map::locate::contains(boundary, position));
        if inside.unwrap_or(grid.is_empty()) {
            return Ok(place);
        }
        let refusal = match grid.nearest(position) {
            Some(nearest) => Refusal::invalid("point_outside_city")
                .with("cell", nearest.cell)
                .with("distance_m", nearest.distance_m.round())
                .with("lon", nearest.position.lon)
                .with("lat", nearest.position.lat),
            None => Refusal::invalid("point_outside_border"),
        };
        Err(refusal.into())
    }

    /// The class that a text names: whole (`2026-matter-06010`), or with the code alone where the city's edition has only one of that code
    /// that residents may mean.
    #[must_use]
    pub fn class(&self, text: &str) -> Option<&Class> {
        if let Ok(key) = text.parse::<ClassKey>() {
            return self.dictionary.class(&key.edition, key.kind, &key.code);
        }
        let edition = &self.city.edition;
        [ClassKind::Matter, ClassKind::Component]
            .into_iter()
            .find_map(|kind| self.dictionary.class(edition, kind, text))
    }

    /// What residents and staff may choose from: the classes of the city's edition.
    pub fn classes(&self) -> impl Iterator<Item = &Class> {
        [ClassKind::Matter, ClassKind::Component]
            .into_iter()
            .flat_map(|kind| self.dictionary.classes(&self.city.edition, kind))
    }

    /// May residents choose this class? Never a private one. In edition 2026 what is wrong with a component is a matter of the same code, so
    /// that only matters are told; and a handbook in force must have a condition for it.
    #[must_use]
    pub fn is_reportable(&self, class: &Class, at: Moment) -> bool {
        let is_mirrored =
            class.key.edition == crate::dictionary::EDITION_2026 && class.key.kind == ClassKind::Component;
        if is_mirrored || self.is_private(&class.key.to_string()) {
            return false;
        }
        self.handbook(at).is_none_or(|handbook| {
            handbook.edition() == class.key.edition
                && !handbook.find_with_mirror(class.key.kind, &class.key.code).is_empty()
        })
    }

    /// The name of a class as it is shown, where it is one of ours.
    #[must_use]
    pub fn class_name(&self, class: &str) -> Option<&str> {
        self.class(class).map(|class| class.name_zh.as_str())
    }

    /// Those who have a post of this role.
    pub fn members(&self, role: Role) -> impl Iterator<Item = &Member> {
        self.members.iter().filter(move |member| member.post.role == Some(role))
    }

    /// Who has this account, where it has a post and may sign in.
    #[must_use]
    pub fn member(&self, account: AccountId) -> Option<&Member> {
        let place = self.members.binary_search_by_key(&account, |member| member.account).ok()?;
        self.members.get(place)
    }

    /// The streets and towns.
    pub fn streets(&self) -> impl Iterator<Item = &Division> {
        self.divisions
            .values()
            .filter(|division| matches!(division.level, DivisionLevel::Street | DivisionLevel::Town))
    }

    /// Every cell in the register, of all editions.
    #[must_use]
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// The cells in force at a moment.
    pub fn cells_in_force(&self, at: Moment) -> impl Iterator<Item = &Cell> {
        self.cells.iter().filter(move |cell| in_force(cell, at))
    }

    /// The divisions in force at a moment.
    pub fn divisions_in_force(&self, at: Moment) -> impl Iterator<Item = &Division> {
        self.divisions.values().filter(move |division| {
            division.valid_from.is_none_or(|from| from <= at) && division.valid_to.is_none_or(|to| to > at)
        })
    }

    /// When cells or divisions come into force or go out of it next; none where nothing is to come.
    #[must_use]
    pub fn next_change(&self, at: Moment) -> Option<Moment> {
        let of_cells = self.cells.iter().flat_map(|cell| [cell.valid_from, cell.valid_to]);
        let of_divisions =
            self.divisions.values().flat_map(|division| [division.valid_from, division.valid_to]);
        of_cells.chain(of_divisions).flatten().filter(|change| *change > at).min()
    }

    /// The smallest box around the city: its border, its cells, or nothing.
    #[must_use]
    pub fn bounds(&self) -> Option<BoundingBox> {
        self.city.boundary.as_ref().and_then(map::geometry::MultiPolygon::bounds).or_else(|| {
            let boxes = self.cells.iter().filter_map(|cell| cell.area.bounds());
            boxes.reduce(|one, other| BoundingBox {
                west: one.west.min(other.west),
                south: one.south.min(other.south),
                east: one.east.max(other.east),
                north: one.north.max(other.north),
            })
        })
    }
}

fn in_force(cell: &Cell, at: Moment) -> bool {
    cell.valid_from.is_none_or(|from| from <= at) && cell.valid_to.is_none_or(|to| to > at)
}

/// All rows of a register that are not retired, also those that come into force later.
fn whole<R: ledger::Register>(tx: &mut Tx<'_>, city: CityCode) -> Result<Vec<R>, LedgerError> {
    let mut rows = Vec::new();
    let mut after = None;
    loop {
        let used = vec![ledger::Condition::Empty("retired_at")];
        let page = register::list::<R>(tx, city, used, after, ledger::record::PAGE_RECORDS_MAX)?;
        let Some(last) = page.last() else { return Ok(rows) };
        after = Some(last.row);
        rows.extend(page.into_iter().filter_map(|record| record.state.row));
        if rows.len() > register::REGISTER_ROWS_MAX {
            return Err(LedgerError::Damaged(format!(
                "{}: more than {} rows",
                R::NAME,
                register::REGISTER_ROWS_MAX
            )));
        }
    }
}

/// The views of all cities of a process; clones share them.
#[derive(Debug, Clone, Default)]
pub struct Views(Arc<RwLock<FxHashMap<CityCode, Arc<View>>>>);

impl Views {
    /// The view of a city as it is in this transaction's snapshot.
    ///
    /// # Errors
    /// As [`View::load`].
    pub fn of(&self, tx: &mut Tx<'_>, city: CityCode) -> Result<Arc<View>, LedgerError> {
        let generation = ledger::generation::current(tx, city)?;
        if let Some(view) = self.0.read().get(&city)
            && view.generation == generation
        {
            return Ok(Arc::clone(view));
        }
        let view = Arc::new(View::load(tx, city)?);
        let mut views = self.0.write();
        // A reader with an older snapshot must not take the place of a newer view.
        if views.get(&city).is_none_or(|known| known.generation < view.generation) {
            views.insert(city, Arc::clone(&view));
        }
        Ok(view)
    }
}
