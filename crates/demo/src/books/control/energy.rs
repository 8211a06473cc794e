//! Energy of public buildings: buildings, meters, readings (G4).

use control::{
    energy_meter::{Carrier, EnergyMeter, MeteredUse},
    meter_reading::{MeterReading, ReadingSource},
    public_building::{BuildingUse, PublicBuilding},
};
use finance::organisation::OrganisationKind;
use jiff::civil::{Date, date};
use kernel::{
    area::{Area, UNITS_PER_SQUARE_METRE},
    decimal::Decimal,
    money::Fen,
    period::Period,
    shape::Point,
};

use super::super::{Books, drawn::days_on};
use crate::ground::LandmarkKind;

/// Public buildings that are no landmarks: name, use, the unit that answers, street.
const OTHERS: [(&str, BuildingUse, &str, &str); 16] = [
    ("凯里市图书馆", BuildingUse::Culture, "education", "522601002"),
    ("凯里市文化馆", BuildingUse::Culture, "education", "522601003"),
    ("凯里市民族博物馆", BuildingUse::Culture, "tourism", "522601004"),
    ("凯里市体育中心", BuildingUse::Sport, "education", "522601007"),
    ("凯里市全民健身馆", BuildingUse::Sport, "education", "522601008"),
    ("凯里市政务服务大厅", BuildingUse::Service, "government_office", "522601001"),
    ("凯里市不动产登记大厅", BuildingUse::Service, "land_resources", "522601002"),
    ("凯里市人力资源市场", BuildingUse::Service, "employment", "522601004"),
    ("凯里市农业科学研究所", BuildingUse::Science, "agriculture", "522601101"),
    ("凯里市公安局", BuildingUse::Office, "public_security", "522601001"),
    ("凯里市财政局", BuildingUse::Office, "finance", "522601002"),
    ("凯里市住房和城乡建设局", BuildingUse::Office, "housing", "522601003"),
    ("凯里市教育和科技局", BuildingUse::Office, "education", "522601002"),
    ("凯里市交通运输局", BuildingUse::Office, "transport", "522601004"),
    ("凯里市民政局", BuildingUse::Office, "civil_affairs", "522601003"),
    ("凯里市社会福利院", BuildingUse::Other, "civil_affairs", "522601009"),
];
/// Readings begin with January of this year and go on for so many months.
const FIRST_YEAR: i16 = 2015;
const MONTHS: i8 = 18;
/// How much of a month's usual energy goes in each month: winters are damp and cold, July is hot.
const SEASON: [i64; 12] = [132, 124, 106, 88, 84, 96, 112, 108, 92, 84, 96, 118];
/// Schools are empty in these months.
const HOLIDAYS: [usize; 3] = [1, 6, 7];
/// What was used in 2016 for each 1,000 of 2015.
const SAVED: (i64, i64) = (925, 1_005);

/// What a use needs: floor area least and most in hundreds of m², kWh and litres of water for each m² and month, people for each 1,000 m².
struct Need {
    area: (i64, i64),
    electricity: i64,
    water: i64,
    people: i64,
}

const fn need(building: BuildingUse) -> Need {
    let (area, electricity, water, people) = match building {
        BuildingUse::Education => ((40, 240), 16, 38, 120),
        BuildingUse::Health => ((30, 420), 80, 105, 55),
        BuildingUse::Culture => ((30, 90), 36, 30, 30),
        BuildingUse::Sport => ((60, 180), 28, 45, 25),
        BuildingUse::Science => ((20, 50), 30, 35, 28),
        BuildingUse::Service => ((15, 60), 52, 40, 60),
        BuildingUse::Office => ((18, 130), 44, 36, 42),
        BuildingUse::Other => ((30, 80), 30, 90, 50),
    };
    Need { area, electricity, water, people }
}

/// Standard coal of a unit of each carrier in 1/10,000 kgce (GB/T 2589-2008), and its price in fen for 100 units.
const fn factor(carrier: Carrier) -> (Option<i64>, i64) {
    match carrier {
        Carrier::Electricity => (Some(1_229), 5_580),
        Carrier::NaturalGas => (Some(13_300), 38_800),
        Carrier::LiquefiedGas => (Some(17_143), 62_000),
        Carrier::Coal => (Some(7_143), 7_600),
        Carrier::Petrol => (Some(14_714), 58_000),
        Carrier::Diesel => (Some(14_571), 54_000),
        Carrier::Heat => (Some(341), 700),
        Carrier::Water => (None, 34_000),
    }
}

/// A building on its way into the books.
struct Site {
    name: String,
    purpose: BuildingUse,
    unit: &'static str,
    street: String,
    place: Option<Point>,
    institution: OrganisationKind,
}

pub(super) fn enter(books: &mut Books<'_>) {
    for (number, site) in sites(books).into_iter().enumerate() {
        building(books, &site, number + 1);
    }
}

/// Schools, hospitals, offices of the ground, then those that are no landmarks. Kindergartens and health stations pay no bills of their own.
fn sites(books: &mut Books<'_>) -> Vec<Site> {
    let ground = books.drawn.ground;
    let small = ["委会", "幼儿园", "卫生服务站"];
    let mut sites: Vec<Site> = ground
        .landmarks
        .iter()
        .filter(|landmark| !small.iter().any(|ending| landmark.name_zh.ends_with(ending)))
        .filter_map(|landmark| {
            let (purpose, unit) = match landmark.kind {
                LandmarkKind::School => (BuildingUse::Education, "education"),
                LandmarkKind::Hospital => (BuildingUse::Health, "health"),
                LandmarkKind::Office if landmark.name_zh.ends_with("中心") => {
                    (BuildingUse::Service, "government_office")
                }
                LandmarkKind::Office => (BuildingUse::Office, "government_office"),
                _ => return None,
            };
            let name = match landmark.name_zh.strip_prefix('州') {
                Some(rest) => format!("黔东南州{rest}"),
                None => {
                    format!("凯里市{}", landmark.name_zh.trim_start_matches("凯里").trim_start_matches('市'))
                }
            };
            let institution = match purpose {
                BuildingUse::Office => OrganisationKind::GovernmentBody,
                _ => OrganisationKind::PublicInstitution,
            };
            Some(Site {
                name,
                purpose,
                unit,
                street: landmark.cell.get(..9).map(str::to_owned)?,
                place: Some(Point::new(landmark.position.lon, landmark.position.lat)),
                institution,
            })
        })
        .collect();
    for (name, purpose, unit, street) in OTHERS {
        let institution = match purpose {
            BuildingUse::Office => OrganisationKind::GovernmentBody,
            _ => OrganisationKind::PublicInstitution,
        };
        let place = books.drawn.place_in(street);
        sites.push(Site {
            name: name.to_owned(),
            purpose,
            unit,
            street: street.to_owned(),
            place,
            institution,
        });
    }
    sites
}

fn building(books: &mut Books<'_>, site: &Site, number: usize) {
    let need = need(site.purpose);
    let institution = books.organisation_with(&site.name, site.institution, |organisation| {
        site.unit.clone_into(&mut organisation.unit);
        organisation.place = site.place;
    });
    let drawn = &mut books.drawn;
    // Most are small: the lesser of two draws.
    let hundreds = drawn.whole(need.area.0..=need.area.1).min(drawn.whole(need.area.0..=need.area.1));
    let square_metres = hundreds * 100 + drawn.whole(0..=99);
    let people = (square_metres * need.people * drawn.whole(80..=120) / 100_000).max(4);
    let built_year = drawn.whole(1978..=2013);
    let is_renovated = built_year < 2005 && drawn.dice.permille(140);
    let sub_metered = square_metres > 6_000 && drawn.dice.permille(450);
    let code = format!("GJ-{number:03}");
    let row = PublicBuilding {
        code: code.clone(),
        name: match site.purpose {
            BuildingUse::Office => format!("{}办公楼", site.name),
            BuildingUse::Education => format!("{}校舍", site.name),
            _ => site.name.clone(),
        },
        purpose: site.purpose,
        institution,
        unit: site.unit.to_owned(),
        street: Some(site.street.clone()),
        place: site.place,
        floor_area: Area::from_units(square_metres * UNITS_PER_SQUARE_METRE),
        users: u32::try_from(people).ok(),
        built_year: Some(built_year),
        sub_metered,
        audited_on: books.drawn.dice.permille(220).then(|| date(2014, 11, 18)),
        renovated_on: is_renovated.then(|| books.drawn.office_day(date(2014, 9, 1)..=date(2016, 5, 31))),
        used_from: Some(date(i16::try_from(built_year).unwrap_or(2000), 9, 1)),
        used_until: None,
    };
    books.enter(row);
    let rural = site.street.as_str() >= "522601100";
    let kitchen = matches!(site.purpose, BuildingUse::Education | BuildingUse::Health | BuildingUse::Other);
    let electricity = square_metres * need.electricity / 10;
    let mut carriers =
        vec![(Carrier::Electricity, electricity), (Carrier::Water, square_metres * need.water / 1_000)];
    if kitchen && rural {
        carriers.push((Carrier::Coal, square_metres / 4));
    } else if kitchen {
        carriers.push((Carrier::NaturalGas, square_metres / 14));
    }
    let spare = is_renovated && books.drawn.dice.permille(700);
    for (carrier, monthly) in carriers {
        let meter = Metering {
            site,
            building: &code,
            carrier,
            metered_use: MeteredUse::Whole,
            monthly,
            saved: spare,
        };
        meter.enter(books, None);
        if carrier == Carrier::Electricity && sub_metered {
            let above = meter.code();
            for (metered_use, percent) in
                [(MeteredUse::Lighting, 46), (MeteredUse::Climate, 31), (MeteredUse::Power, 14)]
            {
                let sub = Metering { metered_use, monthly: monthly * percent / 100, ..meter };
                sub.enter(books, Some(above.clone()));
            }
        }
    }
}

/// A meter with what it counts in a usual month, in its carrier's unit.
#[derive(Clone, Copy)]
struct Metering<'a> {
    site: &'a Site,
    building: &'a str,
    carrier: Carrier,
    metered_use: MeteredUse,
    monthly: i64,
    saved: bool,
}

impl Metering<'_> {
    fn code(&self) -> String {
        let carrier = match self.carrier {
            Carrier::Electricity => "E",
            Carrier::Water => "W",
            Carrier::NaturalGas => "G",
            _ => "C",
        };
        let purpose = match self.metered_use {
            MeteredUse::Whole => "",
            MeteredUse::Lighting => "-1",
            MeteredUse::Climate => "-2",
            MeteredUse::Power => "-3",
            MeteredUse::Special => "-4",
        };
        format!("{}-{carrier}{purpose}", self.building)
    }

    fn enter(&self, books: &mut Books<'_>, above: Option<String>) {
        let drawn = &mut books.drawn;
        let multiplier = match self.carrier {
            Carrier::Electricity if self.monthly > 4_000 => drawn.pick(&[40, 60, 80]),
            Carrier::Electricity if self.monthly > 1_500 => drawn.pick(&[20, 30]),
            _ => 1,
        };
        let remote =
            self.carrier == Carrier::Electricity && (self.monthly > 3_000 || drawn.dice.permille(250));
        let meter = EnergyMeter {
            code: self.code(),
            serial: format!("{}{:08}", drawn.pick(&["10", "21", "33"]), drawn.whole(1_000_000..=99_999_999)),
            building: self.building.to_owned(),
            unit: self.site.unit.to_owned(),
            carrier: self.carrier,
            metered_use: self.metered_use,
            above,
            multiplier: Decimal(multiplier * 100),
            remote,
            verified_on: Some(drawn.office_day(date(2012, 3, 1)..=date(2014, 11, 28))),
            installed_on: drawn.office_day(date(2009, 1, 5)..=date(2012, 2, 28)),
            removed_on: None,
        };
        let mut shown = drawn.whole(40_000..=9_000_000);
        books.enter(meter);
        for number in 0..MONTHS {
            let first = date(FIRST_YEAR + i16::from(number / 12), number % 12 + 1, 1);
            self.read(books, first, multiplier, remote, &mut shown);
        }
    }

    fn read(&self, books: &mut Books<'_>, first: Date, multiplier: i64, remote: bool, shown: &mut i64) {
        let Ok(period) = Period::month_of(first) else { return };
        let drawn = &mut books.drawn;
        let month = usize::try_from(first.month() - 1).unwrap_or(0);
        let season = match self.carrier {
            Carrier::Electricity => SEASON[month],
            _ => 100,
        };
        let school = self.site.purpose == BuildingUse::Education && HOLIDAYS.contains(&month);
        let year = match (first.year() > 2015, self.saved) {
            (false, _) => 1_000,
            (true, false) => drawn.whole(SAVED.0..=SAVED.1),
            (true, true) => drawn.whole(SAVED.0 - 130..=SAVED.1 - 120),
        };
        let mut percent = season * drawn.whole(88..=112) / 100;
        if school {
            percent = percent * 45 / 100;
        }
        // What the meter shows, in hundredths; a closed month may show nothing.
        let difference = (self.monthly * percent * year / 1_000 / multiplier).max(0);
        let before = *shown;
        *shown += difference;
        let consumption = difference * multiplier;
        let (coal, price) = factor(self.carrier);
        let main = self.metered_use == MeteredUse::Whole;
        let row = MeterReading {
            meter: self.code(),
            period,
            building: self.building.to_owned(),
            unit: self.site.unit.to_owned(),
            carrier: self.carrier,
            metered_use: self.metered_use,
            read_on: days_on(period.last(), books.drawn.whole(-1..=0)),
            reading_before: Some(Decimal(before)),
            reading: Some(Decimal(*shown)),
            consumption: Decimal(consumption),
            standard_coal: coal.map(|coal| Decimal(consumption * coal / 10_000)),
            cost: main.then_some(Fen(consumption * price / 10_000)),
            source: if books.drawn.dice.permille(25) {
                ReadingSource::Estimate
            } else if remote {
                ReadingSource::Remote
            } else {
                books.drawn.pick(&[ReadingSource::Bill, ReadingSource::Bill, ReadingSource::Manual])
            },
        };
        books.enter(row);
    }
}
