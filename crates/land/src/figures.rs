//! The figures of land (L1–L5).

use figures::{
    Figure, Filter, Rows, Unit, When,
    declare::{BY_UNIT, BY_UNIT_AND_STREET, HECTARES, count, figure, is, share_of, sum, title},
};

const MOVED: Rows = Rows::of("quota_movement", When::Within("moved_on")).scoped(BY_UNIT_AND_STREET);
const CONTRACTS: Rows =
    Rows::of("transfer_contract", When::InForce { from: "begins_on", to: "ends_on" }).scoped(BY_UNIT);
const LEVELS: Rows =
    Rows::of("transfer_level", When::InForce { from: "begins_on", to: "ends_on" }).scoped(BY_UNIT);
const RENTS: Rows = Rows::of("rent_payment", When::Periods("period")).scoped(BY_UNIT);
const SITES: Rows = Rows::of("redevelopment", When::By("started_on")).scoped(BY_UNIT_AND_STREET);
const LEASED_BACK: Rows =
    Rows::of("lease_back", When::InForce { from: "begins_on", to: "ends_on" }).scoped(BY_UNIT);
const BOUGHT: Rows =
    Rows::of("purchase_agreement", When::InForce { from: "begins_on", to: "ends_on" }).scoped(BY_UNIT);

/// What ended before its time is counted no more.
const NOT_ENDED_EARLY: Filter = Filter::Empty("ended_early_on");
/// Shanty towns, urban villages and dilapidated housing.
const SHANTY: Filter = Filter::Is("kind", &["shanty", "urban_village", "dilapidated"]);
/// What was given up is not counted.
const NOT_STOPPED: Filter = Filter::IsNot("stage", &["stopped"]);
/// Land that investors lease.
const INVESTOR: Filter = Filter::Is("level", &["investor"]);

/// The figures, in the order of the mission.
pub const FIGURES: &[Figure] = &[
    figure(
        ("land.quota_lent", "L1"),
        title("挂钩周转指标使用", "Turnover quota used for building"),
        title(
            "期内从周转指标用于建新的面积之和",
            "Sum of the areas that were taken from the turnover quota for building in the period",
        ),
        sum(HECTARES, MOVED.that(&[is("source", &["turnover"]), is("target", &["building"])]), "area"),
    ),
    figure(
        ("land.quota_reclaimed", "L1"),
        title("拆旧复垦验收", "Reclaimed land accepted"),
        title(
            "验收日期在期内的拆旧复垦面积之和，归还周转、安置、预留和节余都在内",
            "Sum of the reclaimed areas accepted in the period: returned to the turnover quota, for resettlement, in reserve and left over",
        ),
        sum(
            HECTARES,
            Rows::of("quota_movement", When::Within("accepted_on"))
                .that(&[is("source", &["reclaimed"])])
                .scoped(BY_UNIT_AND_STREET),
            "area",
        ),
    ),
    figure(
        ("land.quota_returned_rate", "L1"),
        title("周转指标归还率", "Turnover quota returned"),
        title(
            "期末前拆旧归还的周转指标÷期末前用于建新的周转指标",
            "Turnover quota returned from reclaimed land by the end of the period over that used for building by then",
        ),
        share_of(
            (
                Rows::of("quota_movement", When::By("moved_on"))
                    .that(&[is("source", &["reclaimed"]), is("target", &["turnover"])])
                    .scoped(BY_UNIT_AND_STREET),
                "area",
            ),
            (
                Rows::of("quota_movement", When::By("moved_on"))
                    .that(&[is("source", &["turnover"]), is("target", &["building"])])
                    .scoped(BY_UNIT_AND_STREET),
                "area",
            ),
        ),
    ),
    figure(
        ("land.quota_traded", "L1"),
        title("节余指标交易额", "Proceeds of surplus quota"),
        title("期内交易的节余指标的价款之和", "Sum of the prices of surplus quota traded in the period"),
        sum(Unit::WanYuan, MOVED.that(&[is("target", &["traded"])]), "price"),
    ),
    figure(
        ("land.contracts_area", "L2"),
        title("流转合同面积", "Land under transfer contracts"),
        title(
            "期末有效的流转合同的面积之和；提前终止的不计",
            "Sum of the areas of transfer contracts in force at the end of the period; those ended early are not counted",
        ),
        sum(Unit::Mu, CONTRACTS.that(&[NOT_ENDED_EARLY]), "area"),
    ),
    figure(
        ("land.contracts_signed", "L2"),
        title("新签流转合同", "Transfer contracts signed"),
        title("期内签订的流转合同的份数", "Transfer contracts signed in the period"),
        count("份", "contracts", Rows::of("transfer_contract", When::Within("signed_on")).scoped(BY_UNIT)),
    ),
    figure(
        ("land.shares_area_rate", "L2"),
        title("入股流转占比", "Share of land taken as shares"),
        title(
            "期末有效、以入股方式流转的面积÷期末有效的流转合同面积",
            "Land taken as shares over all land under transfer contracts in force at the end of the period",
        ),
        share_of(
            (CONTRACTS.that(&[NOT_ENDED_EARLY, is("mode", &["shares"])]), "area"),
            (CONTRACTS.that(&[NOT_ENDED_EARLY]), "area"),
        ),
    ),
    figure(
        ("land.cooperatives", "L2"),
        title("土地股份合作社", "Land-share co-operatives"),
        title(
            "期末前成立、期末未注销的土地股份合作社的个数",
            "Land-share co-operatives founded by the end of the period and not dissolved",
        ),
        count(
            "个",
            "co-operatives",
            Rows::of("cooperative", When::InForce { from: "founded_on", to: "dissolved_on" }).scoped(BY_UNIT),
        ),
    ),
    figure(
        ("land.cooperative_members", "L2"),
        title("合作社成员", "Members of co-operatives"),
        title(
            "期末前入社、期末未退社的成员数，一户计一个",
            "Members who had joined by the end of the period and not left; a household counts as one",
        ),
        count(
            "户",
            "members",
            Rows::of("cooperative_member", When::InForce { from: "joined_on", to: "left_on" })
                .scoped(BY_UNIT),
        ),
    ),
    figure(
        ("land.cooperative_dividends", "L2"),
        title("合作社成员分红", "Dividends of members"),
        title(
            "期内各核算期按股付给成员的分红之和；保底收益不计",
            "Sum of what members got for their shares over the period; the floor for their land is not counted",
        ),
        sum(
            Unit::WanYuan,
            Rows::of("cooperative_account", When::Periods("period")).scoped(BY_UNIT),
            "members",
        ),
    ),
    figure(
        ("land.transferred", "L3"),
        title("四级流转土地", "Land transferred at four levels"),
        title(
            "期末有效的业主承租层级的面积之和；同一片地在村组和乡镇层级的面积不重复计",
            "Sum of the areas that investors lease at the end of the period; the same land at the levels of group and township is not counted again",
        ),
        sum(Unit::Mu, LEVELS.that(&[INVESTOR]), "area"),
    ),
    figure(
        ("land.transferred_newly", "L3"),
        title("新增四级流转土地", "Land newly transferred"),
        title(
            "期内起租的业主承租层级的面积之和",
            "Sum of the areas whose lease by an investor began in the period",
        ),
        sum(
            Unit::Mu,
            Rows::of("transfer_level", When::Within("begins_on")).that(&[INVESTOR]).scoped(BY_UNIT),
            "area",
        ),
    ),
    figure(
        ("land.town_aggregated", "L3"),
        title("乡镇集中土地", "Land aggregated by townships"),
        title(
            "期末有效的乡镇集中层级的面积之和",
            "Sum of the areas at the level of the township in force at the end of the period",
        ),
        sum(Unit::Mu, LEVELS.that(&[is("level", &["town"])]), "area"),
    ),
    figure(
        ("land.rent_paid", "L3"),
        title("流转租金支付", "Rent paid"),
        title("期内各报告期已付的租金之和", "Sum of the rent paid for the period"),
        sum(Unit::WanYuan, RENTS, "paid"),
    ),
    figure(
        ("land.rent_paid_rate", "L3"),
        title("租金兑付率", "Share of rent paid"),
        title("期内各报告期已付租金÷应付租金", "Rent paid over rent owed for the period"),
        share_of((RENTS, "paid"), (RENTS, "owed")),
    ),
    figure(
        ("land.shanty_households", "L4"),
        title("棚户区改造户数", "Households of shanty housing redeveloped"),
        title(
            "期末前开工的棚户区、城中村和危旧房改造项目的户数之和，已完成的也在内；终止的和未开工的不计",
            "Sum of the households of projects for shanty towns, urban villages and dilapidated housing begun by the end of the period, completed ones among them; not those stopped or not begun",
        ),
        sum(Unit::Count(title("户", "households")), SITES.that(&[SHANTY, NOT_STOPPED]), "households"),
    ),
    figure(
        ("land.redevelopments", "L4"),
        title("低效用地再开发项目", "Redevelopment projects"),
        title(
            "期末前开工的各类再开发项目的个数；终止的不计",
            "Redevelopment projects of every kind begun by the end of the period; stopped ones are not counted",
        ),
        count("个", "projects", SITES.that(&[NOT_STOPPED])),
    ),
    figure(
        ("land.redeveloped_area", "L4"),
        title("再开发土地", "Land redeveloped"),
        title(
            "期末前开工的再开发项目的用地面积之和；终止的不计",
            "Sum of the land of redevelopment projects begun by the end of the period; stopped ones are not counted",
        ),
        sum(Unit::Mu, SITES.that(&[NOT_STOPPED]), "land_area"),
    ),
    figure(
        ("land.below_ground_rate", "L4"),
        title("地下建筑面积占比", "Share of floors below ground"),
        title(
            "期末前开工的再开发项目的地下建筑面积÷地上建筑面积；终止的不计",
            "Floor area below ground over that above ground, of redevelopment projects begun by the end of the period; stopped ones are not counted",
        ),
        share_of((SITES.that(&[NOT_STOPPED]), "floor_below"), (SITES.that(&[NOT_STOPPED]), "floor_above")),
    ),
    figure(
        ("land.agreements_signed", "L4"),
        title("签订征收补偿协议", "Agreements with households signed"),
        title("期内签订的征收补偿协议的份数", "Agreements on compensation signed in the period"),
        count("份", "agreements", Rows::of("household_agreement", When::Within("signed_on")).scoped(BY_UNIT)),
    ),
    figure(
        ("land.compensation_paid", "L4"),
        title("已付征收补偿", "Compensation paid"),
        title(
            "付款日期在期内的征收补偿协议的金额之和",
            "Sum of the amounts of the agreements that were paid in the period",
        ),
        sum(
            Unit::WanYuan,
            Rows::of("household_agreement", When::Within("paid_on")).scoped(BY_UNIT),
            "amount",
        ),
    ),
    figure(
        ("land.leased_back", "L5"),
        title("返租倒包面积", "Land leased back"),
        title(
            "期末有效的返租倒包合同的面积之和",
            "Sum of the areas of lease-backs in force at the end of the period",
        ),
        sum(Unit::Mu, LEASED_BACK, "area"),
    ),
    figure(
        ("land.lease_backs", "L5"),
        title("返租倒包合同", "Lease-backs"),
        title("期末有效的返租倒包合同的份数", "Lease-backs in force at the end of the period"),
        count("份", "contracts", LEASED_BACK),
    ),
    figure(
        ("land.income_by_result_rate", "L5"),
        title("收入与效益挂钩占比", "Share of land with income by result"),
        title(
            "期末有效、约定按效益分成的返租倒包面积÷期末有效的返租倒包面积",
            "Land leased back with a share of the result over all land leased back at the end of the period",
        ),
        share_of((LEASED_BACK.that(&[Filter::Filled("result_share")]), "area"), (LEASED_BACK, "area")),
    ),
    figure(
        ("land.purchases_paid", "L5"),
        title("产品收购付款", "Paid for what small holders grew"),
        title(
            "期末有效的产品收购协议至今已付的金额之和",
            "Sum of what was paid so far under purchase agreements in force at the end of the period",
        ),
        sum(Unit::WanYuan, BOUGHT, "paid"),
    ),
];
