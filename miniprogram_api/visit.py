"""A visit to the pages: from where distances are measured, and how large the letters are.

Both are the visitor's own choice, kept in his browser only; a position is kept to 0.001°.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from flask import Request, Response, redirect, request

from backend.errors import BadInput
from backend.outlets.places import districts, rounded, to_gcj02
from backend.prices.lookups import centre_of
from miniprogram_api import wording
from miniprogram_api.formats import linked

PLACE, MODE = "place", "mode"
_PLACED = ("lat", "lon", "near")
_A_YEAR = 365 * 24 * 3600


def place_of(request: Request) -> dict[str, Any] | None:
    """From where distances are measured: {text, lat, lon, district, shared, own}, or None.

    Degrees are GCJ-02. A place in the address (`lat` and `lon`, or `near`, a district's code) goes
    before the one in the cookie, so that a shared address answers the same for everyone; `shared`
    says that it is not the visitor's own, `own` whether he has one.
    """
    own = _kept_place(request)
    given = _given_place(request)
    if given is None:
        return own and {**own, "shared": False, "own": True}
    is_his = own is not None and (own["lat"], own["lon"]) == (given["lat"], given["lon"])
    if given["district"] is None:
        given["text"] = wording.YOUR_PLACE if is_his else wording.ADDRESS_PLACE
    return {**given, "shared": not is_his, "own": own is not None}


def _given_place(request):
    if "lat" in request.args and "lon" in request.args:
        return _point(f"{request.args['lat']},{request.args['lon']}")
    return _district(request.args.get("near", ""))


def _kept_place(request):
    kept = request.cookies.get(PLACE, "")
    return _point(kept) if "," in kept else _district(kept)


def _point(written):
    try:
        lat, lon = rounded(*(float(part) for part in written.split(",")))
        to_gcj02(lat, lon, "GCJ-02")
    except (ValueError, TypeError):
        return None
    for one in districts():
        if rounded(*one.centre) == (lat, lon):
            return _district(one.code)
    return {"text": wording.YOUR_PLACE, "lat": lat, "lon": lon, "district": None}


def _district(code):
    centre = centre_of(code)
    if centre is None:
        return None
    name = next(d.name for d in districts() if d.code == code)
    lat, lon = rounded(*centre)
    return {
        "text": wording.centre(name), "lat": lat, "lon": lon,
        "district": {"code": code, "name": name},
    }  # fmt: skip


def with_place(door: Callable) -> Callable:
    """A page whose address names the place it is measured from, and no finer than 0.001°.

    Whoever comes without one in the address, but with one chosen, is sent to the address that has
    it: what he copies from there answers the same for whoever opens it.
    """

    @wraps(door)
    def settled(*values, **named):
        target = _settled(request)
        return redirect(target, code=302) if target else door(*values, **named)

    return settled


def _settled(request):
    place = place_of(request)
    if place is None:
        return None
    written = {"lat": str(place["lat"]), "lon": str(place["lon"])}
    asked = request.args
    if "near" not in asked and all(asked.get(name) == value for name, value in written.items()):
        return None
    return linked(request.path, _several(asked.items(multi=True)), near=None, **written)


def _several(pairs):
    """What an address says, a name that stands there several times with all it says."""
    told: dict[str, list[str]] = {}
    for name, value in pairs:
        told.setdefault(name, []).extend([value] if value != "" else [])
    return told


def choose_place(request: Request) -> Response:
    """Remember the place that was chosen and go back; raises BadInput for no position."""
    form = request.form
    response = _back(_without_place(form.get("back") or ""))
    if form.get("lat") and form.get("lon"):
        lat, lon = _given(form["lat"], form["lon"], form.get("sys") or "GCJ-02")
        _keep(response, PLACE, f"{lat},{lon}")
    elif form.get("district"):
        _keep(response, PLACE, form["district"][:12])
    else:
        response.delete_cookie(PLACE)
    return response


def _without_place(target):
    """The page one came from, without the place of before and the page number that went with it."""
    parts = urlsplit(target)
    kept = [pair for pair in parse_qsl(parts.query) if pair[0] not in (*_PLACED, "page")]
    return linked(parts.path, _several(kept)) if parts.path == target.split("?")[0] else ""


def _given(lat, lon, system):
    try:
        return rounded(*to_gcj02(float(lat), float(lon), system))
    except ValueError:
        raise BadInput(wording.NO_POSITION) from None


def choose_mode(request: Request) -> Response:
    """Remember 长辈版 or not and go back."""
    response = _back(request.form.get("back"))
    if request.form.get("mode") == "elder":
        _keep(response, MODE, "elder")
    else:
        response.delete_cookie(MODE)
    return response


def is_elder(request: Request) -> bool:
    """Whether the visitor chose larger letters."""
    return request.cookies.get(MODE) == "elder"


def _keep(response, name, value):
    response.set_cookie(name, value, max_age=_A_YEAR, samesite="Lax", httponly=True)


def _back(target) -> Any:
    """Back to a page of ours: an address elsewhere would make us a stepping stone."""
    ours = target and target.startswith("/") and not target.startswith(("//", "/\\"))
    return redirect(target if ours else "/", code=303)
