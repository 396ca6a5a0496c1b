"""What the operator does by hand with the history of prices: flask history …"""

import click
from flask import current_app
from flask.cli import AppGroup

from backend import db
from backend.history.actions import forget as forget_old
from backend.history.actions import note_list_facts, take_price_day, thin
from backend.prices.lookups import city_moment

history = AppGroup("history", help="价格走势：每天的价格、变动、保留多久。")


@history.command("take")
def take() -> None:
    """现在就记下今天全市的价格和名单里谁进谁出，不等夜里。"""
    today = city_moment().date()
    with db.opened():
        drugs = take_price_day(today, city=current_app.config["SETTINGS"].city)
        facts = note_list_facts(today)
    click.echo(f"{drugs} 种药有人卖；名单变动 {facts} 条。")


@history.command("forget")
def forget() -> None:
    """现在就按政策包的期限稀疏旧观测、删到期的变动，不等夜里。"""
    today, city = city_moment().date(), current_app.config["SETTINGS"].city
    with db.opened():
        thinned, gone = thin(today, city=city), forget_old(today, city=city)
    click.echo(f"观测少了 {thinned} 行，变动和每天的价格少了 {gone} 行。")
