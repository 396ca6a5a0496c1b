"""Static files by an address that changes with their content, so browsers may keep them."""

from functools import cache
from hashlib import blake2b
from pathlib import Path

FOLDER = Path(__file__).parent / "static"


@cache
def stamped(name: str) -> str:
    """The address of a static file with the mark of what is in it."""
    mark = blake2b((FOLDER / name).read_bytes(), digest_size=6).hexdigest()
    return f"/static/{name}?v={mark}"
