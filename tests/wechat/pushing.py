"""WeChat's side of a push: signed and encrypted as WeChat does it, over real HTTP."""

import json
import time
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from tests.wechat.test_envelope import pushed


class Pusher:
    """Pushes to an address, in safe mode with the locks of a mailbox; `answers` holds what came."""

    def __init__(self, url, box):
        self.url, self.box, self.answers = url, box, []

    def push(self, fields, form="json"):
        """(status, body) of the answer; (0, "") where nobody is there."""
        text = json.dumps(fields, ensure_ascii=False) if form == "json" else fields
        asked, body = pushed(text, form, box=self.box, stamp=str(int(time.time())))
        request = Request(f"{self.url}?{urlencode(asked)}", data=body)
        try:
            with urlopen(request, timeout=10) as answer:
                told = answer.status, answer.read().decode()
        except HTTPError as error:
            told = error.code, error.read().decode()
        except URLError:
            told = 0, ""
        self.answers.append(told)
        return told
