"""The page about personal data says what is kept, how long, and every text people consent to."""

from backend.citizens.texts import kinds, text_on
from tests.conftest import NOW


def test_the_page_has_todays_texts_and_the_packs_numbers(house):
    page = house.test_client().get("/privacy").get_data(as_text=True)
    for kind in kinds():
        text = text_on(kind, NOW.date())
        for words in (text.title, text.text, text.why, text.refused, text.basis):
            assert words in page, words
    for words in ("未满 14 岁", "30 天没有用过", "30 天后整个删掉", "满 1096 天后删"):
        assert words in page, words


def test_every_page_leads_to_it(house):
    assert 'href="/privacy"' in house.test_client().get("/rules").get_data(as_text=True)
