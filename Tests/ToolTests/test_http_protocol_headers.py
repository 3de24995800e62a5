# SPDX-License-Identifier: Apache-2.0
"""Headers of the user's that say how the connection or the message works: honoured, or refused by name before any load."""

import json

import pytest

from servers import ScriptedServer

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
THREE = ("--concurrency", "1", "--count", "3", "--timeout", "5s")


class Connections:
    """A script for ScriptedServer that keeps the requests of each connection, which it does not close by itself."""

    def __init__(self, answer=OK):
        self.requests = []
        self._answer = answer

    def __call__(self, peer):
        own = []
        self.requests.append(own)
        while request := peer.read_request():
            own.append(request)
            peer.send(self._answer)

    @property
    def counts(self):
        return [len(own) for own in self.requests]


def seen(load, *flags, answer=OK):
    """The connections that a server sees of a load that succeeds."""
    script = Connections(answer)
    with ScriptedServer(script) as server:
        done = load("http", server.url, *flags)
    assert done.failures == {}, done.messages
    return script


@pytest.mark.parametrize("headers", [
    ["Connection: close"], ["CONNECTION:Close"], ["Connection: keep-alive, close"], ["connection: x ,CLOSE, y"],
    ["Connection: keep-alive", "Connection: close"], ["Connection: close", "X-Id: {{iteration}}"],
    ["Connection: close, {{iteration}}"],
])
def test_a_connection_that_is_asked_to_close_is_not_used_again(load, headers):
    script = seen(load, *THREE, *[word for header in headers for word in ("-H", header)])
    assert script.counts == [1, 1, 1]
    assert all(b"close" in own[0].head.lower() for own in script.requests)


@pytest.mark.parametrize("header", [
    "Connection: keep-alive", "Connection: closed", "Connection: x-close", "Connection: \u0301close", "Keep-Alive: timeout=9",
    "Proxy-Connection: close", "TE: trailers, gzip", "X-Connection: close", "Upgrade: h2c", "Trailer: X-A", "Expect: x",
    "Content-Length: 0", "Host: shop.test", "Host:", "Connection: {{iteration}}",
])
def test_what_else_is_said_of_the_protocol_is_sent_as_it_is(load, header):
    script = seen(load, *THREE, "-H", header)
    assert script.counts == [3]
    name, _, value = header.partition(":")
    for number, request in enumerate(script.requests[0]):
        sent = request.field(name).encode("latin-1").decode()
        assert sent == value.strip().replace("{{iteration}}", str(number))


def test_a_value_of_the_iteration_may_ask_for_the_connections_end(load, tmp_path):
    (tmp_path / "feed.csv").write_text('c\nclose\nkeep-alive\n"keep-alive, Close"\nx\nx\n')
    flags = ("--concurrency", "1", "--count", "5", "-H", "Connection: {{feed.f.c}}", "--feed", f"f={tmp_path}/feed.csv")
    assert seen(load, *flags).counts == [1, 2, 2]


def test_each_request_of_a_chain_asks_for_its_connections_end(load):
    script = Connections()

    def answer(peer):
        own = []
        script.requests.append(own)
        while request := peer.read_request():
            own.append(request)
            moved = b"HTTP/1.1 302 X\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n"
            peer.send(OK if request.line.split()[1] == "/b" else moved)

    with ScriptedServer(answer) as server:
        done = load("http", server.url, *THREE, "-H", "Connection: Close", "--follow-redirects", "1")
    assert done.counts["succeeded"] == 3, done.messages
    assert script.counts == [1] * 6


def test_an_upgrade_that_is_accepted_is_an_answer_after_which_the_connection_ends(load):
    answer = b"HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n"
    flags = ("-H", "Connection: Upgrade", "-H", "Upgrade: websocket", "--expect-status", "101")
    assert seen(load, *THREE, *flags, answer=answer).counts == [1, 1, 1]


REFUSED = {
    "Expect": (["Expect: 100-continue", "--body", "b"], ["Expect", "100-continue", "leave it out"]),
    "Expect, in a list and in capitals": (["expect: x, 100-CONTINUE"], ["expect", "100-continue"]),
    "Expect, a value": (["Expect: {{iteration}}"], ["Expect", "value of the iteration"]),
    "Transfer-Encoding": (["Transfer-Encoding: chunked"], ["Transfer-Encoding", "Content-Length"]),
    "Transfer-Encoding, a value": (["transfer-encoding: {{iteration}}"], ["Transfer-Encoding", "Content-Length"]),
    "Content-Length": (["Content-Length: 9", "--body", "b"], ["Content-Length", "1 bytes", "leave it out"]),
    "Content-Length, a value": (["Content-Length: {{iteration}}"], ["Content-Length", "leave it out"]),
    "Content-Length, twice": (["Content-Length: 0", "-H", "content-length: 0"], ["content-length", "once"]),
    "Host, twice": (["Host: a", "-H", "host: b"], ["host", "once"]),
    "Connection, HTTP/2": (["Connection: close", "--http2"], ["Connection", "HTTP/2", "keep-alive"]),
    "Connection, a value, HTTP/2": (["Connection: {{iteration}}", "--http2"], ["Connection", "HTTP/2"]),
    "Keep-Alive, HTTP/2": (["Keep-Alive: timeout=5", "--http2"], ["Keep-Alive", "HTTP/2", "leave it out"]),
    "Proxy-Connection, HTTP/2": (["Proxy-Connection: x", "--http2"], ["Proxy-Connection", "HTTP/2"]),
    "Upgrade, HTTP/2": (["upgrade: h2c", "--http2"], ["upgrade", "HTTP/2"]),
    "TE, HTTP/2": (["TE: gzip", "--http2"], ["TE", "HTTP/2", "write TE: trailers"]),
    "TE, a value, HTTP/2": (["TE: {{iteration}}", "--http2"], ["TE", "HTTP/2"]),
    "no Host, HTTP/2": (["Host:", "--http2"], ["Host", "HTTP/2", "leave it out"]),
}


@pytest.mark.parametrize(("flags", "words"), REFUSED.values(), ids=REFUSED.keys())
def test_what_would_not_be_true_of_what_is_sent_is_refused_by_name(run, tools, flags, words):
    done = run([tools.gen, "http", "http://127.0.0.1:9/", *THREE, "-H", *flags])
    assert done.status == 64, done.errors()
    assert done.output == b""
    for word in words:
        assert word.lower() in done.errors().lower(), done.errors()


def test_a_config_is_told_of_such_headers_at_their_places_all_at_once(run, tools, tmp_path):
    config = tmp_path / "c.yaml"
    config.write_text("""version: 1
name: c
scenarios:
  s:
    task:
      http:
        url: http://h/
        version: 2
        headers:
          Connection: close
          X-Fine: 1
          TE: gzip
          Expect: 100-continue
    load: {closed: {concurrency: 1, iterations: 1}}
""")
    for command in ([tools.gen, "run", config], [tools.ctl, "validate", config]):
        errors = run(command).errors()
        for place, word in (("c.yaml:10:23:", "Connection"), ("c.yaml:12:15:", "TE"), ("c.yaml:13:19:", "Expect")):
            assert any(place in line and word in line for line in errors.splitlines()), errors
        assert "X-Fine" not in errors


def test_a_config_closes_connections_as_flags_do(load, tmp_path):
    http = {"headers": {"connection": ["x", "Close"]}}
    script = Connections()
    with ScriptedServer(script) as server:
        (tmp_path / "c.yaml").write_text(json.dumps({"version": 1, "name": "c", "scenarios": {"s": {
            "task": {"http": {"url": server.url, **http}}, "load": {"closed": {"concurrency": 1, "iterations": 3}}}}}))
        done = load("run", tmp_path / "c.yaml")
    assert done.counts["succeeded"] == 3, done.messages
    assert script.counts == [1, 1, 1]
