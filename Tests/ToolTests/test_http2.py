# SPDX-License-Identifier: Apache-2.0
"""The http task over HTTP/2: real servers, limits of streams and windows, and servers that end streams in odd ways."""

import json
import os
import signal
import socket
import struct

import pytest

import vajra
from http2_servers import (
    ACK, CANCEL, DATA, END_HEADERS, END_STREAM, ENHANCE_YOUR_CALM, GOAWAY, HEADERS, INTERNAL_ERROR, NO_ERROR, PING,
    PUSH_PROMISE, REFUSED_STREAM, RST_STREAM, WINDOW_UPDATE, Nghttpd, field, scripted_http2, status)
from servers import ScriptedServer, answering
from tls_servers import TLSNginx, certified

ONE = ("--http2", "--concurrency", "1", "--for", "60s", "--lanes", "1", "--timeout", "10s")
THREE = (*ONE, "--count", "3")


@pytest.fixture
def nginx(processes, short_path, certificates):
    """An nginx with HTTP/2 over TLS."""
    return lambda lines="": TLSNginx(
        processes, short_path, {"h2": certified(certificates.good) + lines}, kind="ssl http2")


@pytest.fixture
def nghttpd(processes, tmp_path):
    def make(*flags, pair=None):
        root = tmp_path / "htdocs"
        root.mkdir()
        return Nghttpd(processes, root, *flags, pair=pair)

    return make


# -- Real servers ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("streams", "connections"), [(1, 12), (5, 3), (12, 1), (100, 1)])
def test_streams_share_as_few_connections_as_have_room(load, nginx, certificates, streams, connections):
    server = nginx()
    done = load("http", server.url("h2"), "--http2", "--streams", str(streams), "--concurrency", "12", "--count", "600",
                "--for", "60s", "--lanes", "1", "--ca-file", certificates.ca, "--expect-body", "ok",
                "--expect-header", "Server")
    assert done.counts["succeeded"] == 600, done.messages
    assert done.counts["status"] == {"200": 600}
    requests = server.requests("h2")
    assert len(requests) == 600
    assert {words[4] for words in requests} == {"HTTP/2.0"}
    assert len({words[0] for words in requests}) == connections


@pytest.mark.parametrize("is_secure", [True, False])
def test_nghttpd_is_spoken_to_by_alpn_and_by_prior_knowledge(load, nghttpd, certificates, is_secure):
    server = nghttpd(pair=certificates.good if is_secure else None)
    trust = ("--ca-file", certificates.ca) if is_secure else ()
    done = load("http", server.url("small"), "--http2", "--concurrency", "20", "--count", "1000", "--for", "60s", *trust,
                "--expect-body", "small")
    assert done.counts["succeeded"] == 1000, done.messages
    done = load("http", server.url("nothing"), *THREE, *trust)
    assert (done.status, done.failures, done.counts["status"]) == (1, {"status": 3}, {"404": 3})
    done = load("http", server.url("small"), *THREE, *trust, "--expect-body", "large")
    assert done.failures == {"body": 3}
    done = load("http", server.url("small"), *THREE, *trust, "--expect-header", "X-None")
    assert done.failures == {"header": 3}


def test_a_rate_is_kept_over_http2(load, nghttpd):
    server = nghttpd()
    done = load("http", server.url("small"), "--http2", "--rate", "1000/s", "--for", "2s")
    assert done.has_passed, done.messages
    assert done.counts["succeeded"] == 2000


def test_head_has_no_body(load, nghttpd):
    server = nghttpd()
    done = load("http", server.url("large"), *THREE, "-X", "HEAD", "--expect-header", "Content-Length: 1048583")
    assert done.counts["succeeded"] == 3, done.messages
    assert done.counts["bytes_received"] < 1000


def test_responses_larger_than_the_window_of_a_stream_are_read_whole(load, processes, short_path, certificates):
    server = TLSNginx(processes, short_path, {"h2": certified(certificates.good)}, kind="ssl http2")
    with (server.root / "files" / "huge").open("wb") as file:
        for _ in range(40):
            file.write(bytes(1 << 20))
        file.write(b"the-end")
    done = load("http", server.url("h2", "files/huge"), "--http2", "--concurrency", "8", "--count", "16", "--for", "60s",
                "--lanes", "1", "--timeout", "60s", "--ca-file", certificates.ca, "--expect-body", "the-end")
    assert done.counts["succeeded"] == 16, done.messages
    assert done.counts["bytes_received"] > 16 * 40 << 20
    assert done.peak_memory < 128 << 20, "no body is kept"


def test_a_server_that_allows_few_streams_gets_more_connections(load, nghttpd):
    server = nghttpd("-m", "2", "-v")
    done = load("http", server.url("small"), "--http2", "--streams", "10", "--concurrency", "10", "--count", "1000",
                "--for", "60s", "--lanes", "1", "--iterations", "all")
    assert done.counts["succeeded"] == 1000, done.messages
    greetings = server.process.output.count(b"SETTINGS_MAX_CONCURRENT_STREAMS(0x03):2]")
    assert 5 <= greetings <= 6


def test_a_body_larger_than_the_servers_window_is_sent_whole(load, nghttpd, tmp_path):
    server = nghttpd("--echo-upload")
    body = os.urandom(350_000).hex()
    (tmp_path / "body").write_text(body)
    (tmp_path / "c.yaml").write_text(json.dumps({
        "version": 1, "name": "c", "scenarios": {"s": {
            "task": {"http": {"url": server.url("echo"), "method": "POST", "version": 2, "streams": 3,
                              "body": "${file:" + str(tmp_path / "body") + "}", "expect": {"body_contains": body[-60:]}}},
            "load": {"closed": {"concurrency": 3, "iterations": 12, "for": "60s"}}}}}))
    done = load("run", tmp_path / "c.yaml")
    assert done.counts["succeeded"] == 12, done.messages
    assert done.counts["bytes_sent"] > 12 * len(body)
    assert done.counts["bytes_received"] > 12 * len(body)


def test_trailers_end_a_response(load, nghttpd):
    server = nghttpd("--trailer", "x-checksum: 1")
    done = load("http", server.url("small"), *THREE, "--expect-body", "small")
    assert done.counts["succeeded"] == 3, done.messages
    done = load("http", server.url("small"), *THREE, "--expect-header", "X-Checksum")
    assert done.failures == {"header": 3}, "a trailer is not a header"


def test_a_server_that_ends_connections_costs_no_failure_to_one_stream_at_a_time(load, nginx, certificates):
    server = nginx("keepalive_requests 10;")
    done = load("http", server.url("h2"), *ONE, "--streams", "1", "--count", "100", "--ca-file", certificates.ca)
    assert done.counts["succeeded"] == 100, done.messages
    assert len({words[0] for words in server.requests("h2")}) >= 10


# -- Servers without HTTP/2 --------------------------------------------------------------------------------------------


def test_a_server_without_http2_has_a_failure_kind_of_its_own(load, processes, short_path, certificates):
    server = TLSNginx(processes, short_path, {"tls": certified(certificates.good)})
    done = load("http", server.url("tls"), *THREE, "--ca-file", certificates.ca)
    assert (done.status, done.failures) == (1, {"http2_unsupported": 3}), done.messages


PLAIN = {
    "an answer in HTTP/1.1": answering(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"),
    "the end": lambda peer: peer.sock.recv(4096),
    "rubbish": lambda peer: (peer.sock.recv(4096), peer.send(bytes(range(256))), peer.wait_for_close()),
}


@pytest.mark.parametrize("story", PLAIN)
def test_so_has_one_without_tls(load, story):
    with ScriptedServer(PLAIN[story]) as server:
        done = load("http", server.url, *THREE)
    assert (done.status, done.failures) == (1, {"http2_unsupported": 3}), done.messages


def test_a_server_that_says_nothing_is_given_the_time_to_connect(load):
    with ScriptedServer(lambda peer: peer.wait_for_close()) as server:
        done = load("http", server.url, *THREE, "--connect-timeout", "200ms")
    assert (done.status, done.failures) == (1, {"connect_timeout": 3})
    assert "SETTINGS" in done.messages[0]


# -- Streams that end in odd ways --------------------------------------------------------------------------------------


def always(act):
    """A script that does the same for each stream that begins."""

    def script(peer):
        while frame := peer.frame():
            if frame[0] == HEADERS:
                act(peer, frame[2])

    return script


def once(act):
    """A script that does so for the first stream, and then ends the connection."""
    return lambda peer: act(peer, peer.requests(1)[0])


def reset(code):
    return always(lambda peer, stream: peer.send(RST_STREAM, 0, stream, struct.pack(">I", code)))


def headers(block, end=True):
    return always(lambda peer, stream: peer.send(HEADERS, END_HEADERS | (END_STREAM if end else 0), stream, block))


def half(peer, stream):
    peer.send(HEADERS, END_HEADERS, stream, status(200))
    peer.send(DATA, 0, stream, b"half")


ODD = {
    "refused": (reset(REFUSED_STREAM), "stream_refused"),
    "reset": (reset(INTERNAL_ERROR), "stream_reset"),
    "reset to slow down": (reset(ENHANCE_YOUR_CALM), "stream_reset"),
    "reset in the middle": (
        always(lambda peer, stream: (half(peer, stream), peer.send(RST_STREAM, 0, stream, struct.pack(">I", 2)))),
        "stream_reset"),
    "cut before the response": (once(lambda peer, stream: None), "closed"),
    "cut in the middle": (once(half), "short_body"),
    "a TCP reset": (once(lambda peer, stream: (half(peer, stream), peer.reset())), "reset"),
    "no status": (headers(field("x", "y")), "malformed_response"),
    "a name in capitals": (headers(status(200) + field("X", "y")), "malformed_response"),
    "a status that is no number": (headers(b"\x08\x03abc"), "malformed_response"),
    "more than the announced length": (
        always(lambda peer, stream: (
            peer.send(HEADERS, END_HEADERS, stream, status(200) + field("content-length", "1")),
            peer.send(DATA, END_STREAM, stream, b"two"))), "malformed_response"),
    "less than the announced length": (
        always(lambda peer, stream: (
            peer.send(HEADERS, END_HEADERS, stream, status(200) + field("content-length", "9")),
            peer.send(DATA, END_STREAM, stream, b"two"))), "malformed_response"),
    "data of no stream": (always(lambda peer, stream: peer.send(DATA, END_STREAM, 0, b"x")), "http2_protocol"),
    "a frame beyond the limit": (always(lambda peer, stream: peer.send(DATA, 0, stream, bytes(20_000))), "http2_protocol"),
    "a field block that does not decode": (headers(b"\xff\xff\xff\xff\xff\xff"), "http2_protocol"),
    "a promise that nobody wants": (
        always(lambda peer, stream: peer.send(PUSH_PROMISE, END_HEADERS, stream, struct.pack(">I", 2) + status(200))),
        "http2_protocol"),
}


@pytest.mark.parametrize("story", ODD)
def test_a_stream_that_ends_in_an_odd_way_is_told(load, story):
    script, kind = ODD[story]
    with scripted_http2(script) as server:
        done = load("http", server.url, *THREE)
    assert (done.status, done.failures) == (1, {kind: 3}), done.messages


@pytest.mark.parametrize(
    ("settings", "act", "kind"),
    [(b"\x00\x03\x00\x00\x00\x00", lambda peer: None, "stream_refused"), (b"", lambda peer: peer.go_away(0), "goaway")],
    ids=["no streams allowed", "goodbye at once"])
def test_a_connection_that_takes_no_request_is_a_failure_and_not_followed_by_another(load, settings, act, kind):
    def script(peer):
        act(peer)
        peer.wait_for_close()

    with scripted_http2(script, settings) as server:
        done = load("http", server.url, *THREE)
    assert (done.status, done.failures) == (1, {kind: 3}), done.messages
    assert server.connections == 3


def test_what_a_reset_says_is_in_the_message(load):
    with scripted_http2(reset(ENHANCE_YOUR_CALM)) as server:
        done = load("http", server.url, *THREE)
    assert "ENHANCE_YOUR_CALM" in done.messages[0]


def test_an_answer_before_the_server_closes_in_the_middle_of_a_body_is_taken(load, tmp_path):
    body = tmp_path / "body"
    body.write_bytes(b"x" * 2_000_000)

    def script(peer):
        # Else the answer may still wait for an acknowledgement, and be thrown away by the reset.
        peer.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        stream = peer.await_frame(HEADERS)[2]
        peer.send(WINDOW_UPDATE, 0, 0, (1 << 30).to_bytes(4, "big"))
        peer.send(WINDOW_UPDATE, 0, stream, (1 << 30).to_bytes(4, "big"))
        peer.await_frame(DATA)
        peer.send(HEADERS, END_HEADERS | END_STREAM, stream, status(413))
        # With much of the body unread: the kernel sends a reset behind the answer.
        peer.sock.close()

    with scripted_http2(script) as server:
        done = load("http", server.url, "--http2", "--method", "POST", "--body-file", body, "--expect-status", "413", "--concurrency", "3",
                    "--count", "30", "--lanes", "1", "--streams", "1", "--max-requests-per-connection", "1")
    assert done.counts["status"] == {"413": 30}, done.messages


def test_an_answer_before_the_request_is_whole_is_a_success(load):
    def act(peer, stream):
        peer.answer(stream)
        peer.send(RST_STREAM, 0, stream, struct.pack(">I", NO_ERROR))

    # The window of 65 535 bytes is never opened further, so that the rest of the body cannot be sent.
    with scripted_http2(always(act)) as server:
        done = load("http", server.url, *THREE, "-b", "x" * 100_000)
    assert done.counts["succeeded"] == 3, done.messages


@pytest.mark.parametrize(("code", "kind"), [("099", "malformed_response"), (599, "status"), (600, "status"), (999, "status")])
def test_a_status_is_judged_as_over_http1(load, code, kind):
    with scripted_http2(always(lambda peer, stream: peer.answer(stream, code=code))) as server:
        done = load("http", server.url, *THREE)
    assert done.failures == {kind: 3}, done.messages
    assert done.counts["status"] == ({str(code): 3} if kind == "status" else {})


def test_all_lines_of_a_header_are_looked_at(load):
    lines = field("vary", "origin") + field("vary", "accept") + b"".join(
        field("set-cookie", f"c{n}={n}") for n in range(40))
    heads = []

    def act(peer, stream):
        heads.append(peer.seen[-1][3])
        peer.send(HEADERS, END_HEADERS | END_STREAM, stream, status(200) + lines)

    with scripted_http2(always(act)) as server:
        done = load("http", server.url, *THREE, "--expect-header", "Vary: accept", "--expect-header", "vary: origin, accept",
                    "--cookies", "-H", "TE: trailers")
    assert done.counts["succeeded"] == 3, done.messages
    assert len(heads[1]) > len(heads[0]) + 40 * 3, "the cookies are sent back"
    assert b"\x02te" in heads[0], "the one value that TE may have"


def test_interim_responses_and_pings_are_passed_over(load):
    pongs = []

    def act(peer, stream):
        peer.send(HEADERS, END_HEADERS, stream, status(103) + field("link", "</a>"))
        peer.send(PING, 0, 0, b"12345678")
        _, flags, _, payload = peer.await_frame(PING)
        pongs.append((flags & ACK, payload))
        peer.answer(stream)

    with scripted_http2(always(act)) as server:
        done = load("http", server.url, *THREE, "--expect-body", "ok")
        missing = load("http", server.url, *THREE, "--expect-header", "Link")
    assert done.counts["status"] == {"200": 3}, done.messages
    assert missing.failures == {"header": 3}, "a header of an interim response is not one of the response"
    assert pongs == [(ACK, b"12345678")] * 6


# -- Connections that end ----------------------------------------------------------------------------------------------


def test_streams_above_the_last_one_of_a_goaway_fail_and_are_not_sent_again(load):
    counts = []

    def script(peer):
        streams = peer.requests(3) if not counts else [peer.requests(1)[0]]
        counts.append(len(streams))
        if len(streams) == 3:
            peer.go_away(streams[0])
        for stream in streams[:1]:
            peer.answer(stream)
        while frame := peer.frame():
            if frame[0] == HEADERS:
                counts[-1] += 1
                peer.answer(frame[2])

    with scripted_http2(script) as server:
        done = load("http", server.url, "--http2", "--streams", "3", "--concurrency", "3", "--count", "30", "--for", "60s",
                    "--lanes", "1")
    assert done.failures == {"goaway": 2}, done.messages
    assert done.counts["succeeded"] == 28
    assert counts == [3, 27], "nothing was sent on the connection after its GOAWAY, and nothing twice"
    assert "NO_ERROR" in done.messages[0]


def test_streams_below_it_go_on_to_their_end(load):
    def script(peer):
        streams = peer.requests(3)
        peer.go_away(streams[-1])
        for stream in reversed(streams):
            peer.answer(stream)
        peer.wait_for_close()

    with scripted_http2(script) as server:
        done = load("http", server.url, "--http2", "--streams", "3", "--concurrency", "3", "--count", "9", "--for", "60s",
                    "--lanes", "1")
        assert done.counts["succeeded"] == 9, done.messages
        assert server.connections == 3


def test_a_stream_that_stalls_is_cancelled_after_its_timeout_and_others_go_on(load):
    seen = []

    def script(peer):
        stalled = None
        while frame := peer.frame():
            seen.append(frame)
            if frame[0] == HEADERS:
                if stalled is None:
                    stalled = frame[2]
                else:
                    peer.answer(frame[2])

    with scripted_http2(script) as server:
        done = load("http", server.url, "--http2", "--concurrency", "2", "--count", "50", "--for", "60s", "--lanes", "1",
                    "--timeout", "300ms")
        assert server.connections == 1
    assert done.failures == {"timeout": 1}
    assert done.counts["succeeded"] == 49
    resets = [(stream, struct.unpack(">I", payload)[0]) for kind, _, stream, payload in seen if kind == RST_STREAM]
    assert resets == [(1, CANCEL)]


def test_a_stop_gives_up_what_hangs_and_counts_it(pipeline, tools):
    begun = []

    def script(peer):
        while frame := peer.frame():
            if frame[0] == HEADERS:
                begun.append(frame[2])

    with scripted_http2(script) as server:
        gen = pipeline([tools.gen, "http", server.url, "--http2", "--concurrency", "4", "--for", "60s", "--lanes", "1",
                        "--drain", "200ms"])
        vajra.await_condition(lambda: len(begun) == 4, "streams hang")
        gen.signal(signal.SIGINT)
        assert gen.await_end() < 1 + vajra.NOISE
    assert gen.status == 130
    (end,) = vajra.of_type(vajra.lines_of(gen.output), "run_ended")
    assert end["scenarios"]["http"]["in_flight"] == 4


def test_the_end_of_a_run_says_goodbye(load):
    seen = []

    def script(peer):
        while frame := peer.frame():
            seen.append(frame)
            if frame[0] == HEADERS:
                peer.answer(frame[2])

    with scripted_http2(script) as server:
        done = load("http", server.url, *THREE)
    assert done.counts["succeeded"] == 3
    assert [struct.unpack(">II", payload)[1] for kind, _, _, payload in seen if kind == GOAWAY] == [NO_ERROR]


def test_windows_are_opened_again_as_they_are_used_up(load):
    updates = []

    def act(peer, stream):
        peer.send(HEADERS, END_HEADERS, stream, status(200))
        left = 16 << 20  # The whole of a stream's window.
        while left > 0:
            peer.send(DATA, 0, stream, bytes(min(left, 16384)))
            left -= 16384
        while True:
            _, _, number, payload = peer.await_frame(WINDOW_UPDATE)
            if number == stream:
                break
        updates.append(struct.unpack(">I", payload)[0])
        peer.send(DATA, END_STREAM, stream, b"the-end")

    with scripted_http2(always(act)) as server:
        done = load("http", server.url, *THREE, "--expect-body", "the-end", "--timeout", "30s")
    assert done.counts["succeeded"] == 3, done.messages
    assert len(updates) == 3
    assert min(updates) >= 8 << 20


def test_http2_over_a_unix_socket(load, short_path):
    path = str(short_path / "s")
    with scripted_http2(always(lambda peer, stream: peer.answer(stream)), path=path):
        done = load("http", "http://localhost/", *THREE, "--unix-socket", path)
    assert done.counts["succeeded"] == 3, done.messages


# -- Requests that differ ----------------------------------------------------------------------------------------------


def test_values_of_the_iteration_go_over_http2(load, nghttpd):
    server = nghttpd("--echo-upload")
    done = load("http", server.url("echo"), "--http2", "--streams", "8", "--concurrency", "8", "--count", "200", "--for", "60s",
                "--lanes", "1", "-H", "X-Iteration: {{iteration}}", "-b", "number {{iteration}} of {{uuid}}",
                "--expect-body", "number ")
    assert done.counts["succeeded"] == 200, done.messages


def test_requests_that_differ_are_each_sent_whole(load, processes, short_path, certificates):
    server = TLSNginx(processes, short_path, {"h2": certified(certificates.good)}, kind="ssl http2")
    for number in range(40):
        (server.root / "files" / f"f{number}").write_text("x" * number)
    done = load("http", server.url("h2", "files/f{{iteration}}"), "--http2", "--streams", "8", "--concurrency", "8",
                "--count", "40", "--for", "60s", "--lanes", "1", "--ca-file", certificates.ca, "--iterations", "all")
    assert done.counts["succeeded"] == 40, done.messages


def test_redirects_and_cookies_go_over_http2(load, processes, short_path, certificates):
    lines = (certified(certificates.good)
             + " location /start { add_header Set-Cookie seen=1; return 302 /next; }"
             + " location /next { if ($cookie_seen = 1) { return 200 found; } return 403; }")
    server = TLSNginx(processes, short_path, {"h2": lines}, kind="ssl http2")
    (short_path / "c.yaml").write_text(json.dumps({
        "version": 1, "name": "c", "scenarios": {"s": {
            "task": {"http": {"url": server.url("h2", "start"), "version": 2, "redirects": 3, "cookies": True,
                              "tls": {"ca_file": str(certificates.ca)}, "expect": {"body_contains": "found"}}},
            "load": {"closed": {"concurrency": 3, "iterations": 12, "for": "60s"}}}}}))
    done = load("run", short_path / "c.yaml")
    assert done.counts["succeeded"] == 12, done.messages
    assert [words[4] for words in server.requests("h2")] == ["HTTP/2.0"] * 24
