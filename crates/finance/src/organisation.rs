//! Organisations 单位: every firm, institution and body that is not a handling unit.

use jiff::civil::Date;
use kernel::{id::PersonId, money::Fen, shape::Point};
use ledger::{FieldFault, Register, register::Faults};
use serde::{Deserialize, Serialize};

ledger::choices! {
    /// What kind of organisation.
    OrganisationKind {
        /// A state company that finances and builds for the city.
        PlatformCompany = "platform_company" ("政府平台公司", "Platform company"),
        /// Any other firm.
        Enterprise = "enterprise" ("企业", "Enterprise"),
        /// A bank, trust, insurer, securities or leasing firm.
        FinancialInstitution = "financial_institution" ("金融机构", "Financial institution"),
        /// A firm that gives guarantees.
        GuaranteeCompany = "guarantee_company" ("融资担保公司", "Guarantee company"),
        /// A firm that manages funds.
        FundManager = "fund_manager" ("基金管理人", "Fund manager"),
        /// A credit rating agency.
        RatingAgency = "rating_agency" ("信用评级机构", "Rating agency"),
        /// A body of government.
        GovernmentBody = "government_body" ("机关", "Government body"),
        /// A school, hospital, institute of the public.
        PublicInstitution = "public_institution" ("事业单位", "Public institution"),
        /// An association, foundation or private non-enterprise unit.
        SocialOrganisation = "social_organisation" ("社会组织", "Social organisation"),
        /// A farmers' co-operative.
        Cooperative = "cooperative" ("农民专业合作社", "Farmers' co-operative"),
        /// The economic collective of a village or village group.
        VillageCollective = "village_collective" ("农村集体经济组织", "Village collective"),
        /// A person who trades.
        SoleTrader = "sole_trader" ("个体工商户", "Sole trader"),
    }
}

ledger::choices! {
    /// Who owns most of it.
    Ownership {
        /// The state.
        State = "state" ("国有", "State"),
        /// A collective.
        Collective = "collective" ("集体", "Collective"),
        /// Private persons.
        Private = "private" ("民营", "Private"),
        /// Foreign, Hong Kong, Macao or Taiwan investors.
        Foreign = "foreign" ("外商及港澳台投资", "Foreign"),
        /// Several, none of them with most of it.
        Mixed = "mixed" ("混合所有制", "Mixed"),
    }
}

/// A firm, institution or body. What any register needs to know of one stands here once (F1).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
#[register(
    name = "organisation",
    part = "finance",
    mission = "F1",
    zh = "单位名录",
    en = "Organisation",
    key(code),
    unit = "unit",
    valid_from = "founded_on",
    valid_to = "ended_on",
    check = "faults"
)]
pub struct Organisation {
    /// The unified social credit code of 18 characters (GB 32100); a shorter code of the city's own for who has none.
    #[field(zh = "统一社会信用代码", en = "Unified social credit code", max = 40)]
    pub code: String,
    /// The registered name.
    #[field(zh = "名称", en = "Name", max = 120, search)]
    pub name: String,
    /// The name in English; may be empty.
    #[field(zh = "英文名称", en = "English name", max = 120, optional, search)]
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name_en: String,
    /// What kind of organisation it is.
    #[field(zh = "类别", en = "Kind", find)]
    pub kind: OrganisationKind,
    /// Who owns most of it.
    #[field(zh = "所有制", en = "Ownership", find)]
    pub ownership: Ownership,
    /// The organisation that controls it; empty at the top of a group.
    #[field(zh = "控股单位", en = "Controlled by", refers = "organisation", find)]
    pub parent: Option<String>,
    /// The bureau that supervises it.
    #[field(zh = "主管单位", en = "Supervised by", refers = "unit", find)]
    pub unit: String,
    /// The industry by the code of GB/T 4754.
    #[field(zh = "行业代码", en = "Industry", list = "industry", max = 10, find)]
    pub industry: Option<String>,
    /// The registered capital.
    #[field(zh = "注册资本", en = "Registered capital", unit = "wan_yuan", find)]
    pub capital: Option<Fen>,
    /// The day of its founding.
    #[field(zh = "成立日期", en = "Founded on", find)]
    pub founded_on: Option<Date>,
    /// The last day on which it existed: it was merged, closed or struck off.
    #[field(zh = "注销日期", en = "Ended on", find)]
    pub ended_on: Option<Date>,
    /// The person who acts for it by law.
    #[field(zh = "法定代表人", en = "Legal representative")]
    pub representative: Option<PersonId>,
    /// Whom to call.
    #[field(zh = "联系人", en = "Contact")]
    pub contact: Option<PersonId>,
    /// The registered address.
    #[field(zh = "住所", en = "Address", max = 200, search)]
    pub address: Option<String>,
    /// Where it has its seat.
    #[field(zh = "位置", en = "Place")]
    pub place: Option<Point>,
}

fn faults(organisation: &Organisation) -> Vec<FieldFault> {
    let fits = organisation.code.chars().count() != CREDIT_CODE_CHARS || is_credit_code(&organisation.code);
    Faults::new()
        .unless(fits, "code", "credit_code_malformed")
        .unless(organisation.parent.as_ref() != Some(&organisation.code), "parent", "refers_to_itself")
        .in_order(&[("founded_on", organisation.founded_on), ("ended_on", organisation.ended_on)])
        .found()
}

/// Characters of a unified social credit code.
const CREDIT_CODE_CHARS: usize = 18;
/// The characters of a unified social credit code, in the order of their worth (GB 32100-2015, table 4).
const CREDIT_CODE_SIGNS: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

/// Whether a text is a unified social credit code: 18 of its characters, of which the last one checks the others (GB 32100-2015, 5.6).
#[must_use]
pub fn is_credit_code(text: &str) -> bool {
    let worth = |sign: u8| CREDIT_CODE_SIGNS.iter().position(|known| *known == sign);
    let worths: Option<Vec<usize>> = text.bytes().map(worth).collect();
    let Some(worths) = worths.filter(|worths| worths.len() == CREDIT_CODE_CHARS) else { return false };
    let modulus = CREDIT_CODE_SIGNS.len();
    // Weights are the powers of 3; with weight 1 for the last character the sum comes out even.
    let (sum, _) = worths[..CREDIT_CODE_CHARS - 1]
        .iter()
        .fold((0, 1), |(sum, weight), worth| ((sum + worth * weight) % modulus, weight * 3 % modulus));
    (sum + worths[CREDIT_CODE_CHARS - 1]) % modulus == 0
}

#[cfg(test)]
mod tests {
    use super::is_credit_code;

    #[test]
    fn the_last_character_checks_the_others() {
        assert!(is_credit_code("91350100M000100Y43"), "the example of GB 32100-2015");
        for wrong in [
            "91350100M000100Y44",
            "91350100M000100Y4",
            "91350100M000010Y43",
            "91350100m000100y43",
            "9135010OM000100Y43",
        ] {
            assert!(!is_credit_code(wrong), "{wrong}");
        }
    }
}
