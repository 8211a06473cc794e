//! The figures of sanitation (G5), joint work (G7), pipes (G9) and society (G10), counted over their registers.

use figures::{
    Figure, Filter, Measure, Rows, Unit, When,
    declare::{BY_UNIT, PLACED, count, counted, figure, number, share, share_of, title},
};
use ledger::register::Title;

/// The sum of a column with decimals: units of its last place in one of what is shown.
const fn measured(unit: Title, scale: i64, rows: Rows, column: &'static str) -> (Unit, Measure) {
    number(unit, scale, 1, Measure::Total(rows.sum(column)))
}

const FACILITIES: Rows =
    Rows::of("facility", When::InForce { from: "opened_on", to: "closed_on" }).scoped(PLACED);
const INSPECTED: Rows = Rows::of("inspection", When::WithinMoments("inspected_at")).scoped(PLACED);
const TO_PUT_RIGHT: Rows = Rows::of("inspection", When::WithinMoments("due_at")).scoped(PLACED);
const CAMPAIGNS: Rows = Rows::of("joint_campaign", When::Within("begins_on")).scoped(BY_UNIT);
const PATROLS: Rows = Rows::of("patrol", When::WithinMoments("began_at")).scoped(PLACED);
const JOINT_OPENED: Rows = Rows::of("joint_case", When::Within("opened_on")).scoped(PLACED);
const JOINT_DUE: Rows = Rows::of("joint_case", When::Within("due_on")).scoped(PLACED);
const NETWORKS: Rows =
    Rows::of("pipe_network", When::InForce { from: "commissioned_on", to: "abandoned_on" }).scoped(BY_UNIT);
const PIPES: Rows =
    Rows::of("pipe_segment", When::InForce { from: "laid_on", to: "abandoned_on" }).scoped(PLACED);
const DIGS: Rows = Rows::of("coordination_order", When::Within("asked_on")).scoped(PLACED);
const DIGS_DUE: Rows = Rows::of("coordination_order", When::Within("due_on")).scoped(PLACED);
const ORGANISATIONS: Rows =
    Rows::of("social_organisation", When::InForce { from: "registered_on", to: "deregistered_on" })
        .scoped(PLACED);
const TEAMS: Rows =
    Rows::of("volunteer_team", When::InForce { from: "formed_on", to: "dissolved_on" }).scoped(PLACED);
const VOLUNTEERS: Rows =
    Rows::of("volunteer", When::InForce { from: "registered_on", to: "left_on" }).scoped(PLACED);
const ACTIVITIES: Rows = Rows::of("volunteer_activity", When::Within("held_on")).scoped(PLACED);

/// What an inspector found wrong.
const WRONG: Filter = Filter::IsNot("finding", &["good"]);
/// Work that goes on or is done, of orders that were not refused.
const DUG: Filter = Filter::Is("status", &["under_way", "restored"]);
const PLANNED: Filter = Filter::Is("kind", &["planned", "added"]);
const AGREED: Filter = Filter::Is("status", &["permitted", "under_way", "restored"]);

/// The figures, in the order of the mission.
pub const REGISTER_FIGURES: &[Figure] = &[
    figure(
        ("governance.sanitation_on_time", "G5"),
        title("环卫巡检问题及时处置率", "Sanitation problems put right in time"),
        title(
            "整改期限在期内的环卫巡检问题中，在期限前（含）整改完成的比例；未整改的算作未及时",
            "Of the problems found by sanitation inspections that were due within the period, the share put right by then; those not put right count as late",
        ),
        share(TO_PUT_RIGHT.that(&[WRONG, Filter::Truth("in_time", true)]), TO_PUT_RIGHT.that(&[WRONG])),
    ),
    figure(
        ("governance.sanitation_inspections", "G5"),
        title("环卫巡检次数", "Sanitation inspections"),
        title("巡检时间在期内的环卫巡检次数", "Sanitation inspections made within the period"),
        count("次", "inspections", INSPECTED),
    ),
    figure(
        ("governance.sanitation_problems", "G5"),
        title("环卫巡检发现问题", "Problems found by sanitation inspections"),
        title("期内巡检结果不合格的次数", "Inspections within the period that found something wrong"),
        count("个", "problems", INSPECTED.that(&[WRONG])),
    ),
    figure(
        ("governance.sanitation_pass_rate", "G5"),
        title("环卫巡检合格率", "Sanitation inspections in order"),
        title(
            "期内环卫巡检中结果为合格的比例",
            "Of the inspections within the period, the share that found all in order",
        ),
        share(INSPECTED.that(&[Filter::Is("finding", &["good"])]), INSPECTED),
    ),
    figure(
        ("governance.sanitation_unresolved", "G5"),
        title("未整改的环卫问题", "Sanitation problems not put right"),
        title(
            "期内巡检发现、至今没有整改完成的问题，未到期限的也在内",
            "Problems found within the period that are not put right, those not yet due among them",
        ),
        count("个", "problems", INSPECTED.that(&[WRONG, Filter::Empty("handled_at")])),
    ),
    figure(
        ("governance.sanitation_remote_rate", "G5"),
        title("现代手段巡检占比", "Inspections by video, drone or sensor"),
        title(
            "期内环卫巡检中用视频、无人机、传感器进行的比例；徒步和车巡不算",
            "Of the inspections within the period, the share made by video, drone or sensor; those on foot or by vehicle do not count",
        ),
        share(INSPECTED.that(&[Filter::Is("means", &["video", "drone", "sensor"])]), INSPECTED),
    ),
    figure(
        ("governance.facilities", "G5"),
        title("环卫设施与店招", "Sanitation facilities and signs"),
        title(
            "期末在用的环卫设施、店招和户外广告",
            "Facilities, shop signs and advertisements in use at the end of the period",
        ),
        count("处", "facilities and signs", FACILITIES),
    ),
    figure(
        ("governance.public_toilets", "G5"),
        title("公共厕所", "Public toilets"),
        title("期末在用的公共厕所", "Public toilets in use at the end of the period"),
        count("座", "toilets", FACILITIES.that(&[Filter::Is("kind", &["public_toilet"])])),
    ),
    figure(
        ("governance.joint_campaigns", "G7"),
        title("联合专项行动", "Joint campaigns"),
        title("开始日期在期内的联合专项行动", "Joint campaigns that began within the period"),
        count("次", "campaigns", CAMPAIGNS),
    ),
    figure(
        ("governance.joint_patrols", "G7"),
        title("联合巡查", "Joint patrols"),
        title("开始时间在期内的联合巡查", "Joint patrols that began within the period"),
        count("次", "patrols", PATROLS),
    ),
    figure(
        ("governance.joint_patrol_length", "G7"),
        title("联合巡查里程", "Length of joint patrols"),
        title(
            "期内联合巡查的里程之和，没有记录里程的不计",
            "The length of the joint patrols within the period, where it was written down",
        ),
        measured(title("公里", "km"), 1_000, PATROLS, "length"),
    ),
    figure(
        ("governance.joint_patrol_problems", "G7"),
        title("联合巡查发现问题", "Problems found by joint patrols"),
        title("期内联合巡查发现问题数之和", "Problems found by the joint patrols within the period"),
        counted(title("个", "problems"), PATROLS.sum("found")),
    ),
    figure(
        ("governance.joint_patrol_put_right_rate", "G7"),
        title("联合巡查当场整改率", "Put right at once by joint patrols"),
        title(
            "期内联合巡查发现的问题中当场整改的比例；移交立案的不算",
            "Of the problems found by the joint patrols within the period, the share put right at once; those filed as cases do not count",
        ),
        share_of((PATROLS, "put_right"), (PATROLS, "found")),
    ),
    figure(
        ("governance.joint_cases", "G7"),
        title("联合处置案件", "Joint cases"),
        title(
            "启动日期在期内的联合监管、联合处置、联合执法案件",
            "Cases of joint supervision, handling or enforcement opened within the period",
        ),
        count("件", "cases", JOINT_OPENED),
    ),
    figure(
        ("governance.joint_cases_on_time", "G7"),
        title("联合处置按期办结率", "Joint cases closed in time"),
        title(
            "办结期限在期内的联合处置案件中按期办结的比例；未办结的算作未按期",
            "Of the joint cases due within the period, the share closed in time; those not closed count as late",
        ),
        share(JOINT_DUE.that(&[Filter::Truth("in_time", true)]), JOINT_DUE),
    ),
    figure(
        ("governance.joint_fines", "G7"),
        title("联合执法罚款", "Fines of joint cases"),
        title(
            "启动日期在期内的联合处置案件的罚款之和",
            "Fines imposed in the joint cases opened within the period",
        ),
        (Unit::WanYuan, Measure::Total(JOINT_OPENED.sum("fines"))),
    ),
    figure(
        ("governance.pipe_networks", "G9"),
        title("地下管网", "Pipe networks"),
        title("期末在用的地下管网", "Pipe networks in service at the end of the period"),
        count("个", "networks", NETWORKS),
    ),
    figure(
        ("governance.pipe_networks_monitored_rate", "G9"),
        title("管网在线监测率", "Pipe networks monitored"),
        title(
            "期末在用的管网中有在线监测的比例",
            "Of the networks in service at the end of the period, the share watched by sensors",
        ),
        share(NETWORKS.that(&[Filter::Truth("monitored", true)]), NETWORKS),
    ),
    figure(
        ("governance.pipe_length", "G9"),
        title("地下管线长度", "Length of pipes"),
        title(
            "期末在用的管段长度之和，没有敷设日期的管段不计",
            "The length of the segments in service at the end of the period, where the day of laying is known",
        ),
        measured(title("公里", "km"), 100_000, PIPES, "length"),
    ),
    figure(
        ("governance.pipe_looked_at_rate", "G9"),
        title("管道检测率", "Pipes looked into"),
        title(
            "期末在用的管段长度中有检测结果的比例",
            "Of the length in service at the end of the period, the share whose condition is known",
        ),
        share_of((PIPES.that(&[Filter::Filled("condition")]), "length"), (PIPES, "length")),
    ),
    figure(
        ("governance.pipe_defective_length", "G9"),
        title("缺陷管段长度", "Length of defective pipes"),
        title(
            "期末在用、缺陷等级为三级或四级的管段长度之和",
            "The length in service at the end of the period whose condition is grade III or IV",
        ),
        measured(
            title("公里", "km"),
            100_000,
            PIPES.that(&[Filter::Is("condition", &["third", "fourth"])]),
            "length",
        ),
    ),
    figure(
        ("governance.digs", "G9"),
        title("管线施工申请", "Orders for digging"),
        title(
            "申请日期在期内的管线施工协调单，不予许可的也在内",
            "Coordination orders asked for within the period, those refused among them",
        ),
        count("件", "orders", DIGS),
    ),
    figure(
        ("governance.digs_emergency", "G9"),
        title("应急抢修", "Emergency repairs"),
        title(
            "申请日期在期内、类别为应急抢修的协调单",
            "Coordination orders of the period for emergency repairs",
        ),
        count("件", "orders", DIGS.that(&[Filter::Is("kind", &["emergency"])])),
    ),
    figure(
        ("governance.digs_joined_rate", "G9"),
        title("同沟同步施工率", "Digs that several networks share"),
        title(
            "期内申请并已许可的计划内和临时增加的施工中，至少一个其他管网同步施工的比例；应急抢修不算",
            "Of the planned or added works asked for within the period and permitted, the share that at least one other network joined; emergencies do not count",
        ),
        share(DIGS.that(&[PLANNED, AGREED, Filter::AtLeast("joining", 1)]), DIGS.that(&[PLANNED, AGREED])),
    ),
    figure(
        ("governance.digs_restored_on_time", "G9"),
        title("道路按期恢复率", "Roads restored in time"),
        title(
            "恢复期限在期内、施工中或已恢复的协调单中按期恢复并验收的比例；未恢复的算作未按期",
            "Of the works due within the period that were begun, the share whose road was restored and accepted in time; those not restored count as late",
        ),
        share(DIGS_DUE.that(&[DUG, Filter::Truth("in_time", true)]), DIGS_DUE.that(&[DUG])),
    ),
    figure(
        ("governance.social_organisations", "G10"),
        title("参与城市管理的社会组织", "Social organisations that help to run the city"),
        title(
            "期末仍登记或备案、参与城市管理的社会组织；不参与的和已注销的不计",
            "Social organisations registered or on file at the end of the period that help to run the city; others, and those struck off, do not count",
        ),
        count("个", "organisations", ORGANISATIONS.that(&[Filter::Truth("helps_city", true)])),
    ),
    figure(
        ("governance.social_organisations_all", "G10"),
        title("社会组织总数", "Social organisations"),
        title(
            "期末仍登记或备案的社会组织",
            "Social organisations registered or on file at the end of the period",
        ),
        count("个", "organisations", ORGANISATIONS),
    ),
    figure(
        ("governance.volunteer_teams", "G10"),
        title("志愿服务队", "Volunteer teams"),
        title(
            "期末存续的志愿服务队，已解散的不计",
            "Volunteer teams at the end of the period; those dissolved do not count",
        ),
        count("支", "teams", TEAMS),
    ),
    figure(
        ("governance.volunteers", "G10"),
        title("注册志愿者", "Registered volunteers"),
        title(
            "期末在册的志愿者，已退出的不计",
            "Volunteers on the register at the end of the period; those who left do not count",
        ),
        count("人", "volunteers", VOLUNTEERS),
    ),
    figure(
        ("governance.volunteers_new", "G10"),
        title("新注册志愿者", "New volunteers"),
        title(
            "注册日期在期内的志愿者，后来退出的也在内",
            "Volunteers who registered within the period, those who left since among them",
        ),
        count("人", "volunteers", Rows::of("volunteer", When::Within("registered_on")).scoped(PLACED)),
    ),
    figure(
        ("governance.volunteers_in_teams_rate", "G10"),
        title("编入服务队的志愿者占比", "Volunteers who belong to a team"),
        title(
            "期末在册的志愿者中编入服务队的比例",
            "Of the volunteers at the end of the period, the share that belongs to a team",
        ),
        share(VOLUNTEERS.that(&[Filter::Filled("team")]), VOLUNTEERS),
    ),
    figure(
        ("governance.volunteer_activities", "G10"),
        title("志愿服务活动", "Volunteer activities"),
        title("日期在期内的志愿服务活动", "Activities of volunteers held within the period"),
        count("次", "activities", ACTIVITIES),
    ),
    figure(
        ("governance.volunteer_hours", "G10"),
        title("志愿服务时长", "Hours of volunteers"),
        title(
            "期内志愿服务活动的时长之和",
            "The hours of all volunteers together in the activities within the period",
        ),
        measured(title("小时", "hours"), 10, ACTIVITIES, "hours"),
    ),
    figure(
        ("governance.volunteer_problems", "G10"),
        title("志愿者处置问题", "Problems that volunteers saw to"),
        title(
            "期内志愿服务活动中处置或上报的城市问题数之和",
            "Problems of the city that volunteers put right or reported in the activities within the period",
        ),
        counted(title("个", "problems"), ACTIVITIES.sum("problems")),
    ),
];
