"""What the content check holds of a person: pictures WeChat has not been asked about yet."""

from backend.checking import wording
from backend.checking.deciding import WECHAT, move
from backend.checking.models import Check
from backend.checking.rules import ASKED, REVIEW, Said
from backend.citizens.holdings import Holding, Told
from backend.outside import outside


def told(openid: str) -> Told:
    """The questions that still hold this person's openid."""
    return [
        {"code": check.code, "what": wording.KINDS[check.what], "made_at": check.made_at}
        for check in _of(openid)
    ]


def forget(openid: str) -> int:
    """Ask nothing more in this person's name: whoever looks at the pictures is one of us."""
    moment, said = outside.clock.now(), Said(REVIEW, why="let_go")
    return sum(move(check, ASKED, said, by=WECHAT, moment=moment) for check in _of(openid))


def _of(openid):
    marks = outside.vault.marks("openid", openid)
    return list(Check.select().where(Check.who.in_(marks)).order_by(Check.id))


HOLDINGS = (Holding(wording.HELD, told, forget),)
