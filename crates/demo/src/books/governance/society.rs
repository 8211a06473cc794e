//! Society: social organisations, teams, volunteers and what they did (G10).

use finance::organisation::OrganisationKind;
use governance::{
    social_organisation::{SocialField, SocialGrade, SocialOrganisation, SocialOrganisationKind},
    volunteer::Volunteer,
    volunteer_activity::VolunteerActivity,
    volunteer_team::{VolunteerField, VolunteerTeam},
};
use jiff::civil::{Date, date};
use kernel::{decimal::Decimal, shape::Point};

use super::{
    super::{
        Books,
        drawn::{days_of, days_on},
    },
    communities, office, stem,
};

/// Social organisations that help to run the city, as the source counts them.
const ORGANISATIONS: usize = 107;
/// Volunteer teams, as the source counts them.
const TEAMS: usize = 27;
/// Volunteers, as the source counts them.
const VOLUNTEERS: usize = 41_142;
/// Volunteers who left.
const LEFT: usize = 618;
/// Organisations that do not help to run the city, and such as were struck off.
const OTHERS: usize = 21;
const STRUCK_OFF: usize = 6;
/// The last day of the books.
const LAST: Date = date(2016, 6, 29);

use SocialField::{Business, Care, Community, Culture, Education, Environment, Farming, Health};
use SocialOrganisationKind::{Association, Foundation, OnFile, ServiceAgency};

/// Organisations of the whole city: name, kind, field, the bureau that guides them, whether they help to run the city.
const OF_THE_CITY: [(&str, SocialOrganisationKind, SocialField, &str, bool); 44] = [
    ("凯里市志愿者协会", Association, Community, "civilisation_office", true),
    ("凯里市社会工作者协会", Association, Community, "civil_affairs", true),
    ("凯里市老年人协会", Association, Care, "civil_affairs", true),
    ("凯里市慈善总会", Association, Care, "civil_affairs", true),
    ("凯里市残疾人互助协会", Association, Care, "civil_affairs", true),
    ("凯里市人民调解员协会", Association, Community, "public_security", true),
    ("凯里市治安联防协会", Association, Community, "public_security", true),
    ("凯里市道路交通安全协会", Association, Community, "traffic_police", true),
    ("凯里市出租汽车协会", Association, Business, "transport", true),
    ("凯里市市容环境卫生协会", Association, Environment, "city_management", true),
    ("凯里市餐饮行业协会", Association, Business, "market_supervision", true),
    ("凯里市个体私营企业协会", Association, Business, "market_supervision", true),
    ("凯里市消费者协会", Association, Community, "market_supervision", true),
    ("凯里市物业管理协会", Association, Community, "housing", true),
    ("凯里市建筑业协会", Association, Business, "housing", true),
    ("凯里市园林绿化协会", Association, Environment, "landscaping", true),
    ("凯里市清水江保护协会", Association, Environment, "environment", true),
    ("凯里市环境保护志愿协会", Association, Environment, "environment", true),
    ("凯里市户外广告行业协会", Association, Business, "city_management", true),
    ("凯里市山地救援协会", Association, Community, "public_security", true),
    ("凯里市青年志愿服务中心", ServiceAgency, Community, "civilisation_office", true),
    ("凯里市阳光社会工作服务中心", ServiceAgency, Community, "civil_affairs", true),
    ("凯里市仁爱居家养老服务中心", ServiceAgency, Care, "civil_affairs", true),
    ("凯里市向阳留守儿童关爱中心", ServiceAgency, Care, "civil_affairs", true),
    ("凯里市心语心理咨询服务中心", ServiceAgency, Health, "health", true),
    ("凯里市苗乡法律援助服务中心", ServiceAgency, Community, "civil_affairs", true),
    ("凯里市蓝天应急救援队", ServiceAgency, Community, "civil_affairs", true),
    ("凯里市教育发展基金会", Foundation, Education, "education", false),
    ("凯里市苗族侗族文化研究会", Association, Culture, "tourism", false),
    ("凯里市芦笙协会", Association, Culture, "tourism", false),
    ("凯里市刺绣银饰行业协会", Association, Business, "industry", false),
    ("凯里市书法美术家协会", Association, Culture, "education", false),
    ("凯里市摄影家协会", Association, Culture, "education", false),
    ("凯里市篮球协会", Association, Culture, "education", false),
    ("凯里市钓鱼协会", Association, Culture, "education", false),
    ("凯里市信鸽协会", Association, Culture, "education", false),
    ("凯里市蓝莓种植协会", Association, Farming, "agriculture", false),
    ("凯里市生猪养殖协会", Association, Farming, "agriculture", false),
    ("凯里市茶叶协会", Association, Farming, "agriculture", false),
    ("凯里市酸汤产业协会", Association, Business, "market_supervision", false),
    ("凯里市会计学会", Association, Business, "finance", false),
    ("凯里市医学会", Association, Health, "health", false),
    ("凯里市启智职业培训学校", ServiceAgency, Education, "employment", false),
    ("凯里市金色童年艺术培训中心", ServiceAgency, Education, "education", false),
];
/// Groups of communities, put on file: what they are called, field, whether they help to run the city.
const OF_A_COMMUNITY: [(&str, SocialField, bool); 8] = [
    ("邻里互助会", Community, true),
    ("义务巡逻队", Community, true),
    ("和谐促进会", Community, true),
    ("红白理事会", Community, true),
    ("老年人日间照料站", Care, true),
    ("环境卫生自治会", Environment, true),
    ("广场舞队", Culture, false),
    ("侗歌队", Culture, false),
];

pub(super) fn enter(books: &mut Books<'_>) {
    let organisations = organisations(books);
    let teams = teams(books, &organisations);
    volunteers(books, &teams);
    activities(books, &teams);
}

/// An organisation that helps to run the city: its name and key.
struct Helper {
    name: String,
    key: String,
}

fn organisations(books: &mut Books<'_>) -> Vec<Helper> {
    let mut helpers = Vec::new();
    let (mut others, mut struck_off) = (0, 0);
    for (name, kind, field, unit, helps) in OF_THE_CITY {
        let key = organisation(books, (name.to_owned(), kind, field), (unit, None), helps, None);
        if helps {
            helpers.push(Helper { name: name.to_owned(), key });
        } else {
            others += 1;
        }
    }
    let ground = books.drawn.ground;
    // Each round goes through the communities with another kind of group, until there are as many as the source counts.
    for (called, field, helps) in OF_A_COMMUNITY {
        for community in communities(ground) {
            let is_struck_off = struck_off < STRUCK_OFF && books.drawn.dice.permille(60);
            let wanted = match (is_struck_off, helps) {
                (true, _) => true,
                (false, true) => helpers.len() < ORGANISATIONS,
                (false, false) => others < OTHERS,
            };
            // Not every community has one of each.
            if !wanted || books.drawn.dice.permille(560) {
                continue;
            }
            let name = format!("{}{called}", community.name_zh);
            let deregistered_on =
                is_struck_off.then(|| books.drawn.office_day(date(2015, 2, 2)..=date(2016, 5, 31)));
            let unit = office(ground, &community.parent);
            let said = (name.clone(), OnFile, field);
            let key = organisation(books, said, (&unit, Some(&community.parent)), helps, deregistered_on);
            match (is_struck_off, helps) {
                (true, _) => struck_off += 1,
                (false, true) => helpers.push(Helper { name, key }),
                (false, false) => others += 1,
            }
        }
    }
    helpers
}

fn organisation(
    books: &mut Books<'_>,
    (name, kind, field): (String, SocialOrganisationKind, SocialField),
    (unit, street): (&str, Option<&String>),
    helps_city: bool,
    deregistered_on: Option<Date>,
) -> String {
    let registered_on = books.drawn.office_day(date(2003, 4, 1)..=date(2014, 12, 31));
    let key = books.organisation_with(&name, OrganisationKind::SocialOrganisation, |organisation| {
        organisation.founded_on = Some(registered_on);
        organisation.ended_on = deregistered_on;
    });
    let drawn = &mut books.drawn;
    let street = match street {
        Some(street) => street.clone(),
        None => drawn.pick(&["522601001", "522601002", "522601003", "522601004", "522601007"]).to_owned(),
    };
    let graded = kind != OnFile && drawn.dice.permille(450);
    let grades = [SocialGrade::A1, SocialGrade::A2, SocialGrade::A3, SocialGrade::A3, SocialGrade::A4];
    let row = SocialOrganisation {
        organisation: key.clone(),
        kind,
        field,
        unit: unit.to_owned(),
        street: Some(street),
        helps_city,
        grade: graded.then(|| books.drawn.pick(&grades)),
        staff: (kind != OnFile).then(|| books.drawn.count(1..=14)),
        registered_on,
        deregistered_on,
    };
    books.enter(row);
    key
}

/// Teams of the whole city: name, field, the organisation that they belong to, the unit that guides them.
const TEAMS_OF_THE_CITY: [(&str, VolunteerField, Option<&str>, &str); 12] = [
    ("文明交通志愿服务队", VolunteerField::Traffic, Some("凯里市道路交通安全协会"), "traffic_police"),
    ("青年志愿服务总队", VolunteerField::Culture, Some("凯里市青年志愿服务中心"), "civilisation_office"),
    ("巾帼志愿服务队", VolunteerField::Care, Some("凯里市志愿者协会"), "civilisation_office"),
    ("党员先锋志愿服务队", VolunteerField::Sanitation, Some("凯里市志愿者协会"), "civilisation_office"),
    ("清水江护河志愿服务队", VolunteerField::Sanitation, Some("凯里市清水江保护协会"), "environment"),
    ("蓝天应急志愿服务队", VolunteerField::Emergency, Some("凯里市蓝天应急救援队"), "civil_affairs"),
    ("红袖标治安巡防队", VolunteerField::Safety, Some("凯里市治安联防协会"), "public_security"),
    ("老娘舅调解志愿服务队", VolunteerField::Mediation, Some("凯里市人民调解员协会"), "public_security"),
    ("医务志愿服务队", VolunteerField::Care, None, "health"),
    ("教师志愿服务队", VolunteerField::Culture, None, "education"),
    ("爱心出租车志愿服务队", VolunteerField::Traffic, Some("凯里市出租汽车协会"), "transport"),
    ("城管义务监督队", VolunteerField::Other, Some("凯里市市容环境卫生协会"), "city_management"),
];

/// A team with how much of the volunteers it has.
struct Team {
    code: String,
    name: String,
    field: VolunteerField,
    unit: String,
    street: Option<String>,
    formed_on: Date,
    weight: f64,
}

fn teams(books: &mut Books<'_>, organisations: &[Helper]) -> Vec<Team> {
    let ground = books.drawn.ground;
    let mut teams = Vec::new();
    for (name, field, organisation, unit) in TEAMS_OF_THE_CITY {
        let key = organisation
            .and_then(|name| organisations.iter().find(|helper| helper.name == name))
            .map(|helper| helper.key.clone());
        let weight = 3.0 + 9.0 * books.drawn.dice.share();
        let said = (format!("凯里市{name}"), field, unit.to_owned(), None);
        team(books, &mut teams, said, key, weight);
    }
    let fields = [
        VolunteerField::Sanitation,
        VolunteerField::Safety,
        VolunteerField::Care,
        VolunteerField::Traffic,
        VolunteerField::Mediation,
    ];
    let quarters: Vec<_> = books.drawn.quarters().take(TEAMS - TEAMS_OF_THE_CITY.len()).collect();
    for (number, quarter) in quarters.into_iter().enumerate() {
        let urban = quarter.code.as_str() < "522601100";
        let weight =
            if urban { 2.0 + 5.0 * books.drawn.dice.share() } else { 0.6 + books.drawn.dice.share() };
        let name = format!("{}志愿服务队", stem(quarter));
        let field = if urban { fields[number % fields.len()] } else { VolunteerField::Care };
        let said = (name, field, office(ground, &quarter.code), Some(quarter.code.clone()));
        team(books, &mut teams, said, None, weight);
    }
    for (number, name) in ["凯里市世博志愿服务队", "凯里市电影节志愿服务队"].into_iter().enumerate()
    {
        books.enter(VolunteerTeam {
            code: format!("ZY-9{number}"),
            name: name.to_owned(),
            field: VolunteerField::Other,
            organisation: None,
            unit: "civilisation_office".to_owned(),
            street: None,
            formed_on: date(2010, 4, 12),
            dissolved_on: Some(date(2015, 3, 31)),
        });
    }
    teams
}

fn team(
    books: &mut Books<'_>,
    teams: &mut Vec<Team>,
    (name, field, unit, street): (String, VolunteerField, String, Option<String>),
    organisation: Option<String>,
    weight: f64,
) {
    let code = format!("ZY-{:02}", teams.len() + 1);
    let formed_on = books.drawn.office_day(date(2008, 3, 5)..=date(2013, 12, 5));
    books.enter(VolunteerTeam {
        code: code.clone(),
        name: name.clone(),
        field,
        organisation,
        unit: unit.clone(),
        street: street.clone(),
        formed_on,
        dissolved_on: None,
    });
    teams.push(Team { code, name, field, unit, street, formed_on, weight });
}

/// Of a thousand volunteers so many belong to a team, and so many agreed that their name and phone are kept.
const IN_TEAMS: usize = 710;
const AGREED: usize = 880;
/// How many registered in each year from 2009 on.
const BY_YEAR: [f64; 8] = [1.0, 1.4, 2.1, 3.2, 5.0, 6.4, 8.8, 6.1];
const FIRST_YEAR: i16 = 2009;

fn volunteers(books: &mut Books<'_>, teams: &[Team]) {
    let ground = books.drawn.ground;
    let quarters: Vec<(String, String, f64)> = books
        .drawn
        .quarters()
        .map(|quarter| {
            let weight = if quarter.code.as_str() < "522601100" { 5.0 } else { 1.0 };
            (quarter.code.clone(), office(ground, &quarter.code), weight)
        })
        .collect();
    let quarter_weights: Vec<f64> = quarters.iter().map(|(_, _, weight)| *weight).collect();
    let team_weights: Vec<f64> = teams.iter().map(|team| team.weight).collect();
    for number in 0..VOLUNTEERS + LEFT {
        let left = number >= VOLUNTEERS;
        let team =
            books.drawn.dice.permille(IN_TEAMS).then(|| &teams[books.drawn.dice.weighted(&team_weights)]);
        let (street, office, _) = &quarters[books.drawn.dice.weighted(&quarter_weights)];
        let street = team.and_then(|team| team.street.as_ref()).unwrap_or(street);
        let year = FIRST_YEAR + i16::try_from(books.drawn.dice.weighted(&BY_YEAR)).unwrap_or(0);
        let last = if left { date(2014, 12, 31) } else { LAST };
        let first = team.map_or(date(2009, 1, 1), |team| team.formed_on).max(date(year, 1, 1)).min(last);
        let registered_on = books.drawn.day(first..=date(year, 12, 31).max(first).min(last));
        let agreed = books.drawn.dice.permille(AGREED);
        let person = (agreed && !left).then(|| books.person());
        let row = Volunteer {
            number: format!("522601{:09}", number + 1),
            person,
            team: team.map(|team| team.code.clone()),
            unit: team.map_or(office, |team| &team.unit).clone(),
            street: Some(street.clone()),
            agreed,
            registered_on,
            left_on: left.then(|| books.drawn.day(date(2015, 1, 1)..=date(2016, 6, 15))),
        };
        books.enter(row);
    }
}

/// What a team of a field does.
const fn doings(field: VolunteerField) -> &'static [&'static str] {
    match field {
        VolunteerField::Traffic => &["路口文明劝导", "非机动车停放整理", "斑马线礼让宣传"],
        VolunteerField::Sanitation => &["背街小巷大扫除", "河岸清洁", "小广告清除", "垃圾分类宣传"],
        VolunteerField::Safety => &["夜间治安巡逻", "消防隐患入户排查", "防诈骗宣传"],
        VolunteerField::Care => &["独居老人探访", "义诊进社区", "留守儿童课后陪伴"],
        VolunteerField::Mediation => &["邻里纠纷调解日", "物业矛盾现场会"],
        VolunteerField::Emergency => &["防汛演练", "山地搜救训练", "急救知识培训"],
        VolunteerField::Culture => &["图书馆义务导读", "普通话推广", "苗歌进社区"],
        VolunteerField::Other => &["门前三包义务监督", "市容问题随手拍", "占道摊点劝导"],
    }
}

/// Days between two activities of a team, fewest and most.
const PAUSE: (i64, i64) = (9, 44);

fn activities(books: &mut Books<'_>, teams: &[Team]) {
    let first = date(2015, 1, 3);
    let mut held: Vec<(Date, usize)> = Vec::new();
    for place in 0..teams.len() {
        let mut day = days_on(first, books.drawn.whole(0..=PAUSE.1));
        while days_of(&(day..=LAST)) > 0 && day <= LAST {
            held.push((day, place));
            day = days_on(day, books.drawn.whole(PAUSE.0..=PAUSE.1));
        }
    }
    held.sort_unstable();
    for (number, (held_on, place)) in held.into_iter().enumerate() {
        let team = &teams[place];
        let drawn = &mut books.drawn;
        let quarter = match &team.street {
            Some(street) => street.clone(),
            None => drawn.pick(&["522601001", "522601002", "522601003", "522601004", "522601005"]).to_owned(),
        };
        let place: Option<Point> = drawn.place_in(&quarter);
        let volunteers = drawn.count(6..=64);
        let each_tenths = drawn.whole(10..=48);
        let clears = matches!(
            team.field,
            VolunteerField::Sanitation
                | VolunteerField::Safety
                | VolunteerField::Traffic
                | VolunteerField::Other
        );
        let doing = drawn.pick(doings(team.field));
        let problems = clears.then(|| drawn.count(0..=28));
        books.enter(VolunteerActivity {
            code: format!("HD-{}-{:04}", held_on.year(), number + 1),
            name: format!("{}·{doing}", team.name.trim_start_matches("凯里市")),
            team: team.code.clone(),
            unit: team.unit.clone(),
            field: team.field,
            street: Some(quarter),
            place,
            held_on,
            volunteers,
            hours: Decimal(i64::from(volunteers) * each_tenths),
            problems,
            photo: None,
        });
    }
}
