"""What a file really is, whatever its name says: a workbook, a CSV, or something to refuse."""

from pathlib import Path

from backend.sheets.errors import Unreadable
from backend.sheets.limits import CSV_BYTES, MB, XLSX_BYTES

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_NOT_TEXT = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"PK")
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_SAVE_AS = "请用 WPS 或 Excel 打开后另存为 .xlsx 再提交。"

_REFUSED_NAMES = {
    ".xlsm": f"“{{name}}”带有宏，不能接收，{_SAVE_AS}",
    ".xltm": f"“{{name}}”带有宏，不能接收，{_SAVE_AS}",
    ".xlsb": f"“{{name}}”是二进制工作簿，{_SAVE_AS}",
    ".ods": f"“{{name}}”是 OpenDocument 表格，{_SAVE_AS}",
    ".et": f"“{{name}}”是 WPS 专用格式，{_SAVE_AS}",
}


def kind_of(path: Path, name: str) -> str:
    """ "xlsx" or "csv"; `name` is what the person called the file. Raises Unreadable."""
    if not path.is_file():
        raise Unreadable(f"没有找到文件“{name}”，请重新提交。")
    ending = Path(name).suffix.lower()
    with path.open("rb") as file:
        start = file.read(4096)
    if not start.strip():
        raise Unreadable(f"“{name}”是空的，请检查后重新提交。")
    content = _content(path, name, start)
    if ending in _REFUSED_NAMES:
        raise Unreadable(_REFUSED_NAMES[ending].format(name=name))
    _refuse_mismatch(name, ending, content)
    _refuse_size(path, name, content)
    return content


def _content(path: Path, name: str, start: bytes) -> str:
    if start.startswith(_ZIP):
        return "xlsx"
    if start.startswith(_OLE):
        raise Unreadable(_about_ole(path, name))
    for bom in _BOMS:
        start = start.removeprefix(bom)
    if start.replace(b"\0", b"").lstrip()[:1] == b"<":
        raise Unreadable(f"“{name}”其实是网页（HTML 或 XML），不是表格，{_SAVE_AS}")
    if start.startswith(_NOT_TEXT):
        raise Unreadable(f"“{name}”不是表格文件，请提交 .xlsx 或 .csv。")
    return "csv"


def _about_ole(path: Path, name: str) -> str:
    if path.stat().st_size > XLSX_BYTES:
        return _too_big(name, XLSX_BYTES)
    if Path(name).suffix.lower() == ".et":
        return _REFUSED_NAMES[".et"].format(name=name)
    if _ENCRYPTED in path.read_bytes():
        return f"“{name}”设有打开密码，请去掉密码后重新提交。"
    return f"“{name}”是旧版 .xls 格式，{_SAVE_AS}"


def _refuse_mismatch(name: str, ending: str, content: str) -> None:
    if not ending or ending == f".{content}":
        return
    if content == "csv" and ending in (".xlsx", ".xls"):
        raise Unreadable(
            f"“{name}”的扩展名是 {ending}，内容却是纯文本（CSV），"
            f"请改回 .csv 扩展名，或{_SAVE_AS[1:]}"
        )
    if content == "xlsx" and ending in (".csv", ".txt", ".xls"):
        raise Unreadable(
            f"“{name}”的扩展名是 {ending}，内容却是工作簿或压缩包，请核对后改用 .xlsx 扩展名。"
        )
    raise Unreadable(f"“{name}”的扩展名是 {ending}，这里只接收 .xlsx 和 .csv。")


def _refuse_size(path: Path, name: str, content: str) -> None:
    most = XLSX_BYTES if content == "xlsx" else CSV_BYTES
    if path.stat().st_size > most:
        raise Unreadable(_too_big(name, most))


def _too_big(name: str, most: int) -> str:
    return f"“{name}”超过 {most // MB} MB，请拆成几份提交。"
