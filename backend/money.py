"""Money as people read it: whole 分 inside, yuan with two places outside."""


def yuan(fen: int) -> str:
    """`fen` 分 as yuan with exactly two places: 320 → "3.20", -5 → "-0.05"."""
    whole, rest = divmod(abs(fen), 100)
    return f"{'-' if fen < 0 else ''}{whole}.{rest:02}"


def yuan_each(fen: int, count: int) -> str:
    """The price of one of `count` pieces, rounded half up to three places: 435, 64 → "0.068".

    For reading only: prices of packs are never compared by it. Raises ValueError unless count > 0.
    """
    if count <= 0:
        raise ValueError(f"A pack holds at least one piece, not {count}")
    thousandths = (abs(fen) * 20 + count) // (2 * count)
    whole, rest = divmod(thousandths, 1000)
    return f"{'-' if fen < 0 else ''}{whole}.{rest:03}"
