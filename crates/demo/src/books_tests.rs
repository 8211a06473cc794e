//! Every figure that the source prints comes out of the books' rows (mission.md), and each opens to rows that add up to it.

mod agree;

use figures::{Ask, FigureError, Scope, Side, evaluate, evaluate_as_of, open, written};
use jiff::tz::TimeZone;
use kernel::code::CityCode;

use crate::{KAILI, books, ground, make_tests::fresh, settle::settle_for_books};

/// What the source prints for the first half of 2016 (mission.md).
const PRINTED: &[(&str, &str)] = &[
    ("planning.plans_merged", "230"),
    ("governance.sanitation_on_time", "100.00"),
    ("governance.social_organisations", "107"),
    ("governance.volunteer_teams", "27"),
    ("governance.volunteers", "41142"),
    ("control.arrival_minutes", "5"),
    ("planning.key_scenic_areas", "4"),
    ("planning.scenic_areas_under_construction", "15"),
    ("planning.national_titles", "17"),
    ("planning.provincial_zones", "2"),
    ("planning.specialised_parks", "9"),
    ("planning.firms_above_size", "50"),
    ("planning.startup_bases", "10"),
    ("planning.new_jobs", "14726"),
    ("planning.start_fund_a_town", "1000"),
    ("planning.provincial_demonstration_towns", "3"),
    ("planning.product_growth", "15.7"),
    ("land.transferred", "17000"),
    ("land.town_aggregated", "17000"),
    ("land.shanty_households", "20000"),
    ("finance.platforms_merged", "23"),
    ("finance.platforms_after", "4"),
    ("finance.platforms_rated_aa", "4"),
    ("finance.platform_assets", "498.65"),
    ("finance.platform_net_assets", "327.45"),
    ("finance.bonds_approved", "34"),
    ("finance.funds", "8"),
    ("finance.fund_pool", "315"),
    ("finance.approved", "137.79"),
    ("finance.approved_growth", "610.99"),
    ("finance.ppp_projects", "92"),
    ("finance.ppp_investment", "727.52"),
    ("finance.ppp_under_way", "48"),
    ("finance.ppp_private_capital", "280"),
    ("finance.invested", "133.15"),
    ("finance.invested_non_state_rate", "40.77"),
    ("services.parks_built", "26"),
    ("services.green_ratio_met_rate", "98.74"),
    ("services.traffic_invested", "7949"),
    ("services.sewage_treated_rate", "97.50"),
    ("services.waste_harmless_rate", "98.28"),
    ("services.parking_bonds_raised", "11"),
    ("services.schools_built", "190"),
    ("services.schools_built_private", "123"),
    ("services.hospitals_built_private", "5"),
    ("services.teacher_posts", "795"),
    ("services.health_posts", "96"),
];

#[test]
fn the_books_give_every_figure_of_the_source() {
    let (ledger, _kept) = fresh();
    let city = CityCode::new(KAILI).unwrap();
    let ground = ground(1).unwrap();
    let at = settle_for_books(&ledger, city, &ground);
    books::keep(&ledger, city, &ground, 1, at).unwrap();
    let zone = TimeZone::get("Asia/Shanghai").unwrap();
    let ask = Ask { city, zone, period: "2016-H1".parse().unwrap(), scope: Scope::City };
    let own = ledger.clone();
    let wrong = ledger
        .db()
        .read_blocking(move |tx| {
            agree::finance(tx, city);
            let head = ledger::head(tx, city)?.entries;
            let mut wrong = Vec::new();
            for figure in parts::figures().iter().copied().flatten() {
                let evaluated = evaluate(&own, tx, figure, &ask)?;
                let (mut part, mut whole, mut rows, mut after) = (0_i128, 0_i128, 0_u64, None);
                loop {
                    let page = open(&own, tx, figure, &ask, after, 1_000)?;
                    for row in &page.rows {
                        rows += 1;
                        match row.side {
                            Side::Part => part += i128::from(row.amount),
                            Side::Whole => whole += i128::from(row.amount),
                        }
                    }
                    after = page.next;
                    if after.is_none() {
                        break;
                    }
                }
                assert_eq!(
                    (part, whole, rows),
                    (evaluated.numerator, evaluated.denominator.unwrap_or(0), evaluated.rows),
                    "{}: its rows do not add up to it",
                    figure.code
                );
                let again = evaluate_as_of(&own, tx, figure, &ask, head)?;
                assert_eq!(again.certificate, evaluated.certificate, "{}", figure.code);
                let value = written(&evaluated)?.value;
                if let Some((_, printed)) = PRINTED.iter().find(|(code, _)| *code == figure.code)
                    && value.as_deref() != Some(*printed)
                {
                    wrong.push(format!("{}: {value:?}, the source prints {printed}", figure.code));
                }
            }
            Ok::<_, FigureError>(wrong)
        })
        .unwrap();
    assert!(wrong.is_empty(), "{wrong:#?}");
    for (code, _) in PRINTED {
        assert!(parts::figure(code).is_some(), "no figure {code}");
    }
}
