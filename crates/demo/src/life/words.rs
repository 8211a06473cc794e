//! What people write while they work.

pub(super) const REFUSALS: &[&str] = &[
    "不属于城市管理范围，已告知咨询物业。",
    "描述不清且无法联系，请补充后再报。",
    "属小区内部事务，已转告业委会。",
];
pub(super) const ANSWERS: &[&str] =
    &["已当场答复办理流程。", "已告知垃圾清运时间为每日六时前。", "已答复：该路段施工至本月底。"];
pub(super) const OUTSIDE: &[&str] = &["供电公司", "通信公司", "铁路车务段", "高速公路管理处"];
pub(super) const REPLIES: &[&str] = &["已处理完毕，请核对。", "已派人到场处理，恢复正常。"];
pub(super) const TRUE_FINDINGS: &[&str] =
    &["现场属实。", "属实，影响通行。", "属实，已拍照。", "属实，面积不大。"];
pub(super) const FALSE_FINDINGS: &[&str] = &["现场未发现该问题。", "到场时已恢复。"];
pub(super) const UNCLEAR: &[&str] = &["大门锁闭，无法进入。", "描述的位置找不到。"];
pub(super) const WORK: &[&str] = &[
    "已清理干净。",
    "已修复，平整牢固。",
    "已更换，恢复正常。",
    "已劝导并整改到位。",
    "已加固，消除隐患。",
    "已冲洗清运。",
];
pub(super) const RETURNS: &[&str] = &["不属于本单位职责范围。", "权属单位另有其人，请改派。"];
pub(super) const EXTENSIONS: &[&str] = &["需采购配件。", "连日降雨无法施工。", "需协调权属单位配合。"];
pub(super) const SUSPENSIONS: &[&str] = &["需列入道路大修工程，申请挂账。", "等待管线改迁后一并施工。"];
pub(super) const REJECTIONS: &[&str] = &["现场仍有残留，请再清理。", "照片看不清，请补拍。"];
pub(super) const DONE_FINDINGS: &[&str] = &["已处置到位。", "现场已恢复。", "符合结案条件。"];
pub(super) const UNDONE_FINDINGS: &[&str] = &["问题仍在。", "只处理了一部分。"];
pub(super) const REWORKS: &[&str] = &["核查未通过，请返工。", "处置不彻底，请重新处置。"];
pub(super) const CLOSINGS: &[&str] =
    &["已处置完毕，感谢反映。", "问题已解决。", "已恢复正常，欢迎继续监督。"];
pub(super) const REOPENINGS: &[&str] = &["还是老样子，没有解决。", "过了一天又这样了。"];
pub(super) const URGES: &[&str] = &["请加快处置并说明情况。", "群众反映强烈，请今日答复。"];
pub(super) const URGE_ANSWERS: &[&str] = &["已加派人手，今日完成。", "正在现场处置。"];
pub(super) const APPEALS: &[&str] = &["因停电无法作业，请予免责。", "派遣时间在下班前，责任不在我单位。"];
pub(super) const ME_TOO: &[&str] = &[
    "也要反映同一个问题：{text}",
    "听说有人打过电话了，催一下：{text}",
    "我们这一栋也受影响：{text}",
    "再反映一次，还没有人来：{text}",
];
pub(super) const JOINED: &str = "与在办案件为同一问题，并入一起办理。";
pub(super) const ALREADY_ENDED: &str = "所反映的问题刚刚办结，已将结果告知来电人。";
pub(super) const CONTACTS: &[&str] =
    &["已与来电人核对位置，告知办理时限。", "已联系来电人了解情况。", "已告知来电人正在办理。"];
pub(super) const ONCE_MORE: &[&str] =
    &["来电人表示问题未解决，请再次核办并书面说明。", "前次答复未落实，请限期办理。"];
pub(super) const REASONED: &[&str] = &[
    "经核实，该事项受现有条件限制暂不能办理，已向来电人说明依据。",
    "已向来电人说明办理经过与后续计划，来电人表示理解。",
];
pub(super) const REPLIES_WITHOUT: &[&str] = &["需列入计划，暂不能解决。", "权属仍在核实，尚无结果。"];
pub(super) const NOT_CONTENT: &[&str] =
    &["来电人表示问题又出现了。", "来电人表示只处理了一半。", "来电人表示没有人到过现场。"];
