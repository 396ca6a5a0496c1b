"""Looking over an .xlsx package before anything in it is unpacked."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from backend.sheets.errors import Unreadable
from backend.sheets.limits import (
    DIRECTORY_BYTES,
    ENTRIES,
    MB,
    RATIO,
    RATIO_FROM_BYTES,
    UNPACKED_BYTES,
)

BROKEN = "文件已损坏，读不下去，请用 WPS 或 Excel 重新保存后再提交。"

_UNWANTED = {
    "vbaproject": "文件里有宏，请另存为不带宏的 .xlsx 再提交。",
    "macrosheets/": "文件里有宏表，请另存为不带宏的 .xlsx 再提交。",
    "externallinks/": "文件里有指向其他工作簿的链接，请复制后选择性粘贴为数值，再断开链接。",
    "connections.xml": "文件里有外部数据连接，请删掉连接，只留数值。",
    "querytables/": "文件里有外部数据查询，请删掉查询，只留数值。",
    "embeddings/": "文件里嵌有其他文件，请删掉嵌入的对象后再提交。",
    "activex/": "文件里有控件，请删掉控件后再提交。",
    "ctrlprops/": "文件里有控件，请删掉控件后再提交。",
}


@contextmanager
def opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """The package, its directory checked. Raises Unreadable, also for damage found later."""
    try:
        with path.open("rb") as file:
            _refuse_long_directory(file)
        with zipfile.ZipFile(path) as package:
            yield package
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        struct.error,
        NotImplementedError,
        UnicodeDecodeError,
    ):
        raise Unreadable(BROKEN) from None


def check(package: zipfile.ZipFile, *, packed: int) -> None:
    """Raise Unreadable for a package of `packed` bytes that hides, bursts or brings code."""
    entries = package.infolist()
    names = [entry.filename.replace("\\", "/").lstrip("/").lower() for entry in entries]
    for mark, sentence in _UNWANTED.items():
        if any(mark in name for name in names):
            raise Unreadable(sentence)
    if len(set(names)) < len(names) or sum(e.compress_size for e in entries) > packed:
        raise Unreadable(BROKEN)
    for entry in entries:
        _check_entry(entry)
    if sum(entry.file_size for entry in entries) > UNPACKED_BYTES:
        raise Unreadable(f"文件展开后超过 {UNPACKED_BYTES // MB} MB，请拆成几份提交。")
    if "[content_types].xml" not in names or "xl/workbook.xml" not in names:
        raise Unreadable("这个压缩包不是 .xlsx 工作簿，请用 WPS 或 Excel 另存为 .xlsx 再提交。")


def _check_entry(entry: zipfile.ZipInfo) -> None:
    if entry.flag_bits & 0x1:
        raise Unreadable("文件里有加密的内容，请去掉密码后重新提交。")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Unreadable(BROKEN)
    swollen = entry.file_size > RATIO * max(entry.compress_size, 1)
    if swollen and entry.file_size > RATIO_FROM_BYTES:
        raise Unreadable("文件的压缩比不正常，像是压缩炸弹，请重新保存后再提交。")


def _refuse_long_directory(file) -> None:
    """Read the directory's size as zipfile will, which then holds all of it in memory."""
    length = file.seek(0, 2)
    tail_at = max(0, length - 65_557)
    file.seek(tail_at)
    tail = file.read()
    at = len(tail) - 22 if tail[-22:-18] == b"PK\5\6" else tail.rfind(b"PK\5\6")
    if at < 0 or len(tail) - at < 22:
        raise Unreadable(BROKEN)
    count, size = struct.unpack_from("<HL", tail, at + 10)
    if at >= 20 and tail[at - 20 : at - 16] == b"PK\6\7":
        file.seek(max(0, tail_at + at - 76))
        long_record = file.read(56)
        if long_record[:4] == b"PK\6\6":
            count, size = struct.unpack_from("<QQ", long_record, 32)
    if count > ENTRIES or size > DIRECTORY_BYTES:
        raise Unreadable("文件里的部件太多，不像一张表格，请用 WPS 或 Excel 重新保存后再提交。")
