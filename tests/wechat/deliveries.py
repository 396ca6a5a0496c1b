"""Delivering as WeChat does: sealed, 5 seconds' patience, three times in all; told how it went."""

import http.client
import json
import time
from base64 import b64encode
from secrets import token_hex
from typing import NamedTuple
from urllib.parse import urlencode

from backend.outside.wechat.ciphers import encrypted
from backend.outside.wechat.envelope import signature_of

PATIENCE_S, DELIVERIES, AGAIN_S = 5.0, 3, 1.0
PATH = "/wechat/callback"


class Delivery(NamedTuple):
    """What was answered ("" where nothing was), and after how many seconds."""

    answered: str
    seconds: float


def packed(text, box, *, now=None):
    """(query, body) of a push in safe mode, in the form the text has."""
    stamp, nonce = str(int(now or time.time())), token_hex(5)
    letters = b64encode(encrypted(text.encode(), box.app_id, box.now.key)).decode()
    asked = {
        "timestamp": stamp, "nonce": nonce, "encrypt_type": "aes", "signature": "0" * 40,
        "msg_signature": signature_of(box.now.token, stamp, nonce, letters),
    }  # fmt: skip
    if text.startswith("{"):
        return asked, json.dumps({"ToUserName": "gh_1", "Encrypt": letters}).encode()
    body = f"<xml><ToUserName>gh_1</ToUserName><Encrypt><![CDATA[{letters}]]></Encrypt></xml>"
    return asked, body.encode()


def once(port, asked, body, *, patience_s=PATIENCE_S):
    """One delivery over a connection of its own."""
    began = time.monotonic()
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=patience_s)
    try:
        line.request("POST", f"{PATH}?{urlencode(asked)}", body)
        answer = line.getresponse()
        told = answer.read().decode()
        answered = told if answer.status == 200 else f"{answer.status}"
    except (OSError, http.client.HTTPException):
        answered = ""
    finally:
        line.close()
    return Delivery(answered, time.monotonic() - began)


def delivered(port, text, box):
    """Every delivery of a push until one is answered `success`, three at most."""
    tried = []
    for last in range(DELIVERIES):
        tried.append(once(port, *packed(text, box)))
        if tried[-1].answered == "success" or last == DELIVERIES - 1:
            break
        # How soon WeChat comes again after an error nobody has written down.
        time.sleep(max(0.0, AGAIN_S - tried[-1].seconds))
    return tried
