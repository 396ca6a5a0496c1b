"""One answer whichever engine: the same documents and questions give the same page."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search import Document, Query
from search.pinyin import initials, pinyin
from tests.search import outlets
from tests.search.drugs import DRUGS, OUTLETS
from tests.search.meili_server import MEILI, opened

SYLLABLES = "阿莫西林二甲双胍氨氯地平格列净沙坦他汀头孢拉定酸片胶囊钠长生参雙"
LATIN = ["B12", "lipitor", "C", "XR", "α", "Ⅱ", "5mg"]
SPECS = ["0.5g 20片", "500mg×12", "0.25g", "10mg 28片", "5ml:0.1g", "80万单位", "0.9%", "20mg"]
MAKERS = ["天方药业", "拜耳医药", "ABC制药", "石药集团", ""]
TAGS = ["高血压", "降压药", "糖尿病", "消炎药", "XR型"]


def catalogue(random, size):
    """Documents that share syllables, so that questions find many for many reasons."""
    return [document(random, number) for number in range(size)]


def document(random, number):
    core = name(random, 2, 5)
    return Document(
        id=random.choice(["a", "B", "YP-", "no. ", "号"]) + str(number),
        kind="drugs",
        name=random.choice(["盐酸", "", ""]) + core + random.choice(["片", "胶囊", "缓释片"]),
        core=core,
        aliases=tuple(name(random, 1, 3) for _ in range(random.randrange(3))),
        tags=tuple(random.sample(TAGS, random.randrange(3))),
        maker=random.choice(MAKERS),
        spec=random.choice(SPECS),
        facts={"won": random.randrange(2), "batch": random.choice(["A", "a", "第三批"])},
        rank=random.choice([0, 0, 1, 50]),
    )


def name(random, shortest, longest):
    text = "".join(random.choices(SYLLABLES, k=random.randint(shortest, longest)))
    return text + (random.choice(LATIN) if random.random() < 0.2 else "")


def question(random, documents):
    """Something a person might type of one or two of the documents, rightly or wrongly."""
    words = " ".join(
        typed(random, random.choice(documents)) for _ in range(random.choice([1, 1, 2]))
    )
    if random.random() < 0.3:
        words += random.choice([" 0.5g", " 500", " 20片", "5", " x28 10mg", " 0.5"])
    facts = random.choice(
        [{}, {}, {"won": 1}, {"batch": ["a", "第三批"]}, {"batch": "A", "won": 0}]
    )
    return Query(
        words if random.random() < 0.95 else "",
        where=facts,
        limit=random.choice([3, 20, 1000]),
        offset=random.choice([0, 0, 2]),
        prefix=random.random() < 0.3,
    )


def typed(random, one):
    text = random.choice([one.name, one.core, one.spec, one.id, *one.aliases, *one.tags, one.maker])
    start = random.randrange(max(1, len(text)))
    part = text[start : start + random.randint(1, 7)] if random.random() < 0.6 else text
    way = random.choice([str, str, str, pinyin, initials])
    return mistaken(random, way(part)) if random.random() < 0.3 else way(part)


def mistaken(random, text):
    at = random.randrange(max(1, len(text)))
    wrong = random.choice("又瓜" + SYLLABLES if not text.isascii() else "aeinxz")
    return random.choice(
        [text[:at] + wrong + text[at + 1 :], text[:at] + text[at + 1 :], text + wrong]
    )


@pytest.fixture(scope="module")
def engines():
    """The two engines, to be filled with the same."""
    with opened("sqlite:///:memory:") as builtin, opened(MEILI) as server:
        yield builtin, server


def same(engines, query):
    """The answer of both."""
    builtin, server = (engine.find(query) for engine in engines)
    assert server == builtin, query
    assert list(server.why.items()) == list(builtin.why.items())
    return server


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(seed=st.integers(0, 2**32))
def test_random_catalogues_and_questions_get_the_same_page(engines, seed):
    random = Random(seed)
    documents = catalogue(random, random.choice([5, 60, 200]))
    for engine in engines:
        engine.rebuild("drugs", documents)
    for _ in range(60):
        same(engines, question(random, documents))


def test_the_small_catalogue_answers_the_same_in_every_part_of_every_name(engines):
    for engine in engines:
        engine.rebuild("drugs", DRUGS)
        engine.rebuild("outlets", OUTLETS)
    random = Random(1)
    for _ in range(300):
        same(engines, question(random, DRUGS))
        same(engines, replace(question(random, OUTLETS), kind="outlets"))


def test_after_changes_both_still_answer_the_same(engines):
    random = Random(2)
    documents = catalogue(random, 80)
    for engine in engines:
        engine.rebuild("drugs", documents)
        engine.put(replace(one, core="", rank=7) for one in documents[:20])
        engine.remove("drugs", [one.id for one in documents[10:40]])
    assert [engine.count("drugs") for engine in engines] == [50, 50]
    for _ in range(100):
        same(engines, question(random, documents))


def test_beyond_the_most_candidates_the_total_and_the_strictest_stay(engines):
    many = [Document(f"d{n}", "drugs", f"通用片{n}", rank=n % 7) for n in range(1500)]
    exact = Document("exact", "drugs", "通用", rank=9)
    for engine in engines:
        engine.rebuild("drugs", [*many, exact])
    builtin, server = (engine.find(Query("通用", limit=50)) for engine in engines)
    assert (server.ids, server.total) == (builtin.ids, builtin.total)
    assert server.total == 1501
    deep = [engine.find(Query("", limit=20, offset=1400)) for engine in engines]
    assert deep[0] == deep[1]


def test_a_strength_narrows_too_many_candidates_to_the_same_few(engines):
    many = [Document(f"d{n}", "drugs", f"通用片{n}", rank=9) for n in range(1200)]
    few = [Document(f"s{n}", "drugs", f"甲通用片{n}", spec="0.5g") for n in range(30)]
    for engine in engines:
        engine.rebuild("drugs", [*many, *few])
    assert same(engines, Query("通用 500mg", limit=50)).total == 30
    assert same(engines, Query("通用", where={"won": 1})).total == 0


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(seed=st.integers(0, 2**32))
def test_random_outlets_places_facts_and_facets_get_the_same_page(engines, seed):
    random = Random(seed)
    documents = outlets.outlets(random, random.choice([1, 60, 300]))
    for engine in engines:
        engine.rebuild("outlets", documents)
    for _ in range(60):
        same(engines, outlets.question(random, documents))


def test_after_changes_to_outlets_both_still_answer_the_same(engines):
    random = Random(3)
    documents = outlets.outlets(random, 120)
    for engine in engines:
        engine.rebuild("outlets", documents)
        engine.put(replace(one, facts={"sells": ("YP-2", "new")}) for one in documents[:30])
        engine.put(replace(one, place=None) for one in documents[30:40])
        engine.remove("outlets", [one.id for one in documents[20:60]])
    for _ in range(150):
        same(engines, outlets.question(random, documents))


def test_browsing_is_exact_beyond_the_most_candidates_too(engines):
    random = Random(4)
    documents = outlets.outlets(random, 2500)
    for engine in engines:
        engine.rebuild("outlets", documents)
    for within in (None, 600, 1500.0, 2200, 3000):
        for offset in (0, 40, 1100, 2400):
            query = Query(
                "", kind="outlets", near=outlets.spot(random), within_m=within, offset=offset,
                where=random.choice([{}, {"kind": "药店"}]), facets=("district", "sells"),
            )  # fmt: skip
            same(engines, query)
    browsed = same(engines, Query("", kind="outlets", facets=("kind", "winning"), offset=1500))
    assert sum(browsed.facets["kind"].values()) == 2500


def test_beyond_the_most_candidates_the_nearest_of_them_stay(engines):
    documents = [
        Document(f"o{n}", "outlets", f"大药房{n}店", place=(41.8 + n * 1e-4, 123.4))
        for n in range(1500)
    ]
    for engine in engines:
        engine.rebuild("outlets", [replace(one, facts={"kind": "店"}) for one in documents])
    query = Query("大药房", kind="outlets", near=(41.8, 123.4), limit=50, facets=("kind",))
    found = same(engines, query)
    assert (found.ids[:3], found.total) == (["o0", "o1", "o2"], 1500)
    assert found.facets == {"kind": {"店": 1500}}
    # A street of 1,500 outlets: as many as are looked at, and no further.
    near = same(engines, replace(query, within_m=1112))
    assert near.total == 101
