//! The columns of a handbook workbook and the headings by which they are known.

use crate::dictionary::fold;

/// A column that the importer understands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// 大类代码.
    MajorCode,
    /// 大类名称.
    MajorName,
    /// 小类代码: the minor digits or the whole code.
    MinorCode,
    /// 小类名称.
    MinorName,
    /// 处置单位.
    HandlingUnit,
    /// 主管部门.
    SupervisingUnit,
    /// 立案条件.
    Condition,
    /// 结案条件.
    Closing,
    /// 处置时限.
    Limit,
    /// 类别: component or matter, where the sheet's name does not say.
    Kind,
    /// 条件编号: the condition's id.
    Id,
    /// 立案条件英文.
    ConditionEn,
    /// 结案条件英文.
    ClosingEn,
    /// 处置时限A类: the limits in areas of class A.
    LimitA,
    /// 处置时限B类.
    LimitB,
    /// 处置时限C类.
    LimitC,
    /// 季节: `05-01~10-31`.
    Season,
    /// 优先级.
    Priority,
    /// 必备材料: `photo_before;photo_after`.
    Mandatory,
}

/// The nine columns in which every city holds its handbook (standards 4.3), in their order.
pub const NINE_COLUMNS: [Column; 9] = [
    Column::MajorCode,
    Column::MajorName,
    Column::MinorCode,
    Column::MinorName,
    Column::HandlingUnit,
    Column::SupervisingUnit,
    Column::Condition,
    Column::Closing,
    Column::Limit,
];

/// What this product adds behind the nine.
pub(super) const OWN_COLUMNS: [Column; 10] = [
    Column::Kind,
    Column::Id,
    Column::ConditionEn,
    Column::ClosingEn,
    Column::LimitA,
    Column::LimitB,
    Column::LimitC,
    Column::Season,
    Column::Priority,
    Column::Mandatory,
];

impl Column {
    /// The heading in Chinese.
    #[must_use]
    pub const fn heading(self) -> &'static str {
        match self {
            Self::MajorCode => "大类代码",
            Self::MajorName => "大类名称",
            Self::MinorCode => "小类代码",
            Self::MinorName => "小类名称",
            Self::HandlingUnit => "处置单位",
            Self::SupervisingUnit => "主管部门",
            Self::Condition => "立案条件",
            Self::Closing => "结案条件",
            Self::Limit => "处置时限",
            Self::Kind => "类别",
            Self::Id => "条件编号",
            Self::ConditionEn => "立案条件英文",
            Self::ClosingEn => "结案条件英文",
            Self::LimitA => "处置时限A类",
            Self::LimitB => "处置时限B类",
            Self::LimitC => "处置时限C类",
            Self::Season => "季节",
            Self::Priority => "优先级",
            Self::Mandatory => "必备材料",
        }
    }

    /// The heading in English, and other words seen for the column; lower case, without spaces and underscores.
    const fn other_headings(self) -> &'static [&'static str] {
        match self {
            Self::MajorCode => &["majorcode", "majorclasscode", "大类编码", "大类编号"],
            Self::MajorName => &["majorname", "majorclass", "大类"],
            Self::MinorCode => &["minorcode", "minorclasscode", "classcode", "小类编码", "小类编号"],
            Self::MinorName => &["minorname", "minorclass", "classname", "小类"],
            Self::HandlingUnit => &["handlingunit", "handlingdepartment", "处置部门", "责任单位"],
            Self::SupervisingUnit => &["supervisingunit", "supervisingdepartment", "主管单位"],
            Self::Condition => &["condition", "filingcondition", "立案标准"],
            Self::Closing => &["closing", "closingcondition", "结案标准"],
            Self::Limit => &["limit", "timelimit", "handlinglimit", "处置期限", "时限"],
            Self::Kind => &["kind", "类型"],
            Self::Id => &["id", "conditionid"],
            Self::ConditionEn => &["conditionen", "立案条件(英文)"],
            Self::ClosingEn => &["closingen", "结案条件(英文)"],
            Self::LimitA => &["limita"],
            Self::LimitB => &["limitb"],
            Self::LimitC => &["limitc"],
            Self::Season => &["season", "适用季节"],
            Self::Priority => &["priority"],
            Self::Mandatory => &["mandatory", "mandatoryitems"],
        }
    }

    /// The column that a heading names.
    pub(super) fn of_heading(heading: &str) -> Option<Self> {
        let folded = fold(heading);
        let plain = folded.to_lowercase().replace('_', "");
        NINE_COLUMNS
            .into_iter()
            .chain(OWN_COLUMNS)
            .find(|column| column.heading() == folded || column.other_headings().contains(&plain.as_str()))
    }
}
