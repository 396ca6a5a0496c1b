"""What is said of the index."""

TELLING = "检索"
REBUILDING = "重建检索"
CHECKING = "核对检索"
CHECKS_INDEX = "核对检索和数据库，不一致的补上"
ENGINES = {"meilisearch": "检索服务器", "sqlite": "内置检索"}
KINDS = {"drugs": "药品", "outlets": "机构"}


def being_rebuilt(kind: str) -> str:
    """Somebody else is at it."""
    return f"{KINDS[kind]}的检索正在由另一个进程重建，请等它做完；它若被中断了，一分钟后再试。"


def took_too_long(kind: str) -> str:
    """It was silent so long that it was taken for dead."""
    return f"{KINDS[kind]}的检索重建时停了太久，已作废，请再试一次；现有的检索没有变。"
