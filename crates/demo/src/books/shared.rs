//! Organisations and projects that the books of all parts name: each is entered once, by who names it first.

use std::collections::BTreeMap;

use finance::{
    organisation::{Organisation, OrganisationKind, Ownership},
    ppp_contract::PppContract,
    project::{CapitalOfYear, CashFlow, Project, ProjectSector, ProjectStatus, ProjectType},
};
use jiff::{
    Span,
    civil::{Date, date},
};
use kernel::money::Fen;

use super::Books;
use crate::ground::Division;

/// What was named so far, and its key.
#[derive(Debug, Default)]
pub(crate) struct Shared {
    organisations: BTreeMap<String, String>,
    projects: BTreeMap<String, Project>,
    /// By the key of their project.
    contracts: BTreeMap<String, PppContract>,
}

/// The characters of a unified social credit code in the order of their worth.
const SIGNS: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
/// Where the development zones are.
const PARKS: [(&str, &str); 2] = [("炉碧", "522601105"), ("经济开发区", "522601007")];
/// The area in which the city registers.
const HERE: &str = "522601";

impl<'a> Books<'a> {
    /// The key of an organisation of the city. Who names it first enters it: a firm of the city with a seat in some street; another call with
    /// the same name gives the same key.
    pub(crate) fn organisation(&mut self, name: &str, kind: OrganisationKind) -> String {
        self.organisation_with(name, kind, |_| ())
    }

    /// As [`Books::organisation`], with what is known of it where it is entered. Its own code and name stay.
    pub(crate) fn organisation_with(
        &mut self,
        name: &str,
        kind: OrganisationKind,
        change: impl FnOnce(&mut Organisation),
    ) -> String {
        if let Some(code) = self.shared.organisations.get(name) {
            return code.clone();
        }
        let code = credit_code(kind, self.shared.organisations.len());
        self.shared.organisations.insert(name.to_owned(), code.clone());
        let is_here = name.contains('凯') || !is_of_elsewhere(kind);
        let quarter = self.drawn.quarter();
        let place = is_here.then(|| self.drawn.place_in(&quarter.code)).flatten();
        let mut organisation = Organisation {
            code: code.clone(),
            name: name.to_owned(),
            name_en: String::new(),
            kind,
            ownership: ownership(kind),
            parent: None,
            unit: supervisor(kind).to_owned(),
            industry: None,
            capital: None,
            founded_on: Some(self.drawn.office_day(date(2003, 1, 6)..=date(2014, 12, 31))),
            ended_on: None,
            representative: is_here.then(|| self.person()),
            contact: None,
            address: is_here.then(|| format!("凯里市{}", quarter.name_zh)),
            place,
        };
        change(&mut organisation);
        self.enter(organisation);
        code
    }

    /// The key of an organisation that was named before.
    pub(crate) fn known_organisation(&self, name: &str) -> Option<String> {
        self.shared.organisations.get(name).cloned()
    }

    /// The key of a project that was named before.
    pub(crate) fn known_project(&self, name: &str) -> Option<String> {
        self.shared.projects.get(name).map(|project| project.code.clone())
    }

    /// A project that was named before.
    pub(crate) fn project_named(&self, name: &str) -> Option<&Project> {
        self.shared.projects.get(name)
    }

    /// A PPP contract that others may name.
    pub(crate) fn share_contract(&mut self, contract: &PppContract) {
        self.shared.contracts.insert(contract.project.clone(), contract.clone());
    }

    /// The PPP contract of a project, by the project's key.
    pub(crate) fn contract_of(&self, project: &str) -> Option<&PppContract> {
        self.shared.contracts.get(project)
    }

    /// The key of a project. Who names it first enters it: something new that is being built in some street, approved in 2015, its total
    /// spread over the years of building; another call with the same name gives the same key. A code that stays empty is made up; capital by year that stays
    /// empty is the total, spread from the beginning to the day when it is due.
    pub(crate) fn project_with(
        &mut self,
        name: &str,
        unit: &str,
        sector: ProjectSector,
        budget: Fen,
        change: impl FnOnce(&mut Project),
    ) -> String {
        if let Some(code) = self.known_project(name) {
            return code;
        }
        let quarter = self.quarter_named(name).unwrap_or_else(|| self.drawn.quarter());
        let approved_on = self.drawn.office_day(date(2015, 1, 12)..=date(2015, 11, 27));
        let begun = later(approved_on, 40 + self.drawn.dice.below(80));
        let mut project = Project {
            code: String::new(),
            oc4ids_id: None,
            name: name.to_owned(),
            name_en: String::new(),
            content: None,
            unit: unit.to_owned(),
            owner: None,
            parent: None,
            status: ProjectStatus::Implementation,
            kind: ProjectType::Construction,
            sector,
            cash_flow: cash_flow(sector),
            budget,
            capital: Vec::new(),
            sources: Vec::new(),
            approval_number: None,
            approved_on: Some(approved_on),
            started_on: Some(begun),
            due_on: Some(later(begun, 400 + self.drawn.dice.below(700))),
            completed_on: None,
            halted_for: None,
            halted_on: None,
            division: Some(quarter.code.clone()),
            land: None,
            place: None,
            line: None,
            site: None,
            contact: None,
        };
        change(&mut project);
        let number = self.shared.projects.len() + 1;
        let year = project.approved_on.map_or(2016, Date::year);
        if project.code.is_empty() {
            project.code = format!("{year}-{HERE}-{:02}-01-{number:06}", industry_digits(sector));
        }
        if project.approval_number.is_none() && project.approved_on.is_some() {
            project.approval_number = Some(format!("凯发改投资〔{year}〕{}号", 20 + number));
        }
        if project.place.is_none()
            && let Some(division) = &project.division
        {
            project.place = self.drawn.place_in(division);
        }
        if matches!(project.status, ProjectStatus::Identification | ProjectStatus::Preparation) {
            project.started_on = None;
        }
        if project.capital.is_empty() {
            project.capital = self.capital(&project);
        }
        let code = project.code.clone();
        self.shared.projects.insert(name.to_owned(), project.clone());
        self.enter(project);
        code
    }

    /// The street or town that a name names: 龙场镇供水工程, 下司古镇.
    fn quarter_named(&self, name: &str) -> Option<&'a Division> {
        let park = PARKS.iter().find(|(park, _)| name.contains(park)).map(|(_, code)| *code);
        self.drawn.quarters().find(|quarter| park == Some(quarter.code.as_str())).or_else(|| {
            self.drawn.quarters().find(|quarter| {
                let stem = quarter.name_zh.trim_end_matches("街道").trim_end_matches('镇');
                name.contains(stem)
            })
        })
    }

    /// The total spread over the years of building.
    fn capital(&mut self, project: &Project) -> Vec<CapitalOfYear> {
        let first = project.started_on.or(project.approved_on).map_or(2016, Date::year);
        let last = project.completed_on.or(project.due_on).map_or(first + 1, Date::year).max(first);
        let years = usize::try_from(last - first).unwrap_or(0) + 1;
        let shares = self.drawn.money(project.budget, years);
        (i64::from(first)..).zip(shares).map(|(year, planned)| CapitalOfYear { year, planned }).collect()
    }
}

/// A day so many days later, moved from a weekend to the Monday.
pub(crate) fn later(day: Date, days: usize) -> Date {
    let span = |days: i64| Span::new().days(days);
    let then = day.checked_add(span(i64::try_from(days).unwrap_or(0))).unwrap_or(day);
    let on = match then.weekday() {
        jiff::civil::Weekday::Saturday => 2,
        jiff::civil::Weekday::Sunday => 1,
        _ => 0,
    };
    then.checked_add(span(on)).unwrap_or(then)
}

/// Whether such organisations have their seat in a larger city.
const fn is_of_elsewhere(kind: OrganisationKind) -> bool {
    matches!(
        kind,
        OrganisationKind::FinancialInstitution
            | OrganisationKind::RatingAgency
            | OrganisationKind::FundManager
    )
}

/// The bureau that supervises organisations of a kind, where nothing else is known.
const fn supervisor(kind: OrganisationKind) -> &'static str {
    match kind {
        OrganisationKind::PlatformCompany => "state_assets",
        OrganisationKind::FinancialInstitution
        | OrganisationKind::GuaranteeCompany
        | OrganisationKind::FundManager
        | OrganisationKind::RatingAgency => "finance_office",
        OrganisationKind::GovernmentBody | OrganisationKind::PublicInstitution => "government_office",
        OrganisationKind::SocialOrganisation => "civil_affairs",
        OrganisationKind::Cooperative | OrganisationKind::VillageCollective => "agriculture",
        OrganisationKind::Enterprise | OrganisationKind::SoleTrader => "market_supervision",
    }
}

const fn ownership(kind: OrganisationKind) -> Ownership {
    match kind {
        OrganisationKind::PlatformCompany
        | OrganisationKind::FinancialInstitution
        | OrganisationKind::GuaranteeCompany
        | OrganisationKind::GovernmentBody
        | OrganisationKind::PublicInstitution => Ownership::State,
        OrganisationKind::Cooperative | OrganisationKind::VillageCollective => Ownership::Collective,
        _ => Ownership::Private,
    }
}

const fn cash_flow(sector: ProjectSector) -> CashFlow {
    match sector {
        ProjectSector::Economy | ProjectSector::RealEstate | ProjectSector::Energy => CashFlow::Commercial,
        ProjectSector::Governance
        | ProjectSector::Road
        | ProjectSector::NaturalResources
        | ProjectSector::FloodProtection => CashFlow::NonCommercial,
        _ => CashFlow::QuasiCommercial,
    }
}

/// The division of GB/T 4754 by which the approval platform numbers projects.
const fn industry_digits(sector: ProjectSector) -> u8 {
    match sector {
        ProjectSector::Education => 83,
        ProjectSector::Health => 84,
        ProjectSector::Energy => 44,
        ProjectSector::Communications => 63,
        ProjectSector::WaterAndWaste => 46,
        ProjectSector::Governance => 92,
        ProjectSector::Economy => 13,
        ProjectSector::Culture => 78,
        ProjectSector::SocialHousing | ProjectSector::RealEstate => 70,
        ProjectSector::NaturalResources | ProjectSector::FloodProtection => 76,
        ProjectSector::Transport
        | ProjectSector::Road
        | ProjectSector::UrbanTransport
        | ProjectSector::Rail
        | ProjectSector::UtilityTunnel => 48,
    }
}

/// A unified social credit code with right check characters: the registering body and kind, the area, a running number.
fn credit_code(kind: OrganisationKind, number: usize) -> String {
    let begin = match kind {
        OrganisationKind::GovernmentBody => "11",
        OrganisationKind::PublicInstitution => "12",
        OrganisationKind::SocialOrganisation => "52",
        OrganisationKind::SoleTrader => "92",
        OrganisationKind::Cooperative => "93",
        OrganisationKind::VillageCollective => "N2",
        _ => "91",
    };
    let area = if is_of_elsewhere(kind) { "520100" } else { HERE };
    let worth = |sign: u8| SIGNS.iter().position(|known| *known == sign).unwrap_or(0);
    let body = format!("MA6{number:05}");
    // GB 11714: digits are worth themselves, letters from A = 10.
    let sum: u32 = body
        .chars()
        .zip([3, 7, 9, 10, 5, 8, 4, 2])
        .map(|(sign, weight)| sign.to_digit(36).unwrap_or(0) * weight)
        .sum();
    let check = match 11 - sum % 11 {
        10 => 'X',
        11 => '0',
        digit => char::from_digit(digit, 10).unwrap_or('0'),
    };
    let body = format!("{begin}{area}{body}{check}");
    let modulus = SIGNS.len();
    let (sum, _) = body
        .bytes()
        .fold((0, 1), |(sum, weight), sign| ((sum + worth(sign) * weight) % modulus, weight * 3 % modulus));
    let last = char::from(SIGNS[(modulus - sum) % modulus]);
    format!("{body}{last}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_credit_codes_and_differ() {
        let mut codes = std::collections::BTreeSet::new();
        for kind in [OrganisationKind::Enterprise, OrganisationKind::FinancialInstitution] {
            for number in 0..2_000 {
                let code = credit_code(kind, number);
                assert!(finance::organisation::is_credit_code(&code), "{code}");
                assert!(codes.insert(code));
            }
        }
    }
}
