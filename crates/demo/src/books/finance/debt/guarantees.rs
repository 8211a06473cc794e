//! F4: guarantees of the policy guarantee company for small firms, farming and start-ups, and of one group for another.

use ::finance::{
    guarantee::{Guarantee, GuaranteeKind},
    investment_return::InvestorOwnership,
    organisation::OrganisationKind,
    project::ProjectSector,
};
use jiff::{
    ToSpan,
    civil::{Date, date},
};
use kernel::rate::Rate;

use super::super::{Books, Work, part, parties::Parties, wan};

const FARMERS: [&str; 9] = [
    "凯里市舟溪葡萄种植专业合作社",
    "凯里市大风洞蔬菜种植专业合作社",
    "凯里市龙场蓝莓种植专业合作社",
    "凯里市旁海稻田养鱼专业合作社",
    "凯里市湾水生态养猪专业合作社",
    "凯里市碧波金秋梨专业合作社",
    "凯里市凯棠香鸡养殖专业合作社",
    "凯里市万潮食用菌专业合作社",
    "凯里市三棵树茶叶专业合作社",
];
const STARTERS: [&str; 10] = [
    "凯里市苗家阿妹酸汤鱼馆",
    "凯里市巧手银饰工坊",
    "凯里市返乡青年电商服务部",
    "凯里市云端图文设计工作室",
    "凯里市指尖刺绣工作坊",
    "凯里市老街米粉店",
    "凯里市黔味干货行",
    "凯里市小蜜蜂家政服务部",
    "凯里市山里人家农家乐",
    "凯里市创客咖啡屋",
];
/// Guarantees for small firms, farmers and who starts.
const SMALL: usize = 84;
/// The day for which the books are made.
const TODAY: Date = date(2016, 6, 30);

/// Enters the guarantees; gives the number of the one that stands behind the car-park bond.
pub(super) fn enter(books: &mut Books<'_>, parties: &Parties, groups: &[String], works: &[Work]) -> String {
    let firms: Vec<String> = works
        .iter()
        .filter(|work| work.ownership == InvestorOwnership::NonState && work.sector == ProjectSector::Economy)
        .filter_map(|work| work.owner.clone())
        .collect();
    let farmers: Vec<String> =
        FARMERS.iter().map(|name| books.organisation(name, OrganisationKind::Cooperative)).collect();
    let starters: Vec<String> =
        STARTERS.iter().map(|name| books.organisation(name, OrganisationKind::SoleTrader)).collect();
    for number in 0..SMALL {
        let (kind, debtors, low, high) = match number % 7 {
            0..=3 => (GuaranteeKind::SmallFirm, &firms, 80, 780),
            4 | 5 => (GuaranteeKind::Farming, &farmers, 20, 210),
            _ => (GuaranteeKind::StartUp, &starters, 5, 30),
        };
        let Some(debtor) = books.drawn.dice.one_of(debtors).cloned() else { continue };
        let creditor = books.drawn.dice.one_of(&parties.banks).cloned();
        let begins_on = books.drawn.office_day(date(2014, 2, 10)..=date(2016, 6, 24));
        let ends_on = begins_on.checked_add(books.drawn.between(1, 2).years()).unwrap_or(begins_on);
        let amount = wan(books.drawn.between(low, high));
        let is_over = ends_on < TODAY;
        let has_failed = is_over && number % 13 == 3;
        let guarantee = Guarantee {
            code: format!("凯担〔{}〕{:03}号", begins_on.year(), number + 1),
            kind,
            guarantor: parties.guarantors[usize::from(number % 9 == 8)].clone(),
            debtor,
            creditor,
            amount,
            fee: Some(Rate(books.drawn.between(8, 20) * 1_000)),
            counter: (kind == GuaranteeKind::SmallFirm)
                .then(|| "厂房或设备抵押，实际控制人连带责任保证。".to_owned()),
            begins_on,
            ends_on,
            released_on: is_over.then_some(ends_on),
            paid: has_failed.then(|| part(amount, books.drawn.between(120, 640))),
            unit: "finance_office".to_owned(),
        };
        books.enter(guarantee);
    }
    between_groups(books, parties, groups)
}

fn between_groups(books: &mut Books<'_>, parties: &Parties, groups: &[String]) -> String {
    let rows = [
        ("凯清保〔2016〕01号", 0, 3, None, 65_000, date(2016, 1, 21), date(2026, 1, 21)),
        ("凯清保〔2015〕07号", 0, 2, Some(2), 24_000, date(2015, 8, 6), date(2023, 8, 6)),
        ("凯民保〔2016〕02号", 3, 1, Some(4), 11_500, date(2016, 5, 12), date(2021, 5, 12)),
        ("凯北保〔2012〕03号", 2, 0, Some(1), 18_000, date(2012, 9, 3), date(2015, 9, 3)),
    ];
    for (code, guarantor, debtor, bank, amount, begins_on, ends_on) in rows {
        books.enter(Guarantee {
            code: code.to_owned(),
            kind: GuaranteeKind::Platform,
            guarantor: groups[guarantor].clone(),
            debtor: groups[debtor].clone(),
            creditor: bank.map(|bank: usize| parties.banks[bank].clone()),
            amount: wan(amount),
            fee: None,
            counter: None,
            begins_on,
            ends_on,
            released_on: (ends_on < TODAY).then_some(ends_on),
            paid: None,
            unit: "finance_office".to_owned(),
        });
    }
    rows[0].0.to_owned()
}
