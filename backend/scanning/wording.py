"""Every sentence about a scanned code: what it stands for, and what to do where it fails."""

from backend.catalog.packcodes import APPROVAL, BASE, GTIN, NHSA, TRACE

KINDS = {
    TRACE: "药品追溯码（前 7 位）",
    GTIN: "商品条码",
    BASE: "药品本位码",
    APPROVAL: "批准文号",
    NHSA: "医保编码",
}
DEMO = "演示对照：这个码是虚构的，不是真实药盒上的码。"
CHOOSE = "这个码有几种包装或规格，请对着药盒选一种。"
NOT_ONE_OF_THEM = "这个码不是这种药，请从下面几种里选。"
NOT_KNOWN = "这个码我们还没有对上药。"
ONLY_IF = "下面按您在哪里问的价分开判；假定那家是医保定点、参加三进。"
_OTHERS = {
    TRACE: "换盒上的国药准字（字母加 8 位数字）试试。",
    GTIN: "换盒上的国药准字（字母加 8 位数字）或追溯码试试。",
    BASE: "换盒上的国药准字（字母加 8 位数字）或追溯码试试。",
    APPROVAL: "看看字母和数字有没有抄错，或者换盒上的追溯码试试。",
    NHSA: "换盒上的国药准字（字母加 8 位数字）试试。",
}
BY_NAME = "按药名查：通用名写在药盒正面，打拼音首字母也行。"


def advice(kind: str, consultation: str) -> list[str]:
    """What to do with a code that stands for nothing we know."""
    return [_OTHERS[kind], BY_NAME, consultation]
