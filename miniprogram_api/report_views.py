"""What the page of a report is given to show: what it is about, the choices, what was recorded."""

from typing import Any

from flask import Request

from backend.catalog import lookups as catalog
from backend.catalog.cards import pack_words
from backend.errors import BadInput, Refusal
from backend.outlets import lookups as outlets
from backend.reports import wording
from backend.reports.actions import report
from backend.reports.rules import MOST_FEN, OF_A_DRUG
from backend.sheets.amounts import money_reader
from backend.sheets.errors import BadCell
from backend.sheets.forms import Column
from miniprogram_api.formats import linked
from miniprogram_api.pages_schemas import ReportPageAsked, understood
from miniprogram_api.reports import mark
from miniprogram_api.reports_schemas import ReportAsked

View = dict[str, Any]

HERE = "/report"
_read_yuan = money_reader(Column("问到的价", "price", "money", maximum=MOST_FEN))


def form(request: Request) -> View:
    """The form for a drug at an outlet, or for the outlet; raises NotFound and Gone."""
    return _form(understood(ReportPageAsked, request.args))


def taken(request: Request) -> View:
    """What was recorded, or the form again with what is wrong and nothing recorded."""
    asked = understood(ReportPageAsked, request.form)
    price = request.form.get("price", "").strip() if asked["what"] == "wrong_price" else ""
    try:
        fen = _read_yuan(price) if price else None
    except BadCell:
        return _form(asked, price=price, errors={"price": wording.NOT_YUAN}, status=422)
    try:
        told = report(**_said(asked, fen), asker=mark())
    except BadInput as wrong:
        errors = {name: lines[0] for name, lines in wrong.errors.items()}
        return _form(asked, price=price, errors=errors, status=422)
    except Refusal as refused:
        # What cannot be counted now is said on the form, with all that was filled in.
        if refused.status not in (429, 503):
            raise
        return _form(asked, price=price, errors={"all": refused.words}, status=refused.status)
    return _form(asked) | {"told": told, "status": 200}


def _said(asked, fen):
    """The report by the API's schema; what is said of the outlet takes no drug along."""
    of_a_drug = asked["what"] in OF_A_DRUG
    given = {"outlet": asked["outlet"], "what": asked["what"]}
    if of_a_drug:
        given |= {"drug": asked["drug"], "offer": asked["offer"]}
    return understood(ReportAsked, given) | {"price_fen": fen}


def _form(asked, *, price="", errors=None, status=200):
    """The page; the links that change letters or place lead back to it without what was said."""
    outlet = outlets.find(asked["outlet"])
    drug = catalog.find(asked["drug"]) if asked["drug"] else None
    codes = tuple(wording.SAYS) if drug else tuple(set(wording.SAYS) - set(OF_A_DRUG))
    return {
        "outlet": {"code": outlet.code, "name": outlet.name, "address": outlet.address},
        "drug": drug and {"code": drug.code, "name": drug.generic_name, "firm": drug.manufacturer,
                          "pack": pack_words(drug)},
        "choices": [{"value": code, "text": wording.SAYS[code]}
                    for code in wording.SAYS if code in codes],
        "what": asked["what"],
        "offer": asked["offer"],
        "price": price,
        "errors": errors or {},
        "nobody": wording.NOBODY,
        "told": None,
        "status": status,
        "here": linked(HERE, outlet=outlet.code, drug=asked["drug"], offer=asked["offer"]),
    }  # fmt: skip
