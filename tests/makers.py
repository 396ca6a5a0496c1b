"""Makers: the smallest sheet, drug, outlet or price a test needs, in the form people hand in."""

import csv
import json
from pathlib import Path

import pytest

from backend.catalog.models import Drug
from backend.db import run
from backend.errors import BatchRefused
from backend.intake import actions as intake
from backend.intake.models import Delivery, Publication
from backend.monitoring.sheetkinds import sheet_kinds
from backend.outlets.models import Outlet

A_DRUG = {
    "通用名": "盐酸二甲双胍片", "剂型": "片剂", "规格": "0.5g", "包装": "0.5g*60",
    "生产企业": "甲药业有限公司", "药品类别": "中选", "采购批次": "第三批", "中选价": "3.40",
    "有效期起": "2020-08-24", "效力": "演示假定有效", "病种": "糖尿病", "公布日期": "2020-08-24",
    "来源": "公告",
}  # fmt: skip
AN_OUTLET = {
    "定点编码": "A1", "机构名称": "演示沈河社区卫生服务中心01", "机构类别": "社区卫生服务中心",
    "区县": "沈河区", "纬度": "41.7966", "经度": "123.4594", "坐标系": "GCJ-02",
    "三进状态": "在名单", "三进起始日": "2026-03-01", "演示": "是",
}  # fmt: skip
A_PRICE = {
    "定点编码": "A1", "药品编码": "", "价格": "3.40", "有货": "是", "观测日期": "2026-11-20",
    "来源": "机构申报",
}  # fmt: skip


def sheet(folder: Path, rows: list[dict], *, name: str = "sheet.csv") -> Path:
    """A CSV of these rows; a column appears where any row has it."""
    path = folder / name
    header = list(dict.fromkeys(column for row in rows for column in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header)
        writer.writeheader()
        writer.writerows(rows)
    return path


def take(kind: str, path: Path, *, whole: bool = False, accept_doubts: bool = True) -> Delivery:
    """Receive and publish a sheet."""
    chosen = sheet_kinds()[kind]
    delivery = intake.receive(chosen, path, whole=whole)
    return intake.publish(chosen, delivery, accept_doubts=accept_doubts)


def drug(folder: Path, **changes) -> Drug:
    """A drug in the catalogue, by way of a sheet."""
    row = A_DRUG | changes
    take("drugs", sheet(folder, [row]))
    return Drug.get(
        Drug.generic_name == row["通用名"], Drug.strength == row["规格"],
        Drug.manufacturer == row["生产企业"],
    )  # fmt: skip


def outlet(folder: Path, **changes) -> Outlet:
    """An outlet, by way of a sheet."""
    row = AN_OUTLET | changes
    take("outlets", sheet(folder, [row]))
    return Outlet.get(Outlet.code == row["定点编码"])


def price(folder: Path, product: Drug, **changes) -> Delivery:
    """A price of a drug at an outlet, by way of a sheet."""
    return take("prices", sheet(folder, [A_PRICE | {"药品编码": product.code} | changes]))


def refused(kind: str, path: Path, *, whole: bool = False) -> Delivery:
    """Receive a sheet that must be refused; the delivery holds the report."""
    with pytest.raises(BatchRefused) as refusal:
        intake.receive(sheet_kinds()[kind], path, whole=whole)
    return refusal.value.delivery


def problems(delivery: Delivery) -> list[tuple]:
    """What a refused delivery's report says: (row, column, value, what is wrong)."""
    found = json.loads(delivery.problems)
    return [(p["row"], p["column"], p["value"], p["what"]) for p in found]


def checked(kind: str, path: Path, *, whole: bool = False) -> Delivery:
    """Receive a sheet without publishing it: the dry run."""
    return intake.receive(sheet_kinds()[kind], path, whole=whole)


def diff(delivery: Delivery) -> dict[str, int]:
    """The counts of a delivery's difference that are not zero."""
    counts = json.loads(delivery.diff)
    return {name: count for name, count in counts.items() if isinstance(count, int) and count}


def many_drugs(count: int) -> list[dict]:
    """Rows of so many drugs, each won at 3.40."""
    return [A_DRUG | {"通用名": f"演示药{n:04d}片", "药品编码": f"D{n:04d}"} for n in range(count)]


def many_outlets(count: int) -> list[dict]:
    """Rows of so many outlets."""
    return [AN_OUTLET | {"定点编码": f"A{n:04d}", "机构名称": f"演示{n:04d}"} for n in range(count)]


def many_prices(drugs: int, outlets: int, **changes) -> list[dict]:
    """Rows of the price of every one of these drugs at every one of these outlets."""
    row = A_PRICE | changes
    return [
        row | {"定点编码": f"A{o:04d}", "药品编码": f"D{d:04d}"}
        for o in range(outlets)
        for d in range(drugs)
    ]


def visible() -> list[tuple]:
    """Every offer a reader sees: (drug code, outlet code, price in 分, day), by code."""
    rows = run(
        "SELECT drug.code, offer.outlet_code, offer.price_fen, offer.observed_on FROM offer"
        " JOIN drug ON drug.id = offer.drug_id WHERE offer.born <= ? AND offer.died > ?"
        " ORDER BY drug.code, offer.outlet_code",
        *[Publication.current()] * 2,
    )
    return [tuple(map(str, row[:2])) + (row[2], str(row[3])) for row in rows.fetchall()]
