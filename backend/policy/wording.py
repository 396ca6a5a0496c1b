"""Every sentence about a policy pack: where a rule stands, what is only a draft, what is amiss."""

from backend.money import yuan
from backend.policy.confidence_terms import Confidence
from backend.policy.monitoring_terms import Monitoring
from backend.policy.terms import BandMethod, Pack, Ranking, Sourced

ORIGIN_MISSING = "没有写明出处，请写 document、clause、quote，或写 source"
ORIGIN_INCOMPLETE = "出处不完整，document、clause、quote 三项要一起写"
PERCENT = "应当是 1 到 100 的整数"
POSITIVE = "应当大于 0"
HOUR = "应是 0–23 的整数，是城市时间的几点"
WITHIN_AN_HOUR = "应是 0–3600 的整数，单位是秒"
NOT_NEGATIVE = "不能是负数"
HIDES_NOBODY = "应当不小于 2：一个人自己就是 1"
NOT_AROUND_ONE = "1000 应当在 low_permille 和 high_permille 之间"
KEPT_SHORTER = "keep_days 应当不小于 small_days"
ONE_ALONE = "应当不小于 2：一个来处自己不算数"
MORE_THAN_ALL = "agree_same_day 应当不大于 agree"
DOUBTS_ALL = "应当不小于 2：否则每个价格都可疑"
COUNTED_LONGER = "keep_days 应当不小于 within_days"
SHORTER_THAN_BAND = "应当不小于 band.window_days：算区间的观测要留着"
WAITS_LESS = "应当不小于 first_wait_s"
NOT_RISING = "low_percent 应当小于 high_percent"
DATES_REVERSED = "effective_until 早于 effective_from"
PART_PERCENT = "应当是 1 到 99 的整数"
POOR_ABOVE_FAIR = "poor_percent 应当小于 fair_percent"
STARTS_BELOW_FAIR = "应当不小于 fair_percent，不超过 100：刚看到的不能就说可能已变"
AGREEMENT_OF_AGREEMENT = "协议条款的 mode 不能再是 agreement"
EMPTY = "不能为空"
A_TABLE, A_LIST = "一张表", "一个列表"
PLAIN = {"str": "文字", "int": "整数", "bool": "true 或 false", "date": "日期"}
NOT_TOML = "不是有效的 TOML，请检查引号和方括号"


def bad_pack(name: str, where: str, what: str) -> str:
    """Which pack, which field, what is wrong."""
    return f"政策包 {name} 的“{where}”：{what}。"


def unknown_key(key: str) -> str:
    """A key that no pack has."""
    return f"不认识“{key}”这一项，请删去或改正拼写"


def missing_key(key: str) -> str:
    """A key that every pack has and this one lacks."""
    return f"缺少“{key}”这一项"


def wrong_type(value: object, wanted: str) -> str:
    """A value of another type than the one that is read here."""
    return f"{value!r} 的类型不对，应当是{wanted}"


def not_among(value: object, choices: tuple) -> str:
    """A value outside a closed list."""
    return f"{value!r} 不在可选的值里：{'、'.join(map(str, choices))}"


def undefined(word: str, table: str) -> str:
    """A reference to something the pack does not define."""
    return f"“{word}”没有在 {table} 里定义"


def same_id(id_: str) -> str:
    """Two files with one id."""
    return f"编号 {id_} 用了两次，请给新版本新的编号"


def same_rank(other: str) -> str:
    """Two packs of a city that would rule at the same time with equal right."""
    return f"与政策包 {other} 的效力相同，请写明不同的施行日期，或停用其中一个"


def no_pack(city: str) -> str:
    """No rules are known for that city."""
    return f"没有 {city} 的政策包，请先在 backend/policy/packs 中加入。"


def no_pack_on(city: str, day: object) -> str:
    """No rules of that city reach that day."""
    return f"{day} 这一天没有适用于 {city} 的政策包。"


def citation(pack: Pack, origin: Sourced) -> str:
    """Document, clause and the words themselves, or the other source where no document speaks."""
    if not origin.document:
        return origin.source
    title = pack.documents[origin.document].title
    return f"《{title}》{origin.clause}：“{origin.quote}”"


def draft_notice(pack: Pack) -> str:
    """The line that stands wherever a draft is applied; empty for a document in force."""
    return "依据为征求意见稿，正式文件公布后以正式文件为准。" if pack.draft else ""


def consultation(pack: Pack) -> str:
    """Whom to call."""
    return f"咨询和投诉请拨 {pack.consultation.phone}（{pack.consultation.name}）。"


def band_method(method: BandMethod) -> tuple[str, ...]:
    """How the band is computed, in the order of the computation, and whose method it is."""
    return (
        f"只看全市定点零售药店、同一个品规、{method.window_days} 天以内看到的价格，"
        "每家药店只算一个价。",
        f"少于 {method.min_observations} 家药店，不算区间，判为无法判定。",
        f"价格从低到高排队，从第 {method.low_percent}% 位到第 {method.high_percent}% 位"
        "就是“多数药店的价格”。两边都是真实的店价：一家药店改价，边最多移到相邻的那个价。",
        f"比区间上边高出 {method.clear_percent}% 以上，并且高出的数超过区间宽度的 "
        f"{method.clear_spread_percent}%，才叫“明显偏高”。",
        f"这是本系统公布的算法（{method.version}）：文件没有说明“相对集中”和“明显高于”怎么算。",
    )


def monitoring_method(terms: Monitoring) -> tuple[str, ...]:
    """How the volume-price index is computed, in the order of the computation, and whose it is."""
    low, high = permille(terms.low_permille), permille(terms.high_permille)
    return (
        f"文件要求药店的价格纳入“{terms.name}”管理，没有给出算法。"
        f"以下是本系统公布的算法 {terms.version}，不是医保部门的指数；"
        "官方公布的数导入以后，以官方的为准。",
        f"只看全市定点零售药店 {terms.window_days} 天以内看到的价格。每种药一个品规一个品规地比，"
        "不同规格、剂型、包装不混在一起。",
        f"对照价：同一个品规，各家药店的价从低到高排队，第 {terms.reference_percent}% 位的那个价；"
        f"少于 {terms.min_pharmacies} 家药店卖的药不比。",
        f"每种药：这家的价除以对照价。低于 {low} 的按 {low} 算，高于 {high} 的按 {high} 算，"
        "所以一个写错的价左右不了指数。",
        "指数就是这些比的平均数。我们没有销量，所以各种药一样重。"
        "1.000 是和对照价一样，大于 1 是偏贵。",
        f"能比的药不到 {terms.min_drugs} 种的药店，不算指数，写无法判定。"
        "每个月一期，夜里重算，月底留下最后一次。",
        "单家药店的指数和排名只给医保部门的工作人员用，这里不公布：指数是查看的线索，不是对药店的判定；"
        "判定看每一个价格旁边的结论。",
    )


def permille(thousandths: int) -> str:
    """A number of thousandths as people read it: 1085 → 1.085."""
    return f"{thousandths // 1000}.{thousandths % 1000:03}"


def balanced_order(ranking: Ranking) -> str:
    """The formula of the balanced order."""
    return (
        f"综合排序：价格加上路程，每公里按 {yuan(ranking.fen_per_km)} 元算，合计小的在前；"
        "已知没货的、没有位置的排在最后。没有任何付费排名。"
    )


# The parts of 什么是三进, in this order; what each says stands in the pack.
ABOUT = {
    "what": "三进是什么",
    "drugs": "哪些药",
    "outlets": "哪些地方",
    "prices": "该卖多少钱",
    "recognise": "怎么认",
    "unities": "五个统一",
    "complain": "哪里投诉",
    "join": "机构怎么参加",
    "not": "三进不是什么",
}

# When each verdict is given, to whom, and where in the pack its origin stands.
MEANINGS = {
    "compliant": (
        "公立基层医疗机构：等于中选价。药店：不高于中选价。民营机构：符合医保协议的约定。",
        "参加三进的机构，和所有医保定点的公立基层医疗机构", "price_rules", "public",
    ),
    "in_band": (
        "比中选价高，但没有超过多数药店的价格。文件允许适当加价。",
        "参加三进的药店", "price_rules", "pharmacy",
    ),
    "above_band": (
        "比多数药店的价格略高，还没有到“明显”。文件没有禁止。",
        "参加三进的药店", "price_rules", "pharmacy",
    ),
    "clearly_high": (
        "比多数药店的价格高出很多。这是文件唯一不允许的一种。",
        "参加三进的药店", "price_rules", "pharmacy",
    ),
    "off_winning": (
        "公立基层医疗机构的价格和中选价不一样，或者民营机构超过了协议的约定。",
        "公立基层医疗机构、民营机构", "price_rules", "public",
    ),
    "undetermined": (
        "缺少能判的依据：药店报价太少、不知道民营机构的协议、规格没有自己的中选价。",
        "所有机构", "price_rules", "private",
    ),
    "not_applicable": (
        "规则管不到：不是中选药品、中选价不在本地执行、机构不是医保定点，或没有参加三进。",
        "所有机构", "scope", "drugs",
    ),
}  # fmt: skip

ORDERS = (
    "离我近：按直线距离；一样远的，便宜的在前；再一样，按机构编码。",
    "价格低：按价格；价格一样的，近的在前；再一样，按机构编码。",
    "很可能已变的价，在哪一种里都排在可信的后面。",
)
CURRENT = (
    "同一家机构、同一个药，取最近一天看到的价格。",
    "同一天有几个来源的，依次取：现场检查、购药小票、价格监测、机构申报、居民反映。",
    "价格只增不改：旧的价格都留着，现在展示的价格写明是哪一天、从哪里看到的。",
)


def confidence_method(terms: Confidence) -> tuple[str, ...]:
    """How it is computed how far a price is still believed, with the pack's numbers."""
    return (
        "价会变，货会卖完。所以每个价、每句“有货”都算一个可信度：看到那天最高，一天天往下掉；"
        "掉得多快，看是谁看到的、在哪里看到的。",
        f"每有一个互不相干的人说不对，剩下的乘以 {terms.doubt_percent}%。"
        "同一个人一天里说几遍，只算一遍。只有新的观测能让它升回去。",
        f"低于 {terms.fair_percent}% 写明“可能已变”；低于 {terms.poor_percent}% 写明“很可能已变”，"
        f"排到后面。满 {terms.told_from} 个人说不对，才写出人数。",
        terms.source,
    )
