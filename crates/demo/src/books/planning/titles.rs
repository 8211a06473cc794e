//! Campaigns for titles of the city and the items of their standards (P3).

use jiff::civil::{Date, date};
use kernel::decimal::Decimal;
use planning::{
    title_campaign::{CampaignStage, TitleCampaign, TitleLevel},
    title_item::{Evidence, Measure, TitleItem},
};

use crate::books::{Books, days::plus};

/// A campaign: code, name, who awards, the standard, unit, year in which it began, stage.
type Known = (&'static str, &'static str, &'static str, &'static str, &'static str, i16, CampaignStage);

use CampaignStage::{Applied, Awarded, Inspected, Lapsed, Preparing};

/// National titles for which the city is on the way or which it has (P3).
const NATIONAL: [Known; 17] = [
    (
        "wmcs",
        "全国文明城市",
        "中央精神文明建设指导委员会",
        "全国县级文明城市测评体系（2015年版）",
        "civilisation_office",
        2014,
        Preparing,
    ),
    ("wscs", "国家卫生城市", "全国爱国卫生运动委员会", "国家卫生城市标准（2014版）", "health", 2012, Applied),
    (
        "ylcs",
        "国家园林城市",
        "住房和城乡建设部",
        "国家园林城市标准（建城〔2010〕125号）",
        "landscaping",
        2011,
        Inspected,
    ),
    (
        "slcs",
        "国家森林城市",
        "国家林业局",
        "LY/T 2004-2012 国家森林城市评价指标",
        "forestry",
        2013,
        Preparing,
    ),
    (
        "hbmf",
        "国家环境保护模范城市",
        "环境保护部",
        "国家环境保护模范城市考核指标（第六阶段）",
        "environment",
        2013,
        Preparing,
    ),
    (
        "stwm",
        "国家生态文明建设示范市",
        "环境保护部",
        "国家生态文明建设示范县、市指标（试行）",
        "environment",
        2014,
        Preparing,
    ),
    ("lyc", "中国优秀旅游城市", "国家旅游局", "中国优秀旅游城市检查标准", "tourism", 2003, Awarded),
    ("qylu", "国家全域旅游示范区", "国家旅游局", "国家全域旅游示范区验收标准", "tourism", 2015, Applied),
    (
        "zhcs",
        "国家智慧城市试点",
        "住房和城乡建设部",
        "国家智慧城市（区、镇）试点指标体系",
        "city_management",
        2012,
        Awarded,
    ),
    (
        "xxczh",
        "国家新型城镇化综合试点",
        "国家发展和改革委员会",
        "国家新型城镇化综合试点方案",
        "development_reform",
        2014,
        Awarded,
    ),
    (
        "sfwh",
        "国家公共文化服务体系示范区",
        "文化部",
        "国家公共文化服务体系示范区创建标准（西部）",
        "civilisation_office",
        2013,
        Inspected,
    ),
    (
        "kjjb",
        "国家知识产权强县工程试点",
        "国家知识产权局",
        "国家知识产权强县工程评价指标",
        "education",
        2013,
        Awarded,
    ),
    (
        "ywjy",
        "全国义务教育发展基本均衡县",
        "国务院教育督导委员会",
        "县域义务教育均衡发展督导评估办法",
        "education",
        2013,
        Applied,
    ),
    (
        "smzx",
        "全国双拥模范城",
        "全国双拥工作领导小组",
        "双拥模范城（县）创建命名管理办法",
        "civil_affairs",
        2011,
        Awarded,
    ),
    (
        "mzts",
        "全国民族团结进步示范市",
        "国家民族事务委员会",
        "全国民族团结进步创建活动示范单位测评指标",
        "government_office",
        2012,
        Awarded,
    ),
    (
        "dxsf",
        "国家电子商务进农村综合示范县",
        "商务部",
        "电子商务进农村综合示范工作绩效评价办法",
        "industry",
        2015,
        Applied,
    ),
    (
        "zhncyd",
        "全国休闲农业与乡村旅游示范县",
        "农业部",
        "全国休闲农业与乡村旅游示范县创建标准",
        "agriculture",
        2014,
        Preparing,
    ),
];

/// Titles of the province and the prefecture, and a national one that ran out.
const OTHERS: [(Known, TitleLevel); 6] = [
    (
        (
            "szwm",
            "贵州省文明城市",
            "贵州省精神文明建设指导委员会",
            "贵州省文明城市测评体系",
            "civilisation_office",
            2010,
            Awarded,
        ),
        TitleLevel::Provincial,
    ),
    (
        ("szws", "贵州省卫生城市", "贵州省爱国卫生运动委员会", "贵州省卫生城市标准", "health", 2009, Awarded),
        TitleLevel::Provincial,
    ),
    (
        (
            "szyl",
            "贵州省园林城市",
            "贵州省住房和城乡建设厅",
            "贵州省园林城市标准",
            "landscaping",
            2008,
            Awarded,
        ),
        TitleLevel::Provincial,
    ),
    (
        (
            "szst",
            "贵州省级生态市",
            "贵州省环境保护厅",
            "贵州省生态县、市建设指标",
            "environment",
            2013,
            Applied,
        ),
        TitleLevel::Provincial,
    ),
    (
        ("zzpa", "平安县市", "中共黔东南州委", "黔东南州平安县市考核办法", "public_security", 2012, Awarded),
        TitleLevel::Prefecture,
    ),
    (
        (
            "kjxj",
            "全国科技进步考核先进市",
            "科学技术部",
            "全国县市科技进步考核办法",
            "education",
            2009,
            Lapsed,
        ),
        TitleLevel::National,
    ),
];

pub(super) fn enter(books: &mut Books<'_>) {
    let campaigns = NATIONAL.iter().map(|known| (*known, TitleLevel::National)).chain(OTHERS);
    for (known, level) in campaigns {
        campaign(books, known, level);
        let (code, .., unit, _, stage) = known;
        items(books, code, unit, stage);
    }
}

fn campaign(
    books: &mut Books<'_>,
    (code, name, awarded_by, standard, unit, year, stage): Known,
    level: TitleLevel,
) {
    let started_on = books.drawn.office_day(date(year, 2, 9)..=date(year, 9, 30));
    let applied_on = (stage != Preparing).then(|| {
        let latest =
            if stage == Awarded || stage == Lapsed { plus(started_on, 460) } else { date(2016, 4, 29) };
        books.drawn.office_day(plus(started_on, 150).min(latest)..=latest)
    });
    let later = |day: Option<Date>, days: i64| day.map(|day| plus(day, days));
    let inspected = matches!(stage, Inspected | Awarded | Lapsed);
    let inspected_on = if inspected { later(applied_on, 41) } else { None };
    let awarded_on = if matches!(stage, Awarded | Lapsed) { later(inspected_on, 79) } else { None };
    books.enter(TitleCampaign {
        code: code.to_owned(),
        name: name.to_owned(),
        level,
        awarded_by: awarded_by.to_owned(),
        standard: standard.to_owned(),
        stage,
        started_on,
        applied_on,
        inspected_on,
        awarded_on,
        document: None,
        ends_on: match stage {
            Lapsed => Some(date(2014, 12, 31)),
            _ => None,
        },
        target_on: matches!(stage, Preparing | Applied | Inspected)
            .then(|| date(2016 + i16::from(stage == Preparing), 12, 31)),
        unit: unit.to_owned(),
        note: None,
    });
}

/// Items that standards of several titles ask for: what, how it is measured, required, unit of both, unit that has to meet it.
/// Values in 1/10,000.
const ITEMS: [(&str, Measure, i64, &str, &str); 14] = [
    ("建成区绿化覆盖率", Measure::AtLeast, 360_000, "%", "landscaping"),
    ("人均公园绿地面积", Measure::AtLeast, 90_000, "平方米", "landscaping"),
    ("生活垃圾无害化处理率", Measure::AtLeast, 900_000, "%", "city_management"),
    ("城镇污水集中处理率", Measure::AtLeast, 850_000, "%", "water_affairs"),
    ("城市空气质量优良天数比例", Measure::AtLeast, 850_000, "%", "environment"),
    ("集中式饮用水水源地水质达标率", Measure::AtLeast, 1_000_000, "%", "environment"),
    ("森林覆盖率", Measure::AtLeast, 350_000, "%", "forestry"),
    ("区域环境噪声平均值", Measure::AtMost, 600_000, "分贝", "environment"),
    ("主次干道机械化清扫率", Measure::AtLeast, 600_000, "%", "sanitation"),
    ("万人拥有公共交通车辆", Measure::AtLeast, 80_000, "标台", "transport"),
    ("单位生产总值能耗下降率", Measure::AtLeast, 30_000, "%", "industry"),
    ("公共文化设施免费开放", Measure::Present, 0, "", "civilisation_office"),
    ("数字化城市管理平台运行", Measure::Present, 0, "", "city_management"),
    ("市民对创建工作的满意率", Measure::AtLeast, 850_000, "%", "civilisation_office"),
];

fn items(books: &mut Books<'_>, campaign: &str, unit: &str, stage: CampaignStage) {
    let heads = ["基础条件", "达标指标"];
    for (number, name) in heads.into_iter().enumerate() {
        let head = Item { campaign, number: format!("{}", number + 1), name, unit, parent: None };
        item(books, &head, (Measure::Present, 0, ""), true);
    }
    let first = books.drawn.dice.below(ITEMS.len());
    let count = 5 + books.drawn.dice.below(6);
    for number in 0..count {
        let (name, measure, required, value_unit, keeper) = ITEMS[(first + number * 3) % ITEMS.len()];
        let head = 1 + number % 2;
        let own = Item {
            campaign,
            number: format!("{head}.{}", number / 2 + 1),
            name,
            unit: keeper,
            parent: Some(format!("{campaign}/{head}")),
        };
        let chance = match stage {
            Preparing => 620,
            Applied => 840,
            _ => 1_000,
        };
        let met = books.drawn.dice.permille(chance);
        item(books, &own, (measure, required, value_unit), met);
    }
}

/// What an item is called and whose it is.
struct Item<'n> {
    campaign: &'n str,
    number: String,
    name: &'n str,
    unit: &'n str,
    parent: Option<String>,
}

fn item(
    books: &mut Books<'_>,
    own: &Item<'_>,
    (measure, required, value_unit): (Measure, i64, &str),
    met: bool,
) {
    let measured = measure != Measure::Present;
    // What is met is a little better than asked, the rest a little worse; nothing is above one hundred percent.
    let better = met == (measure == Measure::AtLeast);
    let aside = required / 1_000 * books.drawn.whole(2..=90);
    let ceiling = if value_unit == "%" { 1_000_000 } else { i64::MAX };
    let reached = if better { required + aside } else { required - aside }.min(ceiling);
    let met = if measured { met && (measure == Measure::AtMost || reached >= required) } else { met };
    let checked_on = books.drawn.office_day(date(2015, 9, 1)..=date(2016, 6, 24));
    let evidence = Evidence {
        title: format!("{}{}", own.name, if measured { "监测统计表" } else { "现场核验记录" }),
        dated_on: plus(checked_on, -6),
        file: None,
        source: None,
    };
    let points = books.drawn.whole(2..=12) * 50;
    books.enter(TitleItem {
        campaign: own.campaign.to_owned(),
        number: own.number.clone(),
        name: own.name.to_owned(),
        parent: own.parent.clone(),
        measure,
        required: measured.then_some(Decimal(required)),
        reached: measured.then_some(Decimal(reached)),
        value_unit: measured.then(|| value_unit.to_owned()),
        met,
        checked_on: Some(checked_on),
        due_on: (!met).then_some(date(2016, 12, 31)),
        points: own.parent.is_some().then_some(Decimal(points)),
        unit: own.unit.to_owned(),
        evidence: if met { vec![evidence] } else { Vec::new() },
    });
}
