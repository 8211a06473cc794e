//! The room of running the city: its dictionary of classes and its handbook of filing conditions.
//!
//! # Glossary
//! * **class**: a minor class (小类) of components or matters; its key is (edition, kind, code) ([`dictionary`]).
//! * **component**: a surveyed public object (部件). **matter**: an act or a state to be handled (事项, 事件).
//! * **local extension**: a class that a city added, coded from the top of the range down (扩展类).
//! * **filing condition**: when a case is filed, what closes it and how long handling may take; the unit of rule
//!   ([`handbook`]).
//! * **milestone**: a step of handling with its own limit (停工, 处罚, 拆除).

pub mod case;
pub mod dictionary;
pub mod error;
pub mod handbook;
pub mod reference;

/// The nouns of this part, for the ledger that keeps them.
#[must_use]
pub fn nouns() -> ledger::Nouns {
    ledger::Nouns::default().with::<case::noun::CaseNoun>()
}
