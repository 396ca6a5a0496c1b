"""Names of drugs: the substance without salt and form, packs taken apart, units by form."""

import re
import unicodedata

_SALTS = (
    "盐酸", "二盐酸", "氢溴酸", "硫酸氢", "硫酸", "硝酸", "磷酸", "苯磺酸", "苯磺", "对甲苯磺酸",
    "甲苯磺酸", "甲磺酸", "乙磺酸", "马来酸", "枸橼酸", "酒石酸", "重酒石酸", "富马酸", "琥珀酸",
    "苹果酸", "草酸", "醋酸", "乳酸", "糠酸", "丙酸", "双羟萘酸",
)  # fmt: skip
_FORMS = (
    "片", "缓释片", "控释片", "肠溶片", "肠溶缓释片", "分散片", "咀嚼片", "口崩片", "口腔崩解片",
    "泡腾片", "舌下片", "胶囊", "软胶囊", "肠溶胶囊", "缓释胶囊", "肠溶软胶囊", "缓控释胶囊",
    "颗粒", "肠溶颗粒", "散", "干混悬剂", "混悬剂", "混悬液", "吸入溶液", "溶液", "口服溶液",
    "口服液", "糖浆", "滴剂", "丸", "滴丸", "注射液", "注射用浓溶液", "滴眼液", "滴耳液",
    "滴鼻液", "眼膏", "眼用凝胶", "乳膏", "软膏", "凝胶", "贴剂", "贴片", "栓", "气雾剂",
    "喷雾剂", "鼻喷雾剂", "粉雾剂", "粉吸入剂",
    "散剂", "乳状注射液", "口服混悬液", "混悬滴剂", "吸入气雾剂", "吸入粉雾剂", "阴道泡腾片",
    "涂膜剂",
)  # fmt: skip
_VEHICLES = ("氯化钠", "葡萄糖")


def _longest_first(words):
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_FORM = re.compile(rf"(?<=..)(?:{_longest_first(_FORMS)})$")
_ROUTE = re.compile(r"^(?:注射用|吸入用)(?=..)")
# What follows must be a substance: 枸橼酸氢钾钠, 硫酸亚铁, 醋酸钙 are salts through and through.
_METALS = "钠钾钙镁锌铁铋锂铵铝钡铜"
_SALT = re.compile(
    rf"^(?:{_longest_first(_SALTS)})(?!甘油|异山梨|软骨素|菌素|普通|氢?亚?[{_METALS}])(?=..)"
)
# 丙酸 and the like end acids too: only these acids are the medicine itself.
_ACID_DRUGS = ("芬酸", "丙戊酸", "膦酸", "色甘酸", "夫西地酸", "克拉维酸")
_METAL = re.compile(r"^(?P<stem>.{2,}?[^氢化钠钾钙镁二三])(?:二|三)?[钠钾钙镁]$")
_ESTER = re.compile(r"(?<=..)(?:磷酸(?:二氢)?钠|琥珀酸钠|叔丁胺|氨丁三醇)$")
# A nutrient is no vehicle's passenger: 脂肪乳氨基酸葡萄糖 is one product of three.
_NUTRIENTS = ("葡萄糖", "氨基酸", "氯化钾", "氯化钠", "果糖", "乳酸钠")
# 氨氯地平贝那普利片(Ⅱ) is also written without brackets; 人凝血因子Ⅷ keeps its number.
_EDITION = re.compile(r"(?<=[片囊粒剂液])[IV]+$")
# Propofol floats in an emulsion that is itself a product where nothing floats in it.
_EMULSION = re.compile(r"^(丙泊酚|依托咪酯)中/长链脂肪乳$")


# What is folded may have grown: one sign of a name can stand for eighteen letters.
LONGEST = 200


def core(generic_name: str) -> str:
    """The substance of a generic name, without salt, form and bracketed notes.

    盐酸二甲双胍缓释片 → 二甲双胍, 缬沙坦氨氯地平片（Ⅰ） → 缬沙坦氨氯地平. Compounds stay compounds;
    what is a salt through and through stays (氯化钾, 碳酸氢钠). A name nothing fits stays whole.
    At most LONGEST letters.
    """
    name = re.sub(r"[(\[【][^)\]】]*[)\]】]", "", _plain(generic_name)) or _plain(generic_name)
    name = _EDITION.sub("", name)
    bare = _FORM.sub("", _ROUTE.sub("", name))
    if name.endswith("注射液"):
        bare = _without_vehicle(bare)
    return _EMULSION.sub(r"\1", _without_salt(bare))[:LONGEST]


_VITAMIN = re.compile(r"^维生素(?=[A-Z])")


def also(substance: str) -> tuple[str, ...]:
    """What a substance is also called by rule: 维生素B6 is 维他命B6, 维B6, VB6."""
    if not _VITAMIN.match(substance):
        return ()
    return tuple(_VITAMIN.sub(word, substance) for word in ("维他命", "维", "V"))


def _plain(text: str) -> str:
    # 䓬 is printed 卓 where a font lacks it.
    return "".join(unicodedata.normalize("NFKC", text or "").split()).replace("䓬", "卓")


def _without_vehicle(name):
    for vehicle in _VEHICLES:
        rest = name.removesuffix(vehicle)
        if rest != name and len(rest) > 1 and not rest.endswith(_NUTRIENTS):
            return rest
    return name


def _without_salt(name):
    name = _ESTER.sub("", _SALT.sub("", name))
    metal = _METAL.match(name)
    if not metal:
        return name
    stem = metal["stem"]
    return stem if not stem.endswith("酸") or stem.endswith(_ACID_DRUGS) else name


_COMPANY = re.compile(r"(?:[(（]?集团[)）]?)?(?:股份)?有限(?:责任)?公司$")


def firm(manufacturer: str) -> str:
    """A firm as it is short for people: 天方药业有限公司 → 天方药业."""
    return _COMPANY.sub("", manufacturer) or manufacturer


# A plaster of 7cm*10cm says its size, not a number.
_PACK = re.compile(r"^(?P<strength>.+?)(?P<counts>(?:\*\d+(?!\d|cm|mm)[^\d*/]{0,3})+)(?:/\S+)?$")


def split_pack(pack: str) -> tuple[str, int | None]:
    """The strength and the number of units of a pack: "0.5g*12片*2板" → ("0.5g", 24).

    Full-width signs are folded. The number is None where the pack does not say it, the strength
    at most LONGEST letters.
    """
    written = re.sub(r"[×xX✕](?=\d)", "*", _plain(pack))
    found = _PACK.match(written)
    if not found:
        return written[:LONGEST], None
    quantity = 1
    for count in re.findall(r"\*(\d+)", found["counts"]):
        quantity *= int(count)
    return found["strength"][:LONGEST], quantity or None


# The first word found in the form decides: 干混悬剂 is a powder, 混悬液 a liquid.
_UNITS = (
    ("丸", "丸"), ("胶囊", "粒"), ("吸入用", "支"), ("注射", "支"), ("颗粒", "袋"),
    ("干混悬", "袋"), ("散", "袋"), ("滴眼", "支"), ("滴耳", "支"), ("乳膏", "支"),
    ("软膏", "支"), ("眼膏", "支"),
    ("凝胶", "支"), ("栓", "枚"), ("贴", "贴"), ("片", "片"), ("吸入", "支"), ("雾", "瓶"),
    ("溶液", "瓶"), ("液", "瓶"), ("糖浆", "瓶"), ("滴剂", "瓶"),
)  # fmt: skip


_VOLUME = re.compile(r"^(\d+(?:\.\d+)?)ml", re.IGNORECASE)


def unit_of(dosage_form: str, strength: str = "") -> str:
    """What is counted in a pack of this form: 片, 粒, 支, 袋, 瓶 …; 单位 for an unknown form.

    An injection of 50 ml or more is an infusion and comes in 瓶.
    """
    form = _plain(dosage_form)
    volume = _VOLUME.match(_plain(strength))
    if "注射" in form and volume and float(volume[1]) >= 50:
        return "瓶"
    return next((unit for word, unit in _UNITS if word in form), "单位")


def package_unit(dosage_form: str, quantity: int | None = None, strength: str = "") -> str:
    """What the smallest sales pack is called: 盒, or the one bottle or ampoule itself."""
    unit = unit_of(dosage_form, strength)
    return unit if quantity == 1 and unit in ("支", "瓶") else "盒"
