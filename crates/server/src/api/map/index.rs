//! The layers of a city, laid out once for each generation of its view, and the tiles that were made of them.

use std::{collections::BTreeMap, sync::Arc};

use axum::body::Bytes;
use governance::{division::DivisionLevel, view::View};
use kernel::{code::CityCode, time::Moment};
use map::{
    geometry::{BoundingBox, Geometry},
    tile::{self, Feature, Layer, TileAddress, Value},
};
use parking_lot::{Mutex, RwLock};
use rustc_hash::FxHashMap;

/// The layers of every city, each with the zoom from which it is drawn.
pub(super) const LAYERS: [(&str, u8); 7] = [
    ("street", 6),
    ("community", 10),
    ("cell", 12),
    ("road", 9),
    ("water", 6),
    ("block", 12),
    ("landmark", 11),
];
/// Tiles that are remembered at the most, bytes of all cities together.
const REMEMBERED_BYTES_MAX: usize = 32 * 1024 * 1024;
/// What an entry of the memory takes beside its bytes, about.
const ENTRY_BYTES: usize = 128;

/// Something on the map.
struct Item {
    bounds: BoundingBox,
    geometry: Geometry,
    code: String,
    name: String,
    name_en: String,
    zoom_min: u8,
}

/// The layers of a city as they are until something changes.
struct Laid {
    generation: u64,
    until: Option<Moment>,
    layers: BTreeMap<String, Vec<Item>>,
}

impl Laid {
    fn of(view: &View, at: Moment) -> Self {
        let mut layers: BTreeMap<String, Vec<Item>> =
            LAYERS.iter().map(|(name, _)| ((*name).to_owned(), Vec::new())).collect();
        let mut add = |layer: &str, item: Option<Item>| {
            if let Some(item) = item {
                layers.entry(layer.to_owned()).or_default().push(item);
            }
        };
        for division in view.divisions_in_force(at) {
            let layer = match division.level {
                DivisionLevel::Street | DivisionLevel::Town => "street",
                DivisionLevel::Community | DivisionLevel::Village => "community",
            };
            let area = division.boundary.clone().map(Geometry::MultiPolygon);
            add(
                layer,
                area.and_then(|area| item(area, &division.code, &division.name, &division.name_en, 0)),
            );
        }
        for cell in view.cells_in_force(at) {
            add("cell", item(Geometry::MultiPolygon(cell.area.clone()), &cell.code, "", "", 0));
        }
        for feature in &view.features {
            let (code, name, name_en) = (&feature.code, &feature.name, &feature.name_en);
            add(&feature.layer, item(feature.geometry.clone(), code, name, name_en, feature.zoom_min));
        }
        Self { generation: view.generation, until: view.next_change(at), layers }
    }

    /// Changes with the layers: with the registers, and when something comes into force.
    fn tag(&self) -> String {
        format!("\"{:x}-{:x}\"", self.generation, self.until.map_or(0, Moment::millis))
    }

    fn stands(&self, view: &View, at: Moment) -> bool {
        self.generation == view.generation && self.until.is_none_or(|until| at < until)
    }
}

fn item(geometry: Geometry, code: &str, name: &str, name_en: &str, zoom_min: u8) -> Option<Item> {
    let bounds = geometry.bounds()?;
    let (code, name, name_en) = (code.to_owned(), name.to_owned(), name_en.to_owned());
    Some(Item { bounds, geometry, code, name, name_en, zoom_min })
}

/// City, layer, zoom, column, row.
type Key = (CityCode, String, u8, u32, u32);

#[derive(Default)]
struct Remembered {
    tiles: FxHashMap<Key, (u64, Bytes)>,
    bytes: usize,
}

/// The laid out layers of all cities, and the tiles made of them.
#[derive(Default)]
pub(crate) struct Tiles {
    laid: RwLock<FxHashMap<CityCode, Arc<Laid>>>,
    remembered: Mutex<Remembered>,
}

impl Tiles {
    /// A tile of a layer with the tag of the layers that it was made of; `None` where the city has no such layer.
    pub(super) fn tile(
        &self,
        view: &View,
        at: Moment,
        layer: &str,
        (zoom, column, row): (u8, u32, u32),
        address: TileAddress,
    ) -> Option<(String, Bytes)> {
        let laid = self.laid(view, at);
        let items = laid.layers.get(layer)?;
        let tag = laid.tag();
        if LAYERS.iter().any(|(name, zoom_min)| *name == layer && zoom < *zoom_min) {
            return Some((tag, Bytes::new()));
        }
        let key = (view.code, layer.to_owned(), zoom, column, row);
        if let Some((generation, bytes)) = self.remembered.lock().tiles.get(&key)
            && *generation == view.generation
        {
            return Some((tag, bytes.clone()));
        }
        let bytes = Bytes::from(encode(layer, items, zoom, address));
        self.remember(key, view.generation, bytes.clone());
        Some((tag, bytes))
    }

    fn laid(&self, view: &View, at: Moment) -> Arc<Laid> {
        if let Some(laid) = self.laid.read().get(&view.code)
            && laid.stands(view, at)
        {
            return Arc::clone(laid);
        }
        let laid = Arc::new(Laid::of(view, at));
        let mut all = self.laid.write();
        all.insert(view.code, Arc::clone(&laid));
        // What came into force makes other tiles within the same generation.
        let mut remembered = self.remembered.lock();
        remembered.tiles.retain(|(city, ..), _| *city != view.code);
        remembered.bytes = remembered.tiles.values().map(|(_, bytes)| bytes.len() + ENTRY_BYTES).sum();
        laid
    }

    fn remember(&self, key: Key, generation: u64, bytes: Bytes) {
        let size = bytes.len() + ENTRY_BYTES;
        let mut remembered = self.remembered.lock();
        if remembered.bytes + size > REMEMBERED_BYTES_MAX {
            // What is looked at comes back soon; the rest should not stay.
            remembered.tiles.clear();
            remembered.bytes = 0;
        }
        remembered.bytes += size;
        if let Some((_, old)) = remembered.tiles.insert(key, (generation, bytes)) {
            remembered.bytes -= old.len() + ENTRY_BYTES;
        }
    }
}

fn encode(layer: &str, items: &[Item], zoom: u8, address: TileAddress) -> Vec<u8> {
    let bounds = address.bounds();
    let met: Vec<&Item> =
        items.iter().filter(|item| item.zoom_min <= zoom && item.bounds.meets(&bounds)).collect();
    let attributes: Vec<Vec<(&str, Value<'_>)>> = met
        .iter()
        .map(|item| {
            [("code", &item.code), ("name", &item.name), ("name_en", &item.name_en)]
                .into_iter()
                .filter(|(_, text)| !text.is_empty())
                .map(|(name, text)| (name, Value::Text(text.as_str())))
                .collect()
        })
        .collect();
    let features: Vec<Feature<'_>> = met
        .iter()
        .zip(&attributes)
        .map(|(item, attributes)| Feature { id: None, geometry: &item.geometry, attributes })
        .collect();
    tile::encode(address, &[Layer { name: layer, features: &features }]).bytes
}
