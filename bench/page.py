"""docs/performance.md and its plot, composed from what is kept of all measurements."""

from collections.abc import Iterator
from operator import itemgetter
from pathlib import Path
from string import Template

from bench import plot, report
from bench.aims import NAMES, OFFERS, SIZE_NAMES, aims, as_rows, growth
from bench.asking import CALL, RAW, RAW_HTTP
from bench.report import MISSING, Rows
from bench.results import Results
from bench.sizes import SIZES, offers_of

TEMPLATE = Path(__file__).with_name("performance.md.txt")
NOTHING_YET = "（还没有量过）"

_PARTS = {
    "answers": "查询", "crowd": "许多人同时问", "index": "索引",
    "answers-meili": "Meilisearch 的查询", "crowd-meili": "Meilisearch 的许多人同时问",
    "index-meili": "Meilisearch 的索引",
}  # fmt: skip

# From dark to light: told apart without their colours too.
_LINES = (
    ("SQLite（进程内）", "#16325c", "round", "sqlite", CALL),
    ("PostgreSQL（进程内）", "#8a1c4a", "square", "postgresql", CALL),
    ("裸 SQLite", "#3f83c7", "up", "sqlite", RAW),
    ("裸 PostgreSQL", "#d9772b", "down", "postgresql", RAW),
    ("裸 Meilisearch（HTTP）", "#9aa5b1", "diamond", "", RAW_HTTP),
)


def write(page: Path, results: Results) -> None:
    """Write the page and, beside it, the plot."""
    parts = {
        "machine": _machine(results),
        "contents": _table(_contents(results)),
        "aims": _table(as_rows(list(aims(results)))),
        "growth": _table(growth(results)),
        "answers": "\n\n".join(_answers(results)) or NOTHING_YET,
        "crowd": _table(_crowds(results)),
        "index": _table(_indexes(results)),
        "fill": _table(_fills(results)),
        "arrivals": "\n\n".join(_arrivals(results)) or NOTHING_YET,
        "missing": _missing(results),
    }
    text = Template(TEMPLATE.read_text(encoding="utf-8")).substitute(parts)
    page.write_text(text, encoding="utf-8")
    lines = list(_lines(results))
    if lines:
        title = f"{OFFERS}：回答一次要多久"
        drawn = plot.drawn(title, ["p50（一半不超过）", "p95（二十次里十九次不超过）"], lines)
        page.with_suffix(".svg").write_text(drawn, encoding="utf-8")


def _table(rows: Rows) -> str:
    return report.markdown(rows) if len(rows) > 1 else NOTHING_YET


def _house(size, engine):
    return f"{NAMES[engine]}，{SIZE_NAMES[size]}"


def _when(told):
    return f"{told['at'][:16]}，负载 {told['load']}–{told['load_after']}"


def _machine(results):
    every = [told for part in _PARTS for _, _, told in results.every(part)]
    if not every:
        return NOTHING_YET
    facts = max(every, key=itemgetter("at"))["machine"]
    return "\n".join(f"- {name}：{fact}" for name, fact in facts.items())


def _contents(results) -> Rows:
    rows = [["规模", "装着什么", "占磁盘"]]
    for size, engine, told in results.every("contents"):
        disk = results.found(engine, size, "disk_mb")
        rows.append([_house(size, engine), told["found"], f"{disk:,.0f} MB" if disk else MISSING])
    return rows


def _answers(results) -> Iterator[str]:
    for size in SIZES:
        for engine in NAMES:
            for mark, name in (("", ""), ("-meili", "，检索用 Meilisearch")):
                told = results.told(engine, size, f"answers{mark}")
                if told:
                    rows = report.answers(told["found"])
                    yield f"### {_house(size, engine)}{name}\n\n量于 {_when(told)}。\n\n" + (
                        report.markdown(rows)
                    )


def _crowds(results) -> Rows:
    rows = [
        ["在哪里", "空路由（次/秒）", "边输边查", "报价", "网站进程（MB）", "数据库（MB）", "量于"]
    ]
    for mark, name in (("", ""), ("-meili", "，Meilisearch")):
        for size, engine, told in results.every(f"crowd{mark}"):
            found = told["found"]
            cells = (
                found.get(k) for k in ("empty", "suggest", "offers", "worker_mb", "database_mb")
            )
            rows.append([
                _house(size, engine) + name,
                *(f"{cell:,.0f}" if cell else MISSING for cell in cells), _when(told),
            ])  # fmt: skip
    return rows


def _indexes(results) -> Rows:
    rows = [["在哪里", "重建（秒）", "改机构到能找到（ms）", "改药品到能找到（ms）", "量于"]]
    for mark, name in (("", ""), ("-meili", "，Meilisearch")):
        for size, engine, told in results.every(f"index{mark}"):
            found = told["found"]
            rows.append([
                _house(size, engine) + name, f"{found['rebuild_s']:.1f}",
                report.spread(found["outlets"]), report.spread(found["drugs"]), _when(told),
            ])  # fmt: skip
    return rows


def _fills(results) -> Rows:
    rows = [["在哪里", "价格（行）", "行/秒", "其中最慢的一份（行/秒）", "装于"]]
    for size, engine, told in results.every("fill"):
        sheets = [sheet for sheet in told["found"] if sheet["kind"] == "prices"]
        rates = [sheet["rows"] / sheet["published_s"] for sheet in sheets]
        count = sum(sheet["rows"] for sheet in sheets)
        rate = count / sum(sheet["published_s"] for sheet in sheets)
        loads = [sheet["load"] for sheet in sheets]
        rows.append([
            _house(size, engine), f"{count:,}", f"{rate:,.0f}", f"{min(rates):,.0f}",
            f"{sheets[0]['at'][:16]}，负载 {min(loads)}–{max(loads)}",
        ])  # fmt: skip
    return rows


def _arrivals(results) -> Iterator[str]:
    for size, engine, told in results.every("import"):
        rows = report.arrivals(told["found"])
        yield f"{_house(size, engine)}的数据，量于 {_when(told)}。\n\n{report.markdown(rows)}"


def _missing(results):
    lacking = {
        _house(size, engine): [name for part, name in _PARTS.items()
                               if not results.told(engine, size, part)]
        for size in SIZES for engine in NAMES
    }  # fmt: skip
    told = [f"{house}的{'、'.join(parts)}" for house, parts in lacking.items() if parts]
    return f"还没有量：{'；'.join(told)}。" if told else "各规模、各引擎都量过了。"


def _lines(results) -> Iterator[plot.Line]:
    for name, colour, mark, engine, way in _LINES:
        panels: list[list[plot.Point]] = [[], []]
        for size in SIZES:
            kept = (results.found(one, size, "answers") for one in ([engine] if engine else NAMES))
            times = next((t for t in (found.get(OFFERS, {}).get(way) for found in kept) if t), None)
            if times:
                for panel, ms in zip(panels, times, strict=False):
                    panel.append((offers_of(size), ms))
        if panels[0]:
            yield plot.Line(name, colour, mark, panels)
