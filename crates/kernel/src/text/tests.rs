use proptest::prelude::*;

use super::{PersonalKind::*, *};

/// Seventeen places and their check digit.
fn identity_number(places: &str) -> String {
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 =
        places.chars().zip(weights).map(|(place, weight)| place.to_digit(10).unwrap() * weight).sum();
    format!("{places}{}", ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'][sum as usize % 11])
}

#[track_caller]
fn check(text: &str, masked: &str, found: &[PersonalKind]) {
    let answer = mask_personal(text);
    assert_eq!((answer.text.as_str(), answer.found.as_slice()), (masked, found), "{text}");
}

#[track_caller]
fn stays(text: &str) {
    check(text, text, &[]);
}

#[test]
fn masks_mobile_numbers() {
    check("请打13812345678，谢谢", "请打***********，谢谢", &[Mobile]);
    check("电话：138 1234 5678。", "电话：*** **** ****。", &[Mobile]);
    check("138-1234-5678/19912345678", "***-****-****/***********", &[Mobile, Mobile]);
    check("手机１３８１２３４５６７８", "手机***********", &[Mobile]);
    check("１３８－１２３４－５６７８", "***－****－****", &[Mobile]);
    check("+86 13812345678", "+** ***********", &[Mobile]);
    check("8613812345678", "*************", &[Mobile]);
    check("0086-138-1234-5678", "****-***-****-****", &[Mobile]);
    check("微信wx13812345678", "微信wx***********", &[Mobile]);
    check("3号楼2单元 13812345678 王", "3号楼2单元 *********** 王", &[Mobile]);
    check("1 3 8 1 2 3 4 5 6 7 8", "* * * * * * * * * * *", &[Mobile]);
}

#[test]
fn masks_landlines_with_area_code() {
    check("0855-8222222", "****-*******", &[Landline]);
    check("（0855）8222222转", "（****）*******转", &[Landline]);
    check("（０８５５）８２２２２２２", "（****）*******", &[Landline]);
    check("010-87654321", "***-********", &[Landline]);
    check("021 8765 4321", "*** **** ****", &[Landline]);
    check("08558222222", "***********", &[Landline]);
    check("+86 855 8222222", "+** *** *******", &[Landline]);
}

#[test]
fn masks_identity_numbers() {
    let number = identity_number("52260119900307123");
    check(&format!("身份证{number}。"), &format!("身份证{}。", "*".repeat(18)), &[IdentityNumber]);
    // The published example of GB 11643 with check digit X.
    check("11010519491231002X", &"*".repeat(18), &[IdentityNumber]);
    check("11010519491231002x，", &format!("{}，", "*".repeat(18)), &[IdentityNumber]);
    check("110105 19491231 002X", "****** ******** ****", &[IdentityNumber]);
    check("１１０１０５１９４９１２３１００２Ｘ", &"*".repeat(18), &[IdentityNumber]);
    stays("110105194912310021");
    stays("110105194913310029");
}

#[test]
fn masks_mail_and_plates() {
    check("发到zhang.san@example.com。", "发到*****.***@*******.***。", &[Email]);
    check("ａ１＠ｅｘａｍｐｌｅ．ｃｏｍ", "**＠*******．***", &[Email]);
    check("贵H12345占道", "*******占道", &[VehiclePlate]);
    check("车牌：贵H·A1234、贵HD12345", "车牌：**·*****、********", &[VehiclePlate, VehiclePlate]);
    check("粤Z1234港", "*******", &[VehiclePlate]);
    check("贵Ｈ－１２３４５", "**－*****", &[VehiclePlate]);
}

#[test]
fn leaves_the_numbers_of_the_city() {
    stays("案卷2016030112");
    stays("单元网格522601001001001");
    stays("单元网格 522601 001 001 001");
    stays("部件52260101001000001");
    stays("部件号 13812345678901234");
    stays("路灯LD0855123、灯杆1381234567");
    stays("灯号1301-0004567");
    stays("2016-03-01 09:00至2016-03-05 18:00");
    stays("拨打12345或0855-12345");
    stays("北京西路138号1234室5678");
    stays("坐标107.9812345，26.5834567；135.12345678");
    stays("面积1380.12平方米，共13,812,345,678元");
    stays("新A座12楼、云B区");
    stays("@所有人 a@b");
    stays("");
}

#[test]
fn hits_stand_in_the_order_of_the_text() {
    check(
        "贵H12345车主13812345678，a@b.cn",
        "*******车主***********，*@*.**",
        &[VehiclePlate, Mobile, Email],
    );
}

#[test]
fn spaces_han_characters_apart() {
    let check = |text: &str, spaced: &str| assert_eq!(space_han(text), spaced);
    check("井盖", "井 盖");
    check("洗马河街道第12号", "洗 马 河 街 道 第 12 号");
    check("ＡＢＣ１２３路，Main St.", "abc123 路 main st");
    check("  “井盖”——坏了！ ", "井 盖 坏 了");
    check("𠀀𰀀〇々〡", "𠀀 𰀀 〇 々 〡");
    check("No.5-7", "no 5 7");
    check("", "");
    check("，。", "");
}

proptest! {
    #[test]
    fn masking_twice_finds_nothing_more(text in "[0-9０-９ ()+X贵HＡ@a.b\\-，号]{0,60}") {
        let once = mask_personal(&text);
        prop_assert_eq!(once.text.chars().count(), text.chars().count());
        prop_assert_eq!(&once, &Masked { found: once.found.clone(), ..mask_personal(&once.text) });
        prop_assert!(mask_personal(&once.text).found.is_empty());
    }

    #[test]
    fn every_mobile_number_is_masked_in_any_han_text(before in "[\\p{Han}，。：]{0,8}", number in "1[3-9][0-9]{9}", after in "[\\p{Han}，。]{0,8}") {
        let masked = mask_personal(&format!("{before}{number}{after}"));
        prop_assert_eq!(masked.found, vec![Mobile]);
        prop_assert!(!masked.text.contains(|c: char| c.is_ascii_digit()));
    }

    #[test]
    fn every_identity_number_is_masked(region in 110_000_u32..659_999, year in 1900_u32..2026, month in 1_u32..13, day in 1_u32..29, order in 0_u32..1_000) {
        let number = identity_number(&format!("{region}{year}{month:02}{day:02}{order:03}"));
        prop_assert_eq!(mask_personal(&number).found, vec![IdentityNumber]);
    }

    #[test]
    fn spacing_is_stable_and_keeps_containment(text in "[一-鿿㐀-䶿a-z0-9，Ａ ]{0,20}", query in "[一-鿿㐀-䶿]{1,3}") {
        let spaced = space_han(&text);
        prop_assert_eq!(&space_han(&spaced), &spaced);
        prop_assert!(!spaced.contains("  ") && !spaced.starts_with(' ') && !spaced.ends_with(' '));
        let found = format!(" {} ", space_han(&format!("{text}{query}"))).contains(&format!(" {} ", space_han(&query)));
        prop_assert!(found);
    }
}
