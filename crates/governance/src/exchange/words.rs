//! The words that tables use: headers, states and channels, in English and Chinese.

use kernel::text::{fold_width, is_han};

use super::role::ColumnRole;
use crate::case::{Source, Stage};

/// A header or word without case, width, blanks and signs.
pub(super) fn plain(text: &str) -> String {
    text.chars()
        .map(fold_width)
        .flat_map(char::to_lowercase)
        .filter(|character| character.is_alphanumeric() || is_han(*character))
        .collect()
}

/// Names of the columns of each role, [`plain`], the likeliest first.
pub(super) const HEADERS: &[(ColumnRole, &[&str])] = &[
    (
        ColumnRole::Id,
        &[
            "srnumber",
            "servicerequestid",
            "servicerequestnumber",
            "requestid",
            "requestnumber",
            "caseid",
            "caseenquiryid",
            "casenumber",
            "caseno",
            "ticketid",
            "ticketnumber",
            "ticketno",
            "incidentid",
            "incidentnumber",
            "complaintid",
            "complaintnumber",
            "uniquekey",
            "srid",
            "案卷编号",
            "案卷号",
            "案件编号",
            "案件号",
            "案号",
            "工单编号",
            "工单号",
            "任务编号",
            "任务号",
            "受理编号",
            "受理号",
            "事件编号",
            "问题编号",
            "登记编号",
            "流水号",
            "单号",
            "编号",
            "referencenumber",
            "reference",
            "id",
        ],
    ),
    (
        ColumnRole::ReportedAt,
        &[
            "createddate",
            "creationdate",
            "datecreated",
            "createdat",
            "createdtime",
            "created",
            "requesteddatetime",
            "requestdatetime",
            "requestdate",
            "reporteddate",
            "reportedat",
            "datereported",
            "reportdate",
            "reporttime",
            "opendate",
            "opendt",
            "openedat",
            "opened",
            "dateopened",
            "datereceived",
            "receiveddate",
            "submissiondate",
            "submittedat",
            "submitted",
            "上报时间",
            "受理时间",
            "登记时间",
            "创建时间",
            "发现时间",
            "来电时间",
            "投诉时间",
            "诉求时间",
            "反映时间",
            "提交时间",
            "上报日期",
            "受理日期",
            "登记日期",
            "发生时间",
            "立案时间",
            "datetime",
            "date",
            "日期",
            "时间",
        ],
    ),
    (
        ColumnRole::ClosedAt,
        &[
            "closeddate",
            "dateclosed",
            "closedat",
            "closeddatetime",
            "closedt",
            "closedtime",
            "closed",
            "closingdate",
            "resolveddate",
            "resolutiondate",
            "completiondate",
            "datecompleted",
            "completedat",
            "completed",
            "结案时间",
            "结案日期",
            "办结时间",
            "办结日期",
            "完成时间",
            "完成日期",
            "关闭时间",
            "销案时间",
        ],
    ),
    (
        ColumnRole::UpdatedAt,
        &[
            "updateddate",
            "dateupdated",
            "updatedat",
            "updateddatetime",
            "updated",
            "lastupdated",
            "lastupdate",
            "lastmodified",
            "modifieddate",
            "resolutionactionupdateddate",
            "更新时间",
            "更新日期",
            "修改时间",
            "最后更新时间",
            "最后修改时间",
            "变更时间",
        ],
    ),
    (
        ColumnRole::DueAt,
        &[
            "servicedate",
            "duedate",
            "dueat",
            "due",
            "expecteddatetime",
            "expecteddate",
            "targetdate",
            "slatargetdt",
            "sladate",
            "promiseddate",
            "deadline",
            "截止时间",
            "截止日期",
            "应办结时间",
            "应结案时间",
            "处置截止时间",
            "办理期限",
            "办结期限",
            "到期时间",
        ],
    ),
    (
        ColumnRole::Class,
        &[
            "requesttype",
            "servicename",
            "servicerequesttype",
            "servicetype",
            "casetype",
            "complainttype",
            "problemtype",
            "issuetype",
            "category",
            "servicecode",
            "小类名称",
            "问题小类",
            "案件小类",
            "小类",
            "问题类型",
            "问题类别",
            "案件类型",
            "案件类别",
            "事件类型",
            "事件类别",
            "诉求类型",
            "诉求类别",
            "工单类型",
            "事项名称",
            "事项",
            "类型",
            "类别",
            "分类",
            "class",
            "type",
            "大类名称",
            "大类",
        ],
    ),
    (
        ColumnRole::State,
        &[
            "status",
            "requeststatus",
            "casestatus",
            "currentstatus",
            "state",
            "案卷状态",
            "案件状态",
            "工单状态",
            "当前状态",
            "办理状态",
            "处理状态",
            "状态",
            "案卷阶段",
            "当前阶段",
            "阶段",
            "stage",
        ],
    ),
    (
        ColumnRole::Channel,
        &[
            "requestsource",
            "source",
            "channel",
            "opendatachanneltype",
            "methodreceived",
            "intakechannel",
            "submissionmethod",
            "origin",
            "问题来源",
            "案件来源",
            "信息来源",
            "工单来源",
            "上报来源",
            "受理渠道",
            "诉求渠道",
            "来源渠道",
            "受理方式",
            "来源",
            "渠道",
        ],
    ),
    (
        ColumnRole::Text,
        &[
            "description",
            "problemdescription",
            "servicerequestdescription",
            "details",
            "detail",
            "comments",
            "comment",
            "text",
            "summary",
            "问题描述",
            "案件描述",
            "事件描述",
            "诉求内容",
            "反映内容",
            "工单内容",
            "来电内容",
            "受理内容",
            "问题内容",
            "描述",
            "内容",
            "案情",
            "详情",
        ],
    ),
    (
        ColumnRole::Address,
        &[
            "address",
            "incidentaddress",
            "streetaddress",
            "fulladdress",
            "locationaddress",
            "事发地址",
            "案发地址",
            "事发地点",
            "发生地址",
            "发生地点",
            "问题地址",
            "问题位置",
            "详细地址",
            "位置描述",
            "地址描述",
            "地址",
            "地点",
            "位置",
            "place",
            "location",
        ],
    ),
    (
        ColumnRole::Lon,
        &["longitude", "lon", "lng", "long", "经度", "东经", "x坐标", "pointx", "xcoordinate", "x"],
    ),
    (ColumnRole::Lat, &["latitude", "lat", "纬度", "北纬", "y坐标", "pointy", "ycoordinate", "y"]),
    (
        ColumnRole::Point,
        &[
            "latlon",
            "latlng",
            "latlong",
            "lonlat",
            "geopoint",
            "geolocation",
            "coordinates",
            "point",
            "经纬度",
            "坐标",
            "位置坐标",
            "thegeom",
            "wkt",
            "location",
            "position",
        ],
    ),
];

/// The stage that a word for a state means, [`plain`].
pub(super) fn stage(word: &str) -> Option<Stage> {
    Some(match word {
        "closed" | "close" | "done" | "resolved" | "completed" | "complete" | "fixed" | "finished"
        | "solved" | "archived" | "已结案" | "结案" | "已办结" | "办结" | "已完成" | "完成" | "已关闭"
        | "关闭" | "已处理" | "已解决" | "已归档" | "归档" | "正常结案" => Stage::Closed,
        "open" | "opened" | "new" | "reported" | "pending" | "inprogress" | "acknowledged" | "received"
        | "assigned" | "submitted" | "accepted" | "reopened" | "待处理" | "处理中" | "办理中" | "处置中"
        | "已受理" | "受理" | "待受理" | "未结案" | "未办结" | "未完成" | "待办" | "在办" | "已派遣"
        | "派遣" | "待派遣" | "已立案" | "立案" | "待立案" | "上报" | "已上报" | "待核查" | "核查"
        | "待结案" | "挂账" => Stage::Reported,
        "refused" | "rejected" | "declined" | "invalid" | "referred" | "referredout" | "notaccepted"
        | "unfounded" | "不予受理" | "不受理" | "未受理" | "不予立案" | "不立案" | "无效" => {
            Stage::Refused
        }
        "cancelled" | "canceled" | "void" | "voided" | "deleted" | "duplicate" | "withdrawn" | "作废"
        | "已作废" | "撤销" | "已撤销" | "撤回" | "已撤回" | "取消" | "已取消" | "重复" | "重复件" => {
            Stage::Voided
        }
        _ => return None,
    })
}

/// The channel that a word means, [`plain`].
pub(super) fn channel(word: &str) -> Option<Source> {
    Some(match word {
        "call" | "phone" | "telephone" | "voice" | "callin" | "hotline" | "311" | "12345" | "热线"
        | "电话" | "12345热线" | "市民热线" | "12319" | "热线电话" | "电话投诉" => {
            Source::Hotline
        }
        "app" | "mobileapp" | "mobile" | "web" | "website" | "online" | "selfservice" | "internet"
        | "open311" | "网站" | "网上" | "网络" | "微信" | "小程序" | "app上报" | "公众上报" | "市民上报"
        | "公众举报" => Source::Web,
        "driverselfreport" | "fieldcrew" | "crew" | "inspector" | "staff" | "patrol" | "巡查" | "采集员"
        | "采集员上报" | "监督员" | "监督员上报" | "巡查上报" | "信息采集员" => {
            Source::Collector
        }
        "councilsoffice" | "council" | "mayorsoffice" | "mayor" | "领导批示" | "领导交办" | "领导督办"
        | "上级交办" => Source::Leader,
        "twitter" | "facebook" | "socialmedia" | "media" | "press" | "媒体" | "媒体曝光" | "新闻媒体"
        | "微博" => Source::Media,
        "letter" | "letters" | "mail" | "email" | "walkin" | "inperson" | "fax" | "来信" | "来访"
        | "信访" | "来信来访" | "信件" => Source::Letters,
        "video" | "camera" | "cctv" | "视频" | "视频监控" | "视频巡查" | "视频抓拍" => {
            Source::Video
        }
        "sensor" | "iot" | "物联网" | "传感器" | "物联感知" => Source::Sensor,
        "other" | "otherplatform" | "interface" | "api" | "其他" | "其它" | "其他平台" | "部门转办"
        | "平台推送" => Source::OtherPlatform,
        _ => return None,
    })
}
