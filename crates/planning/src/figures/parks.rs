//! Figures of parks, their firms, start-ups and jobs (P4).

use figures::{
    Figure, Filter, Measure, Rows, Unit, When,
    declare::{BY_UNIT, BY_UNIT_AND_STREET, figure, is, things, title},
};

const PARKS: Rows =
    Rows::of("park", When::InForce { from: "approved_on", to: "closed_on" }).scoped(BY_UNIT_AND_STREET);
const RETURNS: Rows = Rows::of("park_return", When::Periods("period")).scoped(BY_UNIT);
const JOBS: Rows = Rows::of("job_record", When::Periods("period"))
    .that(&[Filter::Is("source", &["contracts"])])
    .scoped(BY_UNIT_AND_STREET);

pub(super) const FIGURES: &[Figure] = &[
    figure(
        ("planning.provincial_zones", "P4"),
        title("省级经济开发区", "Provincial development zones"),
        title(
            "期末前已批准、期末未撤销的省级经济开发区的个数；其他园区不计",
            "Development zones of the province that were approved by the end of the period and not closed; no other parks",
        ),
        (
            things("个", "zones"),
            Measure::Total(
                PARKS.that(&[is("kind", &["development_zone"]), is("level", &["provincial"])]).count(),
            ),
        ),
    ),
    figure(
        ("planning.parks", "P4"),
        title("园区", "Parks"),
        title(
            "期末前已批准、期末未撤销的各级各类园区的个数",
            "Parks of every kind and level that were approved by the end of the period and not closed",
        ),
        (things("个", "parks"), Measure::Total(PARKS.count())),
    ),
    figure(
        ("planning.cooperation_parks", "P4"),
        title("共建园区", "Co-operation parks"),
        title(
            "期末前已批准、期末未撤销的与外地共建的园区的个数",
            "Parks built together with another city that were approved by the end of the period and not closed",
        ),
        (things("个", "parks"), Measure::Total(PARKS.that(&[is("kind", &["cooperation_park"])]).count())),
    ),
    figure(
        ("planning.specialised_parks", "P4"),
        title("园中园", "Specialised parks"),
        title(
            "期末前已投入运营的园中园的个数；在建、规划和停用的不计",
            "Specialised parks at work by the end of the period; those being built, planned or closed are not counted",
        ),
        (
            things("个", "parks"),
            Measure::Total(
                Rows::of("specialised_park", When::By("opened_on"))
                    .that(&[is("stage", &["operating"])])
                    .scoped(BY_UNIT)
                    .count(),
            ),
        ),
    ),
    figure(
        ("planning.firms_above_size", "P4"),
        title("园区规模以上企业", "Park firms above designated size"),
        title(
            "期末前已纳入规模以上统计、期末未退出园区的企业的家数",
            "Firms of the parks that counted as above designated size by the end of the period and had not left",
        ),
        (
            things("家", "firms"),
            Measure::Total(
                Rows::of("park_firm", When::InForce { from: "designated_on", to: "left_on" })
                    .that(&[Filter::Truth("above_designated_size", true)])
                    .scoped(BY_UNIT)
                    .count(),
            ),
        ),
    ),
    figure(
        ("planning.firms_producing", "P4"),
        title("园区投产企业", "Park firms producing"),
        title(
            "期末前已投产的园区企业的家数；停产和退出的不计",
            "Firms of the parks that produced by the end of the period; those suspended or gone are not counted",
        ),
        (
            things("家", "firms"),
            Measure::Total(
                Rows::of("park_firm", When::By("production_began_on"))
                    .that(&[is("stage", &["producing"])])
                    .scoped(BY_UNIT)
                    .count(),
            ),
        ),
    ),
    figure(
        ("planning.firms_signed", "P4"),
        title("新签约园区企业", "Park firms newly signed"),
        title("期内签约入园的企业的家数", "Firms that signed for a park in the period"),
        (
            things("家", "firms"),
            Measure::Total(Rows::of("park_firm", When::Within("signed_on")).scoped(BY_UNIT).count()),
        ),
    ),
    figure(
        ("planning.park_output", "P4"),
        title("园区总产值", "Output of the parks"),
        title(
            "期内各报告期园区企业报表的产值之和",
            "Sum of the output that firms of the parks reported for the period",
        ),
        (Unit::YiYuan, Measure::Total(RETURNS.sum("output"))),
    ),
    figure(
        ("planning.park_output_growth", "P4"),
        title("园区总产值同比", "Growth of the parks' output"),
        title(
            "期内园区总产值比上年同期增长；按现价，含新投产企业",
            "Growth of the parks' output over the same period of the year before; at current prices, new firms among them",
        ),
        (Unit::Percent(2), Measure::Growth(RETURNS.sum("output"))),
    ),
    figure(
        ("planning.park_tax", "P4"),
        title("园区税收", "Tax paid by park firms"),
        title(
            "期内各报告期园区企业报表的税收之和",
            "Sum of the taxes that firms of the parks reported for the period",
        ),
        (Unit::YiYuan, Measure::Total(RETURNS.sum("tax"))),
    ),
    figure(
        ("planning.startup_bases", "P4"),
        title("创业基地", "Start-up bases"),
        title(
            "期末前已认定、期末未关闭的创业基地的个数",
            "Start-up bases recognised by the end of the period and not closed",
        ),
        (
            things("个", "bases"),
            Measure::Total(
                Rows::of("startup_base", When::InForce { from: "recognised_on", to: "closed_on" })
                    .scoped(BY_UNIT_AND_STREET)
                    .count(),
            ),
        ),
    ),
    figure(
        ("planning.new_jobs", "P4"),
        title("新增就业", "New jobs"),
        title(
            "期内各报告期备案劳动合同的新增就业人数之和；社会保险和调查数据只用于核对，不计",
            "Sum of the people taken on by contracts that were filed for the period; insurance and surveys only check it and are not counted",
        ),
        (things("人", "people"), Measure::Total(JOBS.sum("people"))),
    ),
    figure(
        ("planning.new_jobs_growth", "P4"),
        title("新增就业同比", "Growth of new jobs"),
        title("期内新增就业人数比上年同期增长", "Growth of new jobs over the same period of the year before"),
        (Unit::Percent(2), Measure::Growth(JOBS.sum("people"))),
    ),
    figure(
        ("planning.new_jobs_returned_rate", "P4"),
        title("返乡就业占比", "Share of returned migrants"),
        title(
            "期内新增就业中返乡人员÷新增就业人数",
            "Returned migrants among the people taken on in the period over all people taken on",
        ),
        (Unit::Percent(2), Measure::Ratio { part: JOBS.sum("returned_migrants"), whole: JOBS.sum("people") }),
    ),
    figure(
        ("planning.new_provincial_platforms", "P4"),
        title("新增省级创新平台", "New provincial innovation platforms"),
        title(
            "期内认定的省级创新平台的个数；国家级和州市级的不计",
            "Innovation platforms that the province recognised in the period; none of other levels",
        ),
        (
            things("个", "platforms"),
            Measure::Total(
                Rows::of("innovation_platform", When::Within("recognised_on"))
                    .that(&[is("level", &["provincial"])])
                    .scoped(BY_UNIT)
                    .count(),
            ),
        ),
    ),
    figure(
        ("planning.innovation_platforms", "P4"),
        title("创新平台", "Innovation platforms"),
        title(
            "期末前已认定、期末未撤销的各级创新平台的个数",
            "Innovation platforms of every level recognised by the end of the period and not ended",
        ),
        (
            things("个", "platforms"),
            Measure::Total(
                Rows::of("innovation_platform", When::InForce { from: "recognised_on", to: "ended_on" })
                    .scoped(BY_UNIT)
                    .count(),
            ),
        ),
    ),
];
