use kernel::clock::{Limit, LimitUnit};
use proptest::prelude::*;

use crate::handbook::{
    Comparison, Milestone, Quantity, SeasonSpan, parse_milestones, parse_thresholds, write_milestones,
};

fn steps(text: &str) -> Vec<(String, String)> {
    parse_milestones("处置时限", text)
        .unwrap()
        .into_iter()
        .map(|milestone| (milestone.name, milestone.limit.to_string()))
        .collect()
}

#[test]
fn limits_are_read_as_the_field_writes_them() {
    for (text, limit) in [
        ("2紧急工作时", "2紧急工作时"),
        ("4小时", "4工作时"),
        ("2天", "2工作日"),
        ("5工作日", "5工作日"),
        ("1紧急工作日", "1紧急工作日"),
        (" ２ 个工作日内", "2工作日"),
        ("15紧急分钟", "15紧急分钟"),
    ] {
        assert_eq!(steps(text), [("处置".to_owned(), limit.to_owned())], "{text}");
    }
    let staged = [("停工", "4工作时"), ("处罚", "7工作日"), ("拆除", "20工作日")]
        .map(|(name, limit)| (name.to_owned(), limit.to_owned()));
    for text in [
        "停工4工作时;处罚7工作日;拆除20工作日",
        "停工：4工作时；处罚：7工作日；\n拆除：20工作日",
        "停工4小时、处罚7天，拆除20天",
    ] {
        assert_eq!(steps(text), staged, "{text}");
    }
    let unnamed = [("第一阶段", "4工作时"), ("第二阶段", "7工作日")];
    assert_eq!(steps("4小时;7天"), unnamed.map(|(name, limit)| (name.to_owned(), limit.to_owned())));
}

#[test]
fn a_cell_that_is_no_limit_is_a_fault_with_its_value() {
    for (text, code, value) in [
        ("", "limit_missing", ""),
        (" ; ", "limit_missing", " ; "),
        ("立即", "limit_malformed", "立即"),
        ("1.5小时", "limit_malformed", "1.5小时"),
        ("0天", "limit_malformed", "0天"),
        ("4", "limit_malformed", "4"),
        ("4周", "limit_malformed", "4周"),
        ("停工4工作时;处罚", "limit_malformed", "处罚"),
        ("99999999999天", "limit_malformed", "99999999999天"),
        (
            "1天;1天;1天;1天;1天;1天;1天;1天;1天;1天;1天;1天;1天",
            "milestones_too_many",
            "1天;1天;1天;1天;1天;1天;1天;1天;1天;1天;1天;1天;1天",
        ),
    ] {
        let fault = parse_milestones("处置时限", text).unwrap_err();
        assert_eq!((fault.code, fault.value.as_str()), (code, value), "{text}");
        assert!(!fault.mend.is_empty());
    }
}

#[test]
fn thresholds_are_read_from_the_text() {
    let found = |text: &str| {
        parse_thresholds(text)
            .into_iter()
            .map(|threshold| (threshold.quantity, threshold.comparison, threshold.number, threshold.unit))
            .collect::<Vec<_>>()
    };
    let one = |quantity, comparison, number: &str, unit: &str| {
        (quantity, comparison, number.to_owned(), unit.to_owned())
    };
    use Comparison::{AtLeast, AtMost, LessThan, MoreThan};
    for (text, expected) in [
        ("井盖破损面积大于25平方厘米", one(Quantity::Area, MoreThan, "25", "平方厘米")),
        ("井圈下沉或凸起超过2厘米", one(Quantity::Offset, MoreThan, "2", "厘米")),
        ("路面破损面积≥0.5平方米", one(Quantity::Area, AtLeast, "0.5", "平方米")),
        ("高差达到 30 毫米", one(Quantity::Offset, AtLeast, "30", "毫米")),
        ("积水面积１００平方米以上", one(Quantity::Area, AtLeast, "100", "平方米")),
        ("小广告10张以下", one(Quantity::Count, AtMost, "10", "张")),
        ("面积不足1平方米", one(Quantity::Area, LessThan, "1", "平方米")),
        ("占用人行道宽度大于等于1.5米", one(Quantity::Width, AtLeast, "1.5", "米")),
        ("裂缝长度大于或等于3米", one(Quantity::Length, AtLeast, "3", "米")),
        ("杂草高度超过30厘米", one(Quantity::Height, MoreThan, "30", "厘米")),
        ("积水超过24小时", one(Quantity::Duration, MoreThan, "24", "小时")),
        ("不超过10立方米", one(Quantity::Volume, AtMost, "10", "立方米")),
        ("噪声超过55分贝", one(Quantity::SoundLevel, MoreThan, "55", "分贝")),
    ] {
        assert_eq!(found(text), [expected], "{text}");
    }
    assert_eq!(
        found("破损面积≥0.5平方米，或裂缝≥1平方米，或高差≥30毫米"),
        [
            one(Quantity::Area, AtLeast, "0.5", "平方米"),
            one(Quantity::Area, AtLeast, "1", "平方米"),
            one(Quantity::Offset, AtLeast, "30", "毫米"),
        ]
    );
    // A number without unit or comparison measures nothing.
    for text in ["井盖丢失", "110千伏线路", "22时至次日6时施工", "每100米路面", "3", "路面1.2.3平方米以上"]
    {
        assert_eq!(found(text), [], "{text}");
    }
}

#[test]
fn a_threshold_compares_as_its_word_says() {
    let met = |text: &str, measured: f64| parse_thresholds(text)[0].is_met_by(measured);
    assert!(met("面积≥0.5平方米", 0.5) && !met("面积≥0.5平方米", 0.49));
    assert!(!met("超过2厘米", 2.0) && met("超过2厘米", 2.1));
    assert!(met("不超过2厘米", 2.0) && !met("不超过2厘米", 2.1));
    assert!(!met("不足1米", 1.0) && met("不足1米", 0.9));
}

#[test]
fn two_bounds_of_one_quantity_are_a_range_and_alternatives_are_not() {
    let thresholds = parse_thresholds("渣土体积超过1立方米，不超过10立方米");
    assert_eq!(thresholds.len(), 1);
    let met = |measured| thresholds[0].is_met_by(measured);
    assert!(!met(1.0) && met(1.5) && met(10.0) && !met(10.5));
    assert_eq!(parse_thresholds("高度超过1米，不足2米").len(), 1);
    assert_eq!(parse_thresholds("间距大于3米或小于1米").len(), 2);
    assert_eq!(parse_thresholds("面积超过2平方米，高度不足1米").len(), 2);
}

#[test]
fn seasons_include_their_ends_and_may_cross_the_new_year() {
    let season: SeasonSpan = "11-01~03-15".parse().unwrap();
    let within = |text: &str| season.contains(text.parse().unwrap());
    assert!(within("2026-11-01") && within("2026-12-31") && within("2027-01-01") && within("2027-03-15"));
    assert!(!within("2026-10-31") && !within("2027-03-16"));
    let summer: SeasonSpan = "５月1日至9月30日".parse().unwrap();
    assert_eq!(summer.to_string(), "05-01~09-30");
    for text in ["", "夏季", "05-01", "13-01~01-01", "02-30~03-01"] {
        assert!(text.parse::<SeasonSpan>().is_err(), "{text}");
    }
}

proptest! {
    #[test]
    fn milestones_are_read_back_as_written(
        steps in prop::collection::vec(("[停工处罚拆除查明]{1,6}", 1_u32..999, 0_usize..5), 1..6)
    ) {
        const UNITS: [LimitUnit; 5] = [
            LimitUnit::UrgentMinute, LimitUnit::UrgentHour, LimitUnit::UrgentDay,
            LimitUnit::WorkingHour, LimitUnit::WorkingDay,
        ];
        let milestones: Vec<Milestone> = steps
            .into_iter()
            .map(|(name, value, unit)| Milestone { name, limit: Limit { value, unit: UNITS[unit] } })
            .collect();
        prop_assert_eq!(parse_milestones("处置时限", &write_milestones(&milestones)).unwrap(), milestones);
    }

    #[test]
    fn no_text_breaks_the_parsers(text in "[0-9０-９.天日时米平方≥以上超过;；~\\-停 紧急a-z]{0,40}") {
        // Whatever is read is acceptable when written again.
        if let Ok(milestones) = parse_milestones("处置时限", &text) {
            prop_assert_eq!(parse_milestones("处置时限", &write_milestones(&milestones)).unwrap(), milestones);
        }
        for threshold in parse_thresholds(&text) {
            prop_assert!(threshold.number.parse::<f64>().is_ok());
        }
        if let Ok(season) = text.parse::<SeasonSpan>() {
            prop_assert_eq!(season.to_string().parse::<SeasonSpan>().unwrap(), season);
        }
    }
}
