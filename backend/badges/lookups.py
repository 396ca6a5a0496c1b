"""Reading a badge as proof: its signed statement, the token of a counter sign, and its check."""

from datetime import date, datetime, timedelta

from backend.badges import rules, wording
from backend.badges.standing import HELD, history, standings
from backend.catalog import editions
from backend.errors import NotFound, NotNow
from backend.outlets import wording as outlet_wording
from backend.outlets.lookups import name_of, place_card
from backend.outlets.models import Outlet
from backend.outside import outside
from backend.outside.clock import CITY_TIME
from backend.outside.signing import text_of
from backend.policy.packs import pack_on


def proof(code: str, *, city: str = "shenyang") -> dict:
    """An outlet's badge with its signed statement: {outlet, badge, history, checked_at, signed,
    signature, key …}. A withdrawn outlet answers too; raises NotFound for a code nobody has.
    """
    outlet, moment = _outlet(code), _now()
    pack, day = pack_on(city, moment.date()), moment.date()
    badge = standings([outlet], day)[outlet.id]
    issued, ends = _period(badge, moment, pack)
    facts = {
        "city": city, "outlet": outlet.code, "state": badge["state"], "since": badge["since"],
        "until": badge["until"], "edition": badge["edition"], "issued_at": issued,
        "valid_until": ends,
    }  # fmt: skip
    signed = rules.statement(facts)
    return {
        "outlet": place_card(outlet, pack),
        "badge": badge,
        "history": history(outlet, badge, day),
        "replaced_by": _replacement(outlet),
        "checked_at": issued,
        "valid_until": ends,
        "signed": signed,
        "signature": text_of(outside.signer.sign(signed.encode())),
        "key": text_of(outside.signer.key_id),
    }


def _period(badge, moment, pack):
    until = badge["until"] if badge["state"] == HELD else None
    return rules.period(
        moment, until and date.fromisoformat(until), zone=CITY_TIME,
        hours=pack.signs.statement_hours, step_minutes=pack.signs.statement_step_minutes,
    )  # fmt: skip


def _replacement(outlet):
    if not outlet.withdrawn_on or not outlet.replaced_by:
        return None
    return {"code": outlet.replaced_by, "name": name_of(outlet.replaced_by) or ""}


def sign_for(code: str, *, city: str = "shenyang") -> dict:
    """What a counter sign printed today needs: {outlet, badge, issued_on, token}.

    Raises NotFound for the code, NotNow with the reason where the badge is not held.
    """
    told = proof(code, city=city)
    if told["badge"]["state"] != HELD:
        raise NotNow(wording.NO_SIGN)
    outlet, today = told["outlet"], _now().date()
    sign = rules.Sign(outlet["code"], today, rules.face_of(outlet["kind"]["code"], outlet["name"]))
    signature = outside.signer.sign(rules.message_of(sign, city))
    token = rules.token_of(sign, outside.signer.key_id, signature)
    return {**told, "issued_on": today.isoformat(), "token": token}


def check(token: str, *, city: str = "shenyang") -> dict:
    """What a scanned sign is worth now: {verdict, title, advice, tone, outlet, badge, printed,
    changes, key}; the last ones None or empty where the sign is not ours. Never raises.
    """
    scanned = rules.taken_apart(token)
    if scanned is None:
        return _checked("unreadable")
    if scanned.key_id not in outside.signer.public_keys:
        return _checked("unknown_key")
    message = rules.message_of(scanned.sign, city)
    if not outside.signer.verify(scanned.key_id, message, scanned.signature):
        return _checked("forged")
    outlet = Outlet.coded(scanned.sign.code)
    if outlet is None:
        return _checked("unknown_outlet")
    return _of_ours(scanned, outlet, city)


def _of_ours(scanned, outlet, city):
    moment = _now()
    pack, day = pack_on(city, moment.date()), moment.date()
    badge = standings([outlet], day)[outlet.id]
    printed = _printed(scanned.sign, outlet)
    changes = list(_changes(scanned.sign, outlet, badge, printed, pack, day))
    held = badge["state"] == HELD
    verdict = "lost" if not held else "outdated" if changes else "genuine"
    return _checked(verdict) | {
        "outlet": place_card(outlet, pack), "badge": badge, "printed": printed,
        "changes": changes, "key": text_of(scanned.key_id), "replaced_by": _replacement(outlet),
    }  # fmt: skip


def _printed(sign, outlet):
    number, named = editions.naming("outlets", [outlet.code], sign.issued_on)
    return {"on": sign.issued_on.isoformat(), "edition": number if named else None}


def _changes(sign, outlet, badge, printed, pack, day):
    """What is otherwise than when the sign was printed, in words, the gravest first."""
    if badge["state"] != HELD:
        since = badge["since"] or day.isoformat()
        yield wording.since_printed(badge["text"], since, badge["reason"])
    kind, name = sign.face[:2], sign.face[2:]
    face = rules.face_of(outlet.kind, outlet.name)
    if face[:2] != kind:
        yield wording.KIND_CHANGED
    if face[2:] != name:
        yield wording.NAME_CHANGED
    if badge["state"] == HELD and badge["edition"] != printed["edition"]:
        yield wording.edition_changed(printed["edition"], badge["edition"])
    if day - sign.issued_on > timedelta(days=pack.signs.sign_days):
        yield wording.too_old(pack.signs.sign_days)


def _checked(verdict):
    said = wording.VERDICTS[verdict]
    return {
        "verdict": verdict, **said._asdict(), "outlet": None, "badge": None, "printed": None,
        "changes": [], "key": None, "replaced_by": None,
    }  # fmt: skip


def public_keys() -> dict:
    """Every key whose signatures hold: {items: [{key, public_key, current}]}, today's first."""
    return {
        "items": [
            {
                "key": text_of(key_id), "public_key": text_of(public), "algorithm": "Ed25519",
                "current": key_id == outside.signer.key_id,
            }
            for key_id, public in outside.signer.public_keys.items()
        ]
    }  # fmt: skip


def badge_of(code: str) -> dict:
    """How an outlet's badge stands today, as `standings` tells it; raises NotFound for its code."""
    outlet = _outlet(code)
    return standings([outlet], _now().date())[outlet.id]


def _outlet(code):
    outlet = Outlet.coded(code)
    if not outlet:
        raise NotFound(outlet_wording.NO_SUCH_OUTLET)
    return outlet


def _now() -> datetime:
    return outside.clock.now().astimezone(CITY_TIME)
