"""The page about the open data, and its files: sent in ranges, never read into memory."""

from flask import Blueprint, redirect, render_template, send_file
from flask.typing import ResponseReturnValue as Page

from backend.opendata import folders
from backend.opendata import lookups as opendata
from backend.web.guards import for_everyone
from miniprogram_api.data import root

blp = Blueprint("open_data", __name__, url_prefix="/data")

_TYPES = {
    ".csv": "text/csv", ".gz": "application/gzip", ".db": "application/vnd.sqlite3",
    ".json": "application/json", ".md": "text/markdown", ".toml": "application/toml",
}  # fmt: skip


@blp.get("")
@for_everyone
def show() -> Page:
    """开放数据"""
    return render_template("data.html", **opendata.page(root()), data_url="/api/v1/data")


@blp.get("/latest/<name>")
@for_everyone
def newest(name: str) -> Page:
    """最新一天的文件"""
    day = opendata.latest(root())
    opendata.find_file(root(), day, name)
    return redirect(f"/data/{day}/{name}", code=302)


@blp.get("/<day>/<name>")
@for_everyone
def file(day: str, name: str) -> Page:
    """一天的一个文件"""
    path, mark = opendata.find_file(root(), day, name)
    # Its own time is that of its day, and stays when the day is made anew.
    return send_file(
        path, mimetype=_TYPES.get(path.suffix, "text/plain"), as_attachment=True,
        download_name=name, etag=mark, last_modified=folders.made_at(path.parent).timestamp(),
    )  # fmt: skip
