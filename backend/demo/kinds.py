"""What stands where: kinds of outlets, their shares, and the districts they are spread over."""

from collections.abc import Sequence
from math import floor

CHAIN, SINGLE = "零售药店（连锁）", "零售药店（单体）"
CENTRE, STATION = "社区卫生服务中心", "社区卫生服务站"
TOWNSHIP, VILLAGE, PRIVATE = "乡镇卫生院", "村卫生室", "民营医疗机构"
PHARMACIES, PUBLIC = (CHAIN, SINGLE), (CENTRE, STATION, TOWNSHIP, VILLAGE)

# Buyers come before those they buy for (代采).
SHARES = {
    CENTRE: 0.08, TOWNSHIP: 0.08, CHAIN: 0.40, SINGLE: 0.15, STATION: 0.12, VILLAGE: 0.10,
    PRIVATE: 0.07,
}  # fmt: skip
BUYER = {STATION: CENTRE, VILLAGE: TOWNSHIP}

# Weights, roughly as the residents are spread.
TOWNSFOLK = {
    "210102": 9, "210103": 11, "210104": 9, "210105": 11, "210106": 17, "210111": 6, "210112": 12,
    "210113": 7, "210114": 11, "210115": 4, "210123": 3, "210124": 3, "210181": 6,
}  # fmt: skip
COUNTRYFOLK = {
    "210111": 4, "210112": 3, "210113": 4, "210114": 4, "210115": 7, "210123": 6, "210124": 7,
    "210181": 9,
}  # fmt: skip

HOURS = {
    CHAIN: ("8:00-21:00", "7:30-21:30", "周一至周日 8:00-20:30", "24小时"),
    SINGLE: ("8:00-20:00", "8:30-19:30", "周一至周六 8:00-20:00；周日 9:00-18:00"),
    CENTRE: ("周一至周五 8:00-16:30；周六 9:00-12:00", "8:00-16:30"),
    STATION: ("周一至周五 8:00-16:30", "周一至周五 8:00-11:30,13:00-16:30；周六 9:00-12:00"),
    TOWNSHIP: ("8:00-16:30", "24小时"),
    VILLAGE: ("8:00-17:00", "周一至周六 8:00-11:30,13:00-17:00"),
    PRIVATE: ("8:00-17:00", "周一至周六 8:30-17:30", "24小时"),
}


def shared_out(count: int, weights: Sequence[float]) -> list[int]:
    """`count` things in whole numbers by weight, the largest remainders rounded up."""
    exact = [count * weight / sum(weights) for weight in weights]
    parts = [floor(share + 1e-9) for share in exact]
    largest = sorted(range(len(exact)), key=lambda i: (parts[i] - exact[i], i))
    for i in largest[: count - sum(parts)]:
        parts[i] += 1
    return parts
