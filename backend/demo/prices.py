"""Invented prices for the synthetic outlets: what each sells, asks, has in stock, and when seen.

What an outlet sells is drawn without replacement by popularity: common medicines for chronic
illness stand almost everywhere, injections and cancer drugs hardly ever in a pharmacy. Prices are
drawn from `markups`. In stock: 85 % yes, 8 % no, 7 % unknown. Seen within the last 60 days, more
often lately. An outlet's prices depend on its own code and the seed, not on its neighbours'. The
same (seed, outlets, drugs, today) gives the same rows.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from backend.demo.kinds import PHARMACIES
from backend.demo.markups import POINTS, TIERS, factors, tier_of

HEADER = ("定点编码", "药品编码", "价格", "有货", "观测日期", "来源", "凭证", "状态")


class Product(NamedTuple):
    """A drug to put prices on: its code in our catalogue, winning price in 分, generic name."""

    code: str
    winning_fen: int
    name: str


class Scale(NamedTuple):
    """How much to make: outlets, and prices per outlet (give or take `spread`)."""

    outlets: int
    prices: int
    spread: int


DEMO, CITY = Scale(400, 65, 25), Scale(10_000, 100, 25)

POPULAR = (
    "二甲双胍", "氨氯地平", "阿托伐他汀", "瑞舒伐他汀", "阿卡波糖", "格列美脲", "格列齐特",
    "氯吡格雷", "美托洛尔", "厄贝沙坦", "缬沙坦", "氯沙坦", "比索洛尔", "奥美拉唑", "铝碳酸镁",
    "多潘立酮", "蒙脱石", "阿莫西林", "头孢克洛", "左氧氟沙星片", "布洛芬", "对乙酰氨基酚",
    "塞来昔布", "氨溴索片", "孟鲁司特", "氯雷他定", "西替利嗪", "非布司他", "坦索罗辛",
    "曲美他嗪", "单硝酸异山梨酯",
)  # fmt: skip
_SELDOM = (
    "替尼",
    "拉非尼",
    "他滨片",
    "替莫唑胺",
    "替吉奥",
    "鲁胺",
    "比特龙",
    "西那卡塞",
    "安立生坦",
)
_INJECTED = ("注射", "吸入用")

_DAYS = 60
_SOURCES = ("机构申报",) * 14 + ("价格监测",) * 4 + ("购药小票", "居民反映")
_STOCK = ("是",) * 85 + ("否",) * 8 + ("",) * 7


def make_prices(
    outlets: Iterable[Mapping[str, str]],
    drugs: Sequence[Product],
    *,
    today: date,
    seed: int = 2026,
    size: Scale = DEMO,
) -> Iterator[tuple[str, ...]]:
    """Rows of a price sheet in the order of HEADER, outlet by outlet (a stream).

    `drugs` holds each code once; an outlet sells at most all of them.
    """
    days = [(today - timedelta(days=ago)).isoformat() for ago in range(_DAYS)]
    drawn = {tier: factors(tier, seed) for tier in TIERS}
    weights = {retail: _weights(drugs, retail=retail) for retail in (True, False)}
    spread = 0
    for number, outlet in enumerate(outlets):
        rng = Random(f"prices:{seed}:{outlet['定点编码']}")
        # Neighbours share the spread, one more and one fewer, so the total is exact.
        spread = -spread if number % 2 else rng.randint(0, size.spread)
        retail = outlet["机构类别"] in PHARMACIES
        chosen = _assortment(rng, weights[retail], size.prices + spread)
        yield from _priced(rng, outlet["定点编码"], [drugs[i] for i in chosen],
                           drawn[tier_of(outlet)], days)  # fmt: skip


def _priced(rng, outlet, drugs, asked, days):
    draw = rng.random
    for code, winning, _ in drugs:
        factor = asked[int(draw() * POINTS)]
        fen = winning if factor == 1 else _shelf(winning * factor)
        seen = days[int(draw() ** 2 * _DAYS)]
        source = _SOURCES[int(draw() * len(_SOURCES))]
        receipt = f"演示小票-{seen}" if source == "购药小票" else ""
        stock = _STOCK[int(draw() * len(_STOCK))]
        yield outlet, code, f"{fen // 100}.{fen % 100:02d}", stock, seen, source, receipt, "在售"


def _shelf(fen: float) -> int:
    """A price as shelves show it: whole 角 from 5 元 on."""
    return max(1, round(fen / 10) * 10 if fen >= 500 else round(fen))


def _weights(drugs, *, retail):
    return [1 / _popularity(drug.name, retail=retail) for drug in drugs]


def _popularity(name, *, retail):
    if any(word in name for word in _INJECTED):
        return 0.05 if retail else 1.0
    if any(word in name for word in POPULAR):
        return 40.0
    if any(word in name for word in _SELDOM):
        return 0.1 if retail else 0.3
    return 4.0


def _assortment(rng, weights, count):
    """Indexes of what an outlet sells: a draw by weight without replacement."""
    draw = rng.random
    keys = [(draw() ** weight, i) for i, weight in enumerate(weights)]
    keys.sort(reverse=True)
    return sorted(i for _, i in keys[:count])
