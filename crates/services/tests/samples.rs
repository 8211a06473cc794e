//! A row of each register, in an order in which each finds what it names.

use kernel::{area::UNITS_PER_SQUARE_METRE as M2, money::FEN_PER_WAN_YUAN as WAN};
use serde_json::{Value, json};

/// A square of about a hundred metres.
pub(crate) fn outline() -> Value {
    json!({ "type": "MultiPolygon", "coordinates": [[[
        [107.980, 26.580], [107.981, 26.580], [107.981, 26.581], [107.980, 26.581], [107.980, 26.580],
    ]]] })
}

fn place() -> Value {
    json!({ "type": "Point", "coordinates": [107.9805, 26.5805] })
}

/// Parks, bundles, green space.
fn green() -> Vec<(&'static str, Value)> {
    vec![
        (
            "park_square",
            json!({
                "code": "park-01", "name": "金泉湖公园", "kind": "city_park", "work": "built", "project": "lake-park",
                "started_on": "2014-05-01", "built_on": "2016-03-20", "area": 200_000 * M2, "green_area": 150_000 * M2,
                "division": "522601001", "maintainer": "garden-firm", "place": place(), "outline": outline(), "unit": "city",
            }),
        ),
        (
            "bundle",
            json!({
                "code": "B-1", "name": "金泉湖公园与停车场捆绑包", "stage": "approved", "company": "builder",
                "approved_on": "2015-04-01", "approval_number": "凯府办函〔2015〕31号", "investment": 30_000 * WAN,
                "borrowed": 20_000 * WAN, "required_cover": 120, "lowest_cover": 133, "internal_rate": 65_000, "unit": "city",
                "years": [
                    {"year": 2017, "income": 5_000 * WAN, "costs": 1_000 * WAN, "debt_service": 3_000 * WAN},
                    {"year": 2018, "income": 6_000 * WAN, "costs": 1_000 * WAN, "debt_service": 3_000 * WAN},
                ],
            }),
        ),
        (
            "bundle_member",
            json!({
                "project": "lake-park", "bundle": "B-1", "role": "carried", "investment": 18_000 * WAN, "income": 0,
                "costs": 400 * WAN, "reason": "停车场就在公园地下。", "unit": "city",
            }),
        ),
        (
            "residential_area",
            json!({
                "code": "xq-07", "name": "凯运花园", "kind": "renewal", "division": "522601001", "developer": "builder",
                "accepted_on": "2015-11-02", "households": 860, "site_area": 40_000 * M2, "green_area": 9_000 * M2,
                "compensated_area": 1_000 * M2, "required_ratio": 250_000, "green_ratio": 225_000, "meets_ratio": true,
                "surveyed_on": "2016-04-18", "outline": outline(), "unit": "city",
            }),
        ),
        (
            "green_obligation",
            json!({
                "code": "G-2015-4", "project": "renewal", "residential_area": "xq-07", "debtor": "builder",
                "site_area": 40_000 * M2, "required_ratio": 250_000, "green_area": 9_000 * M2, "coefficient": 150,
                "owed_area": 1_500 * M2, "settlement": "compensation", "decided_on": "2015-06-01", "due_on": "2016-06-30",
                "met_on": "2016-05-20", "unit": "city",
            }),
        ),
        (
            "compensation_site",
            json!({
                "code": "C-1", "obligation": "G-2015-4", "location": "river", "park": "park-01", "planned_area": 1_600 * M2,
                "accepted_area": 1_500 * M2, "started_on": "2015-09-01", "accepted_on": "2016-05-20", "outline": outline(),
                "unit": "city",
            }),
        ),
    ]
}

/// Swaps, contracts, lamps, traffic.
fn contracts() -> Vec<(&'static str, Value)> {
    vec![
        (
            "land_swap",
            json!({
                "code": "S-1", "purpose": "school", "owner": "school-board", "taker": "builder", "old_parcel": "p-1",
                "old_area": 12_000 * M2, "old_value": 6_000 * WAN, "new_parcel": "p-2", "new_area": 60_000 * M2,
                "new_value": 5_500 * WAN, "difference": -500 * WAN, "project": "new-school", "signed_on": "2015-03-01",
                "new_handed_over_on": "2016-02-20", "old_handed_over_on": "2016-03-10", "unit": "city",
            }),
        ),
        (
            "agent_construction",
            json!({
                "code": "A-1", "project": "new-school", "agent": "builder", "used_by": "school-board", "tenure": "free_use",
                "signed_on": "2015-03-05", "amount": 8_000 * WAN, "fee": 20_000, "audited": 8_100 * WAN, "due_on": "2016-02-28",
                "handed_over_on": "2016-02-20", "overrun": "地基加深。", "unit": "city",
            }),
        ),
        (
            "instalment_contract",
            json!({
                "code": "I-1", "subject": "street_lighting", "supplier": "lamp-firm", "signed_on": "2015-01-10",
                "accepted_on": "2015-06-30", "price": 300 * WAN, "cash_price": 280 * WAN, "unit": "city",
                "instalments": [
                    {"due_on": "2015-07-01", "amount": 100 * WAN}, {"due_on": "2016-07-01", "amount": 200 * WAN},
                ],
            }),
        ),
        (
            "energy_contract",
            json!({
                "code": "E-1", "kind": "shared_savings", "subject": "street_lighting", "company": "lamp-firm",
                "signed_on": "2015-01-20", "begins_on": "2015-07-01", "ends_on": "2025-06-30", "investment": 900 * WAN,
                "baseline": 260_000_000, "saving": 150_000_000, "saving_value": 120 * WAN, "share": 800_000, "unit": "city",
            }),
        ),
        (
            "saving_statement",
            json!({
                "contract": "E-1", "period": "2016-03", "baseline": 21_666_700, "metered": 9_166_700, "saved": 12_500_000,
                "price": 8_000, "share": 800_000, "payable": 8_000_000, "claimed": 8_000_000, "lit": 985_000,
                "agreed_on": "2016-04-08", "unit": "city",
            }),
        ),
        (
            "lamp",
            json!({
                "code": "BJ-0101", "road": "北京东路", "road_class": "main", "feeder": "BJ-1", "source": "led", "power": 1_100,
                "power_before": 2_700, "renewed_on": "2015-05-12", "energy_contract": "E-1", "place": place(), "unit": "city",
            }),
        ),
        (
            "traffic_investment",
            json!({
                "code": "T-1", "system": "video_application", "investor": "lamp-firm", "capital": "private",
                "invested_on": "2016-03-31", "amount": 2_000 * WAN, "runs_until": "2026-03-30", "returned_by": "按年支付服务费。",
                "unit": "city",
            }),
        ),
        (
            "concession",
            json!({
                "code": "K-1", "name": "凯里市第一污水处理厂", "kind": "sewage", "operator": "water-firm", "ppp_contract": "PPP-1",
                "signed_on": "2010-05-01", "runs_from": "2011-01-01", "ends_on": "2040-12-31", "capacity": 5_000_000,
                "guaranteed": 4_000_000, "price": 11_500, "standard": "GB 18918 一级A", "place": place(), "unit": "city",
            }),
        ),
        (
            "concession_volume",
            json!({
                "concession": "K-1", "period": "2016-03", "kind": "sewage", "arisen": 150_000_000, "received": 147_000_000,
                "treated": 146_500_000, "to_standard": 146_250_000, "price": 11_500, "quality": 1_000_000,
                "payable": 168_475_000, "unit": "city",
            }),
        ),
    ]
}

/// Parking, schools, hospitals, posts.
fn supply() -> Vec<(&'static str, Value)> {
    vec![
        (
            "car_park",
            json!({
                "code": "P-01", "name": "大十字地下停车场", "kind": "off_street", "quarter": "old_town", "division": "522601001",
                "address": "大十字", "bond": "1680001", "investment": 4_000 * WAN, "operator": "builder", "opened_on": "2016-01-15",
                "bays": 420, "charger_bays": 40, "accessible_bays": 9, "is_joined": true, "place": place(), "unit": "city",
            }),
        ),
        (
            "parking_tariff",
            json!({
                "car_park": "P-01", "begins_on": "2016-01-15", "pricing": "guided", "decision": "凯发改价〔2016〕3号",
                "free_minutes": 30, "day_most": 2_000, "unit": "city",
                "steps": [
                    {"from": 0, "to": 120, "price": 200, "interval": 60}, {"from": 120, "price": 100, "interval": 60},
                ],
            }),
        ),
        (
            "school",
            json!({
                "code": "3552000001", "name": "清江学校", "kind": "nine_year", "nature": "private", "holder": "school-board",
                "licence": "教民152260130000018号", "work": "built", "project": "new-school", "built_on": "2016-02-20",
                "places": 1_800, "places_added": 1_800, "floor_area": 15_000 * M2, "investment": 8_000 * WAN, "place": place(),
                "unit": "city",
            }),
        ),
        (
            "hospital",
            json!({
                "code": "H-5", "name": "黔东南骨科医院", "kind": "specialised", "grade": "secondary", "nature": "private",
                "holder": "school-board", "work": "enlarged", "built_on": "2016-05-10", "beds": 300, "beds_added": 120,
                "investment": 6_000 * WAN, "place": place(), "unit": "city",
            }),
        ),
        (
            "service_purchase",
            json!({
                "code": "GM-2016-2", "name": "民办学校教师岗位", "service": "education", "unit": "city", "supplier": "school-board",
                "method": "consultation", "signed_on": "2016-01-05", "amount": 400 * WAN, "begins_on": "2016-02-01",
                "ends_on": "2016-12-31", "evaluation": 920_000, "evaluated_on": "2017-01-10",
            }),
        ),
        (
            "service_post",
            json!({
                "code": "post-2016-2", "kind": "teacher", "posts": 80, "filled": 78, "school": "3552000001",
                "purchase": "GM-2016-2", "cost": 5 * WAN, "begins_on": "2016-02-01", "ends_on": "2016-12-31", "unit": "city",
            }),
        ),
        (
            "service_award",
            json!({
                "code": "award-9", "kind": "per_pupil", "school": "3552000001", "awarded_on": "2016-03-01", "amount": 90 * WAN,
                "number": 1_500, "each": 60_000, "paid_on": "2016-03-20", "unit": "city",
            }),
        ),
    ]
}

pub(crate) fn samples() -> Vec<(&'static str, Value)> {
    [green(), contracts(), supply()].concat()
}
