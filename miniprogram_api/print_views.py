"""What each printed page is given: offers in sheets of paper, codes to scan, sizes."""

from typing import Any

from flask import Request

from backend.badges import lookups as badges
from backend.badges.standing import HELD
from backend.prices.labels import diseases_of, to_print
from miniprogram_api.formats import linked
from miniprogram_api.pages_schemas import PaperAsked, SignAsked, understood
from miniprogram_api.paper import BOARD_ROWS, LABELS, sheets
from miniprogram_api.qr import address, drawn

View = dict[str, Any]


def choose(request: Request, code: str) -> View:
    """Everything the outlet sells, to choose from, and which of the prints it may have."""
    asked = understood(PaperAsked, request.args)
    told = to_print(code, category=asked["category"], words=asked["q"])
    return told | {"diseases": diseases_of(to_print(code)["items"]), "asked": asked,
                   "sizes": LABELS}  # fmt: skip


def labels(request: Request, code: str) -> View:
    """Price labels in sheets, each with the code of its drug at this outlet."""
    asked, told = _chosen(request, code)
    size = LABELS[asked["size"]]
    for offer in told["items"]:
        place = linked(f"/outlets/{code}", drug=offer["drug"]["code"])
        offer["qr"] = drawn(address(request, place))
    return told | {
        "sheets": sheets(told["items"], size.on_a_sheet),
        "prints": bool(told["items"]),
        "size": asked["size"],
        "sizes": LABELS,
        "query": _query(request),
    }


def board(request: Request, code: str) -> View:
    """The drugs in sheets for the notice board."""
    _, told = _chosen(request, code)
    return told | {
        "sheets": sheets(told["items"], BOARD_ROWS),
        "prints": bool(told["items"]),
        "qr": drawn(address(request, f"/outlets/{code}")),
    }


def sign(request: Request, code: str) -> View:
    """The counter sign; without a badge a page of the site with the reason instead."""
    size = understood(SignAsked, request.args)["size"]
    told = badges.proof(code)
    if told["badge"]["state"] != HELD:
        return told | {"prints": False, "page": "sign_lost.html"}
    signed = badges.sign_for(code)
    code_to_scan = drawn(address(request, f"/b/{signed['token']}"))
    return signed | {"qr": code_to_scan, "size": size, "prints": True, "page": "print_sign.html"}


def _chosen(request, code):
    asked = understood(PaperAsked, request.args)
    told = to_print(
        code, drugs=request.args.getlist("drug"), category=asked["category"], words=asked["q"]
    )
    return asked, told


def _query(request):
    """What was asked, but for the size, as the links of the page carry it on."""
    return {name: values for name, values in request.args.lists() if name != "size"}
