//! The books of planning: plans, zones, scenic areas, titles, parks, towns (P1–P5).

use jiff::civil::date;
use planning::plan::{Plan, PlanKind, PlanStatus, PlanTier};

use super::Books;
use crate::DemoError;

/// Plans that were brought to agree (P1).
const PLANS: usize = 230;

/// What plans are about: the unit that draws them up, the kind, what they are called.
const SUBJECTS: [(&str, PlanKind, &str); 3] = [
    ("planning", PlanKind::Urban, "控制性详细规划"),
    ("landscaping", PlanKind::Environment, "绿地系统规划"),
    ("water", PlanKind::Utilities, "供水专项规划"),
];

pub(super) fn enter(books: &mut Books<'_>) -> Result<(), DemoError> {
    for number in 0..PLANS {
        let (unit, kind, subject) = SUBJECTS[number % SUBJECTS.len()];
        let quarter = books.drawn.quarter();
        let approved_on = books.drawn.office_day(date(2011, 3, 1)..=date(2015, 11, 30));
        let merged_on = books.drawn.office_day(date(2015, 12, 1)..=date(2016, 6, 24));
        let first_year = i64::from(approved_on.year());
        books.enter(Plan {
            code: format!("GH-{first_year}-{:03}", number + 1),
            name: format!("凯里市{}{subject}（{first_year}—{}年）", quarter.name_zh, first_year + 10),
            unit: unit.to_owned(),
            kind,
            tier: PlanTier::Special,
            statutory: true,
            status: PlanStatus::Approved,
            first_year,
            last_year: first_year + 10,
            approved_on: Some(approved_on),
            approved_by: Some("凯里市人民政府".to_owned()),
            document: None,
            ended_on: None,
            merged_on: Some(merged_on),
            area: None,
            outline: None,
            editions: Vec::new(),
            note: None,
        });
    }
    Ok(())
}
