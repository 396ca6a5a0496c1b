"""A process under supervision: started again whenever it dies, as systemd and compose do it."""

import subprocess
import sys
import threading
from pathlib import Path

from tests.house.project import ROOT

# What the worker logs once it stands at the queue.
READY = "Huey consumer started"


class Supervised:
    """A module run as a program until it is told to stop."""

    def __init__(self, module: str, env: dict[str, str], folder: Path) -> None:
        self.command, self.env = [sys.executable, "-m", module], env
        self.log = folder / f"{module}.log"
        self.process: subprocess.Popen | None = None
        self.begun, self.stopped = 0, threading.Event()
        self.thread = threading.Thread(target=self._keep_up)
        self.thread.start()

    def _keep_up(self):
        while not self.stopped.is_set():
            with self.log.open("wb") as out:
                self.process = subprocess.Popen(
                    self.command, env=self.env, cwd=ROOT, stdout=out, stderr=out
                )
            self.begun += 1
            self.process.wait()
            self.stopped.wait(0.1)

    def is_ready(self) -> bool:
        """Whether it said that it is at work."""
        return READY in self.log.read_text(errors="replace")

    def kill(self) -> None:
        """Kill it as the power going out would; returns when another is there."""
        before, begun = self.process, self.begun
        before.kill()
        while self.begun == begun:
            before.wait()

    def stop(self) -> None:
        """Tell it to finish, and start no other."""
        self.stopped.set()
        while self.thread.is_alive():
            if self.process:
                self.process.terminate()
            self.thread.join(timeout=0.5)
