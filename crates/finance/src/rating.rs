//! Credit ratings 信用评级 of platform companies.

use jiff::civil::Date;
use ledger::{FieldFault, Register, register::Faults};
use serde::{Deserialize, Serialize};

ledger::choices! {
    /// The grade of long-term credit.
    Grade {
        /// AAA.
        Aaa = "aaa" ("AAA", "AAA"),
        /// AA+.
        AaPlus = "aa_plus" ("AA+", "AA+"),
        /// AA.
        Aa = "aa" ("AA", "AA"),
        /// AA−.
        AaMinus = "aa_minus" ("AA-", "AA-"),
        /// A+.
        APlus = "a_plus" ("A+", "A+"),
        /// A.
        A = "a" ("A", "A"),
        /// A−.
        AMinus = "a_minus" ("A-", "A-"),
        /// BBB with its signs.
        Bbb = "bbb" ("BBB", "BBB"),
        /// Below BBB.
        Lower = "lower" ("BB及以下", "BB and lower"),
    }
}

ledger::choices! {
    /// Where the grade is expected to go.
    Outlook {
        /// Up.
        Positive = "positive" ("正面", "Positive"),
        /// Nowhere.
        Stable = "stable" ("稳定", "Stable"),
        /// Down.
        Negative = "negative" ("负面", "Negative"),
    }
}

/// A credit rating of an organisation: one row for each time that an agency rated it (F1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Register)]
#[register(
    name = "rating",
    part = "finance",
    mission = "F1",
    zh = "信用评级",
    en = "Credit rating",
    key(organisation, agency, rated_on),
    unit = "unit",
    valid_from = "rated_on",
    valid_to = "valid_until",
    check = "faults"
)]
pub struct Rating {
    /// Who is rated.
    #[field(zh = "受评单位", en = "Organisation", refers = "organisation", find)]
    pub organisation: String,
    /// The agency that rates.
    #[field(zh = "评级机构", en = "Agency", refers = "organisation", find)]
    pub agency: String,
    /// The day of the rating.
    #[field(zh = "评级日期", en = "Rated on", find)]
    pub rated_on: Date,
    /// The last day on which it holds: filled when the agency rates anew or withdraws it.
    #[field(zh = "有效期至", en = "Valid until", find)]
    pub valid_until: Option<Date>,
    /// The grade that the agency gave.
    #[field(zh = "主体信用等级", en = "Grade", find)]
    pub grade: Grade,
    /// Where the grade is expected to go.
    #[field(zh = "评级展望", en = "Outlook", find)]
    pub outlook: Outlook,
    /// The number of the report.
    #[field(zh = "报告编号", en = "Report number", max = 80)]
    pub report: Option<String>,
    /// The unit that answers for it and keeps this row.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
}

fn faults(rating: &Rating) -> Vec<FieldFault> {
    Faults::new()
        .unless(rating.agency != rating.organisation, "agency", "parties_same")
        .in_order(&[("rated_on", Some(rating.rated_on)), ("valid_until", rating.valid_until)])
        .found()
}
