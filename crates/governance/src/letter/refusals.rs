//! Every "no" of a letter has its own code, which is its translation key.

/// All codes that [`super::decide()`] may give, sorted. A test reaches each.
pub const REFUSALS: &[&str] = &[
    "letter_amendment_limit",
    "letter_answer_stands",
    "letter_answered_already",
    "letter_answers_missing",
    "letter_answers_other",
    "letter_answers_unexpected",
    "letter_attachment_title_missing",
    "letter_attachments_too_many",
    "letter_exists",
    "letter_extension_limit",
    "letter_level_limit",
    "letter_limit_out_of_range",
    "letter_limit_unexpected",
    "letter_links_too_many",
    "letter_mark_missing",
    "letter_missing",
    "letter_needs_no_answer",
    "letter_not_in_this_stage",
    "letter_not_recipient",
    "letter_not_your_right",
    "letter_nothing_changes",
    "letter_overdue_already",
    "letter_proposed_unit",
    "letter_reason_missing",
    "letter_received_already",
    "letter_recipient_missing",
    "letter_recipient_twice",
    "letter_recipients_too_many",
    "letter_reply_to_other",
    "letter_returned_already",
    "letter_sender_fixed",
    "letter_subject_missing",
    "letter_text_missing",
    "letter_text_too_long",
    "letter_timer_not_running",
];

/// All codes that [`super::act::act`] gives for what it finds in the store, sorted.
pub const STORE_REFUSALS: &[&str] =
    &["letter_attachment_unknown", "letter_link_unknown", "letter_unit_unknown"];
