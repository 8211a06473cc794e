//! The lists of codes that the rows of planning and land take theirs from.

use jiff::civil::date;
use ledger::register::Code;

use super::Books;

/// Industries by division of GB/T 4754-2011, as far as firms of the city belong to them.
const INDUSTRIES: [(&str, &str, &str); 39] = [
    ("A01", "农业", "Crop farming"),
    ("A02", "林业", "Forestry"),
    ("A03", "畜牧业", "Animal husbandry"),
    ("A04", "渔业", "Fishery"),
    ("A05", "农、林、牧、渔服务业", "Services to farming"),
    ("B06", "煤炭开采和洗选业", "Mining and washing of coal"),
    ("B10", "非金属矿采选业", "Mining of non-metal ores"),
    ("C13", "农副食品加工业", "Processing of farm products"),
    ("C14", "食品制造业", "Manufacture of foods"),
    ("C15", "酒、饮料和精制茶制造业", "Manufacture of beverages and tea"),
    ("C17", "纺织业", "Textiles"),
    ("C18", "纺织服装、服饰业", "Clothing"),
    ("C20", "木材加工和木、竹制品业", "Wood and bamboo products"),
    ("C24", "文教、工美、体育和娱乐用品制造业", "Arts, crafts and sports goods"),
    ("C26", "化学原料和化学制品制造业", "Chemicals"),
    ("C27", "医药制造业", "Medicines"),
    ("C29", "橡胶和塑料制品业", "Rubber and plastics"),
    ("C30", "非金属矿物制品业", "Non-metal mineral products"),
    ("C31", "黑色金属冶炼和压延加工业", "Smelting of ferrous metals"),
    ("C32", "有色金属冶炼和压延加工业", "Smelting of non-ferrous metals"),
    ("C33", "金属制品业", "Metal products"),
    ("C38", "电气机械和器材制造业", "Electrical machinery"),
    ("C39", "计算机、通信和其他电子设备制造业", "Computers and electronics"),
    ("D44", "电力、热力生产和供应业", "Power and heat"),
    ("D46", "水的生产和供应业", "Water"),
    ("E48", "土木工程建筑业", "Civil engineering"),
    ("F51", "批发业", "Wholesale"),
    ("G54", "道路运输业", "Road transport"),
    ("G59", "仓储业", "Storage"),
    ("H61", "住宿业", "Accommodation"),
    ("I65", "软件和信息技术服务业", "Software and information technology"),
    ("J69", "其他金融业", "Other finance"),
    ("K70", "房地产业", "Real estate"),
    ("L72", "商务服务业", "Business services"),
    ("M75", "科技推广和应用服务业", "Services of applied science"),
    ("N77", "生态保护和环境治理业", "Environmental protection and treatment"),
    ("N78", "公共设施管理业", "Management of public facilities"),
    ("P82", "教育", "Education"),
    ("Q83", "卫生", "Health"),
];

/// What the bureau of statistics publishes for the city.
const STATISTICS: [(&str, &str, &str); 10] = [
    ("gdp", "地区生产总值", "Gross domestic product"),
    ("gdp_primary", "第一产业增加值", "Value added of the primary sector"),
    ("gdp_secondary", "第二产业增加值", "Value added of the secondary sector"),
    ("gdp_tertiary", "第三产业增加值", "Value added of the tertiary sector"),
    ("industrial_value_added", "规模以上工业增加值", "Value added of industry above designated size"),
    ("retail_sales", "社会消费品零售总额", "Retail sales of consumer goods"),
    ("urban_income", "城镇常住居民人均可支配收入", "Disposable income per urban resident"),
    ("rural_income", "农村常住居民人均可支配收入", "Disposable income per rural resident"),
    ("tourists", "旅游接待人次", "Visits of tourists"),
    ("tourism_income", "旅游综合收入", "Income of tourism"),
];

/// The eight facilities that each town has to have (黔府办发〔2012〕), and what towns added to them.
const FACILITIES: [(&str, &str, &str); 16] = [
    ("road", "交通路网", "Roads"),
    ("housing", "标准住房和保障房", "Housing"),
    ("water", "供水和污水垃圾处理", "Water, sewage and waste"),
    ("clinic", "卫生院", "Town hospital"),
    ("school", "标准学校", "School"),
    ("market", "农贸市场", "Farmers' market"),
    ("culture", "文体广场和活动中心", "Culture and sports"),
    ("park_industry", "产业园区", "Industrial park"),
    ("nursing_home", "敬老院", "Home for the aged"),
    ("coach_station", "客运站", "Coach station"),
    ("visitor_centre", "游客服务中心", "Visitor centre"),
    ("riverbank", "滨河步道", "Riverside walk"),
    ("cold_store", "冷链仓储", "Cold store"),
    ("craft_street", "民族工艺街", "Street of crafts"),
    ("fire_post", "消防站", "Fire post"),
    ("car_park", "公共停车场", "Public car park"),
];

/// Land uses of GB/T 21010-2007 that rural parcels have.
const LAND_USES: [(&str, &str, &str); 12] = [
    ("011", "水田", "Paddy"),
    ("012", "水浇地", "Irrigated land"),
    ("013", "旱地", "Dry land"),
    ("021", "果园", "Orchard"),
    ("022", "茶园", "Tea garden"),
    ("023", "其他园地", "Other garden land"),
    ("031", "有林地", "Forest"),
    ("032", "灌木林地", "Shrub land"),
    ("043", "其他草地", "Other grassland"),
    ("072", "农村宅基地", "Rural homestead"),
    ("114", "坑塘水面", "Pond"),
    ("122", "设施农用地", "Land of farm buildings"),
];

/// A list, its codes and the paper that they come from.
type List = (&'static str, &'static [(&'static str, &'static str, &'static str)], &'static str);

const LISTS: [List; 4] = [
    ("industry", &INDUSTRIES, "GB/T 4754-2011"),
    ("statistic", &STATISTICS, "统计局报表制度"),
    ("town_facility", &FACILITIES, "贵州省示范小城镇“8+X”项目建设要求"),
    ("land_use", &LAND_USES, "GB/T 21010-2007"),
];

pub(super) fn enter(books: &mut Books<'_>) {
    for (list, codes, source) in LISTS {
        for (code, name_zh, name_en) in codes {
            books.enter(Code {
                list: list.to_owned(),
                code: (*code).to_owned(),
                name_zh: (*name_zh).to_owned(),
                name_en: (*name_en).to_owned(),
                source: Some(source.to_owned()),
                valid_from: Some(date(2000, 1, 1)),
                valid_to: None,
            });
        }
    }
}
