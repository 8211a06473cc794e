//! What the handbook says before a case is filed: under which rule, by whom and until when.

use std::{collections::BTreeSet, sync::Arc};

use kernel::{clock::deadline, error::Refusal, time::Moment};

use super::View;
use crate::{
    case::{self, Case, ClockName, FilingRule},
    handbook::{AreaClass, Condition, Handbook, MandatoryItem},
};

/// Who will handle a problem of some class, and until when it should be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promise {
    /// The unit's code, where all conditions of the class name the same.
    pub unit: Option<String>,
    /// When the longest of the class's limits would end if handling began now.
    pub expected_at: Option<Moment>,
}

impl View {
    /// The handbook in force on the day of a moment.
    #[must_use]
    pub fn handbook(&self, at: Moment) -> Option<&Arc<Handbook>> {
        self.handbooks.on(at.date(&self.zone))
    }

    /// The conditions under which a class may be filed at a moment, in the handbook's order.
    #[must_use]
    pub fn conditions(&self, class: &str, at: Moment) -> Vec<&Condition> {
        let (Some(handbook), Some(class)) = (self.handbook(at), self.class(class)) else { return Vec::new() };
        if class.key.edition != handbook.edition() {
            return Vec::new();
        }
        let day = at.date(&self.zone);
        let found = handbook.find_with_mirror(class.key.kind, &class.key.code);
        found.iter().filter(|condition| condition.is_in_season(day)).collect()
    }

    /// The rule that a case is filed under when a condition is chosen: as the handbook in force says, for the place's area class.
    ///
    /// # Errors
    /// `case_condition_unknown` where the handbook in force has no such condition, `case_condition_of_another_class` where it is not of the
    /// case's class, `case_condition_out_of_season`.
    pub fn filing_rule(&self, case: &Case, condition: &str, at: Moment) -> Result<FilingRule, Refusal> {
        let unknown = || Refusal::invalid("case_condition_unknown").with("condition", condition);
        let handbook = self.handbook(at).ok_or_else(unknown)?;
        let chosen = handbook.condition(condition).ok_or_else(unknown)?;
        if let Some(class) = case.class.as_deref().and_then(|class| self.class(class)) {
            let fits = handbook
                .find_with_mirror(class.key.kind, &class.key.code)
                .iter()
                .any(|of_class| of_class.id == chosen.id);
            if !fits || class.key.edition != handbook.edition() {
                return Err(Refusal::invalid("case_condition_of_another_class").with("condition", condition));
            }
        }
        let milestones = chosen
            .limit_for(self.area_class(case, at), at.date(&self.zone))
            .ok_or_else(|| Refusal::conflict("case_condition_out_of_season"))?;
        let milestones = milestones
            .iter()
            .map(|milestone| case::Milestone { name: milestone.name.clone(), limit: milestone.limit })
            .collect();
        let unit = &chosen.handling_unit.code;
        let mut filing_items = BTreeSet::from([case::MandatoryItem::Place, case::MandatoryItem::Text]);
        if chosen.mandatory.contains(&MandatoryItem::Component) {
            // Once dispatched it could no longer be entered, and without it the case could not be closed.
            filing_items.insert(case::MandatoryItem::Component);
        }
        Ok(FilingRule {
            condition: chosen.id.clone(),
            handbook_version: handbook.version(),
            class: format!("{}-{}-{}", chosen.edition, chosen.kind.word(), chosen.code),
            milestones,
            filing_items,
            closing_items: chosen.mandatory.iter().filter_map(|item| closing_item(*item)).collect(),
            handling_unit: self.units.contains_key(unit).then(|| unit.clone()),
        })
    }

    /// What a resident may be told before a report is filed.
    #[must_use]
    pub fn promise(&self, class: &str, at: Moment) -> Promise {
        let conditions = self.conditions(class, at);
        let units: BTreeSet<&str> =
            conditions.iter().map(|condition| condition.handling_unit.code.as_str()).collect();
        let unit = match units.first() {
            Some(only) if units.len() == 1 && self.units.contains_key(*only) => Some((*only).to_owned()),
            _ => None,
        };
        let day = at.date(&self.zone);
        let expected_at = conditions
            .iter()
            .filter_map(|condition| condition.limit_for(None, day)?.last())
            .filter_map(|last| deadline(&self.office.calendar, at, last.limit, &[]))
            .max();
        Promise { unit, expected_at }
    }

    /// Until when a case should be done, as residents are told: by its running clock, by the rule that it was filed under, before that by
    /// what its class promises.
    #[must_use]
    pub fn expected_at(&self, case: &Case) -> Option<Moment> {
        let handling = |name| matches!(name, ClockName::Handle(_) | ClockName::Joint);
        let running = case.clocks.iter().filter(|running| handling(running.clock.name));
        let ruled = || {
            let from = case.clock_from.or(case.filed_at)?;
            let last = case.filing.as_ref()?.milestones.last()?;
            deadline(&self.office.calendar, from, last.limit, &case.pauses)
        };
        running
            .map(|running| running.clock.due)
            .max()
            .or_else(ruled)
            .or_else(|| self.promise(case.class.as_deref()?, case.reported_at).expected_at)
    }

    fn area_class(&self, case: &Case, at: Moment) -> Option<AreaClass> {
        let cell = case.place.as_ref()?.cell.as_deref()?;
        self.grid(at).ok()?.area_class(cell)
    }
}

/// That a measured quantity is met is what the closer confirms with the closing condition itself.
const fn closing_item(item: MandatoryItem) -> Option<case::MandatoryItem> {
    match item {
        MandatoryItem::PhotoBefore => Some(case::MandatoryItem::PhotoBefore),
        MandatoryItem::PhotoAfter => Some(case::MandatoryItem::PhotoAfter),
        MandatoryItem::Component => Some(case::MandatoryItem::Component),
        MandatoryItem::Measurement => None,
    }
}
