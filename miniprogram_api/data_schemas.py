"""Shapes of the listing of open data."""

from marshmallow import Schema, fields


def _text(about, example=""):
    return fields.String(metadata={"description": about, "example": example})


class DataFile(Schema):
    """A file of one day."""

    name = _text("文件名", "price.csv")
    title = _text("里面是什么", "现价和判定")
    table = fields.String(allow_none=True, metadata={"description": "哪张表", "example": "price"})
    rows = fields.Integer(allow_none=True, metadata={"description": "几行", "example": 23472})
    bytes = fields.Integer(metadata={"description": "多少字节", "example": 2769299})
    sha256 = _text("SHA-256 校验和，十六进制")
    url = _text("从哪里下载", "/data/2026-11-24/price.csv")


class DataDay(Schema):
    """The data of one day."""

    day = _text("哪一天的数据", "2026-11-24")
    title = _text("标题", "三进通开放数据 2026-11-24")
    made_at = _text("什么时候做的（城市时间）", "2026-11-24T00:40:12+08:00")
    demo = fields.Boolean(metadata={"description": "是不是演示数据"})
    pack = _text("按哪一版政策包判定", "shenyang-2025-draft.1")
    small_count = fields.Integer(metadata={"description": "可能指向个人的数从几次起公布"})
    licence = _text("许可")
    bytes = fields.Integer(metadata={"description": "合计多少字节", "example": 14113556})
    files = fields.List(fields.Nested(DataFile), metadata={"description": "这一天的文件"})


class NextData(Schema):
    """When the next data comes."""

    at = _text("每天几点（城市时间）", "0:40")
    command = _text("手工公布的命令", "flask data publish")


class DataListing(Schema):
    """Every day there is data of, the newest first."""

    title = _text("标题", "三进通开放数据")
    latest = fields.String(allow_none=True, metadata={"description": "最新的一天；还没有就是 null"})
    next = fields.Nested(NextData)
    days = fields.List(fields.Nested(DataDay), metadata={"description": "每一天，新的在前"})
