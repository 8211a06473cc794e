//! The types that a field of a register may have.

use db::{Value, dialect::ColumnType};
use jiff::civil::Date;
use kernel::{area::Area, money::Fen, period::Period, time::Moment};

use super::description::{Fields, Keep, Kind, TABLE_ROWS_MAX, TEXT_CHARS_MAX};

/// A type that a field may have.
pub trait FieldValue {
    /// What it may hold.
    const KIND: Kind;
    /// It may be empty.
    const OPTIONAL: bool = false;
    /// The type of the column that it is found by.
    const COLUMN: ColumnType = ColumnType::Text;

    /// The value of that column.
    fn column(&self) -> Value<'_>;
    /// As it stands in a key; empty for what no key can hold.
    fn key(&self) -> String {
        String::new()
    }
    /// Its text, for search.
    fn words(&self) -> String {
        self.key()
    }
    /// The rows that the rows inside of it name, where it is a table; `before` is where it stands.
    fn references(&self, _before: &str, _keep: &mut Keep<'_>) {}
    /// The moment that it is.
    fn moment(&self) -> Option<Moment> {
        None
    }
}

impl FieldValue for String {
    const KIND: Kind = Kind::Text { chars_max: TEXT_CHARS_MAX, lines: false };

    fn column(&self) -> Value<'_> {
        self.as_str().into()
    }

    fn key(&self) -> String {
        self.clone()
    }
}

impl FieldValue for i64 {
    const KIND: Kind = Kind::Integer { min: i64::MIN, max: i64::MAX, unit: None };
    const COLUMN: ColumnType = ColumnType::Int;

    fn column(&self) -> Value<'_> {
        (*self).into()
    }

    fn key(&self) -> String {
        self.to_string()
    }
}

impl FieldValue for u32 {
    const KIND: Kind = Kind::Integer { min: 0, max: Self::MAX as i64, unit: None };
    const COLUMN: ColumnType = ColumnType::Int;

    fn column(&self) -> Value<'_> {
        i64::from(*self).into()
    }

    fn key(&self) -> String {
        self.to_string()
    }
}

impl FieldValue for bool {
    const KIND: Kind = Kind::Truth;
    const COLUMN: ColumnType = ColumnType::Int;

    fn column(&self) -> Value<'_> {
        i64::from(*self).into()
    }
}

impl FieldValue for Fen {
    const KIND: Kind = Kind::Money;
    const COLUMN: ColumnType = ColumnType::Int;

    fn column(&self) -> Value<'_> {
        self.0.into()
    }
}

impl FieldValue for Area {
    const KIND: Kind = Kind::Area;
    const COLUMN: ColumnType = ColumnType::Int;

    fn column(&self) -> Value<'_> {
        self.units().into()
    }
}

impl FieldValue for Date {
    const KIND: Kind = Kind::Date;

    fn column(&self) -> Value<'_> {
        // Texts of days stand in the order of days.
        self.to_string().into()
    }

    fn key(&self) -> String {
        self.to_string()
    }
}

impl FieldValue for Moment {
    const KIND: Kind = Kind::Moment;
    const COLUMN: ColumnType = ColumnType::Int;

    fn column(&self) -> Value<'_> {
        self.millis().into()
    }

    fn moment(&self) -> Option<Moment> {
        Some(*self)
    }
}

impl FieldValue for Period {
    const KIND: Kind = Kind::Period;

    fn column(&self) -> Value<'_> {
        self.to_string().into()
    }

    fn key(&self) -> String {
        self.to_string()
    }
}

impl<T: FieldValue> FieldValue for Option<T> {
    const KIND: Kind = T::KIND;
    const OPTIONAL: bool = true;
    const COLUMN: ColumnType = T::COLUMN;

    fn column(&self) -> Value<'_> {
        self.as_ref().map_or(Value::Null, T::column)
    }

    fn key(&self) -> String {
        self.as_ref().map(T::key).unwrap_or_default()
    }

    fn words(&self) -> String {
        self.as_ref().map(T::words).unwrap_or_default()
    }

    fn references(&self, before: &str, keep: &mut Keep<'_>) {
        if let Some(value) = self {
            value.references(before, keep);
        }
    }

    fn moment(&self) -> Option<Moment> {
        self.as_ref().and_then(T::moment)
    }
}

impl<R: Fields> FieldValue for Vec<R> {
    const KIND: Kind = Kind::Rows { fields: R::FIELDS, rows_max: TABLE_ROWS_MAX };
    const OPTIONAL: bool = true;

    fn column(&self) -> Value<'_> {
        Value::Null
    }

    fn references(&self, before: &str, keep: &mut Keep<'_>) {
        for (number, row) in self.iter().enumerate() {
            row.references(&format!("{before}.{number}."), keep);
        }
    }
}

/// Declares the words that a field may have, each with what people call it:
///
/// ```
/// ledger::choices! {
///     /// What kind of unit.
///     UnitKind {
///         /// A bureau of the city.
///         Bureau = "bureau" ("委办局", "Bureau"),
///         /// A firm with a public task.
///         Firm = "firm" ("企业", "Firm"),
///     }
/// }
/// assert_eq!(UnitKind::Firm.name(), "firm");
/// ```
#[macro_export]
macro_rules! choices {
    ($(#[$doc:meta])* $type:ident {
        $($(#[$word_doc:meta])* $name:ident = $word:literal ($zh:literal, $en:literal)),+ $(,)?
    }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, ::serde::Serialize, ::serde::Deserialize)]
        pub enum $type {
            $($(#[$word_doc])* #[serde(rename = $word)] $name,)+
        }

        impl $type {
            /// All of them, in their order.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The word, as in JSON and in tables.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$name => $word,)+
                }
            }
        }

        impl $crate::register::FieldValue for $type {
            const KIND: $crate::register::Kind = $crate::register::Kind::Choice {
                choices: &[$($crate::register::Choice {
                    code: $word,
                    title: $crate::register::Title { zh: $zh, en: $en },
                }),+],
            };

            fn column(&self) -> $crate::register::Value<'_> {
                self.name().into()
            }

            fn key(&self) -> ::std::string::String {
                self.name().to_owned()
            }
        }
    };
}
