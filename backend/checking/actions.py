"""Verbs of the content check: check words, check a picture, decide as a person."""

import json
import secrets
from datetime import datetime
from typing import Any, NamedTuple

from backend.checking import wording
from backend.checking.deciding import PERSON, WECHAT, move, words_of
from backend.checking.following import follower_of
from backend.checking.models import Check
from backend.checking.rules import ASKED, REVIEW, RISKY, Said, of_verdict, pieces, worst
from backend.codes import written
from backend.db import database
from backend.errors import BadInput, NotFound, NotNow, WordsRefused
from backend.outside import outside
from backend.outside.clock import city_day
from backend.outside.wechat import TEXT_LETTERS, NotDone, Scene
from backend.policy.packs import pack_on
from backend.policy.wording import consultation

WORDS, IMAGE = "words", "image"


class Checked(NamedTuple):
    """How it stands: "pass" (show it), "review" (a person looks first) or "asked" (wait).

    `told` is what the submitter is told of it, "" where there is nothing to tell.
    """

    code: str
    state: str
    told: str


def check_words(
    openid: str, words: str, *, about: str, scene: Scene, may_leave: bool, city: str = "shenyang"
) -> Checked:
    """Have words looked at in the moment they are handed in, outside of any transaction.

    `may_leave` says whether openid and words may be told to WeChat: never of what is anonymous,
    confidential or from the web; a person looks at it. So he does wherever WeChat cannot say.
    `about` is the caller's own reference, its first word the one it follows under. Raises
    WordsRefused where they are risky; nothing of them is kept, whatever comes of it.
    """
    follower_of(about)
    if database.in_transaction():
        raise RuntimeError("WeChat is not asked while a transaction waits for it")
    pack = pack_on(city, city_day(outside.clock.now()))
    if may_leave and openid:
        said = _asked(openid, words, scene, pack.checking.pieces)
    else:
        said = _not_asked(may_leave)
    moment = outside.clock.now()
    facts: dict[str, Any] = dict(words_of(said))
    if said.suggest != REVIEW:
        facts |= {"decided_at": moment, "decided_by": WECHAT}
    code = _kept(WORDS, about, said.suggest, moment, why=said.why, **facts)
    if said.suggest == RISKY:
        raise WordsRefused(wording.refused(consultation(pack)))
    return Checked(code, said.suggest, wording.TOLD[said.suggest])


def check_image(openid: str, url: str, *, about: str, scene: Scene, may_leave: bool) -> Checked:
    """Note that a picture shall be looked at; the worker asks, and the verdict is pushed later.

    May stand in the caller's transaction: nothing is asked here. WeChat fetches the picture from
    `url`, so it must be there for hours, for whoever knows the address. `may_leave` and `about` as
    with words.
    """
    follower_of(about)
    moment = outside.clock.now()
    if not (may_leave and openid):
        code = _kept(IMAGE, about, REVIEW, moment, why=_not_asked(may_leave).why)
        return Checked(code, REVIEW, wording.TOLD[REVIEW])
    code = _new_code()
    question = json.dumps([openid, url, int(scene)]).encode()
    _kept(
        IMAGE, about, ASKED, moment, code=code, next_at=moment,
        sealed=outside.vault.sealed(f"check {code}", question),
        who=outside.vault.mark("openid", openid),
    )  # fmt: skip
    return Checked(code, ASKED, wording.TOLD[ASKED])


def decide(code: str, state: str, *, note: str) -> None:
    """Decide as a person, once: what waits for one, or otherwise than WeChat did.

    `state` is "pass" or "risky". Raises BadInput without a note, NotFound, NotNow where WeChat is
    still to say, a person has decided, or words were not even taken.
    """
    if not note.strip():
        raise BadInput(wording.NEEDS_NOTE)
    check = Check.get_or_none(Check.code == code.strip().upper())
    if check is None:
        raise NotFound(wording.NO_SUCH_CHECK)
    if check.state == ASKED:
        raise NotNow(wording.NOT_YET)
    if check.state == RISKY and check.what == WORDS and check.decided_by == WECHAT:
        raise NotNow(wording.NOTHING_LEFT)
    may_be = check.decided_by != PERSON and check.state != state
    moment, note = outside.clock.now(), note.strip()[:500]
    if not may_be or not move(check, check.state, Said(state), by=PERSON, moment=moment, note=note):
        raise NotNow(wording.DECIDED_ALREADY)


def _asked(openid, words, scene, most):
    """The worst that is said of the pieces; after one that cannot be checked none is asked."""
    parts = pieces(words, TEXT_LETTERS)
    if len(parts) > most:
        return Said(REVIEW, why="too_long")
    said = []
    for part in parts:
        try:
            said.append(of_verdict(*outside.wechat.check_text(openid, part, scene=scene)))
        except NotDone as error:
            said.append(Said(REVIEW, why=error.why))
        if said[-1].suggest == RISKY or said[-1].why != "label":
            break
    return worst(said)


def _not_asked(may_leave):
    return Said(REVIEW, why="not_our_person" if may_leave else "not_to_leave")


def _kept(what: str, about: str, state: str, moment: datetime, *, code: str = "", **facts) -> str:
    """Write a new check down; its code."""
    code = code or _new_code()
    Check.insert(
        code=code, what=what, about=about, state=state, made_at=moment, since=moment, **facts
    ).execute()
    return code


def _new_code():
    """Drawn by chance: nobody comes from one to the next."""
    return "K" + written(secrets.randbits(50), length=10)
