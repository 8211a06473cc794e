//! The room of public services bought from the market 市场化: what earns nothing is built with what does, and private capital runs what the public
//! needs. Projects, organisations and payments are other rooms', named here by their keys.
//!
//! # Glossary
//! * **bundle** 捆绑项目包: projects with and without income in one whole that pays for itself ([`bundle`]); its **members** ([`bundle_member`]).
//!   **fund balance** 资金平衡表: its income, costs and debt by year. **cover** 偿债覆盖倍数: what is left against what is due.
//! * **park or square** 公园广场 ([`park_square`]). **residential area** 居住小区 ([`residential_area`]). **green ratio** 绿地率: green of all land.
//! * **obligation** 补建义务: green space that a project owes ([`green_obligation`]); **compensation site** 易地补建绿地: where it is made
//!   ([`compensation_site`]).
//! * **land swap** 易地置换 ([`land_swap`]). **agent construction** 代建: one builds, another uses ([`agent_construction`]).
//! * **instalment contract** 分期付款 ([`instalment_contract`]). **energy contract** 合同能源管理 ([`energy_contract`]); its **baseline** 能耗基准 and
//!   **statements** 节能量结算 ([`saving_statement`]). **lamp** 路灯 ([`lamp`]).
//! * **traffic investment** 交通管理投资 ([`traffic_investment`]). **concession** 特许经营 ([`concession`]) and its **volumes** 处理量
//!   ([`concession_volume`]).
//! * **car park** 停车场 ([`car_park`]), its **bays** 泊位 and **tariff** 收费标准 ([`parking_tariff`]).
//! * **school** ([`school`]), **hospital** ([`hospital`]); **nature** 办学性质: who runs it ([`nature`]). **purchase** 购买服务
//!   ([`service_purchase`]), **posts** 购买岗位 ([`service_post`]), **award** 奖补 ([`service_award`]).

pub mod agent_construction;
pub mod bundle;
pub mod bundle_member;
pub mod car_park;
pub mod compensation_site;
pub mod concession;
pub mod concession_volume;
pub mod energy_contract;
pub mod figures;
pub mod green_obligation;
pub mod hospital;
pub mod instalment_contract;
pub mod lamp;
pub mod land_swap;
pub mod nature;
pub mod park_square;
pub mod parking_tariff;
pub mod residential_area;
mod rules;
pub mod saving_statement;
pub mod school;
pub mod service_award;
pub mod service_post;
pub mod service_purchase;
pub mod traffic_investment;

/// Adds the registers of this part to those that a ledger keeps.
#[must_use]
pub fn nouns(nouns: ledger::Nouns) -> ledger::Nouns {
    nouns
        .with_described::<park_square::ParkSquare>()
        .with_described::<bundle::Bundle>()
        .with_described::<bundle_member::BundleMember>()
        .with_described::<residential_area::ResidentialArea>()
        .with_described::<green_obligation::GreenObligation>()
        .with_described::<compensation_site::CompensationSite>()
        .with_described::<land_swap::LandSwap>()
        .with_described::<agent_construction::AgentConstruction>()
        .with_described::<instalment_contract::InstalmentContract>()
        .with_described::<energy_contract::EnergyContract>()
        .with_described::<saving_statement::SavingStatement>()
        .with_described::<lamp::Lamp>()
        .with_described::<traffic_investment::TrafficInvestment>()
        .with_described::<concession::Concession>()
        .with_described::<concession_volume::ConcessionVolume>()
        .with_described::<car_park::CarPark>()
        .with_described::<parking_tariff::ParkingTariff>()
        .with_described::<school::School>()
        .with_described::<hospital::Hospital>()
        .with_described::<service_purchase::ServicePurchase>()
        .with_described::<service_post::ServicePost>()
        .with_described::<service_award::ServiceAward>()
}
