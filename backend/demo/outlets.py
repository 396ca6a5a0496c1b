"""Synthetic outlets around the real districts of Shenyang, every one named 演示.

Nothing here is a real institution: names, codes, addresses and states are invented, no telephone is
given, and positions are drawn at random (three in four near the district's town, the rest, and all
rural ones, anywhere inside its outline). Kinds and districts are in fixed shares, badges, special
status and hours are drawn with the chances written here, in `kinds` and in `standing`. The same
(count, seed, today) gives the same rows on every machine.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from random import Random

from shapely import Point, prepare

from backend.demo.kinds import (
    BUYER,
    CHAIN,
    COUNTRYFOLK,
    HOURS,
    SHARES,
    SINGLE,
    TOWNSFOLK,
    TOWNSHIP,
    VILLAGE,
    shared_out,
)
from backend.demo.standing import standing
from backend.outlets.places import District, districts, scales

HEADER = (
    "定点编码", "机构名称", "机构类别", "连锁名称", "区县", "地址", "纬度", "经度", "坐标系",
    "营业时间", "电话", "医保定点", "特药定点", "代采机构编码", "价格约定", "三进状态",
    "三进起始日", "三进有效期至", "三进批次", "变更原因", "演示", "来源",
)  # fmt: skip

_CHAINS = tuple(f"演示{letter}连锁" for letter in "甲乙丙丁戊己")
HOURS_UNKNOWN, NEAR_TOWN = 0.04, 0.75


def make_outlets(count: int = 400, *, seed: int = 2026, today: date) -> Iterator[dict[str, str]]:
    """Rows of an outlet sheet, keyed by HEADER; `today` dates the badges."""
    rng = Random(f"outlets:{seed}:{count}")
    numbers: dict[str, int] = defaultdict(int)
    buyers: dict[tuple[str, str], list[str]] = defaultdict(list)
    for kind, district, number in _posts(count):
        numbers[district.code] += 1
        code = f"DEMO{district.code}-{numbers[district.code]:04d}"
        row = _row(rng, kind, district, number) | standing(rng, kind, today)
        buying = buyers[district.code, BUYER.get(kind, "")]
        row |= {"定点编码": code, "代采机构编码": rng.choice(buying) if buying else ""}
        buyers[district.code, kind].append(code)
        yield {column: row.get(column, "") for column in HEADER}


def _posts(count) -> Iterator[tuple[str, District, int]]:
    """What stands where: kind, district and its running number there."""
    places = {district.code: district for district in districts()}
    kinds = shared_out(count, list(SHARES.values()))
    for kind, of_kind in zip(SHARES, kinds, strict=True):
        weights = COUNTRYFOLK if kind in (TOWNSHIP, VILLAGE) else TOWNSFOLK
        for code, here in zip(weights, shared_out(of_kind, list(weights.values())), strict=True):
            for number in range(1, here + 1):
                yield kind, places[code], number


def _row(rng, kind, district, number):
    chain = rng.choice(_CHAINS) if kind == CHAIN else ""
    lat, lon = _position(rng, kind, district)
    return {
        "机构名称": _name(kind, chain, district, number),
        "机构类别": kind,
        "连锁名称": chain,
        "区县": district.name,
        "地址": f"沈阳市{district.name}（演示地址，非真实门牌）",
        "纬度": f"{lat:.6f}",
        "经度": f"{lon:.6f}",
        "坐标系": "GCJ-02",
        "营业时间": "" if rng.random() < HOURS_UNKNOWN else rng.choice(HOURS[kind]),
        "演示": "是",
        "来源": "演示数据（程序生成，非真实机构）",
    }


def _name(kind, chain, district, number):
    short = district.name.removesuffix("新区").rstrip("区县市")
    if kind == CHAIN:
        return f"{chain}药店{short}{number:02d}店"
    if kind == SINGLE:
        return f"演示{short}单体药店{number:02d}"
    return f"演示{short}{kind}{number:02d}"


def _position(rng, kind, district):
    """A GCJ-02 (lat, lon) inside the district, six decimals."""
    prepare(district.outline)
    rural = kind in (TOWNSHIP, VILLAGE)
    while True:
        near = not rural and rng.random() < NEAR_TOWN
        lat, lon = _near(rng, district.centre) if near else _within(rng, district.outline.bounds)
        lat, lon = round(lat, 6), round(lon, 6)
        if district.outline.contains(Point(lon, lat)):
            return lat, lon


def _near(rng, centre, metres=2_500):
    ky, kx = scales(centre[0])
    return centre[0] + rng.gauss(0, metres) / ky, centre[1] + rng.gauss(0, metres) / kx


def _within(rng, bounds):
    west, south, east, north = bounds
    return rng.uniform(south, north), rng.uniform(west, east)
