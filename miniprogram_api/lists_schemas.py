"""Shapes of the two published lists: editions, their entries, what came and went."""

from marshmallow import Schema, fields

from backend.catalog.editions import LISTS
from backend.web.fields import Paged, whole
from miniprogram_api import facts_schemas as facts
from miniprogram_api.facts_schemas import Either, Listed


class EditionAsked(Paged):
    """Which page of an edition."""

    page_size = whole(1, 500, about="每页几条", default=50, example=50)


class DrugEntry(Schema):
    """A drug as it stood in an edition."""

    code = facts.text("药品编码", "Y0C7BAP1ZXC")
    name = facts.text("通用名", "盐酸二甲双胍缓释片")
    pack = facts.text("包装", "0.5g×64片")
    manufacturer = facts.text("生产企业", "天方药业有限公司")
    winning_price_fen = facts.fen("当时的中选价（分）")
    batch = facts.text("采购批次", "第三批")


class OutletEntry(Schema):
    """An outlet as it stood in an edition."""

    code = facts.text("定点编码", "DEMO210103-0001")
    name = facts.text("名称", "演示沈河社区卫生服务中心01")
    district = facts.text("区县", "沈河区")
    kind = facts.text("机构类别代码", "community_center")
    since = facts.day("三进标识从哪一天起")


def entry() -> Either:
    """An entry of either list."""
    return Either(DrugEntry, OutletEntry)


class EntryChange(Schema):
    """An entry before and after."""

    before = entry()
    after = entry()


class EditionHead(Schema):
    """What an edition is."""

    list = facts.choice("drugs 药品、outlets 机构", LISTS, "drugs")
    number = facts.whole("版次", 1)
    effective_on = facts.day("从哪一天起")
    published_at = fields.DateTime(
        metadata={"description": "公布时间（UTC）", "examples": ["2026-11-01T02:00:00+00:00"]}
    )
    note = facts.text("说明；没有为空", "演示：假定仍有效")


class EditionPage(Listed, EditionHead):
    """One page of an edition."""

    items = fields.List(entry(), metadata={"description": "编码、名称和当时的事实"})


class Changes(EditionHead):
    """What an edition changed against the one before."""

    added = fields.List(entry(), metadata={"description": "新进"})
    removed = fields.List(entry(), metadata={"description": "退出"})
    changed = facts.many(EntryChange, "内容有变")
