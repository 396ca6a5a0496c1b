"""A replica for questions that only read: asked while it is up and in step, left alone else."""

import logging
import time
from typing import Any, NamedTuple

from peewee import PeeweeException
from playhouse.pool import PooledPostgresqlDatabase
from psycopg import Connection, Error

log = logging.getLogger(__name__)

# After a failure it is left alone so long; how it stands is asked again after so long.
REST_S, LOOK_S = 5.0, 1.0

# Seconds since the last change it took over say nothing while there is nothing to take over. A
# server that was promoted follows nobody.
_STANDING = """
SELECT pg_is_in_recovery() AND EXISTS (SELECT 1 FROM pg_stat_wal_receiver),
       COALESCE(pg_last_wal_receive_lsn() <= pg_last_wal_replay_lsn(), TRUE),
       EXTRACT(EPOCH FROM clock_timestamp() - pg_last_xact_replay_timestamp())::float8
"""


class Standing(NamedTuple):
    """How a replica stands: whether it follows the primary, has taken over all it received, and
    how many seconds ago the last change it took over was made (None: none yet)."""

    follows: bool
    has_all: bool
    age_s: float | None

    def is_fresh(self, most_lag_s: float) -> bool:
        """Whether what it shows is at most so many seconds old."""
        late = self.age_s is None or self.age_s > most_lag_s
        return self.follows and (self.has_all or not late)


class Replica:
    """Lends connections to a replica that lags at most so many seconds."""

    def __init__(self, pool: PooledPostgresqlDatabase, most_lag_s: float) -> None:
        self.pool, self.most_lag_s = pool, most_lag_s
        self.standing: Standing | None = None
        self.look_again_at = 0.0
        self.rests_until = 0.0

    def lent(self, *, in_need: bool = False) -> Connection | None:
        """A connection to give back, or None where the primary should be asked.

        In need it need not follow anybody; what it received it must have taken over.
        """
        if time.monotonic() < self.rests_until and not in_need:
            return None
        try:
            conn = self.pool._connect()
        except (Error, PeeweeException, ValueError) as error:
            self._rest(type(error).__name__)
            return None
        if self._will_do(conn, in_need=in_need):
            return conn
        self.pool._close(conn)
        return None

    def took_back(self, conn: Connection, *, for_good: bool = False) -> bool:
        """Take a connection back; False where it is not one of these."""
        if self.pool.conn_key(conn) not in self.pool._in_use:
            return False
        self.pool._close(conn, for_good)
        return True

    def _will_do(self, conn, *, in_need):
        try:
            standing = self._looked_at(conn)
        except Error as error:
            self._rest(type(error).__name__)
            return False
        if in_need:
            return standing.has_all
        if not standing.is_fresh(self.most_lag_s):
            self._rest(f"not in step: {standing}")
            return False
        return True

    def _looked_at(self, conn: Any) -> Standing:
        now = time.monotonic()
        if self.standing is None or now >= self.look_again_at:
            self.standing = Standing(*conn.execute(_STANDING).fetchone())
            self.look_again_at = now + LOOK_S
        return self.standing

    def _rest(self, why):
        now, self.standing = time.monotonic(), None
        if now >= self.rests_until:
            log.warning("the replica is left alone for %ss: %s", REST_S, why)
        self.rests_until = now + REST_S
