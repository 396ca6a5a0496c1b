"""Outlets with names as they are registered, all invented, and what people may call them."""

from tests.makers import AN_OUTLET

DA_DONG, SHEN_HE, TIE_XI, HUANG_GU, XIN_MIN, HE_PING, FA_KU = (
    "大东区", "沈河区", "铁西区", "皇姑区", "新民市", "和平区", "法库县",
)  # fmt: skip

# code: (name, kind, district, address, chain)
_REGISTERED = {
    "DABEI": ("沈阳市大东区大北社区卫生服务中心（演示）", "社区卫生服务中心", DA_DONG,
              "沈阳市大东区演示大北关街9号", ""),
    "XIAOHE": ("沈阳市大东区小河沿社区卫生服务站（演示）", "社区卫生服务站", DA_DONG,
               "沈阳市大东区演示长安路3-1号", ""),
    "TCM": ("沈阳市铁西区中医院（演示）", "民营医疗机构", TIE_XI, "沈阳市铁西区演示兴工街20号", ""),
    "TXYD": ("沈阳铁西药店有限公司（演示）", "零售药店（单体）", HUANG_GU,
             "沈阳市皇姑区演示黄河大街60号", ""),
    "EAST": ("大东方药房（演示）", "零售药店（单体）", HUANG_GU, "沈阳市皇姑区演示鸭绿江街7号", ""),
    "TQZJ": ("演示天晴大药房连锁有限公司中街店", "零售药店（连锁）", SHEN_HE,
             "沈阳市沈河区中街路128号（演示大悦广场对面）", "演示天晴大药房连锁有限公司"),
    "TQTY": ("演示天晴大药房连锁有限公司太原街店", "零售药店（连锁）", HE_PING,
             "沈阳市和平区太原北街86号演示中兴大厦一层", "演示天晴大药房连锁有限公司"),
    "TQXM": ("演示天晴大药房连锁有限公司新民店", "零售药店（连锁）", XIN_MIN,
             "新民市辽河大街东段（演示客运站旁）", "演示天晴大药房连锁有限公司"),
    "RED": ("新民市红旗镇中心卫生院（演示）", "乡镇卫生院", XIN_MIN,
            "新民市红旗镇演示红旗街1号", ""),
    "LISHU": ("法库县梨树沟村卫生室（演示）", "村卫生室", FA_KU, "法库县演示梨树沟村", ""),
}  # fmt: skip
COLUMNS = ("机构名称", "机构类别", "区县", "地址", "连锁名称")


def rows():
    """The outlets as rows of a sheet, none with a position: words alone order them."""
    placeless = AN_OUTLET | {"纬度": "", "经度": "", "坐标系": ""}
    return [
        placeless | {"定点编码": code} | dict(zip(COLUMNS, facts, strict=True))
        for code, facts in _REGISTERED.items()
    ]


# (words, what the first answer is: a code; or whose names all answers hold one of; what is taken
# for a filter: districts and the word for the kind, "" where the words are a name)
QUESTIONS = (
    # names as they are written, in full and in part
    ("沈阳市大东区大北社区卫生服务中心", "DABEI", ""),
    ("大东区大北社区卫生服务中心", "DABEI", ""),
    ("大北社区卫生服务中心", "DABEI", ""),
    ("铁西区中医院", "TCM", ""),
    ("沈阳市铁西区中医院", "TCM", ""),
    ("大东方药房", "EAST", ""),
    ("演示天晴大药房连锁有限公司中街店", "TQZJ", ""),
    ("新民市红旗镇中心卫生院", "RED", ""),
    ("梨树沟村卫生室", "LISHU", ""),
    ("演示和平单体药店01", ("演示和平单体药店01",), ""),
    # short names
    ("大北社区", "DABEI", ""),
    ("大北社区医院", "DABEI", ""),
    ("小河沿社区", "XIAOHE", ""),
    ("小河沿社区站", "XIAOHE", ""),
    ("红旗镇卫生院", "RED", ""),
    ("红旗镇医院", "RED", ""),
    ("红旗卫生院", "RED", ""),
    ("梨树沟村", "LISHU", ""),
    ("梨树沟卫生所", "LISHU", ""),
    ("铁西药店", "TXYD", ""),
    ("铁西药店有限公司", "TXYD", ""),
    # chains and their branches
    ("演示天晴", ("演示天晴",), ""),
    ("天晴大药房", ("演示天晴",), ""),
    ("天晴大药房中街店", "TQZJ", ""),
    ("天晴中街店", "TQZJ", ""),
    ("天晴中街", "TQZJ", ""),
    ("中街天晴", "TQZJ", ""),
    ("天晴 太原街", "TQTY", ""),
    ("太原街店", "TQTY", ""),
    ("新民天晴大药房", "TQXM", ""),
    ("沈河的天晴", "TQZJ", "沈河区"),
    # streets and landmarks
    ("中街路", "TQZJ", ""),
    ("大悦广场", "TQZJ", ""),
    ("大悦广场附近", "TQZJ", ""),
    ("大悦广场对面的药店", "TQZJ", "药店"),
    ("中兴大厦", "TQTY", ""),
    ("太原北街86号", "TQTY", ""),
    ("客运站那家药店", "TQXM", "药店"),
    ("黄河大街", "TXYD", ""),
    # districts and kinds
    ("铁西那个", ("铁西",), "铁西区"),
    ("铁西区", ("铁西",), "铁西区"),
    ("浑南", ("浑南",), "浑南区"),
    ("沈北新区", ("沈北",), "沈北新区"),
    ("铁西区的药店", ("铁西",), "铁西区药店"),
    ("铁西的药房", ("铁西",), "铁西区药房"),
    ("沈河哪家药店", ("沈河", "中街店"), "沈河区药店"),
    ("于洪区有哪些药店", ("于洪",), "于洪区药店"),
    ("大东社区医院", ("大东",), "大东区社区医院"),
    ("大东社区", ("大东",), "大东区社区"),
    ("法库的村卫生室", ("法库",), "法库县村卫生室"),
    ("法库村卫生所", ("法库",), "法库县村卫生所"),
    ("康平卫生院", ("康平",), "康平县卫生院"),
    ("沈河诊所", ("沈河民营",), "沈河区诊所"),
    ("离我最近的药店", ("药",), "药店"),
    ("我家附近的社区医院", ("社区",), "社区医院"),
    ("社区卫生服务站", ("社区卫生服务站",), "社区卫生服务站"),
    ("和平沈河的单体药店", ("和平单体", "沈河单体"), "和平区沈河区单体药店"),
    ("药店 铁西", ("铁西",), "铁西区药店"),
    # pinyin and initials
    ("tiexi yaodian", ("铁西",), "铁西区药店"),
    ("tiexiyaodian", ("铁西",), "铁西区药店"),
    ("dabeishequ", "DABEI", ""),
    ("dbsq", "DABEI", ""),
    ("zhongjielu", "TQZJ", ""),
    ("tianqing", ("演示天晴",), ""),
    ("dayueguangchang", "TQZJ", ""),
    ("hongqizhenyiyuan", "RED", ""),
    # wrong characters
    ("大被社区", "DABEI", "社区"),
    ("小河延社区站", "XIAOHE", "社区站"),
    ("红旗真医院", "RED", ""),
    ("天情大药房", ("演示天晴",), "大药房"),
    ("大悦广厂", "TQZJ", ""),
    ("梨树勾村", "LISHU", ""),
    ("中兴大夏", "TQTY", ""),
    ("铁西区中医圆", "TCM", "铁西区"),
    ("dabeishequu", "DABEI", ""),
)
