"""What the page of a scanned code is given to show: of the code only what names the product."""

from typing import Any
from urllib.parse import quote

from flask import Request

from backend.catalog.packcodes import LONGEST, read
from backend.errors import BadInput
from backend.money import yuan
from backend.scanning import lookups as scanning
from backend.sheets.amounts import money_reader
from backend.sheets.errors import BadCell
from backend.sheets.forms import Column
from miniprogram_api.formats import linked
from miniprogram_api.pages_schemas import ScanPageAsked, understood
from miniprogram_api.visit import place_of

View = dict[str, Any]

HERE = "/scan"
_MOST_FEN = 100_000_000
_read_yuan = money_reader(Column("问到的价", "price", "money", maximum=_MOST_FEN))


def answered(request: Request) -> View:
    """The empty form, or what the code of the address stands for.

    `moved` is where to go instead where the address holds more of a code than it should.
    """
    given = request.args.get("code", "")
    if not given.strip():
        return _form()
    try:
        text = read(given).text
    except BadInput as wrong:
        return _form(errors={"code": wrong.words}, code=given)
    if text != given:
        return _form(moved=linked(HERE, request.args.to_dict(), code=text))
    return _told(request, text)


def taken(request: Request) -> View:
    """What was handed in: where its answer stands, or the form again with what is wrong."""
    code, price = request.form.get("code", ""), request.form.get("price", "").strip()
    errors: dict[str, str] = {}
    text = fen = None
    try:
        text = read(code).text
    except BadInput as wrong:
        errors["code"] = wrong.words
    try:
        fen = _read_yuan(price) if price else None
    except BadCell as wrong_price:
        errors["price"] = f"{wrong_price}。"
    if errors:
        return _form(errors=errors, code=code, price=price)
    return _form(moved=linked(HERE, code=text, price_fen=fen))


def _told(request, text):
    asked = understood(ScanPageAsked, request.args)
    place = place_of(request)
    found = scanning.scan(
        text, drug=asked["drug"], price_fen=asked["price_fen"],
        origin=(place["lat"], place["lon"]) if place else None,
    )  # fmt: skip
    kept = {name: asked[name] for name in ("price_fen", "drug")}
    return _form(price=asked["price_fen"] and yuan(asked["price_fen"])) | {
        "found": found, "query": {"code": text, **kept}, "status": 200 if found["known"] else 404,
        "here": linked(HERE, code=text, **kept),
        "data_url": linked(f"/api/v1/scan/{quote(text)}", **kept),
    }  # fmt: skip


def _form(errors=None, code="", price="", moved=""):
    """The form; the links of the page (large letters, another place) lead back to it bare."""
    return {
        "found": None, "errors": errors or {}, "typed": code[:LONGEST], "price": price or "",
        "moved": moved, "status": 422 if errors else 200, "here": HERE,
    }  # fmt: skip
