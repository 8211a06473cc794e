//! Joint work: campaigns, patrols, joint cases (G7).

use governance::{
    joint_campaign::{CampaignTheme, JointCampaign, TakingPart},
    joint_case::{JointCase, JointKind, Share},
    patrol::Patrol,
};
use jiff::civil::{Date, date};
use kernel::{decimal::Decimal, money::Fen, shape::Line};

use super::{
    super::{
        Books,
        drawn::{HOUR_S, days_of, days_on, moment},
    },
    Road, office, roads,
};

type Partner = (&'static str, &'static str);

/// A campaign: code, name, theme, who leads, first and last day, the others with their tasks, what it shall reach.
struct Plan {
    code: &'static str,
    name: &'static str,
    theme: CampaignTheme,
    unit: &'static str,
    days: (Date, Date),
    partners: &'static [Partner],
    aim: &'static str,
}

const POLICE: Partner = ("public_security", "维持秩序，处置阻碍执法");
const TRAFFIC: Partner = ("traffic_police", "疏导交通，查处违停");
const MARKET: Partner = ("market_supervision", "查验证照和食品安全");
const SWEEP: Partner = ("sanitation", "清运垃圾，清洗路面");
const HOUSING: Partner = ("housing", "认定建设手续");
const PLANNING: Partner = ("planning", "核对规划许可");
const AIR: Partner = ("environment", "监测扬尘、油烟和噪声");
const GAS: Partner = ("gas", "检查燃气管道和瓶组");

const CAMPAIGNS: [Plan; 12] = [
    Plan {
        code: "ZX-2015-01",
        name: "春季城区市容环境整治",
        theme: CampaignTheme::Sanitation,
        unit: "city_management",
        days: (date(2015, 3, 9), date(2015, 4, 30)),
        partners: &[SWEEP, MARKET, POLICE],
        aim: "主次干道无积存垃圾，门前三包签约率达到九成。",
    },
    Plan {
        code: "ZX-2015-02",
        name: "违法建设集中拆除",
        theme: CampaignTheme::Building,
        unit: "urban_management",
        days: (date(2015, 5, 11), date(2015, 8, 31)),
        partners: &[HOUSING, PLANNING, POLICE],
        aim: "存量违法建设逐栋建档，新增违法建设发现一处拆除一处。",
    },
    Plan {
        code: "ZX-2015-03",
        name: "户外广告和店招规范",
        theme: CampaignTheme::Signs,
        unit: "city_management",
        days: (date(2015, 9, 7), date(2015, 11, 20)),
        partners: &[MARKET, PLANNING],
        aim: "拆除无许可广告，主干道店招一店一牌。",
    },
    Plan {
        code: "ZX-2015-04",
        name: "冬季燃气和消防安全检查",
        theme: CampaignTheme::Safety,
        unit: "housing",
        days: (date(2015, 11, 23), date(2015, 12, 31)),
        partners: &[GAS, POLICE, MARKET],
        aim: "餐饮场所燃气隐患整改到位。",
    },
    Plan {
        code: "ZX-2016-01",
        name: "春节前城区交通秩序整治",
        theme: CampaignTheme::Traffic,
        unit: "traffic_police",
        days: (date(2016, 1, 11), date(2016, 2, 5)),
        partners: &[POLICE, ("urban_management", "清理占道停放和摊位")],
        aim: "商圈和车站周边主干道不因违停拥堵。",
    },
    Plan {
        code: "ZX-2016-02",
        name: "占道经营和夜市规范",
        theme: CampaignTheme::Street,
        unit: "urban_management",
        days: (date(2016, 2, 29), date(2016, 4, 29)),
        partners: &[MARKET, POLICE, SWEEP],
        aim: "流动摊贩进入疏导点，夜市定时定点定责。",
    },
    Plan {
        code: "ZX-2016-03",
        name: "农贸市场整治提升",
        theme: CampaignTheme::Market,
        unit: "market_supervision",
        days: (date(2016, 3, 14), date(2016, 5, 27)),
        partners: &[SWEEP, ("city_management", "规范市场周边秩序")],
        aim: "划行归市，活禽区与熟食区分开。",
    },
    Plan {
        code: "ZX-2016-04",
        name: "渣土运输和工地扬尘治理",
        theme: CampaignTheme::Environment,
        unit: "city_management",
        days: (date(2016, 3, 28), date(2016, 6, 24)),
        partners: &[TRAFFIC, HOUSING, AIR],
        aim: "渣土车密闭运输，工地出入口冲洗到位。",
    },
    Plan {
        code: "ZX-2016-05",
        name: "清水江沿岸烧烤油烟整治",
        theme: CampaignTheme::Environment,
        unit: "environment",
        days: (date(2016, 5, 9), date(2016, 6, 17)),
        partners: &[MARKET, ("urban_management", "取缔露天烧烤")],
        aim: "沿江餐饮油烟净化设备全部安装。",
    },
    Plan {
        code: "ZX-2016-06",
        name: "高考期间噪声联合管控",
        theme: CampaignTheme::Environment,
        unit: "environment",
        days: (date(2016, 5, 30), date(2016, 6, 8)),
        partners: &[POLICE, HOUSING, TRAFFIC],
        aim: "考点周边夜间停工禁鸣。",
    },
    Plan {
        code: "ZX-2016-07",
        name: "汛期低洼路段和井盖排查",
        theme: CampaignTheme::Safety,
        unit: "housing",
        days: (date(2016, 6, 6), date(2016, 8, 31)),
        partners: &[
            ("drainage", "清疏管道和雨水口"),
            ("municipal_works", "更换破损井盖"),
            ("water_affairs", "值守河道"),
        ],
        aim: "易涝点逐点落实责任人。",
    },
    Plan {
        code: "ZX-2016-08",
        name: "校园周边环境联合整治",
        theme: CampaignTheme::Other,
        unit: "education",
        days: (date(2016, 2, 22), date(2016, 3, 31)),
        partners: &[MARKET, POLICE, TRAFFIC],
        aim: "校门两百米内无流动摊贩和违停车辆。",
    },
];
/// The last day of the books.
const LAST: Date = date(2016, 6, 29);
/// Patrols of a campaign, fewest and most.
const PATROLS: (i64, i64) = (5, 11);
/// Patrols that belong to no campaign: one each so many days.
const ROUTINE_DAYS: i64 = 9;

pub(super) fn enter(books: &mut Books<'_>) {
    let ground = books.drawn.ground;
    let roads = roads(ground);
    for plan in &CAMPAIGNS {
        let units = partners(books, plan.partners);
        books.enter(JointCampaign {
            code: plan.code.to_owned(),
            name: plan.name.to_owned(),
            theme: plan.theme,
            unit: plan.unit.to_owned(),
            units,
            aim: plan.aim.to_owned(),
            begins_on: plan.days.0,
            ends_on: plan.days.1,
            concluded: plan.days.1 < date(2016, 6, 15),
            plan: None,
        });
    }
    let patrols = patrols(books, &roads);
    joint_cases(books, &patrols);
}

fn partners(books: &mut Books<'_>, partners: &[Partner]) -> Vec<TakingPart> {
    let of = |(unit, task): &Partner| TakingPart {
        unit: (*unit).to_owned(),
        task: (*task).to_owned(),
        people: Some(books.drawn.count(2..=12)),
    };
    partners.iter().map(of).collect()
}

/// A patrol that was made: its number, campaign, street, day, corners of its road.
struct Made {
    code: String,
    campaign: Option<usize>,
    street: String,
    day: Date,
    road: String,
    line: Line,
}

fn patrols(books: &mut Books<'_>, roads: &[Road<'_>]) -> Vec<Made> {
    let mut planned: Vec<(Date, Option<usize>)> = Vec::new();
    for (number, plan) in CAMPAIGNS.iter().enumerate() {
        for _ in 0..books.drawn.whole(PATROLS.0..=PATROLS.1) {
            planned.push((books.drawn.office_day(plan.days.0..=plan.days.1.min(LAST)), Some(number)));
        }
    }
    let first = date(2015, 1, 12);
    planned.extend(
        (0..days_of(&(first..=LAST)) / ROUTINE_DAYS)
            .map(|number| (days_on(first, number * ROUTINE_DAYS), None)),
    );
    planned.sort_unstable();
    let main: Vec<&Road<'_>> = roads.iter().filter(|road| road.is_main()).collect();
    let mut made: Vec<Made> = Vec::new();
    for (day, campaign) in planned {
        let Some(road) = books.drawn.dice.one_of(&main) else { continue };
        let number = made.iter().filter(|patrol| patrol.day.year() == day.year()).count() + 1;
        let code = format!("LX-{}-{number:03}", day.year());
        let (unit, others) = campaign
            .map_or(("city_management", [POLICE, TRAFFIC, MARKET].as_slice()), |number| {
                (CAMPAIGNS[number].unit, CAMPAIGNS[number].partners)
            });
        let mut units = partners(books, others);
        // The office of the street goes along.
        units.push(TakingPart {
            unit: office(books.drawn.ground, &road.street),
            task: "带路并做好群众工作".to_owned(),
            people: Some(books.drawn.count(1..=4)),
        });
        let drawn = &mut books.drawn;
        let begin = drawn.pick(&[9, 10, 14, 15, 19, 20]) * HOUR_S + 60 * drawn.whole(0..=25);
        let found = drawn.count(2..=19);
        let put_right = found * drawn.count(45..=85) / 100;
        let filed = (found - put_right) * drawn.count(50..=100) / 100;
        let length = road.length_m * drawn.whole(110..=240) / 100;
        let row = Patrol {
            code: code.clone(),
            campaign: campaign.map(|number| CAMPAIGNS[number].code.to_owned()),
            unit: unit.to_owned(),
            units,
            street: road.street.clone(),
            began_at: moment(day, begin),
            ended_at: moment(day, begin + 60 * books.drawn.whole(70..=215)),
            route: Some(road.line()),
            length: Some(Decimal(length)),
            people: None,
            found,
            put_right,
            filed,
        };
        books.enter(row);
        made.push(Made {
            code,
            campaign,
            street: road.street.clone(),
            day,
            road: road.feature.name_zh.clone(),
            line: road.line(),
        });
    }
    made
}

/// What units handle together: kind, what about, who leads, the others with their tasks, what was decided.
type Matter = (JointKind, &'static str, &'static str, [Partner; 2], &'static str);

const MATTERS: [Matter; 10] = [
    (
        JointKind::Handling,
        "餐饮店油烟扰民",
        "environment",
        [("market_supervision", "核查餐饮证照"), ("urban_management", "督促安装净化设备")],
        "限期安装油烟净化设备并接入公共烟道；同类店铺照此办理。",
    ),
    (
        JointKind::Enforcement,
        "无许可搭建彩钢棚",
        "urban_management",
        [("planning", "认定违法建设"), ("public_security", "维持现场秩序")],
        "限期自行拆除，逾期由执法大队组织拆除。",
    ),
    (
        JointKind::Handling,
        "雨污混接致路面溢流",
        "drainage",
        [("housing", "协调道路开挖"), ("water_affairs", "监测入河排口")],
        "改接污水支管，恢复路面后由排水公司巡查三个月。",
    ),
    (
        JointKind::Supervision,
        "工地渣土车带泥上路",
        "city_management",
        [("housing", "责令工地停工整改"), ("traffic_police", "查处超载和未密闭车辆")],
        "安装冲洗设备，验收后恢复出土；纳入信用记录。",
    ),
    (
        JointKind::Enforcement,
        "校门口流动摊贩聚集",
        "urban_management",
        [("market_supervision", "检查食品来源"), ("education", "加强学生引导")],
        "引导摊贩进入疏导点，上下学时段定点值守。",
    ),
    (
        JointKind::Handling,
        "架空通信线缆垂落",
        "telecom",
        [("power", "确认杆塔权属"), ("city_management", "设置围挡警示")],
        "无主线缆剪除，有主线缆捆扎入管。",
    ),
    (
        JointKind::Supervision,
        "农贸市场活禽区污水外排",
        "market_supervision",
        [("environment", "采样监测"), ("sanitation", "清洗消毒")],
        "活禽区加装隔油沉淀设施，每周一天休市消毒。",
    ),
    (
        JointKind::Enforcement,
        "占用消防通道停车",
        "traffic_police",
        [("public_security", "联系车主、核查物业责任"), ("housing", "督促物业划线设桩")],
        "拖移违停车辆，物业按图划线并设专人管理。",
    ),
    (
        JointKind::Handling,
        "小区二次供水水压不足",
        "water",
        [("housing", "督促物业维修水泵"), ("health", "检测水质")],
        "更换水泵并清洗水箱，供水公司接管运行。",
    ),
    (
        JointKind::Supervision,
        "燃气管道被占压",
        "gas",
        [("urban_management", "拆除占压建筑"), ("housing", "督促整改并复查")],
        "拆除占压物，管道两侧设警示桩。",
    ),
];
/// Of a thousand patrols so many end in a joint case.
const WITH_CASE: usize = 420;
/// Of a thousand closed cases so many were closed late.
const LATE: usize = 65;

fn joint_cases(books: &mut Books<'_>, patrols: &[Made]) {
    let mut numbers = [0_u32; 2];
    for patrol in patrols {
        if !books.drawn.dice.permille(WITH_CASE) {
            continue;
        }
        let (kind, subject, unit, shares, decision) = books.drawn.pick(&MATTERS);
        let drawn = &mut books.drawn;
        let opened_on = days_on(patrol.day, drawn.whole(0..=3));
        let term = drawn.whole(10..=40);
        let due_on = days_on(opened_on, term);
        let taken = if drawn.dice.permille(LATE) {
            term + drawn.whole(1..=9)
        } else {
            term * drawn.whole(35..=100) / 100
        };
        let closed_on = Some(days_on(opened_on, taken)).filter(|closed| *closed <= LAST);
        let units = shares
            .iter()
            .map(|(unit, task)| Share {
                unit: (*unit).to_owned(),
                task: (*task).to_owned(),
                due_on: days_on(opened_on, term * drawn.whole(50..=90) / 100),
                done_on: closed_on.map(|_| days_on(opened_on, taken * drawn.whole(40..=95) / 100)),
            })
            .collect();
        let place = drawn.place_in(&patrol.street);
        let number = &mut numbers[usize::from(opened_on.year() > 2015)];
        *number += 1;
        let fined = kind == JointKind::Enforcement && closed_on.is_some();
        let row = JointCase {
            code: format!("LH-{}-{number:03}", opened_on.year()),
            kind,
            subject: format!("{}{subject}", patrol.road),
            campaign: patrol.campaign.map(|number| CAMPAIGNS[number].code.to_owned()),
            patrol: Some(patrol.code.clone()),
            case_reference: None,
            unit: unit.to_owned(),
            units,
            street: Some(patrol.street.clone()),
            place: place.or_else(|| {
                patrol.line.coordinates.first().map(|[lon, lat]| kernel::shape::Point::new(*lon, *lat))
            }),
            opened_on,
            due_on,
            closed_on,
            in_time: None,
            decision: if closed_on.is_some() { decision.to_owned() } else { String::new() },
            fines: fined.then(|| Fen(drawn.whole(4..=160) * 5_000)),
            minutes: None,
        };
        books.enter(row);
    }
}
