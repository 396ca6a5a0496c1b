"""The engines that are asked: ours through the door people use, and bare ones beside it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from secrets import token_hex

import search
from backend import db
from backend.app import create_app
from backend.catalog.lookups import search_drugs
from backend.prices.lookups import city_moment
from bench import meili
from bench.fresh import rebuilt
from bench.golden import bare
from bench.golden.judging import Item
from bench.house import House

OURS, OURS_MEILI = "本项目（SQLite）", "本项目（Meilisearch）"
BARE_MEILI, BARE_FTS = "裸 Meilisearch（默认设置）", "裸 FTS5 trigram"
ENGINES = (OURS, OURS_MEILI, BARE_MEILI, BARE_FTS)
MOST = 20

Ask = Callable[[str], list[Item]]


def has_meili() -> bool:
    """Whether a server to ask is named."""
    return meili.address() is not None


def engines(house: House, wanted: tuple[str, ...] = ENGINES) -> Iterator[tuple[str, Ask]]:
    """Each engine that can be asked here, with the drugs of the house in it."""
    for name, opener in (
        (OURS, _ours), (OURS_MEILI, _ours_meili), (BARE_MEILI, _bare_meili), (BARE_FTS, _bare_fts),
    ):  # fmt: skip
        if name in wanted and (has_meili() or name in (OURS, BARE_FTS)):
            with opener(house) as ask:
                yield name, ask


@contextmanager
def _ours(house: House) -> Iterator[Ask]:
    create_app(house.settings())
    with db.opened():
        yield ours()
    db.database.close_all()


def ours() -> Ask:
    """The open house asked as its pages and its API ask it."""
    day = city_moment().date()
    return lambda words: _items(search_drugs(words, page_size=MOST, day=day))


@contextmanager
def _ours_meili(house: House) -> Iterator[Ask]:
    url = meili.our_url(f"golden_{token_hex(4)}_")
    there = house.with_search(url)
    try:
        rebuilt(there)
        with _ours(there) as ask:
            yield ask
    finally:
        index = search.connect(url, key=there.settings().search_key)
        index.admin.drop_everything()
        index.close()


@contextmanager
def _bare_meili(house: House) -> Iterator[Ask]:
    with _listed(house) as products, bare.meili(products) as find:
        yield lambda words: [products[code].item for code in find(words, MOST)]


@contextmanager
def _bare_fts(house: House) -> Iterator[Ask]:
    with _listed(house) as products, bare.trigram(products) as find:
        yield lambda words: [products[code].item for code in find(words, MOST)]


@contextmanager
def _listed(house: House) -> Iterator[dict[str, bare.Product]]:
    create_app(house.settings())
    with ExitStack() as open_:
        open_.enter_context(db.opened())
        yield bare.products()


def _items(answer) -> list[Item]:
    if answer["degraded"]:
        raise RuntimeError("Meilisearch 没有回答，备用索引替它答了：这样量不出它的结果。")
    # What was changed for an answer stands under these names, for all of it or at one product.
    whole = bool(answer.get("notes") or answer.get("changed"))
    return [
        Item(
            core=card["core"], name=card["generic_name"], dosage_form=card["dosage_form"],
            strength=f"{card['strength']} {card['pack']}", count=card["pack_qty"],
            firm=card["manufacturer"], told=whole or bool(card.get("notes") or card.get("changed")),
        )
        for card in answer["items"]
    ]  # fmt: skip
