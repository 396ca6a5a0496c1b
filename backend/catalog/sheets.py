"""What the sheets of drugs, of other names and of the codes on boxes look like."""

from backend.sheets.forms import Column, Form

_KINDS = {
    "中选": "won",
    "集采中选": "won",
    "非中选": "not_won",
    # What sort of medicine it is does not say whether it won.
    "西药": "",
    "中成药": "",
    "进口化学药": "",
    "国产生物制品": "",
    "进口生物制品": "",
    "中药饮片": "decoction",
    "中药配方颗粒": "granule",
}
KINDS = tuple(dict.fromkeys(filter(None, _KINDS.values())))
_COVERS = {"是": "yes", "Y": "yes", "否": "no", "N": "no", "待核": "unsure", "unknown": "unsure"}
_STANDINGS = {
    "执行中": "official",
    "演示假定有效": "assumed",
    "已到期": "historical",
    "历史": "historical",
    "归属待核": "unsure",
    "外省中选": "elsewhere",
}

DRUGS = Form(
    key="drugs",
    title="药品与中选价",
    columns=(
        Column(
            "药品编码",
            "code",
            "code",
            synonyms=("品规编码",),
            max_length=40,
            help="没有就空着，系统按通用名、规格、包装、企业编一个固定的编码",
        ),
        Column(
            "医保编码",
            "nhsa_code",
            "code",
            synonyms=("nhsa_code", "国家医保药品代码", "医保药品编码"),
            max_length=40,
        ),
        Column(
            "通用名",
            "generic_name",
            "text",
            synonyms=("generic_name", "药品通用名", "药品名称", "品种名称"),
            required=True,
            max_length=200,
        ),
        Column("剂型", "dosage_form", "text", synonyms=("dosage_form",), max_length=60),
        Column("规格", "strength", "text", synonyms=("strength",), max_length=200),
        Column(
            "包装",
            "pack",
            "text",
            synonyms=("pack", "包装规格"),
            max_length=200,
            help="例如 0.5g*60",
        ),
        Column("包装数量", "pack_qty", "integer", synonyms=("pack_qty", "转换比", "包装量")),
        Column("计量单位", "pack_unit", "text", synonyms=("最小制剂单位",), max_length=10),
        Column("包装单位", "package_unit", "text", synonyms=("最小包装单位",), max_length=10),
        Column(
            "生产企业",
            "manufacturer",
            "text",
            synonyms=("manufacturer", "中选企业", "企业名称", "生产厂家"),
            max_length=200,
        ),
        Column(
            "批准文号", "approval_no", "text", synonyms=("approval_no", "国药准字"), max_length=60
        ),
        Column("药品类别", "kind", "choice", synonyms=("drug_type", "类别"), choices=_KINDS),
        Column("特药", "special", "yes_no", synonyms=("特药管理", "是否特药")),
        Column("成分名", "core", "text", synonyms=("成分",), max_length=200),
        Column("商品名", "brand", "text", synonyms=("trade_name", "品牌名"), max_length=200),
        Column("病种", "tags", "list", synonyms=("适用病种",), max_length=200),
        Column(
            "分类代码",
            "category",
            "text",
            synonyms=("category_code", "医保分类代码"),
            max_length=20,
        ),
        Column("采购批次", "batch", "text", synonyms=("batch", "集采批次", "批次"), max_length=60),
        Column(
            "中选价",
            "price_fen",
            "money",
            synonyms=("price_cny", "中选价格", "集采中选价", "中选价（元）"),
        ),
        Column(
            "支付标准",
            "standard_fen",
            "money",
            synonyms=("医保支付标准",),
            help="医保支付标准，单位元；填了就要写来源",
        ),
        Column("支付标准来源", "standard_source", "text", max_length=300),
        Column("有效期起", "valid_from", "date", synonyms=("执行日期", "起始日期")),
        Column("有效期止", "valid_until", "date", synonyms=("终止日期", "协议到期日")),
        Column("供应地区", "regions", "text", synonyms=("region", "供应省份"), max_length=500),
        Column(
            "供应本市",
            "covers",
            "choice",
            synonyms=("covers_shenyang", "供应沈阳"),
            choices=_COVERS,
        ),
        Column("效力", "standing", "choice", synonyms=("执行状态",), choices=_STANDINGS),
        Column("公布日期", "announced_on", "date", synonyms=("result_date", "中选结果日期")),
        Column(
            "公告网址", "notice_url", "url", synonyms=("official_url", "公告链接"), max_length=300
        ),
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

ALIASES = Form(
    key="aliases",
    title="药品别名",
    columns=(
        Column("别名", "name", "text", synonyms=("alias", "俗名"), required=True, max_length=120),
        Column("别名类型", "kind", "text", synonyms=("alias_type", "类型"), max_length=20),
        Column(
            "通用名",
            "generic_name",
            "text",
            synonyms=("generic_name", "药品通用名"),
            required=True,
            max_length=200,
        ),
        Column(
            "生产企业",
            "manufacturer",
            "text",
            synonyms=("manufacturer", "企业名称"),
            max_length=200,
        ),
        Column("病种", "disease", "text", synonyms=("disease_group",), max_length=200),
        Column("来源", "source", "text", synonyms=("source", "数据来源"), max_length=300),
    ),
)

PRODUCT_CODES = Form(
    key="product_codes",
    title="药品标识对照",
    columns=(
        Column(
            "码",
            "code",
            "code",
            synonyms=("药品标识码", "追溯码前7位", "商品条码", "药品本位码", "code"),
            required=True,
            max_length=200,
            help="追溯码前 7 位、商品条码（13、14 位）或药品本位码；整条追溯码只留前 7 位",
        ),
        Column(
            "药品编码",
            "drug",
            "code",
            synonyms=("医保编码", "国家医保药品代码", "drug"),
            required=True,
            max_length=40,
            help="药品表里的药品编码或医保编码",
        ),
        Column(
            "来源",
            "source",
            "text",
            synonyms=("source", "数据来源"),
            required=True,
            max_length=300,
            help="从哪里来的；演示用的以“演示”开头",
        ),
    ),
)
