//! The linked quota (L1): what was lent for building, reclaimed, returned, left over and traded.

use jiff::civil::{Date, date};
use kernel::{
    area::{Area, AreaUnit},
    money::{FEN_PER_WAN_YUAN, Fen},
};
use land::quota_movement::{
    QuotaAccount::{
        self, Building, Expired, Higher, Reclaimed, Reserve, Resettlement, Surplus, Traded, Turnover,
    },
    QuotaMovement,
};

use crate::books::{Books, days::plus};

/// A tenth of a hectare.
const ARE: i64 = AreaUnit::Hectare.units() / 10;

/// The project areas: name, street or town, year, tenths of a hectare that were given.
const AREAS: [(&str, &str, i16, i64); 9] = [
    ("凯里市2012年第一批项目区", "炉山", 2012, 318),
    ("凯里市2013年第一批项目区", "旁海", 2013, 276),
    ("凯里市2013年第二批项目区", "三棵树", 2013, 194),
    ("凯里市2014年第一批项目区", "万潮", 2014, 352),
    ("凯里市2014年第二批项目区", "大风洞", 2014, 231),
    ("凯里市2015年第一批项目区", "湾水", 2015, 287),
    ("凯里市2015年第二批项目区", "龙场", 2015, 163),
    ("凯里市2015年易地扶贫搬迁项目区", "凯棠", 2015, 142),
    ("凯里市2016年第一批项目区", "碧波", 2016, 205),
];

/// One movement of a project area.
struct Movement<'m> {
    area: &'m str,
    division: &'m str,
    sequence: usize,
    number: usize,
}

pub(super) fn enter(books: &mut Books<'_>) {
    for (number, (name, stem, year, given)) in AREAS.into_iter().enumerate() {
        let quarter = books.drawn.quarter_named(stem);
        let mut own = Movement { area: name, division: &quarter.code, sequence: 0, number: number + 1 };
        let given_on = books.drawn.office_day(date(year, 2, 1)..=date(year, 4, 28));
        own.enter(books, (Higher, Turnover), given_on, given, None);
        let mut left = given;
        let mut borrowed = Vec::new();
        for _ in 0..3 {
            let part = left * books.drawn.whole(22..=38) / 100;
            let on = books.drawn.after(given_on, 40..=420);
            if on < date(2016, 6, 30) && part > 0 {
                left -= part;
                let key = own.enter(books, (Turnover, Building), on, part, None);
                borrowed.push((key, on, part));
            }
        }
        for (key, on, part) in &borrowed {
            let back = books.drawn.after(*on, 300..=700);
            if back >= date(2016, 6, 30) {
                continue;
            }
            // What the village's own resettlement and reserve need is reclaimed as well.
            own.enter(books, (Reclaimed, Turnover), back, *part, Some(key));
            let home = part * books.drawn.whole(12..=22) / 100 + 1;
            own.enter(books, (Reclaimed, Resettlement), back, home, None);
            own.enter(books, (Reclaimed, Reserve), back, part * 5 / 100 + 1, None);
            let over = part * books.drawn.whole(20..=45) / 100 + 1;
            own.enter(books, (Reclaimed, Surplus), back, over, None);
            let sold = books.drawn.after(back, 25..=120);
            if sold < date(2016, 6, 30) && books.drawn.dice.permille(700) {
                own.enter(books, (Surplus, Traded), sold, over, None);
            }
        }
        if year == 2012 {
            own.enter(books, (Turnover, Expired), date(2015, 5, 29), left, None);
        }
    }
}

impl Movement<'_> {
    /// Enters a movement of so many tenths of a hectare; gives its key.
    fn enter(
        &mut self,
        books: &mut Books<'_>,
        (source, target): (QuotaAccount, QuotaAccount),
        moved_on: Date,
        tenths: i64,
        settles: Option<&String>,
    ) -> String {
        self.sequence += 1;
        let code = format!("ZB-{:02}-{:02}", self.number, self.sequence);
        let paddy = tenths * books.drawn.whole(15..=55) / 100;
        let capacity = books.drawn.count(4_200..=7_800) * u32::try_from(tenths).unwrap_or(1) / 10;
        let price = books.drawn.whole(118..=205) * tenths;
        let document = books.drawn.whole(12..=190);
        let plot = match (source, target) {
            (Turnover, Building) | (Reclaimed, Turnover) => {
                books.drawn.place_in(self.division).map(|middle| books.drawn.block(middle, 180.0, 120.0))
            }
            _ => None,
        };
        let borrowed = (source, target) == (Turnover, Building);
        books.enter(QuotaMovement {
            code: code.clone(),
            project_area: self.area.to_owned(),
            project: None,
            division: (target != Traded).then(|| self.division.to_owned()),
            source,
            target,
            moved_on,
            area: Area::from_units(tenths * ARE),
            paddy_area: Area::from_units(paddy * ARE),
            capacity,
            settles: settles.cloned(),
            due_on: borrowed.then(|| plus(moved_on, 1_080)),
            accepted_on: (source == Reclaimed).then(|| plus(moved_on, -16)),
            price: (target == Traded).then_some(Fen(price * FEN_PER_WAN_YUAN / 10)),
            document: format!("黔国土资函〔{}〕{document}号", moved_on.year()),
            plot,
            unit: "land_resources".to_owned(),
        });
        code
    }
}
