"""Whether the house stands, and whether it can work."""

from flask_smorest import Blueprint
from marshmallow import Schema, fields

from backend.indexing.models import waiting_if_known
from backend.outside.readiness import SERVES, queue_state, readiness
from backend.web.answers import answer
from backend.web.guards import for_everyone

blp = Blueprint("health", __name__, description="运行状况")


class Health(Schema):
    """Alive, and since when that is known."""

    status = fields.String(metadata={"example": "ok"})


class QueueState(Schema):
    """Work that waits; unknown where it cannot be looked at."""

    waiting = fields.Integer(
        allow_none=True, metadata={"description": "排队的有多少；看不到时为 null"}
    )
    oldest_s = fields.Integer(
        allow_none=True, metadata={"description": "排得最久的等了几秒；没有排队的为 null"}
    )


class Readiness(Health):
    """Each plug and whether it answers."""

    checks = fields.Dict(metadata={"example": {"database": "ok", "search": "ok"}})
    queue = fields.Nested(QueueState)
    index = fields.Nested(QueueState, metadata={"description": "等着告诉检索索引的变更"})


@blp.get("/healthz")
@blp.response(200, Health)
@for_everyone
def healthz():
    """进程活着"""
    return answer({"status": "ok"})


@blp.get("/readyz")
@blp.response(200, Readiness)
@blp.alt_response(503, schema=Readiness, description="有一项还不能用")
@for_everyone
def readyz():
    """数据库、索引都能用"""
    checks = readiness()
    ready = all(state in SERVES for state in checks.values())
    told = {"status": "ok" if ready else "not_ready", "checks": checks, "queue": _queue(),
            "index": _index()}  # fmt: skip
    return answer(told, status=200 if ready else 503)


def _index():
    state = waiting_if_known()
    if state is None:
        return {"waiting": None, "oldest_s": None}
    oldest = int(state.oldest_s) if state.documents else None
    return {"waiting": state.documents, "oldest_s": oldest}


def _queue():
    state = queue_state()
    if state is None:
        return {"waiting": None, "oldest_s": None}
    oldest = state.oldest_s
    return {"waiting": state.waiting, "oldest_s": None if oldest is None else int(oldest)}
