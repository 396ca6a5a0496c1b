"""Sentences: what a person reads stands where sentences are kept, not between the deeds."""

import re
from fnmatch import fnmatch

from tests.house.project import modules, name_of, strings, tree_of

CHINESE = re.compile(r"[\u3400-\u9fff]")
# A word of data (盒, 商品名) is free; a string that bids, ends or pauses speaks to somebody.
SPEAKS = re.compile(r"[。！？；，]|请")

KEPT_IN = {
    "*/wording.py": "every slice's and face's sentences",
    "backend/prices/belief_wording.py": "of prices, how old they are and how far they are believed",
    "backend/errors.py": "the sentence of each refusal",
    "backend/policy/reading.py": "the sentence of its one refusal",
    "backend/*/sheets.py": "forms: the help of each column",
    "backend/sheets/*.py": "reading files: each refusal beside the mark it looks for",
    "backend/web/fields.py": "what each kind of field says when it is filled in wrongly",
    "backend/web/refusals.py": "what the web framework's own refusals are called",
    "miniprogram_api/*_schemas.py": "descriptions in the API's pages",
    "miniprogram_api/doors.py": "descriptions in the API's pages",
    "miniprogram_api/contract_wording.py": "descriptions in the API's pages",
    "miniprogram_api/ledger_wording.py": "said to the developer who breaks the contract",
    "miniprogram_api/data.py": "descriptions in the API's pages",
    "miniprogram_api/lists.py": "descriptions in the API's pages",
    "miniprogram_api/suggest.py": "descriptions in the API's pages",
    "miniprogram_api/health.py": "descriptions in the API's pages",
    "miniprogram_api/outlets.py": "descriptions in the API's pages",
    "backend/demo/*.py": "the demonstration's invented data",
    "backend/commands.py": "said to the operator at a terminal",
    "backend/index_commands.py": "said to the operator at a terminal",
    "backend/contract_commands.py": "said to the developer at a terminal",
    "backend/report_commands.py": "said to the operator at a terminal",
    "backend/history_commands.py": "said to the operator at a terminal",
    "backend/demand_commands.py": "said to the operator at a terminal",
    "backend/monitoring_commands.py": "said to the operator at a terminal",
    "backend/data_commands.py": "said to the operator at a terminal",
    "backend/key_commands.py": "said to the operator at a terminal",
    "backend/outside/keyfiles.py": "said to the operator at a terminal",
    "backend/notice_commands.py": "said to the operator at a terminal",
    "backend/check_commands.py": "said to the operator at a terminal",
    "backend/personal_commands.py": "said to the operator at a terminal",
    "backend/push_commands.py": "said to the operator at a terminal",
    "backend/serve.py": "said to the operator at a terminal",
    "backend/setting_readers.py": "said to the operator at a terminal",
    "backend/settings.py": "said to the operator at a terminal",
    "backend/db/*.py": "said to the operator at a terminal",
    "backend/queue/__init__.py": "said to the operator at a terminal",
    "backend/outside/limits.py": "said to the operator at a terminal",
    "search/*.py": "imports nothing of ours, so its few refusals stand with it",
    "backend/catalog/naming.py": "patterns that take names of drugs apart",
    "backend/outlets/naming.py": "patterns that take names of outlets and questions apart",
    "backend/outlets/hours.py": "patterns that take opening hours apart",
    "backend/outlets/places.py": "refusals of coordinates, beside what they refuse",
}


def test_sentences_stand_where_sentences_are_kept():
    astray = [
        f"{name_of(path)}:{said.lineno} {said.value[:30]}"
        for path in modules()
        if not any(fnmatch(name_of(path), place) for place in KEPT_IN)
        for said in strings(tree_of(path))
        if CHINESE.search(said.value) and SPEAKS.search(said.value)
    ]
    assert astray == []


def test_every_place_of_the_list_still_exists():
    names = [name_of(path) for path in modules()]
    assert [place for place in KEPT_IN if not any(fnmatch(n, place) for n in names)] == []
