"""A kind of message as it looks on every way, with the values of its preview. Pure."""

from backend.notices import wording
from backend.notices.kinds import NoticeKind
from backend.notices.splitting import parted, size_of


def previewed(kind: NoticeKind) -> str:
    """Its words as parts of a conversation, and as WeChat's template takes them."""
    given = kind.preview
    parts = parted(kind.words(given))
    lines = [wording.heading(kind.name, kind.title, kind.group)]
    lines += [wording.part(number, size_of(part), part) for number, part in enumerate(parts, 1)]
    lines += [wording.field(name, value) for name, value in kind.values(given).items()]
    return "\n".join([*lines, wording.opens(kind.address(given)), ""])
