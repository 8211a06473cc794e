//! Tables of points, read straight into longitudes and latitudes.

use thiserror::Error;

use crate::{
    error::DocumentError,
    geojson::{FeatureFault, Position, check_position},
    table::{Row, RowFault, Sheet, SheetChoice, TableFile, TableOptions, TableReader},
};

/// Names of the two columns, in lower case, the likeliest first.
const COLUMN_NAMES: [(&str, &str); 9] = [
    ("longitude", "latitude"),
    ("lon", "lat"),
    ("lng", "lat"),
    ("long", "lat"),
    ("经度", "纬度"),
    ("x", "y"),
    ("x坐标", "y坐标"),
    ("point_x", "point_y"),
    ("lon_wgs84", "lat_wgs84"),
];

/// The columns of longitude and latitude among column names, in any mixture of cases.
#[must_use]
pub fn detect_columns(header: &[String]) -> Option<(usize, usize)> {
    let place = |name: &str| header.iter().position(|column| column.to_lowercase() == name);
    COLUMN_NAMES.iter().find_map(|(longitude, latitude)| Some((place(longitude)?, place(latitude)?)))
}

/// Why a row has no point.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum PointFault {
    /// The row itself is at fault.
    #[error(transparent)]
    Row(RowFault),
    /// One of the two cells is blank.
    #[error("longitude or latitude is missing")]
    Missing,
    /// One of the two is no number, or they can be no longitude and latitude.
    #[error(transparent)]
    Position(FeatureFault),
}

impl PointFault {
    /// The translation key.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Row(fault) => fault.code(),
            Self::Missing => "coordinates_missing",
            Self::Position(fault) => fault.code(),
        }
    }
}

/// Reads the points of a table, the first sheet of a workbook.
pub struct PointReader<'a> {
    table: TableReader<'a>,
    longitude: usize,
    latitude: usize,
}

impl<'a> PointReader<'a> {
    /// Finds the columns by their names.
    ///
    /// # Errors
    /// [`DocumentError::PointColumnsMissing`] where no pair of names fits, and those of [`TableFile::read`].
    pub fn new(file: &'a mut TableFile) -> Result<Self, DocumentError> {
        let table = file.read(&SheetChoice::Index(0), &TableOptions::default())?;
        let header = &table.sheet().header;
        let (longitude, latitude) = detect_columns(header)
            .ok_or_else(|| DocumentError::PointColumnsMissing { available: header.join(", ") })?;
        Ok(Self { table, longitude, latitude })
    }

    /// The sheet and its column names.
    #[must_use]
    pub const fn sheet(&self) -> &Sheet {
        self.table.sheet()
    }

    /// The next row and its point, `None` after the last.
    ///
    /// # Errors
    /// As [`TableReader::next_row`].
    #[expect(clippy::type_complexity, reason = "a row beside what came of its point")]
    pub fn next_point(&mut self) -> Result<Option<(Row<'_>, Result<Position, PointFault>)>, DocumentError> {
        let (longitude, latitude) = (self.longitude, self.latitude);
        Ok(self.table.next_row()?.map(|row| (row, point(&row, longitude, latitude))))
    }
}

fn point(row: &Row<'_>, longitude: usize, latitude: usize) -> Result<Position, PointFault> {
    if let Some(fault) = row.fault() {
        return Err(PointFault::Row(fault.clone()));
    }
    let (longitude, latitude) = (row.get(longitude).trim(), row.get(latitude).trim());
    if longitude.is_empty() || latitude.is_empty() {
        return Err(PointFault::Missing);
    }
    let number = |text: &str| text.parse::<f64>().map_err(|_| PointFault::Position(FeatureFault::NotANumber));
    let position = [number(longitude)?, number(latitude)?];
    check_position(position).map_err(PointFault::Position)?;
    Ok(position)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_found_by_name() {
        for (header, columns) in [
            ("id,lon,lat", Some((1, 2))),
            ("Latitude,Longitude", Some((1, 0))),
            ("编号,经度,纬度", Some((1, 2))),
            ("X,Y,name", Some((0, 1))),
            ("id,name", None),
        ] {
            let header: Vec<String> = header.split(',').map(str::to_owned).collect();
            assert_eq!(detect_columns(&header), columns, "{header:?}");
        }
    }

    #[test]
    fn each_row_gives_its_point_or_its_fault() {
        let text =
            "id,lon,lat\n1,107.98,26.58\n2,,26.58\n3,abc,26.58\n4,26.58,107.98\n5,1\n6,598000,2940000\n";
        let mut file = TableFile::from_bytes(text.into()).expect("opens");
        let mut reader = PointReader::new(&mut file).expect("columns");
        let mut found = Vec::new();
        while let Some((row, point)) = reader.next_point().expect("reads") {
            found.push((row.number(), point.map_err(|fault| fault.code())));
        }
        let expected = [
            (2, Ok([107.98, 26.58])),
            (3, Err("coordinates_missing")),
            (4, Err("coordinate_not_a_number")),
            (5, Err("coordinates_swapped")),
            (6, Err("row_ragged")),
            (7, Err("coordinates_projected")),
        ];
        assert_eq!(found, expected);
    }
}
