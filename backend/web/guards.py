"""Every door says whom it lets in."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from flask import current_app, g, request

from backend.citizens.sessions import signed_in
from backend.errors import FROM_A_PROGRAM, FROM_ELSEWHERE, NotForYou, NotFound
from backend.outside import outside
from backend.outside.wechat import BODY_BYTES
from backend.web.askers import (
    has_token,
    is_from_elsewhere,
    is_from_inside,
    is_program,
    token_of,
    was_passed_on,
)

Door = TypeVar("Door", bound=Callable)


def for_everyone(door: Door) -> Door:
    """Open to anyone, signed in or not: prices need no account."""
    door.guard = "everyone"  # type: ignore[attr-defined]
    return door


def for_people(door: Callable) -> Callable:
    """Open to whoever acts himself: no program that says so, no page of another site, which could
    have its visitors, each from an address of his own, say what none of them thinks."""

    @wraps(door)
    def guarded(*values, **named):
        if is_from_elsewhere(request):
            raise NotForYou(FROM_ELSEWHERE)
        if is_program(request):
            raise NotForYou(FROM_A_PROGRAM)
        return door(*values, **named)

    guarded.guard = "people"  # type: ignore[attr-defined]
    return guarded


def for_citizens(door: Callable) -> Callable:
    """Open to whoever brings the token of a session: `g.citizen` is who, `g.session` which.

    Stands above what reads the question, so that a stranger is told nothing but to sign in.
    """

    @wraps(door)
    def guarded(*values, **named):
        g.citizen, g.session = signed_in(token_of(request))
        return door(*values, **named)

    guarded.guard = "citizens"  # type: ignore[attr-defined]
    return guarded


def for_wechat(door: Callable) -> Callable:
    """Open to WeChat where it is plugged in: whoever comes must bring its signature, which the
    action behind looks at before anything else, and not more than its envelope may hold."""

    @wraps(door)
    def guarded(*values, **named):
        if outside.mail is None:
            raise NotFound
        # One more, so that a body without a length, which is cut there, is seen to be too long.
        request.max_content_length = BODY_BYTES + 1
        return door(*values, **named)

    guarded.guard = "wechat"  # type: ignore[attr-defined]
    return guarded


def for_watchers(door: Callable) -> Callable:
    """Open to who comes straight from this machine or its network, or brings METRICS_TOKEN."""

    @wraps(door)
    def guarded(*values, **named):
        near = is_from_inside(request) and not was_passed_on(request)
        if not near and not has_token(request, current_app.config["SETTINGS"].metrics_token):
            raise NotForYou
        return door(*values, **named)

    guarded.guard = "watchers"  # type: ignore[attr-defined]
    return guarded
