"""What was measured, kept part by part, so that a later run need not repeat the others."""

import json
from pathlib import Path
from typing import Any

from bench.house import ENGINES
from bench.machine import facts, moment
from bench.sizes import SIZES
from bench.timing import Times

PERCENTS = (50, 95, 99)
Found = dict[str, Any]


class Results:
    """A folder of JSON files: engine, size and part are in each name."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def keep(self, engine: str, size: str, part: str, found: Any, begun: Found) -> None:
        """Keep a part, with when it was measured, how busy the machine was, and what it is."""
        told = begun | {"load_after": moment()["load"], "machine": facts(), "found": found}
        text = json.dumps(told, ensure_ascii=False, indent=1, default=_plain)
        self._path(engine, size, part).write_text(text + "\n", encoding="utf-8")

    def told(self, engine: str, size: str, part: str) -> Found | None:
        """A part with everything that was kept of it, None where it was not measured yet."""
        path = self._path(engine, size, part)
        return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None

    def found(self, engine: str, size: str, part: str) -> Any:
        """What was measured in a part; nothing where it was not."""
        return (self.told(engine, size, part) or {}).get("found", {})

    def every(self, part: str) -> list[tuple[str, str, Found]]:
        """What is kept of a part: size, engine, and what was told, smaller sizes first."""
        wanted = [(size, engine) for size in SIZES for engine in ENGINES]
        kept = ((size, engine, self.told(engine, size, part)) for size, engine in wanted)
        return [(size, engine, told) for size, engine, told in kept if told]

    def _path(self, engine, size, part):
        return self.folder / f"{engine}-{size}-{part}.json"


def _plain(value):
    if isinstance(value, Times):
        return [round(value.within(percent), 3) for percent in PERCENTS]
    raise TypeError(f"{value!r} cannot be kept")
