//! The room of land 集约化: who holds which parcel, how the right to manage it is passed on and at which rent, quota that links building to
//! reclaiming, redevelopment, and how those who grow share in the result. People stand in the vault; here are their ids.
//!
//! # Glossary
//! * **village group** 村民小组: the collective that owns land ([`village_group`]). **household** 农户: who holds it on contract ([`household`]).
//! * **parcel** 地块 ([`parcel`]), **right** 权利: ownership, contract, management and others, each with its holder and share ([`land_right`]).
//! * **transfer** 流转: the right to manage is passed on, by a **contract** in one of six modes ([`transfer_contract`]); **rent** 租金 is for a
//!   mu and year, what is owed and paid stands in [`rent_payment`].
//! * **guide price** 指导价: what the government sets as rent ([`guide_price`]).
//! * **four-level transfer** 四级流转: guide price, village group, township, investor ([`transfer_level`]); a **block** 集中区 is the land that
//!   passes through the levels together.
//! * **land-share co-operative** 土地股份合作社 ([`cooperative`]), its **members** ([`cooperative_member`]) and **accounts**
//!   ([`cooperative_account`]); **floor** 保底: what is paid in any year.
//! * **linked quota** 增减挂钩指标: the right to build that comes from reclaimed land ([`quota_movement`]); **turnover quota** 周转指标: lent
//!   beforehand, returned within three years.
//! * **redevelopment** 低效用地再开发 ([`redevelopment`]) and the **agreements** with households 补偿协议 ([`household_agreement`]).
//! * **lease-back** 返租倒包 ([`lease_back`]), **purchase agreement** 收购协议 ([`purchase_agreement`]).
//!
//! Lists of codes that rows take theirs from: `land_use` (GB/T 21010).

pub mod cooperative;
pub mod cooperative_account;
pub mod cooperative_member;
pub mod figures;
pub mod guide_price;
pub mod household;
pub mod household_agreement;
pub mod land_right;
pub mod lease_back;
pub mod parcel;
pub mod purchase_agreement;
pub mod quota_movement;
pub mod redevelopment;
pub mod rent_payment;
pub mod transfer_contract;
pub mod transfer_level;
pub mod village_group;

/// Adds the registers of this part to those that a ledger keeps.
#[must_use]
pub fn nouns(nouns: ledger::Nouns) -> ledger::Nouns {
    nouns
        .with_described::<village_group::VillageGroup>()
        .with_described::<household::Household>()
        .with_described::<parcel::Parcel>()
        .with_described::<land_right::LandRight>()
        .with_described::<guide_price::GuidePrice>()
        .with_described::<transfer_contract::TransferContract>()
        .with_described::<transfer_level::TransferLevel>()
        .with_described::<rent_payment::RentPayment>()
        .with_described::<cooperative::Cooperative>()
        .with_described::<cooperative_member::CooperativeMember>()
        .with_described::<cooperative_account::CooperativeAccount>()
        .with_described::<quota_movement::QuotaMovement>()
        .with_described::<redevelopment::Redevelopment>()
        .with_described::<household_agreement::HouseholdAgreement>()
        .with_described::<lease_back::LeaseBack>()
        .with_described::<purchase_agreement::PurchaseAgreement>()
}
