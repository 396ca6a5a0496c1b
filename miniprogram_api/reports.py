"""What residents find not to be so, reported with one question: nobody signs in, nobody is kept."""

from flask import current_app, request
from flask_smorest import Blueprint

from backend.errors import Gone, NotForYou, NotFound
from backend.prices.lookups import city_moment
from backend.reports.actions import report
from backend.web.answers import answer
from backend.web.askers import mark_of
from backend.web.guards import for_people
from backend.web.promises import may_refuse
from miniprogram_api.reports_schemas import ReportAsked, ReportTold

blp = Blueprint("reports", __name__, url_prefix="/api/v1/reports", description="和看到的不一样")


@blp.post("")
@blp.arguments(ReportAsked())
@blp.response(200, ReportTold)
@may_refuse(NotFound, Gone, NotForYou)
@for_people
def report_wrong(asked):
    """没货、价格不对、已停业、位置不对：说一声，不记是谁"""
    return answer(report(**asked, asker=mark()))


def mark() -> str:
    """Who asks, as 32 hex digits that stay the same for the city's day and are of use here only."""
    day = city_moment().date().isoformat()
    return mark_of(request, secret=current_app.config["SECRET_KEY"], day=f"reports {day}")
