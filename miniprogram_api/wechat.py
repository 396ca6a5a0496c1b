"""Where WeChat pushes: the check of the address, and messages, answered at once."""

from flask import Blueprint, Response, request

from backend.pushes import actions as pushes
from backend.web.guards import for_wechat
from backend.web.push_metrics import counted

blp = Blueprint("wechat", __name__, url_prefix="/wechat")


@blp.get("/callback")
@for_wechat
def greet_wechat() -> Response:
    """微信后台保存地址时的检验"""
    return Response(pushes.greet(request.args), mimetype="text/plain")


@blp.post("/callback")
@for_wechat
def take_push() -> Response:
    """微信推来的消息、事件"""
    with counted() as taken:
        taken(pushes.take(request.args, request.get_data()))
    return Response("success", mimetype="text/plain")
