//! The ground as rows of the city's registers.

use kernel::time::Moment;

use super::{Cell, Division, Feature, Unit};

impl Division {
    /// The row of the register `division`, in force from a moment.
    #[must_use]
    pub fn row(&self, valid_from: Option<Moment>) -> governance::division::Division {
        governance::division::Division {
            code: self.code.clone(),
            name: self.name_zh.clone(),
            name_en: self.name_en.clone(),
            level: self.level,
            parent: self.parent.clone(),
            boundary: Some(self.boundary.clone()),
            valid_from,
            valid_to: None,
        }
    }
}

impl Cell {
    /// The row of the register `cell` in an edition of the grid, in force from a moment.
    #[must_use]
    pub fn row(&self, edition: &str, valid_from: Option<Moment>) -> governance::cell::Cell {
        governance::cell::Cell {
            code: self.code.clone(),
            edition: edition.to_owned(),
            area: self.area.clone(),
            area_class: Some(self.area_class),
            unit: Some(self.unit.clone()),
            valid_from,
            valid_to: None,
        }
    }
}

impl Feature {
    /// The row of the register `feature`.
    #[must_use]
    pub fn row(&self) -> governance::feature::Feature {
        governance::feature::Feature {
            layer: self.layer.clone(),
            code: self.code.clone(),
            name: self.name_zh.clone(),
            name_en: self.name_en.clone(),
            geometry: self.geometry.clone(),
            zoom_min: self.zoom_min,
        }
    }
}

impl Unit {
    /// The row of the register `unit`.
    #[must_use]
    pub fn row(&self) -> governance::unit::Unit {
        governance::unit::Unit {
            code: self.code.clone(),
            name_zh: self.name_zh.clone(),
            name_en: self.name_en.clone(),
            kind: self.kind,
        }
    }
}
