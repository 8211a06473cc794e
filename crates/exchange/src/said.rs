//! Where in a file something is said of a field.

use ledger::register::{FieldDescription, FieldFault, Kind};
use serde_json::{Map, Value};

use crate::{Language, cell, read::Sheet, remark::Remark};

/// The field and value of a path: `owner`, `payments.2.payer`.
pub(crate) fn at_path<'r>(
    fields: &'static [FieldDescription],
    row: &'r Map<String, Value>,
    path: &str,
) -> (Option<&'static FieldDescription>, Option<&'r Value>) {
    let (name, rest) = path.split_once('.').map_or((path, None), |(name, rest)| (name, Some(rest)));
    let Some(field) = fields.iter().find(|field| field.name == name) else { return (None, row.get(name)) };
    match (field.kind, rest.and_then(|rest| rest.split_once('.'))) {
        (Kind::Rows { fields, .. }, Some((number, rest))) => {
            let rows = row.get(name).and_then(Value::as_array);
            let inner = number.parse::<usize>().ok().and_then(|number| rows?.get(number)?.as_object());
            match inner {
                Some(inner) => at_path(fields, inner, rest),
                None => (None, None),
            }
        }
        _ => (Some(field), row.get(name)),
    }
}

impl Sheet {
    /// What is to be said of a field of a row, with the place at which the file has it.
    pub(crate) fn remark(
        &self,
        row: u32,
        path: &str,
        value: &str,
        code: impl Into<std::borrow::Cow<'static, str>>,
        table_rows: &std::collections::BTreeMap<&'static str, Vec<u32>>,
    ) -> Remark {
        let mut parts = path.splitn(3, '.');
        let (table, number, nested) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
        if let (Some(number), Some(nested)) = (number, nested)
            && let Some(heading) = self.headings.get(&format!("{table}.{nested}"))
            && let Some(own) =
                number.parse::<usize>().ok().and_then(|number| table_rows.get(table)?.get(number))
        {
            return Remark::new(*own, &heading.text, value, code).at(
                heading.sheet,
                &heading.sheet_name,
                heading.place,
            );
        }
        match self.headings.get(table) {
            Some(heading) => Remark::new(row, &heading.text, value, code).at(
                heading.sheet,
                &heading.sheet_name,
                heading.place,
            ),
            None => Remark::new(row, path, value, code).at(self.place.sheet, &self.place.sheet_name, None),
        }
    }

    /// What is wrong with a field, with the value as a cell shows it.
    pub(crate) fn field_remark(
        &self,
        fields: &'static [FieldDescription],
        row: u32,
        fault: &FieldFault,
        values: &Map<String, Value>,
        table_rows: &std::collections::BTreeMap<&'static str, Vec<u32>>,
    ) -> Remark {
        let (field, value) = at_path(fields, values, &fault.field);
        let text = match (field, value) {
            (Some(field), _) if matches!(field.kind, Kind::Rows { .. }) => String::new(),
            (Some(field), value) => cell::shown(field.kind, Language::Chinese, value).text(),
            (None, Some(value)) => value.to_string(),
            (None, None) => String::new(),
        };
        self.remark(row, &fault.field, &text, fault.code, table_rows)
    }
}
