"""The queue in one SQLite file: for one machine, nothing to install."""

from datetime import datetime

from huey.storage import SqliteStorage

from backend.queue.keeping import Beating, bare, stamped

_TAKEN = """
CREATE TABLE IF NOT EXISTS taken (
    id INTEGER PRIMARY KEY, queue TEXT NOT NULL, owner TEXT NOT NULL, data BLOB NOT NULL,
    priority REAL NOT NULL
)
"""
_WORKERS = """
CREATE TABLE IF NOT EXISTS worker (
    queue TEXT NOT NULL, owner TEXT NOT NULL, until REAL NOT NULL, PRIMARY KEY (queue, owner)
)
"""
_LIVING = "SELECT owner FROM worker WHERE queue = :queue AND until >= :now"


class KeptInSqlite(Beating, SqliteStorage):
    """huey's storage; every move between its tables is one transaction."""

    ddl = [*SqliteStorage.ddl, _TAKEN, _WORKERS]

    def enqueue(self, data: bytes, priority: float | None = None) -> None:
        """Let a message wait."""
        super().enqueue(stamped(data), priority)

    def enqueued_items(self, limit: int | None = None) -> list[bytes]:
        """The messages that wait, as huey wrote them."""
        return [bare(data) for data in self.waiting(limit)]

    def waiting(self, limit: int | None = None) -> list[bytes]:
        """The messages that wait, with their stamps, the next one first."""
        return super().enqueued_items(limit)

    def dequeue(self) -> bytes | None:
        """Move the next message to those taken and return it; None where nothing waits."""
        self.beat()
        # Asked without a lock first, since most of the time nothing waits.
        if not self.waiting(1):
            return None
        with self.db(commit=True) as cursor:
            row = cursor.execute(
                "SELECT id, data, priority FROM task WHERE queue = ?"
                " ORDER BY priority DESC, id LIMIT 1",
                (self.name,),
            ).fetchone()
            if row is None:
                return None
            cursor.execute("DELETE FROM task WHERE id = ?", row[:1])
            cursor.execute(
                "INSERT INTO taken (queue, owner, data, priority) VALUES (?, ?, ?, ?)",
                (self.name, self.owner, *row[1:]),
            )
        return bytes(row[1])

    def done(self, data: bytes) -> None:
        """Cross off what this worker took."""
        self.sql(
            "DELETE FROM taken WHERE id = (SELECT id FROM taken WHERE queue = ? AND owner = ?"
            " AND data = ? LIMIT 1)",
            (self.name, self.owner, data), commit=True,
        )  # fmt: skip

    def read_schedule(self, ts: datetime) -> list[bytes]:
        """Let what is due wait in the queue: moved here, since one on its way could get lost."""
        self.beat()
        due = "FROM schedule WHERE queue = ? AND timestamp <= ?"
        asked = (self.name, ts.timestamp())
        if not self.sql(f"SELECT 1 {due} LIMIT 1", asked, results=True):
            return []
        with self.db(commit=True) as cursor:
            rows = cursor.execute(f"SELECT data {due} ORDER BY timestamp, id", asked).fetchall()
            cursor.executemany(
                "INSERT INTO task (queue, data) VALUES (?, ?)",
                [(self.name, stamped(data)) for (data,) in rows],
            )
            cursor.execute(f"DELETE {due}", asked)
        return []

    def show(self, *, until: float) -> None:
        """Note until when this worker counts as living."""
        self.sql("INSERT OR REPLACE INTO worker VALUES (?, ?, ?)", (self.name, self.owner, until),
                 commit=True)  # fmt: skip

    def take_back(self, *, now: float) -> None:
        """Put what the dead had taken back into the queue."""
        asked = {"queue": self.name, "now": now}
        lost = f"FROM taken WHERE queue = :queue AND owner NOT IN ({_LIVING})"
        with self.db(commit=True) as cursor:
            cursor.execute(
                f"INSERT INTO task (queue, data, priority) SELECT queue, data, priority {lost}",
                asked,
            )
            cursor.execute(f"DELETE {lost}", asked)
            cursor.execute("DELETE FROM worker WHERE queue = :queue AND until < :now", asked)

    def taken_size(self) -> int:
        """How many are taken and not done."""
        asked = "SELECT count(*) FROM taken WHERE queue = ?"
        return self.sql(asked, (self.name,), results=True)[0][0]

    def living(self, *, now: float) -> int:
        """How many workers showed themselves lately."""
        asked = "SELECT count(*) FROM worker WHERE queue = ? AND until >= ?"
        return self.sql(asked, (self.name, now), results=True)[0][0]

    def counters(self) -> dict[str, int]:
        """Every counter by name."""
        asked = "SELECT key, value FROM counter WHERE queue = ?"
        return dict(self.sql(asked, (self.name,), results=True))
