//! Rules that a row may have beyond the kinds of its fields, written so that they read as sentences.

use jiff::civil::Date;

use super::FieldFault;

/// Collects what is wrong with a row.
#[derive(Debug, Default)]
pub struct Faults(Vec<FieldFault>);

impl Faults {
    /// Nothing is wrong yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The field has a fault unless something holds.
    #[must_use]
    pub fn unless(mut self, holds: bool, field: &'static str, code: &'static str) -> Self {
        if !holds {
            self.0.push(FieldFault::new(field, code));
        }
        self
    }

    /// Dates that follow one another; those that are not known yet are passed over. Fault `dates_out_of_order` of each that lies before one
    /// that comes before it; one day may be both.
    #[must_use]
    pub fn in_order(mut self, dates: &[(&'static str, Option<Date>)]) -> Self {
        let mut latest = None;
        for (field, date) in dates {
            if date.is_some() && *date < latest {
                self.0.push(FieldFault::new(*field, "dates_out_of_order"));
            }
            latest = latest.max(*date);
        }
        self
    }

    /// The field must be filled where something holds: fault `value_missing_here`.
    #[must_use]
    pub fn needs(self, holds: bool, field: &'static str, filled: bool) -> Self {
        self.unless(!holds || filled, field, "value_missing_here")
    }

    /// A fault of a row of a small table.
    #[must_use]
    pub fn unless_in_row(
        mut self,
        holds: bool,
        table: &str,
        number: usize,
        field: &str,
        code: &'static str,
    ) -> Self {
        if !holds {
            self.0.push(FieldFault::new(format!("{table}.{number}.{field}"), code));
        }
        self
    }

    /// All that was found.
    #[must_use]
    pub fn found(self) -> Vec<FieldFault> {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_date_before_one_that_comes_before_it_is_named() {
        let day = |day| Some(date(2016, 3, day));
        let codes = |dates: &[(&'static str, Option<Date>)]| {
            Faults::new()
                .in_order(dates)
                .found()
                .into_iter()
                .map(|fault| fault.field.into_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(codes(&[("a", day(1)), ("b", None), ("c", day(1)), ("d", day(2))]), [""; 0]);
        assert_eq!(codes(&[("a", day(3)), ("b", None), ("c", day(2)), ("d", day(2))]), ["c", "d"]);
        assert_eq!(codes(&[("a", None), ("b", None)]), [""; 0]);
    }

    #[test]
    fn faults_stand_in_the_order_of_the_rules() {
        let found = Faults::new()
            .unless(true, "a", "x")
            .needs(false, "b", false)
            .needs(true, "c", false)
            .unless_in_row(false, "t", 2, "d", "y")
            .found();
        assert_eq!(found, [FieldFault::new("c", "value_missing_here"), FieldFault::new("t.2.d", "y")]);
    }
}
