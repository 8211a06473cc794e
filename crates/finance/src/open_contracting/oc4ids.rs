//! Projects as an OC4IDS 0.9.5 project package.

use serde_json::{Value, json};

use super::{Known, Parties, Published, money, put};
use crate::{
    ppp_contract::{PppContract, PppPhase},
    project::{Project, ProjectStatus, SourceKind},
};

/// The version of the standard.
const VERSION: &str = "0.9";

/// A project package; each project with its PPP contracts as contracting processes.
#[must_use]
pub fn package(
    published: &Published,
    known: &Known,
    projects: &[Project],
    contracts: &[PppContract],
) -> Value {
    let projects: Vec<Value> =
        projects.iter().map(|project| one(published, known, project, contracts)).collect();
    json!({
        "uri": published.uri,
        "publishedDate": published.at,
        "version": VERSION,
        "publisher": { "name": published.publisher },
        "projects": projects,
    })
}

fn one(published: &Published, known: &Known, project: &Project, contracts: &[PppContract]) -> Value {
    let mut parties = Parties::default();
    let authority = parties.unit(known, &project.unit, "publicAuthority");
    let mut written = json!({
        "id": published.project_id(project),
        "language": "zh",
        "title": project.name,
        "status": project.status.name(),
        "type": project.kind.name(),
        "sector": [project.sector.name()],
        "identifiers": [{ "id": project.code, "scheme": "CN-PROJECT" }],
        "publicAuthority": authority,
        "cashFlow": project.cash_flow.name(),
    });
    put(&mut written, "description", project.content.clone().map(Value::from));
    if let Some(owner) = &project.owner {
        parties.organisation(known, owner, "administrativeEntity");
    }
    let mut budget = json!({ "amount": money(project.budget) });
    put(&mut budget, "approvalDate", project.approved_on.map(|day| published.day(day).into()));
    if !project.capital.is_empty() {
        let years = project.capital.iter().map(|year| {
            let day = |text: &str| format!("{}-{text}T00:00:00{}", year.year, published.offset);
            json!({
                "id": year.year.to_string(),
                "amount": money(year.planned),
                "period": { "startDate": day("01-01"), "endDate": day("12-31") },
            })
        });
        budget["budgetBreakdowns"] = json!([{ "id": "capital", "description": "分年投资计划", "budgetBreakdown": years.collect::<Vec<_>>() }]);
    }
    if !project.sources.is_empty() {
        let sources = project.sources.iter().enumerate().map(|(number, source)| {
            let mut finance = json!({ "id": (number + 1).to_string(), "value": money(source.amount), "source": source.kind.name() });
            let party = source.provider.as_ref().map(|code| parties.organisation(known, code, "funder"));
            put(&mut finance, "financingParty", party);
            if let Some(kind) = arrangement(source.kind) {
                finance["type"] = kind.into();
            }
            finance
        });
        budget["finance"] = sources.collect::<Vec<_>>().into();
    }
    written["budget"] = budget;
    put(
        &mut written,
        "period",
        published.period(project.started_on, project.completed_on.or(project.due_on)),
    );
    if project.status != ProjectStatus::Identification {
        put(&mut written, "preparationPeriod", published.period(project.approved_on, project.started_on));
    }
    put(&mut written, "implementationPeriod", published.period(project.started_on, project.completed_on));
    put(&mut written, "locations", locations(project));
    if let Some(parent) = project.parent.as_ref().and_then(|code| known.projects.get(code)) {
        written["relatedProjects"] = json!([{
            "id": "1",
            "scheme": "oc4ids",
            "identifier": published.project_id(parent),
            "relationship": "x_partOf",
            "title": parent.name,
        }]);
    }
    let own = contracts.iter().filter(|contract| contract.project == project.code);
    let processes: Vec<Value> =
        own.map(|contract| process(published, known, contract, &mut parties)).collect();
    if !processes.is_empty() {
        written["contractingProcesses"] = processes.into();
    }
    written["parties"] = parties.list().into();
    written
}

/// The standard's word for a kind of money, where it has one (closed list `financingArrangementType`).
const fn arrangement(kind: SourceKind) -> Option<&'static str> {
    match kind {
        SourceKind::UpperBudget | SourceKind::CityBudget => Some("grant"),
        SourceKind::Loan => Some("loan"),
        SourceKind::Bond => Some("bond"),
        SourceKind::OwnCapital | SourceKind::PrivateCapital | SourceKind::Fund => Some("shares.unlisted"),
        SourceKind::OtherFinancing => None,
    }
}

fn locations(project: &Project) -> Option<Value> {
    let shapes = [
        project.place.as_ref().and_then(|place| serde_json::to_value(place).ok()),
        project.line.as_ref().and_then(|line| serde_json::to_value(line).ok()),
        project.site.as_ref().and_then(|site| serde_json::to_value(site).ok()),
    ];
    let places: Vec<Value> = shapes
        .into_iter()
        .flatten()
        .enumerate()
        .map(|(number, geometry)| json!({ "id": (number + 1).to_string(), "geometry": geometry }))
        .collect();
    (!places.is_empty()).then(|| places.into())
}

fn process(published: &Published, known: &Known, contract: &PppContract, parties: &mut Parties) -> Value {
    let status = match contract.phase {
        PppPhase::Identification | PppPhase::Preparation | PppPhase::Procurement => "pre-award",
        PppPhase::Execution => "active",
        PppPhase::Transfer => "closed",
    };
    let mut summary = json!({
        "externalReference": contract.code,
        "status": status,
        "contractValue": money(contract.investment),
        "returnMechanism": contract.return_mechanism.name(),
        "operationMode": contract.mode.name(),
        "privateCapital": money(contract.private_capital),
    });
    let entity = parties.unit(known, &contract.unit, "procuringEntity");
    summary["tender"] = json!({ "procuringEntity": entity });
    if let Some(partner) = &contract.partner {
        summary["suppliers"] = json!([parties.organisation(known, partner, "supplier")]);
    }
    put(&mut summary, "contractPeriod", published.period(contract.signed_on, contract.ends_on));
    json!({ "id": contract.code, "summary": summary })
}
