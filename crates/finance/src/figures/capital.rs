//! Platform companies, bonds, other borrowings, funds and guarantees (F1–F4).

use figures::{
    Figure, Filter, Measure, Rows, ScopedBy, Unit, When,
    declare::{counted, figure, percent, title, yi},
};

/// Statements of the last day that count a whole group once.
const STATEMENTS: Rows =
    Rows::of("balance_statement", When::OnLastDay("as_of")).that(&[Filter::Is("scope", &["consolidated"])]);
const RESTRUCTURED: Rows = Rows::of("restructuring", When::By("closed_on")).scoped(&[ScopedBy::Unit("unit")]);
/// Bonds of companies: those of the government itself are not the city's platforms' money.
const COMPANY_BOND: Filter = Filter::IsNot("kind", &["local_government"]);
const BORROWED: Rows = Rows::of("financing", When::By("signed_on"));
const FUNDS: Rows = Rows::of("fund", When::By("set_up_on"))
    .that(&[Filter::IsNot("phase", &["closed"])])
    .scoped(&[ScopedBy::Unit("unit")]);
const COMMITTED: Rows = Rows::of("fund_commitment", When::By("committed_on"));
const GUARANTEES: Rows = Rows::of("guarantee", When::InForce { from: "begins_on", to: "released_on" });

/// The figures, in the order of the mission.
pub const CAPITAL: &[Figure] = &[
    figure(
        ("finance.platforms_merged", "F1"),
        title("整合前平台公司", "Platform companies before"),
        title(
            "合并基准日不晚于期末的各次整合，整合前公司数之和",
            "Companies that went into restructurings closed by the end of the period",
        ),
        counted(title("家", "companies"), RESTRUCTURED.sum("companies_before")),
    ),
    figure(
        ("finance.platforms_after", "F1"),
        title("整合后平台公司", "Platform companies after"),
        title(
            "合并基准日不晚于期末的整合次数，每次整合成一家",
            "Restructurings closed by the end of the period, each into one company",
        ),
        counted(title("家", "companies"), RESTRUCTURED.count()),
    ),
    figure(
        ("finance.platforms_rated_aa", "F1"),
        title("主体信用评级AA的平台公司", "Platform companies rated AA"),
        title(
            "期末有效、等级为AA的主体评级数（一家公司有两家机构评级的算两个）",
            "Ratings of grade AA in force at the end of the period; a company that two agencies rate counts twice",
        ),
        counted(
            title("家", "companies"),
            Rows::of("rating", When::InForce { from: "rated_on", to: "valid_until" })
                .that(&[Filter::Is("grade", &["aa"])])
                .count(),
        ),
    ),
    figure(
        ("finance.platform_assets", "F1"),
        title("平台公司资产总计", "Total assets of platform companies"),
        title(
            "报表日期为期末最后一天的合并报表，资产总计之和；母公司口径不计",
            "Total assets in consolidated statements of the last day of the period; separate statements are left out",
        ),
        yi(STATEMENTS.sum("total_assets")),
    ),
    figure(
        ("finance.platform_net_assets", "F1"),
        title("平台公司净资产", "Net assets of platform companies"),
        title(
            "报表日期为期末最后一天的合并报表，净资产之和；母公司口径不计",
            "Net assets in consolidated statements of the last day of the period; separate statements are left out",
        ),
        yi(STATEMENTS.sum("net_assets")),
    ),
    figure(
        ("finance.platform_debt_ratio", "F1"),
        title("平台公司资产负债率", "Liabilities to assets of platform companies"),
        title(
            "期末合并报表的负债合计÷资产总计",
            "Total liabilities over total assets in consolidated statements of the last day",
        ),
        percent(STATEMENTS.sum("total_liabilities"), STATEMENTS.sum("total_assets")),
    ),
    figure(
        ("finance.platform_debt", "F1"),
        title("平台公司有息负债", "Interest-bearing debt of platform companies"),
        title(
            "期末合并报表的有息负债之和",
            "Interest-bearing debt in consolidated statements of the last day",
        ),
        yi(STATEMENTS.sum("debt")),
    ),
    figure(
        ("finance.platform_profit", "F1"),
        title("平台公司净利润（本年累计）", "Net profit of platform companies, year to date"),
        title(
            "期末合并报表的本年累计净利润之和",
            "Profit of the year in consolidated statements of the last day",
        ),
        yi(STATEMENTS.sum("profit")),
    ),
    figure(
        ("finance.bonds_approved", "F2"),
        title("获批债券", "Bonds approved in all"),
        title(
            "批准日期不晚于期末的债券，批准额度之和；地方政府债券不计",
            "Amounts of bonds approved by the end of the period, without those of the local government",
        ),
        yi(Rows::of("bond", When::By("approved_on")).that(&[COMPANY_BOND]).sum("approved")),
    ),
    figure(
        ("finance.bonds_raised", "F2"),
        title("债券累计募集", "Bonds raised in all"),
        title(
            "发行日期不晚于期末的债券，发行规模之和；地方政府债券不计",
            "Amounts raised by bonds issued by the end of the period, without those of the local government",
        ),
        yi(Rows::of("bond", When::By("issued_on")).that(&[COMPANY_BOND]).sum("raised")),
    ),
    figure(
        ("finance.bonds_issued", "F2"),
        title("本期发行债券", "Bonds issued"),
        title(
            "发行日期在本期内的债券，发行规模之和；地方政府债券不计",
            "Amounts raised by bonds issued within the period, without those of the local government",
        ),
        yi(Rows::of("bond", When::Within("issued_on")).that(&[COMPANY_BOND]).sum("raised")),
    ),
    figure(
        ("finance.borrowed", "F3"),
        title("本期签订融资合同", "Borrowings signed"),
        title(
            "签订日期在本期内的融资合同金额之和，债券不计",
            "Amounts of borrowings signed within the period, bonds aside",
        ),
        yi(Rows::of("financing", When::Within("signed_on")).sum("amount")),
    ),
    figure(
        ("finance.borrowings", "F3"),
        title("期末未结清融资合同", "Borrowings outstanding"),
        title(
            "期末已签订、尚未结清的融资合同数",
            "Borrowings signed by the end of the period and not repaid before it",
        ),
        counted(
            title("笔", "borrowings"),
            Rows::of("financing", When::InForce { from: "signed_on", to: "repaid_on" }).count(),
        ),
    ),
    figure(
        ("finance.securitised", "F3"),
        title("资产证券化", "Securitised"),
        title(
            "签订日期不晚于期末的基础设施资产证券化金额之和",
            "Amounts of asset-backed securities signed by the end of the period",
        ),
        yi(BORROWED.that(&[Filter::Is("kind", &["asset_backed_securities"])]).sum("amount")),
    ),
    figure(
        ("finance.trusts", "F3"),
        title("信托和资产管理计划融资", "Trust and asset management"),
        title(
            "签订日期不晚于期末的信托计划、资产管理计划金额之和",
            "Amounts of trust and asset-management plans signed by the end of the period",
        ),
        yi(BORROWED.that(&[Filter::Is("kind", &["trust", "asset_management"])]).sum("amount")),
    ),
    figure(
        ("finance.leased", "F3"),
        title("融资租赁", "Finance leasing"),
        title(
            "签订日期不晚于期末的融资租赁金额之和",
            "Amounts of finance leases signed by the end of the period",
        ),
        yi(BORROWED.that(&[Filter::Is("kind", &["finance_leasing"])]).sum("amount")),
    ),
    figure(
        ("finance.borrowed_drawn_rate", "F3"),
        title("融资到位率", "Drawn of what was borrowed"),
        title(
            "签订日期不晚于期末的融资合同：到位金额÷合同金额",
            "Drawn over agreed of all borrowings signed by the end of the period",
        ),
        percent(BORROWED.sum("drawn"), BORROWED.sum("amount")),
    ),
    figure(
        ("finance.assets_pledged", "F3"),
        title("抵质押资产", "Assets pledged"),
        title(
            "评估基准日不晚于期末、为融资抵质押且未处置的资产评估价值之和",
            "Value of assets valued by the end of the period that are pledged and not disposed of",
        ),
        yi(Rows::of("asset", When::By("valued_on"))
            .that(&[Filter::Filled("pledged_for"), Filter::Empty("disposed_on")])
            .sum("value")),
    ),
    figure(
        ("finance.funds", "F4"),
        title("引导基金", "Guidance funds"),
        title(
            "设立日期不晚于期末、未清算的基金数",
            "Funds set up by the end of the period that are not wound up",
        ),
        counted(title("只", "funds"), FUNDS.count()),
    ),
    figure(
        ("finance.fund_pool", "F4"),
        title("基金总规模", "Pool of the funds"),
        title(
            "设立日期不晚于期末、未清算的基金规模之和",
            "Sizes of funds set up by the end of the period that are not wound up",
        ),
        yi(FUNDS.sum("size")),
    ),
    figure(
        ("finance.fund_leverage", "F4"),
        title("财政资金放大倍数", "Leverage of public money"),
        title(
            "未清算基金的规模之和÷政府出资之和",
            "Sizes of the funds over what the government gives to them",
        ),
        (
            Unit::Number { scale: 1, decimals: 2, title: title("倍", "times") },
            Measure::Ratio { part: FUNDS.sum("size"), whole: FUNDS.sum("government_part") },
        ),
    ),
    figure(
        ("finance.fund_paid_in_rate", "F4"),
        title("基金实缴率", "Paid in of what was committed"),
        title(
            "认缴日期不晚于期末的各方：实缴金额÷认缴金额",
            "Paid in over committed of commitments made by the end of the period",
        ),
        percent(COMMITTED.sum("paid_in"), COMMITTED.sum("amount")),
    ),
    figure(
        ("finance.fund_invested", "F4"),
        title("基金累计投资", "Invested by funds"),
        title("投资日期不晚于期末的基金投资金额之和", "Amounts that funds invested by the end of the period"),
        yi(Rows::of("fund_investment", When::By("invested_on")).sum("amount")),
    ),
    figure(
        ("finance.guarantees", "F4"),
        title("在保余额", "Guarantees in force"),
        title(
            "期末已起始、尚未解除的担保金额之和；到期结清的也算解除",
            "Amounts of guarantees that had begun and were not released by the end of the period; one that ran out is released too",
        ),
        yi(GUARANTEES.sum("amount")),
    ),
    figure(
        ("finance.guarantees_of_small_rate", "F4"),
        title("政策性担保占比", "Small firms, farming and start-ups in guarantees"),
        title(
            "在保余额中小微企业、涉农、创业担保的份额",
            "Guarantees for small firms, farming and start-ups over all in force",
        ),
        percent(
            GUARANTEES.that(&[Filter::Is("kind", &["small_firm", "farming", "start_up"])]).sum("amount"),
            GUARANTEES.sum("amount"),
        ),
    ),
    figure(
        ("finance.guarantee_loss_rate", "F4"),
        title("担保代偿率", "Paid for debtors"),
        title(
            "解除日期不晚于期末的担保：代偿金额÷担保金额",
            "Paid for the debtor over the amount of guarantees released by the end of the period",
        ),
        percent(
            Rows::of("guarantee", When::By("released_on")).sum("paid"),
            Rows::of("guarantee", When::By("released_on")).sum("amount"),
        ),
    ),
];
