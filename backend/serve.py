"""The roof of `make demo` and `make run`: is the port free, where to look, then serve."""

import errno
import os
import secrets
import socket
import sys
from pathlib import Path

import click

from backend.errors import BadSetting, NotNow
from backend.settings import Settings

HOUSE = Path(__file__).resolve().parent.parent
KEY_FILE = Path("var/secret_key")
APP = "backend.app:create_app()"

# 盐酸二甲双胍缓释片 of the demonstration sheet: codes are made from what a product is, and stay.
TO_TRY = ("/", "/search?q=ejsg", "/api/v1/offers?drug=Y0C7BAP1ZXC&district=210102")

_TROUBLES = {
    errno.EADDRINUSE: "{port} 端口已被占用：请停掉占用它的程序，或换一个端口，例如 PORT={other}。",
    errno.EACCES: "没有权限使用 {port} 端口：请换一个 1024 以上的端口，例如 PORT=8099。",
}
_NO_SUCH_PLACE = "HOST 应是本机的地址，例如 127.0.0.1，现在是 {host!r}。"


@click.command()
@click.option("--check", is_flag=True, help="只看设置和端口能不能用")
def main(check: bool) -> None:
    """打开网站。"""
    try:
        settings = Settings.from_environment()
        see_that_it_is_free(settings.host, settings.port)
    except (BadSetting, NotNow) as refusal:
        click.echo(refusal.words, err=True)
        raise click.exceptions.Exit(1) from None
    if not check:
        click.echo(announcement(settings))
        serve(settings)


def see_that_it_is_free(host: str, port: int) -> None:
    """Bind once and let go. Raises NotNow for a port in use, BadSetting for a place not ours."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as door:
            # As gunicorn does: a port just left by another server is free.
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            door.bind(address)
    except OSError as trouble:
        words = _TROUBLES.get(trouble.errno or 0)
        if words is None:
            raise BadSetting(_NO_SUCH_PLACE.format(host=host)) from None
        other = port + 1 if port < 65535 else 8000
        raise NotNow(words.format(port=port, other=other)) from None


def addresses(settings: Settings) -> list[str]:
    """The addresses to try in a browser on this machine."""
    host = "127.0.0.1" if settings.host in ("0.0.0.0", "::") else settings.host
    door = f"http://[{host}]" if ":" in host else f"http://{host}"
    return [f"{door}:{settings.port}{path}" for path in TO_TRY]


def announcement(settings: Settings) -> str:
    """What is said before serving."""
    return "\n  ".join(("网站开在下面，按 Ctrl-C 停止：", *addresses(settings)))


def secret_key(settings: Settings, kept: Path = KEY_FILE) -> str:
    """The key that is set, or one made once and kept where only its owner reads."""
    if settings.secret_key:
        return settings.secret_key
    kept.parent.mkdir(parents=True, exist_ok=True)
    try:
        # Of two that start together one makes it, and nobody ever sees it readable for others.
        with os.fdopen(os.open(kept, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(secrets.token_hex(32))
    except FileExistsError:
        pass
    return kept.read_text()


def night_shift(settings: Settings) -> dict[str, str]:
    """Where the queue is a file of this machine nobody else need start a worker: we do."""
    return {"WORKER_BESIDE": "1"} if settings.queue_url.startswith("sqlite:") else {}


def serve(settings: Settings) -> None:
    """Become gunicorn; does not return."""
    environment = os.environ | {"SECRET_KEY": secret_key(settings), **night_shift(settings)}
    command = [sys.executable, "-m", "gunicorn", "-c", str(HOUSE / "gunicorn.conf.py"), APP]
    sys.stdout.flush()
    os.execve(sys.executable, command, environment)


if __name__ == "__main__":
    main()
