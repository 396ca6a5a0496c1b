"""The SQL by which an observation that was set aside gives way to the newest other one."""

STAGE = """
INSERT INTO staged_price (delivery_id, row, key, drug_id, outlet_id, price_fen, in_stock,
                          observed_on, source, evidence, selling, newest, doubt)
SELECT ?, ?, key, drug_id, outlet_id, price_fen, in_stock, observed_on, source, evidence, selling,
       1, 0
FROM observation WHERE key = ?
"""

STAGED_ASIDE = """
SELECT staged.id, review.key FROM staged_price AS staged JOIN review ON review.id = staged.row
WHERE staged.delivery_id = ? ORDER BY staged.id
"""

SHOWN = "SELECT 1 FROM offer WHERE key = ? AND died = ?"

# In the order in which an offer is chosen: the day, the weight of the source, the latest.
NEWEST_OTHER = """
SELECT other.key, other.selling FROM observation AS aside
JOIN observation AS other ON other.outlet_id = aside.outlet_id AND other.drug_id = aside.drug_id
WHERE aside.key = ? AND other.key <> aside.key
  AND NOT EXISTS (SELECT 1 FROM review WHERE review.key = other.key AND review.state = 'set_aside')
ORDER BY other.observed_on DESC, other.source DESC, other.id DESC LIMIT 1
"""

AS_IT_WAS = """
UPDATE staged_price SET (key, price_fen, in_stock, observed_on, source, evidence, selling) =
    (SELECT key, price_fen, in_stock, observed_on, source, evidence, selling
     FROM observation WHERE observation.key = ?)
WHERE id = ?
"""

ACT = "UPDATE staged_price SET act = ? WHERE id = ?"
