"""Every refusal in one shape: {code, status, message, errors}, in Chinese."""

import logging
import time
import traceback
from collections.abc import Callable
from typing import Any

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from backend.db import AWAY
from backend.errors import Refusal, TryAgain
from backend.outside.vault import Unopenable
from backend.web.answers import answer

log = logging.getLogger(__name__)

_CODES = {
    400: ("bad_request", "请求的格式不对。"),
    404: ("not_found", "没有找到这个地址。"),
    405: ("method_not_allowed", "这个地址不接受这种请求方法。"),
    413: ("too_large", "提交的内容太大。"),
    415: ("unsupported_media_type", "请用 JSON 提交。"),
    422: ("bad_input", "请检查填写的内容。"),
    500: ("our_fault", "我们这边出了问题，已经记下。请稍后再试，或拨打咨询电话。"),
}


# Where programs ask, and no person reads a page.
_TO_PROGRAMS = ("/api/", "/wechat/", "/healthz", "/readyz", "/metrics")

Shape = dict[str, Any]
Draw = Callable[[Shape, Refusal | None], str]


def shape(status: int, code: str, message: str, errors: dict | None = None) -> Shape:
    """The one shape of a refusal."""
    return {"code": code, "status": status, "message": message, "errors": errors or {}}


NOT_JSON = shape(400, *_CODES[400])
OUR_FAULT = shape(500, *_CODES[500])


def of_http(error: HTTPException) -> Shape:
    """A refusal of the web framework in our shape: fields named, values not repeated."""
    status = error.code or 500
    code, message = _CODES.get(status, ("refused", "请求未被接受。"))
    errors = _fields(getattr(error, "data", None) or {})
    if errors:
        message = "；".join(_said(*field) for field in errors.items()) + "。"
    return shape(status, code, message, errors)


def _said(name, lines):
    return f"{name}：{lines[0].rstrip('。')}"


def _kept_headers(response, error):
    for name, value in error.get_headers():
        if name.lower() in ("allow", "retry-after"):
            response.headers[name] = value
    return response


def _fields(data):
    """webargs nests by where a field stood (query, json, path); people only need the field."""
    found: dict[str, list[str]] = {}
    for fields in data.get("messages", {}).values():
        if isinstance(fields, dict):
            found |= {name: _flat(said) for name, said in fields.items()}
    return found


def _flat(said):
    if isinstance(said, dict):
        return [line for part in said.values() for line in _flat(part)]
    return [str(line) for line in said] if isinstance(said, list) else [str(said)]


def remember(error: Exception) -> None:
    """Log what nobody foresaw by type and place; its text may quote a person and is left out."""
    frames = traceback.extract_tb(error.__traceback__)[-6:]
    place = " < ".join(f"{frame.filename}:{frame.lineno}" for frame in reversed(frames))
    log.error("unforeseen %s at %s", type(error).__name__, place)


class Trouble:
    """A trouble every question meets while it lasts: logged once a while, not once a question."""

    every_s = 60.0

    def __init__(self) -> None:
        self.said_at: float | None = None

    def remember(self, error: Exception) -> None:
        """Log it unless it was logged a moment ago."""
        now = time.monotonic()
        if self.said_at is None or now - self.said_at > self.every_s:
            self.said_at = now
            log.error("the database or a key is away, people are told to come again")
            remember(error)


def register(app: Flask, *, draw: Draw) -> None:
    """Let the app answer every error in the one shape, as JSON to programs, as a page to people."""

    trouble = Trouble()

    def said(told: Shape, refusal: Refusal | None = None) -> Response:
        if request.path.startswith(_TO_PROGRAMS):
            return answer(told, status=told["status"])
        return Response(draw(told, refusal), status=told["status"], mimetype="text/html")

    @app.errorhandler(Refusal)
    def _refusal(refusal: Refusal) -> Response:
        told = shape(refusal.status, refusal.code, refusal.words, refusal.errors)
        response = said(told, refusal)
        response.headers.update(refusal.headers)
        return response

    @app.errorhandler(HTTPException)
    def _http(error: HTTPException) -> Response:
        return _kept_headers(said(of_http(error)), error)

    def _away(error: Exception) -> Response:
        trouble.remember(error)
        return _refusal(TryAgain())

    # While keys are exchanged an older process may meet what a newer one has sealed.
    for kind in (*AWAY, Unopenable):
        app.register_error_handler(kind, _away)

    @app.errorhandler(Exception)
    def _surprise(error: Exception) -> Response:
        remember(error)
        return said(OUR_FAULT)
