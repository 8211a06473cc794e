//! F5 and F7: what is being built beside PPP: works of the platform companies, firms' plants, houses for sale.

use ::finance::{
    investment_return::{InvestorOwnership, StatisticalFrame},
    organisation::OrganisationKind,
    project::{CapitalSource, HaltReason, ProjectSector as Sector, ProjectStatus, SourceKind},
};
use governance::division::DivisionLevel;
use jiff::civil::date;
use kernel::money::Fen;

use super::{Books, Work, part, wan};
use crate::books::shared::later;

/// Large works of the platform companies: name, unit, sector, total in 万元, the group that builds it, the year in which it began.
const LARGE: [(&str, &str, Sector, i64, usize, i16); 24] = [
    ("凯里环城高速公路北段凯里段", "transport", Sector::Road, 386_420, 3, 2013),
    ("凯里市清水江大道工程", "housing", Sector::Road, 214_800, 0, 2013),
    ("凯里市开怀新区基础设施工程", "housing", Sector::Road, 268_350, 0, 2014),
    ("凯里市鸭塘安置房工程", "housing", Sector::SocialHousing, 152_700, 0, 2014),
    ("凯里市白果井棚户区改造工程", "housing", Sector::SocialHousing, 187_260, 0, 2014),
    ("凯里市西门片区棚户区改造工程", "housing", Sector::SocialHousing, 143_900, 0, 2014),
    ("凯里经济开发区基础设施三期工程", "park_kaili", Sector::Road, 196_440, 2, 2013),
    ("炉碧经济开发区一期标准厂房工程", "park_lubi", Sector::Economy, 118_630, 2, 2014),
    ("炉碧经济开发区场平工程", "park_lubi", Sector::Economy, 97_280, 2, 2014),
    ("凯里市大数据产业孵化中心", "industry", Sector::Communications, 41_370, 2, 2014),
    ("凯里市苗侗民族风情园二期工程", "tourism", Sector::Culture, 88_160, 1, 2013),
    ("凯里市下司古镇基础设施工程", "tourism", Sector::Culture, 76_900, 1, 2013),
    ("凯里市民族博物馆改扩建工程", "tourism", Sector::Culture, 23_450, 1, 2014),
    ("凯里市旅游集散中心", "tourism", Sector::Culture, 31_720, 1, 2014),
    ("凯里南站连接线工程", "transport", Sector::Road, 167_580, 3, 2014),
    ("凯里市城区供水管网改造工程", "water_affairs", Sector::WaterAndWaste, 46_310, 3, 2014),
    ("凯里市城区雨污分流工程", "water_affairs", Sector::WaterAndWaste, 62_840, 3, 2014),
    ("凯里市清水江防洪堤二期工程", "water_affairs", Sector::FloodProtection, 54_170, 3, 2013),
    ("凯里市里禾水库工程", "water_affairs", Sector::NaturalResources, 81_690, 3, 2014),
    ("凯里市第八小学迁建工程", "education", Sector::Education, 14_260, 0, 2014),
    ("凯里市中等职业学校实训基地", "education", Sector::Education, 19_840, 0, 2014),
    ("凯里市疾病预防控制中心迁建工程", "health", Sector::Health, 8_930, 0, 2014),
    ("凯里市公安业务技术用房", "public_security", Sector::Governance, 12_570, 0, 2014),
    ("凯里市石漠化综合治理工程", "forestry", Sector::NaturalResources, 9_480, 3, 2014),
];

/// Small works of villages and communities: what, unit, sector, least and most in 万元.
const SMALL: [(&str, &str, Sector, i64, i64); 6] = [
    ("人居环境整治工程", "housing", Sector::SocialHousing, 520, 1_900),
    ("饮水安全巩固提升工程", "water_affairs", Sector::WaterAndWaste, 510, 1_400),
    ("通组公路硬化工程", "transport", Sector::Road, 560, 2_600),
    ("文化活动广场", "tourism", Sector::Culture, 500, 900),
    ("小流域治理工程", "water_affairs", Sector::NaturalResources, 680, 2_100),
    ("幼儿园改扩建工程", "education", Sector::Education, 620, 1_500),
];

/// Firms' short names.
const BRANDS: [&str; 31] = [
    "黔东", "苗岭", "金泉", "清水", "凯峰", "炉城", "云溪", "雷公", "香炉", "锦江", "龙腾", "恒昌", "宏盛",
    "鑫达", "万潮", "兴黔", "华羽", "天脉", "瑞安", "嘉禾", "大风", "永丰", "恒翔", "旺达", "源丰", "宝源",
    "诚信", "博远", "同创", "新合", "聚力",
];

/// What firms make: a word for their name, the plant, the unit that looks after them.
const PLANTS: [(&str, &str, &str); 31] = [
    ("玻璃", "年产60万重量箱浮法玻璃生产线", "park_lubi"),
    ("铝业", "年产5万吨铝型材生产线", "park_lubi"),
    ("陶瓷", "年产1200万平方米建筑陶瓷生产线", "park_lubi"),
    ("电子", "智能终端主板贴装生产线", "park_kaili"),
    ("光电", "LED照明产品生产线", "park_kaili"),
    ("通信", "手机整机组装生产线", "park_kaili"),
    ("食品", "酸汤系列产品深加工基地", "park_kaili"),
    ("药业", "苗药提取和制剂生产线", "park_kaili"),
    ("生物", "蓝莓花青素提取生产线", "park_kaili"),
    ("酒业", "蓝莓酒和米酒酿造基地", "park_kaili"),
    ("工艺", "银饰加工和展销中心", "tourism"),
    ("服饰", "民族服饰刺绣生产线", "tourism"),
    ("新材料", "年产3万吨高纯硅铁生产线", "park_lubi"),
    ("建材", "年产80万立方米加气混凝土砌块生产线", "park_lubi"),
    ("水泥", "日产2500吨熟料生产线节能改造", "park_lubi"),
    ("钡业", "年产4万吨沉淀硫酸钡生产线", "park_lubi"),
    ("机械", "山地农机具制造基地", "park_lubi"),
    ("汽配", "汽车轮毂铸造生产线", "park_lubi"),
    ("包装", "瓦楞纸箱和彩印生产线", "park_kaili"),
    ("木业", "竹木地板生产线", "park_kaili"),
    ("物流", "公路港仓储配送中心", "transport"),
    ("商贸", "五金机电市场", "market_supervision"),
    ("汽车", "汽车销售服务园区", "market_supervision"),
    ("酒店", "民族风情酒店", "tourism"),
    ("旅游", "苗寨民宿集群", "tourism"),
    ("农业", "设施蔬菜种植基地", "agriculture"),
    ("牧业", "年出栏3万头生猪养殖场", "agriculture"),
    ("茶业", "有机茶加工厂", "agriculture"),
    ("电商", "电子商务产业园", "industry"),
    ("数据", "云计算数据中心", "industry"),
    ("科技", "呼叫中心外包基地", "industry"),
];

const ESTATES: [&str; 22] = [
    "未来城三期",
    "金山国际",
    "清江丽苑",
    "开怀印象",
    "凯悦华庭",
    "苗岭春天",
    "月塘水岸",
    "龙泉苑",
    "鸭塘新天地",
    "大十字商业中心",
    "文昌雅居",
    "南丰花园",
    "思源家园",
    "高溪湖畔",
    "香樟名邸",
    "滨江一号",
    "金井广场",
    "白午新城",
    "振华国际",
    "洗马河壹号",
    "炉山商贸城",
    "下司水岸",
];

/// Enters what is being built; gives it.
pub(super) fn enter(books: &mut Books<'_>, groups: &[String]) -> Vec<Work> {
    let mut works = Vec::new();
    large(books, groups, &mut works);
    small(books, groups, &mut works);
    plants(books, &mut works);
    estates(books, &mut works);
    given_up(books);
    works
}

fn large(books: &mut Books<'_>, groups: &[String], works: &mut Vec<Work>) {
    for (number, (name, unit, sector, size, group, year)) in LARGE.into_iter().enumerate() {
        let budget = wan(size);
        let owner = groups[group].clone();
        let approved_on = books.drawn.office_day(date(year, 1, 7)..=date(year, 6, 27));
        let started_on = later(approved_on, 50 + books.drawn.dice.below(90));
        let is_done = number % 8 == 5;
        let completed_on = is_done.then(|| books.drawn.office_day(date(2016, 2, 16)..=date(2016, 6, 22)));
        let due_on = later(started_on, 1_050 + books.drawn.dice.below(500));
        // Two stand still, neither for money.
        let halted = match number {
            2 => Some((HaltReason::Land, date(2016, 5, 9))),
            18 => Some((HaltReason::Approval, date(2016, 3, 21))),
            _ => None,
        };
        let (upper, own, loan) = (
            part(budget, books.drawn.between(80, 210)),
            part(budget, books.drawn.between(170, 240)),
            part(budget, books.drawn.between(260, 470)),
        );
        let project = books.project_with(name, unit, sector, budget, |project| {
            project.owner = Some(owner.clone());
            project.approved_on = Some(approved_on);
            project.started_on = Some(started_on);
            project.due_on = Some(due_on);
            project.completed_on = completed_on;
            if is_done {
                project.status = ProjectStatus::Completion;
            }
            project.halted_for = halted.map(|(reason, _)| reason);
            project.halted_on = halted.map(|(_, day)| day);
            project.sources = vec![
                CapitalSource { kind: SourceKind::UpperBudget, provider: None, amount: upper },
                CapitalSource { kind: SourceKind::OwnCapital, provider: Some(owner.clone()), amount: own },
                CapitalSource { kind: SourceKind::Loan, provider: None, amount: loan },
            ];
        });
        works.push(Work {
            project,
            name: name.to_owned(),
            unit: unit.to_owned(),
            sector,
            budget,
            owner: Some(owner),
            ownership: InvestorOwnership::State,
            frame: StatisticalFrame::Projects,
            started_on,
            completed_on,
        });
    }
}

fn small(books: &mut Books<'_>, groups: &[String], works: &mut Vec<Work>) {
    let places: Vec<_> = books
        .drawn
        .ground
        .divisions
        .iter()
        .filter(|division| division.level == DivisionLevel::Village)
        .collect();
    let stride = places.len() / 30;
    for (number, place) in places.into_iter().step_by(stride.max(1)).take(30).enumerate() {
        let (what, unit, sector, least, most) = SMALL[number % SMALL.len()];
        let name = format!("凯里市{}{what}", place.name_zh);
        let budget = wan(books.drawn.between(least, most));
        let started_on = books.drawn.office_day(date(2014, 9, 1)..=date(2016, 4, 29));
        let approved_on = books.drawn.office_day(date(2014, 5, 5)..=started_on);
        let done_on = later(started_on, 200 + books.drawn.dice.below(220));
        let is_done = done_on <= date(2016, 6, 24);
        let quarter = place.parent.clone();
        let owner = groups[3].clone();
        let project = books.project_with(&name, unit, sector, budget, |project| {
            project.owner = Some(owner.clone());
            project.approved_on = Some(approved_on);
            project.started_on = Some(started_on);
            project.due_on = Some(done_on);
            project.completed_on = is_done.then_some(done_on);
            project.division = Some(quarter);
            project.sources = vec![CapitalSource {
                kind: SourceKind::UpperBudget,
                provider: None,
                amount: part(budget, 700),
            }];
            if is_done {
                project.status = ProjectStatus::Maintenance;
            }
        });
        works.push(Work {
            project,
            name,
            unit: unit.to_owned(),
            sector,
            budget,
            owner: Some(owner),
            ownership: InvestorOwnership::State,
            frame: StatisticalFrame::Projects,
            started_on,
            completed_on: is_done.then_some(done_on),
        });
    }
}

/// The industry of a trade by GB/T 4754, as far as the city's list has it.
fn industry(trade: &str) -> Option<&'static str> {
    Some(match trade {
        "玻璃" | "陶瓷" | "建材" | "水泥" => "C30",
        "铝业" => "C32",
        "电子" | "通信" => "C39",
        "光电" => "C38",
        "食品" => "C14",
        "药业" | "生物" => "C27",
        "酒业" | "茶业" => "C15",
        "工艺" => "C24",
        "服饰" => "C18",
        "新材料" => "C31",
        "钡业" => "C26",
        "机械" | "汽配" => "C33",
        "木业" => "C20",
        "物流" => "G59",
        "商贸" | "汽车" => "F51",
        "酒店" | "旅游" => "H61",
        "农业" => "A01",
        "牧业" => "A03",
        "电商" | "数据" | "科技" => "I65",
        _ => return None,
    })
}

/// Two plants for each trade, of two firms.
fn plants(books: &mut Books<'_>, works: &mut Vec<Work>) {
    for number in 0..PLANTS.len() * 2 {
        let (trade, plant, unit) = PLANTS[number % PLANTS.len()];
        let brand = BRANDS[(number * 5 + number / PLANTS.len() * 3) % BRANDS.len()];
        let firm = format!("贵州{brand}{trade}有限公司");
        let second = if number < PLANTS.len() { "" } else { "（二期）" };
        let name = format!("{brand}{trade}{plant}项目{second}");
        let capital = wan(books.drawn.between(5, 120) * 100);
        let owner = books.organisation_with(&firm, OrganisationKind::Enterprise, |organisation| {
            organisation.unit = unit.to_owned();
            organisation.capital = Some(capital);
            organisation.industry = industry(trade).map(str::to_owned);
        });
        let sector = if unit == "tourism" { Sector::Culture } else { Sector::Economy };
        let budget = wan(books.drawn.between(60, 520) * 100 + books.drawn.between(0, 99));
        let started_on = books.drawn.office_day(date(2014, 6, 3)..=date(2016, 4, 15));
        let approved_on = books.drawn.office_day(date(2014, 2, 10)..=started_on);
        let due_on = later(started_on, 500 + books.drawn.dice.below(400));
        let project = books.project_with(&name, unit, sector, budget, |project| {
            project.owner = Some(owner.clone());
            project.approved_on = Some(approved_on);
            project.started_on = Some(started_on);
            project.due_on = Some(due_on);
            project.sources = vec![CapitalSource {
                kind: SourceKind::PrivateCapital,
                provider: Some(owner.clone()),
                amount: part(budget, 450),
            }];
        });
        works.push(Work {
            project,
            name,
            unit: unit.to_owned(),
            sector,
            budget,
            owner: Some(owner),
            ownership: InvestorOwnership::NonState,
            frame: StatisticalFrame::Projects,
            started_on,
            completed_on: None,
        });
    }
}

/// Houses for sale that are being built, with the firm that builds them.
pub(in crate::books) fn estates_listed() -> impl Iterator<Item = (&'static str, String)> {
    ESTATES.into_iter().enumerate().map(|(number, estate)| {
        (estate, format!("凯里市{}房地产开发有限公司", BRANDS[number * 2 % BRANDS.len()]))
    })
}

fn estates(books: &mut Books<'_>, works: &mut Vec<Work>) {
    for (estate, firm) in estates_listed() {
        let owner = books.organisation_with(&firm, OrganisationKind::Enterprise, |organisation| {
            organisation.unit = "housing".to_owned();
            organisation.industry = Some("K70".to_owned());
        });
        let budget = wan(books.drawn.between(180, 980) * 100);
        let started_on = books.drawn.office_day(date(2013, 10, 8)..=date(2016, 3, 31));
        let approved_on = books.drawn.office_day(date(2013, 5, 6)..=started_on);
        let due_on = later(started_on, 700 + books.drawn.dice.below(500));
        let name = format!("{estate}房地产项目");
        let project = books.project_with(&name, "housing", Sector::RealEstate, budget, |project| {
            project.owner = Some(owner.clone());
            project.approved_on = Some(approved_on);
            project.started_on = Some(started_on);
            project.due_on = Some(due_on);
        });
        works.push(Work {
            project,
            name,
            unit: "housing".to_owned(),
            sector: Sector::RealEstate,
            budget,
            owner: Some(owner),
            ownership: InvestorOwnership::NonState,
            frame: StatisticalFrame::RealEstate,
            started_on,
            completed_on: None,
        });
    }
}

/// Projects that came to nothing, and some that wait.
fn given_up(books: &mut Books<'_>) {
    let rows = [
        ("凯里市高尔夫度假村项目", "tourism", Sector::Culture, 68_000, ProjectStatus::Cancelled),
        ("凯里市电解锰扩建项目", "industry", Sector::Economy, 23_600, ProjectStatus::Cancelled),
        ("凯里市旧客运站改造项目", "transport", Sector::Transport, 17_480, ProjectStatus::Preparation),
        ("凯里市城市规划展示馆", "planning", Sector::Culture, 15_260, ProjectStatus::Preparation),
        (
            "凯里市第四污水处理厂工程",
            "water_affairs",
            Sector::WaterAndWaste,
            24_310,
            ProjectStatus::Identification,
        ),
    ];
    for (name, unit, sector, size, status) in rows {
        let approved_on = books.drawn.office_day(date(2014, 4, 1)..=date(2016, 4, 29));
        books.project_with(name, unit, sector, wan(size), |project| {
            project.status = status;
            project.started_on = None;
            let is_approved = status != ProjectStatus::Identification;
            project.approved_on = is_approved.then_some(approved_on);
        });
    }
}

/// The budgets of works that a filter lets through.
pub(super) fn budgets<'w>(works: impl IntoIterator<Item = &'w Work>) -> Vec<i64> {
    works.into_iter().map(|work| Fen::fen(work.budget)).collect()
}
