"""The residents' pages: one door each, drawn on the server, working without JavaScript."""

from flask import Blueprint, Flask, redirect, render_template, request
from flask.typing import ResponseReturnValue as Page

from backend.catalog.lookups import name_of as drug_name
from backend.db import AWAY, database
from backend.errors import Refusal
from backend.monitoring.lookups import public_example
from backend.outlets.lookups import has_demo_data
from backend.outlets.lookups import name_of as outlet_name
from backend.outlets.places import districts
from backend.policy.about import about_page
from backend.prices.figures import figures_if_any
from backend.prices.lookups import city_moment
from backend.prices.method import method_page
from backend.reports.lookups import reports_method
from backend.settings import Settings
from backend.web.guards import for_everyone
from backend.web.refusals import Shape
from miniprogram_api import formats, list_views, views, wording
from miniprogram_api.assets import stamped
from miniprogram_api.lists import known
from miniprogram_api.pages_schemas import badge_asked
from miniprogram_api.paper import fit, priced
from miniprogram_api.visit import choose_mode, choose_place, is_elder, place_of, with_place

blp = Blueprint("pages", __name__)


@blp.get("/")
@for_everyone
def home() -> Page:
    """首页"""
    return render_template("home.html", **views.home(request))


@blp.get("/search")
@for_everyone
def search() -> Page:
    """查药"""
    shown = views.search(request)
    if shown["only"]:
        return redirect(shown["only"], code=302)
    return render_template("search.html", **shown, data_url=_data("/drugs"))


@blp.get("/offers")
@for_everyone
@with_place
def offers() -> Page:
    """谁在卖"""
    return render_template("results.html", **views.offers(request), data_url=_data("/offers"))


@blp.get("/drugs/<code>")
@for_everyone
def drug(code: str) -> Page:
    """一种药"""
    return render_template(
        "drug.html", **views.drug(request, code), data_url=_data(f"/drugs/{code}")
    )


@blp.get("/outlets")
@for_everyone
@with_place
def outlets() -> Page:
    """机构"""
    return render_template(
        "outlets.html",
        **views.outlets(request),
        data_url=_data("/outlets", badge=badge_asked(request)),
    )


@blp.get("/outlets/<code>")
@for_everyone
def outlet(code: str) -> Page:
    """一家机构"""
    shown = views.outlet(request, code)
    return render_template("outlet.html", **shown, data_url=_data(f"/outlets/{code}"))


@blp.get("/lists")
@for_everyone
def lists() -> Page:
    """三进目录"""
    return render_template("lists.html", **list_views.lists())


@blp.get("/lists/<kind>/<int:number>")
@for_everyone
def edition(kind: str, number: int) -> Page:
    """一版名单"""
    return render_template("edition.html", **list_views.edition(request, known(kind), number))


@blp.get("/rules")
@for_everyone
def rules() -> Page:
    """怎么算的"""
    return render_template(
        "rules.html",
        rules=method_page(),
        figures=figures_if_any(),
        index=public_example(),
        reports=reports_method(),
    )


@blp.get("/about")
@for_everyone
def about() -> Page:
    """什么是三进"""
    return render_template("about.html", about=about_page(city_moment().date()))


@blp.get("/place")
@for_everyone
def place() -> Page:
    """选地方"""
    chosen = [{"code": d.code, "name": d.name} for d in districts()]
    return render_template("place.html", districts=chosen, back=request.args.get("back", "/"))


@blp.post("/place")
@for_everyone
def keep_place() -> Page:
    """记住地方"""
    return choose_place(request)


@blp.post("/mode")
@for_everyone
def keep_mode() -> Page:
    """记住长辈版"""
    return choose_mode(request)


@blp.get("/favicon.ico")
@for_everyone
def favicon() -> Page:
    """浏览器自己会来要"""
    return redirect(stamped("favicon.svg"), code=301)


def _data(path, **changes):
    """The API's address for what the page shows."""
    return formats.linked(f"/api/v1{path}", request.args.to_dict(), near=None, **changes)


def draw_refusal(shape: Shape, refusal: Refusal | None = None) -> str:
    """A refusal as a page, its fields under the names people know."""
    errors = {wording.FIELDS.get(name, name): said for name, said in shape["errors"].items()}
    code = getattr(refusal, "replaced_by", None)
    return render_template(
        "error.html", status=shape["status"], words=shape["message"], errors=errors,
        replaced_by=code and _replacement(code),
    )  # fmt: skip


def _replacement(code):
    root = "/".join(request.path.split("/")[:2])
    name = drug_name(code) if root == "/drugs" else outlet_name(code)
    return {"url": f"{root}/{code}", "text": name or code}


def _shows_demo_data():
    """A page that says the database is away must not ask it."""
    try:
        return not database.is_closed() and has_demo_data()
    except AWAY:
        return False


def register(app: Flask, settings: Settings) -> None:
    """Give the templates what every page needs."""
    app.jinja_env.filters.update(formats.FILTERS)
    app.jinja_env.filters["fit"] = fit
    app.jinja_env.filters["priced"] = priced
    app.jinja_env.globals["asset"] = stamped
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True

    @app.context_processor
    def _common():
        return {
            "elder": is_elder(request),
            "demo": _shows_demo_data(),
            "here": request.full_path.rstrip("?"),
            "place": place_of(request),
            "address": request.url,
            "city": "沈阳",
            "consultation_phone": settings.consultation_phone or method_page()["phone"],
        }
