//! The room of money: who has it, where it comes from, what it builds (part 2, 多元化). It owns the one list of organisations and the one list of
//! projects; other parts refer to both by their codes.
//!
//! # Glossary
//! * **organisation** 单位: a firm, institution or body that is not a handling unit ([`organisation`]).
//! * **platform company** 平台公司: a state company that finances and builds for the city. **restructuring** 整合: many of them become few
//!   ([`restructuring`]).
//! * **balance statement** 资产负债表: assets, liabilities and net assets of one day ([`balance_statement`]). **rating** 信用评级 ([`rating`]).
//! * **bond** 债券 ([`bond`]). **financing** 融资: a borrowing that is no bond ([`financing`]). **guarantee** 担保 ([`guarantee`]).
//! * **asset** 资产: what is owned; **public-welfare asset** 公益性资产: it may be neither injected nor pledged ([`asset`]).
//! * **fund** 基金: **commitment** 认缴 is what a partner promised, **call** 缴款 what it is asked to pay of it, **investment** where the money went.
//! * **financing approval** 融资批复: money that a lender promised ([`financing_approval`]).
//! * **project** 项目: what is built, from the first thought to the end of its use ([`project`]). **status**: where it is, in the words of OC4IDS.
//! * **PPP** 政府和社会资本合作: private capital invests, builds and runs ([`ppp_contract`]); **return mechanism** 回报机制: who pays for it;
//!   **spending** 支出责任: what it costs the budget year by year ([`ppp_spending`]); **value for money** 物有所值; **comparator** PSC.
//! * **investment return** 投资报表: what was invested in a project in a period, as statistics count it ([`investment_return`]).
//! * **payment** 付款: money that moved, or is due, under one contract ([`payment`]).
//! * **fen**, **period**, **rate**: as in `kernel`.

pub mod asset;
pub mod balance_statement;
pub mod bond;
pub mod figures;
pub mod financing;
pub mod financing_approval;
pub mod fiscal_budget;
pub mod fund;
pub mod fund_call;
pub mod fund_commitment;
pub mod fund_investment;
pub mod guarantee;
pub mod investment_return;
pub mod open_contracting;
pub mod organisation;
pub mod payment;
pub mod ppp_contract;
pub mod ppp_spending;
pub mod project;
pub mod rating;
pub mod restructuring;
mod rules;
pub mod schedule;

/// Adds the registers of this part to those that the ledger keeps.
#[must_use]
pub fn nouns(nouns: ledger::Nouns) -> ledger::Nouns {
    nouns
        .with_described::<organisation::Organisation>()
        .with_described::<project::Project>()
        .with_described::<balance_statement::BalanceStatement>()
        .with_described::<rating::Rating>()
        .with_described::<restructuring::Restructuring>()
        .with_described::<guarantee::Guarantee>()
        .with_described::<bond::Bond>()
        .with_described::<financing::Financing>()
        .with_described::<asset::Asset>()
        .with_described::<fund::Fund>()
        .with_described::<fund_commitment::FundCommitment>()
        .with_described::<fund_call::FundCall>()
        .with_described::<fund_investment::FundInvestment>()
        .with_described::<financing_approval::FinancingApproval>()
        .with_described::<fiscal_budget::FiscalBudget>()
        .with_described::<ppp_contract::PppContract>()
        .with_described::<ppp_spending::PppSpending>()
        .with_described::<investment_return::InvestmentReturn>()
        .with_described::<payment::Payment>()
}
