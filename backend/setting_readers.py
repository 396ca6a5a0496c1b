"""How each setting is written: read, or refused by its name in one sentence."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from backend.errors import BadSetting


def _port(text):
    if not text.isdigit() or not 1 <= int(text) <= 65535:
        raise BadSetting(f"PORT 应是 1–65535 的整数，现在是 {text!r}。")
    return int(text)


def _proxies(text):
    if not text.isdigit() or int(text) > 9:
        raise BadSetting(f"TRUSTED_PROXIES 应是前面反向代理的层数，0–9 的整数，现在是 {text!r}。")
    return int(text)


def _origins(text):
    """Exact origins, or * alone; without blanks."""
    said = [one.strip() for one in text.split(",")]
    local = r"http://(localhost|127\.0\.0\.1)(:\d{1,5})?"
    for one in said if said != ["*"] else []:
        if not re.fullmatch(rf"https://[a-z0-9.-]+(:\d{{1,5}})?|{local}", one):
            raise BadSetting(
                "CORS_ORIGINS 应是网站的来源，例如 https://ybj.shenyang.gov.cn，几个用逗号隔开，"
                f"不带路径和末尾的斜杠；单独一个 * 是所有网站。现在有 {one!r}。"
            )
    return ",".join(dict.fromkeys(said))


def _nights(text):
    if not text.isdigit() or not 1 <= int(text) <= 3650:
        raise BadSetting(f"OPEN_DATA_NIGHTS 应是留几天，1–3650 的整数，现在是 {text!r}。")
    return int(text)


def _rate(text):
    one = r"[1-9]\d{0,8}/([1-9]\d{0,4})?(second|minute|hour|day)"
    if text != "off" and not re.fullmatch(rf"{one}(;{one}){{0,3}}", text):
        raise BadSetting(
            "RATE_LIMIT 应是 次数/时间，例如 3000/minute，几条用分号隔开，off 是不限，"
            f"现在是 {text!r}。"
        )
    return text


def _seconds(name, most=3600):
    def read(text):
        if not text.isdigit() or int(text) > most:
            raise BadSetting(f"{name} 应是秒数，0–{most} 的整数，现在是 {text!r}。")
        return int(text)

    return read


def _on_or_off(name):
    def read(text):
        if text not in ("on", "off"):
            raise BadSetting(f"{name} 应是 on 或 off，现在是 {text!r}。")
        return text

    return read


def _public_url(text):
    if not re.fullmatch(r"https?://[a-zA-Z0-9.-]+(:\d{1,5})?", text.rstrip("/")):
        raise BadSetting(
            "PUBLIC_URL 应是居民打开网站用的地址，例如 https://sanjin.example.cn，后面不带路径，"
            f"现在是 {text!r}。"
        )
    return text.rstrip("/")


def _key(name, command="keys new"):
    def read(text):
        for one in text.split(",") if name.endswith("KEYS_BEFORE") else [text]:
            if not re.fullmatch(r"[0-9a-fA-F]{64}|[\w+/-]{43}=?", one.strip(), re.ASCII):
                # The key itself is not repeated: what is said lands in logs.
                raise BadSetting(
                    f"{name} 应是 32 字节的密钥，写成 64 位十六进制或 base64；"
                    f"用 flask {command} 生成一个。"
                )
        return text

    return read


def _wechat_url(text):
    local = r"http://(localhost|127\.0\.0\.1)(:\d{1,5})?"
    if not re.fullmatch(rf"https://[a-zA-Z0-9.-]+(:\d{{1,5}})?|{local}", text.rstrip("/")):
        # The secret goes there, so it goes encrypted.
        raise BadSetting(
            "WECHAT_API_URL 应是 https:// 开头的地址（本机的可以是 http://），后面不带路径，"
            f"现在是 {text!r}。"
        )
    return text.rstrip("/")


def _secret_url(name, shape, told):
    def read(text):
        if not re.fullmatch(shape, text):
            # It holds a key or a password, so it is not repeated.
            raise BadSetting(f"{name} 应是{told}。")
        return text

    return read


def _app_id(text):
    if not re.fullmatch(r"wx[0-9a-f]{16}", text):
        raise BadSetting(f"WECHAT_APP_ID 应是 wx 开头的 18 个字符，现在是 {text!r}。")
    return text


def _push_mode(text):
    if text not in ("plain", "compat", "safe"):
        raise BadSetting(
            f"WECHAT_PUSH_MODE 应是 plain（明文）、compat（兼容）或 safe（安全），现在是 {text!r}。"
        )
    return text


def _letters(name, shape, told):
    def read(text):
        if not re.fullmatch(shape, text, re.ASCII):
            raise BadSetting(f"{name} 应是{told}。")
        return text

    return read


def _token(name):
    return _letters(name, r"[A-Za-z0-9]{3,32}", " 3–32 个字母、数字")


def _aes_key(name):
    return _letters(name, r"[A-Za-z0-9]{43}", " 43 个字母、数字")


def _day(text):
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise BadSetting(
            f"WECHAT_BEFORE_UNTIL 应是日期，例如 2026-12-01，现在是 {text!r}。"
        ) from None


def _templates(text):
    for one in text.split(","):
        if not re.fullmatch(r"\s*[a-z_]{1,32}:[\w-]{10,64}(:long)?\s*", one, re.ASCII):
            raise BadSetting(
                "WECHAT_TEMPLATES 应是 消息种类:模板号（长期订阅的后面再加 :long），几个用逗号"
                "隔开，例如"
                f" price_down:AbCdEf0123456789，现在有 {one.strip()!r}。"
            )
    return text


def refuse_halves(given):
    """What belongs together is there together."""
    if ("wechat_app_id" in given) != ("wechat_app_secret" in given):
        raise BadSetting("WECHAT_APP_ID 和 WECHAT_APP_SECRET 要一起写，或者都空着。")
    if "wechat_token" in given and "wechat_app_id" not in given:
        raise BadSetting("写了 WECHAT_TOKEN，就要写 WECHAT_APP_ID 和 WECHAT_APP_SECRET。")
    sealed = given.get("wechat_push_mode", "safe") != "plain"
    if "wechat_token" in given and sealed and "wechat_aes_key" not in given:
        raise BadSetting("WECHAT_PUSH_MODE 不是 plain 时要写 WECHAT_AES_KEY。")
    if "staff_mail_url" in given and not ("staff_mail_from" in given and "staff_mail_to" in given):
        raise BadSetting("写了 STAFF_MAIL_URL，就要写 STAFF_MAIL_FROM 和 STAFF_MAIL_TO。")
    if "wechat_token" in given and not sealed and given.get("public_url", "").startswith("https:"):
        raise BadSetting(
            "WECHAT_PUSH_MODE=plain 只给本机联调用；PUBLIC_URL 是 https 的正式网站要写 safe，"
            "微信后台也选安全模式。"
        )
    before = {"wechat_token_before", "wechat_aes_key_before"} & set(given)
    if before and "wechat_before_until" not in given:
        raise BadSetting("写了换之前的，就要在 WECHAT_BEFORE_UNTIL 写明认到哪一天。")


READERS: dict[str, Callable[[str], Any]] = {
    "cors_origins": _origins,
    "database_replica_lag": _seconds("DATABASE_REPLICA_LAG"),
    "database_timeout": _seconds("DATABASE_TIMEOUT"),
    "hsts_seconds": _seconds("HSTS_SECONDS", most=63_072_000),
    "open_data_nights": _nights,
    "personal_key": _key("PERSONAL_KEY", "personal new-key"),
    "personal_keys_before": _key("PERSONAL_KEYS_BEFORE", "personal new-key"),
    "port": _port,
    "public_url": _public_url,
    "signing_key": _key("SIGNING_KEY"),
    "signing_keys_before": _key("SIGNING_KEYS_BEFORE"),
    "trusted_proxies": _proxies,
    "rate_limit": _rate,
    "search_log": _on_or_off("SEARCH_LOG"),
    "staff_mail_url": _secret_url(
        "STAFF_MAIL_URL",
        r"smtps?://([^@/\s]+@)?[\w.-]+(:\d{1,5})?",
        "smtp://用户:密码@主机:端口 或 smtps://…",
    ),
    "staff_robot_url": _secret_url(
        "STAFF_ROBOT_URL",
        r"https://[\w.-]+/\S+|http://(localhost|127\.0\.0\.1)(:\d+)?/\S+",
        "企业微信群机器人的 Webhook 地址，https:// 开头",
    ),
    "wechat_api_url": _wechat_url,
    "wechat_aes_key": _aes_key("WECHAT_AES_KEY"),
    "wechat_aes_key_before": _aes_key("WECHAT_AES_KEY_BEFORE"),
    "wechat_app_id": _app_id,
    "wechat_app_secret": _letters("WECHAT_APP_SECRET", r"[0-9a-fA-F]{32}", " 32 位十六进制"),
    "wechat_before_until": _day,
    "wechat_push_mode": _push_mode,
    "wechat_templates": _templates,
    "wechat_token": _token("WECHAT_TOKEN"),
    "wechat_token_before": _token("WECHAT_TOKEN_BEFORE"),
}
