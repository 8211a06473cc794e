//! Purchased posts 购买岗位: teachers and health workers whom the government pays for without employing them.

use jiff::civil::Date;
use kernel::money::Fen;
use ledger::{FieldFault, Register, register::Faults};
use serde::{Deserialize, Serialize};

use crate::rules::within;

ledger::choices! {
    /// What kind of post.
    PostKind {
        /// A teacher.
        Teacher = "teacher" ("教师", "Teacher"),
        /// A doctor, nurse or other health worker.
        HealthWorker = "health_worker" ("医务人员", "Health worker"),
        /// A social worker.
        SocialWorker = "social_worker" ("社会工作者", "Social worker"),
        /// Any other.
        Other = "other" ("其他", "Other"),
    }
}

/// Posts of one kind that were purchased for one school, hospital or other place. The people in them are its own; nobody is named here (S8).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Register)]
#[register(
    name = "service_post",
    part = "services",
    mission = "S8",
    zh = "购买岗位",
    en = "Purchased posts",
    key(code),
    unit = "unit",
    check = "faults"
)]
pub struct ServicePost {
    /// A short code of the batch of posts.
    #[field(zh = "批次编码", en = "Code", max = 60)]
    pub code: String,
    /// What kind of post.
    #[field(zh = "岗位类别", en = "Kind", find)]
    pub kind: PostKind,
    /// How many posts were purchased.
    #[field(zh = "购买岗位数", en = "Posts", unit = "posts", min = 1, max = 10_000, find)]
    pub posts: i64,
    /// How many of them have somebody in them.
    #[field(zh = "在岗人数", en = "Filled", unit = "persons", min = 0, max = 10_000, find)]
    pub filled: Option<i64>,
    /// The school that they are for.
    #[field(zh = "学校", en = "School", refers = "school", find)]
    pub school: Option<String>,
    /// The hospital that they are for.
    #[field(zh = "医疗机构", en = "Hospital", refers = "hospital", find)]
    pub hospital: Option<String>,
    /// The contract by which they were purchased.
    #[field(zh = "购买合同", en = "Purchase", refers = "service_purchase", find)]
    pub purchase: Option<String>,
    /// What a post costs in a year.
    #[field(zh = "每岗年经费", en = "Cost of a post", unit = "wan_yuan", find)]
    pub cost: Option<Fen>,
    /// The first day.
    #[field(zh = "聘用开始日期", en = "From", find)]
    pub begins_on: Date,
    /// The last day; empty while nobody has set one.
    #[field(zh = "聘用结束日期", en = "Until", find)]
    pub ends_on: Option<Date>,
    /// The unit that answers for it and keeps this row.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
}

fn faults(post: &ServicePost) -> Vec<FieldFault> {
    let is_of_two = post.school.is_some() && post.hospital.is_some();
    let teaches = post.kind != PostKind::Teacher || post.hospital.is_none();
    let heals = post.kind != PostKind::HealthWorker || post.school.is_none();
    Faults::new()
        .unless(!is_of_two, "hospital", "post_at_two_places")
        .unless(is_of_two || (teaches && heals), "kind", "post_of_other_kind")
        .unless(within(post.filled, Some(post.posts)), "filled", "part_above_whole")
        .in_order(&[("begins_on", Some(post.begins_on)), ("ends_on", post.ends_on)])
        .found()
}
