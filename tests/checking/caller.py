"""A caller of the content check, as slices will be: it notes in a table what follows a verdict."""

from backend import db

TABLE = "CREATE TABLE IF NOT EXISTS told (code TEXT, about TEXT, state TEXT)"


def follow(decided):
    """Note it, in the transaction of the decision."""
    db.run("INSERT INTO told VALUES (?, ?, ?)", decided.code, decided.about, decided.state)


def told():
    """(about, state) of everything that followed, in order."""
    rows = db.run("SELECT about, state FROM told").fetchall()
    return [tuple(row) for row in rows]


CALLERS = {"complaint": follow}
