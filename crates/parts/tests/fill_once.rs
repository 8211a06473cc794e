//! Nobody is asked twice for the same thing: what one register knows, others refer to.

use std::{collections::BTreeSet, mem::discriminant};

use ledger::register::{Description, FieldDescription, Kind};

/// Titles that several registers have and that mean another thing in each of them, with the reason. Days, moments, periods, people, files and
/// codes of lists are not looked at: a day says when something happened to this thing and no other, the rest is kept elsewhere already.
const OWN: &[(&str, &[&str])] = &[
    (
        "the code, number and name by which this row is known",
        &["编码", "编号", "名称", "英文名称", "合同编号", "批准文号", "批复文号"],
    ),
    (
        "where this thing lies and how large it is",
        &[
            "位置",
            "范围",
            "线位",
            "地址",
            "道路",
            "长度",
            "面积",
            "用地面积",
            "规划面积",
            "合同面积",
            "入股土地面积",
        ],
    ),
    (
        "what this contract, building, body or work is about, costs and brings; each has an own one",
        &[
            "金额",
            "合同金额",
            "到位金额",
            "投资额",
            "总投资",
            "完成投资",
            "每亩年租金",
            "建设性质",
            "还本付息计划",
            "产品",
            "批准机关",
        ],
    ),
    ("what is said of this row in words", &["备注", "事由", "依据"]),
    ("who took part in this one, or is on duty at this post", &["参加人数", "在岗人数"]),
    ("how far this one has come, and who recognised it at which level", &["建设状态", "级别"]),
    ("households of this village or this residential area", &["户数"]),
    ("households of villages and of shanty towns are not the same families", &["家庭人口"]),
    ("the reference of a case, which is no register", &["关联案卷"]),
];

/// What a row says again of what it refers to, as rows are counted and summed by it: pairs of register and title.
const COUNTED_BY: &[(&str, &str)] = &[
    ("concession_volume", "单价"),
    ("concession_volume", "类别"),
    ("green_obligation", "规定绿地率"),
    ("meter_reading", "能源种类"),
    ("meter_reading", "计量分项"),
    ("pipe_segment", "管网类别"),
    ("volunteer_activity", "服务领域"),
];

/// Whether a field asks for something, where others might ask for the same.
fn asks(field: &FieldDescription) -> bool {
    let kept_elsewhere = field.refers.is_some() || field.list.is_some();
    let of_this_row =
        matches!(field.kind, Kind::Date | Kind::Moment | Kind::Period | Kind::Person | Kind::File);
    !kept_elsewhere && !of_this_row
}

fn same(a: &FieldDescription, b: &FieldDescription) -> bool {
    match (a.kind, b.kind) {
        (Kind::Choice { choices: a_choices }, Kind::Choice { choices: b_choices }) => {
            a.title.zh == b.title.zh && a_choices == b_choices
        }
        (a_kind, b_kind) => a.title.zh == b.title.zh && discriminant(&a_kind) == discriminant(&b_kind),
    }
}

fn refers(from: &Description, to: &Description) -> bool {
    from.fields.iter().any(|field| field.refers == Some(to.name))
}

fn described() -> Vec<&'static Description> {
    parts::nouns().registers().iter().map(|register| register.description()).collect()
}

/// Each pair of registers that ask for the same, with the title.
fn twice() -> Vec<(&'static Description, &'static Description, &'static str)> {
    let described = described();
    let mut twice = Vec::new();
    for (number, one) in described.iter().enumerate() {
        for other in &described[number + 1..] {
            for field in one.fields.iter().filter(|field| asks(field)) {
                if other.fields.iter().any(|theirs| asks(theirs) && same(field, theirs)) {
                    twice.push((*one, *other, field.title.zh));
                }
            }
        }
    }
    twice
}

#[test]
fn no_two_registers_ask_for_the_same() {
    let own: BTreeSet<&str> = OWN.iter().flat_map(|(_, titles)| titles.iter().copied()).collect();
    let mut needed = BTreeSet::new();
    let mut found = Vec::new();
    for (one, other, title) in twice() {
        if own.contains(title) {
            needed.insert(title);
        } else if !refers(one, other) && !refers(other, one) {
            found.push(format!(
                "{} and {} both ask for {title}: let one refer to the other",
                one.name, other.name
            ));
        }
    }
    assert!(found.is_empty(), "{found:#?}");
    let idle: Vec<&&str> = own.difference(&needed).collect();
    assert!(idle.is_empty(), "no longer asked for in several registers: {idle:?}");
}

#[test]
fn no_row_asks_again_for_what_it_refers_to() {
    let own: BTreeSet<&str> = OWN.iter().flat_map(|(_, titles)| titles.iter().copied()).collect();
    let mut needed = BTreeSet::new();
    let mut found = Vec::new();
    for (one, other, title) in twice().into_iter().filter(|(_, _, title)| !own.contains(title)) {
        for (from, to) in [(one, other), (other, one)].into_iter().filter(|(from, to)| refers(from, to)) {
            if COUNTED_BY.contains(&(from.name, title)) {
                needed.insert((from.name, title));
            } else {
                found.push(format!("{} refers to {} and asks again for {title}", from.name, to.name));
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
    let idle: Vec<_> = COUNTED_BY.iter().filter(|known| !needed.contains(*known)).collect();
    assert!(idle.is_empty(), "no longer asked for again: {idle:?}");
}
