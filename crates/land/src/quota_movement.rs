//! Movements of linked quota 增减挂钩指标 (L1) between accounts, as double entry in three measures: area, paddy, grain
//! capacity (国土资发〔2008〕138号).

use jiff::civil::Date;
use kernel::{area::Area, money::Fen, shape::Surface};
use ledger::{FieldFault, Register, register::Faults};
use serde::{Deserialize, Serialize};

ledger::choices! {
    /// An account of linked quota.
    QuotaAccount {
        /// Given from above 上级下达.
        Higher = "higher" ("上级下达", "Given from above"),
        /// Turnover quota 周转指标.
        Turnover = "turnover" ("周转指标", "Turnover quota"),
        /// Reclaimed and accepted 拆旧验收.
        Reclaimed = "reclaimed" ("拆旧验收", "Reclaimed and accepted"),
        /// Resettlement 安置用地.
        Resettlement = "resettlement" ("安置用地", "Resettlement"),
        /// Reserved for the village 农村发展预留.
        Reserve = "reserve" ("农村发展预留", "Reserved for the village"),
        /// Used for building 建新使用.
        Building = "building" ("建新使用", "Used for building"),
        /// Surplus 节余指标.
        Surplus = "surplus" ("节余指标", "Surplus"),
        /// Traded 已交易.
        Traded = "traded" ("已交易", "Traded"),
        /// Expired 过期.
        Expired = "expired" ("过期", "Expired"),
    }
}

/// A movement of linked quota 增减挂钩指标 (L1) from one account to another. Each account balances in area, paddy and grain
/// capacity.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
#[register(
    name = "quota_movement",
    part = "land",
    mission = "L1",
    zh = "增减挂钩指标流水",
    en = "Quota movement",
    key(code),
    unit = "unit",
    check = "faults"
)]
pub struct QuotaMovement {
    /// A short code that stays the same; other registers name the row by it.
    #[field(zh = "编码", en = "Code", max = 40)]
    pub code: String,
    /// The project area of demolish-old and build-new plots that it belongs to.
    #[field(zh = "项目区", en = "Project area", max = 60, find, search)]
    pub project_area: String,
    /// The project that builds on it or reclaims it.
    #[field(zh = "建设或复垦项目", en = "Project", refers = "project", find)]
    pub project: Option<String>,
    /// The street or town that the plot lies in.
    #[field(zh = "所在镇街", en = "Street or town", refers = "division", find)]
    pub division: Option<String>,
    /// The account that it leaves.
    #[field(zh = "转出科目", en = "From account", find)]
    pub source: QuotaAccount,
    /// The account that it enters.
    #[field(zh = "转入科目", en = "To account", find)]
    pub target: QuotaAccount,
    /// When it was moved.
    #[field(zh = "日期", en = "Date", find)]
    pub moved_on: Date,
    /// How much quota was moved.
    #[field(zh = "指标面积", en = "Area", unit = "ha", find)]
    pub area: Area,
    /// How much of it is paddy.
    #[field(zh = "其中水田", en = "Of it paddy", unit = "ha", find)]
    pub paddy_area: Area,
    /// The standard grain capacity that goes with it.
    #[field(zh = "粮食产能", en = "Grain capacity", unit = "kg", find)]
    pub capacity: u32,
    /// The use of turnover quota that this returns.
    #[field(zh = "归还的使用记录", en = "Returns", refers = "quota_movement", find)]
    pub settles: Option<String>,
    /// For a use of turnover quota: until when it must be returned from reclaimed land.
    #[field(zh = "归还期限", en = "To be returned by", find)]
    pub due_on: Option<Date>,
    /// When the reclaimed land was accepted.
    #[field(zh = "验收日期", en = "Accepted on", find)]
    pub accepted_on: Option<Date>,
    /// What was paid, where it was traded.
    #[field(zh = "交易金额", en = "Price", unit = "wan_yuan", find)]
    pub price: Option<Fen>,
    /// The number of the document that approves it.
    #[field(zh = "批文号", en = "Document", max = 60, search)]
    pub document: String,
    /// The plot that was demolished or is built on.
    #[field(zh = "拆旧或建新地块", en = "Plot")]
    pub plot: Option<Surface>,
    /// The unit that answers for it and keeps this row.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
}

/// Years within which turnover quota is returned (138号); the due date of a use may be earlier, never later.
const RETURN_YEARS_MAX: i16 = 3;

/// It moves between two accounts; paddy is a part; turnover quota that is used is returned in time; what is traded has a price.
fn faults(movement: &QuotaMovement) -> Vec<FieldFault> {
    let borrowed = movement.source == QuotaAccount::Turnover && movement.target == QuotaAccount::Building;
    let latest = movement.moved_on.checked_add(jiff::Span::new().years(RETURN_YEARS_MAX)).ok();
    let returned = movement.source == QuotaAccount::Reclaimed && movement.target == QuotaAccount::Turnover;
    Faults::new()
        .unless(movement.source != movement.target, "target", "account_to_itself")
        .unless(movement.area > Area::ZERO, "area", "area_missing")
        .unless(movement.paddy_area <= movement.area, "paddy_area", "part_above_whole")
        .needs(borrowed, "due_on", movement.due_on.is_some())
        .unless(movement.due_on.is_none() || movement.due_on <= latest, "due_on", "quota_return_too_late")
        .in_order(&[("moved_on", Some(movement.moved_on)), ("due_on", movement.due_on)])
        .needs(returned, "settles", movement.settles.is_some())
        .unless(movement.settles.as_ref() != Some(&movement.code), "settles", "refers_to_itself")
        .needs(movement.source == QuotaAccount::Reclaimed, "accepted_on", movement.accepted_on.is_some())
        .needs(movement.target == QuotaAccount::Traded, "price", movement.price.is_some())
        .found()
}
