"""What the map's page is given: the window, the marks, and the list with their numbers."""

from typing import Any

from flask import Request

from backend.catalog.lookups import name_of as drug_name
from backend.outlets.canvas import Canvas
from backend.outlets.places import rounded
from backend.prices.mapped import MOST, outlets_on_map
from miniprogram_api import map_drawing, views, wording
from miniprogram_api.formats import linked
from miniprogram_api.pages_schemas import PlacesAsked, PointAsked, understood
from miniprogram_api.visit import is_elder, place_of

# Beyond this around a place, the city or its district is the better map.
WIDEST_M = 5_000
_WHERE = ("lat", "lon", "district", "radius_m", "page", "near")


def show(request: Request) -> dict[str, Any]:
    """The map: of the city, of a district, or of what lies around a place."""
    asked = understood(PlacesAsked, request.args)
    place = place_of(request)
    here = (place["lat"], place["lon"]) if place else None
    query = views.query_of(request)
    level = _level(asked, here)
    found = _found(asked, here, level)
    return {
        "instead": _district_meant(found["understood"], query) if level == "city" else None,
        "level": level,
        "drawings": _drawings(request, level, found, here, asked, query),
        "found": found | {"query": query},
        "filters": views.filters(query, ("badge", "kind"), found["facets"]),
        "badges": [{"value": code, "text": text} for code, text in wording.BADGE_CHOICES.items()],
        "selling": asked["sells"] and drug_name(asked["sells"]),
        "steps": _steps(level, asked, here, query),
        "district": views.district_named(asked["district"]),
        "most": MOST,
    }


def _district_meant(meant, query):
    """The map of the one district the words name, in place of the city's."""
    if not meant or not meant["applied"] or len(meant["districts"]) != 1:
        return None
    left = f"{meant['words']} {meant['said']}".strip()
    return linked("/map", query, q=left, district=meant["districts"][0]["code"], page=None)


def _level(asked, here):
    if here and asked["radius_m"] and asked["radius_m"] <= WIDEST_M:
        return "around"
    return "district" if asked["district"] else "city"


def _found(asked, here, level):
    wanted = {**asked, "badge": "" if asked["badge"] == "all" else asked["badge"]}
    words = wanted.pop("q")
    for name in ("lat", "lon", "cursor"):
        wanted.pop(name)
    if level == "city":
        # The whole city is drawn by its districts.
        wanted |= {"radius_m": None, "district": "", "page": 1, "marked": False}
    return outlets_on_map(words, origin=here, **wanted)


def _drawings(request, level, found, here, asked, query):
    def link(*, at=None, at_number=None, **changes):
        if at_number is not None:
            page = (at_number - 1) // found["page_size"] + 1
            return linked("/map", query, page=page if page > 1 else None) + f"#r-{at_number}"
        moved = dict.fromkeys(_WHERE) | changes
        if at:
            moved["lat"], moved["lon"] = rounded(*at)
        return linked("/map", query, **moved)

    finger = map_drawing.ELDER_FINGER if is_elder(request) else map_drawing.FINGER
    if level == "city":
        counts = {one["code"]: one["count"] for one in found["facets"]["district"]}
        return map_drawing.of_city(counts, here, link, finger=finger)
    canvas = (
        Canvas(here, asked["radius_m"] * 1.05)
        if level == "around"
        else map_drawing.district_window(asked["district"])
    )
    return [map_drawing.of_outlets(canvas, found["spots"], here, link, finger=finger)]


def _steps(level, asked, here, query):
    """The ways to other windows: {text, href, current}."""
    steps: list[tuple[str, dict, bool]] = [(wording.WHOLE_CITY, {}, level == "city")]
    named = views.district_named(asked["district"])
    if named:
        steps.append((named["name"], {"district": named["code"]}, level == "district"))
    if here:
        near = {"lat": here[0], "lon": here[1]}
        steps = [(text, {**near, **where}, on) for text, where, on in steps]
        for metres in wording.RADII:
            on = level == "around" and asked["radius_m"] == metres
            steps.append((wording.around(metres), {**near, "radius_m": metres}, on))
    return [
        {
            "text": text,
            "current": on,
            "href": linked("/map", query, **dict.fromkeys(_WHERE) | where),
        }
        for text, where, on in steps
    ]


def point(request: Request) -> str:
    """The address of the map around the point that was tapped, no finer than 0.001°."""
    asked = understood(PointAsked, request.args)
    canvas = Canvas((asked["lat"], asked["lon"]), asked["half_m"], asked["width"], asked["height"])
    # A key instead of a finger sends the corner: the middle is meant.
    tapped = (asked["x"], asked["y"]) if asked["x"] or asked["y"] else None
    at = canvas.position(*tapped) if tapped else canvas.middle
    lat, lon = rounded(*at)
    kept = {k: v for k, v in request.args.items() if k not in (*_WHERE, *PointAsked().fields)}
    radius = next((m for m in map_drawing.NEARER_M if m * 2 <= asked["half_m"]), 300)
    return linked("/map", kept, lat=lat, lon=lon, radius_m=radius)
