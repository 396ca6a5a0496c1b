"""What breaks programs made for the released description, in words for whoever changed it."""

from collections.abc import Iterable


def gone(where: str) -> str:
    """Something is no longer there."""
    return f"{where}：没有了。"


def renamed(where: str, old: str, new: str) -> str:
    """Another operationId: generated clients call it by name."""
    return f"{where}：operationId 由 {old} 变成了 {new}。"


def undeprecated(where: str) -> str:
    """A deprecation that was announced and is no longer."""
    return f"{where}：已经宣布停用，现在又不说了。"


def demanded(where: str) -> str:
    """A parameter one must give now."""
    return f"{where}：变成必填了。"


def other_ways(where: str, ways: Iterable[str]) -> str:
    """Another type, or another shape."""
    return f"{where}：类型变了，现在可能是 {'、'.join(sorted(ways))}。"


def other_format(where: str, old: str | None, new: str | None) -> str:
    """Another format of a text."""
    return f"{where}：格式由 {old or '没有'} 变成了 {new or '没有'}。"


def new_values(where: str) -> str:
    """An answer with a code that was not listed."""
    return f"{where}：答案里会有没列过的值。"


def not_always(where: str) -> str:
    """A property an answer may lack now."""
    return f"{where}：不再总是有了。"


def other_default(where: str, old: object, new: object) -> str:
    """Who leaves a parameter out gets something else."""
    return f"{where}：不填时的意思由 {old!r} 变成了 {new!r}。"


def refused_values(where: str, lost: Iterable[str]) -> str:
    """A code one could ask with."""
    return f"{where}：以前可以填的现在不行了：{'、'.join(sorted(map(str, lost))) or '列表以外的'}。"


def tighter(where: str, bound: str, now: object) -> str:
    """A tighter bound."""
    return f"{where}：{bound} 收紧到 {now}。"
