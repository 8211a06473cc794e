//! A row of each register, in an order in which each finds what it names.

use serde_json::{Value, json};

/// A square of about a hundred metres.
fn outline() -> Value {
    json!({ "type": "MultiPolygon", "coordinates": [[[
        [107.980, 26.580], [107.981, 26.580], [107.981, 26.581], [107.980, 26.581], [107.980, 26.580],
    ]]] })
}

fn place() -> Value {
    json!({ "type": "Point", "coordinates": [107.9805, 26.5805] })
}

pub(crate) fn samples() -> Vec<(&'static str, Value)> {
    vec![
        (
            "plan",
            json!({
                "code": "urban-2009", "name": "凯里市城市总体规划（2009—2030年）", "unit": "planning", "kind": "urban", "tier": "overall",
                "statutory": true, "status": "superseded", "first_year": 2009, "last_year": 2030, "approved_on": "2010-03-18",
                "approved_by": "贵州省人民政府", "ended_on": "2015-11-30", "area": 27_000_000_000_000_i64,
            }),
        ),
        (
            "plan",
            json!({
                "code": "urban-2015", "name": "凯里市城市总体规划（2015年修改）", "unit": "planning", "kind": "urban", "tier": "overall",
                "statutory": true, "status": "approved", "first_year": 2015, "last_year": 2030, "approved_on": "2015-12-01",
                "merged_on": "2016-04-20", "outline": outline(),
                "editions": [
                    {"number": "1", "approved_on": "2015-12-01", "document": "黔府函〔2015〕301号"},
                    {"number": "2", "approved_on": "2016-04-20", "changes": "与土地利用总体规划协调一致"},
                ],
            }),
        ),
        (
            "plan",
            json!({
                "code": "land-2006", "name": "凯里市土地利用总体规划（2006—2020年）", "unit": "planning", "kind": "land_use", "tier": "overall",
                "statutory": true, "status": "approved", "first_year": 2006, "last_year": 2020, "approved_on": "2011-07-05",
            }),
        ),
        (
            "plan_adjustment",
            json!({
                "code": "2016-012", "plan": "land-2006", "against": "urban-2015", "unit": "planning", "reason": "conflict",
                "status": "adopted", "proposed_on": "2016-02-03", "agreed_on": "2016-03-10", "decided_on": "2016-04-20",
                "class_before": "一般农地区", "class_after": "允许建设区", "area": 96_000_000_000_i64, "outline": outline(),
                "content": "开怀片区12.8公顷调整为允许建设区，等量调出。",
            }),
        ),
        (
            "functional_line",
            json!({
                "code": "eco-03", "name": "清水江沿岸生态线", "kind": "ecological", "hard_line": "ecological_red_line", "plan": "urban-2015",
                "division": "522601001", "begins_on": "2016-01-01", "area": 1_230_000_000_000_i64, "outline": outline(),
                "controls": "禁止新建与生态保护无关的建筑。", "unit": "planning",
            }),
        ),
        (
            "scenic_area",
            json!({
                "code": "xiasi", "name": "下司古镇", "kind": "town", "key_area": true, "stage": "open", "started_on": "2012-05-01",
                "opened_on": "2014-10-01", "rating": "a4", "rated_on": "2015-12-22", "division": "522601100", "operator": "kf-group",
                "project": "2015-017", "area": 1_000_000_000_i64, "visitors_daily_max": 30_000, "place": place(),
                "outline": outline(), "unit": "tourism",
            }),
        ),
        (
            "landmark",
            json!({
                "code": "kaikai-avenue", "name": "凯开大道", "kind": "avenue", "stage": "under_construction", "started_on": "2015-03-09",
                "scenic_area": "xiasi", "division": "522601001", "project": "2015-017", "length": 12_400,
                "course": {"type": "LineString", "coordinates": [[107.97, 26.57], [107.99, 26.58]]}, "unit": "planning",
            }),
        ),
        (
            "title_campaign",
            json!({
                "code": "sanitary", "name": "国家卫生城市", "level": "national", "awarded_by": "全国爱国卫生运动委员会",
                "standard": "国家卫生城市标准（2014版）", "stage": "applied", "started_on": "2014-03-01", "applied_on": "2016-05-20",
                "target_on": "2017-12-31", "unit": "planning",
            }),
        ),
        (
            "title_item",
            json!({
                "campaign": "sanitary", "number": "3", "name": "市容环境卫生", "measure": "present", "met": false, "unit": "planning",
            }),
        ),
        (
            "title_item",
            json!({
                "campaign": "sanitary", "number": "3.2", "name": "建成区绿化覆盖率", "parent": "sanitary/3", "measure": "at_least",
                "required": 360_000, "reached": 381_200, "value_unit": "%", "met": true, "checked_on": "2016-06-02",
                "points": 300, "unit": "planning", "evidence": [{"title": "绿化普查报告", "dated_on": "2016-05-30"}],
            }),
        ),
        (
            "park",
            json!({
                "code": "lubi", "name": "炉碧经济开发区", "kind": "development_zone", "level": "provincial", "division": "522601100",
                "approved_on": "2011-12-13", "unit": "planning", "company": "kf-group", "main_industry": "C29",
                "planned_area": 9_000_000_000_000_i64, "built_area": 3_000_000_000_000_i64, "place": place(), "outline": outline(),
            }),
        ),
        (
            "specialised_park",
            json!({
                "code": "rubber", "name": "橡胶轮胎产业园", "park": "lubi", "industry": "C29", "leading_firm": "ct-tyres", "stage": "operating",
                "started_on": "2013-06-01", "opened_on": "2015-04-18", "area": 16_000_000_000_i64, "unit": "planning",
            }),
        ),
        (
            "park_firm",
            json!({
                "park": "lubi", "firm": "ct-tyres", "specialised_park": "rubber", "industry": "C29", "role": "leading",
                "stage": "producing", "signed_on": "2012-11-02", "building_began_on": "2013-06-01",
                "production_began_on": "2015-04-18", "above_designated_size": true, "designated_on": "2015-12-31",
                "land_area": 16_000_000_000_i64, "planned_investment": 120_000_000_000_i64, "attracted_from": "山东", "unit": "planning",
            }),
        ),
        (
            "park_return",
            json!({
                "park": "lubi", "firm": "ct-tyres", "period": "2016-Q1", "output": 8_200_000_000_i64, "income": 7_900_000_000_i64,
                "tax": 310_000_000, "profit": -42_000_000, "investment": 1_500_000_000, "employees": 412,
                "reported_on": "2016-04-08", "unit": "planning",
            }),
        ),
        (
            "innovation_platform",
            json!({
                "code": "tyre-centre", "name": "轮胎企业技术中心", "kind": "technology_centre", "level": "provincial", "host": "ct-tyres",
                "park": "lubi", "industry": "C29", "recognised_on": "2016-03-15", "recognised_by": "贵州省经济和信息化委员会",
                "researchers": 46, "unit": "planning",
            }),
        ),
        (
            "startup_base",
            json!({
                "code": "returners", "name": "凯里返乡创业园", "kind": "returning", "level": "prefecture", "operator": "kf-group",
                "park": "lubi", "division": "522601100", "recognised_on": "2015-08-10", "floor_area": 360_000_000, "firms_max": 60,
                "place": place(), "unit": "planning",
            }),
        ),
        (
            "job_record",
            json!({
                "employer": "ct-tyres", "source": "insurance", "period": "2016-Q1", "people": 128, "returned_migrants": 77, "hard_to_place": 9,
                "park": "lubi", "base": "returners", "division": "522601100", "counted_on": "2016-04-12", "unit": "planning",
            }),
        ),
        (
            "town",
            json!({
                "division": "522601100", "kind": "tourism", "joined_on": "2013-01-15", "demonstration": "provincial",
                "demonstration_on": "2012-10-28", "company": "kf-group", "plan": "urban-2015", "population": 18_600,
                "built_area": 780_000_000_000_i64, "slope_area": 52_000_000_000_i64, "start_fund": 1_000_000_000,
                "place": place(), "outline": outline(), "unit": "planning",
            }),
        ),
        (
            "town_facility",
            json!({
                "code": "xiasi-sewage", "name": "下司污水处理厂", "town": "522601100", "kind": "sewage", "additional": false,
                "stage": "completed", "started_on": "2013-09-01", "completed_on": "2014-12-20", "planned_size": 500_000,
                "built_size": 300_000, "size_unit": "tonne_a_day", "project": "2015-017", "unit": "planning",
            }),
        ),
        (
            "town_fund_movement",
            json!({
                "code": "xiasi-2013-1", "town": "522601100", "kind": "start_up", "moved_on": "2013-03-04", "amount": 1_000_000_000,
                "document": "凯财建〔2013〕21号", "unit": "planning",
            }),
        ),
        (
            "statistic",
            json!({
                "indicator": "gdp", "prices": "constant", "period": "2016-H1", "value": 912_300, "measured_in": "yi_yuan",
                "base_year": 2015, "status": "preliminary", "published_on": "2016-07-20", "source": "2016年上半年统计公报",
                "unit": "planning",
            }),
        ),
    ]
}
