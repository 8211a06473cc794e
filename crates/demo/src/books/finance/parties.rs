//! Who lends, rates, audits, guarantees and manages.

use ::finance::organisation::{OrganisationKind, Ownership};
use jiff::civil::date;

use super::{Books, wan};

/// The other side of the city's contracts, by the keys of their organisations.
pub(super) struct Parties {
    pub(super) policy_banks: Vec<String>,
    pub(super) banks: Vec<String>,
    pub(super) trusts: Vec<String>,
    pub(super) managers: Vec<String>,
    pub(super) lessors: Vec<String>,
    pub(super) securities: Vec<String>,
    pub(super) foreign: Vec<String>,
    pub(super) agencies: Vec<String>,
    pub(super) auditors: Vec<String>,
    pub(super) fund_managers: Vec<String>,
    pub(super) guarantors: Vec<String>,
    pub(super) province: String,
    pub(super) city: String,
}

const POLICY_BANKS: [&str; 3] =
    ["国家开发银行贵州省分行", "中国农业发展银行凯里支行", "中国进出口银行贵州省分行"];
const BANKS: [&str; 7] = [
    "中国工商银行凯里分行",
    "中国农业银行凯里分行",
    "中国建设银行凯里分行",
    "中国银行凯里分行",
    "贵州银行凯里支行",
    "贵阳银行凯里支行",
    "凯里农村商业银行",
];
const TRUSTS: [&str; 3] = ["黔岭信托有限责任公司", "江汇国际信托有限公司", "南海信托有限公司"];
const MANAGERS: [&str; 2] = ["筑信资产管理有限公司", "瑞丰证券资产管理有限公司"];
const LESSORS: [&str; 3] = ["黔金金融租赁有限公司", "海通达融资租赁有限公司", "远成国际租赁有限公司"];
const SECURITIES: [&str; 3] = ["黔城证券股份有限公司", "中岳证券股份有限公司", "国元达证券有限公司"];
const AGENCIES: [&str; 3] =
    ["东方诚信国际信用评级有限公司", "华衡资信评估有限公司", "新程国际信用评级有限公司"];
const AUDITORS: [&str; 2] = ["贵州黔诚会计师事务所", "中衡会计师事务所贵州分所"];
const FUND_MANAGERS: [&str; 4] = [
    "贵州苗岭股权投资基金管理有限公司",
    "黔兴新型城镇化基金管理有限公司",
    "清江产业基金管理有限公司",
    "国黔创业投资管理有限公司",
];

pub(super) fn enter(books: &mut Books<'_>) -> Parties {
    let mut those = |names: &[&str], kind: OrganisationKind| -> Vec<String> {
        names
            .iter()
            .map(|name| {
                let founded_on = books.drawn.office_day(date(1994, 3, 1)..=date(2006, 11, 30));
                let capital = wan(books.drawn.between(300, 9_000) * 10);
                books.organisation_with(name, kind, |organisation| {
                    organisation.founded_on = Some(founded_on);
                    organisation.capital = (kind != OrganisationKind::GovernmentBody).then_some(capital);
                    if matches!(kind, OrganisationKind::RatingAgency | OrganisationKind::Enterprise) {
                        organisation.ownership = Ownership::Private;
                    }
                })
            })
            .collect()
    };
    let banks = OrganisationKind::FinancialInstitution;
    let mut bodies =
        those(&["凯里市财政局（国库）", "黔东南州财政局", "贵州省财政厅"], OrganisationKind::GovernmentBody);
    let mut body = || bodies.pop().unwrap_or_default();
    let (province, _, city) = (body(), body(), body());
    let parties = Parties {
        policy_banks: those(&POLICY_BANKS, banks),
        banks: those(&BANKS, banks),
        trusts: those(&TRUSTS, banks),
        managers: those(&MANAGERS, banks),
        lessors: those(&LESSORS, banks),
        securities: those(&SECURITIES, banks),
        foreign: those(&["世界银行贷款贵州项目办公室"], OrganisationKind::GovernmentBody),
        agencies: those(&AGENCIES, OrganisationKind::RatingAgency),
        auditors: those(&AUDITORS, OrganisationKind::Enterprise),
        fund_managers: those(&FUND_MANAGERS, OrganisationKind::FundManager),
        guarantors: those(
            &["凯里市政策性融资担保有限责任公司", "黔东南州兴融融资担保有限公司"],
            OrganisationKind::GuaranteeCompany,
        ),
        province,
        city,
    };
    books.organisation_with(
        "凯里市惠民小额担保有限公司",
        OrganisationKind::GuaranteeCompany,
        |organisation| {
            organisation.founded_on = Some(date(2008, 5, 12));
            organisation.ended_on = Some(date(2015, 3, 31));
            organisation.capital = Some(wan(3_000));
        },
    );
    parties
}
