//! The figures of the hotline (standards 7.1 and 7.2; mission G2). Sheets belong to the period in which the call came in; the limits that
//! stand here (15 s, satisfied from 3 of 5 on) are those of the formula's version, a city's other choice is another version.

use figures::{
    Figure, Filter, Measure, Rows, ScopedBy, Unit, When,
    declare::{figure, title},
};
use ledger::register::Title;

use super::{count, share};
use crate::call::marks::{
    ANSWER_SETTLED, ANSWERED_AT_ONCE, ANSWERED_IN_TIME, CONSULTATION, DEMAND, DUPLICATE, FOLLOW_UP_SETTLED,
    LEFT_OUT, PICKED_UP, PROBLEM, RANG, REDONE, REPEATED, RESPONDED_IN_TIME, RESPONSE_SETTLED, SOLVED,
    UNREACHABLE, UNREASONABLE,
};

const CALL_TITLE: Title = title("件", "calls");
const RECEIVED: Rows = Rows::of("call", When::WithinMoments("at")).scoped(&[ScopedBy::Street("street")]);
/// Consultations, duplicates and demands certified as not to be met leave the three rates (7.2 a to c).
const COUNTED: Filter = Filter::NoBits("marks", LEFT_OUT);
/// A caller whose waiting is longer than 15 s has waited too long (GB/T 33358).
const WAIT_MS_BELOW: i64 = 15_001;
/// From this satisfaction on a caller counts as satisfied.
const SATISFIED_MIN: i64 = 3;

/// The sheet has all of these bits.
const fn bits(bits: i64) -> Filter {
    Filter::Bits("marks", bits)
}

/// The figures, in the order of a call.
pub const CALLS: &[Figure] = &[
    figure(
        ("governance.calls", "G2"),
        title("热线工单数", "Calls"),
        title("本期来电登记的工单", "Sheets of calls that came in during the period"),
        count(CALL_TITLE, RECEIVED, &[]),
    ),
    figure(
        ("governance.calls_connected_rate", "G2"),
        title("接通率", "Connection rate"),
        title(
            "接通数÷来电数（话机系统记录的、已结束振铃的）",
            "Picked up over all that the exchange rang and that ring no longer",
        ),
        share(RECEIVED, &[bits(RANG | PICKED_UP)], &[bits(RANG)]),
    ),
    figure(
        ("governance.calls_picked_up_in_time_rate", "G2"),
        title("15秒接听率", "Picked up within 15 seconds"),
        title(
            "15秒内接听数÷已知等待时长的接通数",
            "Picked up within 15 seconds over those picked up whose waiting is known",
        ),
        share(
            RECEIVED,
            &[bits(PICKED_UP), Filter::Below("wait_ms", WAIT_MS_BELOW)],
            &[bits(PICKED_UP), Filter::Filled("wait_ms")],
        ),
    ),
    figure(
        ("governance.calls_mean_wait", "G2"),
        title("平均等待时长", "Mean wait"),
        title("接通电话等待时长之和÷其个数", "Sum of the waiting of calls picked up over their number"),
        (
            Unit::Number { scale: 1_000, decimals: 1, title: title("秒", "seconds") },
            Measure::Ratio {
                part: RECEIVED.that(&[Filter::Filled("wait_ms")]).sum("wait_ms"),
                whole: RECEIVED.that(&[Filter::Filled("wait_ms")]).count(),
            },
        ),
    ),
    figure(
        ("governance.demands", "G2"),
        title("诉求数", "Demands"),
        title("本期来电中提出诉求的", "Calls of the period in which a demand was made"),
        count(CALL_TITLE, RECEIVED, &[bits(DEMAND)]),
    ),
    figure(
        ("governance.calls_answered_at_once_rate", "G2"),
        title("当即办理率", "Answered at once"),
        title("当即办理数÷诉求数", "Answered at the desk over all demands"),
        share(RECEIVED, &[bits(DEMAND | ANSWERED_AT_ONCE)], &[bits(DEMAND)]),
    ),
    figure(
        ("governance.calls_response_rate.raw", "G2"),
        title("响应率", "Response rate"),
        title(
            "期限内联系诉求人数÷已联系或已超期的诉求数",
            "Callers spoken to within the limit over demands spoken to or late",
        ),
        share(
            RECEIVED,
            &[bits(DEMAND | RESPONSE_SETTLED | RESPONDED_IN_TIME)],
            &[bits(DEMAND | RESPONSE_SETTLED)],
        ),
    ),
    figure(
        ("governance.calls_response_rate.adjusted", "G2"),
        title("响应率（剔除后）", "Response rate, after exclusions"),
        title(
            "期限内联系诉求人数÷已联系或已超期的诉求数，咨询、重复、经两人认定不予办理的不计",
            "Callers spoken to within the limit over demands spoken to or late, without consultations, duplicates and demands certified as not to be met",
        ),
        share(
            RECEIVED,
            &[bits(DEMAND | RESPONSE_SETTLED | RESPONDED_IN_TIME), COUNTED],
            &[bits(DEMAND | RESPONSE_SETTLED), COUNTED],
        ),
    ),
    figure(
        ("governance.calls_resolution_rate.raw", "G2"),
        title("解决率", "Resolution rate"),
        title(
            "诉求人最后认定已解决数÷已回访数，无法联系的算未解决",
            "Solved by the caller's last word over followed up, the unreachable counting as not solved",
        ),
        share(RECEIVED, &[bits(DEMAND | FOLLOW_UP_SETTLED | SOLVED)], &[bits(DEMAND | FOLLOW_UP_SETTLED)]),
    ),
    figure(
        ("governance.calls_resolution_rate.adjusted", "G2"),
        title("解决率（剔除后）", "Resolution rate, after exclusions"),
        title(
            "诉求人最后认定已解决数÷已回访数，无法联系的算未解决，咨询、重复、经两人认定不予办理的不计",
            "Solved by the caller's last word over followed up, the unreachable counting as not solved, without consultations, duplicates and demands certified as not to be met",
        ),
        share(
            RECEIVED,
            &[bits(DEMAND | FOLLOW_UP_SETTLED | SOLVED), COUNTED],
            &[bits(DEMAND | FOLLOW_UP_SETTLED), COUNTED],
        ),
    ),
    figure(
        ("governance.calls_satisfaction_rate.raw", "G2"),
        title("满意率", "Satisfaction rate"),
        title(
            "最后评价3分及以上数÷已回访的诉求数，无法联系和不愿评价的算未满意",
            "Satisfied by the last word, 3 of 5 or more, over all that were followed up, the unreachable and who would not say counting as not satisfied",
        ),
        share(
            RECEIVED,
            &[bits(DEMAND | FOLLOW_UP_SETTLED), Filter::AtLeast("satisfaction", SATISFIED_MIN)],
            &[bits(DEMAND | FOLLOW_UP_SETTLED)],
        ),
    ),
    figure(
        ("governance.calls_satisfaction_rate.adjusted", "G2"),
        title("满意率（剔除后）", "Satisfaction rate, after exclusions"),
        title(
            "最后评价3分及以上数÷回访到的诉求数，不愿评价的算未满意，咨询、重复、经两人认定不予办理的、无法联系的不计",
            "Satisfied by the last word, 3 of 5 or more, over callers who were followed up, who would not say counting as not satisfied, without consultations, duplicates, demands certified as not to be met and the unreachable",
        ),
        share(
            RECEIVED,
            &[
                bits(DEMAND | FOLLOW_UP_SETTLED),
                Filter::AtLeast("satisfaction", SATISFIED_MIN),
                Filter::NoBits("marks", LEFT_OUT | UNREACHABLE),
            ],
            &[bits(DEMAND | FOLLOW_UP_SETTLED), Filter::NoBits("marks", LEFT_OUT | UNREACHABLE)],
        ),
    ),
    figure(
        ("governance.calls_excluded_consultation", "G2"),
        title("剔除：咨询", "Left out: consultations"),
        title(
            "本期诉求中因此剔除的；一件可有几种原因",
            "Demands of the period that are left out for this; one may have several reasons",
        ),
        count(CALL_TITLE, RECEIVED, &[bits(DEMAND | CONSULTATION)]),
    ),
    figure(
        ("governance.calls_excluded_duplicate", "G2"),
        title("剔除：重复", "Left out: duplicates"),
        title(
            "本期诉求中因此剔除的；一件可有几种原因",
            "Demands of the period that are left out for this; one may have several reasons",
        ),
        count(CALL_TITLE, RECEIVED, &[bits(DEMAND | DUPLICATE)]),
    ),
    figure(
        ("governance.calls_excluded_unreasonable", "G2"),
        title("剔除：经认定不予办理", "Left out: certified as not to be met"),
        title(
            "本期诉求中因此剔除的；一件可有几种原因",
            "Demands of the period that are left out for this; one may have several reasons",
        ),
        count(CALL_TITLE, RECEIVED, &[bits(DEMAND | UNREASONABLE)]),
    ),
    figure(
        ("governance.calls_excluded_unreachable", "G2"),
        title("剔除：无法联系", "Left out: unreachable"),
        title(
            "本期诉求中因此剔除的；一件可有几种原因",
            "Demands of the period that are left out for this; one may have several reasons",
        ),
        count(CALL_TITLE, RECEIVED, &[bits(DEMAND | UNREACHABLE)]),
    ),
    figure(
        ("governance.calls_answered_on_time_rate", "G2"),
        title("按时办结率", "Answered in time"),
        title("按时办结数÷已办结或已超期的诉求数", "Answered within the limit over demands answered or late"),
        share(
            RECEIVED,
            &[bits(DEMAND | ANSWER_SETTLED | ANSWERED_IN_TIME)],
            &[bits(DEMAND | ANSWER_SETTLED)],
        ),
    ),
    figure(
        ("governance.calls_redone_rate", "G2"),
        title("重办率", "Redo rate"),
        title("重办数÷已回访数", "Done again because the caller was not content, over followed up"),
        share(RECEIVED, &[bits(DEMAND | FOLLOW_UP_SETTLED | REDONE)], &[bits(DEMAND | FOLLOW_UP_SETTLED)]),
    ),
    figure(
        ("governance.calls_problem_orders", "G2"),
        title("问题工单数", "Problem orders"),
        title("本期来电中升级为问题工单的", "Calls of the period that became problem orders"),
        count(CALL_TITLE, RECEIVED, &[bits(PROBLEM)]),
    ),
    figure(
        ("governance.calls_repeated", "G2"),
        title("重复来电数", "Repeated calls"),
        title("本期来电中同一人此前来过电的", "Calls of the period by somebody who had called before"),
        count(CALL_TITLE, RECEIVED, &[bits(REPEATED)]),
    ),
];
