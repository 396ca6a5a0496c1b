"""Every sentence about signing in, consenting, and what is held of a person."""

FORGETS = "删除过期的登录、一直没有同意“个人信息”的人、留满年数的同意记录"

NOT_OPEN = "现在不开放登录。查药、看价格不用登录。"
TOO_OFTEN = "微信说登录太频繁了，请过一会儿再试。查药、看价格不用登录。"
AWAY = "微信一时没有回答，请稍后再试。查药、看价格不用登录。"
OUR_FAULT = "我们和微信之间的设置有误，已经记下，请晚些时候再来。查药、看价格不用登录。"
PHONE_CODE_OVER = "这次取手机号的凭证已经用过、过期，或者不是您的，请再点一次取手机号的按钮。"

SIGNED_OUT = "已退出。"
SIGNED_OUT_EVERYWHERE = "所有设备都已退出。"

NEEDS_PERSONAL = "要先同意“个人信息”的说明，才能做这一样。不同意也能查药、看价格。"
NO_SUCH_KIND = "没有这一种同意。"
NEEDS_VERSION = "请填看过的说明是哪一版。"

OPENID = "微信的 openid 和来过的日子"
PHONE = "手机号"
SESSIONS = "登录着的设备"
CONSENTS = "同意的记录"

DELETED = "都删了，这次的登录也结束了。再登录就是新的人，没有以前的任何东西。"
NOTHING_KEPT = "没有留下什么。"

FILE_NAME = "sanjin-me.json"


def text_changed(title: str, version: str) -> str:
    """The consent is to another version than today's."""
    return f"“{title}”的说明已经改过，今天的是第 {version} 版，请看过再决定。"


def needs_age(limit: int) -> str:
    """Nobody consents to the first text without saying whether he is of age."""
    return f"请说明是不是满 {limit} 岁。"


def needs_guardian(limit: int) -> str:
    """A minor cannot consent alone."""
    return (
        f"未满 {limit} 岁的，要由父母或者别的监护人来同意"
        "（《中华人民共和国个人信息保护法》第三十一条）。查药、看价格不用登录，也不用同意什么。"
    )


def kept_consents(days: int) -> str:
    """What is kept of whoever had himself deleted, why and until when."""
    return (
        "同意和撤回的记录：只剩哪一种、哪一版、哪一天、本人还是监护人，已经和您断开，认不出是谁。"
        "依据《中华人民共和国个人信息保护法》第五十六条，处理情况的记录要保存三年："
        f"每条从那一天起留 {days} 天，然后删除。"
    )


def unopenable(count: int) -> str:
    """Rows nobody can open any more."""
    return f"{count} 行打不开：加密它们的密钥不在 PERSONAL_KEY 和 PERSONAL_KEYS_BEFORE 里，没有动。"
