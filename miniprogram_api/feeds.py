"""Answers as JSON or CSV: the signed feed of badges, and tables anybody may open in a sheet."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from flask import Request, Response

from backend.badges.wording import FEED_COLUMNS
from backend.outside import outside
from backend.outside.signing import text_of
from backend.sheets.exports import as_csv_cell
from backend.web.answers import answer
from miniprogram_api.formats import linked

# What the answer says beside its body, which is the same in either form.
HEADERS = ("Sanjin-Next", "Sanjin-More", "Sanjin-Signature", "Sanjin-Key")


def wants_csv(request: Request, said: str) -> bool:
    """Whether the asker wants CSV: the parameter says so, else the Accept header."""
    if said:
        return said == "csv"
    liked = request.accept_mimetypes
    return liked["text/csv"] > max(liked["application/json"], liked["text/html"])


def told_as(found: dict, asked: Request, *, as_csv: bool) -> Response:
    """The answer in this form; the signature is over its bytes as they are before gzip."""
    response = Response(_csv(found["items"]), mimetype="text/csv") if as_csv else answer(found)
    headers = response.headers
    headers["Sanjin-Next"], headers["Sanjin-More"] = str(found["next"]), str(int(found["more"]))
    headers["Sanjin-Signature"] = text_of(outside.signer.sign(response.get_data()))
    headers["Sanjin-Key"] = text_of(outside.signer.key_id)
    if found["more"]:
        form = "csv" if as_csv else "json"
        then = linked(asked.path, asked.args.to_dict(), since=found["next"], format=form)
        headers["Link"] = f'<{then}>; rel="next"'
    response.vary.add("Accept")
    return response


def table_or(found: dict, columns: Sequence[str], lines: Iterable[Sequence[Any]], *,
             as_csv: bool) -> Response:  # fmt: skip
    """The answer, or its lines as CSV under these columns; a mark at the beginning tells a
    spreadsheet that it is UTF-8."""
    if not as_csv:
        response = answer(found)
    else:
        response = Response("\ufeff" + _written(columns, lines), mimetype="text/csv")
    response.vary.add("Accept")
    return response


def _csv(items):
    lines = ([item[key] for key, _ in FEED_COLUMNS] for item in items)
    return _written([name for _, name in FEED_COLUMNS], lines)


def _written(columns, lines):
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(columns)
    for line in lines:
        writer.writerow([as_csv_cell(value) for value in line])
    return written.getvalue()
