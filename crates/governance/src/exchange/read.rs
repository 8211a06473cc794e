//! One row to one case: what a row says, and what is odd about it. Pure: the same row, mapping and city give the same.

use std::collections::BTreeMap;

use documents::{
    datetime::{DateTimeFault, DateTimeReader},
    table::Row,
    write::without_formula_guard,
};
use kernel::{
    id::CaseId,
    time::{DAY_MS, Moment},
};
use map::geometry::Position;
use rustc_hash::FxHashMap;

use super::{
    ORIGIN_REFERENCE_CHARS_MAX, case_id,
    coordinates::{self, Coordinates},
    ground::{Ground, Whereabouts},
    mapping::{DateColumn, Mapping, PlaceColumns, Plan, nameless},
    personal::masked,
    remark::Remark,
    role::ColumnRole,
    words,
};
use crate::case::{
    Command, Event, Fact, IMPORT_FIELDS_BYTES_MAX, IMPORT_FIELDS_MAX, Import, Lane, NAME_CHARS_MAX, Origin,
    Place, Report, Source, Stage, TEXT_CHARS_MAX, decide,
};

/// Words of a column whose meaning is remembered.
const WORDS_REMEMBERED_MAX: usize = 10_000;
/// Longest address of a case, characters.
const ADDRESS_CHARS_MAX: usize = NAME_CHARS_MAX * 2;

/// A row that can be a case.
pub(super) struct Draft {
    /// The row's number.
    pub(super) row: u64,
    /// The case's id.
    pub(super) id: CaseId,
    /// What the rules make of it where the case is new. Decided by the reader, so that the store's one writer only writes.
    pub(super) events: Vec<Event>,
}

impl Draft {
    /// What the row says.
    pub(super) fn import(&self) -> Option<&Import> {
        self.events.iter().find_map(|event| match &event.fact {
            Fact::Imported(import) => Some(import.as_ref()),
            _ => None,
        })
    }
}

/// Reads the rows of one file.
pub(super) struct RowReader<'a> {
    ground: &'a Ground<'a>,
    mapping: &'a Mapping,
    plan: Plan,
    dates: FxHashMap<ColumnRole, Vec<DateTimeReader>>,
    classes: FxHashMap<String, Option<String>>,
    states: FxHashMap<String, Option<Stage>>,
    channels: FxHashMap<String, Option<Source>>,
    /// Cells of text files may carry the apostrophe that keeps spreadsheet programs from calculating.
    guarded: bool,
}

/// A row on its way to a case.
struct Reading<'r, 's> {
    row: Row<'r>,
    remarks: &'s mut Vec<Remark>,
}

impl Reading<'_, '_> {
    fn say(&mut self, column: &str, value: &str, code: &'static str) {
        self.remarks.push(Remark::new(self.row.number(), column, value, code));
    }
}

impl<'a> RowReader<'a> {
    pub(super) fn new(ground: &'a Ground<'a>, mapping: &'a Mapping, plan: Plan, guarded: bool) -> Self {
        let readers = |column: &DateColumn| -> Vec<DateTimeReader> {
            column.formats.iter().map(|format| DateTimeReader::new(*format, plan.zone.clone())).collect()
        };
        let mut dates = FxHashMap::default();
        dates.insert(ColumnRole::ReportedAt, readers(&mapping.reported_at));
        for (role, column) in [
            (ColumnRole::ClosedAt, &mapping.closed_at),
            (ColumnRole::UpdatedAt, &mapping.updated_at),
            (ColumnRole::DueAt, &mapping.due_at),
        ] {
            dates.extend(column.as_ref().map(|column| (role, readers(column))));
        }
        let classes = mapping.class.words.iter().map(|(word, class)| (word.clone(), Some(class.clone())));
        let given = |word: &String| words::plain(word);
        Self {
            classes: classes.collect(),
            states: mapping
                .state
                .iter()
                .flat_map(|column| column.words.iter().map(|(word, stage)| (given(word), Some(*stage))))
                .collect(),
            channels: mapping
                .channel
                .iter()
                .flat_map(|column| column.words.iter().map(|(word, source)| (given(word), Some(*source))))
                .collect(),
            ground,
            mapping,
            dates,
            plan,
            guarded,
        }
    }

    /// What a row says, with what is odd about it; or why it can be no case.
    pub(super) fn read(&mut self, row: Row<'_>, remarks: &mut Vec<Remark>) -> Result<Draft, Remark> {
        let mut reading = Reading { row, remarks };
        let refused = |column: &str, value: &str, code| Err(Remark::new(row.number(), column, value, code));
        let id = self.cell(&row, ColumnRole::Id).trim();
        if id.is_empty() {
            return refused(&self.mapping.id, "", "import_id_missing");
        }
        let reported_cell = self.cell(&row, ColumnRole::ReportedAt);
        let reported_at = match self.moment(ColumnRole::ReportedAt, reported_cell) {
            Ok(moment) => moment,
            Err(DateTimeFault::Empty) => {
                return refused(&self.mapping.reported_at.column, "", "import_reported_at_missing");
            }
            Err(_) => {
                let column = &self.mapping.reported_at.column;
                return refused(column, reported_cell, "import_reported_at_unreadable");
            }
        };
        let class_word = self.cell(&row, ColumnRole::Class).trim();
        if class_word.is_empty() {
            return refused(&self.mapping.class.column, "", "import_class_missing");
        }
        if let Some(fault) = row.fault() {
            let column = fault.column().and_then(|column| self.plan.fields.get(column).cloned().flatten());
            reading.say(column.as_deref().unwrap_or_default(), "", fault.code());
        }
        if reported_at.1 {
            reading.say(&self.mapping.reported_at.column, reported_cell, "import_clock_changed");
        }
        let reported_at = reported_at.0;
        if reported_at > self.ground.now {
            reading.say(&self.mapping.reported_at.column, reported_cell, "import_reported_in_future");
        }
        let closed_at = self.optional_date(ColumnRole::ClosedAt, &mut reading);
        let updated_at = self.optional_date(ColumnRole::UpdatedAt, &mut reading);
        self.look_at_promise(reported_at, &mut reading);
        let stage = self.stage(closed_at, &mut reading);
        self.look_at_closing(reported_at, closed_at, stage, &mut reading);
        let source = self.channel(&mut reading);
        let class = self.class(class_word);
        let (place, address) = self.place(&mut reading);
        let text = self.text(place.is_none().then_some(address), &mut reading);
        let fields = self.fields(&mut reading);
        let origin = Origin {
            source: self.mapping.source.clone(),
            id: cut(id, NAME_CHARS_MAX, || reading.say(&self.mapping.id, id, "import_id_cut")),
            class: Some(cut(&masked(class_word).0, NAME_CHARS_MAX, || {
                reading.say(&self.mapping.class.column, class_word, "import_class_cut");
            })),
        };
        let report = Report {
            reference: reference(id),
            token_hash: None,
            source,
            lane: Lane::Ordinary,
            reporter: None,
            text,
            place,
            class,
            component: None,
            urgent: false,
            attachments: Vec::new(),
            parent: None,
        };
        let import = Import {
            report,
            reported_at,
            closed_at,
            updated_at,
            stage,
            outcome: None,
            origin: Some(origin),
            fields,
        };
        let id = case_id(self.ground.city, &self.mapping.source, id);
        let command = Command::Import(Box::new(import));
        match decide(None, &command, &self.ground.context(id)) {
            Ok(events) => Ok(Draft { row: row.number(), id, events }),
            Err(refusal) => refused(&self.mapping.id, "", refusal.code),
        }
    }

    /// A role's cell; empty where the role has no column.
    fn cell<'r>(&self, row: &Row<'r>, role: ColumnRole) -> &'r str {
        let text = self.plan.column(role).map_or("", |column| row.get(column));
        if self.guarded { without_formula_guard(text) } else { text }
    }

    fn name(&self, role: ColumnRole) -> String {
        let place = self.plan.column(role).unwrap_or_default();
        self.plan.fields.get(place).cloned().flatten().unwrap_or_default()
    }

    /// A date by the first format that reads it, and whether clocks were changed at that time.
    fn moment(&mut self, role: ColumnRole, cell: &str) -> Result<(Moment, bool), DateTimeFault> {
        let mut worst = DateTimeFault::Empty;
        for reader in self.dates.get_mut(&role).into_iter().flatten() {
            match reader.read(cell) {
                Ok(reading) => return Ok((reading.moment, reading.change.is_some())),
                Err(fault) => worst = fault,
            }
        }
        Err(worst)
    }

    fn optional_date(&mut self, role: ColumnRole, reading: &mut Reading<'_, '_>) -> Option<Moment> {
        let cell = self.cell(&reading.row, role);
        match self.moment(role, cell) {
            Ok((moment, changed)) => {
                if changed {
                    reading.say(&self.name(role), cell, "import_clock_changed");
                }
                Some(moment)
            }
            Err(DateTimeFault::Empty) => None,
            Err(_) => {
                reading.say(&self.name(role), cell, "import_date_unreadable");
                None
            }
        }
    }

    fn look_at_promise(&mut self, reported_at: Moment, reading: &mut Reading<'_, '_>) {
        if self.plan.column(ColumnRole::DueAt).is_none() {
            return;
        }
        let cell = self.cell(&reading.row, ColumnRole::DueAt);
        if cell.trim().is_empty() {
            return reading.say(&self.name(ColumnRole::DueAt), "", "import_due_missing");
        }
        // A promised day is often written as its midnight.
        let due = self.optional_date(ColumnRole::DueAt, reading);
        if due.is_some_and(|due| due + DAY_MS <= reported_at) {
            reading.say(&self.name(ColumnRole::DueAt), cell, "import_due_before_reported");
        }
    }

    /// Where it stands: what the word means, otherwise what a closing date says.
    fn stage(&mut self, closed_at: Option<Moment>, reading: &mut Reading<'_, '_>) -> Stage {
        let by_date = if closed_at.is_some() { Stage::Closed } else { Stage::Reported };
        if self.plan.column(ColumnRole::State).is_none() {
            return by_date;
        }
        let word = self.cell(&reading.row, ColumnRole::State).trim();
        if word.is_empty() {
            reading.say(&self.name(ColumnRole::State), "", "import_state_missing");
            return by_date;
        }
        let meant = remembered(&mut self.states, words::plain(word), words::stage);
        meant.unwrap_or_else(|| {
            reading.say(&self.name(ColumnRole::State), word, "import_state_unknown");
            by_date
        })
    }

    fn look_at_closing(
        &self,
        reported_at: Moment,
        closed_at: Option<Moment>,
        stage: Stage,
        reading: &mut Reading<'_, '_>,
    ) {
        let cell = self.cell(&reading.row, ColumnRole::ClosedAt);
        let mut say = |code| reading.say(&self.name(ColumnRole::ClosedAt), cell, code);
        match closed_at {
            Some(closed_at) => {
                if closed_at < reported_at {
                    say("import_closed_before_reported");
                } else if closed_at == reported_at {
                    say("import_closed_at_once");
                }
                if stage != Stage::Closed {
                    say("import_closed_without_state");
                }
            }
            None if stage == Stage::Closed
                && cell.trim().is_empty()
                && self.plan.column(ColumnRole::ClosedAt).is_some() =>
            {
                say("import_closing_date_missing");
            }
            None => {}
        }
    }

    fn channel(&mut self, reading: &mut Reading<'_, '_>) -> Source {
        let word = self.cell(&reading.row, ColumnRole::Channel).trim();
        if word.is_empty() {
            return Source::OtherPlatform;
        }
        let meant = remembered(&mut self.channels, words::plain(word), words::channel);
        meant.unwrap_or_else(|| {
            reading.say(&self.name(ColumnRole::Channel), word, "import_channel_unknown");
            Source::OtherPlatform
        })
    }

    fn class(&mut self, word: &str) -> Option<String> {
        let resolve = &self.ground.class;
        remembered(&mut self.classes, word.to_owned(), |word| resolve(word))
    }

    /// The place with its cell, and the address, which is the place's where there is one.
    fn place(&self, reading: &mut Reading<'_, '_>) -> (Option<Place>, String) {
        let cell = self.cell(&reading.row, ColumnRole::Address).trim();
        let address = cut(&masked(cell).0, ADDRESS_CHARS_MAX, || {
            reading.say(&self.name(ColumnRole::Address), cell, "import_address_cut");
        });
        let (role, shown, found) = match &self.mapping.place {
            None => return (None, address),
            Some(PlaceColumns::Columns { .. }) => {
                let lon = self.cell(&reading.row, ColumnRole::Lon);
                let lat = self.cell(&reading.row, ColumnRole::Lat);
                let shown = if lon.trim().is_empty() && lat.trim().is_empty() {
                    String::new()
                } else {
                    format!("{lon}, {lat}")
                };
                (ColumnRole::Lon, shown, coordinates::of_two(lon, lat, self.mapping.decimal_comma))
            }
            Some(PlaceColumns::Point { order, .. }) => {
                let cell = self.cell(&reading.row, ColumnRole::Point);
                let found = coordinates::of_one(cell, *order, self.mapping.decimal_comma);
                (ColumnRole::Point, cell.trim().to_owned(), found)
            }
        };
        let position = match found {
            Coordinates::At(position) => position,
            Coordinates::Not(code) => {
                reading.say(&self.name(role), &shown, code);
                return (None, address);
            }
        };
        let Position { lon, lat } = position;
        let mut place = Place { lon, lat, address, ..Place::default() };
        match (self.ground.locate)(position) {
            Whereabouts::Inside { cell, street, community } => {
                (place.cell, place.street, place.community) = (Some(cell), Some(street), Some(community));
            }
            Whereabouts::NoCell => {}
            Whereabouts::Outside => reading.say(&self.name(role), &shown, "import_outside_city"),
        }
        let address = place.address.clone();
        (Some(place), address)
    }

    /// What was said. Without coordinates there is no place to hang the address on: it stands below the text, where search finds it.
    fn text(&self, address: Option<String>, reading: &mut Reading<'_, '_>) -> String {
        let cell = self.cell(&reading.row, ColumnRole::Text).trim();
        let mut text = masked(cell).0.into_owned();
        if let Some(address) =
            address.filter(|address| !address.is_empty() && !text.contains(address.as_str()))
        {
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(&address);
        }
        cut(&text, TEXT_CHARS_MAX, || {
            let shown: String = cell.chars().take(60).collect();
            reading.say(&self.name(ColumnRole::Text), &shown, "import_text_cut");
        })
    }

    /// Every cell that has a value, by its column's name, without what identifies a person.
    fn fields(&self, reading: &mut Reading<'_, '_>) -> BTreeMap<String, String> {
        let row = reading.row;
        let mut fields = BTreeMap::new();
        let mut bytes = 0;
        let exact = [
            ColumnRole::Id,
            ColumnRole::ReportedAt,
            ColumnRole::ClosedAt,
            ColumnRole::UpdatedAt,
            ColumnRole::DueAt,
            ColumnRole::Lon,
            ColumnRole::Lat,
            ColumnRole::Point,
        ]
        .map(|role| self.plan.column(role));
        for (place, cell) in row.cells().enumerate() {
            let name = match self.plan.fields.get(place) {
                Some(Some(name)) => name.clone(),
                Some(None) => continue,
                None => nameless(place),
            };
            let cell = if self.guarded { without_formula_guard(cell) } else { cell };
            if cell.is_empty() {
                continue;
            }
            // What was read as a number or a date is no telephone number, whatever it looks like.
            let exact = exact.contains(&Some(place)) || coordinates::are_decimals(cell);
            let (value, found) = if exact { (cell.into(), false) } else { masked(cell) };
            if found {
                reading.say(&name, cell, "import_personal_masked");
            }
            bytes += name.len() + value.len();
            if bytes > IMPORT_FIELDS_BYTES_MAX || fields.len() >= IMPORT_FIELDS_MAX {
                reading.say(&name, "", "import_fields_cut");
                break;
            }
            fields.insert(name, value.into_owned());
        }
        fields
    }
}

/// The meaning of a word, looked up once.
fn remembered<T: Clone>(
    known: &mut FxHashMap<String, Option<T>>,
    word: String,
    look_up: impl FnOnce(&str) -> Option<T>,
) -> Option<T> {
    if let Some(meaning) = known.get(&word) {
        return meaning.clone();
    }
    let meaning = look_up(&word);
    if known.len() < WORDS_REMEMBERED_MAX {
        known.insert(word, meaning.clone());
    }
    meaning
}

/// The first characters of a text; says so where there were more.
fn cut(text: &str, characters_max: usize, say: impl FnOnce()) -> String {
    match text.char_indices().nth(characters_max) {
        Some((end, _)) => {
            say();
            text[..end].trim_end().to_owned()
        }
        None => text.to_owned(),
    }
}

/// The id as the case's reference: short, without signs that no keyboard has, and none that could be one of the city's own.
fn reference(id: &str) -> Option<String> {
    let usable = id.chars().count() <= ORIGIN_REFERENCE_CHARS_MAX
        && !id.chars().any(char::is_control)
        && crate::reference::read(id).is_none();
    usable.then(|| id.to_owned())
}
