"""The queue in Redis: for workers on several machines."""

from datetime import datetime

from huey.storage import RedisStorage
from redis import ConnectionPool
from redis.exceptions import RedisError, TimeoutError

from backend.queue.keeping import Beating, bare, stamped

# Whoever looks at the queue gives up before his own caller does.
_CONNECT_WITHIN, _ANSWER_WITHIN = 1, 3


class KeptInRedis(Beating, RedisStorage):
    """huey's storage; what a worker takes lies on a list of its own until it is done."""

    def __init__(self, name: str, *, redis_url: str) -> None:
        pool = ConnectionPool.from_url(
            redis_url, socket_connect_timeout=_CONNECT_WITHIN, socket_timeout=_ANSWER_WITHIN
        )
        super().__init__(name, connection_pool=pool)
        self.workers_key = f"huey.workers.{self.name}"

    def taken_key(self, owner: str) -> str:
        """Where lies what a worker took."""
        return f"huey.taken.{self.name}.{owner}"

    def enqueue(self, data: bytes, priority: float | None = None) -> None:
        """Let a message wait; all wait in the order they came."""
        self.conn.lpush(self.queue_key, stamped(data))

    def enqueued_items(self, limit: int | None = None) -> list[bytes]:
        """The messages that wait, as huey wrote them."""
        return [bare(data) for data in self.waiting(limit)]

    def waiting(self, limit: int | None = None) -> list[bytes]:
        """The messages that wait, with their stamps, the next one first."""
        return super().enqueued_items(limit)

    def dequeue(self) -> bytes | None:
        """Move the next message to those this worker took; waits a second for one to come."""
        self.beat()
        try:
            return self.conn.blmove(
                self.queue_key, self.taken_key(self.owner), timeout=self.read_timeout,
                src="RIGHT", dest="LEFT",
            )  # fmt: skip
        except TimeoutError:
            return None

    def done(self, data: bytes) -> None:
        """Cross off what this worker took."""
        self.conn.lrem(self.taken_key(self.owner), 1, data)

    def read_schedule(self, ts: datetime) -> list[bytes]:
        """Let what is due wait in the queue: moved here, since one on its way could get lost."""
        self.beat()

        def move(pipe):
            due = pipe.zrangebyscore(self.schedule_key, "-inf", self.convert_ts(ts))
            pipe.multi()
            for data in due:
                pipe.zrem(self.schedule_key, data)
                pipe.lpush(self.queue_key, stamped(data))

        self.conn.transaction(move, self.schedule_key)
        return []

    def show(self, *, until: float) -> None:
        """Note until when this worker counts as living."""
        self.conn.zadd(self.workers_key, {self.owner: until})

    def take_back(self, *, now: float) -> None:
        """Put what the dead had taken back in front of the queue."""
        for owner in self.conn.zrangebyscore(self.workers_key, "-inf", f"({now}"):
            key = self.taken_key(owner.decode())

            def move(pipe, *, key=key, owner=owner):
                lost = pipe.lrange(key, 0, -1)
                pipe.multi()
                if lost:
                    pipe.rpush(self.queue_key, *lost)
                pipe.delete(key)
                pipe.zrem(self.workers_key, owner)

            self.conn.transaction(move, key)

    def taken_size(self) -> int:
        """How many are taken and not done."""
        owners = self.conn.zrange(self.workers_key, 0, -1)
        return sum(self.conn.llen(self.taken_key(owner.decode())) for owner in owners)

    def living(self, *, now: float) -> int:
        """How many workers showed themselves lately."""
        return self.conn.zcount(self.workers_key, now, "+inf")

    def counters(self) -> dict[str, int]:
        """Every counter by name."""
        found = self.conn.hgetall(self.counter_key)
        return {name.decode(): int(value) for name, value in found.items()}

    def close(self) -> None:
        """Let go of every connection; they open again when something is asked."""
        self.pool.disconnect()


__all__ = ["KeptInRedis", "RedisError"]
