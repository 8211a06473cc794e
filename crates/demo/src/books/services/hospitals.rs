//! S8: hospitals and health centres. Five private hospitals were built in the half-year.

use jiff::civil::{Date, date};
use services::{
    hospital::{
        Hospital,
        HospitalGrade::{self, Primary, Secondary, Tertiary, Ungraded},
        HospitalKind::{self, Community, General, Nursing, Specialised, Traditional},
    },
    nature::{
        Nature::{self, Private, PrivateAided, Public},
        Work::{self, Built, Enlarged},
    },
};

use super::{FIRST, LAST, body, firm, place_of, wan};
use crate::books::Books;

/// When the last work was done.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Done {
    HalfYear,
    Before,
    Never,
}

/// A hospital: name, kind, grade, who runs it, who holds it, street or town, beds, the last work, when, project.
type Named = (
    &'static str,
    HospitalKind,
    HospitalGrade,
    Nature,
    Option<&'static str>,
    &'static str,
    i64,
    Work,
    Done,
    Option<&'static str>,
);

#[rustfmt::skip]
const NAMED: [Named; 16] = [
    ("凯里仁和医院", General, Secondary, Private, Some("凯里仁和医疗投资有限公司"), "鸭塘", 260, Built, Done::HalfYear, None),
    ("凯里苗岭骨科医院", Specialised, Secondary, Private, Some("贵州苗岭医疗管理有限公司"), "开怀", 180, Built, Done::HalfYear, None),
    ("凯里安琪妇产医院", Specialised, Ungraded, Private, Some("凯里安琪医疗管理有限公司"), "洗马河", 90, Built, Done::HalfYear, None),
    ("凯里清江眼科医院", Specialised, Ungraded, Private, Some("贵州苗岭医疗管理有限公司"), "大十字", 60, Enlarged, Done::HalfYear, None),
    ("凯里福寿护理院", Nursing, Ungraded, PrivateAided, Some("凯里福寿养老服务有限公司"), "白果井", 140, Built, Done::HalfYear, None),
    ("凯里博爱医院", General, Primary, Private, Some("凯里博爱医疗投资有限公司"), "西门", 120, Built, Done::Before, None),
    ("凯里康宁精神病专科医院", Specialised, Secondary, PrivateAided, Some("凯里康宁医疗投资有限公司"), "白午", 200, Enlarged, Done::Before, None),
    ("凯里苗医药医院", Traditional, Primary, Private, Some("贵州苗岭医疗管理有限公司"), "湾溪", 80, Built, Done::Before, None),
    ("凯里口腔医院", Specialised, Ungraded, Private, Some("凯里安琪医疗管理有限公司"), "大十字", 20, Built, Done::Before, None),
    ("黔东南州人民医院", General, Tertiary, Public, Some("黔东南州人民医院"), "西门", 1_500, Enlarged, Done::Before, None),
    ("凯里市第一人民医院", General, Secondary, Public, Some("凯里市第一人民医院"), "大十字", 620, Enlarged, Done::Before, Some("凯里市第一人民医院新区分院")),
    ("凯里市中医医院", Traditional, Secondary, Public, Some("凯里市中医医院"), "洗马河", 340, Enlarged, Done::Before, Some("凯里市中医医院扩建项目")),
    ("凯里市妇幼保健院", Specialised, Secondary, Public, Some("凯里市妇幼保健院"), "开怀", 160, Built, Done::Before, Some("凯里市妇幼保健院迁建项目")),
    ("凯里市康复医院", Specialised, Ungraded, Private, None, "鸭塘", 0, Built, Done::Never, Some("凯里市康复医院建设项目")),
    ("凯里市医养结合养老服务中心", Nursing, Ungraded, PrivateAided, None, "开怀", 0, Built, Done::Never, Some("凯里市医养结合养老服务中心")),
    ("凯里铁路医院", General, Primary, Public, Some("凯里市第一人民医院"), "白午", 110, Built, Done::Never, None),
];

/// A hospital as awards and posts know it.
pub(super) struct KeptHospital {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) is_private: bool,
    pub(super) built_on: Option<Date>,
    pub(super) beds: i64,
    pub(super) beds_added: i64,
}

pub(super) fn enter(books: &mut Books<'_>) -> Vec<KeptHospital> {
    let mut hospitals = Vec::new();
    for named in NAMED {
        let number = hospitals.len() + 1;
        hospitals.push(hospital(books, number, named));
    }
    let quarters: Vec<_> = books.drawn.quarters().collect();
    for (turn, quarter) in quarters.into_iter().enumerate() {
        let is_town = quarter.name_zh.ends_with('镇');
        let name = if is_town {
            format!("{}卫生院", quarter.name_zh)
        } else {
            format!("{}社区卫生服务中心", quarter.name_zh)
        };
        let stem = quarter.name_zh.trim_end_matches("街道").trim_end_matches('镇');
        let beds = if is_town { books.drawn.whole(24..=110) } else { books.drawn.whole(10..=45) };
        let done = match turn % 7 {
            3 => Done::HalfYear,
            5 => Done::Never,
            _ => Done::Before,
        };
        let number = hospitals.len() + 1;
        let known = (Community, Ungraded, Public, Some("凯里市卫生和计划生育局"));
        hospitals.push(made(books, number, &name, known, (stem, beds), (Enlarged, done, None)));
    }
    // One that lost its licence.
    if let Some(last) = hospitals.last().map(|_| hospitals.len() + 1) {
        let known = (Specialised, Ungraded, Private, Some("凯里博爱医疗投资有限公司"));
        let gone =
            made(books, last, "凯里康乐中西医结合门诊部", known, ("西门", 16), (Built, Done::Before, None));
        books.retire::<Hospital>(gone.code);
    }
    hospitals
}

fn hospital(books: &mut Books<'_>, number: usize, named: Named) -> KeptHospital {
    let (name, kind, grade, nature, holder, stem, beds, work, done, project) = named;
    let project = project.and_then(|name| books.project_named(name)).cloned();
    // A hospital that is being built belongs to the firm that builds it.
    let owner = project.as_ref().and_then(|project| project.owner.clone());
    let code = project.map(|project| project.code);
    if holder.is_none() {
        return entered(books, number, name, (kind, grade, nature, owner), (stem, beds), (work, done, code));
    }
    made(books, number, name, (kind, grade, nature, holder), (stem, beds), (work, done, code))
}

fn made(
    books: &mut Books<'_>,
    number: usize,
    name: &str,
    (kind, grade, nature, holder): (HospitalKind, HospitalGrade, Nature, Option<&str>),
    place: (&str, i64),
    work: (Work, Done, Option<String>),
) -> KeptHospital {
    let holder = holder.map(|holder| match nature {
        Public => body(books, holder, "health"),
        _ => firm(books, holder, "Q83", "health"),
    });
    entered(books, number, name, (kind, grade, nature, holder), place, work)
}

fn entered(
    books: &mut Books<'_>,
    number: usize,
    name: &str,
    (kind, grade, nature, holder): (HospitalKind, HospitalGrade, Nature, Option<String>),
    (stem, beds): (&str, i64),
    (work, done, project): (Work, Done, Option<String>),
) -> KeptHospital {
    let built_on = match done {
        Done::HalfYear => Some(books.drawn.office_day(FIRST..=LAST)),
        Done::Before => Some(books.drawn.office_day(date(2006, 5, 8)..=date(2015, 12, 11))),
        Done::Never => None,
    };
    let quarter = books.drawn.quarter_named(stem);
    let beds_added = match (built_on, work) {
        (Some(_), Built) => beds,
        (Some(_), Enlarged) => beds * books.drawn.whole(180..=420) / 1_000,
        (None, _) => 0,
    };
    let cost = beds_added * books.drawn.whole(14..=34);
    let code = format!("PDY{:05}522601", 10_040 + number * 13);
    let place = place_of(books, name.trim_start_matches("凯里"), &quarter.code);
    books.enter(Hospital {
        code: code.clone(),
        name: name.to_owned(),
        kind,
        grade,
        nature,
        holder,
        work: built_on.map(|_| work),
        project,
        built_on,
        beds: (beds > 0).then_some(beds),
        beds_added: built_on.map(|_| beds_added),
        investment: built_on.map(|_| wan(cost.max(8))),
        division: Some(quarter.code.clone()),
        closed_on: None,
        place,
        unit: "health".to_owned(),
    });
    KeptHospital { code, name: name.to_owned(), is_private: nature != Public, built_on, beds, beds_added }
}
