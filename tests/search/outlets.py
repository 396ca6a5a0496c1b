"""Random outlets of a small city, and what a person may ask of them."""

from search import Document, Query
from search.places import metres_between

CENTRE = (41.8, 123.43)
CHAINS = ["成大方圆", "天益堂", "维康大药房", "国大药房", ""]
DISTRICTS = ["沈河区", "铁西区", "和平区"]
KINDS = ["药店", "医院", "A", "a"]
STREETS = ["中街", "兴华", "长江"]
WORDS = ["zhongjie", "成大方园", "沈河区 店"]
CODES = ["YP-1", "yp-1", "YP-2", "药 3", "0004", "4"]


def outlets(random, size):
    """Documents, some without a place, some of one place."""
    spots = [spot(random) for _ in range(max(1, size // 2))]
    return [outlet(random, number, spots) for number in range(size)]


def spot(random, spread=0.02):
    """A place around the centre, six decimals as they are kept."""
    return tuple(round(at + random.uniform(-spread, spread), 6) for at in CENTRE)


def outlet(random, number, spots):
    chain, district = random.choice(CHAINS), random.choice(DISTRICTS)
    sells = tuple(random.sample(CODES, random.randrange(len(CODES))))
    facts = {
        "district": district,
        "kind": random.choice(["药店", "医院", "A", "a"]),
        "sells": sells,
    }
    if random.random() < 0.5:
        facts |= {"badge": random.randrange(2), "winning": sells[:2]}
    return Document(
        id=random.choice(["JG-", "a", "店"]) + str(number),
        kind="outlets",
        name=f"{chain}{random.choice(STREETS)}第{number}店",
        tags=(district,),
        maker=chain,
        facts=facts,
        rank=random.choice([0, 0, 5]),
        place=random.choice(spots) if random.random() < 0.9 else None,
    )


def question(random, documents):
    """Something asked of these outlets, often with a radius that just reaches one of them."""
    one = random.choice(documents)
    near = random.choice([None, spot(random), spot(random, 0.2), one.place])
    return Query(
        random.choice(["", "", one.name, one.name[:3], one.maker, *WORDS]),
        kind="outlets",
        where=random.choice([{}, {}, *wheres(random)]),
        limit=random.choice([0, 3, 20, 1000]),
        offset=random.choice([0, 0, 2, 30]),
        near=near,
        within_m=radius(random, near, documents) if near else None,
        facets=random.choice([(), ("district", "kind"), ("sells", "badge", "never")]),
    )


def wheres(random):
    codes = random.sample(CODES, 2)
    return [
        *({"sells": codes[0]}, {"sells": codes}, {"sells": codes[0], "kind": ["A", "药店"]}),
        *({"winning": codes[0], "district": "沈河区"}, {"badge": 1}, {"never": 1}, {"kind": []}),
    ]


def radius(random, near, documents):
    """Metres, most of them the very distance of an outlet."""
    placed = [one.place for one in documents if one.place]
    edge = metres_between(near, random.choice(placed)) if placed else 0
    return random.choice([None, 0, 4.5, 800, 3000.0, 1e9, edge, edge, edge - 0.001, edge * 1.001])


def nearest(documents, near, within=None):
    """Ids by distance and id, those without a place last, worked out one by one."""
    ways = [(metres_between(near, one.place) if one.place else None, one.id) for one in documents]
    if within is not None:
        ways = [way for way in ways if way[0] is not None and way[0] <= within]
    return [code for _, code in sorted(ways, key=lambda way: (way[0] is None, way[0] or 0, way[1]))]
