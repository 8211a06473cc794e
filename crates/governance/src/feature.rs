//! What the base map shows beside divisions and cells: roads, water, blocks, places by name. The city's own layers; no map service is needed.

use db::{Value, dialect::ColumnType};
use ledger::{FieldFault, Register};
use map::geometry::Geometry;
use serde::{Deserialize, Serialize};

/// Longest layer, code and name, characters.
pub const NAME_CHARS_MAX: usize = 100;

/// One thing on the base map.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Feature {
    /// Its layer: `road`, `water`, `block`, `landmark`, or a layer of the city's own.
    pub layer: String,
    /// Unique in its layer.
    pub code: String,
    /// The name; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// In English; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name_en: String,
    /// Where it is.
    pub geometry: Geometry,
    /// The zoom from which it is drawn.
    #[serde(default)]
    pub zoom_min: u8,
}

impl Register for Feature {
    const NAME: &'static str = "feature";
    const COLUMNS: &'static [(&'static str, ColumnType)] = &[("layer", ColumnType::Text)];
    const INDEXES: &'static [&'static [&'static str]] = &[&["layer"]];
    const WORDS: bool = true;

    fn key(&self) -> String {
        format!("{}/{}", self.layer, self.code)
    }

    fn validate(&self) -> Vec<FieldFault> {
        let mut faults = Vec::new();
        let word = |text: &str| {
            !text.is_empty()
                && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
        };
        if !word(&self.layer) {
            faults.push(FieldFault::new("layer", "layer_malformed"));
        }
        if self.code.is_empty() {
            faults.push(FieldFault::new("code", "value_missing"));
        }
        for (field, text) in
            [("layer", &self.layer), ("code", &self.code), ("name", &self.name), ("name_en", &self.name_en)]
        {
            if text.chars().count() > NAME_CHARS_MAX {
                faults.push(FieldFault::new(field, "value_too_long"));
            }
        }
        if self.zoom_min > map::tile::ZOOM_MAX {
            faults.push(FieldFault::new("zoom_min", "value_out_of_range"));
        }
        faults
    }

    fn columns(&self) -> Vec<Value<'_>> {
        vec![self.layer.as_str().into()]
    }

    fn words(&self) -> String {
        format!("{} {}", self.name, self.name_en)
    }
}
