//! The figures of the control room: energy of public buildings (G4) and traffic (G6).

use figures::{
    Figure, Filter, Measure, Rows, Total, Unit, When,
    declare::{BY_UNIT, PLACED, count, counted, figure, number, ratio, share, title},
};
use ledger::register::Title;

const BUILDINGS: Rows =
    Rows::of("public_building", When::InForce { from: "used_from", to: "used_until" }).scoped(PLACED);
const METERS: Rows =
    Rows::of("energy_meter", When::InForce { from: "installed_on", to: "removed_on" }).scoped(BY_UNIT);
const READINGS: Rows = Rows::of("meter_reading", When::Periods("period")).scoped(BY_UNIT);
/// Readings of main meters: what sub-meters count is in them already.
const MAIN: Filter = Filter::Is("metered_use", &["whole"]);
const WATER: Filter = Filter::Is("carrier", &["water"]);
const ENERGY: Total = READINGS.that(&[MAIN]).sum("standard_coal");

const INCIDENTS: Rows = Rows::of("traffic_incident", When::WithinMoments("detected_at")).scoped(BY_UNIT);
const ARRIVED: Rows = INCIDENTS.that(&[Filter::Filled("response_seconds")]);
const CLEARED: Rows = INCIDENTS.that(&[Filter::Filled("clearing_seconds")]);
const ACCIDENT: Filter = Filter::Is("kind", &["damage", "injury"]);
const ROADS: Rows =
    Rows::of("road_section", When::InForce { from: "opened_on", to: "closed_on" }).scoped(BY_UNIT);
const ROSTERS: Rows = Rows::of("duty_roster", When::Within("day")).scoped(BY_UNIT);
const MINUTES: Title = title("分钟", "minutes");
/// Within how many seconds officers should arrive; what begins after them is late.
const ARRIVAL_TARGET_SECONDS: i64 = 300;

/// The figures, in the order of the mission.
pub const FIGURES: &[Figure] = &[
    figure(
        ("control.public_buildings", "G4"),
        title("公共建筑", "Public buildings"),
        title("期末在用的公共建筑", "Public buildings in use at the end of the period"),
        count("栋", "buildings", BUILDINGS),
    ),
    figure(
        ("control.public_building_area", "G4"),
        title("公共建筑面积", "Floor area of public buildings"),
        title(
            "期末在用的公共建筑的建筑面积之和",
            "The floor area of the public buildings in use at the end of the period",
        ),
        number(title("万平方米", "10,000 m²"), 300_000_000, 2, Measure::Total(BUILDINGS.sum("floor_area"))),
    ),
    figure(
        ("control.energy", "G4"),
        title("公共建筑综合能耗", "Energy of public buildings"),
        title(
            "期内各月总表用量折标准煤之和；水不折标准煤，分项表不重复计入",
            "The standard coal of what the main meters counted in the months of the period; water is no energy, and sub-meters are not counted twice",
        ),
        number(title("吨标准煤", "tce"), 100_000, 1, Measure::Total(ENERGY)),
    ),
    figure(
        ("control.energy_growth", "G4"),
        title("公共建筑综合能耗同比", "Growth of the energy of public buildings"),
        title(
            "综合能耗比上年同期的增减",
            "By how much the energy has grown since the same period of the year before",
        ),
        (Unit::Percent(2), Measure::Growth(ENERGY)),
    ),
    figure(
        ("control.energy_per_area", "G4"),
        title("单位建筑面积能耗", "Energy for each square metre"),
        title(
            "期内综合能耗除以期末在用的公共建筑面积",
            "The energy of the period over the floor area in use at its end",
        ),
        (
            Unit::PerSquareMetre {
                scale: 100, decimals: 2, title: title("千克标准煤/平方米", "kgce/m²")
            },
            ratio(ENERGY, BUILDINGS.sum("floor_area")),
        ),
    ),
    figure(
        ("control.energy_per_user", "G4"),
        title("人均综合能耗", "Energy for each user"),
        title(
            "期内综合能耗除以期末在用的公共建筑的用能人数",
            "The energy of the period over the users of the buildings in use at its end",
        ),
        number(title("千克标准煤/人", "kgce a person"), 100, 1, ratio(ENERGY, BUILDINGS.sum("users"))),
    ),
    figure(
        ("control.electricity", "G4"),
        title("公共建筑用电量", "Electricity of public buildings"),
        title(
            "期内各月电总表用量之和",
            "What the main meters of electricity counted in the months of the period",
        ),
        number(
            title("万千瓦时", "10,000 kWh"),
            1_000_000,
            2,
            Measure::Total(
                READINGS.that(&[MAIN, Filter::Is("carrier", &["electricity"])]).sum("consumption"),
            ),
        ),
    ),
    figure(
        ("control.water", "G4"),
        title("公共建筑用水量", "Water of public buildings"),
        title("期内各月水总表用量之和", "What the main meters of water counted in the months of the period"),
        number(
            title("万立方米", "10,000 m³"),
            1_000_000,
            2,
            Measure::Total(READINGS.that(&[MAIN, WATER]).sum("consumption")),
        ),
    ),
    figure(
        ("control.energy_cost", "G4"),
        title("公共建筑能源和水费用", "Cost of energy and water of public buildings"),
        title(
            "期内各月总表费用之和，没有费用的抄表不计",
            "What the readings of main meters in the months of the period cost, where it is known",
        ),
        (Unit::WanYuan, Measure::Total(READINGS.that(&[MAIN]).sum("cost"))),
    ),
    figure(
        ("control.readings_estimated_rate", "G4"),
        title("估算抄表占比", "Readings that are estimates"),
        title(
            "期内各月抄表记录中估算的比例",
            "Of the readings of the months of the period, the share that is estimated",
        ),
        share(READINGS.that(&[Filter::Is("source", &["estimate"])]), READINGS),
    ),
    figure(
        ("control.meters_remote_rate", "G4"),
        title("计量表远传率", "Meters read from afar"),
        title(
            "期末在用的计量表中远传的比例",
            "Of the meters in use at the end of the period, the share that is read from afar",
        ),
        share(METERS.that(&[Filter::Truth("remote", true)]), METERS),
    ),
    figure(
        ("control.buildings_sub_metered_rate", "G4"),
        title("分项计量覆盖率", "Public buildings metered by purpose"),
        title(
            "期末在用的公共建筑中分项计量的比例",
            "Of the public buildings in use at the end of the period, the share metered by purpose",
        ),
        share(BUILDINGS.that(&[Filter::Truth("sub_metered", true)]), BUILDINGS),
    ),
    figure(
        ("control.buildings_renovated", "G4"),
        title("完成节能改造的公共建筑", "Public buildings renovated for energy"),
        title(
            "期末前节能改造已验收的公共建筑",
            "Public buildings whose energy renovation was accepted by the end of the period",
        ),
        count("栋", "buildings", Rows::of("public_building", When::By("renovated_on")).scoped(PLACED)),
    ),
    figure(
        ("control.arrival_minutes", "G6"),
        title("平均到场用时", "Mean time from detection to arrival"),
        title(
            "期内发现并有警力到场的交通警情，从发现到到场的平均用时；无人到场的不计",
            "The mean time from detection to arrival over the traffic incidents detected within the period where officers arrived",
        ),
        number(MINUTES, 60, 0, ratio(ARRIVED.sum("response_seconds"), ARRIVED.count())),
    ),
    figure(
        ("control.arrivals_on_target_rate", "G6"),
        title("五分钟到场率", "Arrivals within five minutes"),
        title(
            "期内发现并有警力到场的交通警情中，五分钟内（含）到场的比例",
            "Of the incidents detected within the period where officers arrived, the share where they did within five minutes",
        ),
        share(INCIDENTS.that(&[Filter::Below("response_seconds", ARRIVAL_TARGET_SECONDS + 1)]), ARRIVED),
    ),
    figure(
        ("control.clearing_minutes", "G6"),
        title("平均恢复用时", "Mean time from detection to clearing"),
        title(
            "期内发现并已恢复交通的警情，从发现到恢复的平均用时",
            "The mean time from detection until traffic flowed again, over the incidents detected within the period that were cleared",
        ),
        number(MINUTES, 60, 1, ratio(CLEARED.sum("clearing_seconds"), CLEARED.count())),
    ),
    figure(
        ("control.incidents", "G6"),
        title("交通警情", "Traffic incidents"),
        title("发现时间在期内的交通警情", "Traffic incidents detected within the period"),
        count("起", "incidents", INCIDENTS),
    ),
    figure(
        ("control.accidents", "G6"),
        title("交通事故", "Traffic accidents"),
        title(
            "发现时间在期内的财产损失事故和伤亡事故",
            "Accidents with damage or casualties detected within the period",
        ),
        count("起", "accidents", INCIDENTS.that(&[ACCIDENT])),
    ),
    figure(
        ("control.congestions", "G6"),
        title("交通拥堵", "Congestions"),
        title("发现时间在期内的交通拥堵", "Congestions detected within the period"),
        count("起", "congestions", INCIDENTS.that(&[Filter::Is("kind", &["congestion"])])),
    ),
    figure(
        ("control.injured", "G6"),
        title("交通事故受伤人数", "People injured in traffic"),
        title("期内发现的警情中受伤人数之和", "People injured in the incidents detected within the period"),
        counted(title("人", "persons"), INCIDENTS.sum("injured")),
    ),
    figure(
        ("control.killed", "G6"),
        title("交通事故死亡人数", "People killed in traffic"),
        title("期内发现的警情中死亡人数之和", "People killed in the incidents detected within the period"),
        counted(title("人", "persons"), INCIDENTS.sum("killed")),
    ),
    figure(
        ("control.self_detected_rate", "G6"),
        title("警情主动发现率", "Incidents that the control room found itself"),
        title(
            "期内交通警情中由视频、巡逻、检测设备发现的比例；群众来电和单位通报的不算",
            "Of the incidents within the period, the share found by video, patrol or detector; those told by callers or units do not count",
        ),
        share(INCIDENTS.that(&[Filter::Is("source", &["video", "patrol", "detector"])]), INCIDENTS),
    ),
    figure(
        ("control.roads_watched_rate", "G6"),
        title("道路24小时管控率", "Roads watched day and night"),
        title(
            "期末通车的管控路段长度中24小时管控的比例",
            "Of the length of the road sections open at the end of the period, the share watched day and night",
        ),
        (
            Unit::Percent(2),
            ratio(ROADS.that(&[Filter::Truth("watched", true)]).sum("length"), ROADS.sum("length")),
        ),
    ),
    figure(
        ("control.roads_length", "G6"),
        title("管控路段长度", "Length of road sections"),
        title("期末通车的管控路段长度之和", "The length of the road sections open at the end of the period"),
        number(title("公里", "km"), 1_000, 1, Measure::Total(ROADS.sum("length"))),
    ),
    figure(
        ("control.officers", "G6"),
        title("在岗交警", "Traffic officers"),
        title("期末在岗的民警和辅警", "Police officers and auxiliaries serving at the end of the period"),
        count(
            "人",
            "officers",
            Rows::of("officer", When::InForce { from: "joined_on", to: "left_on" }).scoped(BY_UNIT),
        ),
    ),
    figure(
        ("control.officers_a_shift", "G6"),
        title("每班在岗人数", "Officers on duty in a shift"),
        title(
            "期内勤务排班的在岗人数之和除以班次数",
            "The officers on the rosters of the period over the number of shifts",
        ),
        number(title("人/班", "officers a shift"), 1, 1, ratio(ROSTERS.sum("officers"), ROSTERS.count())),
    ),
];
