"""The house that is looked at: the demonstration, and what it lacks of the states a page can have.

Serve it with gunicorn as `tests.stories.looks.rare:create_app()`.
"""

import tempfile
from datetime import timedelta
from pathlib import Path

from flask import Flask

from backend import db
from backend.app import create_app as create_house
from backend.catalog.models import Drug
from backend.db import as_day, run
from backend.errors import TooMany, TryAgain
from backend.history.actions import take_price_day
from backend.outside import outside
from backend.outside.clock import city_day
from backend.web.guards import for_everyone
from tests import makers

RARE_DRUG, WITHDRAWN, RARE_OUTLET = "RARE-DRUG", "RARE-GONE", "RARE-OUTLET"
# An approval number of the same tablets in two packs.
TWO_PACKS = "H00000000"
# Within the city, where no outlet is near.
FAR_OFF = "lat=42.9&lon=123.3"

NOT_WON = {
    "药品编码": RARE_DRUG, "通用名": "演示长名复方氨基酸注射液（十八种氨基酸和多种微量元素）",
    "规格": "250ml：12.5g（总氨基酸）与葡萄糖37.5g", "包装": "250ml*1",
    "采购批次": "", "中选价": "",
    "药品类别": "非中选", "有效期起": "", "效力": "", "公布日期": "", "剂型": "注射剂",
    "生产企业": "演示沈阳某某生物制药科技发展股份有限公司",
}  # fmt: skip
PACKED = {
    "通用名": "演示双包装片", "批准文号": f"国药准字{TWO_PACKS}",
    "生产企业": "演示某某药业有限公司",
}  # fmt: skip
PAST_ITS_DAY = {
    "定点编码": RARE_OUTLET, "三进有效期至": "2026-06-30", "三进批次": "第一批",
    "机构名称": "演示沈河区县域医共体成员单位五里河街道文化东路第二社区卫生服务站",
    "地址": "演示沈河区文化东路一百二十三号甲四单元一层东侧门市房", "纬度": "", "经度": "",
    "坐标系": "",
}  # fmt: skip


def create_app() -> Flask:
    """The house with its rare states, and doors that only refuse."""
    app = create_house()
    with app.app_context(), db.opened():
        if Drug.coded(RARE_DRUG) is None:
            _add_what_is_rare()
    for status, trouble in ((429, TooMany(60)), (500, RuntimeError()), (503, TryAgain())):
        app.add_url_rule(f"/refused/{status}", f"refused.{status}", _refusing(trouble))
    return app


def _add_what_is_rare():
    with tempfile.TemporaryDirectory() as folder:
        gone = NOT_WON | {"药品编码": WITHDRAWN, "通用名": "演示旧编码片"}
        for kind, rows in (
            ("drugs", [makers.A_DRUG | NOT_WON, makers.A_DRUG | gone, *_two_packs()]),
            ("outlets", [makers.AN_OUTLET | PAST_ITS_DAY]),
        ):
            makers.take(kind, makers.sheet(Path(folder), rows, name=f"{kind}.csv"))
        _remember_days(Path(folder))
    changed = {"withdrawn_on": "2026-11-01", "replaced_by": RARE_DRUG}
    Drug.update(changed).where(Drug.code == WITHDRAWN).execute()


def _remember_days(folder):
    """Days gone by: the city's prices of each, and what one outlet asked before."""
    seller, drug, seen = run(
        "SELECT offer.outlet_code, drug.code, offer.observed_on FROM offer"
        " JOIN drug ON drug.id = offer.drug_id"
        " WHERE drug.generic_name = '盐酸二甲双胍缓释片' ORDER BY offer.outlet_code LIMIT 1"
    ).fetchone()
    rows = [
        makers.A_PRICE | {
            "定点编码": seller, "药品编码": drug, "价格": fen,
            "观测日期": (as_day(seen) - timedelta(days=ago)).isoformat(),
        }
        for ago, fen in ((90, "6.10"), (60, "5.80"), (30, "6.40"))
    ]  # fmt: skip
    makers.take("prices", makers.sheet(folder, rows, name="prices.csv"))
    today = city_day(outside.clock.now())
    for ago in range(1, 30):
        take_price_day(today - timedelta(days=ago))


def _two_packs():
    for count in (30, 60):
        yield makers.A_DRUG | PACKED | {
            "药品编码": f"RARE-PACK-{count}", "包装": f"0.5g*{count}", "包装数量": str(count),
            "计量单位": "片",
        }  # fmt: skip


def _refusing(trouble):
    @for_everyone
    def refuse():
        raise trouble

    return refuse
