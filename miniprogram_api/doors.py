"""The doors of the residents' face: the API with its description, and the pages."""

from flask import Flask
from flask_smorest import Api, Blueprint
from marshmallow import Schema, fields

from backend.settings import Settings
from miniprogram_api import (
    badge_pages,
    badges,
    data,
    data_pages,
    description,
    drugs,
    figures,
    health,
    lists,
    maps,
    metrics,
    offers,
    offline,
    outlets,
    pages,
    prints,
    sheets,
    suggest,
)

TITLE = "三进通公开接口"
ABOUT = (
    "查集采药品在哪里买、多少钱、依据哪一条。无需登录。金额以分为单位（…_fen），距离以米为单位"
    "（distance_m），坐标是 GCJ-02。检索不与任何个人关联。"
)


class RefusalShape(Schema):
    """The one shape of every refusal."""

    code = fields.String(metadata={"description": "稳定的代码", "example": "bad_input"})
    status = fields.Integer(metadata={"description": "HTTP 状态", "example": 422})
    message = fields.String(metadata={"description": "给人看的话", "example": "page：请填整数。"})
    errors = fields.Dict(
        metadata={"description": "每个字段错在哪里", "example": {"page": ["请填整数。"]}}
    )


class PublicApi(Api):
    """flask-smorest's Api with our refusals."""

    ERROR_SCHEMA = RefusalShape


def register(app: Flask, settings: Settings) -> None:
    """Hang every door."""
    app.config.update(
        API_TITLE=TITLE,
        API_VERSION="v1",
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX="/api",
        OPENAPI_JSON_PATH="openapi.json",
    )
    # A parameter nobody knows is refused, not passed over: a misspelt filter must not look obeyed.
    Blueprint.ARGUMENTS_PARSER.DEFAULT_UNKNOWN_BY_LOCATION = {}
    api = PublicApi(app, spec_kwargs={"info": {"description": ABOUT}})
    for part in (drugs, suggest, offers, outlets, lists, figures, badges, data, health):
        api.register_blueprint(part.blp)
    app.register_blueprint(description.blp)
    app.register_blueprint(metrics.blp)
    app.register_blueprint(sheets.blp)
    app.register_blueprint(badge_pages.blp)
    app.register_blueprint(prints.blp)
    app.register_blueprint(data_pages.blp)
    app.register_blueprint(pages.blp)
    app.register_blueprint(maps.blp)
    app.register_blueprint(offline.blp)
    pages.register(app, settings)
