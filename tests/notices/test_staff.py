"""Telling the staff: over real HTTP and SMTP, within the robot's limits, no key in any word."""

import json
import logging
import socketserver
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from backend.outside.kept import KeptInMemory
from backend.outside.staff import Given, NotTold, Terminal, connect, cut

KEY = "b5ec2e70-0000-4000-8000-secretsecret"


class Group(BaseHTTPRequestHandler):
    """A group's robot."""

    def do_POST(self):
        said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.said.append(said["text"]["content"])
        body = self.server.answer
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Postman(socketserver.StreamRequestHandler):
    """A mail server that takes everything."""

    def handle(self):
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline().decode().strip():
            word = line.split()[0].upper()
            if word == "DATA":
                self.wfile.write(b"354 go on\r\n")
                letter = []
                while (part := self.rfile.readline()) != b".\r\n":
                    letter.append(part)
                self.server.letters.append(b"".join(letter).decode())
            self.wfile.write(b"221 bye\r\n" if word == "QUIT" else b"250 well\r\n")


@pytest.fixture
def served():
    """served(server) → its port, for the length of a test."""
    running = []

    def start(server):
        running.append(server)
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        return server.server_address[1]

    yield start
    for server in running:
        server.shutdown()
        server.server_close()


@pytest.fixture
def group(served):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Group)
    server.said, server.answer = [], b'{"errcode":0,"errmsg":"ok"}'
    server.url = f"http://127.0.0.1:{served(server)}/send?key={KEY}"
    return server


def robot(group):
    return connect(Given(robot_url=group.url), KeptInMemory())


def test_a_group_is_told(group):
    robot(group).tell("有消息发不出去", "3 条停着，请看 flask notices list。")
    assert group.said == ["有消息发不出去\n3 条停着，请看 flask notices list。"]


def test_of_a_minute_a_group_is_told_twenty_at_most(group):
    one = robot(group)
    for number in range(20):
        one.tell("t", str(number))
    with pytest.raises(NotTold, match="too_often"):
        one.tell("t", "21")
    assert len(group.said) == 20


def test_long_words_are_cut_where_a_character_ends(group):
    robot(group).tell("题", "字" * 2000)
    assert len(group.said[0].encode()) <= 2048
    assert cut("一二", 5) == "一"


@pytest.mark.parametrize(
    "answer", [b'{"errcode":93000}', b"<html>", b"[]", b"", b'{"errcode":"0"}']
)
def test_a_refusal_is_told_without_the_key(group, answer, caplog):
    caplog.set_level(logging.DEBUG)
    group.answer = answer
    with pytest.raises(NotTold) as refused:
        robot(group).tell("t", "w")
    assert KEY not in str(refused.value)
    assert KEY not in caplog.text
    assert refused.value.__context__ is None or KEY not in str(refused.value.__context__)


def test_nobody_there_is_told_without_the_key():
    gone = Given(robot_url=f"http://127.0.0.1:1/send?key={KEY}")
    with pytest.raises(NotTold) as refused:
        connect(gone, KeptInMemory()).tell("t", "w")
    assert KEY not in repr(refused.value) + str(refused.value.__context__)


def test_a_letter_is_sent(served):
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Postman)
    server.letters = []
    url = f"smtp://127.0.0.1:{served(server)}"
    connect(Given("", url, "a@x.cn", "b@x.cn, c@x.cn"), KeptInMemory()).tell("有消息停着", "三条")
    assert "To: b@x.cn, c@x.cn" in server.letters[0]
    assert "=?utf-8?" in server.letters[0]


def test_one_way_that_fails_is_made_up_for_by_another(group):
    given = Given(group.url, "smtp://127.0.0.1:1", "a@x.cn", "b@x.cn")
    connect(given, KeptInMemory()).tell("t", "w")
    assert group.said == ["t\nw"]


def test_without_settings_the_terminal_is_told(capsys):
    one = connect(Given(), KeptInMemory())
    assert isinstance(one, Terminal)
    one.tell("题", "话")
    assert "题: 话" in capsys.readouterr().err
