"""The two ways a sheet says no: the whole file, or one cell of it."""


class Unreadable(Exception):  # noqa: N818 (named for what happened, as all our refusals are)
    """The whole file is refused; `words` is the Chinese sentence for whoever handed it in."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class BadCell(Exception):  # noqa: N818 (as above)
    """One cell cannot be read; `what` says why, in Chinese, without a full stop."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


class LostCell(BadCell):
    """A cell the spreadsheet itself lost (#NAME?): in an optional column no more than a doubt."""


def quote(raw: str) -> str:
    """What was written, in quotation marks, short enough for a sentence."""
    return f"'{raw if len(raw) <= 40 else raw[:40] + '…'}'"
