"""What the figures were measured on."""

import os
import platform
import sqlite3
from pathlib import Path

from backend.db import run
from backend.prices.lookups import city_moment


def facts() -> dict[str, str]:
    """The machine and the versions, by what they are called."""
    return {
        "日期": city_moment().date().isoformat(),
        "处理器": f"{_processor()}，{os.cpu_count()} 核",
        "内存": f"{_memory_gb():.0f} GB",
        "系统": f"{platform.system()} {platform.release()}",
        "Python": platform.python_version(),
        "SQLite": sqlite3.sqlite_version,
        "开始时的负载": f"{os.getloadavg()[0]:.1f}（1 分钟平均）",
    }


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
