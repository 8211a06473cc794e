//! PPP projects 政府和社会资本合作: from the library to the hand-over.

use jiff::civil::Date;
use kernel::{
    money::Fen,
    rate::{MILLIONTHS, Rate},
};
use ledger::{FieldFault, Fields, Register, register::Faults};
use serde::{Deserialize, Serialize};

use crate::rules::{are_once, within};

ledger::choices! {
    /// Where a PPP project is: the five phases of 财金〔2014〕113号.
    PppPhase {
        /// It is proposed and tested.
        Identification = "identification" ("识别", "Identification"),
        /// Its scheme is made.
        Preparation = "preparation" ("准备", "Preparation"),
        /// A partner is sought.
        Procurement = "procurement" ("采购", "Procurement"),
        /// It is built and run: under way.
        Execution = "execution" ("执行", "Execution"),
        /// It is handed over.
        Transfer = "transfer" ("移交", "Transfer"),
    }
}

ledger::choices! {
    /// Who pays the partner: the return mechanism.
    ReturnMechanism {
        /// Those who use it.
        UserPays = "user_pays" ("使用者付费", "User pays"),
        /// Those who use it, and the government what is missing.
        ViabilityGap = "viability_gap" ("可行性缺口补助", "Viability gap funding"),
        /// The government.
        GovernmentPays = "government_pays" ("政府付费", "Government pays"),
    }
}

ledger::choices! {
    /// Who builds, owns and runs.
    OperationMode {
        /// Build, operate, transfer.
        Bot = "bot" ("BOT 建设—运营—移交", "Build-operate-transfer"),
        /// Build, own, operate.
        Boo = "boo" ("BOO 建设—拥有—运营", "Build-own-operate"),
        /// Transfer, operate, transfer.
        Tot = "tot" ("TOT 转让—运营—移交", "Transfer-operate-transfer"),
        /// Rehabilitate, operate, transfer.
        Rot = "rot" ("ROT 改建—运营—移交", "Rehabilitate-operate-transfer"),
        /// Operation and maintenance.
        OperationMaintenance = "operation_maintenance" ("O&M 委托运营", "Operation and maintenance"),
        /// Management contract.
        Management = "management" ("MC 管理合同", "Management contract"),
        /// A concession.
        Franchise = "franchise" ("特许经营", "Franchise"),
    }
}

ledger::choices! {
    /// How the partner was found.
    PppProcurement {
        /// Open tender.
        OpenTender = "open_tender" ("公开招标", "Open tender"),
        /// Tender among those invited.
        InvitedTender = "invited_tender" ("邀请招标", "Invited tender"),
        /// Competitive negotiation.
        Negotiation = "negotiation" ("竞争性谈判", "Competitive negotiation"),
        /// Competitive consultation.
        Consultation = "consultation" ("竞争性磋商", "Competitive consultation"),
        /// One supplier.
        SingleSource = "single_source" ("单一来源采购", "Single source"),
    }
}

ledger::choices! {
    /// Under which rules a project stands.
    PppRegime {
        /// Those of 2014 and after.
        Library = "library" ("2014年以来项目库", "Library of 2014 and after"),
        /// Franchises of 国办函〔2023〕115号.
        NewMechanism = "new_mechanism" ("2023年新机制", "New mechanism of 2023"),
    }
}

ledger::choices! {
    /// Who bears a risk.
    RiskBearer {
        /// The government.
        Government = "government" ("政府", "Government"),
        /// The partner.
        Private = "private" ("社会资本", "Private partner"),
        /// Both.
        Shared = "shared" ("共担", "Shared"),
    }
}

/// A risk and who bears it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Fields)]
pub struct Risk {
    /// What may happen.
    #[field(zh = "风险", en = "Risk", max = 100)]
    pub name: String,
    /// Who bears it.
    #[field(zh = "承担方", en = "Borne by")]
    pub borne_by: RiskBearer,
}

/// A supplement by which the contract was changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Fields)]
pub struct Supplement {
    /// The day from which it holds.
    #[field(zh = "生效日期", en = "In force from")]
    pub from: Date,
    /// What it changed: formula, term, price.
    #[field(zh = "变更内容", en = "What it changed", max = 500, lines)]
    pub about: String,
}

/// A project of the PPP library, with its contract when there is one: who invests, who pays, who bears which risk (F6; 财金〔2014〕113号, OCDS for PPPs).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Register)]
#[register(
    name = "ppp_contract",
    part = "finance",
    mission = "F6",
    zh = "PPP项目库",
    en = "PPP contract",
    key(code),
    unit = "unit",
    check = "faults"
)]
pub struct PppContract {
    /// The number in the PPP library.
    #[field(zh = "入库编号", en = "Code", max = 60)]
    pub code: String,
    /// The project.
    #[field(zh = "项目", en = "Project", refers = "project", find)]
    pub project: String,
    /// Where it is.
    #[field(zh = "阶段", en = "Phase", find)]
    pub phase: PppPhase,
    /// Under which rules it stands.
    #[field(zh = "适用政策", en = "Regime", find)]
    pub regime: PppRegime,
    /// Who pays the partner.
    #[field(zh = "回报机制", en = "Return mechanism", find)]
    pub return_mechanism: ReturnMechanism,
    /// Who builds, owns and runs.
    #[field(zh = "运作方式", en = "Operation mode", find)]
    pub mode: OperationMode,
    /// How the partner is found.
    #[field(zh = "采购方式", en = "Procurement", find)]
    pub procurement: Option<PppProcurement>,
    /// The day on which it came into the library.
    #[field(zh = "入库日期", en = "Listed on", find)]
    pub listed_on: Date,
    /// All that is invested.
    #[field(zh = "总投资", en = "Total investment", unit = "yi_yuan", min = 1, find)]
    pub investment: Fen,
    /// What of it is private capital.
    #[field(zh = "引入社会资本", en = "Private capital", unit = "yi_yuan", find)]
    pub private_capital: Fen,
    /// The bureau that carries it out.
    #[field(zh = "实施机构", en = "Implementing unit", refers = "unit", find)]
    pub unit: String,
    /// The private partner.
    #[field(zh = "社会资本方", en = "Private partner", refers = "organisation", find)]
    pub partner: Option<String>,
    /// The company of the project.
    #[field(zh = "项目公司", en = "Project company", refers = "organisation", find)]
    pub company: Option<String>,
    /// What of the company's shares the government holds.
    #[field(zh = "政府持股比例", en = "Government's share")]
    pub government_share: Option<Rate>,
    /// What of the company's shares the partner holds.
    #[field(zh = "社会资本持股比例", en = "Partner's share")]
    pub partner_share: Option<Rate>,
    /// The points of the qualitative test of value for money, of 100.
    #[field(zh = "物有所值定性评分", en = "Value-for-money points", min = 0, max = 100)]
    pub points: Option<i64>,
    /// What it would cost if the government built and ran it.
    #[field(zh = "公共部门比较值（PSC）", en = "Public sector comparator", unit = "wan_yuan", find)]
    pub comparator: Option<Fen>,
    /// What it costs the government as a PPP.
    #[field(zh = "PPP值", en = "PPP value", unit = "wan_yuan", find)]
    pub ppp_value: Option<Fen>,
    /// The day of signing.
    #[field(zh = "签约日期", en = "Signed on", find)]
    pub signed_on: Option<Date>,
    /// The first day of running.
    #[field(zh = "运营开始日期", en = "Runs from", find)]
    pub runs_from: Option<Date>,
    /// The last day of the contract.
    #[field(zh = "合作期届满", en = "Ends on", find)]
    pub ends_on: Option<Date>,
    /// The interest that the formula of payment reckons with.
    #[field(zh = "合理利润率", en = "Reasonable profit")]
    pub profit: Option<Rate>,
    /// What users pay, and how it is changed.
    #[field(zh = "价格及调价机制", en = "Tariff and its changes", max = 500, lines)]
    pub tariff: Option<String>,
    /// The risks and who bears them.
    #[field(zh = "风险分配", en = "Risks", max = 60)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub risks: Vec<Risk>,
    /// Supplements, from the oldest.
    #[field(zh = "补充协议", en = "Supplements", max = 60)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub supplements: Vec<Supplement>,
}

fn faults(ppp: &PppContract) -> Vec<FieldFault> {
    let is_signed = matches!(ppp.phase, PppPhase::Execution | PppPhase::Transfer);
    let is_tested = ppp.phase != PppPhase::Identification;
    let shares = ppp.government_share.zip(ppp.partner_share);
    let users_pay = ppp.return_mechanism == ReturnMechanism::UserPays;
    let faults = Faults::new()
        .unless(ppp.private_capital <= ppp.investment, "private_capital", "part_above_whole")
        .needs(is_signed, "signed_on", ppp.signed_on.is_some())
        .needs(ppp.signed_on.is_some(), "partner", ppp.partner.is_some())
        .needs(is_signed, "procurement", ppp.procurement.is_some())
        .needs(ppp.phase == PppPhase::Transfer, "ends_on", ppp.ends_on.is_some())
        .unless(
            shares.is_none_or(|(government, partner)| government.0 + partner.0 <= MILLIONTHS),
            "partner_share",
            "shares_above_whole",
        )
        .unless(!is_tested || within(ppp.ppp_value, ppp.comparator), "ppp_value", "ppp_above_comparator")
        .unless(ppp.regime != PppRegime::NewMechanism || users_pay, "return_mechanism", "ppp_users_must_pay")
        .unless(are_once(ppp.risks.iter().map(|risk| &risk.name)), "risks", "row_twice")
        .in_order(&[("signed_on", ppp.signed_on), ("runs_from", ppp.runs_from), ("ends_on", ppp.ends_on)]);
    let supplements = ppp.supplements.windows(2).enumerate();
    supplements
        .fold(faults, |faults, (number, pair)| {
            let rises = pair[0].from <= pair[1].from;
            faults.unless_in_row(rises, "supplements", number + 1, "from", "dates_out_of_order")
        })
        .found()
}
