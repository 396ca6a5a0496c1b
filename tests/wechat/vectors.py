"""Known envelopes: V1–V6 of the official pages, V7–V9 of the samples that SDKs ship."""

from datetime import date
from typing import NamedTuple

from backend.outside.wechat.ciphers import push_key
from backend.outside.wechat.envelope import SAFE, Lock, Mailbox

DAY = date(2026, 11, 24)
A43 = "A" * 43


class Vector(NamedTuple):
    """A push in safe mode: whose, signed when and how, and what is in it."""

    box: Mailbox
    timestamp: str
    nonce: str
    signature: str
    encrypt: str
    fields: dict
    size: int


def _box(app_id, token, letters):
    return Mailbox(app_id, SAFE, Lock(token, push_key(letters)))


V3 = Vector(
    _box("wxba5fad812f8e6fb9", "AAAAA", A43), "1714112445", "415670741",
    "046e02f8204d34f8ba5fa3b1db94908f3df2e9b3",
    "+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPxLKJG"
    "QqcvZqzDpVzazhZv6JsXUnnR8XGT740XgXZUXQ7vJVnAG+tE8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMuFUPpRSrf"
    "MZuMcp3Fn2Pede2IuQrKEYwKSqFIZoNqJ4M8EajAsjLY2km32IIjdf8YL/P50F7mStwntrA2cPDrM1kb6mOcfBgR"
    "tWygb3VIYnSeOBrebufAlr7F9mFUPAJGj04=",
    {"ToUserName": "gh_97417a04a28d", "FromUserName": "o9AgO5Kd5ggOC-bXrbNODIiE3bGY",
     "CreateTime": 1714112445, "MsgType": "event", "Event": "debug_demo",
     "debug_str": "hello world"},
    167,
)  # fmt: skip
V5 = Vector(
    _box("wx134c8103faa5a59e", "AAAAA", A43), "1715943329", "1590219412",
    "6c12a4205838198b8fa631b3220723bb07f1015c",
    "D7yzvUNAL930rd28wf21s4hvXhz0L6Uit/p2Di6C5DHyYGpEgdBRnKjBec34JwoQXicwaZC7fOVihW80F4VtsdvE"
    "//1vr7oAbqjDv8KenVp+ajKYpJnyQ4zMRhIC+a31fCVOMC03FfzV/QuC94kBP55a+Za3sJgvAn+ZbsNqZI5Dkyuz"
    "khQN8OBqCzFhizGmy0xpM0MEA4agpvE+RuNO1rhHTtuJB5yltw1FiYzecSXJ+y/D2r81VkRn2eYjh2ltsoyfbDR7"
    "Is6ookXIFxTfyeNyeHxMeT4KN5WpCDmSbTcUYrbBUlkGLJ9n/rU8YOywma6G7aTb7KZKOqCxgfoUlYEZPk4FUL/T"
    "K7ShriFDMVCLyjQJ15Ob++agDWtcxhfUfe6HIoIpRW8mKNBQiY/Jd1svvuskA1wLef1RTtzKfMpagSCX/laZINmd"
    "nX4zrF6kIaR9P4xQrWXbsTFHTYe0Mg==",
    {"Event": "debug_demo", "debug_str": "hello world"},
    292,
)  # fmt: skip
V7 = Vector(
    _box("wx5823bf96d3bd56c7", "QDG6eK", "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"),
    "1409659813", "1372623149", "477715d11cdb4164915debcba66cb864d751f3e6",
    "RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3Qczc"
    "dCUpj911L3vg3W/sYYvuJTs3TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLj"
    "vd4Xgpue06DOdnLxAUHzM6+kDZ+HMZfJYuR+LtwGc2hgf5gsijff0ekUNXZiqATP7PF5mZxZ3Izoun1s4zG4LUMn"
    "vw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGUcallcrw8V2t9EL4EhzJWrQUax5wLVMNS0+rUPA3k"
    "22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVKn28H3KDYA5Pl/T8Z1ptDAVe0lXdQ2Yoy"
    "yH2uyPIGHBZZIs2pDBS8R07+qN+E7Q==",
    {"FromUserName": "mycreate", "Content": "hello", "MsgId": "4561255354251345929"},
    0,
)  # fmt: skip
V8 = Vector(
    _box("wxb11529c136998cb6", "pamtest", "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"),
    "1458300676", "260774613", "4f3ad57b6989f09f4eb392acce4f9e93942ed890",
    "rTNFcsut4LfGuAFKEUVVpwcaCOTJzOd9twZdIW910jb3k+iicx2uvhttIZ3Qg9Qgty3BEF2xbOrz6boTfb30dMom"
    "cgrkTqdFPwnhqbk+kIQ7rZiwny9D7NUrTgA5kpX3KsZvrXzUZyP2x9YOlxbgm572lmxKvM7HAQQhIQ/p6HBmoY30"
    "bGXFK0BtIu1pW9TjhOYrLQoU18nWYjWqDA1ynkmOytpv7QRI1P1+0NoxL0q2zO1DgeSvnE8CZGo/o5Ap/WHK5W2R"
    "AsinpzN4/LjPnmB6U01I5XCoJoC0GK/yMZycd2Oh8Nq6+wBkC1U85oy0ktOY4nLvsQMLrourmMGdZHuTbqpeJ8Ao"
    "/5PRYJ+WBvRUwPfGKBL2+2IKZF49vAJqkcGWSHGE76ZN2erXeuNazf/o9o3lIE3q739o4c8t9QGPe31GT2Go/rOz"
    "1BsrASwvauNulCh+++yz+CQzBIuikA==",
    {"Content": "hello", "FromUserName": "asdasdasdsadasd"},
    0,
)  # fmt: skip

# What we say, encrypted: (mailbox, message, random, timestamp, nonce, Encrypt, signature).
V4 = (
    V3.box, b'{"demo_resp":"good luck"}', b"707722b803182950", "1713424427", "415670741",
    "ELGduP2YcVatjqIS+eZbp80MNLoAUWvzzyJxgGzxZO/5sAvd070Bs6qrLARC9nVHm48Y4hyRbtzve1L32tmxSQ==",
    "1b9339964ed2e271e7c7b6ff2b0ef902fc94dea1",
)  # fmt: skip
V6 = (
    V5.box, b"<xml><demo_resp>[CDATA[good luck]]</demo_resp></xml>", b"999951349e8ee746",
    "1713424427", "415670741",
    "hE8R6mGXHkJJjU72KxzKUd1GEkKJaEZq7vRL8XgK3o+00k8JGq6+pZJUIlTSyhsX+bxIBQ72g3GyvDdIZcr6"
    "+3HAZbSvPT9t/o11MI7d6WELwqrGd7jMnV0zv3Zc9Nq7",
    "03e0812039325c2712ef5f0f980fd14c70d6e307",
)  # fmt: skip
V9 = (
    V8.box, "我是中文abcd123".encode(), b"aaaabbbbccccdddd",
    "jn1L23DB+6ELqJ+6bruv21Y6MD7KeIfP82D6gU39rmkgczbWwt5+3bnyg5K55bgVtVzd832WzZGMhkP72vVOfg==",
)  # fmt: skip
