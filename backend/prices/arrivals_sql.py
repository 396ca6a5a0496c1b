"""The SQL by which a million staged prices become offers; every statement touches one stretch.

Acts: 0 unchanged, 1 added, 2 changed, 3 older than what is shown, 4 withdrawn from sale.
"""

from backend.prices.models import PriceFact
from backend.prices.sheets import RESIDENTS

STAGED = (
    "delivery_id", "row", "key", "drug_id", "outlet_id", "price_fen", "in_stock", "observed_on",
    "source", "evidence", "selling", "newest", "doubt",
)  # fmt: skip

EXTENT = "SELECT MIN(id), MAX(id) FROM staged_price WHERE delivery_id = ? AND id > ?"

REPEATED = """
SELECT COUNT(*) FROM (
    SELECT 1 FROM staged_price WHERE delivery_id = ?
    GROUP BY drug_id, outlet_id HAVING COUNT(*) > 1 LIMIT 1
) AS twice
"""

BY_PAIR = """
SELECT id, row, drug_id, outlet_id, observed_on, source, key, price_fen FROM staged_price
WHERE delivery_id = ?
ORDER BY drug_id, outlet_id, observed_on DESC, source DESC, id DESC
"""

NOT_NEWEST = "UPDATE staged_price SET newest = 0 WHERE id = ?"

DROP = "DELETE FROM staged_price WHERE id = ?"

RESET_MEDIANS = "DELETE FROM staged_median WHERE delivery_id = ?"

# Medians are read first and written after: an INSERT … SELECT would hold the write lock for as
# long as the sort takes, and window functions sort a million rows far slower than Python does.
STAGED_PRICES = "SELECT drug_id, price_fen FROM staged_price WHERE delivery_id = ?"
OFFERED_PRICES = """
SELECT drug_id, price_fen FROM offer
WHERE died = ? AND drug_id IN (SELECT drug_id FROM staged_price WHERE delivery_id = ?)
"""

KEEP_MEDIAN = "INSERT INTO staged_median (delivery_id, drug_id, median_fen) VALUES (?, ?, ?)"

COMPARE = """
UPDATE staged_price SET act = (
    SELECT CASE
        WHEN seen.key IS NOT NULL THEN 0
        WHEN staged.newest = 0 OR (offer.key IS NULL AND staged.selling = 0) THEN 3
        WHEN offer.key IS NULL AND EXISTS (
            SELECT 1 FROM observation AS later
            WHERE later.outlet_id = staged.outlet_id AND later.drug_id = staged.drug_id
              AND (later.observed_on > staged.observed_on
                   OR (later.observed_on = staged.observed_on AND later.source > staged.source))
              AND NOT EXISTS (SELECT 1 FROM review
                              WHERE review.key = later.key AND review.state = 'set_aside')
        ) THEN 3
        WHEN offer.key IS NULL THEN 1
        WHEN offer.observed_on > staged.observed_on
          OR (offer.observed_on = staged.observed_on AND offer.source > staged.source) THEN 3
        WHEN staged.selling = 0 THEN 4
        ELSE 2 END
    FROM staged_price AS staged
    LEFT JOIN observation AS seen ON seen.key = staged.key
    LEFT JOIN offer ON offer.drug_id = staged.drug_id AND offer.outlet_id = staged.outlet_id
        AND offer.died = ?
    WHERE staged.id = staged_price.id
)
WHERE delivery_id = ? AND id BETWEEN ? AND ?
"""

# Writes only where the answer is another than before.
DOUBT = """
UPDATE staged_price SET doubt = 1 - doubt WHERE id IN (
    SELECT s.id FROM staged_price AS s LEFT JOIN staged_median AS m
        ON m.delivery_id = s.delivery_id AND m.drug_id = s.drug_id
    WHERE s.delivery_id = ? AND s.id BETWEEN ? AND ? AND s.doubt <> CASE
        WHEN s.act IN (1, 2)
            AND (s.price_fen > ? * m.median_fen OR ? * s.price_fen < m.median_fen)
        THEN 1 ELSE 0 END
)
"""

COUNTS = "SELECT act, COUNT(*) FROM staged_price WHERE delivery_id = ? GROUP BY act"

DOUBT_COUNT = "SELECT COUNT(*) FROM staged_price WHERE delivery_id = ? AND doubt = 1"

# The few rows first, whatever a planner believes of tables that grew a moment ago.
EXAMPLES = """
SELECT s.row, outlet.name, drug.generic_name, offer.price_fen, s.price_fen
FROM (SELECT * FROM staged_price WHERE delivery_id = ? AND act = ? ORDER BY id LIMIT ?) AS s
JOIN outlet ON outlet.id = s.outlet_id
JOIN drug ON drug.id = s.drug_id
JOIN offer ON offer.drug_id = s.drug_id AND offer.outlet_id = s.outlet_id AND offer.died = ?
ORDER BY s.id
"""

DOUBTFUL = """
SELECT s.row, outlet.code, drug.generic_name, s.price_fen, m.median_fen
FROM (SELECT * FROM staged_price WHERE delivery_id = ? AND doubt = 1 ORDER BY id LIMIT ?) AS s
JOIN outlet ON outlet.id = s.outlet_id
JOIN drug ON drug.id = s.drug_id
JOIN staged_median AS m ON m.delivery_id = s.delivery_id AND m.drug_id = s.drug_id
ORDER BY s.id
"""

OBSERVE = """
INSERT INTO observation (key, drug_id, outlet_id, price_fen, in_stock, observed_on, source,
                         evidence, selling, delivery_id)
SELECT key, drug_id, outlet_id, price_fen, in_stock, observed_on, source, evidence, selling,
       delivery_id
FROM staged_price WHERE act > 0 AND delivery_id = ? AND id BETWEEN ? AND ?
ORDER BY id
ON CONFLICT (key) DO NOTHING
"""

# Before the old offer ends: what it was is half of the fact. Stock nobody knew of is no news when
# it is there, and news when it is gone. Most rows only say the same on a later day: they are left
# out before the kinds are told apart (CROSS: in this order).
CHANGED_FACTS = f"""
INSERT INTO price_fact (number, outlet_id, drug_id, kind, day, before_fen, after_fen, open)
SELECT ?, s.outlet_id, s.drug_id, fact.kind, s.observed_on, offer.price_fen,
       CASE WHEN s.act = 4 THEN NULL ELSE s.price_fen END,
       CASE WHEN s.source IN ({RESIDENTS}) OR offer.source IN ({RESIDENTS}) THEN 0 ELSE 1 END
FROM staged_price AS s
JOIN offer ON offer.drug_id = s.drug_id AND offer.outlet_id = s.outlet_id AND offer.died = ?
CROSS JOIN (SELECT {PriceFact.DOWN} AS kind UNION ALL SELECT {PriceFact.UP}
            UNION ALL SELECT {PriceFact.RESTOCKED} UNION ALL SELECT {PriceFact.SOLD_OUT}
            UNION ALL SELECT {PriceFact.WITHDRAWN}) AS fact
WHERE s.act IN (2, 4) AND s.delivery_id = ? AND s.id BETWEEN ? AND ?
  AND (s.act = 4 OR s.price_fen <> offer.price_fen
       OR COALESCE(s.in_stock, -1) <> COALESCE(offer.in_stock, -1))
  AND (fact.kind = CASE WHEN s.act = 4 THEN {PriceFact.WITHDRAWN}
                        WHEN s.price_fen < offer.price_fen THEN {PriceFact.DOWN}
                        WHEN s.price_fen > offer.price_fen THEN {PriceFact.UP} END
    OR fact.kind = CASE WHEN s.act = 4 THEN NULL
                        WHEN s.in_stock = 1 AND offer.in_stock = 0 THEN {PriceFact.RESTOCKED}
                        WHEN s.in_stock = 0 AND COALESCE(offer.in_stock, 1) = 1
                        THEN {PriceFact.SOLD_OUT} END)
ON CONFLICT DO NOTHING
"""

FIRST_FACTS = f"""
INSERT INTO price_fact (number, outlet_id, drug_id, kind, day, before_fen, after_fen, open)
SELECT ?, outlet_id, drug_id, {PriceFact.FIRST}, observed_on, NULL, price_fen,
       CASE WHEN source IN ({RESIDENTS}) THEN 0 ELSE 1 END
FROM staged_price WHERE act = 1 AND delivery_id = ? AND id BETWEEN ? AND ?
ORDER BY outlet_id, drug_id
ON CONFLICT DO NOTHING
"""

END_OFFERS = """
UPDATE offer SET died = ?
WHERE died = ? AND (drug_id, outlet_id) IN (
    SELECT drug_id, outlet_id FROM staged_price
    WHERE act IN (2, 4) AND delivery_id = ? AND id BETWEEN ? AND ?
)
"""

OFFER = """
INSERT INTO offer (drug_id, outlet_id, born, died, key, outlet_code, price_fen, in_stock,
                   observed_on, source, lat, lon, district, kind)
SELECT s.drug_id, s.outlet_id, ?, ?, s.key, outlet.code, s.price_fen, s.in_stock, s.observed_on,
       s.source, outlet.lat, outlet.lon, outlet.district, outlet.kind
FROM staged_price AS s JOIN outlet ON outlet.id = s.outlet_id
WHERE s.act IN (1, 2) AND s.delivery_id = ? AND s.id BETWEEN ? AND ?
ORDER BY s.drug_id, s.outlet_id
"""

# The outlets whose shelf changes: the expression of a code, and the rows it is taken from.
TOUCHED = (
    "outlet.code",
    "FROM staged_price AS s JOIN outlet ON outlet.id = s.outlet_id"
    " WHERE s.act IN (1, 2, 4) AND s.delivery_id = ? AND s.id BETWEEN ? AND ?",
)

SWEEP = """
DELETE FROM offer WHERE died <= ? AND (drug_id, outlet_id) IN (
    SELECT drug_id, outlet_id FROM staged_price
    WHERE act IN (2, 4) AND delivery_id = ? AND id BETWEEN ? AND ?
)
"""

# Published as they are: whoever said yes to the sheet is not overruled, a second person looks; not
# again at what was kept once.
QUEUE_DOUBTS = """
INSERT INTO review (key, what, delivery_id, outlet_id, drug_id, price_fen, median_fen, observed_on,
                    askers, queued_on, state, note)
SELECT s.key, 'sheet', s.delivery_id, s.outlet_id, s.drug_id, s.price_fen, m.median_fen,
       s.observed_on, 0, '{today}', 'waiting', ''
FROM staged_price AS s
JOIN staged_median AS m ON m.delivery_id = s.delivery_id AND m.drug_id = s.drug_id
WHERE s.doubt = 1 AND s.delivery_id = ? AND s.id BETWEEN ? AND ?
  AND NOT EXISTS (SELECT 1 FROM review AS known WHERE known.outlet_id = s.outlet_id
                  AND known.drug_id = s.drug_id AND known.price_fen = s.price_fen
                  AND known.state = 'kept')
ON CONFLICT (key) DO NOTHING
"""

CLEAR = "DELETE FROM staged_price WHERE delivery_id = ? AND id BETWEEN ? AND ?"
