"""An address carries the place it is measured from, so whoever opens it sees the same."""

import re

import pytest

CENTRE = "lat=41.796&lon=123.459"


@pytest.fixture
def code(phone):
    return phone.get("/api/v1/drugs", q="盐酸二甲双胍片")["items"][0]["code"]


@pytest.fixture
def neighbour(town):
    """Somebody who has chosen 沈河区."""
    client = town.test_client()
    client.post("/place", data={"district": "210103", "back": "/"})
    return client


def shown(page):
    """Names and distances, in order."""
    return re.findall(r'href="/outlets/([^"#]+)">|class="distance">([^<]+)', page)


@pytest.mark.parametrize("path", ["/offers?drug={}", "/outlets", "/map"])
def test_who_has_chosen_a_place_is_sent_to_the_address_that_names_it(neighbour, code, path):
    answer = neighbour.get(path.format(code))
    assert answer.status_code == 302
    assert answer.location.endswith(CENTRE)
    assert neighbour.get(answer.location).status_code == 200


def test_whoever_opens_the_address_sees_the_same_and_where_it_is_measured_from(
    town, neighbour, code
):
    address = neighbour.get(f"/offers?drug={code}").location
    his = neighbour.get(address).get_data(as_text=True)
    mine = town.test_client().get(address).get_data(as_text=True)
    assert shown(his) == shown(mine)
    assert "从沈河区中心量起" in mine
    assert "换成我的地方" in mine
    assert "换成我的地方" not in his


def test_a_position_nobody_here_chose_is_called_the_address_s(phone, code):
    page = phone.page("/offers", drug=code, lat="41.8", lon="123.43")
    assert "从网址里的位置量起" in page


def test_who_has_a_place_of_his_own_may_go_back_to_it(neighbour, code):
    page = neighbour.get(f"/offers?drug={code}&lat=41.8&lon=123.43").get_data(as_text=True)
    (own,) = re.findall(r'href="([^"]+)">换成我的地方', page)
    assert neighbour.get(own.replace("&amp;", "&")).location.endswith(CENTRE)


@pytest.mark.parametrize("finer", ["lat=41.79612&lon=123.45891", "lat=41.7960&lon=123.459000"])
def test_a_finer_position_is_sent_to_the_rounded_one(town, code, finer):
    answer = town.test_client().get(f"/offers?drug={code}&{finer}&sort=price")
    assert answer.status_code == 302
    assert CENTRE in answer.location
    assert "sort=price" in answer.location


def test_a_district_chosen_in_a_form_becomes_a_place_in_the_address(town, code):
    answer = town.test_client().get(f"/offers?drug={code}&near=210103")
    assert CENTRE in answer.location
    assert "near" not in answer.location


def test_another_place_takes_the_old_one_out_of_the_address(neighbour):
    back = f"/outlets?kind=village_clinic&{CENTRE}&page=3"
    answer = neighbour.post("/place", data={"district": "210102", "back": back})
    assert answer.location == "/outlets?kind=village_clinic"


def test_the_results_without_a_place_offer_the_districts_at_once(phone, code):
    page = phone.page("/offers", drug=code)
    assert page.count('name="near"') == 13


def test_the_nearest_at_the_winning_price_stands_first_and_only_once(phone, code):
    asked = {"drug": code, "lat": "41.796", "lon": "123.459"}
    page = phone.page("/offers", **asked)
    told = phone.get("/api/v1/offers", **asked, at_or_below_winning="true", in_stock="true")
    first = told["items"][0]
    cards = re.findall(r'<article class="card offer" aria-labelledby="o-(\w+)"', page)
    assert cards[0] == first["offer"]
    assert cards.count(first["offer"]) == 1
    assert first["price_fen"] <= first["winning_price_fen"]


@pytest.mark.parametrize("asked", [{"sort": "price"}, {"page": "2"}])
def test_another_order_or_page_is_left_as_it_was_asked(phone, code, asked):
    page = phone.page("/offers", drug=code, lat="41.796", lon="123.459", **asked)
    assert "最近的、不高于中选价的一家" not in page


def test_one_product_found_leads_straight_to_who_sells_it(town, phone, code):
    drugs = phone.get("/api/v1/drugs", page_size="100")["items"]
    words = next(
        d["nhsa_code"] or d["code"] for d in drugs
        if phone.get("/api/v1/drugs", q=d["nhsa_code"] or d["code"])["total"] == 1
    )  # fmt: skip
    answer = town.test_client().get("/search", query_string={"q": words, "near": "210103"})
    assert answer.status_code == 302
    assert answer.location.startswith("/offers?drug=")
    assert "near=210103" in answer.location


def test_the_address_to_hand_on_stands_on_the_page(phone, code):
    page = phone.page("/offers", drug=code, lat="41.796", lon="123.459")
    assert f'value="http://localhost/offers?drug={code}&amp;{CENTRE.replace("&", "&amp;")}"' in page


@pytest.mark.parametrize(("asked", "api"), [("", {"badge": "active"}), ("badge=all", {})])
def test_the_data_beside_a_list_of_outlets_is_the_list_s(phone, asked, api):
    page = phone.page(f"/outlets?{asked}")
    (data,) = re.findall(r'href="(/api/v1/outlets[^"]*)"', page)
    told = phone.get(data.replace("&amp;", "&"))
    assert told["total"] == phone.get("/api/v1/outlets", **api)["total"]
    assert f"{told['total']} 家" in page
