"""Indexes only PostgreSQL needs: SQLite keeps the offers of a drug side by side already.

Chosen with a million offers: by price from an index alone, near a place from an index of places.
"""

from peewee import SqliteDatabase

_UP = (
    "CREATE EXTENSION IF NOT EXISTS btree_gist",
    # All that is asked of the offers of one drug, without a look at the table.
    "CREATE INDEX offer_price ON offer (drug_id, price_fen) INCLUDE (born, died, outlet_id, key,"
    " outlet_code, in_stock, observed_on, source, lat, lon, district, kind)",
    # Those of one drug around a place.
    "CREATE INDEX offer_spot ON offer USING gist (drug_id, point(lon, lat))",
    # A stretch of one sheet is found exactly, whatever the planner knows of a table just filled.
    "DROP INDEX staged_price_delivery_id",
    "CREATE INDEX staged_price_delivery_id ON staged_price (delivery_id, id)",
    # Every staged row is changed once: beside itself, so that no index hears of it.
    "ALTER TABLE staged_price SET (fillfactor = 50)",
    # Looked up a million times for one delivery, and nothing ever deletes a delivery.
    "ALTER TABLE observation DROP CONSTRAINT observation_delivery_id_fkey",
)
_DOWN = (
    "DROP INDEX offer_price",
    "DROP INDEX offer_spot",
    "DROP INDEX staged_price_delivery_id",
    "CREATE INDEX staged_price_delivery_id ON staged_price (delivery_id)",
    "ALTER TABLE staged_price RESET (fillfactor)",
    "ALTER TABLE observation ADD CONSTRAINT observation_delivery_id_fkey"
    " FOREIGN KEY (delivery_id) REFERENCES delivery (id)",
)


def up(migrator, db):
    """Make them."""
    _say(db, _UP)


def down(migrator, db):
    """Take them away."""
    _say(db, _DOWN)


def _say(db, statements):
    if not isinstance(db, SqliteDatabase):
        for statement in statements:
            db.execute_sql(statement)
