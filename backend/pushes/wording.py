"""What is said about pushes."""

FORGETS_PUSHES = "删除七天以前微信推来的消息"
PUSHES = "微信推来的消息"
