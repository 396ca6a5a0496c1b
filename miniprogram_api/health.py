"""Whether the house stands, and whether it can work."""

from flask_smorest import Blueprint
from marshmallow import Schema

from backend.indexing.models import waiting_if_known
from backend.outside import outside
from backend.outside.readiness import SERVES, queue_state, readiness
from backend.pushes.lookups import standing_if_known
from backend.web.answers import answer
from backend.web.fields import Nothing
from backend.web.guards import for_everyone
from miniprogram_api import facts_schemas as facts

blp = Blueprint("health", __name__, description="运行状况")


class Health(Schema):
    """Alive."""

    status = facts.choice("活着就是 ok", ("ok",), "ok")


class QueueState(Schema):
    """Work that waits; unknown where it cannot be looked at."""

    waiting = facts.whole("排队的有多少；看不到时为 null", 0, allow_none=True)
    oldest_s = facts.whole("排得最久的等了几秒；没有排队的为 null", 12, allow_none=True)


class Checks(Schema):
    """Each plug and whether it answers."""

    database = facts.text("ok，migrations_pending，或是哪一种故障", "ok")
    search = facts.text("ok，degraded（内置索引在顶替），或是哪一种故障", "ok")


class WeChatState(Schema):
    """WeChat's access token, and what it pushed; unknown where it is not set up."""

    token_age_s = facts.whole(
        "令牌是几秒以前取的；没有接微信、还没有取时为 null", 600, allow_none=True
    )
    token_left_s = facts.whole("令牌还用几秒；同上为 null", 6540, allow_none=True)
    waiting = facts.whole("微信推来、等着办的有多少；没有接、看不到时为 null", 0, allow_none=True)
    oldest_s = facts.whole("最久的等了几秒；没有等着的为 null", 1, allow_none=True)
    failed = facts.whole(
        "试过几次没有办成、等人看的有多少；没有接、看不到时为 null", 0, allow_none=True
    )


class Readiness(Schema):
    """Whether the house can work."""

    status = facts.choice("能用是 ok，不能用是 not_ready", ("ok", "not_ready"), "ok")
    checks = facts.one(Checks, "每一项")
    queue = facts.one(QueueState, "后台任务")
    index = facts.one(QueueState, "等着告诉检索索引的变更")
    wechat = facts.one(WeChatState, "微信的令牌，推来的消息")


@blp.get("/healthz")
@blp.arguments(Nothing(), location="query")
@blp.response(200, Health)
@blp.doc(operationId="check_health")
@for_everyone
def healthz(asked):
    """进程活着

    不碰数据库，不计入次数限制。
    """
    return answer({"status": "ok"})


@blp.get("/readyz")
@blp.arguments(Nothing(), location="query")
@blp.response(200, Readiness)
@blp.alt_response(503, schema=Readiness, description="有一项还不能用")
@blp.doc(operationId="check_readiness")
@for_everyone
def readyz(asked):
    """数据库、索引都能用

    不计入次数限制；检索服务器不在、内置索引在顶替时也算能用。
    """
    checks = readiness()
    ready = all(state in SERVES for state in checks.values())
    told = {"status": "ok" if ready else "not_ready", "checks": checks, "queue": _queue(),
            "index": _index(), "wechat": _wechat()}  # fmt: skip
    return answer(told, status=200 if ready else 503)


def _index():
    state = waiting_if_known()
    if state is None:
        return {"waiting": None, "oldest_s": None}
    oldest = int(state.oldest_s) if state.documents else None
    return {"waiting": state.documents, "oldest_s": oldest}


def _wechat():
    token = outside.wechat.token_state()
    state = standing_if_known() if outside.mail else None
    oldest = state.oldest_s if state else None
    return {
        "token_age_s": int(token.age_s) if token else None,
        "token_left_s": int(token.left_s) if token else None,
        "waiting": state.waiting if state else None,
        "oldest_s": None if oldest is None else int(oldest),
        "failed": state.failed if state else None,
    }


def _queue():
    state = queue_state()
    if state is None:
        return {"waiting": None, "oldest_s": None}
    oldest = state.oldest_s
    return {"waiting": state.waiting, "oldest_s": None if oldest is None else int(oldest)}
