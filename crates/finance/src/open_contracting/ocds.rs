//! PPP contracts as a release package of OCDS for PPPs 1.0.0-beta4.

use serde_json::{Value, json};

use super::{Known, Parties, Published, money, put};
use crate::ppp_contract::{PppContract, PppPhase, PppProcurement, ReturnMechanism, RiskBearer};

/// The profile's extensions that the releases use.
const EXTENSIONS: [&str; 0] = [];

/// A release package: of each contract its newest state.
#[must_use]
pub fn package(published: &Published, known: &Known, contracts: &[PppContract]) -> Value {
    let releases: Vec<Value> = contracts.iter().map(|contract| release(published, known, contract)).collect();
    json!({
        "uri": published.uri,
        "publishedDate": published.at,
        "version": "1.1",
        "extensions": EXTENSIONS,
        "publisher": { "name": published.publisher },
        "releases": releases,
    })
}

fn release(published: &Published, known: &Known, contract: &PppContract) -> Value {
    let mut parties = Parties::default();
    let is_signed = contract.signed_on.is_some();
    let tag = match contract.phase {
        PppPhase::Identification | PppPhase::Preparation => "planning",
        PppPhase::Procurement => "tender",
        PppPhase::Execution | PppPhase::Transfer => "contract",
    };
    let buyer = parties.unit(known, &contract.unit, "buyer");
    let authority = parties.unit(known, &contract.unit, "procuringEntity");
    let project = known.projects.get(&contract.project);
    let title = project.map_or_else(|| contract.project.clone(), |project| project.name.clone());
    let mut release = json!({
        "ocid": format!("ocds-{}-{}", published.prefix, contract.code),
        "id": format!("{}-{tag}", contract.code),
        "date": published.at,
        "tag": [tag],
        "initiationType": "tender",
        "language": "zh",
        "buyer": buyer,
        "planning": {
            "budget": { "amount": money(contract.investment) },
            "project": { "id": contract.project, "title": title, "totalValue": money(contract.investment) },
        },
        "returnMechanism": contract.return_mechanism.name(),
        "operationMode": contract.mode.name(),
        "regime": contract.regime.name(),
    });
    if let Some(method) = contract.procurement {
        release["tender"] = json!({
            "id": contract.code,
            "title": title,
            "procuringEntity": authority,
            "procurementMethod": procurement_method(method),
            "procurementMethodDetails": method.name(),
            "value": money(contract.investment),
        });
    }
    if is_signed {
        sign(published, known, contract, &title, &mut parties, &mut release);
    }
    release["parties"] = parties.list().into();
    release
}

fn sign(
    published: &Published,
    known: &Known,
    contract: &PppContract,
    title: &str,
    parties: &mut Parties,
    release: &mut Value,
) {
    let mut award = json!({ "id": contract.code, "title": title, "status": "active", "value": money(contract.investment) });
    if let Some(partner) = &contract.partner {
        award["suppliers"] = json!([parties.organisation(known, partner, "supplier")]);
    }
    release["awards"] = json!([award]);
    let mut signed = json!({
        "id": contract.code,
        "awardID": contract.code,
        "title": title,
        "status": if contract.phase == PppPhase::Transfer { "terminated" } else { "active" },
        "value": money(contract.investment),
        "finance": [{ "id": "private", "title": "社会资本", "value": money(contract.private_capital), "type": "shares.unlisted" }],
    });
    put(&mut signed, "dateSigned", contract.signed_on.map(|day| published.day(day).into()));
    put(&mut signed, "period", published.period(contract.runs_from.or(contract.signed_on), contract.ends_on));
    if !contract.risks.is_empty() {
        let risks = contract.risks.iter().enumerate().map(|(number, risk)| {
            json!({
                "id": (number + 1).to_string(),
                "description": risk.name,
                "allocation": match risk.borne_by {
                    RiskBearer::Government => "publicAuthority",
                    RiskBearer::Private => "privateParty",
                    RiskBearer::Shared => "undefined",
                },
            })
        });
        signed["riskAllocation"] = risks.collect::<Vec<_>>().into();
    }
    if let Some(tariff) = &contract.tariff {
        let paid_by = match contract.return_mechanism {
            ReturnMechanism::UserPays => "user",
            ReturnMechanism::GovernmentPays => "government",
            ReturnMechanism::ViabilityGap => "user",
        };
        signed["tariffs"] = json!([{ "id": "1", "title": tariff, "paidBy": paid_by }]);
    }
    release["contracts"] = json!([signed]);
}

/// The standard's closed list `method`.
const fn procurement_method(method: PppProcurement) -> &'static str {
    match method {
        PppProcurement::OpenTender => "open",
        PppProcurement::InvitedTender | PppProcurement::Negotiation | PppProcurement::Consultation => {
            "selective"
        }
        PppProcurement::SingleSource => "direct",
    }
}
