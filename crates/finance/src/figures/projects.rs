//! Approvals, projects, PPP and investment (F5–F7).

use figures::{
    Figure, Filter, Measure, Rows, ScopedBy, Unit, When,
    declare::{counted, figure, percent, title, yi},
};

const APPROVED: Rows =
    Rows::of("financing_approval", When::Within("approved_on")).scoped(&[ScopedBy::Unit("unit")]);
const PROJECT_SCOPES: &[ScopedBy] = &[ScopedBy::Unit("unit"), ScopedBy::Street("division")];
const HALTED: Rows = Rows::of("project", When::By("halted_on")).scoped(PROJECT_SCOPES);
const PPP: Rows = Rows::of("ppp_contract", When::By("listed_on")).scoped(&[ScopedBy::Unit("unit")]);
/// Signed and being built or run.
const UNDER_WAY: Rows = Rows::of("ppp_contract", When::By("signed_on"))
    .that(&[Filter::Is("phase", &["execution"])])
    .scoped(&[ScopedBy::Unit("unit")]);
const INVESTED: Rows = Rows::of("investment_return", When::Periods("period"))
    .that(&[Filter::Is("frame", &["projects"])])
    .scoped(&[ScopedBy::Unit("unit")]);
const NON_STATE: Rows =
    INVESTED.that(&[Filter::Is("frame", &["projects"]), Filter::Is("ownership", &["non_state"])]);

/// The figures, in the order of the mission.
pub const PROJECTS: &[Figure] = &[
    figure(
        ("finance.approved", "F5"),
        title("获批融资", "Financing approved"),
        title("批复日期在本期内的融资批复金额之和", "Amounts of financing approved within the period"),
        yi(APPROVED.sum("amount")),
    ),
    figure(
        ("finance.approved_growth", "F5"),
        title("获批融资同比增长", "Growth of financing approved"),
        title(
            "本期融资批复金额比上年同期的增长",
            "By how much the amounts approved have grown since the same period of the year before",
        ),
        (Unit::Percent(2), Measure::Growth(APPROVED.sum("amount"))),
    ),
    figure(
        ("finance.approvals", "F5"),
        title("融资批复", "Approvals of financing"),
        title("批复日期在本期内的融资批复数", "Approvals of financing within the period"),
        counted(title("笔", "approvals"), APPROVED.count()),
    ),
    figure(
        ("finance.approved_received_rate", "F5"),
        title("获批融资到位率", "Received of what was approved"),
        title(
            "批复日期在本期内的融资批复：到位金额÷批复金额",
            "Received over approved of approvals within the period",
        ),
        percent(APPROVED.sum("received"), APPROVED.sum("amount")),
    ),
    figure(
        ("finance.projects", "F5"),
        title("项目库项目", "Projects of the list"),
        title(
            "批复日期不晚于期末、未取消的项目数，子项目不计",
            "Projects approved by the end of the period and not cancelled; parts of others are left out",
        ),
        counted(
            title("个", "projects"),
            Rows::of("project", When::By("approved_on"))
                .that(&[Filter::IsNot("status", &["cancelled"]), Filter::Empty("parent")])
                .scoped(PROJECT_SCOPES)
                .count(),
        ),
    ),
    figure(
        ("finance.projects_budget", "F5"),
        title("项目库总投资", "Total investment of the list"),
        title(
            "批复日期不晚于期末、未取消的项目总投资之和，子项目不计",
            "Total investment of projects approved by the end of the period and not cancelled; parts of others are left out",
        ),
        yi(Rows::of("project", When::By("approved_on"))
            .that(&[Filter::IsNot("status", &["cancelled"]), Filter::Empty("parent")])
            .scoped(PROJECT_SCOPES)
            .sum("budget")),
    ),
    figure(
        ("finance.projects_started", "F5"),
        title("本期开工项目", "Projects started"),
        title("开工日期在本期内的项目数", "Projects that began within the period"),
        counted(
            title("个", "projects"),
            Rows::of("project", When::Within("started_on")).scoped(PROJECT_SCOPES).count(),
        ),
    ),
    figure(
        ("finance.projects_completed", "F5"),
        title("本期竣工项目", "Projects completed"),
        title("竣工日期在本期内的项目数", "Projects finished within the period"),
        counted(
            title("个", "projects"),
            Rows::of("project", When::Within("completed_on")).scoped(PROJECT_SCOPES).count(),
        ),
    ),
    figure(
        ("finance.projects_waiting", "F5"),
        title("已批未开工项目", "Projects approved and not begun"),
        title(
            "批复日期不晚于期末、处于前期阶段且没有开工日期的项目数",
            "Projects approved by the end of the period that are being prepared and have not begun",
        ),
        counted(
            title("个", "projects"),
            Rows::of("project", When::By("approved_on"))
                .that(&[Filter::Is("status", &["preparation"]), Filter::Empty("started_on")])
                .scoped(PROJECT_SCOPES)
                .count(),
        ),
    ),
    figure(
        ("finance.projects_halted", "F5"),
        title("停工项目", "Projects that stand still"),
        title(
            "停工日期不晚于期末、尚未复工的项目数",
            "Projects halted by the end of the period that stand still",
        ),
        counted(title("个", "projects"), HALTED.count()),
    ),
    figure(
        ("finance.projects_halted_for_funds", "F5"),
        title("因资金停工项目", "Projects that stand still for money"),
        title(
            "停工日期不晚于期末、因资金停工且尚未复工的项目数",
            "Projects halted by the end of the period that stand still for lack of money",
        ),
        counted(title("个", "projects"), HALTED.that(&[Filter::Is("halted_for", &["funds"])]).count()),
    ),
    figure(
        ("finance.ppp_projects", "F6"),
        title("PPP项目库项目", "Projects of the PPP library"),
        title(
            "入库日期不晚于期末的PPP项目数，退库的不计",
            "PPP projects listed by the end of the period, without those taken out of the library",
        ),
        counted(title("个", "projects"), PPP.count()),
    ),
    figure(
        ("finance.ppp_investment", "F6"),
        title("PPP项目总投资", "Total investment of the PPP library"),
        title(
            "入库日期不晚于期末的PPP项目总投资之和，退库的不计",
            "Total investment of PPP projects listed by the end of the period, without those taken out",
        ),
        yi(PPP.sum("investment")),
    ),
    figure(
        ("finance.ppp_under_way", "F6"),
        title("实施中的PPP项目", "PPP projects under way"),
        title(
            "签约日期不晚于期末、处于执行阶段的PPP项目数",
            "PPP projects signed by the end of the period that are being built or run",
        ),
        counted(title("个", "projects"), UNDER_WAY.count()),
    ),
    figure(
        ("finance.ppp_private_capital", "F6"),
        title("引入社会资本", "Private capital drawn in"),
        title(
            "签约日期不晚于期末、处于执行阶段的PPP项目引入社会资本之和；未签约项目拟引入的不计",
            "Private capital of PPP projects signed by the end of the period and under way; what unsigned ones hope for is left out",
        ),
        yi(UNDER_WAY.sum("private_capital")),
    ),
    figure(
        ("finance.ppp_under_way_rate", "F6"),
        title("PPP项目落地率", "PPP projects under way over all"),
        title("实施中的PPP项目数÷PPP项目库项目数", "PPP projects under way over all projects of the library"),
        percent(UNDER_WAY.count(), PPP.count()),
    ),
    figure(
        ("finance.ppp_user_pays", "F6"),
        title("使用者付费项目", "PPP projects that users pay"),
        title(
            "入库日期不晚于期末、回报机制为使用者付费的PPP项目数",
            "PPP projects listed by the end of the period that users pay for",
        ),
        counted(title("个", "projects"), PPP.that(&[Filter::Is("return_mechanism", &["user_pays"])]).count()),
    ),
    figure(
        ("finance.ppp_viability_gap", "F6"),
        title("可行性缺口补助项目", "PPP projects with viability gap funding"),
        title(
            "入库日期不晚于期末、回报机制为可行性缺口补助的PPP项目数",
            "PPP projects listed by the end of the period for which the government pays what users do not",
        ),
        counted(
            title("个", "projects"),
            PPP.that(&[Filter::Is("return_mechanism", &["viability_gap"])]).count(),
        ),
    ),
    figure(
        ("finance.ppp_government_pays", "F6"),
        title("政府付费项目", "PPP projects that the government pays"),
        title(
            "入库日期不晚于期末、回报机制为政府付费的PPP项目数",
            "PPP projects listed by the end of the period that the government pays for",
        ),
        counted(
            title("个", "projects"),
            PPP.that(&[Filter::Is("return_mechanism", &["government_pays"])]).count(),
        ),
    ),
    figure(
        ("finance.ppp_spending_rate", "F6"),
        title("PPP支出责任占一般公共预算支出", "PPP spending over general public expenditure"),
        title(
            "本年度PPP支出责任合计÷一般公共预算支出；只有整年有这个数",
            "PPP spending of the year over general public expenditure; only whole years have it",
        ),
        percent(
            Rows::of("ppp_spending", When::Periods("year")).sum("amount"),
            Rows::of("fiscal_budget", When::Periods("year")).sum("expenditure"),
        ),
    ),
    figure(
        ("finance.paid", "F6"),
        title("本期付款", "Paid"),
        title("支付日期在本期内的付款金额之和", "Payments made within the period"),
        yi(Rows::of("payment", When::Within("paid_on")).scoped(&[ScopedBy::Unit("unit")]).sum("amount")),
    ),
    figure(
        ("finance.payments_overdue", "F6"),
        title("逾期未付", "Payments overdue"),
        title(
            "应付日期不晚于期末、尚未支付的付款金额之和",
            "Payments that were due by the end of the period and are not made",
        ),
        yi(Rows::of("payment", When::By("due_on"))
            .that(&[Filter::Empty("paid_on")])
            .scoped(&[ScopedBy::Unit("unit")])
            .sum("amount")),
    ),
    figure(
        ("finance.invested", "F7"),
        title(
            "固定资产投资（500万元及以上项目）",
            "Fixed-asset investment in projects of 5 million yuan and over",
        ),
        title(
            "报告期在本期内、统计范围为500万元及以上项目的完成投资之和；房地产开发不计",
            "Invested in projects of 5 million yuan and over in returns of the period, real estate left out",
        ),
        yi(INVESTED.sum("amount")),
    ),
    figure(
        ("finance.invested_growth", "F7"),
        title("固定资产投资同比增长", "Growth of fixed-asset investment"),
        title(
            "本期完成投资比上年同期的增长；房地产开发不计",
            "By how much the investment has grown since the same period of the year before, real estate left out",
        ),
        (Unit::Percent(2), Measure::Growth(INVESTED.sum("amount"))),
    ),
    figure(
        ("finance.invested_non_state", "F7"),
        title("非国有投资", "Non-state investment"),
        title(
            "报告期在本期内、投资主体为非国有的完成投资之和；房地产开发不计",
            "Invested by others than the state in returns of the period, real estate left out",
        ),
        yi(NON_STATE.sum("amount")),
    ),
    figure(
        ("finance.invested_non_state_rate", "F7"),
        title("非国有投资占比", "Non-state part of the investment"),
        title(
            "非国有完成投资÷全部完成投资；房地产开发不计",
            "Invested by others than the state over all that was invested, real estate left out",
        ),
        percent(NON_STATE.sum("amount"), INVESTED.sum("amount")),
    ),
    figure(
        ("finance.invested_building_rate", "F7"),
        title("建筑安装工程占比", "Building and installation in the investment"),
        title(
            "完成投资中建筑安装工程的份额；房地产开发不计",
            "Building and installation over all that was invested, real estate left out",
        ),
        percent(INVESTED.sum("building"), INVESTED.sum("amount")),
    ),
    figure(
        ("finance.real_estate_invested", "F7"),
        title("房地产开发投资", "Investment in real estate"),
        title(
            "报告期在本期内、统计范围为房地产开发的完成投资之和",
            "Invested by firms that build houses for sale in returns of the period",
        ),
        yi(Rows::of("investment_return", When::Periods("period"))
            .that(&[Filter::Is("frame", &["real_estate"])])
            .scoped(&[ScopedBy::Unit("unit")])
            .sum("amount")),
    ),
];
