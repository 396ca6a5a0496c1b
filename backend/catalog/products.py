"""What a row of a drug sheet says: the facts of a product, its price in a batch, who it is."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from backend.catalog import diseases, naming
from backend.codes import own_code

PLAIN = (
    "nhsa_code", "generic_name", "core", "dosage_form", "strength", "pack", "pack_qty",
    "pack_unit", "package_unit", "manufacturer", "approval_no", "brand", "standard_fen",
    "standard_source", "kind", "special",
    "source", "replaced_by",
)  # fmt: skip
WIN = ("price_fen", "announced_on", "valid_from", "valid_until", "regions", "notice_url", "source")
_DEFAULTS = {
    "pack_qty": None, "package_unit": "盒", "kind": "not_won", "special": False,
    "standard_fen": None,
}  # fmt: skip
_WIN_TEXTS = ("regions", "notice_url", "source")
_NEEDED = (("strength", "规格"), ("manufacturer", "生产企业"), ("batch", "采购批次"))

Values = Mapping[str, Any]


def incomplete(values: Values) -> Iterator[str]:
    """The headers a row lacks beside its winning price or its payment standard."""
    if values.get("price_fen") is not None:
        yield from (header for key, header in _NEEDED if not values.get(key))
    if values.get("standard_fen") is not None and not values.get("standard_source"):
        yield "支付标准来源"


def facts_of(values: Values, columns: Collection[str]) -> dict:
    """The facts of the row's product, as plain values; columns the sheet lacks say nothing."""
    derived = {"kind", "strength", "pack_qty", "pack_unit", "package_unit"}
    facts = {key: plain(values[key]) for key in PLAIN if key in columns and key not in derived}
    facts["core"] = values.get("core") or naming.core(values["generic_name"])
    facts |= _pack(values, set(columns)) | _kind(values)
    facts = {key: value_of(facts, key) for key in facts}
    if {"tags", "category"} & set(columns):
        facts["tags"] = sorted(_tags(values))
    return facts | _win(values)


def _pack(values, columns):
    """Strength, count and units: as written, else as the pack and the form tell them."""
    strength, quantity = naming.split_pack(values.get("pack") or "")
    strength = values.get("strength") or strength
    quantity = values.get("pack_qty") or quantity
    form = values.get("dosage_form") or ""
    told = {
        "strength": ({"pack"}, strength),
        "pack_qty": ({"pack"}, quantity),
        "pack_unit": ({"dosage_form"}, naming.unit_of(form, strength)),
        "package_unit": ({"dosage_form"}, naming.package_unit(form, quantity, strength)),
    }
    return {
        key: values.get(key) or derived
        for key, (sources, derived) in told.items()
        if columns & (sources | {key})
    }


def _kind(values):
    """A product with a winning price has won, whatever list it also stands on."""
    told = values.get("kind")
    if values.get("price_fen") is not None and told in (None, "not_won"):
        return {"kind": "won"}
    return {"kind": told} if told else {}


def _tags(values):
    named = {diseases.code_of(name) for name in values.get("tags") or ()}
    found = {code for code in named if code}
    # Where the row names no disease, its name may: many lists have no class for it.
    if values.get("category") or not found:
        found |= set(diseases.of_category(values.get("category") or "", values["generic_name"]))
    return found


def _win(values):
    if values.get("price_fen") is None:
        return {}
    win = {key: plain(values.get(key)) for key in WIN}
    return {
        win_key(values["batch"], standing_of(values)): win
        | {key: win[key] or "" for key in _WIN_TEXTS}
    }


def standing_of(values: Values) -> str:
    """What a winning price without a stated standing is: never more than its row can prove."""
    if values.get("standing"):
        return values["standing"]
    covers = values.get("covers")
    if covers in ("no", "unsure"):
        return "elsewhere" if covers == "no" else "unsure"
    return "official" if values.get("valid_until") else "historical"


def win_key(batch: str, standing: str) -> str:
    """The name under which facts keep the price of a batch."""
    return f"win:{standing}:{batch}"


def wins_in(facts: Mapping[str, Any]) -> Iterator[tuple[str, str, dict]]:
    """(batch, standing, facts) of each price among a product's facts."""
    for key, win in facts.items():
        if key.startswith("win:"):
            _, standing, batch = key.split(":", 2)
            yield batch, standing, win


def code_named(facts: Mapping[str, Any]) -> str:
    """Our own code for the product that these facts describe."""
    named = [facts.get(k) for k in ("generic_name", "strength", "pack", "manufacturer")]
    # Without a pack only the approval number tells two products of one firm apart.
    return own_code("Y", *named, "" if facts.get("pack") else facts.get("approval_no"))


def value_of(facts: Mapping[str, Any], column: str) -> Any:
    """A fact as its column keeps it: empty text where nothing is known."""
    value = facts.get(column)
    return _DEFAULTS.get(column, "") if value is None else value


def plain(value: Any) -> Any:
    """Days as ISO text, everything else as it is."""
    return value.isoformat() if isinstance(value, date) else value


def two_prices(known: Mapping[str, Any], facts: Mapping[str, Any]) -> bool:
    """Whether these facts name another price for a batch that is known with one."""
    return any(known.get(key, win) != win for key, win in facts.items() if key.startswith("win:"))
