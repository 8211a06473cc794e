//! The words that every room of Wuhua shares: ids, money, area, codes, time, the working calendar with its two
//! clocks, roles and permissions, and how an error is named. Pure: no file, socket, clock or random source is
//! touched here; what is random or now comes in as an argument.
//!
//! # Glossary
//! * **moment**: a point in time, UTC milliseconds ([`time::Moment`]).
//! * **city**: the six-digit administrative code that is the shard key of everything ([`code::CityCode`]).
//! * **fen**: 1/100 of a yuan, the only unit of money ([`money::Fen`]).
//! * **urgent** hours run around the clock; **working** hours only in office hours ([`clock`]).
//! * **area unit**: 1/30 000 m², in which m², mu and hectare are all exact ([`area::Area`]).
//! * **rate**: a proportion in millionths ([`rate::Rate`]). **quantity**: a number with decimals, exact ([`decimal::Decimal`]).
//! * **shape**: point, line or surface in longitude and latitude ([`shape`]).
//! * **working calendar**: which days and hours are worked, versioned data of a city ([`calendar::Calendar`]).
//! * **right**: how far a role may do an act, least by default ([`role::right`]); **reach** is its scope for one person.
//! * **personal data**: what identifies a person in free text, masked before the ledger ([`text::mask_personal`]).
//! * **refusal**: a rule's "no", with a code that is a translation key ([`error::Refusal`]).
//! * Abbreviations allowed in names: `id`, `lon`, `lat`, `max`, `min`, `km`, `m2`, `ms`.

pub mod area;
pub mod calendar;
pub mod clock;
pub mod code;
pub mod decimal;
pub mod error;
pub mod id;
pub mod money;
pub mod period;
pub mod rate;
pub mod role;
pub mod shape;
pub mod text;
pub mod time;
