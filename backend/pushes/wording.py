"""What is said about pushes."""

PUSHES = "微信推来的消息"


FORGETS_PUSHES = "删除到期的微信推来的消息"
NONE = "没有。"
_STATES = {"waiting": "等着", "done": "办了", "kept": "没有谁要，存着", "failed": "没有办成"}


def line(push) -> str:
    """A push in one line, with what may be looked at of it."""
    moment = push.received_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    why = f"（{push.why}）" if push.why else ""
    state = f"{_STATES[push.state]}{why}，试了 {push.tries} 次"
    return f"{push.id}  {moment}  {push.kind}  {state}  {push.masked}"


def tried_again(count: int) -> str:
    """How many are tried anew."""
    return f"{count} 条重新办。"
