//! The letters of the demonstration city: those of the first half of 2016, and those that lie on the desks today.

use governance::letter::LetterKind::{Ask, Consult, Inform, Request};

use super::letters::{
    Deed::{Answer, Close, Extend, Receive, Return, Withdraw},
    Written,
};

/// A working day has so many hours.
const DAY: i64 = 8;

/// Month, day and hour of sending, and the letter.
pub(crate) static OF_2016: [((i8, i8, i8), Written); 12] = [
    (
        (1, 12, 9),
        Written {
            from: "city_management",
            to: &["power", "telecom"],
            kind: Consult,
            subject: "关于商请整治大十字片区架空线缆的函",
            text: "大十字片区架空线缆交叉下垂，影响消防通道和市容。请贵单位会同街道办事处逐杆核查，提出入地或捆扎整治方案和完成时间。",
            is_draft: false,
            deeds: &[
                (3, Receive("power")),
                (5, Receive("telecom")),
                (5 * DAY, Answer("telecom", "已核查杆路四十二处，二月底前完成捆扎，废弃线缆一并拆除。")),
                (7 * DAY, Answer("power", "低压线路入地方案已列入年度技改，三月开工；期间安排专人巡线。")),
                (8 * DAY, Close),
            ],
        },
    ),
    (
        (1, 20, 10),
        Written {
            from: "housing",
            to: &["water", "gas", "telecom"],
            kind: Consult,
            subject: "关于金山大道延伸段管线迁改的函",
            text: "金山大道延伸段将于三月开工，请贵单位于开工前核对沿线管线资料，提出迁改方案和保护要求。",
            is_draft: false,
            deeds: &[
                (2, Receive("gas")),
                (4, Receive("water")),
                (6, Receive("telecom")),
                (4 * DAY, Answer("gas", "沿线中压管一条，交叉点已现场标识，施工须采用人工开挖。")),
                (6 * DAY, Answer("water", "需迁改供水管四百二十米，迁改图已附设计单位，工期二十天。")),
                (8 * DAY, Answer("telecom", "管孔共用方案可行，同意随路同步建设。")),
                (9 * DAY, Close),
            ],
        },
    ),
    (
        (2, 17, 9),
        Written {
            from: "office_dashizi",
            to: &["city_management"],
            kind: Request,
            subject: "关于请求增设永乐路环卫工人休息点的函",
            text: "永乐路保洁路段长、人流密集，环卫工人午间无处休息。请在永乐街头游园内增设休息点一处。",
            is_draft: false,
            deeds: &[
                (2, Receive("city_management")),
                (6 * DAY, Answer("city_management", "同意。已安排环卫站选址，四月底前投入使用。")),
                (7 * DAY, Close),
            ],
        },
    ),
    (
        (2, 24, 15),
        Written {
            from: "traffic_police",
            to: &["city_management"],
            kind: Consult,
            subject: "关于老城区道路停车泊位施划的函",
            text: "为缓解老城区停车难，拟在清江路等路段施划限时停车泊位。请就人行道和盲道保护提出意见。",
            is_draft: false,
            deeds: &[
                (3, Receive("city_management")),
                (
                    5 * DAY,
                    Answer("city_management", "原则同意。请避让盲道和公交站台，泊位与窨井盖保持一米以上。"),
                ),
                (6 * DAY, Close),
            ],
        },
    ),
    (
        (3, 2, 10),
        Written {
            from: "land_resources",
            to: &["planning"],
            kind: Request,
            subject: "关于请求核实炉碧经济开发区地块规划条件的函",
            text: "拟供应工业用地三宗，请核实用地性质、容积率和绿地率等规划条件。",
            is_draft: false,
            deeds: &[
                (4, Receive("planning")),
                (7 * DAY, Answer("planning", "三宗地均符合控制性详细规划，规划条件书已出具。")),
                (8 * DAY, Close),
            ],
        },
    ),
    (
        (3, 9, 9),
        Written {
            from: "planning",
            to: &["land_resources", "housing", "environment", "transport", "water_affairs"],
            kind: Inform,
            subject: "关于启用“多规合一”一张图的函",
            text: "自四月一日起，各单位项目选址统一在一张图上核对生态线、生产线、生活线，冲突图斑按月汇总协调。",
            is_draft: false,
            deeds: &[
                (2, Receive("housing")),
                (3, Receive("land_resources")),
                (5, Receive("transport")),
                (6, Receive("environment")),
                (7, Receive("water_affairs")),
            ],
        },
    ),
    (
        (3, 22, 14),
        Written {
            from: "water_affairs",
            to: &["environment"],
            kind: Ask,
            subject: "关于了解洗马河沿岸餐饮废水排放许可情况的函",
            text: "洗马河巡查发现三处排口有油污，请提供沿岸餐饮单位排放许可情况。",
            is_draft: false,
            deeds: &[
                (3, Receive("environment")),
                (
                    2 * DAY,
                    Return("environment", "排入市政管网的许可由住建部门核发，本局无此档案。", "housing"),
                ),
            ],
        },
    ),
    (
        (4, 5, 9),
        Written {
            from: "city_management",
            to: &["housing"],
            kind: Consult,
            subject: "关于开怀新区在建工地扬尘和车轮带泥问题的函",
            text: "三月以来巡查发现开怀新区在建工地出入口车轮带泥十七次。请督促施工单位落实冲洗设施并反馈整改情况。",
            is_draft: false,
            deeds: &[
                (5, Receive("housing")),
                // Ten working days had gone by: it was lifted to the next level.
                (
                    13 * DAY,
                    Answer("housing", "七个工地已装冲洗设施，对两家施工单位立案处罚，整改照片已移送。"),
                ),
                (15 * DAY, Close),
            ],
        },
    ),
    (
        (4, 13, 10),
        Written {
            from: "transport",
            to: &["traffic_police"],
            kind: Consult,
            subject: "关于湾溪公交枢纽站出入口交通组织的函",
            text: "湾溪公交枢纽站拟于六月启用，请就出入口信号配时、转弯车道提出方案。",
            is_draft: false,
            deeds: &[
                (2, Receive("traffic_police")),
                (8 * DAY, Extend(5, "需结合早晚高峰流量观测结果。")),
                (13 * DAY, Answer("traffic_police", "增设左转待转区，早晚高峰采用公交优先相位，方案附后。")),
                (14 * DAY, Close),
            ],
        },
    ),
    (
        (5, 4, 9),
        Written {
            from: "city_management",
            to: &["market_supervision", "office_dashizi"],
            kind: Consult,
            subject: "关于联合整治永乐路早市占道经营的函",
            text: "永乐路早市超时经营、占用盲道。拟于五月中旬联合整治，请安排人员并引导摊主入市经营。",
            is_draft: false,
            deeds: &[
                (2, Receive("office_dashizi")),
                (3, Receive("market_supervision")),
                (4 * DAY, Answer("office_dashizi", "安排社区干部六人参加，已入户告知摊主。")),
                (5 * DAY, Answer("market_supervision", "金井农贸市场可提供临时摊位三十个，首月免收摊位费。")),
                (6 * DAY, Close),
            ],
        },
    ),
    (
        (5, 17, 15),
        Written {
            from: "health",
            to: &["city_management", "education"],
            kind: Inform,
            subject: "关于夏季病媒生物消杀时间安排的函",
            text: "五月下旬至六月对公厕、垃圾收集点和学校周边集中消杀，请通知管护人员配合并做好提示。",
            is_draft: false,
            deeds: &[(3, Receive("education")), (4, Receive("city_management"))],
        },
    ),
    (
        (6, 2, 9),
        Written {
            from: "education",
            to: &["traffic_police"],
            kind: Request,
            subject: "关于请求高考期间考点周边交通管制的函",
            text: "六月七日至八日高考，请在两个考点周边道路实行临时交通管制并禁止鸣笛。",
            is_draft: false,
            deeds: &[
                (1, Receive("traffic_police")),
                (2 * DAY, Answer("traffic_police", "考试期间考点周边三百米禁止社会车辆通行，警力安排附后。")),
                (3 * DAY, Close),
            ],
        },
    ),
];

/// Days before the last day and hour of sending, and the letter.
pub(crate) static OF_TODAY: [((i64, i8), Written); 5] = [
    (
        (30, 9),
        Written {
            from: "city_management",
            to: &["water_affairs"],
            kind: Consult,
            subject: "关于排水井盖反复破损路段整治的函",
            text: "网格案件显示北京西路排水井盖三个月内反复破损，请分析原因并提出整治方案。",
            is_draft: false,
            // Nobody has answered: it is late and was lifted.
            deeds: &[(4, Receive("water_affairs"))],
        },
    ),
    (
        (9, 10),
        Written {
            from: "traffic_police",
            to: &["city_management", "housing"],
            kind: Consult,
            subject: "关于占道施工期间交通疏导方案的函",
            text: "请就施工围挡设置、夜间警示灯和工期安排提出意见。",
            is_draft: false,
            deeds: &[
                (2, Receive("city_management")),
                (5, Receive("housing")),
                (3 * DAY, Answer("city_management", "围挡高度和警示灯按规范设置，每日巡查两次。")),
            ],
        },
    ),
    (
        (3, 14),
        Written {
            from: "office_dashizi",
            to: &["city_management"],
            kind: Request,
            subject: "关于请求增加夜市垃圾清运班次的函",
            text: "夜市收摊后垃圾量大，请将清运时间延至次日零时三十分。",
            is_draft: false,
            deeds: &[(2, Receive("city_management"))],
        },
    ),
    (
        (2, 15),
        Written {
            from: "housing",
            to: &["gas"],
            kind: Ask,
            subject: "关于询问老旧小区燃气管道改造进度的函",
            text: "请提供本年度老旧小区燃气管道改造的进度和剩余工程量。",
            is_draft: false,
            deeds: &[(1, Withdraw("已在协调会上取得数据。"))],
        },
    ),
    (
        (1, 11),
        Written {
            from: "city_management",
            to: &["landscaping"],
            kind: Consult,
            subject: "关于行道树遮挡信号灯修剪的函",
            text: "附件列出遮挡信号灯的行道树位置。",
            is_draft: true,
            deeds: &[],
        },
    ),
];
