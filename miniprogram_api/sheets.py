"""Blank sheets to download: what an outlet or a colleague fills in and hands to the bureau."""

from functools import cache
from io import BytesIO

from flask import Blueprint, send_file
from flask.typing import ResponseReturnValue as Page

from backend.errors import NotFound
from backend.monitoring.sheetkinds import sheet_kinds
from backend.sheets.templates import write_template
from backend.web.guards import for_everyone
from miniprogram_api import wording

blp = Blueprint("sheets", __name__, url_prefix="/sheets")


@blp.get("/<kind>.xlsx")
@for_everyone
def template(kind: str) -> Page:
    """下载空白表"""
    return send_file(BytesIO(_blank(kind)), download_name=f"{kind}.xlsx", as_attachment=True)


@cache
def _blank(kind: str) -> bytes:
    kinds = sheet_kinds()
    if kind not in kinds:
        raise NotFound(wording.NO_SUCH_SHEET)
    made = BytesIO()
    write_template(kinds[kind].form, made)
    return made.getvalue()
