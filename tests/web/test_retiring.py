"""A door that will close says so half a year before, in its answers and in the description."""

from datetime import date

import pytest
from flask import Flask
from flask_smorest import Api, Blueprint
from marshmallow import Schema, fields

from backend.web.answers import answer
from backend.web.guards import for_everyone
from backend.web.retiring import retired, retiring
from miniprogram_api.contract import described
from miniprogram_api.doors import Refusal

SINCE, UNTIL = date(2027, 1, 1), date(2027, 7, 5)


class Told(Schema):
    word = fields.String()


@pytest.fixture
def app():
    """A house with one door that will close and one that stays."""
    app = Flask("retiring")
    app.config.update(API_TITLE="t", API_VERSION="v1", OPENAPI_VERSION="3.1.0")
    blp = Blueprint("old", "old", url_prefix="/api/v1")

    @blp.get("/old")
    @blp.response(200, Told)
    @retiring(since=SINCE, until=UNTIL, instead="/api/v2/new")
    @for_everyone
    def show_old():
        return answer({"word": "old"})

    @blp.get("/stays")
    @blp.response(200, Told)
    @for_everyone
    def show_stays():
        return answer({"word": "stays"})

    app.api = Api(app)
    app.api.spec.components.schema("Refusal", schema=Refusal)
    app.api.register_blueprint(blp)
    return app


def test_every_answer_says_since_when_until_when_and_what_instead(app):
    told = app.test_client().get("/api/v1/old")
    assert told.get_json() == {"word": "old"}
    assert told.headers["Deprecation"] == "@1798761600"
    assert told.headers["Sunset"] == "Mon, 05 Jul 2027 00:00:00 GMT"
    assert told.headers["Link"] == '</api/v2/new>; rel="successor-version"'


def test_the_description_marks_it_and_names_the_headers(app):
    paths = described(app.api.spec.to_dict(), app, phone="12393")["paths"]
    old, stays = paths["/api/v1/old"]["get"], paths["/api/v1/stays"]["get"]
    assert old["deprecated"] is True
    assert {"Deprecation", "Sunset", "Link"} <= set(old["responses"]["200"]["headers"])
    assert "deprecated" not in stays
    assert "Sunset" not in stays["responses"]["200"]["headers"]


def test_a_door_that_stays_says_nothing(app):
    told = app.test_client().get("/api/v1/stays")
    assert not {"Deprecation", "Sunset", "Link"} & set(told.headers.keys())


def test_the_door_still_says_whom_it_lets_in_and_what_was_announced(app):
    door = app.view_functions["old.show_old"]
    assert door.guard == "everyone"
    assert retired(door).until == UNTIL
    assert retired(app.view_functions["old.show_stays"]) is None


def test_less_than_half_a_year_is_no_notice():
    with pytest.raises(ValueError, match="183 days"):
        retiring(since=SINCE, until=date(2027, 6, 30), instead="/api/v2/new")
