//! The control room: traffic on every road (G6), and the energy that public buildings use (G4).
//!
//! What it owns: the squads of the traffic police with their officers, rosters and roads; what happened on the roads, with the moments from
//! which the time to arrival is counted; public buildings with their meters and readings.
//!
//! # Glossary
//! * **squad**: a squadron of the traffic police 中队, answering for the roads of its area ([`squad`]). **officer**: who serves in it 民警,
//!   辅警 ([`officer`]); name and phone are in the vault.
//! * **roster**: who is on duty in a shift 勤务排班 ([`duty_roster`]). **road section**: a stretch of road that is watched 路段
//!   ([`road_section`]).
//! * **incident**: a congestion, an accident, whatever stops the traffic 警情 ([`traffic_incident`]). Its stamps: **detected** 发现,
//!   **called** 通知, **accepted** 接警, **arrived** 到场, **cleared** 恢复. **response**: from detected to arrived.
//! * **public building** 公共机构建筑: its energy is paid by the public ([`public_building`]). **meter** 计量器具 ([`energy_meter`]),
//!   **sub-metering** 分项计量, **reading** 抄表 ([`meter_reading`]). **standard coal** 标准煤: what energies are added up in.

pub mod duty_roster;
pub mod energy_meter;
pub mod figures;
pub mod meter_reading;
pub mod officer;
pub mod public_building;
pub mod road_section;
pub mod squad;
pub mod traffic_incident;

/// Adds the registers of this part.
#[must_use]
pub fn nouns(nouns: ledger::Nouns) -> ledger::Nouns {
    nouns
        .with_described::<squad::Squad>()
        .with_described::<officer::Officer>()
        .with_described::<road_section::RoadSection>()
        .with_described::<duty_roster::DutyRoster>()
        .with_described::<traffic_incident::TrafficIncident>()
        .with_described::<public_building::PublicBuilding>()
        .with_described::<energy_meter::EnergyMeter>()
        .with_described::<meter_reading::MeterReading>()
}

/// The fault of a last day before the first.
fn ends_before(
    first: Option<jiff::civil::Date>,
    last: Option<jiff::civil::Date>,
    field: &'static str,
) -> Option<ledger::FieldFault> {
    let wrong = first.zip(last).is_some_and(|(first, last)| last < first);
    wrong.then(|| ledger::FieldFault::new(field, "ends_before_it_begins"))
}
