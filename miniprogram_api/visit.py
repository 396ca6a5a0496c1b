"""A visit to the pages: from where distances are measured, and how large the letters are.

Both are the visitor's own choice, kept in his browser only; a position is kept to 0.001°.
"""

from typing import Any

from flask import Request, Response, redirect

from backend.errors import BadInput
from backend.outlets.places import districts, rounded, to_gcj02
from backend.prices.lookups import centre_of
from miniprogram_api import wording

PLACE, MODE = "place", "mode"
_A_YEAR = 365 * 24 * 3600


def place_of(request: Request) -> dict[str, Any] | None:
    """Where the visitor stands: {text, lat, lon, district} in GCJ-02, or None if he did not say.

    A position in the address goes before the one in the cookie, so that a shared address answers
    the same for everyone.
    """
    if "lat" in request.args and "lon" in request.args:
        return _point(f"{request.args['lat']},{request.args['lon']}")
    kept = request.cookies.get(PLACE, "")
    return _point(kept) if "," in kept else _district(kept)


def _point(written):
    try:
        lat, lon = rounded(*(float(part) for part in written.split(",")))
        to_gcj02(lat, lon, "GCJ-02")
    except (ValueError, TypeError):
        return None
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


def choose_place(request: Request) -> Response:
    """Remember the place that was chosen and go back; raises BadInput for no position."""
    form = request.form
    response = _back(form.get("back"))
    if form.get("lat") and form.get("lon"):
        lat, lon = _given(form["lat"], form["lon"], form.get("sys") or "GCJ-02")
        _keep(response, PLACE, f"{lat},{lon}")
    elif form.get("district"):
        _keep(response, PLACE, form["district"][:12])
    else:
        response.delete_cookie(PLACE)
    return response


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
