//! Where a city without cells takes reports.

use kernel::{code::CityCode, error::Coded as _, role::ActorId, time::Moment};
use ledger::{By, Ledger, LedgerError, Vault, VaultKey, register};
use map::geometry::{MultiPolygon, Polygon, Position, Ring};

use super::View;
use crate::city::City;

fn corner(lon: f64, lat: f64) -> Position {
    Position { lon, lat }
}

#[test]
fn a_border_without_cells_excludes_what_lies_beyond_it() {
    db::testing::on_each_engine(|db| {
        let city = CityCode::new(522_601).unwrap();
        let vault = Vault::new(&VaultKey::fresh().unwrap());
        let ledger = Ledger::open(db.clone(), crate::nouns(), vault, std::env::temp_dir()).unwrap();
        let ring = Ring::new(vec![corner(107.0, 26.0), corner(108.0, 26.0), corner(107.5, 27.0)]).unwrap();
        let border = MultiPolygon::from(Polygon { outer: ring, holes: Vec::new() });
        let at = Moment::parse_iso("2026-03-04T10:00:00+08:00").unwrap();
        let view = ledger
            .db()
            .write_blocking(move |tx| {
                let by = By { actor: ActorId::System, at };
                let row = City { boundary: Some(border), ..City::new("凯里", "Asia/Shanghai") };
                register::put(tx, city, row, None, &by)?;
                View::load(tx, city)
            })
            .unwrap();
        let place = view.place(corner(107.5, 26.2), "北门", at).unwrap();
        assert_eq!((place.cell, place.address.as_str()), (None, "北门"));
        let refused: LedgerError = view.place(corner(109.0, 26.2), "", at).unwrap_err();
        assert_eq!(refused.code(), "point_outside_border");
    })
    .unwrap();
}
