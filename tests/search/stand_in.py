"""A small server in Meilisearch's place: it answers every question with all its documents, from
which the rules choose, and can be told to be in trouble."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from search.cards import card
from search.meili_documents import stored

SEARCH_KEY, KEY = "may-only-search", "may-do-everything"


class StandIn(ThreadingHTTPServer):
    """`trouble` is how it answers from now on: nothing, or a name of `Answers.troubles`."""

    daemon_threads = True
    request_queue_size = 50

    def __init__(self, documents=(), port=0):
        self.cards = [stored(card(one))["card"] for one in documents]
        self.trouble = ""
        self.released = threading.Event()
        self.asked, self.connections = [], 0
        super().__init__(("127.0.0.1", port), Answers)
        self.url = f"http://:{KEY}@127.0.0.1:{self.server_address[1]}?prefix=stand_in_"

    def __enter__(self):
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_):
        self.released.set()
        self.shutdown()
        self.server_close()

    def get_request(self):
        self.connections += 1
        return super().get_request()

    def handle_error(self, *_):
        """A client that went away is what many tests are about."""


class Answers(BaseHTTPRequestHandler):
    """One connection, kept alive."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self):
        self._answer(self._key)

    def do_POST(self):
        self._answer(self._search)

    def _answer(self, well):
        said = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.asked.append((self.path, self.headers.get("Authorization"), said))
        trouble = self.server.trouble if self.command == "POST" else ""
        getattr(self, f"_{trouble}")() if trouble else well(said)

    def _key(self, _):
        self._say({"uid": "1", "key": SEARCH_KEY, "description": "", "actions": ["search"],
                   "indexes": [], "expiresAt": None, "createdAt": "2026-01-01T00:00:00.0Z",
                   "updatedAt": "2026-01-01T00:00:00.0Z"})  # fmt: skip

    def _search(self, said):
        cards = [{"card": one} for one in self.server.cards]
        result = {"hits": cards, "estimatedTotalHits": len(cards)}
        self._say({"results": [result for _ in json.loads(said)["queries"]]})

    def _slow(self):
        self.server.released.wait(60)
        self.close_connection = True

    def _busy(self):
        said = {"message": "Too many search requests", "code": "too_many_search_requests"}
        self._say(said, status=503, **{"Retry-After": "10"})

    def _wrong_key(self):
        said = {"message": "The provided API key is invalid.", "code": "invalid_api_key"}
        self._say(said, status=403)

    def _half_deleted(self):
        said = {"message": "Index `drugs` not found.", "code": "index_not_found"}
        self._say(said, status=404)

    def _nonsense(self):
        self._say("<html>welcome</html>")

    def _other_shape(self):
        self._say({"hits": []})

    def _other_documents(self):
        self._say({"results": [{"hits": [{"card": "by\nsomebody"}], "estimatedTotalHits": 1}]})

    def _older_documents(self):
        old = "\n".join(["0", "a1", "0", "1", "", "{}", "name x ", "a1"])
        self._say({"results": [{"hits": [{"card": old}], "estimatedTotalHits": 1}]})

    def _hang_up(self):
        self.close_connection = True

    def _cut_off(self):
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.write(b'{"results"')
        self.close_connection = True

    def _say(self, said, status=200, **headers):
        body = said.encode() if isinstance(said, str) else json.dumps(said).encode()
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(body))} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Nothing is printed."""
