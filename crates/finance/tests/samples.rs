//! A row of each register, in an order in which each finds what it names.

use kernel::money::FEN_PER_WAN_YUAN as WAN;
use serde_json::{Value, json};

fn place() -> Value {
    json!({ "type": "Point", "coordinates": [107.9805, 26.5805] })
}

fn organisation(code: &str, name: &str, kind: &str, ownership: &str) -> (&'static str, Value) {
    let row = json!({ "code": code, "name": name, "kind": kind, "ownership": ownership, "unit": "finance" });
    ("organisation", row)
}

/// Organisations and projects, which the others name.
fn named() -> Vec<(&'static str, Value)> {
    vec![
        organisation("kaiyuan", "凯里市开元城市投资开发有限责任公司", "platform_company", "state"),
        organisation("tourism-co", "凯里市文化旅游投资有限公司", "platform_company", "state"),
        organisation("city-bank", "贵阳银行凯里支行", "financial_institution", "mixed"),
        organisation("rater", "某资信评估有限公司", "rating_agency", "private"),
        organisation("guarantor", "凯里市政策性融资担保有限公司", "guarantee_company", "state"),
        organisation("water-firm", "某水务股份有限公司", "enterprise", "private"),
        (
            "organisation",
            json!({
                "code": "91350100M000100Y43", "name": "凯里市城建集团有限公司", "name_en": "Kaili City Building Group",
                "kind": "platform_company", "ownership": "state", "parent": "kaiyuan", "unit": "finance", "industry": "E48",
                "capital": 50_000 * WAN, "founded_on": "2009-05-01", "address": "凯里市北京东路", "place": place(),
            }),
        ),
        (
            "project",
            json!({
                "code": "2016-522601-46-01-000001", "oc4ids_id": "oc4ids-bu3kcz-2016-522601-46-01-000001",
                "name": "凯里市第二污水处理厂", "content": "日处理污水3万立方米。", "unit": "finance", "owner": "kaiyuan",
                "status": "implementation", "kind": "construction", "sector": "waterAndWaste", "cash_flow": "quasi_commercial",
                "budget": 12_000 * WAN, "capital": [{"year": 2016, "planned": 5_000 * WAN}, {"year": 2017, "planned": 7_000 * WAN}],
                "sources": [{"kind": "private_capital", "provider": "water-firm", "amount": 9_000 * WAN},
                    {"kind": "upper_budget", "amount": 2_000 * WAN}],
                "approval_number": "凯发改〔2016〕12号", "approved_on": "2016-01-20", "started_on": "2016-03-01",
                "due_on": "2017-12-31", "division": "522601001", "land": 45_000_000, "place": place(),
            }),
        ),
    ]
}

/// Companies, bonds, funds.
fn money() -> Vec<(&'static str, Value)> {
    vec![
        (
            "balance_statement",
            json!({
                "organisation": "kaiyuan", "as_of": "2016-06-30", "scope": "consolidated", "total_assets": 1_500_000 * WAN,
                "total_liabilities": 500_000 * WAN, "net_assets": 1_000_000 * WAN, "debt": 300_000 * WAN, "revenue": 60_000 * WAN,
                "profit": -2_000 * WAN, "auditor": "rater", "unit": "finance",
            }),
        ),
        (
            "rating",
            json!({
                "organisation": "kaiyuan", "agency": "rater", "rated_on": "2015-08-10", "valid_until": "2017-08-09", "grade": "aa",
                "outlook": "stable", "unit": "finance",
            }),
        ),
        (
            "restructuring",
            json!({
                "code": "2015-1", "result": "kaiyuan", "decided_on": "2015-02-01", "closed_on": "2015-06-30", "companies_before": 2,
                "merged": [
                    {"company": "kaiyuan", "method": "core", "assets": 900_000 * WAN, "liabilities": 300_000 * WAN},
                    {"company": "tourism-co", "method": "share_injection", "assets": 200_000 * WAN, "liabilities": 80_000 * WAN},
                ],
                "set_off": 10_000 * WAN, "assets_after": 1_090_000 * WAN, "liabilities_after": 370_000 * WAN, "unit": "finance",
            }),
        ),
        (
            "guarantee",
            json!({
                "code": "D-2016-3", "kind": "platform", "guarantor": "guarantor", "debtor": "kaiyuan", "creditor": "city-bank",
                "amount": 5_000 * WAN, "fee": 15_000, "begins_on": "2016-01-01", "ends_on": "2019-12-31", "paid": 0, "unit": "finance",
            }),
        ),
        (
            "bond",
            json!({
                "code": "1680001", "name": "2016年凯里市停车场建设专项债券", "kind": "car_park", "issuer": "kaiyuan",
                "authority": "development_commission", "approved_on": "2015-12-20", "approved": 110_000 * WAN,
                "issued_on": "2016-03-15", "raised": 100_000 * WAN, "coupon": 59_000, "matures_on": "2018-03-15", "grade": "aa_plus",
                "underwriter": "city-bank", "guarantee": "D-2016-3", "unit": "finance",
                "proceeds": [{"project": "2016-522601-46-01-000001", "amount": 60_000 * WAN}],
                "schedule": [
                    {"due_on": "2017-03-15", "principal": 50_000 * WAN, "interest": 5_900 * WAN},
                    {"due_on": "2018-03-15", "principal": 50_000 * WAN, "interest": 2_950 * WAN},
                ],
            }),
        ),
        (
            "financing",
            json!({
                "code": "R-2016-8", "name": "景区资产融资租赁", "kind": "asset_backed_securities", "borrower": "tourism-co",
                "lender": "city-bank", "sector": "cultureSportsAndRecreation", "security": "guarantee", "guarantee": "D-2016-3",
                "signed_on": "2016-02-01", "amount": 8_000 * WAN, "drawn": 6_000 * WAN, "rate": 62_500, "matures_on": "2021-02-01",
                "schedule": [{"due_on": "2021-02-01", "principal": 8_000 * WAN, "interest": 500 * WAN}], "unit": "finance",
            }),
        ),
        (
            "asset",
            json!({
                "code": "Z-0001", "name": "下司古镇游客中心", "kind": "building", "sector": "cultureSportsAndRecreation",
                "owner": "tourism-co", "public_welfare": false, "value": 3_000 * WAN, "valued_on": "2015-05-31",
                "injected_on": "2015-06-30", "pledged_for": "R-2016-8", "place": place(), "unit": "finance",
            }),
        ),
        (
            "fund",
            json!({
                "code": "F-1", "name": "凯里市新型城镇化发展基金", "kind": "urbanisation", "phase": "investing", "size": 400_000 * WAN,
                "government_part": 80_000 * WAN, "manager": "city-bank", "set_up_on": "2015-09-01", "invests_until": "2018-08-31",
                "ends_on": "2022-08-31", "hurdle": 80_000, "carry": 200_000, "unit": "finance",
            }),
        ),
        (
            "fund_commitment",
            json!({
                "fund": "F-1", "partner": "kaiyuan", "class": "subordinated", "public_money": true, "committed_on": "2015-09-01",
                "amount": 80_000 * WAN, "paid_in": 20_000 * WAN, "buy_back": false, "unit": "finance",
            }),
        ),
        (
            "fund_call",
            json!({
                "fund": "F-1", "number": 1, "called_on": "2015-10-01", "due_on": "2015-10-31", "amount": 50_000 * WAN, "unit": "finance",
                "parts": [
                    {"partner": "kaiyuan", "amount": 20_000 * WAN, "paid_on": "2015-10-20"},
                    {"partner": "city-bank", "amount": 30_000 * WAN},
                ],
            }),
        ),
        (
            "fund_investment",
            json!({
                "fund": "F-1", "number": 1, "organisation": "tourism-co", "invested_on": "2015-12-01", "amount": 15_000 * WAN,
                "share": 250_000, "exited_on": "2016-06-30", "returned": 15_500 * WAN, "unit": "finance",
            }),
        ),
    ]
}

/// Plans, PPP, statistics.
fn projects() -> Vec<(&'static str, Value)> {
    vec![
        (
            "financing_approval",
            json!({
                "code": "P-2016-1", "kind": "loan", "provider": "city-bank", "borrower": "kaiyuan",
                "project": "2016-522601-46-01-000001", "approved_on": "2016-04-10", "amount": 30_000 * WAN,
                "received": 10_000 * WAN, "unit": "finance",
            }),
        ),
        (
            "fiscal_budget",
            json!({
                "year": "2016", "income": 180_000 * WAN, "expenditure": 420_000 * WAN, "debt_limit": 500_000 * WAN,
                "debt": 450_000 * WAN, "is_final": false, "unit": "finance",
            }),
        ),
        (
            "ppp_contract",
            json!({
                "code": "PPP-1", "project": "2016-522601-46-01-000001", "phase": "execution", "regime": "library",
                "return_mechanism": "viability_gap", "mode": "bot", "procurement": "consultation", "listed_on": "2015-06-01",
                "investment": 12_000 * WAN, "private_capital": 9_000 * WAN, "partner": "water-firm", "unit": "finance",
                "government_share": 200_000, "partner_share": 800_000, "points": 82, "comparator": 15_000 * WAN,
                "ppp_value": 14_000 * WAN, "signed_on": "2016-01-10", "runs_from": "2018-01-01", "ends_on": "2045-12-31",
                "profit": 60_000, "risks": [{"name": "建设", "borne_by": "private"}, {"name": "政策", "borne_by": "government"}],
                "supplements": [
                    {"from": "2016-05-01", "about": "调整付费公式。"}, {"from": "2016-06-01", "about": "延长合作期。"},
                ],
            }),
        ),
        (
            "ppp_spending",
            json!({
                "contract": "PPP-1", "year": "2016", "equity": 500 * WAN, "subsidy": 300 * WAN, "risk": 20 * WAN, "matching": 80 * WAN,
                "amount": 900 * WAN, "unit": "finance",
            }),
        ),
        (
            "investment_return",
            json!({
                "project": "2016-522601-46-01-000001", "period": "2016-H1", "ownership": "non_state", "frame": "projects",
                "amount": 3_000 * WAN, "building": 2_500 * WAN, "equipment": 400 * WAN, "other": 100 * WAN, "unit": "finance",
            }),
        ),
        (
            "payment",
            json!({
                "code": "V-2016-77", "kind": "subsidy", "payer": "kaiyuan", "payee": "water-firm", "amount": 300 * WAN,
                "period": "2016-Q1", "due_on": "2016-04-15", "paid_on": "2016-04-12", "ppp_contract": "PPP-1", "unit": "finance",
            }),
        ),
    ]
}

pub(crate) fn samples() -> Vec<(&'static str, Value)> {
    [named(), money(), projects()].concat()
}
