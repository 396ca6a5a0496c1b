"""The doors of the residents' face: the API with its description, and the pages."""

from functools import cache

import orjson
from flask import Flask, Response, current_app
from flask_smorest import Api, Blueprint
from marshmallow import Schema, fields

from backend.policy.packs import pack_on
from backend.prices.lookups import city_moment
from backend.settings import Settings
from miniprogram_api import (
    badge_pages,
    badges,
    basket_pages,
    baskets,
    consents,
    contract_wording,
    data,
    data_pages,
    description,
    drugs,
    figures,
    health,
    history,
    history_pages,
    lists,
    maps,
    me,
    messages,
    metrics,
    offers,
    offline,
    outlets,
    pages,
    prints,
    privacy_pages,
    report_pages,
    reports,
    scan,
    scan_pages,
    sessions,
    sheets,
    suggest,
    wechat,
)
from miniprogram_api import facts_schemas as facts
from miniprogram_api.contract import described
from miniprogram_api.contract_shapes import REFUSED_FIELDS, either_shape


class Refusal(Schema):
    """The one shape of every refusal."""

    code = facts.text("稳定的代码", "bad_input")
    status = facts.whole("HTTP 状态", 422)
    message = facts.text("给人看的话", "page：请填整数。")
    errors = fields.Raw(metadata={"description": "每个字段错在哪里", **REFUSED_FIELDS})


class PublicApi(Api):
    """flask-smorest's Api with our refusals and the whole description."""

    ERROR_SCHEMA = Refusal

    def _openapi_json(self):
        return Response(self._described(), mimetype="application/json")

    @cache  # noqa: B019 (one for each app, which lives as long as the process)
    def _described(self):
        pack = pack_on("shenyang", city_moment().date())
        phone = current_app.config["SETTINGS"].consultation_phone or pack.consultation.phone
        told = described(self.spec.to_dict(), current_app, phone=phone)  # type: ignore[arg-type]
        return orjson.dumps(told)


def register(app: Flask, settings: Settings) -> None:
    """Hang every door."""
    app.config.update(
        API_TITLE=contract_wording.TITLE,
        API_VERSION="v1",
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX="/api",
        OPENAPI_JSON_PATH="openapi.json",
    )
    # A parameter nobody knows is refused, not passed over: a misspelt filter must not look obeyed.
    Blueprint.ARGUMENTS_PARSER.DEFAULT_UNKNOWN_BY_LOCATION = {}
    api = PublicApi(app)
    api.ma_plugin.converter.add_attribute_function(either_shape)
    for part in (
        drugs,
        suggest,
        scan,
        offers,
        baskets,
        reports,
        outlets,
        lists,
        figures,
        badges,
        history,
        data,
        sessions,
        me,
        messages,
        consents,
        health,
    ):
        api.register_blueprint(part.blp)
    app.register_blueprint(description.blp)
    app.register_blueprint(metrics.blp)
    app.register_blueprint(wechat.blp)
    app.register_blueprint(sheets.blp)
    app.register_blueprint(badge_pages.blp)
    app.register_blueprint(prints.blp)
    app.register_blueprint(data_pages.blp)
    app.register_blueprint(privacy_pages.blp)
    app.register_blueprint(pages.blp)
    app.register_blueprint(maps.blp)
    app.register_blueprint(scan_pages.blp)
    app.register_blueprint(basket_pages.blp)
    app.register_blueprint(report_pages.blp)
    app.register_blueprint(history_pages.blp)
    app.register_blueprint(offline.blp)
    pages.register(app, settings)
