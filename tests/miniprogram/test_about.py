"""The page 什么是三进, as the server draws it."""


def test_the_page_tells_what_it_is_with_clause_quote_and_telephone(phone):
    page = phone.page("/about")
    for words in ("征求意见稿", "三（四）", "双标签", "都应参加", "自愿", "12393", "持续推进阶段"):
        assert words in page


def test_it_is_found_from_home_and_from_the_foot_of_every_page(phone):
    assert phone.page("/").count('href="/about"') == 2
    assert 'href="/about"' in phone.page("/rules")


def test_it_needs_no_data(house):
    assert house.test_client().get("/about").status_code == 200
