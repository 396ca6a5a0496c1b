"""Invented codes for the demonstration's products; none of them can stand on a real box.

The numbers of products count up from 0000001. The barcodes begin with 952, which GS1 keeps for
demonstrations and examples.
"""

from collections.abc import Iterable, Iterator

from backend.catalog.packcodes import check_digit
from backend.demo.prices import Product

HEADER = ("码", "药品编码", "来源")
SOURCE = "演示对照（程序生成，不是真实药盒上的码）"


def make_codes(drugs: Iterable[Product]) -> Iterator[tuple[str, str, str]]:
    """Rows of a sheet of codes in the order of HEADER: of each product a number and a barcode."""
    for number, code in enumerate(sorted({drug.code for drug in drugs}), start=1):
        barcode = f"952{number:09}"
        yield f"{number:07}", code, SOURCE
        yield barcode + check_digit(barcode), code, SOURCE
