"""Settings: read once from the environment, each with a default that needs nothing installed."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from backend.setting_readers import READERS, refuse_halves


@dataclass(frozen=True)
class Settings:
    """One field per environment variable of the same name in capitals; see docs/settings.md."""

    database_url: str = "sqlite:///var/sanjin.db"
    database_replica_url: str = ""
    database_replica_lag: int = 10
    database_timeout: int = 10
    search_url: str = "sqlite:///var/search.db"
    search_key: str = ""
    search_fallback_url: str = "sqlite:///var/search.db"
    queue_url: str = "sqlite:///var/queue.db"
    limits_url: str = "sqlite:///var/limits.db"
    rate_limit: str = "3000/minute"
    trusted_proxies: int = 0
    metrics_token: str = ""
    cors_origins: str = ""
    hsts_seconds: int = 31_536_000
    cache_dir: str = "var/cache"
    open_data_dir: str = "var/open-data"
    open_data_nights: int = 7
    city: str = "shenyang"
    host: str = "127.0.0.1"
    port: int = 8000
    secret_key: str = ""
    consultation_phone: str = ""
    search_log: str = "on"
    public_url: str = ""
    signing_key: str = field(default="", repr=False)
    signing_key_file: str = "var/signing_key"
    signing_keys_before: str = ""
    personal_key: str = field(default="", repr=False)
    personal_key_file: str = "var/personal_key"
    personal_keys_before: str = field(default="", repr=False)
    staff_robot_url: str = field(default="", repr=False)
    staff_mail_url: str = field(default="", repr=False)
    staff_mail_from: str = ""
    staff_mail_to: str = ""
    wechat_api_url: str = "https://api.weixin.qq.com"
    wechat_app_id: str = ""
    wechat_app_secret: str = field(default="", repr=False)
    wechat_push_mode: str = "safe"
    wechat_token: str = field(default="", repr=False)
    wechat_aes_key: str = field(default="", repr=False)
    wechat_token_before: str = field(default="", repr=False)
    wechat_aes_key_before: str = field(default="", repr=False)
    wechat_before_until: str = ""
    wechat_templates: str = ""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Read the variables that are set; raise BadSetting naming the first wrong one."""
        named = ((one.name, environment.get(one.name.upper())) for one in fields(cls))
        given: dict[str, Any] = {name: value for name, value in named if value}
        for name, read in READERS.items():
            if name in given:
                given[name] = read(given[name])
        refuse_halves(given)
        return cls(**given)
