"""A served house counts what is asked in vain, and keeps nothing of who asked."""

import sqlite3

PLANTED = {
    "X-Forwarded-For": "203.0.113.77",
    "Cookie": "place=41.777,123.333; mode=elder",
    "Referer": "https://planted.example/ward-7",
    "User-Agent": "PlantedPhone/1.0",
}
TELLING = (b"203.0.113.77", b"127.0.0.1", b"41.777", b"123.333", b"planted", b"PlantedPhone",
           b"13800138000")  # fmt: skip
NOBODY_HAS = "%E6%97%A0%E6%AD%A4%E8%8D%AF"


def test_two_workers_count_one_asker_once_and_write_before_they_stop(serve):
    server = serve()
    for _ in range(8):
        server.get(f"/search?q={NOBODY_HAS}13800138000", **PLANTED)
    server.get(f"/search?q={NOBODY_HAS}", **PLANTED | {"User-Agent": "curl/8.5"})
    assert server.stop() == 0
    folder = server.log.parent
    with sqlite3.connect(folder / "sanjin.db") as file:
        told = file.execute("SELECT district, drug, words, why, askers FROM unmet").fetchall()
    assert told == [("210106", "", "无此药＊", "nothing_found", 1)]
    for path in folder.glob("*.db*"):
        raw = path.read_bytes()
        assert [word for word in TELLING if word in raw] == [], path.name
