//! The figures of public services bought from the market (S1–S8).

use figures::{
    Figure, Filter, Measure, Rows, Unit, When,
    declare::{
        BY_UNIT, BY_UNIT_AND_STREET, HECTARES, count, counted, figure, is, number, percent, share, share_of,
        sum, title, yi,
    },
};

const PARKS_BUILT: Rows = Rows::of("park_square", When::Within("built_on")).scoped(BY_UNIT_AND_STREET);
const BUNDLES: Rows = Rows::of("bundle", When::By("approved_on"))
    .that(&[is("stage", &["approved", "financed"])])
    .scoped(BY_UNIT);
const AREAS: Rows = Rows::of("residential_area", When::By("accepted_on")).scoped(BY_UNIT_AND_STREET);
const GREEN_DUE: Rows = Rows::of("green_obligation", When::By("due_on")).scoped(BY_UNIT);
const SWAPPED: Rows = Rows::of("land_swap", When::By("new_handed_over_on")).scoped(BY_UNIT);
const LAMPS: Rows = Rows::of("lamp", When::Standing).that(&[Filter::Empty("removed_on")]).scoped(BY_UNIT);
const LAMPS_RENEWED: Rows =
    Rows::of("lamp", When::By("renewed_on")).that(&[Filter::Empty("removed_on")]).scoped(BY_UNIT);
const SAVINGS: Rows = Rows::of("saving_statement", When::Periods("period")).scoped(BY_UNIT);
const INSTALMENTS_PAID: Rows =
    Rows::of("payment", When::By("paid_on")).that(&[Filter::Filled("instalment_contract")]).scoped(BY_UNIT);
const VOLUMES: Rows = Rows::of("concession_volume", When::Periods("period")).scoped(BY_UNIT);
const SEWAGE: Rows = VOLUMES.that(&[is("kind", &["sewage"])]);
/// Waste is burnt or buried.
const WASTE: Rows = VOLUMES.that(&[is("kind", &["waste_incineration", "waste_landfill"])]);
const CAR_PARKS: Rows =
    Rows::of("car_park", When::InForce { from: "opened_on", to: "closed_on" }).scoped(BY_UNIT_AND_STREET);
const SCHOOLS_BUILT: Rows = Rows::of("school", When::Within("built_on")).scoped(BY_UNIT_AND_STREET);
const HOSPITALS_BUILT: Rows = Rows::of("hospital", When::Within("built_on")).scoped(BY_UNIT_AND_STREET);
const POSTS: Rows =
    Rows::of("service_post", When::InForce { from: "begins_on", to: "ends_on" }).scoped(BY_UNIT);
/// Run by private bodies, with or without help.
const PRIVATE: Filter = is("nature", &["private", "private_aided"]);
/// Ten thousand tonnes, in hundredths of a tonne.
const TEN_THOUSAND_TONNES: i64 = 1_000_000;
/// Ten thousand kilowatt-hours, in hundredths of one.
const TEN_THOUSAND_KWH: i64 = 1_000_000;

/// The figures, in the order of the mission.
pub const FIGURES: &[Figure] = &[
    figure(
        ("services.parks_built", "S1"),
        title("建成公园广场", "Parks and squares built"),
        title(
            "建成日期在期内的公园广场的个数，新建和改扩建都计；在建的不计",
            "Parks and squares finished within the period, built or made larger; not those still being built",
        ),
        count("个", "parks and squares", PARKS_BUILT),
    ),
    figure(
        ("services.parks_built_area", "S1"),
        title("建成公园广场面积", "Area of parks and squares built"),
        title(
            "建成日期在期内的公园广场的占地面积之和",
            "Sum of the land of the parks and squares finished within the period",
        ),
        sum(HECTARES, PARKS_BUILT, "area"),
    ),
    figure(
        ("services.bundles", "S1"),
        title("捆绑项目包", "Bundles"),
        title(
            "期末前已批准的捆绑项目包的个数，已融资的也在内；策划中和已放弃的不计",
            "Bundles approved by the end of the period, financed ones among them; not drafts and not those given up",
        ),
        count("个", "bundles", BUNDLES),
    ),
    figure(
        ("services.bundles_borrowed_rate", "S1"),
        title("捆绑项目融资占比", "Share of bundles' investment borrowed"),
        title(
            "期末前已批准的捆绑项目包的融资额÷总投资",
            "What is borrowed over all that is invested in bundles approved by the end of the period",
        ),
        share_of((BUNDLES, "borrowed"), (BUNDLES, "investment")),
    ),
    figure(
        ("services.green_ratio_met_rate", "S2"),
        title("居住小区绿地率达标率", "Residential areas that meet the green ratio"),
        title(
            "期末前竣工验收的居住小区中，绿地（含已验收的易地补建绿地）达到规划条件规定绿地率的比例，按小区个数计",
            "Of the residential areas accepted by the end of the period, the share whose green, with what was made up for elsewhere, is as much as their conditions of planning ask for",
        ),
        share(AREAS.that(&[Filter::Truth("meets_ratio", true)]), AREAS),
    ),
    figure(
        ("services.green_compensated", "S2"),
        title("易地补建绿地", "Green space made elsewhere"),
        title(
            "验收日期在期内的易地补建绿地的验收面积之和",
            "Sum of the accepted areas of compensation sites accepted within the period",
        ),
        sum(
            HECTARES,
            Rows::of("compensation_site", When::Within("accepted_on")).scoped(BY_UNIT),
            "accepted_area",
        ),
    ),
    figure(
        ("services.green_obligations_met_rate", "S2"),
        title("补建义务履行率", "Green obligations met"),
        title(
            "履行期限在期末前的补建义务中，已履行完毕的比例，按件计",
            "Of the obligations due by the end of the period, the share that is met",
        ),
        share(GREEN_DUE.that(&[Filter::Filled("met_on")]), GREEN_DUE),
    ),
    figure(
        ("services.swaps", "S3"),
        title("易地置换交付", "Swaps of sites handed over"),
        title(
            "期末前新址已交付使用的易地置换的宗数",
            "Swaps whose new site was handed over by the end of the period",
        ),
        count("宗", "swaps", SWAPPED),
    ),
    figure(
        ("services.swaps_area_rate", "S3"),
        title("置换后用地倍率", "New land over old land of swaps"),
        title(
            "期末前新址已交付的易地置换的新址面积÷原址面积",
            "The new over the old area of swaps whose new site was handed over by the end of the period",
        ),
        share_of((SWAPPED, "new_area"), (SWAPPED, "old_area")),
    ),
    figure(
        ("services.agent_built", "S3"),
        title("代建移交项目", "Projects built by agents and handed over"),
        title("移交日期在期内的代建合同的个数", "Contracts of agents handed over within the period"),
        count(
            "个",
            "projects",
            Rows::of("agent_construction", When::Within("handed_over_on")).scoped(BY_UNIT),
        ),
    ),
    figure(
        ("services.agent_amount", "S3"),
        title("代建投资", "Investment by agents"),
        title(
            "期末前签订的代建合同的投资之和",
            "Sum of what may be spent under agents' contracts signed by the end of the period",
        ),
        yi(Rows::of("agent_construction", When::By("signed_on")).scoped(BY_UNIT).sum("amount")),
    ),
    figure(
        ("services.lamps_renewed", "S4"),
        title("改造路灯", "Street lamps renewed"),
        title("改造日期在期内的路灯盏数", "Street lamps renewed within the period"),
        count("盏", "lamps", Rows::of("lamp", When::Within("renewed_on")).scoped(BY_UNIT)),
    ),
    figure(
        ("services.lamps_renewed_rate", "S4"),
        title("路灯改造率", "Share of street lamps renewed"),
        title(
            "期末前已改造的路灯÷现有路灯；已拆除的不计",
            "Lamps renewed by the end of the period over the lamps that stand; removed ones are not counted",
        ),
        share(LAMPS_RENEWED, LAMPS),
    ),
    figure(
        ("services.energy_saved", "S4"),
        title("合同能源管理节电量", "Electricity saved under energy contracts"),
        title("期内各结算期的节能量之和", "Sum of what was saved over the statements of the period"),
        number(title("万千瓦时", "10,000 kWh"), TEN_THOUSAND_KWH, 2, Measure::Total(SAVINGS.sum("saved"))),
    ),
    figure(
        ("services.energy_saving_rate", "S4"),
        title("合同能源管理节能率", "Saving under energy contracts"),
        title(
            "期内各结算期的节能量÷校准后基准能耗",
            "What was saved over the adjusted baseline of the statements of the period",
        ),
        share_of((SAVINGS, "saved"), (SAVINGS, "baseline")),
    ),
    figure(
        ("services.instalments_paid_rate", "S4"),
        title("分期付款已付比例", "Share of instalments paid"),
        title(
            "期末前支付的分期款÷期末前签订的分期付款合同价款",
            "Instalments paid by the end of the period over the prices of contracts signed by then",
        ),
        percent(
            INSTALMENTS_PAID.sum("amount"),
            Rows::of("instalment_contract", When::By("signed_on")).scoped(BY_UNIT).sum("price"),
        ),
    ),
    figure(
        ("services.traffic_invested", "S5"),
        title("交通管理社会投资", "Private capital in traffic management"),
        title(
            "投资日期在期内的社会资本对数据中心、视频应用、交通管理和信号系统的投资之和；财政资金不计",
            "Sum of what private capital invested within the period in data centre, video, management and signal systems; public money is not counted",
        ),
        sum(
            Unit::WanYuan,
            Rows::of("traffic_investment", When::Within("invested_on"))
                .that(&[is("capital", &["private"])])
                .scoped(BY_UNIT),
            "amount",
        ),
    ),
    figure(
        ("services.sewage_treated_rate", "S6"),
        title("污水处理率", "Sewage treated"),
        title(
            "期内各报告期污水处理量÷污水产生量",
            "Sewage treated over sewage that arose, over the returns of the period",
        ),
        share_of((SEWAGE, "treated"), (SEWAGE, "arisen")),
    ),
    figure(
        ("services.sewage_treated", "S6"),
        title("污水处理量", "Volume of sewage treated"),
        title("期内各报告期污水处理量之和", "Sum of the sewage treated over the returns of the period"),
        number(title("万吨", "10,000 t"), TEN_THOUSAND_TONNES, 2, Measure::Total(SEWAGE.sum("treated"))),
    ),
    figure(
        ("services.waste_harmless_rate", "S6"),
        title("生活垃圾无害化处理率", "Refuse made harmless"),
        title(
            "期内各报告期垃圾焚烧和填埋的达标处理量÷垃圾产生量",
            "Refuse burnt or buried to the standard over refuse that arose, over the returns of the period",
        ),
        share_of((WASTE, "to_standard"), (WASTE, "arisen")),
    ),
    figure(
        ("services.concession_payable", "S6"),
        title("应付特许经营处理费", "Payable for treatment"),
        title("期内各报告期的应付处理费之和", "Sum of what is to be paid for treatment in the period"),
        sum(Unit::WanYuan, VOLUMES, "payable"),
    ),
    figure(
        ("services.parking_bonds_raised", "S7"),
        title("停车场债券募集", "Raised by car-park bonds"),
        title(
            "发行日期在期内的停车场建设专项债券的发行规模之和",
            "Amounts raised by car-park bonds issued within the period",
        ),
        yi(Rows::of("bond", When::Within("issued_on"))
            .that(&[is("kind", &["car_park"])])
            .scoped(BY_UNIT)
            .sum("raised")),
    ),
    figure(
        ("services.parking_bays", "S7"),
        title("停车泊位", "Parking bays"),
        title("期末在用的停车场的泊位之和", "Bays of the car parks open at the end of the period"),
        counted(title("个", "bays"), CAR_PARKS.sum("bays")),
    ),
    figure(
        ("services.parking_bays_old_town", "S7"),
        title("老城区停车泊位", "Parking bays in the old town"),
        title(
            "期末在用的老城区停车场的泊位之和",
            "Bays of the car parks in the old town open at the end of the period",
        ),
        counted(title("个", "bays"), CAR_PARKS.that(&[is("quarter", &["old_town"])]).sum("bays")),
    ),
    figure(
        ("services.parking_bays_added", "S7"),
        title("新增停车泊位", "Parking bays added"),
        title("启用日期在期内的停车场的泊位之和", "Bays of the car parks opened within the period"),
        counted(
            title("个", "bays"),
            Rows::of("car_park", When::Within("opened_on")).scoped(BY_UNIT_AND_STREET).sum("bays"),
        ),
    ),
    figure(
        ("services.parking_joined_rate", "S7"),
        title("智慧停车接入率", "Bays joined to smart parking"),
        title(
            "期末在用的停车场泊位中，接入智慧停车平台的比例",
            "Of the bays open at the end of the period, the share whose car park tells the platform what is free",
        ),
        share_of((CAR_PARKS.that(&[Filter::Truth("is_joined", true)]), "bays"), (CAR_PARKS, "bays")),
    ),
    figure(
        ("services.schools_built", "S8"),
        title("新建改扩建学校", "Schools built or enlarged"),
        title(
            "建成日期在期内的新建和改扩建学校的所数，幼儿园在内",
            "Schools and kindergartens built or enlarged, finished within the period",
        ),
        count("所", "schools", SCHOOLS_BUILT),
    ),
    figure(
        ("services.schools_built_private", "S8"),
        title("新建改扩建民办学校", "Private schools built or enlarged"),
        title(
            "建成日期在期内的新建和改扩建民办学校的所数，民办公助和幼儿园在内",
            "Private schools and kindergartens built or enlarged, finished within the period, those aided by the public among them",
        ),
        count("所", "schools", SCHOOLS_BUILT.that(&[PRIVATE])),
    ),
    figure(
        ("services.school_places_added", "S8"),
        title("新增学位", "School places added"),
        title(
            "建成日期在期内的学校的新增学位之和",
            "Places added by the schools built or enlarged within the period",
        ),
        counted(title("个", "places"), SCHOOLS_BUILT.sum("places_added")),
    ),
    figure(
        ("services.hospitals_built_private", "S8"),
        title("新建改扩建民办医院", "Private hospitals built or enlarged"),
        title(
            "建成日期在期内的新建和改扩建民办医疗机构的所数，民办公助在内",
            "Private hospitals built or enlarged, finished within the period, those aided by the public among them",
        ),
        count("所", "hospitals", HOSPITALS_BUILT.that(&[PRIVATE])),
    ),
    figure(
        ("services.teacher_posts", "S8"),
        title("购买教师岗位", "Teachers' posts purchased"),
        title(
            "期末在聘用期内的购买岗位中教师岗位数之和",
            "Posts of teachers that were purchased and run at the end of the period",
        ),
        counted(title("个", "posts"), POSTS.that(&[is("kind", &["teacher"])]).sum("posts")),
    ),
    figure(
        ("services.health_posts", "S8"),
        title("购买医务岗位", "Health workers' posts purchased"),
        title(
            "期末在聘用期内的购买岗位中医务人员岗位数之和",
            "Posts of health workers that were purchased and run at the end of the period",
        ),
        counted(title("个", "posts"), POSTS.that(&[is("kind", &["health_worker"])]).sum("posts")),
    ),
    figure(
        ("services.posts_filled_rate", "S8"),
        title("购买岗位在岗率", "Purchased posts filled"),
        title(
            "期末在聘用期内的购买岗位的在岗人数÷岗位数",
            "People in purchased posts that run at the end of the period over these posts",
        ),
        share_of((POSTS, "filled"), (POSTS, "posts")),
    ),
    figure(
        ("services.awards_paid", "S8"),
        title("拨付奖补资金", "Awards paid"),
        title(
            "拨付日期在期内的民办学校和民办医疗机构奖补、垫付资金之和",
            "Advances and awards paid to private schools and hospitals within the period",
        ),
        sum(Unit::WanYuan, Rows::of("service_award", When::Within("paid_on")).scoped(BY_UNIT), "amount"),
    ),
    figure(
        ("services.purchases_signed", "S8"),
        title("签订购买服务合同", "Service purchases signed"),
        title(
            "签订日期在期内的政府购买服务合同的金额之和",
            "Sum of the amounts of purchases of services signed within the period",
        ),
        sum(Unit::WanYuan, Rows::of("service_purchase", When::Within("signed_on")).scoped(BY_UNIT), "amount"),
    ),
];
