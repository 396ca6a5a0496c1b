"""What a sheet of prices looks like."""

from backend.policy.confidence_terms import SourceCode
from backend.sheets.forms import Column, Form

# Where an observation comes from, in rising weight: of two on one day the weightier one is shown.
SOURCES: dict[SourceCode, int] = {
    "report": 1, "declaration": 2, "monitoring": 3, "receipt": 4, "inspection": 5
}  # fmt: skip

# Prices people hand in tell where they bought; those of institutions and clerks tell of no one.
FROM_RESIDENTS: tuple[SourceCode, ...] = ("report", "receipt")
# Their weights as SQL lists them, and the code of every weight.
RESIDENTS = ", ".join(str(SOURCES[code]) for code in FROM_RESIDENTS)
SOURCE_CODES: dict[int, SourceCode] = {weight: code for code, weight in SOURCES.items()}

_SOURCE_WORDS = {
    "居民反映": SOURCES["report"],
    "机构申报": SOURCES["declaration"],
    "价格监测": SOURCES["monitoring"],
    "监测": SOURCES["monitoring"],
    "购药小票": SOURCES["receipt"],
    "小票": SOURCES["receipt"],
    "现场检查": SOURCES["inspection"],
    "检查": SOURCES["inspection"],
}

# Whose row it is, in every sheet about outlets that are known.
OUTLET = Column(
    "定点编码", "outlet", "code", synonyms=("机构编码", "医保定点编码", "outlet"), required=True,
    max_length=40, help="机构表里的定点编码",
)  # fmt: skip

PRICES = Form(
    key="prices",
    title="机构药品价格表",
    columns=(
        OUTLET,
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
            "价格",
            "price_fen",
            "money",
            synonyms=("售价", "销售价格", "零售价", "price"),
            required=True,
            help="每个最小销售包装的价格，单位元",
        ),
        Column(
            "有货",
            "in_stock",
            "yes_no",
            synonyms=("库存", "是否有货", "in_stock"),
            help="是、否，空着表示不知道",
        ),
        Column(
            "观测日期",
            "observed_on",
            "date",
            synonyms=("日期", "采集日期", "observed_on"),
            required=True,
            help="看到这个价格的那一天",
        ),
        Column(
            "来源",
            "source",
            "choice",
            synonyms=("数据来源", "source"),
            required=True,
            choices=_SOURCE_WORDS,
            help="机构申报、价格监测、小票、检查、居民反映",
        ),
        Column(
            "凭证",
            "evidence",
            "text",
            synonyms=("依据", "evidence"),
            max_length=200,
            help="照片、小票或文书的编号",
        ),
        Column(
            "状态",
            "selling",
            "choice",
            synonyms=("在售状态",),
            choices={"在售": 1, "停售": 0},
            help="在售（默认）或停售",
        ),
    ),
)
