"""The rows of a sheet as text, before any form reads them."""

from collections.abc import Iterator
from typing import Protocol

Line = tuple[int, list[str]]


class Lines(Protocol):
    """A sheet that gives its rows; each call starts over. All raise Unreadable."""

    def head(self) -> list[Line]:
        """The rows among which the header must be."""

    def lines(self) -> Iterator[Line]:
        """(row number from 1, text of the cells) of each row that holds anything.

        May raise half way: what was read before is then part of a sheet that is refused whole.
        """

    def progress(self) -> float:
        """How much has been read, 0 to 1."""


def rows_after_blank(last: int) -> str:
    """The sentence for rows that follow a long blank run after row `last`."""
    return (
        f"第 {last} 行之后空了一千多行，后面又有内容，不知道要不要读，"
        "请删掉空行或后面的内容再提交。"
    )
