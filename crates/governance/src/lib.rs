//! The room of running the city: cases from report to closing, the classes and conditions they are filed under, the grid they lie in.
//!
//! # Glossary
//! * **class**: a minor class (小类) of components or matters; its key is (edition, kind, code) ([`dictionary`]).
//! * **component**: a surveyed public object (部件). **matter**: an act or a state to be handled (事项, 事件).
//! * **local extension**: a class that a city added, coded from the top of the range down (扩展类).
//! * **filing condition**: when a case is filed, what closes it and how long handling may take; the unit of rule
//!   ([`handbook`]).
//! * **division**: a street, town, community or village ([`division`]). **cell**: a unit grid cell, 15 digits ([`cell`]).
//! * **unit**: who handles cases ([`unit`]). **feature**: a thing on the base map ([`feature`]).
//! * **view**: what is known of a city, held in memory ([`view`]).
//! * **reference**: what a case or call is called towards people ([`reference`]).
//! * **source**: another system that cases come from; its id for one is the **origin** ([`exchange`]). **mapping**: which column of its
//!   tables is what. **field**: what else a row says, kept under its own name. **remark**: what is odd about a row.
//! * **call**, **call sheet**: one call to the hotline and what becomes of it 工单 ([`call`]). **demand**: what the caller wants 诉求.
//! * **outcome**: answered at once 当即办理, a case, joined to a case, transferred 转办, dropped.
//! * **follow-up call**: the caller is called back and says whether it was solved 回访. **redo**: it is done again because it was not.
//! * **response**: who deals with a demand has spoken with the caller 响应. **problem order**: a sheet lifted above the desk 问题工单.
//! * **duplicate** 重复: a report of a problem that another case tells of already; **score**: how likely, with each reason; **look**: a
//!   photo's perceptual hash, in which alike photos differ in few bits ([`duplicates`]).
//! * **milestone**: a step of handling with its own limit (停工, 处罚, 拆除).
//! * **letter** 函: one unit writes formally to others ([`letter`]). **mark**: how a unit's numbers begin 机关代字 ([`letter::mark`]);
//!   **recipient** 主送单位, **copy** 抄送, **receipt** 签收, **reply** 复函, **supervision**: lifted to the next level 督办.
//! * **score sheet** 考评表, **score result**: how figures become points, and what they were in a period ([`score_sheet`], [`score_result`]).
//! * **facility**, **inspection**: what sanitation inspectors look at, and one look with what became of it ([`facility`], [`inspection`]).
//! * **three joints** 三联: joint **patrol**, joint supervision, joint handling ([`patrol`], [`joint_case`]); **campaign** 专项行动
//!   ([`joint_campaign`]).
//! * **pipe network**, **segment**: pipes and cables under the city ([`pipe_network`], [`pipe_segment`]); **coordination order**: leave to
//!   dig, agreed with every network below ([`coordination_order`]).
//! * **social organisation**, **volunteer team**, **volunteer**, **activity**: who helps to run the city ([`social_organisation`],
//!   [`volunteer_team`], [`volunteer`], [`volunteer_activity`]).

pub mod call;
pub mod case;
pub mod cell;
pub mod city;
pub mod clocks;
pub mod coordination_order;
pub mod desk;
pub mod dictionary;
pub mod division;
pub mod duplicates;
pub mod error;
pub mod exchange;
pub mod facility;
pub mod feature;
pub mod figures;
pub mod handbook;
pub mod inspection;
pub mod joint_campaign;
pub mod joint_case;
pub mod keeper;
pub mod letter;
pub mod load;
pub mod machine;
pub mod patrol;
pub mod pipe_network;
pub mod pipe_segment;
pub mod reference;
pub mod score_result;
pub mod score_sheet;
pub mod social_organisation;
pub mod unit;
pub mod view;
pub mod volunteer;
pub mod volunteer_activity;
pub mod volunteer_team;

/// The nouns and registers of this part, for the ledger that keeps them.
#[must_use]
pub fn nouns() -> ledger::Nouns {
    ledger::Nouns::default()
        .with::<case::noun::CaseNoun>()
        .with::<call::noun::CallNoun>()
        .with::<letter::noun::LetterNoun>()
        .with_register::<city::City>()
        .with_register::<division::Division>()
        .with_described::<unit::Unit>()
        .with_described::<keeper::Keeper>()
        .with_register::<cell::Cell>()
        .with_register::<feature::Feature>()
        .with_register::<handbook::HandbookVersion>()
        .with_register::<handbook::LocalClass>()
        .with_described::<letter::mark::LetterMark>()
        .with_described::<score_sheet::ScoreSheet>()
        .with_described::<score_result::ScoreResult>()
        .with_described::<facility::Facility>()
        .with_described::<inspection::Inspection>()
        .with_described::<joint_campaign::JointCampaign>()
        .with_described::<patrol::Patrol>()
        .with_described::<joint_case::JointCase>()
        .with_described::<pipe_network::PipeNetwork>()
        .with_described::<pipe_segment::PipeSegment>()
        .with_described::<coordination_order::CoordinationOrder>()
        .with_described::<social_organisation::SocialOrganisation>()
        .with_described::<volunteer_team::VolunteerTeam>()
        .with_described::<volunteer::Volunteer>()
        .with_described::<volunteer_activity::VolunteerActivity>()
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
