"""What the operator does with the key of personal data by hand: flask personal …"""

import click
from flask.cli import AppGroup

from backend import db
from backend.bars import Bar
from backend.belongings import SEALED
from backend.citizens.wording import unopenable
from backend.outside import outside
from backend.outside.keyfiles import new_key
from backend.outside.resealing import reseal

personal = AppGroup("personal", help="加密个人信息的密钥。")


@personal.command("new-key")
def make_key() -> None:
    """生成一个新密钥，说明换上它要写哪些设置；自己不改任何设置。"""
    click.echo("把下面一行写进环境变量（只给运行网站的用户看）：")
    click.echo(f"PERSONAL_KEY={new_key()}")
    click.echo(
        "现在用的密钥写进 PERSONAL_KEYS_BEFORE（没有写 PERSONAL_KEY 时它在 var/personal_key 里），"
        "全部进程重新启动，再执行 flask personal rotate。"
    )


@personal.command("rotate")
def rotate() -> None:
    """用今天的密钥把全部个人信息重新加密；网站照常开着，中断了再执行一次。"""
    bar = Bar()
    with db.opened():
        lost = sum(reseal(one, bar) for one in SEALED)
        bar.close()
        left = sum(one.left() for one in SEALED)
    if lost:
        click.echo(unopenable(lost), err=True)
    if left:
        click.echo(f"还有 {left} 行用的是以前的密钥：全部进程都用上新密钥以后，再执行一次。")
        raise click.exceptions.Exit(1)
    click.echo("全部用的是今天的密钥。PERSONAL_KEYS_BEFORE 里的可以去掉，全部进程重新启动。")


@personal.command("show")
def show() -> None:
    """列出每个密钥加密着多少行；今天的密钥后面有标记。"""
    with db.opened():
        for one in SEALED:
            for key, rows in sorted(one.by_key().items()):
                today = "（今天的）" if key == outside.vault.key_id else ""
                click.echo(f"{one.name}  {key}{today}  {rows} 行")
    click.echo(f"今天的密钥是 {outside.vault.key_id}。")
