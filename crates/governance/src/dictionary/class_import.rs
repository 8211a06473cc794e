//! Reading classes from a city's own table: columns `kind, code, name_zh` and, where there are, `name_en, local,
//! status` (`in_use` or `vacant`). The shipped data files have the same shape.

use super::{
    CLASS_NAME_CHARACTERS_MAX, CLASSES_MAX, Class, ClassKey, ClassKind, Dictionary, FieldFault, ImportReport,
    Table, table::cell,
};
use crate::error::GovernanceError;

const KIND: &[&str] = &["kind", "类别"];
const CODE: &[&str] = &["code", "小类代码"];
const NAME_ZH: &[&str] = &["name_zh", "小类名称"];
const NAME_EN: &[&str] = &["name_en", "小类英文名称"];
const LOCAL: &[&str] = &["local", "扩展类"];
const STATUS: &[&str] = &["status", "状态"];

/// What one row asks for.
enum Wish {
    Add(Class),
    Vacate(ClassKey),
    Nothing,
}

impl Dictionary {
    /// Adds the classes of a table (CSV or XLSX) to an edition. Good rows are taken, bad ones reported; a row that repeats what is
    /// there is counted as unchanged.
    ///
    /// # Errors
    /// `edition_unknown`; `table_unreadable` where the text is no table or misses a column. Then nothing is taken.
    pub fn import_classes(&mut self, edition: &str, bytes: &[u8]) -> Result<ImportReport, GovernanceError> {
        self.edition(edition)?;
        let table = Table::read(bytes)?;
        for names in [KIND, CODE, NAME_ZH] {
            table.required(names)?;
        }
        let mut report = ImportReport::default();
        for (row, fault) in &table.unreadable {
            report.refuse([fault.clone().at("", *row)]);
        }
        for (row, cells) in &table.rows {
            match self.wish(edition, &table, cells) {
                Ok(Wish::Nothing) => report.leave(),
                Ok(wish) => {
                    let done = match wish {
                        Wish::Add(class) => self.add_class(class),
                        Wish::Vacate(key) => self.keep_vacant(key),
                        Wish::Nothing => Ok(()),
                    };
                    match done {
                        Ok(()) => report.take(),
                        Err(error) => {
                            report.refuse([rule_fault(&error, cell(cells, table.column(CODE))).at("", *row)]);
                        }
                    }
                }
                Err(fault) => report.refuse([fault.at("", *row)]),
            }
        }
        Ok(report)
    }

    fn wish(&self, edition: &str, table: &Table, cells: &[String]) -> Result<Wish, FieldFault> {
        let text = |names: &[&str]| cell(cells, table.column(names)).trim();
        let Ok(rules) = self.edition(edition) else { return Ok(Wish::Nothing) };
        let kind = ClassKind::parse(text(KIND)).ok_or_else(|| {
            FieldFault::new(
                "kind",
                text(KIND),
                "kind_unknown",
                "neither a component nor a matter",
                "write component or matter (部件 or 事件)",
            )
        })?;
        let code = rules.canonical(text(CODE)).ok_or_else(|| {
            FieldFault::new(
                "code",
                text(CODE),
                "class_code_malformed",
                format!("not a class code of edition {edition}"),
                "write the whole code as the edition does, for example 06010 (2026) or 01-10 (2013)",
            )
        })?;
        let key = ClassKey::new(edition, kind, &code);
        match text(STATUS) {
            "" | "in_use" => {}
            "vacant" if self.vacant.contains(&key) => return Ok(Wish::Nothing),
            "vacant" => return Ok(Wish::Vacate(key)),
            other => {
                return Err(FieldFault::new(
                    "status",
                    other,
                    "class_status_unknown",
                    "the status is neither in_use nor vacant",
                    "write in_use or vacant, or leave the cell empty",
                ));
            }
        }
        let name = text(NAME_ZH);
        if name.is_empty() || name.chars().count() > CLASS_NAME_CHARACTERS_MAX {
            return Err(FieldFault::new(
                "name_zh",
                name,
                "class_name_malformed",
                format!("a class name has 1 to {CLASS_NAME_CHARACTERS_MAX} characters"),
                "give the class a short name",
            ));
        }
        let local = match text(LOCAL) {
            "" => rules.is_local_code(&code),
            "yes" | "true" | "是" => true,
            "no" | "false" | "否" => false,
            other => {
                return Err(FieldFault::new(
                    "local",
                    other,
                    "flag_malformed",
                    "neither yes nor no",
                    "write yes or no, or leave the cell empty",
                ));
            }
        };
        if self.classes.len() >= CLASSES_MAX {
            return Err(FieldFault::new(
                "code",
                &code,
                "classes_too_many",
                format!("the dictionary holds {CLASSES_MAX} classes at most"),
                "retire an edition that no case needs",
            ));
        }
        let class = Class {
            major: code.get(..2).unwrap_or_default().to_owned(),
            name_zh: name.to_owned(),
            name_en: text(NAME_EN).to_owned(),
            local,
            key,
        };
        match self.classes.get(&class.key) {
            Some(known)
                if *known == class || (known.name_zh == class.name_zh && class.name_en.is_empty()) =>
            {
                Ok(Wish::Nothing)
            }
            _ => Ok(Wish::Add(class)),
        }
    }
}

/// A refused class as a fault of its row.
pub(crate) fn rule_fault(error: &GovernanceError, code: &str) -> FieldFault {
    use kernel::error::Coded;
    let mend = match error {
        GovernanceError::ClassCodeTaken { .. } => "take the next free local code; codes are never reused",
        GovernanceError::LocalClassMalformed { .. } => {
            "count local codes down from the top of the range and end the name with the edition's suffix"
        }
        GovernanceError::MajorUnknown { .. } => "use a major class of the edition",
        _ => "compare the code with the edition's list",
    };
    FieldFault::new("code", code, error.code(), error.to_string(), mend)
}
