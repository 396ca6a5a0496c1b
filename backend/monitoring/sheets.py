"""What a sheet of official figures looks like."""

from backend.prices.sheets import OUTLET
from backend.sheets.forms import Column, Form

OFFICIAL = Form(
    key="official_index",
    title="官方公布的量价比较指数",
    columns=(
        OUTLET,
        Column(
            "期间",
            "period",
            "text",
            synonyms=("月份", "period"),
            required=True,
            max_length=20,
            help="哪一个月，例如 2026-10",
        ),
        Column(
            "指数",
            "figure",
            "text",
            synonyms=("量价比较指数", "index"),
            required=True,
            max_length=20,
            help="以 1 为基数，最多三位小数，例如 1.085；公布的是百分数的，先除以 100",
        ),
        Column(
            "来源文件",
            "document",
            "text",
            synonyms=("文件", "来源", "source"),
            required=True,
            max_length=300,
            help="公布这个数的文件或通报；演示用的以“演示”开头",
        ),
        Column(
            "发布日期",
            "published_on",
            "date",
            synonyms=("公布日期", "published_on"),
            required=True,
            help="文件发布的那一天",
        ),
    ),
)
