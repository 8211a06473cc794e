//! Firms and works as the books of planning and land name them: over the shared organisations and projects, with seat, bureau and dates.

use finance::{
    organisation::{OrganisationKind, Ownership},
    project::{CashFlow, ProjectSector, ProjectStatus},
};
use jiff::civil::{Date, date};
use kernel::money::{FEN_PER_WAN_YUAN, Fen};

use super::{Books, days::plus};

/// An organisation as the books of planning and land know it.
pub(crate) struct Firm<'n> {
    /// Its name.
    pub(crate) name: &'n str,
    /// What it is.
    pub(crate) kind: OrganisationKind,
    /// Whose it is.
    pub(crate) ownership: Ownership,
    /// Its industry, by the list of codes.
    pub(crate) industry: &'n str,
    /// The bureau that keeps its row.
    pub(crate) unit: &'n str,
    /// The street or town that it sits in.
    pub(crate) quarter: &'n str,
    /// The last day on which it may have been founded.
    pub(crate) before: Date,
}

/// A project as the books of planning and land know it; what it cost stands in the books of finance.
pub(crate) struct Work<'n> {
    /// Its name.
    pub(crate) name: String,
    /// The unit that answers for it.
    pub(crate) unit: &'n str,
    /// What it is about.
    pub(crate) sector: ProjectSector,
    /// The street or town.
    pub(crate) quarter: &'n str,
    /// What it is to cost.
    pub(crate) budget: Fen,
    /// When building began.
    pub(crate) started_on: Date,
    /// When it was finished.
    pub(crate) completed_on: Option<Date>,
}

impl Books<'_> {
    /// The key of an organisation; it is entered where nobody named it before.
    pub(crate) fn firm(&mut self, firm: &Firm<'_>) -> String {
        let founded_on = self.drawn.office_day(date(2004, 3, 1)..=firm.before);
        let capital = self.drawn.whole(5..=300) * 10 * FEN_PER_WAN_YUAN;
        let place = self.drawn.place_in(firm.quarter);
        self.organisation_with(firm.name, firm.kind, |organisation| {
            organisation.ownership = firm.ownership;
            organisation.unit = firm.unit.to_owned();
            organisation.industry = Some(firm.industry.to_owned());
            organisation.capital = Some(Fen(capital));
            organisation.founded_on = Some(founded_on);
            organisation.address = None;
            organisation.place = place;
        })
    }

    /// The key of a project; it is entered where nobody named it before.
    pub(crate) fn work(&mut self, work: &Work<'_>) -> String {
        let approved_on = self.drawn.office_day(plus(work.started_on, -240)..=work.started_on);
        let planned_end = plus(work.started_on, self.drawn.whole(300..=900));
        let due_on = work.completed_on.map_or(planned_end, |day| day.max(planned_end));
        self.project_with(&work.name, work.unit, work.sector, work.budget, |project| {
            project.cash_flow = CashFlow::NonCommercial;
            project.approved_on = Some(approved_on);
            project.started_on = Some(work.started_on);
            project.due_on = Some(due_on);
            project.completed_on = work.completed_on;
            project.division = Some(work.quarter.to_owned());
            if work.completed_on.is_some() {
                project.status = ProjectStatus::Completion;
            }
        })
    }
}
