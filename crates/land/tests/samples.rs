//! A row of each register, in an order in which each finds what it names.

use kernel::area::AreaUnit;
use serde_json::{Value, json};

/// Mu, as stored.
pub(crate) fn mu(number: i64) -> i64 {
    number * AreaUnit::Mu.units()
}

/// Square metres, as stored.
fn square_metres(number: i64) -> i64 {
    number * AreaUnit::SquareMetre.units()
}

/// Hectares, as stored.
pub(crate) fn hectares(number: i64) -> i64 {
    number * AreaUnit::Hectare.units()
}

/// A person of the vault.
pub(crate) fn person(number: u32) -> Value {
    json!(format!("01900000-0000-7000-8000-{number:012}"))
}

/// A square of about a hundred metres.
fn outline() -> Value {
    json!({ "type": "MultiPolygon", "coordinates": [[[
        [107.980, 26.480], [107.981, 26.480], [107.981, 26.481], [107.980, 26.481], [107.980, 26.480],
    ]]] })
}

fn place() -> Value {
    json!({ "type": "Point", "coordinates": [107.9805, 26.4805] })
}

/// Rural land: who holds it and how it is passed on.
fn fields() -> Vec<(&'static str, Value)> {
    vec![
        (
            "village_group",
            json!({
                "code": "52260110020103", "name": "清江村三组", "division": "522601100201", "leader": person(1), "households": 46,
                "people": 201, "area": mu(620), "arable_area": mu(310), "place": place(), "outline": outline(), "unit": "agriculture",
            }),
        ),
        (
            "household",
            json!({
                "code": "522601100201030012", "village_group": "52260110020103", "head": person(2), "people": 2, "contract": "QJ-3-012",
                "contract_area": mu(6), "contract_begins_on": "1998-01-01", "contract_ends_on": "2027-12-31", "moved_away": false,
                "members": [
                    {"person": person(2), "relation": "representative", "of_collective": true},
                    {"person": person(3), "relation": "spouse", "of_collective": true},
                ],
                "unit": "agriculture",
            }),
        ),
        (
            "parcel",
            json!({
                "code": "5226011002010300121", "name": "河边田", "village_group": "52260110020103", "ownership": "collective",
                "land_use": "0101", "grade": 4, "basic_farmland": false, "contract_area": mu(3), "measured_area": mu(4),
                "surveyed_on": "2015-04-02", "boundaries": "东至机耕道，西至清水江，南至水沟，北至5226011002010300130", "outline": outline(),
                "unit": "agriculture",
            }),
        ),
        (
            "land_right",
            json!({
                "code": "R-0012-1", "parcel": "5226011002010300121", "kind": "contract", "household": "522601100201030012",
                "share": 1_000_000, "area": mu(4), "certificate": "黔（2015）凯里市农村土地承包经营权第001212号",
                "registered_on": "2015-10-01", "begins_on": "1998-01-01", "ends_on": "2027-12-31", "mortgaged_to": "rural-bank",
                "unit": "agriculture",
            }),
        ),
        (
            "guide_price",
            json!({
                "code": "2015-paddy-1", "division": "522601100", "land": "paddy", "grade_best": 3, "grade_worst": 5, "price": 80_000,
                "rice": 3_000, "begins_on": "2015-01-01", "document": "凯府发〔2015〕3号", "unit": "agriculture",
            }),
        ),
        (
            "transfer_contract",
            json!({
                "code": "XS-2015-0031", "mode": "lease", "from_household": "522601100201030012", "to_organisation": "town-company",
                "purpose": "vegetables", "area": mu(4), "rent": 80_000, "payment": "yearly_before", "guide_price": "2015-paddy-1",
                "signed_on": "2015-03-02", "begins_on": "2015-03-15", "ends_on": "2025-03-14", "by_agent": true,
                "power_of_attorney": "a".repeat(64), "review": "passed", "risk_deposit": 5_000_000, "filed_on": "2015-03-10",
                "plots": [{"right": "R-0012-1", "area": mu(4)}], "unit": "agriculture",
            }),
        ),
        (
            "transfer_level",
            json!({
                "code": "XS-1-group", "block": "XS-1", "level": "group", "village_group": "52260110020103",
                "guide_price": "2015-paddy-1", "area": mu(4), "rent": 80_000, "passed_on": 80_000, "service_fee": 0,
                "collective_share": 0, "signed_on": "2015-03-02", "begins_on": "2015-03-15", "ends_on": "2025-03-14",
                "parts": [{"contract": "XS-2015-0031", "area": mu(4)}], "unit": "agriculture",
            }),
        ),
        (
            "transfer_level",
            json!({
                "code": "XS-1-investor", "block": "XS-1", "level": "investor", "taker": "mountain-farms",
                "guide_price": "2015-paddy-1", "area": mu(4), "rent": 86_000, "passed_on": 80_000, "service_fee": 2_000,
                "collective_share": 4_000, "signed_on": "2015-03-20", "begins_on": "2015-04-01", "ends_on": "2025-03-14",
                "parts": [{"level": "XS-1-group", "area": mu(4)}], "outline": outline(), "unit": "agriculture",
            }),
        ),
        (
            "rent_payment",
            json!({
                "contract": "XS-2015-0031", "period": "2016", "owed": 320_000, "due_on": "2016-01-31", "paid": 320_000,
                "paid_on": "2016-01-28", "receipt": "2016012800417", "unit": "agriculture",
            }),
        ),
        (
            "cooperative",
            json!({
                "organisation": "xiasi-cooperative", "division": "522601100201", "kind": "own", "shares": 1_200, "land_area": mu(600),
                "floor": 51_000, "members_share": 400_000, "collective_share": 300_000, "managers_share": 300_000,
                "reserve_rate": 100_000, "founded_on": "2014-06-18", "place": place(), "unit": "agriculture",
            }),
        ),
        (
            "cooperative_member",
            json!({
                "cooperative": "xiasi-cooperative", "number": "012", "household": "522601100201030012", "contract": "XS-2015-0031",
                "land_area": mu(2), "money": 0, "shares": 4, "joined_on": "2014-06-18", "unit": "agriculture",
            }),
        ),
        (
            "cooperative_account",
            json!({
                "cooperative": "xiasi-cooperative", "period": "2015", "profit": 60_000_000, "floor_paid": 30_600_000, "reserve": 2_940_000,
                "welfare": 0, "members": 10_584_000, "collective": 7_938_000, "managers": 7_938_000, "carried": 0,
                "approved_on": "2016-01-20", "unit": "agriculture",
            }),
        ),
    ]
}

/// Quota, redevelopment, and who grows on improved land.
fn building() -> Vec<(&'static str, Value)> {
    vec![
        (
            "quota_movement",
            json!({
                "code": "2015-014", "project_area": "下司挂钩项目区", "project": "2015-017", "division": "522601100", "source": "turnover",
                "target": "building", "moved_on": "2015-05-20", "area": hectares(12), "paddy_area": hectares(3), "capacity": 81_000,
                "due_on": "2018-05-20", "document": "黔国土资函〔2015〕88号", "plot": outline(), "unit": "land",
            }),
        ),
        (
            "quota_movement",
            json!({
                "code": "2016-003", "project_area": "下司挂钩项目区", "division": "522601100", "source": "reclaimed", "target": "turnover",
                "moved_on": "2016-04-11", "area": hectares(7), "paddy_area": hectares(2), "capacity": 47_000, "settles": "2015-014",
                "accepted_on": "2016-03-30", "document": "黔国土资函〔2016〕41号", "unit": "land",
            }),
        ),
        (
            "redevelopment",
            json!({
                "code": "wanbo-2", "name": "万博片区城中村改造", "kind": "urban_village", "mode": "joint", "village_kind": "rebuilt",
                "stage": "under_way", "project": "2015-017", "developer": "town-company", "division": "522601100",
                "noticed_on": "2014-11-03", "heard_on": "2014-12-01", "approved_on": "2015-02-10", "started_on": "2015-06-30",
                "households": 812, "land_area": mu(240), "floor_before": square_metres(98_000), "floor_above": square_metres(310_000),
                "floor_below": square_metres(64_000), "place": place(), "outline": outline(), "unit": "land",
            }),
        ),
        (
            "household_agreement",
            json!({
                "code": "wanbo-2-0117", "redevelopment": "wanbo-2", "holder": person(7), "people": 4, "floor_area": square_metres(142),
                "registered_area": square_metres(120), "way": "both", "amount": 21_340_000, "resettlement_area": square_metres(90),
                "resettled_in": "new-town-3", "signed_on": "2015-08-12", "moved_out_on": "2015-09-01", "paid_on": "2015-08-30",
                "demolished_on": "2015-09-20", "resettled_on": "2016-06-18",
                "items": [
                    {"kind": "house", "amount": 20_000_000}, {"kind": "moving", "amount": 140_000},
                    {"kind": "temporary", "amount": 1_200_000},
                ],
                "place": place(), "unit": "land",
            }),
        ),
        (
            "lease_back",
            json!({
                "code": "LB-2015-08", "lessor": "mountain-farms", "household": "522601100201030012", "park": "xiasi-park",
                "level": "XS-1-investor", "improvement": "greenhouse", "area": mu(2), "units": 4, "rent": 120_000, "product": "蓝莓",
                "unified_supply": true, "unified_purchase": true, "floor_income": 4_000_000, "result_share": 300_000,
                "signed_on": "2015-04-20", "begins_on": "2015-05-01", "ends_on": "2020-04-30", "outline": outline(), "unit": "agriculture",
            }),
        ),
        (
            "purchase_agreement",
            json!({
                "code": "PA-2016-31", "buyer": "mountain-farms", "household": "522601100201030012", "lease_back": "LB-2015-08",
                "product": "蓝莓", "agreed": 3_000, "floor_price": 1_600_000, "signed_on": "2016-01-15", "begins_on": "2016-02-01",
                "ends_on": "2016-12-31", "delivered": 1_250, "paid": 2_100_000,
                "deliveries": [
                    {"delivered_on": "2016-06-10", "quantity": 750, "amount": 1_300_000},
                    {"delivered_on": "2016-06-24", "quantity": 500, "amount": 800_000},
                ],
                "unit": "agriculture",
            }),
        ),
    ]
}

pub(crate) fn samples() -> Vec<(&'static str, Value)> {
    fields().into_iter().chain(building()).collect()
}
