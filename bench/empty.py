"""A Flask app that answers nothing much: what the framework itself costs."""

from flask import Flask, Response


def create_app() -> Flask:
    """One route, no database, no headers of ours."""
    app = Flask(__name__)

    @app.get("/healthz")
    def nothing() -> Response:
        return Response("{}", mimetype="application/json")

    return app
