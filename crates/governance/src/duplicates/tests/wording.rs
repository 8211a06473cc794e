//! Words: what is alike, what a number names, which street is meant.

use proptest::prelude::*;

use crate::duplicates::{Number, NumberKind, Words};

fn numbers(text: &str) -> Vec<(NumberKind, String)> {
    Words::of(text).numbers().iter().cloned().map(|Number { kind, text }| (kind, text)).collect()
}

#[test]
fn numbers_name_things_and_counts_do_not() {
    use NumberKind::{Building, Door, Thing};
    let vectors: [(&str, &[(NumberKind, &str)]); 18] = [
        ("12号路灯不亮", &[(Thing, "12")]),
        ("第１２号灯杆", &[(Thing, "12")]),
        ("十二号路灯", &[(Thing, "12")]),
        ("一百零八号井盖", &[(Thing, "108")]),
        ("110号树倒了", &[(Thing, "110")]),
        ("人民路12号", &[(Door, "12")]),
        ("人民路12号门口", &[(Door, "12")]),
        ("3号楼", &[(Building, "3")]),
        ("三栋二单元", &[(Building, "3")]),
        ("编号0854", &[(Thing, "854")]),
        ("灯杆号码 K-0123", &[(Thing, "k0123")]),
        ("LD045和ld-045", &[(Thing, "ld045")]),
        ("已经3天了，300米外", &[]),
        ("一下雨就积水", &[]),
        ("2026年3月4日", &[]),
        ("10000元", &[]),
        ("打***********找我", &[]),
        ("电话138****5678", &[]),
    ];
    for (text, expected) in vectors {
        let expected: Vec<_> = expected.iter().map(|(kind, text)| (*kind, (*text).to_owned())).collect();
        assert_eq!(numbers(text), expected, "{text}");
    }
}

#[test]
fn streets_are_taken_out_and_compared() {
    let agree = |a: &str, b: &str| Words::of(a).streets_agree(&Words::of(b));
    assert_eq!(agree("韶山南路路灯不亮", "在韶山南路上，灯坏了"), Some(true));
    assert_eq!(agree("韶山南路路灯不亮", "迎宾大道路灯不亮"), Some(false));
    assert_eq!(agree("马路边的路灯不亮", "韶山南路路灯不亮"), None, "马路 is no name");
    // The same thing in two streets is told in the same words but for the street.
    let (here, there) = (Words::of("韶山南路垃圾箱旁边很挤"), Words::of("迎宾大道垃圾箱旁边很挤"));
    assert_eq!(here.likeness(&there), here.likeness(&here));
    assert_eq!(
        Words::of_parts("路灯不亮", "凯里市永乐路120号").streets_agree(&Words::of("永乐路")),
        Some(true)
    );
}

#[test]
fn other_words_slips_and_order_stay_alike() {
    let likeness = |a: &str, b: &str| Words::of(a).likeness(&Words::of(b));
    let same = likeness("门口台阶旁边又倒了一地油漆桶", "油漆桶倒在门口台阶旁边");
    let slip = likeness("门口台阶旁边又倒了一地油漆桶", "门扣台阶旁边又到了一地油漆统");
    let other = likeness("门口台阶旁边又倒了一地油漆桶", "孔雀飞进教室里不肯走");
    assert!(same > 0.4 && slip > 0.3, "{same} {slip}");
    assert!(other < 0.1, "{other}");
    assert!(likeness("LED屏幕太亮", "led大屏晃眼") > likeness("LED屏幕太亮", "大屏晃眼"));
    assert_eq!(Words::of("您好，麻烦尽快处理，谢谢").likeness(&Words::of("希望有关部门解决")), 0.0);
    assert!(Words::of("您好，麻烦尽快处理，谢谢").is_empty());
}

#[test]
fn words_of_one_meaning_are_one_thing() {
    let things = |text: &str| Words::of(text).things().to_vec();
    assert!(!things("路灯").is_empty());
    assert_eq!(things("街灯"), things("路灯"));
    assert_eq!(things("下水道盖子"), things("窨井盖"), "the longest word goes first");
    assert_ne!(things("下水道"), things("窨井盖"));
    let faults = |text: &str| Words::of(text).faults().to_vec();
    assert_eq!(faults("路灯灭了"), faults("路灯不亮"));
    assert_ne!(faults("路灯灭了"), faults("路灯歪了"));
}

proptest! {
    #[test]
    fn likeness_is_a_share_and_the_same_both_ways(a in "\\PC{0,60}", b in "[路灯井盖垃圾桶坏了不亮倒满，号0-9a-z]{0,40}") {
        let (a, b) = (Words::of(&a), Words::of(&b));
        let likeness = a.likeness(&b);
        prop_assert!((0.0..=1.0).contains(&likeness));
        prop_assert_eq!(likeness, b.likeness(&a));
        if !b.is_empty() {
            prop_assert!(b.likeness(&b) >= b.likeness(&a));
        }
    }
}
