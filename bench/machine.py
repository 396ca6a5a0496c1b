"""What the figures were measured on."""

import os
import platform
import sqlite3
from pathlib import Path

from backend.db import run
from backend.prices.lookups import city_moment

_DEBIANS = Path("/usr/lib/postgresql")


def facts() -> dict[str, str]:
    """The machine and the versions, by what they are called."""
    return {
        "日期": city_moment().date().isoformat(),
        "处理器": f"{_processor()}，{os.cpu_count()} 核",
        "内存": f"{_memory_gb():.0f} GB",
        "系统": f"{platform.system()} {platform.release()}",
        "Python": platform.python_version(),
        "SQLite": sqlite3.sqlite_version,
        "PostgreSQL": "、".join(sorted(one.name for one in _DEBIANS.glob("*"))) or "没有装",
    }


def moment() -> dict[str, str | float]:
    """When something is measured and how busy the machine is then (1 minute's average)."""
    now = city_moment().replace(microsecond=0, tzinfo=None)
    return {"at": now.isoformat(sep=" "), "load": round(os.getloadavg()[0], 1)}


def children(pid: int) -> list[int]:
    """The processes a process has started."""
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def resident_mb(pid: int) -> float:
    """The memory a process holds, in MB."""
    return _rolled_up(pid, "Rss")


def share_mb(pid: int) -> float:
    """The same, where what several share is divided among them."""
    return _rolled_up(pid, "Pss")


def _rolled_up(pid, what):
    told = Path(f"/proc/{pid}/smaps_rollup").read_text()
    kb = next(line.split()[1] for line in told.splitlines() if line.startswith(f"{what}:"))
    return int(kb) / 1024


def disk_mb(folder: Path) -> float:
    """What a folder takes on the disk, in MB."""
    return round(sum(one.stat().st_size for one in folder.rglob("*") if one.is_file()) / 2**20, 1)


def contents() -> str:
    """How much the open house holds."""
    outlets, drugs, offers = (
        run(f"SELECT COUNT(*) FROM {table}").fetchone()[0] for table in ("outlet", "drug", "offer")
    )
    return f"{outlets:,} 家机构、{drugs:,} 个药品、{offers:,} 条价格"


def _processor():
    about = Path("/proc/cpuinfo")
    lines = about.read_text(encoding="utf-8").splitlines() if about.exists() else []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor() or platform.machine())


def _memory_gb():
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
