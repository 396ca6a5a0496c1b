"""The night's worker with somebody who wants some kinds, and writes down each push he gets."""

import os
import time

from backend.db import run
from backend.worker import main
from tests.wechat.messages import serial_of

EFFECTS = "CREATE TABLE storm_effect (kind VARCHAR(40) NOT NULL, serial VARCHAR(20) NOT NULL)"
# So long somebody who kills it finds it in the middle of its work.
SLOW_S = float(os.environ.get("SLOW_S", "0"))
WANTED = ("text", "event:wxa_media_check", "event:subscribe_msg_popup_event")


def _written_down(kind):
    def handler(fields):
        # Nothing here notices a push that comes twice: only its transaction can.
        run("INSERT INTO storm_effect (kind, serial) VALUES (?, ?)", kind, serial_of(fields))
        time.sleep(SLOW_S)

    return handler


if __name__ == "__main__":
    main({kind: _written_down(kind) for kind in WANTED})
