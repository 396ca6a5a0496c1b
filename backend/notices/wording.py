"""What is said about messages to people, beside the messages themselves (kinds.toml)."""


def more(count: int) -> str:
    """How many did not fit."""
    return f"…… 还有 {count} 条，在小程序的“消息”里。"
