"""The walk: every page of the house in every state that looks different; one line each.

A new page is one more line here; tests/house/test_walk.py asks for it.
"""

from collections.abc import Callable
from typing import NamedTuple

from tests.stories.looks.rare import FAR_OFF, RARE_DRUG, RARE_OUTLET, TWO_PACKS, WITHDRAWN


class Stop(NamedTuple):
    """One look at one page; `{names}` in its address are filled in from the town by `codes`."""

    name: str
    path: str
    status: int = 200
    place: str = ""  # the district of a visitor who chose one
    types: str = ""  # what he types into the first search field, to see suggestions
    opens: str = ""  # what he then opens, as CSS


SHEN_HE = "210103"
NEAR = "lat=41.796&lon=123.455"

STOPS = (
    Stop("home", "/"),
    Stop("home-placed", "/", place=SHEN_HE),
    Stop("home-suggests", "/", types="ejsg"),
    Stop("home-suggests-purpose", "/", types="高血压"),
    Stop("home-suggests-absent", "/", types="佐匹"),
    Stop("search-empty", "/search"),
    Stop("search-found", "/search?q=ejsg"),
    Stop("search-many", "/search?q=片"),
    Stop("search-none", "/search?q=没有这种药"),
    Stop("search-disease", "/search?category=hypertension"),
    Stop("search-corrected", "/search?q=二钾双瓜"),
    Stop("offers", "/offers?drug={won}"),
    Stop("offers-near", f"/offers?drug={{won}}&{NEAR}&sort=distance"),
    Stop("offers-cheap", "/offers?drug={won}&sort=price", place=SHEN_HE),
    Stop("offers-balanced", "/offers?drug={won}&sort=balanced", place=SHEN_HE),
    Stop("offers-filtered", f"/offers?drug={{won}}&{NEAR}&radius_m=3000&at_or_below_winning=true"),
    Stop("offers-sheet", "/offers?drug={won}", place=SHEN_HE, opens=".sheet > summary"),
    Stop("offers-why", "/offers?drug={won}", place=SHEN_HE, opens=".act-why > summary"),
    Stop("offers-nobody", f"/offers?drug={{won}}&{FAR_OFF}&radius_m=1000"),
    Stop("offers-none", f"/offers?drug={RARE_DRUG}"),
    Stop("offers-none-placed", f"/offers?drug={RARE_DRUG}&{NEAR}"),
    Stop("offers-last-page", "/offers?drug={won}&page=2"),
    Stop("history", "/offers/history?outlet={seller}&drug={won}"),
    Stop("history-table", "/offers/history?outlet={seller}&drug={won}", opens=".plain > summary"),
    Stop("history-nothing", f"/offers/history?outlet={RARE_OUTLET}&drug={{won}}"),
    Stop("history-unknown", "/offers/history?outlet=nowhere&drug={won}", status=404),
    Stop("basket", "/basket"),
    Stop("basket-no-place", "/basket?drug={won}"),
    Stop("basket-plans", f"/basket?drug={{won}}&drug={{noticed}}&packs-{{won}}=2&{NEAR}"),
    Stop("basket-placed", "/basket?drug={won}&drug={noticed}", place=SHEN_HE),
    Stop("basket-list", f"/basket?drug={{won}}&drug={{noticed}}&{NEAR}", opens=".plain > summary"),
    Stop("basket-buys", f"/basket?drug={{won}}&{NEAR}", opens=".plan summary"),
    Stop("basket-sheet", f"/basket?drug={{won}}&drug={{noticed}}&{NEAR}&plan=1"),
    Stop("basket-adds", f"/basket?drug={{won}}&{NEAR}&q=ejsg"),
    Stop("basket-lacks", f"/basket?drug={{won}}&drug={RARE_DRUG}&{NEAR}"),
    Stop("basket-wrong", f"/basket?drug={{won}}&packs-{{won}}=0&{NEAR}", status=422),
    Stop("basket-unknown", f"/basket?drug=nowhere&{NEAR}", status=404),
    Stop("report", "/report?outlet={active}&drug={won}&what=wrong_price"),
    Stop("report-bare", "/report?outlet={active}&drug={won}"),
    Stop("report-outlet", "/report?outlet={active}&what=closed"),
    Stop("report-nowhere", "/report?outlet=NOWHERE", status=404),
    Stop("drug", "/drugs/{won}"),
    Stop("drug-marked", "/drugs/{won}?price_fen=500"),
    Stop("drug-table", "/drugs/{won}", opens=".plain > summary"),
    Stop("drug-noticed", "/drugs/{noticed}"),
    Stop("drug-not-won", f"/drugs/{RARE_DRUG}"),
    Stop("scan", "/scan"),
    Stop("scan-found", "/scan?code=0000007"),
    Stop("scan-asked", "/scan?code=9520000000073&price_fen=1200", place=SHEN_HE),
    Stop("scan-why", "/scan?code=0000007&price_fen=1200", opens=".scan-verdict summary"),
    Stop("scan-several", f"/scan?code={TWO_PACKS}&price_fen=350"),
    Stop("scan-unknown", "/scan?code=9999999", status=404),
    Stop("scan-wrong", "/scan?code=9520000000074", status=422),
    Stop("outlets", "/outlets"),
    Stop("outlets-placed", "/outlets", place=SHEN_HE),
    Stop("outlets-sheet", "/outlets", opens=".sheet > summary"),
    Stop("outlets-none", "/outlets?q=没有这一家"),
    Stop("outlets-understood", "/outlets?q=铁西区的药店&badge=all"),
    Stop("outlets-literal", "/outlets?q=铁西区的药店&badge=all&literal=true"),
    Stop("outlet-active", "/outlets/{active}"),
    Stop("outlet-history", "/outlets/{suspended}", opens=".plain > summary"),
    Stop("outlet-suspended", "/outlets/{suspended}"),
    Stop("outlet-left", "/outlets/{left}"),
    Stop("outlet-expired", f"/outlets/{RARE_OUTLET}"),
    Stop("outlet-without-badge", "/outlets/{none}"),
    Stop("outlet-finds-nothing", "/outlets/{active}?q=没有这种药"),
    Stop("badge", "/outlets/{active}/badge"),
    Stop("badge-proof", "/outlets/{active}/badge", opens=".more > summary"),
    Stop("badge-none", "/outlets/{none}/badge"),
    Stop("badge-expired", f"/outlets/{RARE_OUTLET}/badge"),
    Stop("print", "/outlets/{active}/print"),
    Stop("print-left", "/outlets/{left}/print"),
    Stop("print-sign-lost", "/outlets/{left}/sign", status=409),
    Stop("badge-left", "/outlets/{left}/badge"),
    Stop("sign-genuine", "/b/{sign}"),
    Stop("sign-forged", "/b/AAAA", status=404),
    Stop("map", "/map"),
    Stop("map-district", f"/map?district={SHEN_HE}"),
    Stop("map-around", f"/map?{NEAR}&radius_m=1000&badge=all"),
    Stop("map-understood", f"/map?district={SHEN_HE}&q=药店"),
    Stop("map-none", f"/map?{FAR_OFF}&radius_m=1000"),
    Stop("map-sheet", f"/map?district={SHEN_HE}", opens=".sheet > summary"),
    Stop("map-pick", "/map", opens=".map-side .plain > summary"),
    Stop("about", "/about"),
    Stop("privacy", "/privacy"),
    Stop("lists", "/lists"),
    Stop("drugs-1", "/lists/drugs/1"),
    Stop("outlets-1", "/lists/outlets/1"),
    Stop("outlets-2", "/lists/outlets/2"),
    Stop("outlets-2-new", "/lists/outlets/2?show=added"),
    Stop("data", "/data"),
    Stop("data-columns", "/data", opens=".data-table summary"),
    Stop("rules", "/rules"),
    Stop("rules-index", "/rules", opens="section[aria-labelledby=monitoring] summary"),
    Stop("place", "/place?back=/outlets"),
    Stop("place-chosen", "/place?back=/outlets", place=SHEN_HE),
    Stop("offline", "/offline"),
    Stop("api", "/api/docs/"),
    Stop("error-404", "/nowhere", status=404),
    Stop("error-410", f"/drugs/{WITHDRAWN}", status=410),
    Stop("error-422", "/offers?sort=beauty", status=422),
    Stop("error-429", "/refused/429", status=429),
    Stop("error-500", "/refused/500", status=500),
    Stop("error-503", "/refused/503", status=503),
)

# Addresses that give no page: what they give instead. A path that ends in * stands for all below.
NO_PAGES = {
    "/api/v1/*": "JSON",
    "/api/openapi.json": "JSON",
    "/static/<path:filename>": "files",
    "/favicon.ico": "leads to a file",
    "/map/point": "leads to the map",
    "/outlets/<code>/badge.svg": "a picture for other sites",
    "/outlets/<code>/labels": "paper, measured in millimetres by tests/stories/test_prints.py",
    "/outlets/<code>/sign": "paper, measured in millimetres by tests/stories/test_prints.py",
    "/outlets/<code>/board": "paper, measured in millimetres by tests/stories/test_prints.py",
    "/sheets/<kind>.xlsx": "a workbook",
    "/healthz": "JSON",
    "/readyz": "JSON",
    "/metrics": "text for Prometheus",
    "/data/<day>/<name>": "files",
    "/wechat/callback": "text for WeChat",
    "/data/latest/<name>": "leads to a file",
    "/sw.js": "what keeps the one page for a phone without a net",
}


def is_page(rule: str) -> bool:
    """Whether an address of the URL map draws a page."""
    return not any(
        rule.startswith(name.removesuffix("*")) if name.endswith("*") else rule == name
        for name in NO_PAGES
    )


def codes(ask: Callable[..., dict]) -> dict[str, str]:
    """The codes the walk needs, as `ask(path, **question)` finds them in the town's API."""
    drug = ask("/api/v1/drugs", q="盐酸二甲双胍缓释片")["items"][0]["code"]
    badges = {
        state: ask("/api/v1/outlets", badge=state, page_size=1)["items"][0]["code"]
        for state in ("active", "suspended", "left", "none")
    }
    drugs = ask("/api/v1/drugs", q="片", page_size=100)["items"]
    noticed = next(one["code"] for one in drugs if one["notice_url"])
    seller = ask("/api/v1/offers", drug=drug, page_size=1)["items"][0]["outlet"]["code"]
    return {"won": drug, "noticed": noticed, "seller": seller, **badges}
