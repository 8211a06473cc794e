//! Figures of plans, zones, scenery and titles (P1–P3).

use figures::{
    Figure, Filter, Measure, Rows, Unit, When,
    declare::{BY_UNIT, BY_UNIT_AND_STREET, HECTARES, figure, is, things, title},
};

const ADJUSTMENTS: Rows = Rows::of("plan_adjustment", When::Within("decided_on")).scoped(BY_UNIT);

const fn zone(filters: &'static [Filter]) -> Measure {
    let rows = Rows::of("functional_line", When::InForce { from: "begins_on", to: "ends_on" });
    Measure::Total(rows.that(filters).scoped(BY_UNIT_AND_STREET).sum("area"))
}

pub(super) const FIGURES: &[Figure] = &[
    figure(
        ("planning.plans_merged", "P1"),
        title("纳入一张图的规划", "Plans merged into one map"),
        title(
            "期末前已纳入一张图的规划的个数，已废止的也在内",
            "Plans that were merged into the one map by the end of the period, those since repealed among them",
        ),
        (
            things("个", "plans"),
            Measure::Total(
                Rows::of("plan", When::By("merged_on"))
                    .that(&[Filter::Filled("merged_on")])
                    .scoped(BY_UNIT)
                    .count(),
            ),
        ),
    ),
    figure(
        ("planning.plans_in_force", "P1"),
        title("有效规划", "Plans in force"),
        title(
            "期末前已批准、期末尚未被替代或废止的规划的个数",
            "Plans approved by the end of the period and neither superseded nor repealed by then",
        ),
        (
            things("个", "plans"),
            Measure::Total(
                Rows::of("plan", When::InForce { from: "approved_on", to: "ended_on" })
                    .scoped(BY_UNIT)
                    .count(),
            ),
        ),
    ),
    figure(
        ("planning.plans_merged_rate", "P1"),
        title("规划入图率", "Share of plans merged"),
        title(
            "期末前已纳入一张图的规划÷期末前已批准的规划；编制中和审查中的不计",
            "Plans merged by the end of the period over plans approved by then; plans in draft or review are not counted",
        ),
        (
            Unit::Percent(2),
            Measure::Ratio {
                part: Rows::of("plan", When::By("merged_on")).scoped(BY_UNIT).count(),
                whole: Rows::of("plan", When::By("approved_on")).scoped(BY_UNIT).count(),
            },
        ),
    ),
    figure(
        ("planning.adjustments_adopted", "P1"),
        title("采纳的规划调整", "Adjustments of plans adopted"),
        title(
            "期内决定采纳的规划调整的项数；不采纳和撤回的不计",
            "Adjustments of plans that were adopted in the period; those rejected or withdrawn are not counted",
        ),
        (
            things("项", "adjustments"),
            Measure::Total(ADJUSTMENTS.that(&[is("status", &["adopted"])]).count()),
        ),
    ),
    figure(
        ("planning.adjustments_adopted_rate", "P1"),
        title("规划调整采纳率", "Share of adjustments adopted"),
        title(
            "期内采纳的规划调整÷期内作出决定的规划调整",
            "Adjustments adopted in the period over adjustments decided in it",
        ),
        (
            Unit::Percent(2),
            Measure::Ratio {
                part: ADJUSTMENTS.that(&[is("status", &["adopted"])]).count(),
                whole: ADJUSTMENTS.count(),
            },
        ),
    ),
    figure(
        ("planning.conflicts_area", "P1"),
        title("消除规划矛盾的面积", "Area on which plans now agree"),
        title(
            "期内因与其他规划不一致而采纳的调整的面积之和",
            "Sum of the areas of adjustments adopted in the period because a plan disagreed with another",
        ),
        (
            HECTARES,
            Measure::Total(
                ADJUSTMENTS.that(&[is("status", &["adopted"]), is("reason", &["conflict"])]).sum("area"),
            ),
        ),
    ),
    figure(
        ("planning.ecological_area", "P1"),
        title("生态线面积", "Area of the ecological line"),
        title(
            "期末有效的生态线的面积之和",
            "Sum of the areas of ecological lines in force at the end of the period",
        ),
        (HECTARES, zone(&[is("kind", &["ecological"])])),
    ),
    figure(
        ("planning.production_area", "P1"),
        title("生产线面积", "Area of the production line"),
        title(
            "期末有效的生产线的面积之和",
            "Sum of the areas of production lines in force at the end of the period",
        ),
        (HECTARES, zone(&[is("kind", &["production"])])),
    ),
    figure(
        ("planning.living_area", "P1"),
        title("生活线面积", "Area of the living line"),
        title(
            "期末有效的生活线的面积之和",
            "Sum of the areas of living lines in force at the end of the period",
        ),
        (HECTARES, zone(&[is("kind", &["living"])])),
    ),
    figure(
        ("planning.key_scenic_areas", "P2"),
        title("重点景区", "Key scenic areas"),
        title(
            "期末前已开放的重点景区的个数；已关闭的不计",
            "Key scenic areas that were open by the end of the period; closed ones are not counted",
        ),
        (
            things("个", "scenic areas"),
            Measure::Total(
                Rows::of("scenic_area", When::By("opened_on"))
                    .that(&[Filter::Truth("key_area", true), Filter::IsNot("stage", &["closed"])])
                    .scoped(BY_UNIT_AND_STREET)
                    .count(),
            ),
        ),
    ),
    figure(
        ("planning.scenic_areas_under_construction", "P2"),
        title("在建景区", "Scenic areas under construction"),
        title(
            "期末前已开工、期末尚未开放的景区的个数；规划中的不计",
            "Scenic areas whose building had begun and that were not open before the period's last day; planned ones are not counted",
        ),
        (
            things("个", "scenic areas"),
            Measure::Total(
                Rows::of("scenic_area", When::InForce { from: "started_on", to: "opened_on" })
                    .that(&[Filter::IsNot("stage", &["planned"])])
                    .scoped(BY_UNIT_AND_STREET)
                    .count(),
            ),
        ),
    ),
    figure(
        ("planning.scenic_areas_rated", "P2"),
        title("A级景区", "Rated scenic areas"),
        title("期末前已评定等级的景区的个数", "Scenic areas that had a rating by the end of the period"),
        (
            things("个", "scenic areas"),
            Measure::Total(Rows::of("scenic_area", When::By("rated_on")).scoped(BY_UNIT_AND_STREET).count()),
        ),
    ),
    figure(
        ("planning.landmarks_completed", "P2"),
        title("建成地标", "Landmarks completed"),
        title("期末前已建成的地标的个数", "Landmarks completed by the end of the period"),
        (
            things("个", "landmarks"),
            Measure::Total(Rows::of("landmark", When::By("completed_on")).scoped(BY_UNIT_AND_STREET).count()),
        ),
    ),
    figure(
        ("planning.landmarks_under_construction", "P2"),
        title("在建地标", "Landmarks under construction"),
        title(
            "期末前已开工、期末尚未建成的地标的个数",
            "Landmarks whose building had begun and that were not completed before the period's last day",
        ),
        (
            things("个", "landmarks"),
            Measure::Total(
                Rows::of("landmark", When::InForce { from: "started_on", to: "completed_on" })
                    .scoped(BY_UNIT_AND_STREET)
                    .count(),
            ),
        ),
    ),
    figure(
        ("planning.national_titles", "P3"),
        title("国家级城市品牌创建", "National titles striven for"),
        title(
            "期末前已启动创建的国家级城市品牌的个数，已命名的也在内，已失效的不计",
            "National titles whose campaign had begun by the end of the period, those awarded among them; lapsed titles are not counted",
        ),
        (
            things("个", "titles"),
            Measure::Total(
                Rows::of("title_campaign", When::By("started_on"))
                    .that(&[is("level", &["national"]), Filter::IsNot("stage", &["lapsed"])])
                    .scoped(BY_UNIT)
                    .count(),
            ),
        ),
    ),
    figure(
        ("planning.national_titles_held", "P3"),
        title("已获国家级城市品牌", "National titles held"),
        title(
            "期末前已命名、期末仍有效的国家级城市品牌的个数",
            "National titles awarded by the end of the period and valid on its last day",
        ),
        (
            things("个", "titles"),
            Measure::Total(
                Rows::of("title_campaign", When::InForce { from: "awarded_on", to: "ends_on" })
                    .that(&[is("level", &["national"])])
                    .scoped(BY_UNIT)
                    .count(),
            ),
        ),
    ),
    figure(
        ("planning.title_items_met_rate", "P3"),
        title("创建指标达标率", "Share of title items met"),
        title(
            "期末前核验达标的创建指标÷期末前核验的创建指标",
            "Items of title standards found met over items checked by the end of the period",
        ),
        (
            Unit::Percent(2),
            Measure::Ratio {
                part: Rows::of("title_item", When::By("checked_on"))
                    .that(&[Filter::Truth("met", true)])
                    .scoped(BY_UNIT)
                    .count(),
                whole: Rows::of("title_item", When::By("checked_on")).scoped(BY_UNIT).count(),
            },
        ),
    ),
];
