"""Policy packs: strict in what they take, clear about which one rules on a day."""

import copy
import tomllib
from dataclasses import FrozenInstanceError, replace
from datetime import date

import pytest

from backend.errors import NotFound
from backend.policy import packs
from backend.policy.packs import chosen, load, pack_on, read_file, read_pack
from backend.policy.reading import BadPack

TODAY = date(2026, 11, 22)
PATH = packs.FOLDER / "shenyang.toml"
RAW = tomllib.loads(PATH.read_text(encoding="utf-8"))
SHENYANG = pack_on("shenyang", TODAY)


def changed(path, value):
    """The raw pack with one value put at a dotted path."""
    raw, table, key = _opened(path)
    table[key] = value
    return raw


def without(path):
    """The raw pack with what stands at a dotted path taken out."""
    raw, table, key = _opened(path)
    del table[key]
    return raw


def _opened(path):
    raw = copy.deepcopy(RAW)
    *names, key = path.split(".")
    table = raw
    for name in names:
        table = table[name]
    return raw, table, key


def refusal(raw):
    with pytest.raises(BadPack) as caught:
        read_pack(raw, name="试验.toml")
    return caught.value.words


def tables(table, where=""):
    """Every table of the raw pack, with its place."""
    yield where, table
    for key, value in table.items():
        for i, one in enumerate(value if isinstance(value, list) else [value]):
            if isinstance(one, dict):
                yield from tables(one, f"{where}.{key}[{i}]")


def test_shenyangs_draft_rules_today_and_says_that_it_is_a_draft():
    assert SHENYANG.id == "shenyang-2025-draft.1"
    assert SHENYANG.draft
    assert SHENYANG.effective_from is None
    assert SHENYANG.effective_until is None


def test_every_number_in_the_pack_names_its_clause_or_its_source():
    silent = [
        f"{where}.{key}"
        for where, table in tables(RAW)
        for key, value in table.items()
        if type(value) in (int, float, date)
        and not (table.get("source") or (table.get("clause") and table.get("quote")))
    ]
    assert silent == []


def test_every_rule_in_the_pack_names_its_clause_or_its_source():
    bare = {"", ".scope[0]", ".about[0]"}
    silent = [
        where
        for where, table in tables(RAW)
        if where not in bare
        and not where.startswith(".documents")
        and any(not isinstance(value, dict) for value in table.values())
        and not (table.get("source") or (table.get("document") and table.get("quote")))
    ]
    assert silent == []


def test_numbers_the_text_does_not_give_are_called_our_own():
    for number in (SHENYANG.band, SHENYANG.freshness, SHENYANG.confidence, SHENYANG.ranking):
        assert "本系统" in number.source


def test_the_telephone_has_a_source_of_its_own():
    assert SHENYANG.consultation.phone == "12393"
    assert "国家医保服务热线" in SHENYANG.consultation.source


def test_all_outlet_kinds_of_the_text_are_there():
    assert {code: kind.class_ for code, kind in SHENYANG.outlet_kinds.items()} == {
        "township_hospital": "public",
        "community_center": "public",
        "community_station": "public",
        "village_clinic": "public",
        "private_clinic": "private",
        "chain_pharmacy": "pharmacy",
        "single_pharmacy": "pharmacy",
    }


def test_no_word_means_two_kinds_of_outlet():
    words = [w for k in SHENYANG.outlet_kinds.values() for w in (k.name, *k.synonyms)]
    assert len(words) == len(set(words))


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("乡镇卫生院", "township_hospital"),
        ("社区医院", "community_center"),
        ("零售药店（连锁）", "chain_pharmacy"),
        ("village_clinic", "village_clinic"),
        ("三甲医院", None),
    ],
)
def test_a_kind_is_known_by_its_name_synonym_or_code(words, code):
    assert SHENYANG.kind_named(words) == code


def test_kinds_can_be_asked_for_by_class():
    assert SHENYANG.kinds_of("pharmacy") == ("chain_pharmacy", "single_pharmacy")


def test_the_four_disease_groups_of_the_text_are_there():
    names = [group.name for group in SHENYANG.disease_groups.values()]
    assert names == ["心脑血管疾病", "消化系统疾病", "呼吸系统疾病", "内分泌疾病"]


def test_a_kind_of_outlet_can_be_added_as_data():
    kind = RAW["outlet_kinds"]["village_clinic"] | {"name": "林场卫生所", "synonyms": []}
    pack = read_pack(changed("outlet_kinds.forest_clinic", kind), name="试验.toml")
    assert pack.kind_named("林场卫生所") == "forest_clinic"


def test_a_pack_is_frozen():
    with pytest.raises(FrozenInstanceError):
        SHENYANG.band.min_observations = 3
    with pytest.raises(TypeError):
        SHENYANG.outlet_kinds["kiosk"] = None


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ("band.minimum", 3, "不认识“minimum”"),
        ("band.min_observations", "十", "应当是整数"),
        ("band.min_observations", True, "应当是整数"),
        ("band.min_observations", 0, "应当大于 0"),
        ("band.low_percent", 75, "low_percent 应当小于 high_percent"),
        ("band.high_percent", 101, "1 到 100"),
        ("band.clear_percent", -1, "不能是负数"),
        ("draft", "是", "true 或 false"),
        ("effective_from", "2025-08-07", "应当是日期"),
        ("city", " ", "不能为空"),
        ("outlet_kinds.village_clinic.class", "hospital", "不在可选的值里"),
        ("price_rules.public.mode", "roughly", "不在可选的值里"),
        ("price_rules.public.markup_fen", -1, "不能是负数"),
        ("agreements.at_winning.mode", "agreement", "不能再是 agreement"),
        ("zero_markup_exception.drug_kinds", ["powder"], "没有在 drug_kinds 里定义"),
        ("zero_markup_exception.drug_kinds", "granule", "一个列表"),
        ("price_rules.public.document", "other", "没有在 documents 里定义"),
        ("scope.drugs.document", "other", "没有在 documents 里定义"),
        ("price_rules.public.clause", "", "三项要一起写"),
        ("freshness.source", "", "没有写明出处"),
        ("confidence.poor_percent", 60, "应当小于 fair_percent"),
        ("confidence.doubt_percent", 100, "1 到 99"),
        ("confidence.told_from", 1, "一个人自己"),
        ("confidence.sources.report.start_percent", 59, "刚看到的"),
        ("confidence.sources.report.stock_half_life_days", 0, "大于 0"),
        ("confidence.sources.rumour", {}, "不在可选的值里"),
        ("confidence.classes.kiosk", {"source": "本系统"}, "没有在 outlet_classes 里定义"),
        ("ranking.fen_per_km", -100, "不能是负数"),
        ("ranking", 100, "一张表"),
        ("monitoring.min_drugs", 0, "应当大于 0"),
        ("monitoring.reference_percent", 101, "1 到 100"),
        ("monitoring.low_permille", 1001, "1000 应当在"),
        ("monitoring.high_permille", 999, "1000 应当在"),
        ("monitoring.weights", "volume", "不在可选的值里"),
        ("price_rules.kiosk", {}, "不在可选的值里"),
        ("reports.agree", 1, "一个来处自己不算数"),
        ("reports.agree_same_day", 1, "一个来处自己不算数"),
        ("reports.agree_same_day", 4, "不大于 agree"),
        ("reports.task_closed", 1, "一个来处自己不算数"),
        ("reports.within_days", 0, "应当大于 0"),
        ("reports.per_asker_day", 0, "应当大于 0"),
        ("outliers.factor", 1, "否则每个价格都可疑"),
        ("reports.keep_days", 13, "不小于 within_days"),
        ("reports.source", "", "没有写明出处"),
        ("pushes.keep_days", 0, "应当大于 0"),
        ("pushes.tries", 0, "应当大于 0"),
        ("pushes.most_wait_s", 9, "不小于 first_wait_s"),
        ("checking.verdict_minutes", 0, "应当大于 0"),
        ("notices.quiet_from", 24, "城市时间的几点"),
        ("notices.gather_s", 3601, "单位是秒"),
        ("notices.keep_days", 0, "应当大于 0"),
        ("checking.tries", 0, "应当大于 0"),
        ("checking.source", "", "没有写明出处"),
        ("citizens.guardian_under", 0, "应当大于 0"),
        ("citizens.session_days", 0, "应当大于 0"),
        ("citizens.unconsented_days", 0, "应当大于 0"),
        ("citizens.proof_days", -1, "应当大于 0"),
    ],
)
def test_a_wrong_value_is_refused_in_a_sentence_that_names_the_field(path, value, words):
    said = refusal(changed(path, value))
    assert words in said
    assert said.startswith("政策包 试验.toml 的“")
    assert f"“{path.split('.')[0]}" in said


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("band", "缺少“band”"),
        ("band.clear_percent", "缺少“clear_percent”"),
        ("price_rules.private", "缺少“private”"),
        ("outlet_classes.pharmacy", "缺少“pharmacy”"),
        ("freshness.source", "没有写明出处"),
        ("confidence.sources.receipt", "缺少“receipt”"),
        ("price_rules.public.quote", "三项要一起写"),
    ],
)
def test_what_is_missing_is_named(path, words):
    assert words in refusal(without(path))


def test_a_pack_that_ends_before_it_begins_is_refused():
    raw = changed("effective_from", date(2026, 2, 1)) | {"effective_until": date(2026, 1, 1)}
    assert "effective_until 早于 effective_from" in refusal(raw)


def dated(id_, begins=None, ends=None, *, draft=False):
    return replace(SHENYANG, id=id_, draft=draft, effective_from=begins, effective_until=ends)


def test_a_document_in_force_goes_before_the_draft_from_its_first_to_its_last_day():
    formal = dated("formal", date(2026, 1, 1), date(2026, 12, 31))
    both = [SHENYANG, formal]
    days = {
        date(2025, 12, 31): SHENYANG.id,
        date(2026, 1, 1): "formal",
        date(2026, 12, 31): "formal",
        date(2027, 1, 1): SHENYANG.id,
    }
    assert {day: chosen(both, day, city="shenyang").id for day in days} == days


def test_of_two_documents_in_force_the_later_one_rules():
    both = [dated("new", date(2026, 6, 1)), dated("old", date(2026, 1, 1))]
    assert chosen(both, date(2026, 5, 31), city="shenyang").id == "old"
    assert chosen(both, date(2026, 6, 1), city="shenyang").id == "new"


def test_a_day_that_no_pack_reaches_is_said_in_words():
    with pytest.raises(NotFound) as caught:
        chosen([dated("new", date(2026, 6, 1))], date(2026, 5, 31), city="shenyang")
    assert "2026-05-31" in caught.value.words


def test_a_city_without_a_pack_is_said_in_words():
    with pytest.raises(NotFound) as caught:
        load("atlantis")
    assert "atlantis" in caught.value.words


def write(folder, name, **changes):
    text = PATH.read_text(encoding="utf-8")
    for old, new in changes.values():
        assert old in text
        text = text.replace(old, new, 1)
    (folder / name).write_text(text, encoding="utf-8")


def test_two_packs_of_equal_right_are_refused(tmp_path):
    write(tmp_path, "one.toml")
    write(tmp_path, "two.toml", id=("draft.1", "draft.2"))
    with pytest.raises(BadPack) as caught:
        load("shenyang", tmp_path)
    assert "效力相同" in caught.value.words


def test_one_id_on_two_packs_is_refused(tmp_path):
    write(tmp_path, "one.toml")
    write(tmp_path, "two.toml", draft=("draft = true", "draft = false"))
    with pytest.raises(BadPack) as caught:
        load("shenyang", tmp_path)
    assert "用了两次" in caught.value.words


def test_the_strongest_of_a_citys_packs_stands_first(tmp_path):
    write(tmp_path, "one.toml")
    write(tmp_path, "two.toml", draft=("draft = true", "draft = false"), id=("draft.1", "1"))
    assert [pack.draft for pack in load("shenyang", tmp_path)] == [False, True]


def test_a_file_that_is_not_toml_is_refused_by_name(tmp_path):
    (tmp_path / "broken.toml").write_text("id = ", encoding="utf-8")
    with pytest.raises(BadPack) as caught:
        read_file(tmp_path / "broken.toml")
    assert "broken.toml" in caught.value.words
    assert "不是有效的 TOML" in caught.value.words


def test_a_city_may_want_no_reports():
    assert read_pack(without("reports"), name="试验.toml").reports is None


def test_a_pack_may_tell_nothing_about_itself_in_plain_words():
    assert dict(read_pack(without("about"), name="试验.toml").about) == {}


@pytest.mark.parametrize(
    ("key", "value"),
    [("whole_days", 0), ("whole_days", 20), ("fact_days", -1), ("price_day_days", 0)],
)
def test_history_kept_for_no_time_or_shorter_than_a_band_needs_it_is_refused(key, value):
    assert f"history.{key}" in refusal(changed(f"history.{key}", value))


def test_a_pack_that_says_nothing_of_history_keeps_everything():
    assert read_pack(without("history"), name="试验.toml").history is None
