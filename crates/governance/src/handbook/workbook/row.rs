//! One row of a handbook sheet: every field read, every fault of the row collected.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::Import;
use crate::{
    dictionary::{Class, ClassKey, ClassKind, Dictionary, Edition, FieldFault, fold},
    handbook::{
        AreaClass, Column, Condition, MandatoryItem, Priority, SeasonSpan, Unit, parse_milestones,
        parse_thresholds,
    },
};

/// A row that can be a condition.
pub(super) struct Reading {
    pub(super) condition: Condition,
    /// A class that the row brings.
    pub(super) class: Option<Class>,
    pub(super) warnings: Vec<FieldFault>,
    /// What the sheet has no column for.
    pub(super) absent: Absent,
}

/// The columns that the sheet lacks; the version before speaks for them.
pub(super) struct Absent(Vec<Column>);

impl Absent {
    /// Fills what the sheet cannot say from the condition's version before.
    pub(super) fn carry_over(&self, previous: &Condition, condition: &mut Condition) {
        for column in &self.0 {
            match column {
                Column::ConditionEn => condition.condition_en.clone_from(&previous.condition_en),
                Column::ClosingEn => condition.closing_en.clone_from(&previous.closing_en),
                Column::LimitA => carry_area(AreaClass::A, previous, condition),
                Column::LimitB => carry_area(AreaClass::B, previous, condition),
                Column::LimitC => carry_area(AreaClass::C, previous, condition),
                Column::Season => condition.season = previous.season,
                Column::Priority => condition.priority = previous.priority,
                Column::Mandatory => condition.mandatory.clone_from(&previous.mandatory),
                Column::HandlingUnit => condition.handling_unit.clone_from(&previous.handling_unit),
                Column::SupervisingUnit => condition.supervising_unit.clone_from(&previous.supervising_unit),
                Column::Closing => condition.closing.clone_from(&previous.closing),
                Column::MajorCode
                | Column::MajorName
                | Column::MinorCode
                | Column::MinorName
                | Column::Condition
                | Column::Limit
                | Column::Kind
                | Column::Id => {}
            }
        }
    }
}

fn carry_area(area: AreaClass, previous: &Condition, condition: &mut Condition) {
    if let Some(milestones) = previous.area_milestones.get(&area) {
        condition.area_milestones.insert(area, milestones.clone());
    }
}

/// A row with what is needed to understand it.
pub(super) struct RowReader<'a> {
    pub(super) cells: &'a [String],
    pub(super) columns: &'a FxHashMap<Column, usize>,
    /// What the sheet's name tells.
    pub(super) kind: Option<ClassKind>,
    pub(super) context: &'a Import<'a>,
    /// The dictionary with the classes that earlier rows brought.
    pub(super) dictionary: &'a Dictionary,
}

impl RowReader<'_> {
    fn text(&self, column: Column) -> &str {
        self.columns.get(&column).and_then(|place| self.cells.get(*place)).map_or("", |cell| cell.trim())
    }

    /// Reads the whole row; all its faults are reported at once, so that a person mends it once.
    pub(super) fn read(&self) -> Result<Reading, Vec<FieldFault>> {
        let mut faults = Vec::new();
        let mut warnings = Vec::new();
        let class = self.class(&mut warnings).map_err(|fault| faults.push(fault)).ok();
        let milestones = parse_milestones(Column::Limit.heading(), self.text(Column::Limit))
            .map_err(|fault| faults.push(fault))
            .unwrap_or_default();
        let mut area_milestones = BTreeMap::new();
        for (area, column) in
            [(AreaClass::A, Column::LimitA), (AreaClass::B, Column::LimitB), (AreaClass::C, Column::LimitC)]
        {
            if self.text(column).is_empty() {
                continue;
            }
            match parse_milestones(column.heading(), self.text(column)) {
                Ok(milestones) => {
                    area_milestones.insert(area, milestones);
                }
                Err(fault) => faults.push(fault),
            }
        }
        let season = self.season().map_err(|fault| faults.push(fault)).unwrap_or_default();
        let priority = self.priority().map_err(|fault| faults.push(fault)).unwrap_or_default();
        let mandatory = self.mandatory().map_err(|fault| faults.push(fault)).unwrap_or_default();
        let condition = self.text(Column::Condition);
        if condition.is_empty() {
            faults.push(FieldFault::new(
                Column::Condition.heading(),
                "",
                "condition_missing",
                "the filing condition is empty",
                "write when a case is filed; without it nobody can tell",
            ));
        }
        if self.text(Column::Closing).is_empty() && self.columns.contains_key(&Column::Closing) {
            warnings.push(FieldFault::new(
                Column::Closing.heading(),
                "",
                "closing_missing",
                "the closing condition is empty",
                "write what must be true before the case closes",
            ));
        }
        let handling_unit = self.unit(Column::HandlingUnit, &mut warnings);
        let supervising_unit = self.unit(Column::SupervisingUnit, &mut warnings);
        let Some((kind, code, new_class)) = class.filter(|_| faults.is_empty()) else { return Err(faults) };
        Ok(Reading {
            condition: Condition {
                id: self.text(Column::Id).to_owned(),
                edition: self.context.edition.to_owned(),
                kind,
                code,
                condition: condition.to_owned(),
                condition_en: self.text(Column::ConditionEn).to_owned(),
                thresholds: parse_thresholds(condition),
                closing: self.text(Column::Closing).to_owned(),
                closing_en: self.text(Column::ClosingEn).to_owned(),
                milestones,
                area_milestones,
                handling_unit,
                supervising_unit,
                season,
                priority,
                mandatory,
            },
            class: new_class,
            warnings,
            absent: Absent(
                [
                    Column::ConditionEn,
                    Column::ClosingEn,
                    Column::LimitA,
                    Column::LimitB,
                    Column::LimitC,
                    Column::Season,
                    Column::Priority,
                    Column::Mandatory,
                    Column::HandlingUnit,
                    Column::SupervisingUnit,
                    Column::Closing,
                ]
                .into_iter()
                .filter(|column| !self.columns.contains_key(column))
                .collect(),
            ),
        })
    }

    /// Kind, code and, where the dictionary lacks it, the class that the row brings.
    fn class(
        &self,
        warnings: &mut Vec<FieldFault>,
    ) -> Result<(ClassKind, String, Option<Class>), FieldFault> {
        let edition = self.context.edition;
        let minor_text = self.text(Column::MinorCode);
        let heading = Column::MinorCode.heading();
        let unknown_edition = |_| {
            FieldFault::new(
                heading,
                minor_text,
                "edition_unknown",
                "the edition is unknown",
                "add the edition",
            )
        };
        let rules = self.dictionary.edition(edition).map_err(unknown_edition)?;
        if minor_text.is_empty() {
            return Err(FieldFault::new(
                heading,
                "",
                "class_code_missing",
                "the class code is empty",
                "merge the cell with the one above that holds the code, or write the code into every row",
            ));
        }
        let code = rules.canonical_pair(self.text(Column::MajorCode), minor_text).ok_or_else(|| {
            FieldFault::new(
                heading,
                minor_text,
                "class_code_malformed",
                format!(
                    "not a class code of edition {edition}, or not in major class {}",
                    self.text(Column::MajorCode)
                ),
                "write the minor digits beside the major code, or the whole code",
            )
        })?;
        let kind = self.kind(&code)?;
        let name = self.text(Column::MinorName);
        if let Some(class) = self.dictionary.class(edition, kind, &code) {
            if !name.is_empty() && fold(name) != fold(&class.name_zh) {
                warnings.push(FieldFault::new(
                    Column::MinorName.heading(),
                    name,
                    "class_name_differs",
                    format!("the dictionary calls {code} {}", class.name_zh),
                    "look whether code and name mean the same class; the code counts",
                ));
            }
            return Ok((kind, code, None));
        }
        let class = self.new_class(rules, kind, &code, name, warnings)?;
        Ok((kind, code, Some(class)))
    }

    fn new_class(
        &self,
        rules: &Edition,
        kind: ClassKind,
        code: &str,
        name: &str,
        warnings: &mut Vec<FieldFault>,
    ) -> Result<Class, FieldFault> {
        let heading = Column::MinorCode.heading();
        let local = rules.is_local_code(code);
        let major = rules.major_of(code).unwrap_or_default();
        let known_major = self.dictionary.major(&rules.code, kind, major).is_some();
        if self.dictionary.is_vacant(&rules.code, kind, code) {
            return Err(FieldFault::new(
                heading,
                code,
                "class_code_vacant",
                "the code is kept vacant and is never given again",
                "use the code of the class that is meant",
            ));
        }
        let room = local || !rules.complete;
        if !known_major || !room {
            return Err(FieldFault::new(
                heading,
                code,
                "class_code_unknown",
                format!("edition {} has no such class, and the code is not in the local range", rules.code),
                "compare with the edition's list; code a class of your own from the top of the range down",
            ));
        }
        if name.is_empty() {
            return Err(FieldFault::new(
                Column::MinorName.heading(),
                "",
                "class_name_missing",
                format!("{code} is new to the dictionary and has no name"),
                "write the class name",
            ));
        }
        warnings.push(FieldFault::new(
            heading,
            code,
            if local { "local_class_added" } else { "class_added" },
            if local {
                format!("{code} {name} comes in as a local extension class")
            } else {
                format!("{code} {name} comes in: edition {} is held in part only", rules.code)
            },
            "look whether the class is really meant",
        ));
        Ok(Class {
            key: ClassKey::new(&rules.code, kind, code),
            major: major.to_owned(),
            name_zh: if local { rules.local_name(name) } else { name.to_owned() },
            name_en: String::new(),
            local,
        })
    }

    /// The kind: the row's own word, else the sheet's name, else the only one that code and name allow.
    fn kind(&self, code: &str) -> Result<ClassKind, FieldFault> {
        let own = self.text(Column::Kind);
        let unknown = |value: &str, message: &str| {
            FieldFault::new(
                Column::Kind.heading(),
                value,
                "kind_unknown",
                message,
                "name the sheet 部件 or 事件, or add a column 类别 that says so in every row",
            )
        };
        if !own.is_empty() {
            return ClassKind::parse(own).ok_or_else(|| unknown(own, "neither 部件 nor 事件"));
        }
        if let Some(kind) = self.kind {
            return Ok(kind);
        }
        let edition = self.context.edition;
        let name = fold(self.text(Column::MinorName));
        let both = [ClassKind::Component, ClassKind::Matter];
        let mut named = both.into_iter().filter(|kind| {
            self.dictionary
                .class(edition, *kind, code)
                .is_some_and(|class| name.is_empty() || fold(&class.name_zh) == name)
        });
        match (named.next(), named.next()) {
            (Some(kind), None) => Ok(kind),
            _ => Err(unknown(code, "neither sheet nor row says whether this is a component or a matter")),
        }
    }

    fn unit(&self, column: Column, warnings: &mut Vec<FieldFault>) -> Unit {
        let text = self.text(column);
        if text.is_empty() {
            if column == Column::HandlingUnit {
                warnings.push(FieldFault::new(
                    column.heading(),
                    "",
                    "unit_missing",
                    "no handling unit: a dispatcher must choose one for each case",
                    "write the unit",
                ));
            }
            return Unit::default();
        }
        let folded = fold(text);
        if let Some(unit) =
            self.context.units.iter().find(|unit| {
                fold(&unit.name) == folded || (!unit.code.is_empty() && fold(&unit.code) == folded)
            })
        {
            return unit.clone();
        }
        if !self.context.units.is_empty() {
            warnings.push(FieldFault::new(
                column.heading(),
                text,
                "unit_unknown",
                "the name is not in the city's list of units",
                "add the unit to the list, or write its name as the list does",
            ));
        }
        Unit { code: String::new(), name: text.to_owned() }
    }

    fn season(&self) -> Result<Option<SeasonSpan>, FieldFault> {
        let text = self.text(Column::Season);
        if text.is_empty() {
            return Ok(None);
        }
        text.parse().map(Some).map_err(|_| {
            FieldFault::new(
                Column::Season.heading(),
                text,
                "season_malformed",
                "not a span of days of the year",
                "write 05-01~10-31",
            )
        })
    }

    fn priority(&self) -> Result<Priority, FieldFault> {
        let text = self.text(Column::Priority);
        if text.is_empty() {
            return Ok(Priority::default());
        }
        Priority::parse(text).ok_or_else(|| {
            FieldFault::new(
                Column::Priority.heading(),
                text,
                "priority_unknown",
                "the priority is unknown",
                "write normal, high or urgent (一般, 较急, 紧急)",
            )
        })
    }

    fn mandatory(&self) -> Result<BTreeSet<MandatoryItem>, FieldFault> {
        self.text(Column::Mandatory)
            .split([';', '；', ',', '，', '、'])
            .map(str::trim)
            .filter(|word| !word.is_empty())
            .map(|word| {
                MandatoryItem::parse(word).ok_or_else(|| {
                    FieldFault::new(
                        Column::Mandatory.heading(),
                        word,
                        "mandatory_item_unknown",
                        "the item is unknown",
                        "write photo_before, photo_after, measurement or component",
                    )
                })
            })
            .collect()
    }
}
