//! Lists of codes that are data with dates: industries, land uses, grades. A field with `list = "…"` takes its code from one.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A code of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ledger_derive::Register)]
#[register(
    name = "code",
    part = "city",
    zh = "代码",
    en = "Code",
    key(list, code),
    valid_from = "valid_from",
    valid_to = "valid_to"
)]
pub struct Code {
    /// Which list, by its name.
    #[field(zh = "代码表", en = "List", max = 40, find)]
    pub list: String,
    /// The code within the list.
    #[field(zh = "代码", en = "Code", max = 40, find)]
    pub code: String,
    /// What it means, in Chinese.
    #[field(zh = "含义", en = "Meaning", max = 100, search)]
    pub name_zh: String,
    /// In English; may be empty.
    #[field(zh = "英文含义", en = "Meaning in English", max = 100, optional, search)]
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name_en: String,
    /// The standard or paper that it comes from.
    #[field(zh = "依据", en = "Source", max = 200)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The first day on which it may be used.
    #[field(zh = "启用日期", en = "Valid from")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<Date>,
    /// The last day on which it may be used.
    #[field(zh = "停用日期", en = "Valid to")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<Date>,
}
