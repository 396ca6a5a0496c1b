"""Bodies made to hurt: each is refused, without a word of what stood in it, in bounded memory."""

import tracemalloc

import pytest

from backend.outside.wechat.bodies import (
    BODY_BYTES,
    DEPTH,
    FIELDS,
    Refused,
    encrypted_of,
    fields_of,
)
from tests.wechat.fuzz import SECRET_WORD, run
from tests.wechat.test_envelope import pushed, refused

BOMB = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    "<xml><Encrypt>&b;</Encrypt></xml>"
)
FILE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><xml><Encrypt>&a;</Encrypt></xml>'
FULL = BODY_BYTES

HOSTILE = {
    "nothing": b"",
    "blanks": b" \n ",
    "words": b"hello",
    "a list": b"[1,2]",
    "an entity bomb": BOMB.encode(),
    "a file": FILE.encode(),
    "a stylesheet of elsewhere": b'<?xml-stylesheet href="x"?><!DOCTYPE x SYSTEM "x"><xml/>',
    "an entity that is none": b"<xml><Encrypt>&nope;</Encrypt></xml>",
    "elements without end": b"<xml>" * (FULL // 5),
    "brackets without end": b'{"a":' + b"[" * FULL,
    "objects without end": b'{"a":' * (FULL // 5),
    "a string without end": b'{"Encrypt":"' + b"\\" * FULL,
    "many elements": b"<xml>" + b"<a/>" * (FIELDS + 1) + b"</xml>",
    "many names": b"{" + b",".join(b'"%d":1' % n for n in range(FIELDS + 1)) + b"}",
    "a long name": b"<xml><" + b"a" * FULL + b"/></xml>",
    "a long name in JSON": b'{"' + b"a" * 65 + b'":1}',
    "an attribute without end": b'<xml a="' + b"a" * FULL,
    "the same name twice": b'{"Encrypt":"a","Encrypt":"b"}',
    "two of them": b"<xml><Encrypt>a</Encrypt><Encrypt>b</Encrypt></xml>",
    "elements inside": b"<xml><Encrypt>a<b/>c</Encrypt></xml>",
    "deeper down": b"<xml><a><Encrypt>a</Encrypt></a></xml>",
    "deeper down in JSON": b'{"a":{"Encrypt":"x"}}',
    "not a text": b'{"Encrypt":{"Encrypt":"x"}}',
    "a number too long": b'{"Encrypt":"a","x":' + b"9" * 5000 + b"}",
    "no number": b'{"Encrypt":"a","x":NaN}',
    "UTF-16": "<xml><Encrypt>a</Encrypt></xml>".encode("utf-16"),
    "UTF-16 in JSON": '{"Encrypt":"a"}'.encode("utf-16-le"),
    "UTF-32": '{"Encrypt":"a"}'.encode("utf-32"),
    "GBK": '<?xml version="1.0" encoding="gbk"?><xml><Encrypt>药</Encrypt></xml>'.encode("gbk"),
    "UTF-7": b'<?xml version="1.0" encoding="utf-7"?><xml>+ADw-Encrypt+AD4-</xml>',
    "half a character": b'{"Encrypt":"\\ud800"}',
    "overlong": b'{"Encrypt":"\xc0\xaf"}',
    "a zero": b'{"Encrypt":"a\\u0000"}',
    "a bare zero": b"<xml><Encrypt>a\0</Encrypt></xml>",
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE.keys())
def test_what_is_hostile_is_refused_before_anything_is_known_of_it(body):
    tracemalloc.start()
    try:
        with pytest.raises(Refused) as caught:
            encrypted_of(body)
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()
    assert caught.value.why.replace("_", "").isalpha()


# What a signature would cover could be as hostile: the token is not the only thing that leaks.
SEALED = {
    name: body.decode()
    for name, body in HOSTILE.items()
    if body and name.split()[0] not in ("two", "elements", "deeper", "not", "UTF-16", "UTF-32",
                                        "GBK", "overlong", "UTF-7")
}  # fmt: skip


@pytest.mark.parametrize("text", SEALED.values(), ids=SEALED.keys())
def test_what_is_hostile_inside_of_an_envelope_is_refused_too(text):
    refused(*pushed(text[: BODY_BYTES // 2]))


def test_a_body_of_the_greatest_depth_is_read_and_none_deeper():
    inner = "<xml>" + "<a>" * (DEPTH - 1) + "1" + "</a>" * (DEPTH - 1) + "</xml>"
    assert fields_of(inner.encode())[0]["a"]
    with pytest.raises(Refused, match="depth"):
        fields_of(inner.replace("1", "<a>1</a>").encode())


def test_numbers_stay_exact_and_lists_stay_lists():
    said, _ = fields_of(b'{"MsgId": 18446744073709551615, "Lat": 41.8, "s": "[[[[[[[[[[[{{"}')
    assert said == {"MsgId": 18446744073709551615, "Lat": "41.8", "s": "[[[[[[[[[[[{{"}
    twice, _ = fields_of(b"<xml><List><T>1</T></List><List><T>2</T></List><List/></xml>")
    assert twice == {"List": [{"T": "1"}, {"T": "2"}, ""]}


def test_a_mark_at_the_beginning_and_another_declared_encoding_do_no_harm():
    declared = '<?xml version="1.0" encoding="gbk"?><xml><Content>药</Content></xml>'
    assert fields_of(b"\xef\xbb\xbf" + declared.encode())[0] == {"Content": "药"}
    assert fields_of(b'\xef\xbb\xbf{"Content":"1"}') == ({"Content": "1"}, "json")


def test_some_thousand_bodies_at_random_raise_nothing_else():
    told = run(3_000, seed=1)
    assert told.opened > 100
    assert told.refused > 1_000
    assert SECRET_WORD not in "".join(told.reasons)


@pytest.mark.long
def test_many_bodies_at_random_raise_nothing_else_and_take_no_memory():
    told = run(50_000, seed=2)
    assert told.grown_kb < 30_000
    assert told.slowest_s < 1
