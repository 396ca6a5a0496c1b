"""A server of its own for a story, and residents who keep asking it."""

import http.client
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path

from tests.house.project import ROOT
from tests.servers import free_port, wait_for_port

PATHS = ("/api/v1/drugs?q=ejsg", "/rules", "/healthz", "/api/v1/suggest?q=e")


class Server:
    """gunicorn with the settings of the house, two workers, on a port of its own."""

    def __init__(self, folder, settings):
        self.port = free_port()
        env = {"WEB_CONCURRENCY": "2"} | settings | {"PORT": str(self.port)}
        self.log = folder / "server.log"
        command = [sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py",
                   "backend.app:create_app()"]  # fmt: skip
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log)
        wait_for_port(self.port, self.process)

    def workers(self):
        """The numbers of the processes that answer."""
        number = self.process.pid
        return set(Path(f"/proc/{number}/task/{number}/children").read_text().split())

    def stop(self):
        """Tell it to stop and wait for it; its status."""
        if self.process.poll() is None:
            self.process.terminate()
        return self.process.wait(timeout=60)

    def get(self, path, **headers):
        """The status and the text of one answer."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        line.request("GET", path, headers=headers)
        answer = line.getresponse()
        told = answer.status, answer.read().decode()
        line.close()
        return told


class Callers:
    """Residents who ask one thing after another, each over a line he keeps.

    `told` counts statuses; `turned_away` are those who got no answer, `broken` those who got half.
    """

    def __init__(self, port, count):
        self.port, self.stopped = port, threading.Event()
        self.told, self.turned_away, self.broken = Counter(), [], []
        self.threads = [threading.Thread(target=self._call, args=(n,)) for n in range(count)]
        for thread in self.threads:
            thread.start()

    def _call(self, number):
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        while not self.stopped.wait(0.005):
            number += 1
            try:
                line.request("GET", PATHS[number % len(PATHS)])
                answer = line.getresponse()
            except OSError as error:
                self.turned_away.append(error)
                line.close()
                continue
            except http.client.HTTPException as error:
                self.broken.append(error)
                line.close()
                continue
            self._read(answer)
        line.close()

    def _read(self, answer):
        try:
            answer.read()
        except (OSError, http.client.HTTPException) as error:
            self.broken.append(error)
        self.told[answer.status] += 1

    def stop(self):
        """Let everybody finish and go."""
        self.stopped.set()
        for thread in self.threads:
            thread.join()
