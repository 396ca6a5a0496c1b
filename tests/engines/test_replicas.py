"""A real streaming replica: read while it is in step, left alone when it is not, promoted."""

import psycopg
import pytest

from backend import db
from backend.outlets.models import Outlet
from tests.conftest import close_house, open_house
from tests.intake.processes import until
from tests.makers import AN_OUTLET, sheet, take
from tests.postgres import Databases, own_folder, replica_of, running_server

pytestmark = pytest.mark.long

PRIMARY, REPLICA = "primary", "replica"
_PAUSE = "SELECT pg_get_wal_replay_pause_state()"


class Pair:
    """A primary and its replica, and a house that knows both."""

    def __init__(self, primary, replica, folder, cache):
        self.primary, self.replica, self.folder, self.cache = primary, replica, folder, cache
        self.name = ""

    def open(self, **changes):
        """Open the house anew; how far the replica may lag can be told."""
        close = {"database_url": self.url(self.primary), "database_replica_url":
                 self.url(self.replica)}  # fmt: skip
        return open_house(self.folder, self.cache, **(close | changes))

    def url(self, server):
        return Databases(server.url).url_of(self.name)

    def follow(self, *, paused):
        """Stop or go on taking over what the primary writes."""
        verb, wanted = ("pause", "paused") if paused else ("resume", "not paused")
        with psycopg.connect(self.replica.url, autocommit=True) as line:
            line.execute(f"SELECT pg_wal_replay_{verb}()")
            # A pause is only asked for: what comes in the meantime is still taken over.
            until(lambda: line.execute(_PAUSE).fetchone() == (wanted,))

    def is_in_step(self):
        """Whether the replica has taken over all the primary has written."""
        with psycopg.connect(self.primary.url) as line:
            written = line.execute("SELECT pg_current_wal_lsn()").fetchone()[0]
        with psycopg.connect(self.replica.url) as line:
            has = "SELECT COALESCE(pg_last_wal_replay_lsn() >= %s::pg_lsn, FALSE)"
            return line.execute(has, (written,)).fetchone()[0]

    def bring(self, code):
        """Publish one more outlet."""
        with db.opened():
            take("outlets", sheet(self.folder, [AN_OUTLET | {"定点编码": code}]))


@pytest.fixture
def pair(tmp_path, cache):
    with running_server(synchronous_commit="local") as primary, own_folder() as folder:
        replica = replica_of(primary, folder)
        replica.start()
        made = Pair(primary, replica, tmp_path, cache)
        made.name = Databases(primary.url).make()
        try:
            made.open()
            with db.opened():
                db.migrate()
            made.bring("A1")
            until(made.is_in_step)
            assert (asked_on(), seen()) == (REPLICA, 1)
            yield made
        finally:
            close_house()
            if (folder / "data" / "postmaster.pid").exists():
                replica.stop("immediate")


def asked_on(*, reads=True):
    """Where a question is answered."""
    db.open_question(reads=reads)
    try:
        return REPLICA if db.run("SELECT pg_is_in_recovery()").fetchone()[0] else PRIMARY
    finally:
        db.close_question()


def seen():
    """How many outlets a question that only reads sees."""
    db.open_question(reads=True)
    try:
        return Outlet.seen().count()
    finally:
        db.close_question()


def rested():
    """As if the replica had been left alone for long enough."""
    db.database.replica.rests_until = 0
    return db.database


def test_what_only_reads_is_read_on_the_replica_and_nothing_else(pair):
    assert (asked_on(), asked_on(reads=False)) == (REPLICA, PRIMARY)
    with db.opened():
        assert not db.run("SELECT pg_is_in_recovery()").fetchone()[0]
    assert asked_on() == REPLICA


def test_a_replica_a_little_behind_is_read_and_one_too_far_behind_is_not(pair):
    pair.follow(paused=True)
    pair.bring("A2")
    app = pair.open(database_replica_lag=3600)
    assert app.test_client().get("/api/v1/outlets/A2").status_code == 404
    app = pair.open(database_replica_lag=0)
    assert app.test_client().get("/api/v1/outlets/A2").status_code == 200
    assert asked_on() == PRIMARY
    pair.follow(paused=False)
    until(lambda: rested() and asked_on() == REPLICA)
    assert seen() == 2


def test_a_replica_that_is_lost_is_not_missed_and_taken_again_when_it_is_back(pair):
    pair.replica.stop("immediate")
    assert (asked_on(), seen()) == (PRIMARY, 1)
    pair.replica.start()
    assert asked_on() == PRIMARY
    until(lambda: rested() and asked_on() == REPLICA)


def test_without_the_primary_the_replica_goes_on_answering_and_nobody_writes(pair):
    client = pair.open().test_client()
    until(lambda: asked_on() == REPLICA)
    db.database.close_all()
    pair.primary.stop("immediate")
    assert client.get("/api/v1/outlets/A1").status_code == 200
    assert rested()
    assert asked_on() == REPLICA
    with pytest.raises(db.AWAY):
        db.open_question(reads=False)


def test_a_replica_that_was_promoted_is_not_read_beside_a_living_primary(pair):
    pair.replica.promote()
    db.database.close_all()
    pair.bring("A2")
    assert (pair.open() and asked_on(), seen()) == (PRIMARY, 2)


def test_after_a_promotion_a_url_that_names_both_writes_to_the_new_primary(pair):
    both = (
        f"postgresql+pool://postgres@/{pair.name}?host=127.0.0.1,127.0.0.1"
        f"&port={pair.primary.port},{pair.replica.port}&target_session_attrs=read-write"
    )
    pair.open(database_url=both, database_replica_url="")
    assert asked_on() == PRIMARY
    db.database.close_all()
    pair.primary.stop("immediate")
    pair.replica.promote()
    pair.bring("A2")
    assert seen() == 2
