"""What a sheet of outlets looks like."""

from backend.sheets.forms import Column, Form

_BADGES = {
    "在名单": "active",
    "三进": "active",
    "是": "active",
    "暂停": "suspended",
    "退出": "left",
    "未参加": "none",
    "否": "none",
}
_AGREEMENTS = {"按中选价": "at_winning", "自主定价": "free", "未知": ""}

OUTLETS = Form(
    key="outlets",
    title="医药机构",
    columns=(
        Column(
            "定点编码",
            "code",
            "code",
            synonyms=("医保定点编码", "机构编码", "outlet_id"),
            required=True,
            max_length=40,
        ),
        Column(
            "机构名称",
            "name",
            "text",
            synonyms=("名称", "name", "药店名称"),
            required=True,
            max_length=120,
        ),
        Column(
            "机构类别",
            "kind",
            "text",
            synonyms=("类别", "type", "机构类型"),
            required=True,
            max_length=40,
            help="乡镇卫生院、社区卫生服务中心、社区卫生服务站、村卫生室、"
            "民营医疗机构、零售药店（连锁）、零售药店（单体）",
        ),
        Column("连锁名称", "chain", "text", synonyms=("连锁总部", "parent_org"), max_length=120),
        Column(
            "区县",
            "district",
            "text",
            synonyms=("行政区", "district"),
            required=True,
            max_length=20,
        ),
        Column("地址", "address", "text", synonyms=("详细地址", "address"), max_length=200),
        Column("纬度", "lat", "degree", synonyms=("lat", "latitude"), minimum=-90, maximum=90),
        Column(
            "经度", "lon", "degree", synonyms=("lon", "lng", "longitude"), minimum=-180, maximum=180
        ),
        Column(
            "坐标系",
            "system",
            "text",
            synonyms=("coord_system", "坐标系统"),
            max_length=40,
            help="GCJ-02（高德、腾讯）、WGS-84（GPS、天地图）或 BD-09（百度）",
        ),
        Column("营业时间", "hours", "text", synonyms=("开放时间",), max_length=200),
        Column("电话", "phone", "text", synonyms=("联系电话", "phone"), max_length=40),
        Column("医保定点", "designated", "yes_no", synonyms=("是否定点",), help="是（默认）或否"),
        Column("特药定点", "special", "yes_no", synonyms=("特药定点机构",)),
        Column("代采机构编码", "proxy_buyer", "code", synonyms=("代采机构",), max_length=40),
        Column(
            "价格约定",
            "agreement",
            "choice",
            synonyms=("协议价格约定",),
            choices=_AGREEMENTS,
            help="民营机构的医保协议怎样约定价格",
        ),
        Column("三进状态", "badge", "choice", synonyms=("三进标识",), choices=_BADGES),
        Column("三进起始日", "badge_since", "date", synonyms=("标识起始日",)),
        Column("三进有效期至", "badge_until", "date", synonyms=("标识有效期至",)),
        Column("三进批次", "badge_round", "text", synonyms=("公布批次",), max_length=40),
        Column(
            "变更原因", "badge_reason", "text", synonyms=("退出原因", "暂停原因"), max_length=300
        ),
        Column("演示", "demo", "yes_no", synonyms=("演示数据",)),
        Column("来源", "source", "text", synonyms=("source", "数据来源"), max_length=300),
        Column(
            "状态",
            "state",
            "choice",
            synonyms=("在用状态",),
            choices={"在用": "in_use", "撤销": "withdrawn"},
        ),
        Column("替代编码", "replaced_by", "code", max_length=40),
    ),
)
