//! Start-up bases, innovation platforms and new jobs (P4).

use finance::organisation::{OrganisationKind, Ownership};
use jiff::civil::{Date, date};
use kernel::{
    area::{Area, AreaUnit},
    period::Period,
};
use planning::{
    innovation_platform::{
        InnovationPlatform,
        PlatformKind::{
            self, AcademicianStation, EngineeringCentre, Incubator, Laboratory, MakerSpace,
            PostdoctoralStation, ServicePlatform, TechnologyCentre,
        },
        PlatformLevel,
    },
    job_record::{JobRecord, JobSource},
    startup_base::{BaseKind, BaseLevel, StartupBase},
};

use super::{Parks, firms::KeptFirm};
use crate::{
    DemoError,
    books::{Books, firms::Firm},
};

/// People taken on in the first half of 2016, by contracts that were filed (P4).
const NEW_JOBS: i64 = 14_726;
/// The same of the half-years before; made up.
const JOBS_BEFORE: [(i64, [&str; 2]); 2] =
    [(11_908, ["2015-Q1", "2015-Q2"]), (13_254, ["2015-Q3", "2015-Q4"])];

/// A start-up base: name, kind, level, street or town, park, year, firms, closed.
type Base = (&'static str, BaseKind, BaseLevel, &'static str, &'static str, i16, u32, Option<Date>);

/// Ten at work (P4) and one that was closed.
const BASES: [Base; 11] = [
    ("凯里市创业孵化基地", BaseKind::General, BaseLevel::Provincial, "城西", "", 2013, 120, None),
    ("凯里学院大学生创业园", BaseKind::Graduate, BaseLevel::Provincial, "开怀", "kaili", 2014, 85, None),
    ("开发区微型企业创业园", BaseKind::General, BaseLevel::Prefecture, "开怀", "kaili", 2012, 96, None),
    ("炉碧返乡农民工创业园", BaseKind::Returning, BaseLevel::Provincial, "炉山", "lubi", 2014, 64, None),
    ("苗侗银匠创客空间", BaseKind::Maker, BaseLevel::Prefecture, "大十字", "dashizi", 2015, 40, None),
    ("城西电商创业基地", BaseKind::Maker, BaseLevel::Prefecture, "城西", "chengxi", 2015, 72, None),
    ("三棵树旅游商品创业基地", BaseKind::General, BaseLevel::County, "三棵树", "sankeshu", 2014, 36, None),
    ("舟溪农民创业园", BaseKind::Farming, BaseLevel::Prefecture, "舟溪", "zhouxi", 2014, 48, None),
    ("下司古镇创业街", BaseKind::General, BaseLevel::County, "下司", "xiasi", 2015, 110, None),
    ("万潮葡萄创业基地", BaseKind::Farming, BaseLevel::County, "万潮", "wanchao", 2016, 25, None),
    (
        "洗马河下岗再就业基地",
        BaseKind::General,
        BaseLevel::County,
        "洗马河",
        "",
        2009,
        30,
        Some(date(2015, 11, 30)),
    ),
];

/// A platform: name, kind, level, whether a leading firm runs it, year, month.
type Platform = (&'static str, PlatformKind, PlatformLevel, i16, i8);

/// Platforms in the order of the firms that run them.
const PLATFORMS: [Platform; 16] = [
    ("凯荣玻璃省级企业技术中心", TechnologyCentre, PlatformLevel::Provincial, 2013, 11),
    ("微晶电子省级工程技术研究中心", EngineeringCentre, PlatformLevel::Provincial, 2016, 3),
    ("苗岭药业苗药研究重点实验室", Laboratory, PlatformLevel::Provincial, 2014, 6),
    ("锦绣苗装民族服饰设计平台", ServicePlatform, PlatformLevel::Prefecture, 2015, 9),
    ("炉碧铝业省级企业技术中心", TechnologyCentre, PlatformLevel::Provincial, 2016, 1),
    ("香炉陶瓷省级企业技术中心", TechnologyCentre, PlatformLevel::Provincial, 2015, 4),
    ("酸汤发酵工程技术研究中心", EngineeringCentre, PlatformLevel::Provincial, 2016, 5),
    ("甬能电气院士工作站", AcademicianStation, PlatformLevel::Provincial, 2016, 6),
    ("银匠坊非遗工艺众创空间", MakerSpace, PlatformLevel::Provincial, 2016, 4),
    ("开发区科技企业孵化器", Incubator, PlatformLevel::National, 2016, 2),
    ("电子信息检测公共技术服务平台", ServicePlatform, PlatformLevel::Prefecture, 2016, 3),
    ("民族药材种质资源工程中心", EngineeringCentre, PlatformLevel::Prefecture, 2014, 10),
    ("新型建材企业技术中心", TechnologyCentre, PlatformLevel::Prefecture, 2015, 12),
    ("特种玻璃博士后科研工作站", PostdoctoralStation, PlatformLevel::Provincial, 2015, 8),
    ("大健康产业众创空间", MakerSpace, PlatformLevel::County, 2016, 5),
    ("铝材检测公共技术服务平台", ServicePlatform, PlatformLevel::Provincial, 2012, 7),
];

pub(super) fn enter(books: &mut Books<'_>, parks: &Parks, firms: &[KeptFirm]) -> Result<(), DemoError> {
    let bases = bases(books);
    platforms(books, firms);
    let mut employers: Vec<Employer<'_>> = firms
        .iter()
        .filter(|firm| firm.produces_from.is_some())
        .map(|firm| Employer {
            code: &firm.code,
            park: Some(firm.park),
            base: None,
            quarter: &parks.park(firm.park).quarter,
            weight: if firm.above_size { 2 } else { 1 },
        })
        .collect();
    employers.extend(bases.iter().map(|base| Employer {
        code: &base.operator,
        park: None,
        base: Some(&base.code),
        quarter: &base.quarter,
        weight: 2,
    }));
    jobs(books, &employers, NEW_JOBS, ["2016-Q1", "2016-Q2"])?;
    for (people, quarters) in JOBS_BEFORE {
        jobs(books, &employers, people, quarters)?;
    }
    Ok(())
}

/// Who takes people on.
struct Employer<'n> {
    code: &'n str,
    park: Option<&'static str>,
    base: Option<&'n str>,
    quarter: &'n str,
    /// Larger firms take on more.
    weight: usize,
}

/// A start-up base with the firm that runs it.
struct KeptBase {
    code: String,
    operator: String,
    quarter: String,
}

fn bases(books: &mut Books<'_>) -> Vec<KeptBase> {
    let mut kept = Vec::new();
    for (number, (name, kind, level, stem, park, year, firms_max, closed_on)) in BASES.into_iter().enumerate()
    {
        let quarter = books.drawn.quarter_named(stem);
        let operator = books.firm(&Firm {
            name: &format!("{name}管理有限公司").replace("凯里市创业", "凯里市众创"),
            kind: OrganisationKind::Enterprise,
            ownership: if number % 3 == 0 { Ownership::State } else { Ownership::Private },
            industry: "L72",
            unit: "employment",
            quarter: &quarter.code,
            before: date(year - 1, 12, 31),
        });
        let code = format!("CY-{:02}", number + 1);
        let floor = i64::from(firms_max) * books.drawn.whole(45..=130);
        let place = books.drawn.place_in(&quarter.code);
        let row = StartupBase {
            code: code.clone(),
            name: name.to_owned(),
            kind,
            level,
            operator: operator.clone(),
            park: (!park.is_empty()).then(|| park.to_owned()),
            division: quarter.code.clone(),
            recognised_on: books.drawn.office_day(date(year, 3, 1)..=date(year, 5, 31)),
            closed_on,
            floor_area: Some(Area::from_units(floor * AreaUnit::SquareMetre.units())),
            firms_max,
            place,
            unit: "employment".to_owned(),
        };
        books.enter(row);
        if closed_on.is_none() {
            kept.push(KeptBase { code, operator, quarter: quarter.code.clone() });
        }
    }
    kept
}

fn platforms(books: &mut Books<'_>, firms: &[KeptFirm]) {
    for (number, (name, kind, level, year, month)) in PLATFORMS.into_iter().enumerate() {
        let host = &firms[number.min(firms.len() - 1)];
        let recognised_on = books.drawn.office_day(date(year, month, 2)..=date(year, month, 27));
        let document = books.drawn.whole(8..=190);
        let row = InnovationPlatform {
            code: format!("CX-{:02}", number + 1),
            name: name.to_owned(),
            kind,
            level,
            host: host.code.clone(),
            park: Some(host.park.to_owned()),
            industry: Some(host.industry.to_owned()),
            recognised_on,
            recognised_by: match level {
                PlatformLevel::National => "科学技术部",
                PlatformLevel::Provincial if kind == TechnologyCentre => "贵州省经济和信息化委员会",
                PlatformLevel::Provincial => "贵州省科学技术厅",
                PlatformLevel::Prefecture => "黔东南州科学技术局",
                PlatformLevel::County => "凯里市人民政府",
            }
            .to_owned(),
            document: Some(format!("黔科通〔{year}〕{document}号")),
            ended_on: (year == 2012).then_some(date(2015, 12, 31)),
            researchers: Some(books.drawn.count(6..=85)),
            place: None,
            unit: "education".to_owned(),
        };
        books.enter(row);
    }
}

/// So many people are taken on by the employers in two quarters.
fn jobs(
    books: &mut Books<'_>,
    employers: &[Employer<'_>],
    people: i64,
    quarters: [&str; 2],
) -> Result<(), DemoError> {
    let quarters = [quarters[0].parse::<Period>()?, quarters[1].parse::<Period>()?];
    let parts: usize = employers.iter().map(|employer| employer.weight).sum();
    let mut shares = books.drawn.shares(people, parts * quarters.len(), 1).into_iter();
    for employer in employers {
        for period in quarters {
            let taken: i64 = shares.by_ref().take(employer.weight).sum();
            let taken = u32::try_from(taken).unwrap_or(0);
            let returned = books.drawn.count(0..=taken * 2 / 5);
            let hard = books.drawn.count(0..=taken / 6);
            let record = JobRecord {
                employer: employer.code.to_owned(),
                source: JobSource::Contracts,
                period,
                people: taken,
                returned_migrants: returned,
                hard_to_place: hard,
                park: employer.park.map(str::to_owned),
                base: employer.base.map(str::to_owned),
                division: Some(employer.quarter.to_owned()),
                counted_on: books.drawn.after(period.last(), 3..=12),
                unit: "employment".to_owned(),
            };
            // The insurance knows fewer of them: it is the check on what was filed, not a second count.
            if books.drawn.dice.permille(300) && taken > 10 {
                let insured = JobRecord {
                    source: JobSource::Insurance,
                    people: taken - taken / 9,
                    returned_migrants: 0,
                    hard_to_place: 0,
                    ..record.clone()
                };
                books.enter(insured);
            }
            books.enter(record);
        }
    }
    Ok(())
}
