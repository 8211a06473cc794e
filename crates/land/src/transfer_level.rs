//! The levels of a four-level transfer 四级流转 (L3): guide price, village group, township, investor; each with area and
//! rent per mu.

use jiff::civil::Date;
use kernel::{area::Area, money::Fen, shape::Surface};
use ledger::{FieldFault, Fields, Register, register::Faults};
use serde::{Deserialize, Serialize};

ledger::choices! {
    /// A level of a four-level transfer.
    ChainLevel {
        /// Guide price of the government 政府指导.
        Guide = "guide" ("政府指导", "Guide price of the government"),
        /// Village group takes over 村组流转.
        Group = "group" ("村组流转", "Village group takes over"),
        /// Township aggregates 乡镇集中.
        Town = "town" ("乡镇集中", "Township aggregates"),
        /// Investor leases 业主承租.
        Investor = "investor" ("业主承租", "Investor leases"),
    }
}

/// What the land of a level comes from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Fields)]
pub struct LevelPart {
    /// The contract with a household, at the level of the group.
    #[field(zh = "流转合同", en = "Contract", refers = "transfer_contract")]
    pub contract: Option<String>,
    /// The level below.
    #[field(zh = "下级层级", en = "Level below", refers = "transfer_level")]
    pub level: Option<String>,
    /// How much land comes from it.
    #[field(zh = "面积", en = "Area", unit = "mu")]
    pub area: Area,
}

/// One level of a four-level transfer 四级流转 (L3): which land passes through it and how its rent is split.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
#[register(
    name = "transfer_level",
    part = "land",
    mission = "L3",
    zh = "四级流转层级",
    en = "Level of a transfer",
    key(code),
    unit = "unit",
    valid_from = "begins_on",
    valid_to = "ends_on",
    check = "faults"
)]
pub struct TransferLevel {
    /// A short code that stays the same; other registers name the row by it.
    #[field(zh = "编码", en = "Code", max = 40)]
    pub code: String,
    /// The code of the block of land whose levels belong together.
    #[field(zh = "地块集中区", en = "Block", max = 40, find, search)]
    pub block: String,
    /// Which of the four levels it is.
    #[field(zh = "层级", en = "Level", find)]
    pub level: ChainLevel,
    /// The group that takes the land over from its households.
    #[field(zh = "村民小组", en = "Village group", refers = "village_group", find)]
    pub village_group: Option<String>,
    /// The organisation that takes the land at this level: the township's company, the investor.
    #[field(zh = "承接单位", en = "Taker", refers = "organisation", find)]
    pub taker: Option<String>,
    /// The version of the guide price that the chain is bound to.
    #[field(zh = "指导价", en = "Guide price", refers = "guide_price")]
    pub guide_price: String,
    /// How much land passes through this level.
    #[field(zh = "面积", en = "Area", unit = "mu", find)]
    pub area: Area,
    /// What is paid at this level for a mu and year.
    #[field(zh = "每亩年租金", en = "Rent per mu and year", find)]
    pub rent: Fen,
    /// What of it goes down to the level below, and in the end to the households.
    #[field(zh = "其中下付租金", en = "Of it passed down", find)]
    pub passed_on: Fen,
    /// What of it stays here as the declared fee for the service.
    #[field(zh = "其中服务费", en = "Of it service fee", find)]
    pub service_fee: Fen,
    /// What of it is the collective's declared share.
    #[field(zh = "其中集体收益", en = "Of it for the collective", find)]
    pub collective_share: Fen,
    /// When the contract of this level was signed.
    #[field(zh = "签订日期", en = "Signed on", find)]
    pub signed_on: Date,
    /// When the term of this level begins; levels below must be in force on that day.
    #[field(zh = "期限起", en = "From", find)]
    pub begins_on: Date,
    /// When the term ends: not after that of a level below.
    #[field(zh = "期限止", en = "Until", find)]
    pub ends_on: Date,
    /// The contracts with households, or the levels below, that the land comes from.
    #[field(zh = "来源", en = "Made of", max = 2_000)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<LevelPart>,
    /// Where the land lies.
    #[field(zh = "范围", en = "Outline")]
    pub outline: Option<Surface>,
    /// The unit that answers for it and keeps this row.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
}

/// Rent is split without a rest; land adds up from what is below; each level has its taker.
fn faults(level: &TransferLevel) -> Vec<FieldFault> {
    let split = Fen::sum([level.passed_on, level.service_fee, level.collective_share]);
    let sum = Area::sum(level.parts.iter().map(|part| part.area));
    let (group, taken) = match level.level {
        ChainLevel::Guide => (false, false),
        ChainLevel::Group => (true, false),
        ChainLevel::Town | ChainLevel::Investor => (false, true),
    };
    let mut faults = Faults::new()
        .needs(group, "village_group", level.village_group.is_some())
        .needs(taken, "taker", level.taker.is_some())
        .needs(group || taken, "parts", !level.parts.is_empty())
        .unless(split == Ok(level.rent), "rent", "rent_not_split_whole")
        .unless(level.parts.is_empty() || sum == Ok(level.area), "area", "area_differs_from_table")
        .in_order(&[("begins_on", Some(level.begins_on)), ("ends_on", Some(level.ends_on))]);
    for (number, part) in level.parts.iter().enumerate() {
        let (contract, below) = (part.contract.as_ref(), part.level.as_ref());
        let itself = below == Some(&level.code);
        let mut before = level.parts.iter().take(number);
        let known = before.any(|other| other.contract == part.contract && other.level == part.level);
        faults = faults
            .unless_in_row(contract.is_some() != below.is_some(), "parts", number, "level", "one_source_only")
            .unless_in_row(!itself, "parts", number, "level", "refers_to_itself")
            .unless_in_row(!known, "parts", number, "level", "row_twice");
    }
    faults.found()
}
