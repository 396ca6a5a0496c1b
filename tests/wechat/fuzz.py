"""Hostile bodies by the hundred thousand, thrown at the envelope: `make hostile BODIES=200000`.

A third is signed with our own token, a third sealed with our own key too, so that what comes after
each door is met; the rest is noise. Whatever is raised but `Refused` ends it with the seed.
"""

import argparse
import base64
import json
import random
import resource
import sys
import time
from collections import Counter
from typing import NamedTuple

from backend.outside.wechat.bodies import BODY_BYTES, Refused
from backend.outside.wechat.ciphers import encrypted
from backend.outside.wechat.envelope import COMPAT, PLAIN, SAFE, opened, signature_of
from tests.wechat.vectors import DAY, V3, V5, V7, V8

SECRET_WORD = "wordsofsomebody"
NOW, NONCE = 1_796_000_000, "n"
BOX = V3.box

GOOD = (
    f"<xml><FromUserName><![CDATA[oA]]></FromUserName><MsgId>1</MsgId>"
    f"<Content><![CDATA[{SECRET_WORD}]]></Content></xml>",
    json.dumps({"FromUserName": "oA", "MsgId": 1, "Content": SECRET_WORD, "List": [{"a": {}}]}),
    "<xml><Encrypt><![CDATA[" + V5.encrypt + "]]></Encrypt></xml>",
    json.dumps({"ToUserName": "gh_1", "Encrypt": V7.encrypt}),
    V8.encrypt,
)
BITS = (
    "<xml>", "</xml>", "<Encrypt>", "</Encrypt>", "<![CDATA[", "]]>", "<!DOCTYPE a [",
    '<!ENTITY a "', "&a;", "&#0;", "&#xFFFFFFFF;", '<?xml version="1.1" encoding="utf-16"?>',
    "<!--", "-->", "<a b='",
    "{", "}", "[", "]", '"', ":", ",", "\\u", "\\ud800", "null", "NaN", "1e999999", "9" * 300, "\0",
    "\ufeff", "\ud7ff", "\U0010ffff", '"Encrypt":', "AAAA", "=", "-", "\\", "\r\n", "药", " " * 50,
)  # fmt: skip


class Told(NamedTuple):
    """What came of a run."""

    opened: int
    refused: int
    reasons: dict
    slowest_s: float
    grown_kb: int


def run(count, *, seed, say=lambda done: None):
    """Throw so many bodies; what came of it. Anything but Refused goes through."""
    dice = random.Random(seed)
    reasons, taken, slowest, before = Counter(), 0, 0.0, _held_kb()
    for number in range(count):
        asked, body, box = thrown(dice)
        began = time.perf_counter()
        try:
            opened(asked, body, box, now=NOW, today=DAY)
            taken += 1
        except Refused as refused:
            reasons[refused.why] += 1
        except BaseException:
            sys.stderr.write(f"seed {seed}, body {number}: {body[:2000]!r}\n")
            raise
        slowest = max(slowest, time.perf_counter() - began)
        if number % 10_000 == 0:
            say(number)
    return Told(taken, reasons.total(), dict(reasons), slowest, _held_kb() - before)


def thrown(dice):
    """(query, body, mailbox) of one push."""
    body = bent(dice)
    box = BOX._replace(mode=dice.choice((PLAIN, COMPAT, SAFE)))
    way = dice.randrange(4)
    if way == 0:
        return _asked(dice, "signature", ()), body, box._replace(mode=PLAIN)
    if way == 1:
        sealed = encrypted(body[: BODY_BYTES // 2], BOX.app_id, BOX.now.key)
        if dice.random() < 0.2:
            sealed = _noise(dice, sealed)
        text = base64.b64encode(sealed).decode()
        return _asked(dice, "msg_signature", (text,)), _around(dice, text), box
    if way == 2:
        text = body.decode("utf-8", "replace")
        return _asked(dice, "msg_signature", (text,)), _around(dice, text), box
    asked = _asked(dice, dice.choice(("signature", "msg_signature")), ("?",))
    return asked, body, box


def bent(dice):
    """A good body with some of it hurt, or nothing but bits."""
    if dice.random() < 0.3:
        size = dice.choice((1, 5, 50, 500))
        text = "".join(dice.choice(BITS) for _ in range(size))
    else:
        text = dice.choice(GOOD)
        for _ in range(dice.choice((0, 1, 1, 3, 10))):
            at = dice.randrange(len(text) + 1)
            cut = at + dice.choice((0, 0, 1, 5, 40))
            times = dice.choice((1, 1, 1, 30, 3000)) if dice.random() < 0.3 else 1
            text = text[:at] + dice.choice(BITS) * times + text[cut:]
    raw = text.encode("utf-8", "surrogatepass")
    if dice.random() < 0.2:
        raw = _noise(dice, raw)
    if dice.random() < 0.03:
        raw = text.encode(dice.choice(("utf-16", "utf-32", "gb18030")), "replace")
    return raw[: BODY_BYTES + dice.choice((0, 1))]


def _noise(dice, raw):
    changed = bytearray(raw)
    for _ in range(dice.choice((1, 2, 20))):
        if changed:
            changed[dice.randrange(len(changed))] = dice.randrange(256)
    return bytes(changed[: dice.choice((len(changed), dice.randrange(len(changed) + 1)))])


def _around(dice, text):
    if dice.random() < 0.5:
        return json.dumps({"ToUserName": "gh_1", "Encrypt": text}).encode()
    return f"<xml><Encrypt><![CDATA[{text}]]></Encrypt></xml>".encode()


def _asked(dice, name, more):
    stamp = str(NOW) if dice.random() < 0.95 else dice.choice(("", "0", "x" * 500, "-1", "٣" * 10))
    asked = {"timestamp": stamp, "nonce": NONCE}
    asked[name] = signature_of(BOX.now.token, stamp, NONCE, *more)
    if name == "msg_signature":
        asked["encrypt_type"] = "aes"
    return asked


def _held_kb():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def main():
    """Throw them and say what came of it."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--bodies", type=int, default=200_000)
    asked.add_argument("--seed", type=int, default=random.randrange(10**9))
    given = asked.parse_args()
    began = time.monotonic()
    told = run(given.bodies, seed=given.seed, say=lambda done: sys.stderr.write(f"\r{done}"))
    sys.stderr.write("\r")
    reasons = ", ".join(f"{why} {count}" for why, count in sorted(told.reasons.items()))
    sys.stdout.write(
        f"seed {given.seed}: {told.opened} opened, {told.refused} refused ({reasons}); "
        f"{time.monotonic() - began:.0f} s, slowest {told.slowest_s * 1000:.1f} ms, "
        f"memory grown by {told.grown_kb / 1024:.1f} MB\n"
    )


if __name__ == "__main__":
    main()
