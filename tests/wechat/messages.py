"""What WeChat pushes, of every kind and in both forms, as its pages and its people show it."""

import json
import re
from xml.sax.saxutils import escape

WHO, PLATFORM, OURS = "oW4Somebody-of-the-city-0001", "gh_platform00001", "gh_870882ca4b1a"
MEDIA, ADDRESS, NUMBER = "media-id-ZzYyXx", "http://mmbiz.qpic.cn/somebodys/picture", "13800000000"


def message(kind, at, number, **more):
    """A message of somebody's, as its fields."""
    return _head(at) | {"MsgType": kind} | more | {"MsgId": 4561255354251345929 + number}


def event(name, at, **more):
    """An event, as its fields."""
    return _head(at) | {"MsgType": "event", "Event": name} | more


def subscriptions(name, at, rows):
    """An event about subscriptions, as JSON has it: one row an object, more an array."""
    return event(name, at, List=rows[0] if len(rows) == 1 else rows)


def every_kind(at, number=0, who=WHO):
    """One push of each kind (as fields of JSON), by the kind it is; `number` tells them apart."""
    # A message has a number of its own, whatever its kind.
    serial = f"serial-{number}"
    row = {"TemplateId": f"template-{serial}", "SubscribeStatusString": "accept",
           "PopupScene": "1"}  # fmt: skip
    sent = {"TemplateId": f"template-{serial}", "MsgID": f"1864384{number}", "ErrorCode": "0",
            "ErrorStatus": "success"}  # fmt: skip
    pushes = [
        message("text", at, 10 * number + 0, Content=f"二甲双胍多少钱 {serial}，电话 {NUMBER}"),
        message("image", at, 10 * number + 1, PicUrl=f"{ADDRESS}?{serial}", MediaId=MEDIA),
        message("voice", at, 10 * number + 2, MediaId=MEDIA, Format="amr", Recognition=serial),
        message("miniprogrampage", at, 10 * number + 3, Title=serial, AppId="wx0123456789abcdef",
                PagePath="pages/drug?x=1", ThumbUrl=ADDRESS, ThumbMediaId=MEDIA),
        event("user_enter_tempsession", at, SessionFrom=serial),
        subscriptions("subscribe_msg_popup_event", str(at), [row, row | {"TemplateId": "other"}]),
        subscriptions("subscribe_msg_change_event", str(at), [
            {"TemplateId": f"template-{serial}", "SubscribeStatusString": "reject"}]),
        subscriptions("subscribe_msg_sent_event", str(at), [sent]),
        event("wxa_media_check", at, appid="wx0123456789abcdef", trace_id=f"60f96f1d-{serial}",
              version=2, detail=[{"strategy": "content_model", "errcode": 0, "suggest": "pass",
                                  "label": 100, "prob": 90}],
              result={"suggest": "pass", "label": "100"}),
        *(event(name, at, FromUserName=PLATFORM, OpenID=who, AppID="wx0123456789abcdef",
                RevokeInfo="8", PluginID=serial, OpenPID="")
          for name in ("user_info_modified", "user_authorization_revoke",
                       "user_authorization_cancellation")),
        message("something_new", at, 10 * number + 4, Wonder=serial),
        event("something_unheard_of", at, Wonder=serial, trace_id=serial),
    ]  # fmt: skip
    told = {}
    for fields in pushes:
        kind = fields["MsgType"]
        name = f"event:{fields['Event']}" if kind == "event" else kind
        told[name] = (
            fields if fields["FromUserName"] == PLATFORM else fields | {"FromUserName": who}
        )
    return told


def serial_of(fields):
    """The number a push was made with, wherever it stands in it."""
    return re.search(r"serial-(\d+)", json.dumps(fields))[1]


def as_json(fields):
    """The fields as WeChat writes JSON."""
    return json.dumps(fields, ensure_ascii=False)


def as_xml(fields):
    """The same as XML: what is about subscriptions lies under a name of its own."""
    fields = dict(fields)
    if "List" in fields:
        name = "".join(part.capitalize() for part in fields["Event"].split("_")[:-1]) + "Event"
        fields[name] = {"List": fields.pop("List")}
    return f"<xml>{_elements(fields)}</xml>"


def _elements(fields):
    parts = []
    for name, value in fields.items():
        for one in value if isinstance(value, list) else [value]:
            inside = _elements(one) if isinstance(one, dict) else _text(one)
            parts.append(f"<{name}>{inside}</{name}>")
    return "".join(parts)


def _text(value):
    return str(value) if isinstance(value, int) else f"<![CDATA[{escape(value)}]]>"


def _head(at):
    return {"ToUserName": OURS, "FromUserName": WHO, "CreateTime": at}
