"""Who is asking: an address only as long as the question lasts, afterwards a mark nobody reads."""

import hmac
import re
from functools import lru_cache
from hashlib import blake2b
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import urlsplit

from flask import Flask, Request
from werkzeug.middleware.proxy_fix import ProxyFix

# Programs that look whether we are there, or read everything, want no drug and see no shelf.
_PROGRAM = re.compile(
    r"bot\b|spider|crawl|slurp|monitor|uptime|probe|check|scan|curl|wget|python|java/|go-http"
    r"|headless|lighthouse|preview",
    re.IGNORECASE,
)
# A session's token as it is given out: 32 bytes in base64url.
_BEARER = re.compile(r"(?i:bearer) +([A-Za-z0-9_-]{43})", re.ASCII)
# What a proxy adds, and a browser does not.
_PASSED_ON = ("X-Forwarded-For", "X-Real-Ip", "Forwarded", "Via")


def believe_proxies(app: Flask, count: int) -> None:
    """Take the asker's address from the last `count` proxies, the scheme from the last one."""
    if count:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=count, x_proto=1, x_host=0, x_port=0, x_prefix=0
        )


def mark_of(request: Request, *, secret: str, day: str) -> str:
    """The asker as 32 hex digits, the same for one day in every process that shares the secret.

    An IPv6 household owns a whole /64, so its first half is what counts.
    """
    address = _address(request)
    if isinstance(address, IPv6Address):
        address = IPv6Address(int(address) >> 64 << 64)
    said = str(address or request.remote_addr or "")
    return blake2b(said.encode(), key=_key_of(secret, day), digest_size=16).hexdigest()


@lru_cache(maxsize=4)
def _key_of(secret, day):
    return blake2b(f"askers {day}".encode(), key=secret.encode()[:64], digest_size=32).digest()


def _address(request) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(request.remote_addr or "")
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def was_passed_on(request: Request) -> bool:
    """Whether a proxy stands between the asker and us."""
    return any(name in request.headers for name in _PASSED_ON)


def is_from_inside(request: Request) -> bool:
    """Whether the asker's address is this machine's or of a private network."""
    address = _address(request)
    return address is not None and (address.is_loopback or address.is_private)


def is_program(request: Request) -> bool:
    """Whether the asker says to be a program, or does not say what it is."""
    agent = request.headers.get("User-Agent", "")
    return not agent or bool(_PROGRAM.search(agent))


def is_from_elsewhere(request: Request) -> bool:
    """Whether a browser says that a page of another site sends this.

    Every browser names the page's origin with what it posts; most say in one word whose it is.
    """
    whose = request.headers.get("Sec-Fetch-Site", "")
    if whose and whose not in ("same-origin", "none"):
        return True
    origin = request.headers.get("Origin", "")
    return bool(origin) and urlsplit(origin).netloc.lower() != request.host.lower()


def token_of(request: Request) -> str:
    """The token of a session the question carries, "" where it carries nothing like one."""
    found = _BEARER.fullmatch(request.headers.get("Authorization", ""))
    return found[1] if found else ""


def has_token(request: Request, token: str) -> bool:
    """Whether the question carries this token; an empty token opens nothing."""
    said = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return bool(token) and hmac.compare_digest(said.encode(), token.encode())
