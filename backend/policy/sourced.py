"""What every part of a policy pack has: where it comes from."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Sourced:
    """Whatever can be asked "says who?": a document's clause, word for word, or another source.

    Both together mean that the clause gives the duty and the source gives the number.
    """

    document: str = ""
    clause: str = ""
    quote: str = ""
    source: str = ""
