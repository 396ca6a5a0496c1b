"""Many clients at once: how many answers a server gives in a second when it is never idle."""

import selectors
import socket
from collections.abc import Iterator, Sequence
from itertools import cycle
from time import perf_counter

CLIENTS = 8


class Line:
    """One client's kept connection: asks, waits for the whole answer, asks again.

    Written by hand because the client takes time from the server it measures.
    """

    def __init__(self, port: int, asked: Iterator[bytes]) -> None:
        self.asked = asked
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.left = b""
        self.ask()

    def ask(self) -> None:
        """Send the next question."""
        self.socket.sendall(next(self.asked))

    def answered(self) -> bool:
        """Take what has come; True when the answer is whole. RuntimeError unless it is a 200."""
        came = self.socket.recv(1 << 18)
        self.left += came
        head, parted, body = self.left.partition(b"\r\n\r\n")
        if not came or (parted and not head.startswith(b"HTTP/1.1 200")):
            raise RuntimeError(f"{head[:300]!r}")
        if not parted or len(body) < _length(head):
            return False
        self.left = b""
        return True


def _length(head: bytes) -> int:
    return int(head.lower().partition(b"content-length:")[2].split(b"\r\n", 1)[0])


def answers_per_second(port: int, paths: Sequence[str], seconds: float) -> float:
    """How many of these questions were answered in a second by the server on a port."""
    asked = cycle([f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode() for path in paths])
    lines = [Line(port, asked) for _ in range(CLIENTS)]
    try:
        with selectors.DefaultSelector() as waiting:
            for line in lines:
                waiting.register(line.socket, selectors.EVENT_READ, line)
            return _counted(waiting, seconds)
    finally:
        for line in lines:
            line.socket.close()


def _counted(waiting, seconds):
    count, begun = 0, perf_counter()
    while (spent := perf_counter() - begun) < seconds:
        for key, _ in waiting.select(1):
            if key.data.answered():
                count += 1
                key.data.ask()
    return count / spent
