//! The words that a case is told in: stages, sources, lanes, answers, and the small things that a case holds.

mod closing;
mod delay;
mod dues;
mod filing;
mod handling;
mod loops;
mod place;
mod stage;

pub use self::{
    closing::{Closing, MergedInto, Outcome, Overdue, Rating, UndoPoint, Undoable},
    delay::{Appeal, AppealState, DelayKind, DelayRequest, Level, Urging},
    dues::Dues,
    filing::{FilingRule, MandatoryItem, Milestone},
    handling::{Answer, Finding, Joint, JointForm, Return, SideTask, TaskKind, UnitTask},
    loops::Loops,
    place::{Attachment, AttachmentRole, Place},
    stage::{Lane, Source, Stage},
};

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
pub(super) fn is_zero(number: &u8) -> bool {
    *number == 0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
pub(super) fn is_zero_wide(number: &u32) -> bool {
    *number == 0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
pub(super) fn is_false(flag: &bool) -> bool {
    !*flag
}

pub(super) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
