"""Every sentence the intake of sheets says to a person."""

READING = "读取"
COMPARING = "比对"
WRITING = "写入"
SETTLING = "整理"

CHANGED_MEANWHILE = "您查看差异之后数据又有变化，请重新核对差异再发布。"
ANOTHER_IS_PUBLISHED = "另一份表正在发布，请稍候再试。"
NOT_CHECKED = "这份表还没有核对，或已经发布过。"
TAKEN_OVER = "这份表已由另一个进程接手发布，这里停下。"
TOO_MANY_ROWS = "这类表最多 20 万行，请分几份提交。"


def refused(name: str, count: int, first) -> str:
    """One line that says the sheet was refused and names the first problem."""
    return f"《{name}》没有导入：共 {count} 处问题。{problem(first)}"


def problem(found) -> str:
    """A problem in one sentence: where, which column, what was written, what is wrong."""
    where = f"第 {found.row} 行 " if found.row else ""
    column = f"{found.column}：" if found.column else ""
    value = f"'{found.value}' " if found.value not in ("", None) and "'" not in found.what else ""
    return f"{where}{column}{value}{found.what}"


def doubts_wait(count: int) -> str:
    """Doubtful values need a person's yes."""
    return f"有 {count} 个数值可能写错，请看过之后确认再发布。"


def unknown_code(what: str) -> str:
    """A code that nothing bears."""
    return f"查不到这个{what}，请先导入{what}所在的表或改正编码"
