//! The types that a field of a register may have.

use db::{Value, dialect::ColumnType};
use jiff::civil::Date;
use kernel::{
    area::Area,
    decimal::Decimal,
    id::PersonId,
    money::Fen,
    period::Period,
    rate::{MILLIONTHS, Rate},
    shape::{Bounds, Line, Point, Surface},
    time::Moment,
};
use serde::{Deserialize, Serialize};

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
    /// The moment at which it begins: of a day, its midnight in China's one time zone (UTC+8), because a row's validity is the same wherever
    /// it is read.
    fn begins(&self) -> Option<Moment> {
        None
    }
    /// The moment at which it is over: of a day, the midnight after it.
    fn ends(&self) -> Option<Moment> {
        self.begins()
    }
    /// Whether it is a shape on the map.
    const SHAPE: bool = false;
    /// The box around it, where it is a shape.
    fn bounds(&self) -> Option<Bounds> {
        None
    }
}

/// The midnight with which a day begins, UTC+8.
fn midnight(day: Date) -> Option<Moment> {
    let zone = jiff::tz::TimeZone::fixed(jiff::tz::offset(8));
    Some(Moment::of_day(day, &zone))
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
    const KIND: Kind = Kind::Money { min: 0, unit: "yuan" };
    const COLUMN: ColumnType = ColumnType::Int;

    fn column(&self) -> Value<'_> {
        self.0.into()
    }
}

impl FieldValue for Area {
    const KIND: Kind = Kind::Area { min: 0, unit: "m2" };
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

    fn begins(&self) -> Option<Moment> {
        midnight(*self)
    }

    fn ends(&self) -> Option<Moment> {
        midnight(self.tomorrow().unwrap_or(*self))
    }
}

impl FieldValue for Moment {
    const KIND: Kind = Kind::Moment;
    const COLUMN: ColumnType = ColumnType::Int;

    fn column(&self) -> Value<'_> {
        self.millis().into()
    }

    fn begins(&self) -> Option<Moment> {
        Some(*self)
    }
}

impl<const D: u32> FieldValue for Decimal<D> {
    const KIND: Kind = Kind::Decimal { decimals: D, min: 0, max: i64::MAX, unit: None };
    const COLUMN: ColumnType = ColumnType::Int;

    fn column(&self) -> Value<'_> {
        self.0.into()
    }
}

impl FieldValue for Rate {
    const KIND: Kind = Kind::Rate { min: 0, max: MILLIONTHS };
    const COLUMN: ColumnType = ColumnType::Int;

    fn column(&self) -> Value<'_> {
        self.0.into()
    }
}

impl FieldValue for PersonId {
    const KIND: Kind = Kind::Person;

    fn column(&self) -> Value<'_> {
        self.to_string().into()
    }

    fn key(&self) -> String {
        self.to_string()
    }

    fn words(&self) -> String {
        String::new()
    }
}

/// A file that was added before: the hash of its content, by which attachments are found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct File(pub String);

impl FieldValue for File {
    const KIND: Kind = Kind::File;

    fn column(&self) -> Value<'_> {
        self.0.as_str().into()
    }
}

/// The shapes, each with its kind.
macro_rules! shapes {
    ($($type:ident),+) => {$(
        impl FieldValue for $type {
            const KIND: Kind = Kind::$type;
            const SHAPE: bool = true;

            fn column(&self) -> Value<'_> {
                Value::Null
            }

            fn bounds(&self) -> Option<Bounds> {
                $type::bounds(self)
            }
        }
    )+};
}

shapes!(Point, Line, Surface);

impl FieldValue for Period {
    const KIND: Kind = Kind::Period;

    fn column(&self) -> Value<'_> {
        self.to_string().into()
    }

    fn key(&self) -> String {
        self.to_string()
    }

    fn begins(&self) -> Option<Moment> {
        midnight(self.first())
    }

    fn ends(&self) -> Option<Moment> {
        self.last().ends()
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

    fn begins(&self) -> Option<Moment> {
        self.as_ref().and_then(T::begins)
    }

    fn ends(&self) -> Option<Moment> {
        self.as_ref().and_then(T::ends)
    }

    const SHAPE: bool = T::SHAPE;

    fn bounds(&self) -> Option<Bounds> {
        self.as_ref().and_then(T::bounds)
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
