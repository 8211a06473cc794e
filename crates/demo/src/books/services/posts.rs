//! S8: purchased posts (795 of teachers, 96 of health workers at the end of the half-year), advances and awards.

use jiff::civil::{Date, date};
use kernel::money::{FEN_PER_WAN_YUAN, FEN_PER_YUAN, Fen};
use services::{
    school::SchoolKind,
    service_award::{AwardKind, ServiceAward},
    service_post::{PostKind, ServicePost},
    service_purchase::PurchasedService,
};

use super::{
    LAST,
    hospitals::KeptHospital,
    purchases::KeptPurchase,
    schools::{KeptSchool, next_school_year},
};
use crate::books::Books;

/// Posts that run at the end of the half-year.
const TEACHERS: i64 = 795;
const HEALTH_WORKERS: i64 = 96;
/// At so many schools and hospitals.
const SCHOOLS: usize = 96;
const HOSPITALS: usize = 22;

/// For whom posts are.
enum At<'k> {
    School(&'k str),
    Hospital(&'k str),
    Elsewhere,
}

pub(super) fn enter(
    books: &mut Books<'_>,
    schools: &[KeptSchool],
    hospitals: &[KeptHospital],
    purchases: &[KeptPurchase],
) {
    let mut posts = Posts { number: 0 };
    let running = |service: PurchasedService| -> Vec<&KeptPurchase> {
        purchases.iter().filter(|kept| kept.service == service && kept.ends_on >= LAST).collect()
    };
    let teaching = running(PurchasedService::Education);
    let taught: Vec<&KeptSchool> =
        schools.iter().filter(|school| school.built_on.is_some()).step_by(2).take(SCHOOLS).collect();
    let shares = books.drawn.shares(TEACHERS, taught.len(), 1);
    for (turn, (school, count)) in taught.iter().zip(shares).enumerate() {
        let at = At::School(&school.code);
        posts.enter(books, (PostKind::Teacher, count, at), Some(teaching[turn % teaching.len()]));
    }
    let healing: Vec<&KeptPurchase> = running(PurchasedService::Health).into_iter().take(1).collect();
    let open: Vec<&KeptHospital> =
        hospitals.iter().filter(|hospital| hospital.built_on.is_some()).take(HOSPITALS).collect();
    let shares = books.drawn.shares(HEALTH_WORKERS, open.len(), 1);
    for (hospital, count) in open.iter().zip(shares) {
        let at = At::Hospital(&hospital.code);
        posts.enter(books, (PostKind::HealthWorker, count, at), healing.first().copied());
    }
    let caring = running(PurchasedService::Care);
    for (turn, count) in [6, 9, 4, 11].into_iter().enumerate() {
        posts.enter(books, (PostKind::SocialWorker, count, At::Elsewhere), Some(caring[turn % caring.len()]));
    }
    // Those of the year before: they ended with their contract.
    let ended =
        purchases.iter().find(|kept| kept.service == PurchasedService::Education && kept.ends_on < LAST);
    for school in schools.iter().filter(|school| school.built_on.is_some()).skip(1).step_by(19).take(8) {
        let count = books.drawn.whole(2..=6);
        posts.enter(books, (PostKind::Teacher, count, At::School(&school.code)), ended);
    }
    awards(books, schools, hospitals);
}

struct Posts {
    number: usize,
}

impl Posts {
    fn enter(
        &mut self,
        books: &mut Books<'_>,
        (kind, count, at): (PostKind, i64, At<'_>),
        purchase: Option<&KeptPurchase>,
    ) {
        self.number += 1;
        let (begins_on, ends_on) =
            purchase.map_or((date(2015, 9, 1), None), |kept| (kept.begins_on, Some(kept.ends_on)));
        // Here and there a post is empty.
        let empty = i64::from(books.drawn.dice.permille(180));
        let cost = match kind {
            PostKind::HealthWorker => books.drawn.whole(48..=62),
            _ => books.drawn.whole(39..=52),
        };
        let (school, hospital) = match at {
            At::School(code) => (Some(code.to_owned()), None),
            At::Hospital(code) => (None, Some(code.to_owned())),
            At::Elsewhere => (None, None),
        };
        let unit = match kind {
            PostKind::HealthWorker => "health",
            PostKind::Teacher => "education",
            _ => "civil_affairs",
        };
        books.enter(ServicePost {
            code: format!("GW-{}-{:03}", begins_on.year(), self.number),
            kind,
            posts: count,
            filled: Some((count - empty).max(0)),
            school,
            hospital,
            purchase: purchase.map(|kept| kept.code.clone()),
            cost: Some(Fen(cost * FEN_PER_WAN_YUAN / 10)),
            begins_on,
            ends_on,
            unit: unit.to_owned(),
        });
    }
}

/// An award on its way into the books.
struct Awarded<'k> {
    kind: AwardKind,
    school: Option<&'k KeptSchool>,
    hospital: Option<&'k KeptHospital>,
    awarded_on: Date,
    amount: Fen,
    counted: Option<(i64, Fen)>,
}

const fn yuan(yuan: i64) -> Fen {
    Fen(yuan * FEN_PER_YUAN)
}

fn awards(books: &mut Books<'_>, schools: &[KeptSchool], hospitals: &[KeptHospital]) {
    let mut rows = Vec::new();
    let private = schools.iter().filter(|school| school.is_private);
    for (turn, school) in private.filter(|school| school.built_on.is_some()).enumerate() {
        let Some(built_on) = school.built_on.filter(|day| *day >= date(2013, 1, 1)) else { continue };
        let blank = |kind, awarded_on, amount, counted| Awarded {
            kind,
            school: Some(school),
            hospital: None,
            awarded_on,
            amount,
            counted,
        };
        match turn % 6 {
            0 => {
                let amount = yuan(books.drawn.whole(8..=60) * 10_000);
                let before = books.drawn.office_day(date(2015, 1, 12).min(built_on)..=built_on);
                rows.push(blank(AwardKind::Advance, before, amount, None));
            }
            1 | 4 => {
                let each = if school.kind == SchoolKind::Kindergarten { 1_500 } else { 2_200 };
                let amount = yuan(each * school.places_added.max(10));
                rows.push(blank(AwardKind::Award, books.drawn.after(built_on, 20..=60), amount, None));
            }
            2 => {
                let each = yuan(if school.kind == SchoolKind::Kindergarten { 300 } else { 600 });
                let pupils = school.places * books.drawn.whole(620..=960) / 1_000;
                let on = next_school_year(built_on).min(date(2016, 3, 14)).max(built_on);
                rows.push(blank(AwardKind::PerPupil, on, Fen(each.0 * pupils), Some((pupils, each))));
            }
            3 => {
                let amount = yuan(books.drawn.whole(12..=84) * 1_000);
                rows.push(blank(AwardKind::Relief, books.drawn.after(built_on, 30..=90), amount, None));
            }
            _ => {}
        }
    }
    for hospital in hospitals.iter().filter(|hospital| hospital.is_private && hospital.beds_added > 0) {
        let Some(built_on) = hospital.built_on.filter(|day| *day >= date(2013, 1, 1)) else { continue };
        let each = yuan(if hospital.name.ends_with("护理院") { 3_000 } else { 2_000 });
        rows.push(Awarded {
            kind: AwardKind::PerBed,
            school: None,
            hospital: Some(hospital),
            awarded_on: books.drawn.after(built_on, 15..=50),
            amount: Fen(each.0 * hospital.beds),
            counted: Some((hospital.beds, each)),
        });
    }
    rows.retain(|row| row.awarded_on <= LAST);
    rows.sort_by_key(|row| row.awarded_on);
    for (number, row) in rows.into_iter().enumerate() {
        let paid_on = books.drawn.after(row.awarded_on, 12..=45);
        let paid_on = (paid_on <= LAST).then_some(paid_on);
        let is_back = row.kind == AwardKind::Advance && row.awarded_on < date(2015, 7, 1);
        let back = Fen(row.amount.0 / 100 * books.drawn.whole(25..=70));
        books.enter(ServiceAward {
            code: format!(
                "凯{}奖补〔{}〕{:03}号",
                if row.school.is_some() { "教" } else { "卫" },
                row.awarded_on.year(),
                number + 1
            ),
            kind: row.kind,
            school: row.school.map(|school| school.code.clone()),
            hospital: row.hospital.map(|hospital| hospital.code.clone()),
            awarded_on: row.awarded_on,
            amount: row.amount,
            number: row.counted.map(|(number, _)| number),
            each: row.counted.map(|(_, each)| each),
            paid_on,
            paid_back: is_back.then_some(back),
            unit: if row.school.is_some() { "education" } else { "health" }.to_owned(),
        });
    }
}
