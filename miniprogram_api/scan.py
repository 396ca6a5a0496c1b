"""What a code on a box stands for."""

from flask_smorest import Blueprint

from backend.errors import NotFound
from backend.scanning import lookups as scanning
from backend.web.answers import answer
from backend.web.guards import for_everyone
from backend.web.promises import may_refuse
from miniprogram_api.offers import origin_of
from miniprogram_api.scan_schemas import ScanAsked, Scanned

blp = Blueprint("scan", __name__, url_prefix="/api/v1/scan", description="扫药盒上的码")


@blp.get("/<path:code>")
@blp.arguments(ScanAsked(), location="query")
@blp.response(200, Scanned)
@may_refuse(NotFound)
@for_everyone
def scan_code(asked, code):
    """药盒上的码是什么药、中选价多少、附近谁在卖、问到的价怎么判

    追溯码只需要前 7 位，请在手机上截掉后面的再问；整条发来的，答案和日志里也没有后面的部分。
    """
    return answer(scanning.scan(code, origin=origin_of(asked), **asked))
