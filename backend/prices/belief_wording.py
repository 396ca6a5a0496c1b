"""Every sentence about how old a price is, how far it is believed, and what is said against it."""

from typing import Protocol

from backend.policy.terms import Freshness

# What is said of a price that is believed less.
CHANGED = {"good": "", "fair": "可能已变", "poor": "很可能已变"}


class Doubted(Protocol):
    """How many independent askers contradicted a price and its stock."""

    @property
    def price(self) -> int: ...
    @property
    def stock(self) -> int: ...


def age(days: int, freshness: Freshness, level: str = "good") -> str:
    """How old a price is, and that it may have changed once it is believed less (`level`)."""
    match freshness.level(days):
        case "unknown":
            return "日期待核"
        case "today":
            told = "今天"
        case _:
            told = f"{days} 天前"
    return "，".join(filter(None, (told, CHANGED[level])))


def stock(in_stock: bool | None, days: int, level: str) -> str:
    """Whether it is in stock, less and less surely the longer ago somebody said so."""
    if in_stock is None:
        return "有没有货不知道"
    said = "有货" if in_stock else "没货"
    if level == "good":
        return said
    if level == "fair":
        return f"{_when(days)}{said}"
    return f"{_when(days)}{said}，现在要问"


def _when(days):
    return f"{days} 天前" if days > 0 else "今天"


def said_otherwise(doubts: Doubted, least: int) -> str:
    """How many people said it is not so; fewer than `least` are not told."""
    told = (
        f"{count} 人说{what}"
        for count, what in ((doubts.stock, "没货"), (doubts.price, "价格不对"))
        if count >= least
    )
    return "，".join(told)


def age_levels(freshness: Freshness) -> dict[str, str]:
    """The steps of how old prices are, and of how far the older ones are believed."""
    recent = freshness.recent_days
    return {
        "today": "当天",
        "recent": f"1–{recent} 天前",
        "older": f"{recent} 天以前，还可信",
        "stale": "可能已变",
        "outdated": "很可能已变，排在后面",
        "unknown": "日期待核",
    }
