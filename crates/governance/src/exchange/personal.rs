//! What tells of persons in a table: columns that are never taken in, and values that are masked.

use std::borrow::Cow;

use kernel::text::{PersonalKind, fold_width, mask_personal};

use super::words::plain;

/// Header words that stand for a person's data wherever they occur.
const PARTS: &[&str] = &[
    "telephone",
    "phone",
    "email",
    "idcard",
    "passport",
    "firstname",
    "lastname",
    "middlename",
    "surname",
    "fullname",
    "givenname",
    "reportername",
    "callername",
    "contactname",
    "contactperson",
    "customername",
    "requestername",
    "requestorname",
    "applicantname",
    "citizenname",
    "residentname",
    "complainant",
    "dateofbirth",
    "birthdate",
    "wechat",
    "电话",
    "手机",
    "联系方式",
    "邮箱",
    "电子邮件",
    "身份证",
    "证件号",
    "姓名",
    "联系人",
    "投诉人",
    "举报人",
    "反映人",
    "来电人",
    "诉求人",
    "报案人",
    "上报人",
    "申请人",
    "当事人",
    "来电号码",
    "主叫",
    "微信",
    "家庭住址",
    "家庭地址",
    "联系地址",
    "住址",
    "经办人",
    "承办人",
    "处理人",
    "受理人",
    "操作人",
    "操作员",
    "话务员",
    "接线员",
    "出生",
    "性别",
    "年龄",
];
/// Headers that stand for a person's data as a whole.
const WHOLE: &[&str] = &[
    "name",
    "mobile",
    "mobileno",
    "mobilenumber",
    "reporter",
    "caller",
    "contact",
    "customer",
    "ssn",
    "gender",
    "age",
    "qq",
];

/// The commonest surnames 姓.
const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常";

/// Whether a column's name says that it tells of persons.
pub(super) fn is_personal_header(header: &str) -> bool {
    let header = plain(header);
    WHOLE.contains(&header.as_str()) || PARTS.iter().any(|part| header.contains(part))
}

/// What a value is, by its look: a telephone or identity number, an e-mail address. Vehicle plates are masked where they stand, but make no
/// column one of persons.
pub(super) fn looks_personal(value: &str) -> bool {
    may_hold_personal(value)
        && mask_personal(value).found.iter().any(|kind| *kind != PersonalKind::VehiclePlate)
}

/// Whether a value looks like the name of a person in Chinese: two or three characters that begin with a common surname.
pub(super) fn looks_like_a_name(value: &str) -> bool {
    let mut characters = value.trim().chars();
    let surname = characters.next().is_some_and(|first| SURNAMES.contains(first));
    let rest = characters.as_str();
    surname && (1..=2).contains(&rest.chars().count()) && rest.chars().all(kernel::text::is_han)
}

/// A value without what identifies a person, and whether there was any.
pub(super) fn masked(value: &str) -> (Cow<'_, str>, bool) {
    if !may_hold_personal(value) {
        return (Cow::Borrowed(value), false);
    }
    let masked = mask_personal(value);
    if masked.found.is_empty() { (Cow::Borrowed(value), false) } else { (Cow::Owned(masked.text), true) }
}

/// A value as it may be shown in a remark or an example.
pub(super) fn shown(value: &str, characters_max: usize) -> String {
    masked(value).0.chars().take(characters_max).collect()
}

/// Whether it is worth looking closer: the shortest shape has ten digits or an `@`; a plate begins with a character of its province.
fn may_hold_personal(value: &str) -> bool {
    if value.is_ascii() {
        return value.bytes().filter(u8::is_ascii_digit).count() >= 10 || value.contains('@');
    }
    value.chars().map(fold_width).any(|character| character.is_ascii_digit() || character == '@')
}
