//! The figures of cases (standards 5.1; mission G1, G3).

use figures::{
    Figure, Filter, Rows, ScopedBy, When,
    declare::{figure, title},
};
use ledger::register::Title;

use super::{count, share};
use crate::case::marks::{
    CHECK_SETTLED, CHECKED_IN_TIME, CLOSE_SETTLED, CLOSED, CLOSED_IN_TIME, DECIDED, DECIDED_IN_TIME,
    DECIDED_RIGHTLY, DISPATCH_SETTLED, DISPATCHED_IN_TIME, DISPATCHED_RIGHTLY, EXEMPT, EXTENDED, FILED,
    FILED_IN_TIME, FILED_RIGHTLY, HANDLE_SETTLED, HANDLED, HANDLED_IN_TIME, MERGED, REFUSED, RETURNED,
    REWORKED, SELF_HANDLED, SUSPENDED, UNRESOLVED, URGENT, VALID, VERIFIED_IN_TIME, VERIFY_SETTLED, VOIDED,
    WAITING_LATE,
};

const CASE_TITLE: Title = title("件", "cases");

const SCOPES: &[ScopedBy] = &[ScopedBy::Street("street"), ScopedBy::Unit("unit"), ScopedBy::Cell("cell")];

/// Cases of which the moment in a column lies in the period.
const fn cases(column: &'static str) -> Rows {
    Rows::of("case", When::WithinMoments(column)).scoped(SCOPES)
}

const REPORTED: Rows = cases("reported_at");
const FILED_THEN: Rows = cases("filed_at");
const TO_VERIFY: Rows = cases("verify_due_at");
const TO_DISPATCH: Rows = cases("dispatch_due_at");
const TO_HANDLE: Rows = cases("handle_due_at");
const TO_CHECK: Rows = cases("check_due_at");
const TO_CLOSE: Rows = cases("close_due_at");
const CLOSED_THEN: Rows = cases("closed_at");

/// What leaves a case out of a score of handling or closing.
const LEFT_OUT: Filter = Filter::NoBits("marks", EXEMPT | SUSPENDED | MERGED | VOIDED);

/// The case has all of these bits.
const fn bits(bits: i64) -> Filter {
    Filter::Bits("marks", bits)
}

/// The figures, in the order of a case's life.
pub const CASES: &[Figure] = &[
    figure(
        ("governance.reported", "G3"),
        title("上报数", "Reports"),
        title("本期上报的案卷", "Cases reported in the period"),
        count(CASE_TITLE, REPORTED, &[]),
    ),
    figure(
        ("governance.reported_in_cells", "G1"),
        title("网格内上报数", "Reports located in a grid cell"),
        title("本期上报且落在单元网格内的案卷", "Cases reported in the period whose grid cell is known"),
        count(CASE_TITLE, REPORTED, &[Filter::Filled("cell")]),
    ),
    figure(
        ("governance.located_rate", "G1"),
        title("网格定位率", "Share of reports located in a grid cell"),
        title("网格内上报数÷上报数", "Reports located in a grid cell over all reports"),
        share(REPORTED, &[Filter::Filled("cell")], &[]),
    ),
    figure(
        ("governance.self_handled", "G3"),
        title("自行处置数", "Fixed on the spot"),
        title(
            "本期上报、由采集员当场处置的案卷",
            "Cases reported in the period that who saw them fixed at once",
        ),
        count(CASE_TITLE, REPORTED, &[bits(SELF_HANDLED)]),
    ),
    figure(
        ("governance.valid_report_rate", "G3"),
        title("有效上报率", "Valid reports"),
        title(
            "有效上报数（立案、自行处置、当即办理或转办解决，且未作废）÷上报数",
            "Reports filed, fixed on the spot, answered or handed on, and not voided, over all reports",
        ),
        share(REPORTED, &[bits(VALID)], &[]),
    ),
    figure(
        ("governance.decided", "G3"),
        title("受理数", "Reports decided on"),
        title(
            "本期上报、受理员已作处理决定的案卷",
            "Cases reported in the period on which the desk has decided",
        ),
        count(CASE_TITLE, REPORTED, &[bits(DECIDED)]),
    ),
    figure(
        ("governance.decided_on_time_rate", "G3"),
        title("按期受理率", "Decided on in time"),
        title("按期受理数÷受理数", "Decided on within the limit over all decided on"),
        share(REPORTED, &[bits(DECIDED_IN_TIME)], &[bits(DECIDED)]),
    ),
    figure(
        ("governance.decided_rightly_rate", "G3"),
        title("准确受理率", "Decided on rightly"),
        title(
            "准确受理数（未被退回、未查无此事、未作废）÷受理数",
            "Decided on and not sent back, found untrue or voided, over all decided on",
        ),
        share(REPORTED, &[bits(DECIDED_RIGHTLY)], &[bits(DECIDED)]),
    ),
    figure(
        ("governance.filed", "G3"),
        title("立案数", "Cases filed"),
        title("本期立案的案卷", "Cases first filed in the period"),
        count(CASE_TITLE, FILED_THEN, &[]),
    ),
    figure(
        ("governance.filed_on_time_rate", "G3"),
        title("按时立案率", "Filed in time"),
        title("按时立案数÷立案数", "Filed within the limit over all filed"),
        share(FILED_THEN, &[bits(FILED_IN_TIME)], &[bits(FILED)]),
    ),
    figure(
        ("governance.filed_rightly_rate", "G3"),
        title("准确立案率", "Filed rightly"),
        title(
            "准确立案数（未被退回、未作废）÷立案数",
            "Filed and neither sent back nor voided, over all filed",
        ),
        share(FILED_THEN, &[bits(FILED_RIGHTLY)], &[bits(FILED)]),
    ),
    figure(
        ("governance.due_to_verify", "G3"),
        title("应核实数", "Due to verify"),
        title(
            "核实期限在本期、已核实或已超期的案卷",
            "Cases whose last verification was due in the period, answered or late",
        ),
        count(CASE_TITLE, TO_VERIFY, &[bits(VERIFY_SETTLED)]),
    ),
    figure(
        ("governance.verified_on_time_rate", "G3"),
        title("按期核实率", "Verified in time"),
        title("按期核实数÷应核实数", "Verified within the limit over due to verify"),
        share(TO_VERIFY, &[bits(VERIFY_SETTLED | VERIFIED_IN_TIME)], &[bits(VERIFY_SETTLED)]),
    ),
    figure(
        ("governance.due_to_dispatch", "G3"),
        title("应派遣数", "Due to dispatch"),
        title(
            "派遣期限在本期、已派遣或已超期的案卷",
            "Cases whose last dispatch was due in the period, done or late",
        ),
        count(CASE_TITLE, TO_DISPATCH, &[bits(DISPATCH_SETTLED)]),
    ),
    figure(
        ("governance.dispatched_on_time_rate", "G3"),
        title("按期派遣率", "Dispatched in time"),
        title("按期派遣数÷应派遣数", "Dispatched within the limit over due to dispatch"),
        share(TO_DISPATCH, &[bits(DISPATCH_SETTLED | DISPATCHED_IN_TIME)], &[bits(DISPATCH_SETTLED)]),
    ),
    figure(
        ("governance.dispatched_rightly_rate", "G3"),
        title("准确派遣率", "Dispatched rightly"),
        title(
            "准确派遣数（未被处置单位退回）÷应派遣数",
            "Dispatched and never given back by a unit, over due to dispatch",
        ),
        share(TO_DISPATCH, &[bits(DISPATCH_SETTLED | DISPATCHED_RIGHTLY)], &[bits(DISPATCH_SETTLED)]),
    ),
    figure(
        ("governance.due_to_handle", "G3"),
        title("应处置数", "Due to handle"),
        title(
            "处置期限在本期、已处置或已超期的案卷",
            "Cases whose handling was due in the period, done or late",
        ),
        count(CASE_TITLE, TO_HANDLE, &[bits(HANDLE_SETTLED)]),
    ),
    figure(
        ("governance.handled", "G3"),
        title("处置数", "Handled"),
        title(
            "应处置数中各单位均已确认完成的",
            "Those due to handle of which every unit has confirmed its work",
        ),
        count(CASE_TITLE, TO_HANDLE, &[bits(HANDLE_SETTLED | HANDLED)]),
    ),
    figure(
        ("governance.handled_on_time", "G3"),
        title("按期处置数", "Handled in time"),
        title("应处置数中按期完成的", "Those due to handle that were handled within every limit"),
        count(CASE_TITLE, TO_HANDLE, &[bits(HANDLE_SETTLED | HANDLED_IN_TIME)]),
    ),
    figure(
        ("governance.handled_rate.raw", "G3"),
        title("处置率", "Handled"),
        title("处置数÷应处置数", "Handled over due to handle"),
        share(TO_HANDLE, &[bits(HANDLE_SETTLED | HANDLED)], &[bits(HANDLE_SETTLED)]),
    ),
    figure(
        ("governance.handled_rate.adjusted", "G3"),
        title("处置率（剔除后）", "Handled, after exclusions"),
        title(
            "处置数÷应处置数，申诉免责、缓办、重复归并、作废的不计",
            "Handled over due to handle, without those exempt after an appeal, suspended, merged as duplicates, voided",
        ),
        share(TO_HANDLE, &[bits(HANDLE_SETTLED | HANDLED), LEFT_OUT], &[bits(HANDLE_SETTLED), LEFT_OUT]),
    ),
    figure(
        ("governance.handled_on_time_rate.raw", "G3"),
        title("按期处置率", "Handled in time"),
        title("按期处置数÷应处置数", "Handled in time over due to handle"),
        share(TO_HANDLE, &[bits(HANDLE_SETTLED | HANDLED_IN_TIME)], &[bits(HANDLE_SETTLED)]),
    ),
    figure(
        ("governance.handled_on_time_rate.adjusted", "G3"),
        title("按期处置率（剔除后）", "Handled in time, after exclusions"),
        title(
            "按期处置数÷应处置数，申诉免责、缓办、重复归并、作废的不计",
            "Handled in time over due to handle, without those exempt after an appeal, suspended, merged as duplicates, voided",
        ),
        share(
            TO_HANDLE,
            &[bits(HANDLE_SETTLED | HANDLED_IN_TIME), LEFT_OUT],
            &[bits(HANDLE_SETTLED), LEFT_OUT],
        ),
    ),
    figure(
        ("governance.waiting_late_rate.raw", "G3"),
        title("超期待处置率", "Late and still to be handled"),
        title("超期待处置数÷应处置数", "Late and not handled yet over due to handle"),
        share(TO_HANDLE, &[bits(HANDLE_SETTLED | WAITING_LATE)], &[bits(HANDLE_SETTLED)]),
    ),
    figure(
        ("governance.waiting_late_rate.adjusted", "G3"),
        title("超期待处置率（剔除后）", "Late and still to be handled, after exclusions"),
        title(
            "超期待处置数÷应处置数，申诉免责、缓办、重复归并、作废的不计",
            "Late and not handled yet over due to handle, without those exempt after an appeal, suspended, merged as duplicates, voided",
        ),
        share(TO_HANDLE, &[bits(HANDLE_SETTLED | WAITING_LATE), LEFT_OUT], &[bits(HANDLE_SETTLED), LEFT_OUT]),
    ),
    figure(
        ("governance.extended_rate.raw", "G3"),
        title("延期率", "With more time"),
        title("延期数÷应处置数", "Cases whose units got more time over due to handle"),
        share(TO_HANDLE, &[bits(HANDLE_SETTLED | EXTENDED)], &[bits(HANDLE_SETTLED)]),
    ),
    figure(
        ("governance.extended_rate.adjusted", "G3"),
        title("延期率（剔除后）", "With more time, after exclusions"),
        title(
            "延期数÷应处置数，申诉免责、缓办、重复归并、作废的不计",
            "Cases whose units got more time over due to handle, without those exempt after an appeal, suspended, merged as duplicates, voided",
        ),
        share(TO_HANDLE, &[bits(HANDLE_SETTLED | EXTENDED), LEFT_OUT], &[bits(HANDLE_SETTLED), LEFT_OUT]),
    ),
    figure(
        ("governance.returned", "G3"),
        title("退回数", "Given back by a unit"),
        title("应处置数中被处置单位退回过的", "Those due to handle that a unit once gave back"),
        count(CASE_TITLE, TO_HANDLE, &[bits(HANDLE_SETTLED | RETURNED)]),
    ),
    figure(
        ("governance.excluded_exempt", "G3"),
        title("剔除：申诉免责（处置）", "Left out: exempt after an appeal, of handling"),
        title(
            "应处置数中因此剔除的；一件可有几种原因",
            "Those due to handle that are left out for this; a case may have several reasons",
        ),
        count(CASE_TITLE, TO_HANDLE, &[bits(HANDLE_SETTLED | EXEMPT)]),
    ),
    figure(
        ("governance.excluded_exempt_closing", "G3"),
        title("剔除：申诉免责（结案）", "Left out: exempt after an appeal, of closing"),
        title(
            "应结案数中因此剔除的；一件可有几种原因",
            "Those due to close that are left out for this; a case may have several reasons",
        ),
        count(CASE_TITLE, TO_CLOSE, &[bits(CLOSE_SETTLED | EXEMPT)]),
    ),
    figure(
        ("governance.excluded_suspended", "G3"),
        title("剔除：缓办（处置）", "Left out: suspended, of handling"),
        title(
            "应处置数中因此剔除的；一件可有几种原因",
            "Those due to handle that are left out for this; a case may have several reasons",
        ),
        count(CASE_TITLE, TO_HANDLE, &[bits(HANDLE_SETTLED | SUSPENDED)]),
    ),
    figure(
        ("governance.excluded_suspended_closing", "G3"),
        title("剔除：缓办（结案）", "Left out: suspended, of closing"),
        title(
            "应结案数中因此剔除的；一件可有几种原因",
            "Those due to close that are left out for this; a case may have several reasons",
        ),
        count(CASE_TITLE, TO_CLOSE, &[bits(CLOSE_SETTLED | SUSPENDED)]),
    ),
    figure(
        ("governance.excluded_merged", "G3"),
        title("剔除：重复归并（处置）", "Left out: merged as a duplicate, of handling"),
        title(
            "应处置数中因此剔除的；一件可有几种原因",
            "Those due to handle that are left out for this; a case may have several reasons",
        ),
        count(CASE_TITLE, TO_HANDLE, &[bits(HANDLE_SETTLED | MERGED)]),
    ),
    figure(
        ("governance.excluded_merged_closing", "G3"),
        title("剔除：重复归并（结案）", "Left out: merged as a duplicate, of closing"),
        title(
            "应结案数中因此剔除的；一件可有几种原因",
            "Those due to close that are left out for this; a case may have several reasons",
        ),
        count(CASE_TITLE, TO_CLOSE, &[bits(CLOSE_SETTLED | MERGED)]),
    ),
    figure(
        ("governance.excluded_voided", "G3"),
        title("剔除：作废（处置）", "Left out: voided, of handling"),
        title(
            "应处置数中因此剔除的；一件可有几种原因",
            "Those due to handle that are left out for this; a case may have several reasons",
        ),
        count(CASE_TITLE, TO_HANDLE, &[bits(HANDLE_SETTLED | VOIDED)]),
    ),
    figure(
        ("governance.excluded_voided_closing", "G3"),
        title("剔除：作废（结案）", "Left out: voided, of closing"),
        title(
            "应结案数中因此剔除的；一件可有几种原因",
            "Those due to close that are left out for this; a case may have several reasons",
        ),
        count(CASE_TITLE, TO_CLOSE, &[bits(CLOSE_SETTLED | VOIDED)]),
    ),
    figure(
        ("governance.due_to_check", "G3"),
        title("应核查数", "Due to check"),
        title(
            "核查期限在本期、已核查或已超期的案卷",
            "Cases whose last check was due in the period, answered or late",
        ),
        count(CASE_TITLE, TO_CHECK, &[bits(CHECK_SETTLED)]),
    ),
    figure(
        ("governance.checked_on_time_rate", "G3"),
        title("按期核查率", "Checked in time"),
        title("按期核查数÷应核查数", "Checked within the limit over due to check"),
        share(TO_CHECK, &[bits(CHECK_SETTLED | CHECKED_IN_TIME)], &[bits(CHECK_SETTLED)]),
    ),
    figure(
        ("governance.due_to_close", "G3"),
        title("应结案数", "Due to close"),
        title(
            "结案期限在本期、已结案或已超期的案卷",
            "Cases whose end was due in the period, closed or late",
        ),
        count(CASE_TITLE, TO_CLOSE, &[bits(CLOSE_SETTLED)]),
    ),
    figure(
        ("governance.closed_of_due", "G3"),
        title("结案数", "Closed"),
        title("应结案数中已结案的", "Those due to close that are closed"),
        count(CASE_TITLE, TO_CLOSE, &[bits(CLOSE_SETTLED | CLOSED)]),
    ),
    figure(
        ("governance.closed_rate.raw", "G3"),
        title("结案率", "Closed"),
        title("结案数÷应结案数", "Closed over due to close"),
        share(TO_CLOSE, &[bits(CLOSE_SETTLED | CLOSED)], &[bits(CLOSE_SETTLED)]),
    ),
    figure(
        ("governance.closed_rate.adjusted", "G3"),
        title("结案率（剔除后）", "Closed, after exclusions"),
        title(
            "结案数÷应结案数，申诉免责、缓办、重复归并、作废的不计",
            "Closed over due to close, without those exempt after an appeal, suspended, merged as duplicates, voided",
        ),
        share(TO_CLOSE, &[bits(CLOSE_SETTLED | CLOSED), LEFT_OUT], &[bits(CLOSE_SETTLED), LEFT_OUT]),
    ),
    figure(
        ("governance.closed_on_time_rate.raw", "G3"),
        title("按期结案率", "Closed in time"),
        title("按期结案数÷应结案数", "Closed in time over due to close"),
        share(TO_CLOSE, &[bits(CLOSE_SETTLED | CLOSED_IN_TIME)], &[bits(CLOSE_SETTLED)]),
    ),
    figure(
        ("governance.closed_on_time_rate.adjusted", "G3"),
        title("按期结案率（剔除后）", "Closed in time, after exclusions"),
        title(
            "按期结案数÷应结案数，申诉免责、缓办、重复归并、作废的不计",
            "Closed in time over due to close, without those exempt after an appeal, suspended, merged as duplicates, voided",
        ),
        share(TO_CLOSE, &[bits(CLOSE_SETTLED | CLOSED_IN_TIME), LEFT_OUT], &[bits(CLOSE_SETTLED), LEFT_OUT]),
    ),
    figure(
        ("governance.closed_rate.without_suspended", "G3"),
        title("结案率（减缓办）", "Closed, without suspended cases"),
        title("结案数÷（应结案数－缓办数）", "Closed over due to close without those suspended"),
        share(
            TO_CLOSE,
            &[bits(CLOSE_SETTLED | CLOSED), Filter::NoBits("marks", SUSPENDED)],
            &[bits(CLOSE_SETTLED), Filter::NoBits("marks", SUSPENDED)],
        ),
    ),
    figure(
        ("governance.closed_on_time_rate.without_suspended", "G3"),
        title("按期结案率（减缓办）", "Closed in time, without suspended cases"),
        title("按期结案数÷（应结案数－缓办数）", "Closed in time over due to close without those suspended"),
        share(
            TO_CLOSE,
            &[bits(CLOSE_SETTLED | CLOSED_IN_TIME), Filter::NoBits("marks", SUSPENDED)],
            &[bits(CLOSE_SETTLED), Filter::NoBits("marks", SUSPENDED)],
        ),
    ),
    figure(
        ("governance.closed_late_rate.raw", "G3"),
        title("超期结案率", "Closed late"),
        title("超期结案数÷应结案数", "Closed late over due to close"),
        share(
            TO_CLOSE,
            &[bits(CLOSE_SETTLED | CLOSED), Filter::NoBits("marks", CLOSED_IN_TIME)],
            &[bits(CLOSE_SETTLED)],
        ),
    ),
    figure(
        ("governance.closed_late_rate.adjusted", "G3"),
        title("超期结案率（剔除后）", "Closed late, after exclusions"),
        title(
            "超期结案数÷应结案数，申诉免责、缓办、重复归并、作废的不计",
            "Closed late over due to close, without those exempt after an appeal, suspended, merged as duplicates, voided",
        ),
        share(
            TO_CLOSE,
            &[bits(CLOSE_SETTLED | CLOSED), Filter::NoBits("marks", CLOSED_IN_TIME), LEFT_OUT],
            &[bits(CLOSE_SETTLED), LEFT_OUT],
        ),
    ),
    figure(
        ("governance.reworked_rate.raw", "G3"),
        title("返工率", "Done again"),
        title("返工数÷应结案数", "Cases done again over due to close"),
        share(TO_CLOSE, &[bits(CLOSE_SETTLED | REWORKED)], &[bits(CLOSE_SETTLED)]),
    ),
    figure(
        ("governance.reworked_rate.adjusted", "G3"),
        title("返工率（剔除后）", "Done again, after exclusions"),
        title(
            "返工数÷应结案数，申诉免责、缓办、重复归并、作废的不计",
            "Cases done again over due to close, without those exempt after an appeal, suspended, merged as duplicates, voided",
        ),
        share(TO_CLOSE, &[bits(CLOSE_SETTLED | REWORKED), LEFT_OUT], &[bits(CLOSE_SETTLED), LEFT_OUT]),
    ),
    figure(
        ("governance.reworked", "G3"),
        title("返工数", "Cases done again"),
        title("应结案数中返工过的", "Those due to close that were done again"),
        count(CASE_TITLE, TO_CLOSE, &[bits(CLOSE_SETTLED | REWORKED)]),
    ),
    figure(
        ("governance.urgent_closed_rate.raw", "G3"),
        title("紧急问题结案率", "Urgent cases closed"),
        title("紧急问题结案数÷紧急问题应结案数", "Urgent cases closed over urgent cases due to close"),
        share(TO_CLOSE, &[bits(CLOSE_SETTLED | URGENT | CLOSED)], &[bits(CLOSE_SETTLED | URGENT)]),
    ),
    figure(
        ("governance.urgent_closed_rate.adjusted", "G3"),
        title("紧急问题结案率（剔除后）", "Urgent cases closed, after exclusions"),
        title(
            "紧急问题结案数÷紧急问题应结案数，申诉免责、缓办、重复归并、作废的不计",
            "Urgent cases closed over urgent cases due to close, without those exempt after an appeal, suspended, merged as duplicates, voided",
        ),
        share(
            TO_CLOSE,
            &[bits(CLOSE_SETTLED | URGENT | CLOSED), LEFT_OUT],
            &[bits(CLOSE_SETTLED | URGENT), LEFT_OUT],
        ),
    ),
    figure(
        ("governance.urgent_closed_on_time_rate.raw", "G3"),
        title("紧急问题按期结案率", "Urgent cases closed in time"),
        title(
            "紧急问题按期结案数÷紧急问题应结案数",
            "Urgent cases closed in time over urgent cases due to close",
        ),
        share(TO_CLOSE, &[bits(CLOSE_SETTLED | URGENT | CLOSED_IN_TIME)], &[bits(CLOSE_SETTLED | URGENT)]),
    ),
    figure(
        ("governance.urgent_closed_on_time_rate.adjusted", "G3"),
        title("紧急问题按期结案率（剔除后）", "Urgent cases closed in time, after exclusions"),
        title(
            "紧急问题按期结案数÷紧急问题应结案数，申诉免责、缓办、重复归并、作废的不计",
            "Urgent cases closed in time over urgent cases due to close, without those exempt after an appeal, suspended, merged as duplicates, voided",
        ),
        share(
            TO_CLOSE,
            &[bits(CLOSE_SETTLED | URGENT | CLOSED_IN_TIME), LEFT_OUT],
            &[bits(CLOSE_SETTLED | URGENT), LEFT_OUT],
        ),
    ),
    figure(
        ("governance.open_rate", "G3"),
        title("未结案率", "Not closed"),
        title(
            "未结案数（未结案、未归并、未作废、未拒）÷上报数",
            "Reports neither closed nor merged, voided or refused, over all reports",
        ),
        share(REPORTED, &[Filter::NoBits("marks", CLOSED | MERGED | VOIDED | REFUSED)], &[]),
    ),
    figure(
        ("governance.done_rate", "G3"),
        title("办结率", "Done"),
        title("已结案数÷（上报数－不予受理数）", "Reports closed over all reports that were not refused"),
        share(REPORTED, &[bits(CLOSED)], &[Filter::NoBits("marks", REFUSED)]),
    ),
    figure(
        ("governance.closed", "G3"),
        title("本期结案数", "Closed in the period"),
        title("本期内结案的案卷，不论何时上报", "Cases closed in the period, whenever they were reported"),
        count(CASE_TITLE, CLOSED_THEN, &[bits(CLOSED)]),
    ),
    figure(
        ("governance.unresolved", "G3"),
        title("未解决结案数", "Closed unresolved"),
        title(
            "本期内结案而问题公开列为未解决的案卷",
            "Cases closed in the period, the problem openly unresolved",
        ),
        count(CASE_TITLE, CLOSED_THEN, &[bits(UNRESOLVED)]),
    ),
];
