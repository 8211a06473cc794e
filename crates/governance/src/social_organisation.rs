//! Social organisations 社会组织 (G10).

use jiff::civil::Date;
use ledger::{FieldFault, Register};
use serde::{Deserialize, Serialize};

ledger::choices! {
    /// What kind in law (社会团体登记管理条例 and its two sisters).
    SocialOrganisationKind {
        /// An association.
        Association = "association" ("社会团体", "Association"),
        /// A social service agency, before 2016 called 民办非企业单位.
        ServiceAgency = "service_agency" ("社会服务机构（民办非企业单位）", "Social service agency"),
        /// A foundation.
        Foundation = "foundation" ("基金会", "Foundation"),
        /// Not registered by itself: put on file with a street or community.
        OnFile = "on_file" ("社区备案组织", "Community group on file"),
    }
}

ledger::choices! {
    /// What it does.
    SocialField {
        /// Care, help for those in need.
        Care = "care" ("社会福利与救助", "Welfare and relief"),
        /// Schools, training.
        Education = "education" ("教育培训", "Education"),
        /// Health.
        Health = "health" ("卫生健康", "Health"),
        /// Culture, sport.
        Culture = "culture" ("文化体育", "Culture and sport"),
        /// Environment, animals.
        Environment = "environment" ("生态环境", "Environment"),
        /// Business, trades.
        Business = "business" ("行业与商会", "Trade and business"),
        /// Farming.
        Farming = "farming" ("农业农村", "Farming"),
        /// Community, mediation, city management.
        Community = "community" ("社区治理与城市管理", "Community and city management"),
        /// Anything else.
        Other = "other" ("其他", "Other"),
    }
}

ledger::choices! {
    /// The grade of the last assessment 等级评估.
    SocialGrade {
        /// One A.
        A1 = "1a" ("1A", "1A"),
        /// Two A.
        A2 = "2a" ("2A", "2A"),
        /// Three A.
        A3 = "3a" ("3A", "3A"),
        /// Four A.
        A4 = "4a" ("4A", "4A"),
        /// Five A.
        A5 = "5a" ("5A", "5A"),
    }
}

/// A social organisation that helps to run the city (mission G10: 107 of them).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
#[register(
    name = "social_organisation",
    part = "governance",
    mission = "G10",
    zh = "社会组织",
    en = "Social organisation",
    key(organisation),
    unit = "unit",
    check = "faults"
)]
pub struct SocialOrganisation {
    /// The organisation that it is; its name, code and seat stand there.
    #[field(zh = "社会组织", en = "Social organisation", refers = "organisation", find)]
    pub organisation: String,
    /// What kind in law.
    #[field(zh = "类别", en = "Kind", find)]
    pub kind: SocialOrganisationKind,
    /// What it does.
    #[field(zh = "服务领域", en = "Field", find)]
    pub field: SocialField,
    /// The bureau that guides it 业务主管单位.
    #[field(zh = "业务主管单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
    /// The street or town of its seat.
    #[field(zh = "街道（镇）", en = "Street or town", refers = "division", find)]
    pub street: Option<String>,
    /// It takes part in running the city: patrols, mediation, care.
    #[field(zh = "参与城市管理", en = "Helps to run the city", find)]
    pub helps_city: bool,
    /// The grade of its last assessment.
    #[field(zh = "评估等级", en = "Grade", find)]
    pub grade: Option<SocialGrade>,
    /// People who work there for pay.
    #[field(zh = "专职人员数", en = "Staff", unit = "persons", max = 100_000, find)]
    pub staff: Option<u32>,
    /// The day of registration or filing.
    #[field(zh = "登记日期", en = "Registered on", find)]
    pub registered_on: Date,
    /// The day on which it was struck off.
    #[field(zh = "注销日期", en = "Deregistered on", find)]
    pub deregistered_on: Option<Date>,
}

fn faults(organisation: &SocialOrganisation) -> Vec<FieldFault> {
    let registered = Some(organisation.registered_on);
    crate::ends_before(registered, organisation.deregistered_on, "deregistered_on").into_iter().collect()
}
