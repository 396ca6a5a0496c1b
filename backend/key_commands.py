"""What the operator does with the signing key by hand: flask keys …"""

import click
from flask.cli import AppGroup

from backend.outside import outside
from backend.outside.keyfiles import new_key
from backend.outside.signing import Given, Signer, connect, text_of

keys = AppGroup("keys", help="给三进标识和标牌签名的密钥。")


@keys.command("show")
def show() -> None:
    """列出现在的公钥和以前用过的公钥。"""
    for number, (key_id, public) in enumerate(outside.signer.public_keys.items()):
        click.echo(f"{'以前' if number else '现在'}  {text_of(key_id)}  {text_of(public)}")


@keys.command("new")
def new() -> None:
    """生成一个新密钥，说明换上它要写哪些设置；自己不改任何设置。"""
    fresh = new_key()
    known = outside.signer.public_keys.values()
    click.echo("把下面两行写进环境变量（只给运行网站的用户看），然后重新启动：")
    click.echo(f"SIGNING_KEY={fresh}")
    click.echo(f"SIGNING_KEYS_BEFORE={','.join(map(text_of, known))}")
    click.echo(f"新密钥的编号是 {_id_of(fresh)}；以前印的标牌照样认。")


def _id_of(key: str) -> str:
    signer: Signer = connect(Given(key=key))
    return text_of(signer.key_id)
