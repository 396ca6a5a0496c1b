"""What the operator does with the key of personal data by hand: flask personal …"""

import click
from flask.cli import AppGroup

from backend.outside.keyfiles import new_key

personal = AppGroup("personal", help="加密个人信息的密钥。")


@personal.command("new-key")
def make_key() -> None:
    """生成一个新密钥，说明换上它要写哪些设置；自己不改任何设置。"""
    click.echo("把下面一行写进环境变量（只给运行网站的用户看）：")
    click.echo(f"PERSONAL_KEY={new_key()}")
    click.echo(
        "现在用的密钥写进 PERSONAL_KEYS_BEFORE（没有写 PERSONAL_KEY 时它在 var/personal_key 里），"
        "全部进程重新启动。"
    )
