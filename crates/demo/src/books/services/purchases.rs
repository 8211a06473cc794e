//! S8: services that bureaus buy for the public.

use jiff::civil::{Date, date};
use kernel::rate::Rate;
use services::service_purchase::{
    PurchaseMethod::{self, Consultation, InvitedTender, Negotiation, OpenTender, Quotation, SingleSource},
    PurchasedService::{self, Care, Education, Greening, Health, Other, Sanitation, Technical},
    ServicePurchase,
};

use super::{LAST, firm, wan};
use crate::books::{Books, days::term};

/// What is bought: name, service, bureau, supplier, method, signed, begins, years, amount in 万元.
type Bought =
    (&'static str, PurchasedService, &'static str, &'static str, PurchaseMethod, Date, Date, i64, i64);

#[rustfmt::skip]
const BOUGHT: [Bought; 20] = [
    ("2015年秋季幼儿园教师岗位服务", Education, "education", "凯里启航教育投资有限公司", OpenTender, date(2015, 8, 14), date(2015, 9, 1), 3, 4_620),
    ("2015年秋季中小学教师岗位服务", Education, "education", "贵州黔育教育管理有限公司", OpenTender, date(2015, 8, 19), date(2015, 9, 1), 3, 5_184),
    ("2016年春季教师岗位服务", Education, "education", "贵州博雅教育发展有限公司", OpenTender, date(2016, 2, 5), date(2016, 3, 1), 2, 2_316),
    ("2014年教师岗位服务", Education, "education", "凯里启航教育投资有限公司", Negotiation, date(2014, 8, 22), date(2014, 9, 1), 1, 612),
    ("基层医疗机构医务岗位服务", Health, "health", "凯里康宁医疗投资有限公司", OpenTender, date(2015, 12, 16), date(2016, 1, 1), 3, 1_548),
    ("社区卫生家庭医生签约服务", Health, "health", "凯里仁和医疗投资有限公司", Consultation, date(2016, 3, 11), date(2016, 4, 1), 1, 186),
    ("老城区清扫保洁作业", Sanitation, "city_management", "凯里洁美环卫服务有限公司", OpenTender, date(2014, 12, 12), date(2015, 1, 1), 3, 3_870),
    ("开怀新区清扫保洁作业", Sanitation, "city_management", "贵州净城环境服务有限公司", OpenTender, date(2016, 1, 15), date(2016, 2, 1), 3, 2_940),
    ("公厕管护服务", Sanitation, "sanitation", "凯里洁美环卫服务有限公司", Consultation, date(2016, 4, 8), date(2016, 5, 1), 1, 138),
    ("行道树和街头绿地养护", Greening, "landscaping", "凯里绿源园林绿化有限公司", OpenTender, date(2015, 3, 6), date(2015, 4, 1), 2, 764),
    ("公园广场绿化养护", Greening, "landscaping", "贵州苗乡园林工程有限公司", OpenTender, date(2016, 3, 4), date(2016, 4, 1), 2, 892),
    ("社区居家养老服务", Care, "civil_affairs", "凯里福寿养老服务有限公司", Consultation, date(2015, 5, 15), date(2015, 6, 1), 1, 96),
    ("社区居家养老服务（第二年）", Care, "civil_affairs", "凯里福寿养老服务有限公司", SingleSource, date(2016, 5, 20), date(2016, 6, 1), 1, 112),
    ("残疾人托养服务", Care, "civil_affairs", "凯里爱心助残服务中心有限公司", Quotation, date(2016, 2, 26), date(2016, 3, 1), 1, 48),
    ("社会工作岗位服务", Care, "civil_affairs", "凯里同行社会工作服务有限公司", Consultation, date(2015, 10, 16), date(2015, 11, 1), 2, 356),
    ("城区地下管线普查", Technical, "housing", "贵州黔图测绘有限公司", OpenTender, date(2015, 6, 10), date(2015, 7, 1), 1, 428),
    ("第三方环卫质量评估", Technical, "city_management", "贵州明鉴咨询有限公司", InvitedTender, date(2016, 1, 20), date(2016, 2, 1), 1, 62),
    ("“多规合一”数据整理", Technical, "planning", "贵州黔图测绘有限公司", InvitedTender, date(2015, 4, 24), date(2015, 5, 1), 1, 215),
    ("城市管理热线话务服务", Other, "city_management", "凯里行云信息技术有限公司", Consultation, date(2016, 5, 6), date(2016, 6, 1), 1, 168),
    ("公益电影放映服务", Other, "tourism", "凯里苗岭文化传媒有限公司", Quotation, date(2016, 1, 8), date(2016, 1, 15), 1, 36),
];

/// A purchase as posts know it.
pub(super) struct KeptPurchase {
    pub(super) code: String,
    pub(super) service: PurchasedService,
    pub(super) begins_on: Date,
    pub(super) ends_on: Date,
}

pub(super) fn enter(books: &mut Books<'_>) -> Vec<KeptPurchase> {
    BOUGHT.into_iter().enumerate().map(|(number, bought)| purchase(books, number + 1, bought)).collect()
}

fn purchase(
    books: &mut Books<'_>,
    number: usize,
    (name, service, unit, supplier, method, signed_on, begins_on, years, amount): Bought,
) -> KeptPurchase {
    let industry = match service {
        Education => "P82",
        Health | Care => "Q83",
        Sanitation | Greening => "N78",
        Technical => "M75",
        Other => "L72",
    };
    let supplier = firm(books, supplier, industry, unit);
    let ends_on = term(begins_on, years);
    let code = format!("KCG-{}-{number:02}", signed_on.year());
    // What has run for a year was evaluated.
    let evaluated_on = books.drawn.after(term(begins_on, 1), 12..=70);
    let is_evaluated = evaluated_on <= LAST;
    let score = Rate(books.drawn.whole(816..=968) * 1_000);
    books.enter(ServicePurchase {
        code: code.clone(),
        name: name.to_owned(),
        service,
        unit: unit.to_owned(),
        supplier,
        method,
        signed_on,
        amount: wan(amount),
        begins_on,
        ends_on,
        evaluation: is_evaluated.then_some(score),
        evaluated_on: is_evaluated.then_some(evaluated_on),
    });
    KeptPurchase { code, service, begins_on, ends_on }
}
