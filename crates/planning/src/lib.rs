//! The room of planning and building the city 一体化: plans that are brought to agree, the city as one scenic area, titles, parks, towns.
//! What a plan draws and what stands on the ground; money and land are other rooms', named here by their keys.
//!
//! # Glossary
//! * **plan** 规划 ([`plan`]), its **editions** 版本, its **adjustments** 调整 ([`plan_adjustment`]). **merged** 纳入一张图: it agrees with the others.
//! * **patch** 图斑: an area on which two plans disagree.
//! * **functional line** 功能线: an area of the ecological, production or living zone ([`functional_line`]). **control line** 控制线: one
//!   of today's three that building must not cross.
//! * **scenic area** 景区 ([`scenic_area`]), **landmark** 地标 ([`landmark`]).
//! * **title** 称号: what a city is named by higher levels; its **campaign** 创建活动 ([`title_campaign`]) and the **items** of its standard
//!   创建指标 with evidence ([`title_item`]).
//! * **park** 园区 ([`park`]), **specialised park** 园中园: one industry inside of a park ([`specialised_park`]); **park firm** 园区企业
//!   ([`park_firm`]) and what it reports ([`park_return`]). **above designated size** 规模以上: large enough for statistics to follow it.
//! * **innovation platform** 创新平台 ([`innovation_platform`]), **start-up base** 创业基地 ([`startup_base`]), **job record** 新增就业
//!   ([`job_record`]).
//! * **town** 小城镇: a town of the town programme ([`town`]); **"8+X"** ([`town_facility`]): the facilities that each has, and what it adds;
//!   **town fund** 城镇资金 ([`town_fund_movement`]).
//! * **statistic** 统计数据: a published figure that others are compared with ([`statistic`]).
//!
//! Lists of codes that rows take theirs from: `industry` (GB/T 4754), `town_facility`, `statistic`.

pub mod figures;
pub mod functional_line;
pub mod innovation_platform;
pub mod job_record;
pub mod landmark;
pub mod park;
pub mod park_firm;
pub mod park_return;
pub mod plan;
pub mod plan_adjustment;
pub mod scenic_area;
pub mod specialised_park;
pub mod startup_base;
pub mod statistic;
pub mod title_campaign;
pub mod title_item;
pub mod town;
pub mod town_facility;
pub mod town_fund_movement;

/// Adds the registers of this part to those that a ledger keeps.
#[must_use]
pub fn nouns(nouns: ledger::Nouns) -> ledger::Nouns {
    nouns
        .with_described::<plan::Plan>()
        .with_described::<plan_adjustment::PlanAdjustment>()
        .with_described::<functional_line::FunctionalLine>()
        .with_described::<scenic_area::ScenicArea>()
        .with_described::<landmark::Landmark>()
        .with_described::<title_campaign::TitleCampaign>()
        .with_described::<title_item::TitleItem>()
        .with_described::<park::Park>()
        .with_described::<specialised_park::SpecialisedPark>()
        .with_described::<park_firm::ParkFirm>()
        .with_described::<park_return::ParkReturn>()
        .with_described::<innovation_platform::InnovationPlatform>()
        .with_described::<startup_base::StartupBase>()
        .with_described::<job_record::JobRecord>()
        .with_described::<town::Town>()
        .with_described::<town_facility::TownFacility>()
        .with_described::<town_fund_movement::TownFundMovement>()
        .with_described::<statistic::Statistic>()
}
