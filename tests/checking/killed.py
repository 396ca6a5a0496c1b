"""A worker that is killed where it is told to: `python -m tests.checking.killed WHERE`."""

import os
import signal
import sys

from backend.app import create_app
from backend.checking import following
from backend.checking.pushed import media_checked
from backend.checking.tasks import check_pictures
from backend.db import database, opened
from backend.outside import outside
from tests.checking import caller
from tests.wechat.standin import SOMEBODY, media_event


class Deadly:
    """Speaks with WeChat, and is killed before or after it did."""

    def __init__(self, line, where):
        self.line, self.where = line, where

    def check_media(self, *given, **named):
        if self.where == "before the question":
            die()
        trace_id = self.line.check_media(*given, **named)
        if self.where == "after the answer":
            die()
        return trace_id


def die():
    """As when the power goes out."""
    os.kill(os.getpid(), signal.SIGKILL)


def follow(decided):
    """Killed within the transaction of the decision, what follows being written."""
    caller.follow(decided)
    die()


def main(where):
    """Do a round, or what a push says, and be killed."""
    create_app()
    outside.wechat = Deadly(outside.wechat, where)
    following.plug_in({"complaint": follow})
    if where == "while deciding":
        with opened(), database.atomic():
            media_checked(media_event(SOMEBODY, "trace-1", "pass"))
    check_pictures("shenyang")


if __name__ == "__main__":
    main(sys.argv[1])
