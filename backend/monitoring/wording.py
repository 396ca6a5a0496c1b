"""Every sentence the slice of monitoring says to a person."""

from backend.policy.wording import permille

TAKES_INDEX = "按今天的价格计算这个月各药店的量价比较指数"
NOT_COMPUTED = "这个城市的政策包没有 [monitoring]，不计算量价比较指数。"
NOT_YET = "还没有算过，第一个夜里会算；也可以现在执行 flask monitoring take。"
NO_INDEX_HERE = "这家机构这一期没有指数：只有医保定点零售药店才算。"
UNKNOWN_SORT = "没有这种排法，可以用：{sorts}。"

# Sheets of official figures.
NO_PERIOD = "看不出是哪一个月，请写成 2026-10"
PERIOD_AHEAD = "这个月还没有到，请核对期间"
PUBLISHED_AHEAD = "发布日期在今天之后，请核对"
NO_FIGURE = "不是以 1 为基数的指数，请写大于 0、小于 10、最多三位小数的数，例如 1.085"

UNDETERMINED = "无法判定"
OFFICIAL, OURS = "官方公布", "本系统计算"
NO_TREND = "–"
COLUMNS = (
    "期间", "定点编码", "机构名称", "机构类别", "区县代码", "区县", "指数", "出自", "官方公布",
    "来源文件", "发布日期", "本系统计算", "官方减本系统", "比上期", "比的药（种）", "低于对照价",
    "等于对照价", "高于对照价", "明显偏高（个）", "算法", "计算日期",
)  # fmt: skip
REPORT_COLUMNS = ("期间", "上期", "区县代码", "区县", "机构大类")
REPORT_WORDS, BEFORE, CITY = "变化", "（上期）", "全市"


def twice(row: int) -> str:
    """Two rows give one outlet two figures for one period."""
    return f"与第 {row} 行是同一家机构、同一期，内容却不同，请只留一行"


def unusual(figure: str) -> str:
    """A figure that may have been written with another base."""
    return f"指数 {figure} 离 1 很远，请核对是不是以 1 为基数"


def not_computed_for(period: str) -> str:
    """A period that was never computed and has no official figure."""
    return f"{period} 没有算过，也没有导入官方的数。"


def figure(thousandths: int | None) -> str:
    """An index as people read it, 无法判定 where there is none."""
    return UNDETERMINED if thousandths is None else permille(thousandths)


def change(thousandths: int | None) -> str:
    """A difference of two indexes with its sign: +0.012."""
    if thousandths is None:
        return NO_TREND
    sign = "-" if thousandths < 0 else "+" if thousandths else ""
    return f"{sign}{permille(abs(thousandths))}"


def table_title(told: dict) -> str:
    """What a table is and how many outlets it has."""
    where = f"，算于 {told['computed_on']}，算法 {told['method']}" if told["computed_on"] else ""
    return f"{told['period']} 量价比较指数，{told['total']} 家药店{where}"


def line(row: dict) -> str:
    """An outlet on one line of a terminal."""
    outlet = row["outlet"]
    whose = OFFICIAL if row["official"] else OURS
    beside = (
        f"，{OURS} {figure(row['computed'])}（差 {change(row['difference'])}）"
        if row["official"]
        else ""
    )
    return (
        f"{outlet['code']}  {outlet['name']}  {outlet['kind']['name']}  "
        f"{outlet['district']['name']}  {figure(row['permille'])} {whose}{beside}  "
        f"比上期 {change(row['trend'])}  {row['drugs']} 种药  明显偏高 {row['clearly_high']} 个"
    )


def observation(line: dict) -> str:
    """One compared price on one line of a terminal, 分 as yuan."""
    return (
        f"  {permille(line['permille'])}  {line['name']} {line['pack']} {line['manufacturer']}  "
        f"{line['price_fen'] / 100:.2f} 元，对照 {line['reference_fen'] / 100:.2f} 元"
        f"（{line['pharmacies']} 家）  {line['observed_on']}  {line['offer']}"
    )


def official(said: dict) -> str:
    """An official figure with where it is from."""
    return (
        f"{OFFICIAL} {permille(said['permille'])}：{said['document']}，{said['published_on']} 发布"
    )


def shares(now: tuple[int, int], before: tuple[int, int] | None) -> str:
    """Of so many judged prices so many are across the line, and how that was a period ago."""
    judged, bad = now
    if not judged:
        return "没有能判的价格" if not before or not before[0] else "没有能判的价格，上期有"
    told = f"能判的 {judged} 个价格里 {bad} 个越线（{_share(bad, judged)}）"
    if before is None:
        return told + "，没有上期可比"
    if not before[0]:
        return told + "，上期没有能判的"
    return f"{told}，上期 {before[0]} 个里 {before[1]} 个（{_share(before[1], before[0])}），" + (
        _difference(bad - before[1])
    )


def _share(part, whole):
    tenths = (2000 * part + whole) // (2 * whole)
    return f"{tenths // 10}.{tenths % 10}%"


def _difference(more):
    if not more:
        return "越线的一样多"
    return f"越线的{'多' if more > 0 else '少'} {abs(more)} 个"


def report_line(row: dict) -> str:
    """A district and class on one line of a terminal."""
    return f"{row['district']['name']}  {row['class']['name']}：{row['text']}"


def report_title(told: dict) -> str:
    """What a report compares."""
    before = f"，和 {told['before']}（{told['before_on']}）比" if told["before"] else "，没有上期"
    return f"{told['period']} 执行情况（{told['computed_on']} 数的）{before}"
