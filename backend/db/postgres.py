"""PostgreSQL: pooled connections that are looked at before they are lent."""

from collections.abc import Sequence
from typing import Any

from peewee import Psycopg3Adapter
from playhouse.db_url import parse
from playhouse.pool import PooledPostgresqlDatabase
from psycopg import Connection, Error
from psycopg.pq import TransactionStatus

from backend.db.replicas import Replica
from backend.db.visits import current
from backend.errors import BadSetting

SCHEMES = ("postgresql+pool", "postgresql", "postgres+pool", "postgres")

_NO_DATABASE = "{name} 里没有写明数据库：postgresql+pool://用户:密码@主机:端口/数据库。"

# Every one may be given in the URL instead. A server that vanished is missed after ten seconds.
_DEFAULTS = {
    "application_name": "sanjin", "connect_timeout": 3, "tcp_user_timeout": 10_000,
    "max_connections": 32,
}  # fmt: skip
# Moments are kept in UTC; questions are small, and slower where they are shared out or compiled.
_SESSION = {"TimeZone": "UTC", "max_parallel_workers_per_gather": "0", "jit": "off"}

_GREETING = "SELECT set_config('statement_timeout', %s, false)"


class _Adapter(Psycopg3Adapter):
    def connect(self, db, **params):
        given = params.pop("options", "")
        ours = " ".join(f"-c {name}={value}" for name, value in _SESSION.items())
        options = f"{ours} -c statement_timeout={_patience_ms()} {given}".strip()
        return super().connect(db, options=options, **params)


class Postgres(PooledPostgresqlDatabase):
    """A server, and perhaps a replica of it for questions that only read."""

    psycopg3_adapter = _Adapter
    patience_s = 0.0
    one_moment = "REPEATABLE READ"
    replica: Replica | None = None

    def _connect(self) -> Connection:
        if not (self.replica and current.visit.reads):
            return super()._connect()
        lent = self.replica.lent()
        if lent:
            return lent
        try:
            return super()._connect()
        except Error:
            # While the primary is away nobody publishes: what the replica has is all there is.
            lent = self.replica.lent(in_need=True)
            if lent:
                return lent
            raise

    def _close(self, conn: Connection, close_conn: bool = False) -> None:
        if not (self.replica and self.replica.took_back(conn, for_good=close_conn)):
            super()._close(conn, close_conn)

    def _is_closed(self, conn: Connection) -> bool:
        """Whether a connection of the pool is dead: asked with each loan, in one round trip."""
        if conn.pgconn.transaction_status != TransactionStatus.IDLE:
            return True
        try:
            conn.execute(_GREETING, (str(_patience_ms()),))
        except Error:
            return True
        return False

    def execute_sql(self, sql: str, params: Sequence[Any] | None = None):
        """As always; what asks for text with a NUL in it, which no text holds, finds nothing."""
        if params and any(type(value) is str and "\0" in value for value in params):
            params = [v.replace("\0", "\ufffd") if isinstance(v, str) else v for v in params]
        return super().execute_sql(sql, params)

    def close_all(self) -> None:
        """Close every connection, those to the replica too."""
        super().close_all()
        if self.replica:
            self.replica.pool.close_all()


def _patience_ms():
    return int(current.visit.patience_s * 1000)


def connect(url: str, *, replica_url: str = "", most_lag_s: float = 10) -> Postgres:
    """The server of this URL. Raises BadSetting where it names no database."""
    made = _pool(url, "DATABASE_URL")
    if replica_url:
        made.replica = Replica(_pool(replica_url, "DATABASE_REPLICA_URL"), most_lag_s)
    return made


def _pool(url, name) -> Postgres:
    given: dict[str, Any] = parse(url, unquote_password=True, unquote_user=True)
    if not given.get("database"):
        raise BadSetting(_NO_DATABASE.format(name=name))
    return Postgres(**{**_DEFAULTS, **given}, prefer_psycopg3=True)
