"""A small server in WeChat's place: tokens that end, codes that work once, windows that close, and
troubles that can be switched on. `python -m tests.wechat.standin 8999` opens it on a desk."""

import json
import sys
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

APP_ID, SECRET = "wx0123456789abcdef", "5ec2e7" * 5 + "aa"
SOMEBODY, SOMEBODY_ELSE = "oSomebody", "oSomebodyElse"
TEMPLATE, PAGE = "template-of-answers", "pages/home"
WINDOW_MESSAGES = 5


class StandIn(ThreadingHTTPServer):
    """`trouble` holds by path (or "" for every path) an errcode, or a name of `Answers.troubles`.

    `lives_s` is how long a token lives, `slow_s` how long each answer takes, `quotas` how many
    calls a path allows in a day. A new token is given out in the last `renew_s` of the old one.

    Where `pushes` is a Pusher, the verdict on a picture goes there: `verdicts` holds it by the
    picture's address (pass, review, risky, or -1008; pass where it says nothing). It goes
    `push_after_s` seconds later, `push_times` times, or before the answer where `push_first`.
    """

    daemon_threads = True
    request_queue_size = 200

    def __init__(self, port=0):
        self.turn = threading.RLock()
        self.tokens, self.stable, self.numbers = {}, None, 0
        self.lives_s, self.renew_s, self.slow_s = 7200, 300, 0
        self.codes = {"login-1": SOMEBODY, "login-2": SOMEBODY_ELSE}
        self.phones = {"phone-1": (SOMEBODY, "13800000000")}
        self.seen, self.windows, self.credits = {SOMEBODY}, Counter(), Counter()
        self.sent, self.asked, self.trouble, self.quotas = [], [], {}, {}
        self.counts, self.released, self.page = Counter(), threading.Event(), PAGE
        self.pushes, self.verdicts, self.checks = None, {}, 0
        self.push_after_s, self.push_times, self.push_first = 0.05, 1, False
        super().__init__(("127.0.0.1", port), Answers)
        self.url = f"http://127.0.0.1:{self.server_address[1]}"

    def __enter__(self):
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_):
        self.released.set()
        self.shutdown()
        self.server_close()

    def handle_error(self, *_):
        """A client that went away is what many tests are about."""

    def new_token(self):
        """A token that was never given out before."""
        self.numbers += 1
        token = f"TOKEN-{self.numbers}-" + "t" * 100
        self.tokens[token] = time.monotonic() + self.lives_s
        return token

    def expire(self):
        """Every token given out so far is over, as after a forced refresh elsewhere."""
        with self.turn:
            self.tokens, self.stable = {}, None

    def writes(self, openid):
        """Somebody writes to us: five answers may be sent."""
        self.seen.add(openid)
        self.windows[openid] = WINDOW_MESSAGES

    def looks_at(self, asked, trace_id):
        """A picture is looked at, and what is thought of it pushed."""
        if self.pushes is None:
            return
        verdict = self.verdicts.get(asked["media_url"], "pass")
        event = media_event(asked["openid"], trace_id, verdict)
        if self.push_first:
            self.pushes.push(event)
            return
        for again in range(self.push_times):
            after_s = self.push_after_s * (1 + again)
            later = threading.Timer(after_s, self.pushes.push, (event,))
            later.daemon = True
            later.start()

    def accepts(self, openid):
        """Somebody accepts one message of the template."""
        self.credits[openid] += 1


class Answers(BaseHTTPRequestHandler):
    """One connection, kept alive."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self):
        self._answer()

    def do_POST(self):
        self._answer()

    def _answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        path, asked = (
            urlsplit(self.path).path.strip("/"),
            dict(parse_qsl(urlsplit(self.path).query)),
        )
        with self.server.turn:
            self.server.asked.append((path, asked, body))
            self.server.counts[path] += 1
        time.sleep(self.server.slow_s)
        trouble = self.server.trouble.get(path, self.server.trouble.get("", ""))
        if isinstance(trouble, str) and trouble:
            return getattr(self, f"_{trouble}")()
        with self.server.turn:
            said = _no(trouble) if trouble else self._well(path, asked, body)
        if path == "wxa/media_check_async" and said.get("errcode") == 0:
            self.server.looks_at(json.loads(body), said["trace_id"])
        return self._say(said)

    def _well(self, path, asked, body):
        quota = self.server.quotas.get(path)
        if quota is not None and self.server.counts[path] > quota:
            return _no(45009, "reach max api daily quota limit")
        open_to_all = {"cgi-bin/token": self._token, "cgi-bin/stable_token": self._stable_token,
                       "sns/jscode2session": self._login}  # fmt: skip
        if path in open_to_all:
            return open_to_all[path](asked, body)
        if path not in CALLS:
            return _no(40066, "invalid url")
        token = asked.get("access_token")
        if token is None:
            return _no(41001, "access_token missing")
        if time.monotonic() >= self.server.tokens.get(token, 0):
            known = token in self.server.tokens
            return _no(42001 if known else 40001, "access_token expired or invalid")
        try:
            return CALLS[path](self.server, json.loads(body), body)
        except (ValueError, KeyError, TypeError):
            return _no(47001, "data format error")

    def _known(self, given):
        if given.get("appid") != APP_ID:
            return _no(40013, "invalid appid")
        if given.get("secret") != SECRET:
            return _no(40125, f"invalid appsecret {given.get('secret')}")
        return None

    def _token(self, asked, _):
        if wrong := self._known(asked):
            return wrong
        soon = time.monotonic() + 300
        self.server.tokens = {old: min(end, soon) for old, end in self.server.tokens.items()}
        return {"access_token": self.server.new_token(), "expires_in": self.server.lives_s}

    def _stable_token(self, _, body):
        if self.command == "GET":
            return _no(43002, "require POST method")
        if wrong := self._known(json.loads(body)):
            return wrong
        here = self.server
        left = here.tokens.get(here.stable, 0) - time.monotonic()
        if left <= min(here.renew_s, here.lives_s / 2):
            here.stable, left = here.new_token(), here.lives_s
        return {"access_token": here.stable, "expires_in": max(1, int(left))}

    def _login(self, asked, _):
        if wrong := self._known({"appid": asked.get("appid"), "secret": asked.get("secret")}):
            return wrong
        code = asked.get("js_code")
        if code not in self.server.codes:
            return _no(40029, "invalid code")
        openid, self.server.codes[code] = self.server.codes[code], None
        if openid is None:
            return _no(40163, "code been used")
        self.server.seen.add(openid)
        return {"openid": openid, "session_key": "SESSION-KEY=="}

    # What can be switched on.

    def _slow(self):
        self.server.released.wait(60)
        self.close_connection = True

    def _drip(self):
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        for _ in range(100):
            self.wfile.write(b" ")
            if self.server.released.wait(0.3):
                break
        self.close_connection = True

    def _huge(self):
        self.send_response(200)
        self.send_header("Content-Length", "1000000000")
        self.end_headers()
        for _ in range(1000):
            self.wfile.write(b" " * 1_000_000)

    def _down(self):
        self._say("<html>bad gateway</html>", status=502)

    def _nonsense(self):
        self._say("<html>welcome</html>")

    def _empty(self):
        self._say("")

    def _listed(self):
        self._say([1, 2])

    def _odd_code(self):
        self._say({"errcode": "many", "errmsg": "?"})

    def _elsewhere(self):
        self._say("", status=302, Location=f"{self.server.url}/elsewhere?{self.path}")

    def _hang_up(self):
        self.close_connection = True

    def _cut_off(self):
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.write(b'{"errcode"')
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


TROUBLES = ("slow", "drip", "huge", "down", "nonsense", "empty", "listed", "odd_code", "elsewhere",
            "hang_up", "cut_off")  # fmt: skip


def _no(code, words="no"):
    return {"errcode": code, "errmsg": f"{words} rid: 65f1a2b3-0c0c0c0c-12345678"}


_YES = {"errcode": 0, "errmsg": "ok"}


def _phone(here, said, _):
    openid, number = here.phones.pop(said["code"], ("", ""))
    if said.get("openid") not in (None, openid) or not number:
        return _no(40029, "invalid code")
    info = {"phoneNumber": number, "purePhoneNumber": number, "countryCode": "86"}
    return _YES | {"phone_info": info | {"watermark": {"timestamp": 1, "appid": APP_ID}}}


def _check_text(here, said, body):
    if said["version"] != 2 or len(said["content"]) > 2500:
        return _no(40097, "invalid args")
    if said["openid"] not in here.seen:
        return _no(61010, "code is expired")
    # Words that come escaped are not recognised, and pass.
    risky = "违禁".encode() in body
    found = {"suggest": "pass", "label": 100}
    if "可疑".encode() in body:
        found = {"suggest": "review", "label": 20001}
    if risky:
        found = {"suggest": "risky", "label": 20006}
    return _YES | {"trace_id": "trace-text", "result": found}


def _check_media(here, said, _):
    if said["openid"] not in here.seen:
        return _no(61010, "code is expired")
    if said["version"] != 2 or said["media_type"] not in (1, 2):
        return _no(40097, "invalid args")
    here.checks += 1
    return _YES | {"trace_id": f"trace-{here.checks}"}


def media_event(openid, trace_id, verdict, app_id=APP_ID):
    """The event of version 2 that brings what is thought of a picture, or why nothing is."""
    code = 0 if isinstance(verdict, str) else verdict
    result = {"suggest": "pass", "label": 100}
    if code == 0 and verdict != "pass":
        result = {"suggest": verdict, "label": 20002}
    detail = {"strategy": "content_model", "errcode": code, "prob": 90} | result
    return {
        "ToUserName": "gh_standin", "FromUserName": openid, "CreateTime": int(time.time()),
        "MsgType": "event", "Event": "wxa_media_check", "appid": app_id, "trace_id": trace_id,
        "version": 2, "detail": [detail], "errcode": code,
        "errmsg": "ok" if code == 0 else "download fail", "result": result,
    }  # fmt: skip


def _say_to(here, said, _):
    openid, words = said["touser"], said["text"]["content"]
    if openid not in here.seen:
        return _no(40003, "invalid openid")
    if openid not in here.windows:
        return _no(45015, "response out of time limit")
    if not here.windows[openid]:
        return _no(45047, "out of response count limit")
    here.windows[openid] -= 1
    here.sent.append((openid, words))
    return _YES


def _notify(here, said, _):
    if said["template_id"] != TEMPLATE:
        return _no(40037, "invalid template_id")
    if said.get("page", PAGE) not in (PAGE, here.page):
        return _no(41030, "invalid page")
    if said["miniprogram_state"] not in ("formal", "trial", "developer") or not said["lang"]:
        return _no(47003, "argument invalid!")
    for key, one in said["data"].items():
        if not one["value"] or (key.startswith("thing") and len(one["value"]) > 20):
            return _no(47003, f"argument invalid! data.{key}.value invalid")
    if not here.credits[said["touser"]]:
        return _no(43101, "user refuse to accept the msg")
    here.credits[said["touser"]] -= 1
    here.sent.append((said["touser"], said["data"]))
    return _YES | {"msgid": 1700827132819554304 + len(here.sent)}


CALLS = {
    "wxa/business/getuserphonenumber": _phone,
    "wxa/msg_sec_check": _check_text,
    "wxa/media_check_async": _check_media,
    "cgi-bin/message/custom/send": _say_to,
    "cgi-bin/message/subscribe/send": _notify,
}


if __name__ == "__main__":
    here = StandIn(int(sys.argv[1]) if len(sys.argv) > 1 else 8999)
    sys.stderr.write(
        f"WECHAT_API_URL={here.url} WECHAT_APP_ID={APP_ID} WECHAT_APP_SECRET={SECRET}\n"
    )
    here.serve_forever()
