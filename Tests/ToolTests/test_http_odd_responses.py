# SPDX-License-Identifier: Apache-2.0
"""What servers may answer, malformed or merely odd: each has its outcome and failure kind, and nothing breaks."""

import random
import time

import pytest

import vajra
from servers import ScriptedServer, answering, answering_once

OK = "success"
#: A success after which the connection is not used again.
LAST = "success, last"
MALFORMED = "malformed_response"
SHORT = "short_body"
CLOSED = "closed"

HEAD = b"HTTP/1.1 200 OK\r\n"
BODY = b"Content-Length: 2\r\n\r\nok"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"

#: Sent whole, then the server closes its end.
RESPONSES = {
    # Status lines.
    "nothing at all": (b"", CLOSED),
    "one byte": (b"H", CLOSED),
    "one empty line first": (b"\r\n" + HEAD + BODY, OK),
    "two empty lines first": (b"\r\n\r\n" + HEAD + BODY, MALFORMED),
    "a word": (b"HELLO\r\n\r\n", MALFORMED),
    "HTTP/0.9, one line": (b"<html>hello</html>\n", MALFORMED),
    "an SSH banner": (b"SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n", MALFORMED),
    "an SMTP greeting": (b"220 mail.example ESMTP\r\n", MALFORMED),
    "a TLS alert": (b"\x15\x03\x01\x00\x02\x02\x46", MALFORMED),
    "ICY": (b"ICY 200 OK\r\n" + BODY, MALFORMED),
    "HTTP/2.0": (b"HTTP/2.0 200 OK\r\n" + BODY, MALFORMED),
    "HTTP/1.x": (b"HTTP/1.x 200 OK\r\n" + BODY, MALFORMED),
    "HTTP/11": (b"HTTP/11 200 OK\r\n" + BODY, MALFORMED),
    "http in small letters": (b"http/1.1 200 OK\r\n" + BODY, MALFORMED),
    "a tab for the space": (b"HTTP/1.1\t200 OK\r\n" + BODY, MALFORMED),
    "two spaces": (b"HTTP/1.1  200 OK\r\n" + BODY, MALFORMED),
    "no status": (b"HTTP/1.1\r\n" + BODY, MALFORMED),
    "status of two digits": (b"HTTP/1.1 20 OK\r\n" + BODY, MALFORMED),
    "status of four digits": (b"HTTP/1.1 2000 OK\r\n" + BODY, MALFORMED),
    "status of letters": (b"HTTP/1.1 abc OK\r\n" + BODY, MALFORMED),
    "a negative status": (b"HTTP/1.1 -20 OK\r\n" + BODY, MALFORMED),
    "status 099": (b"HTTP/1.1 099 Low\r\n" + BODY, MALFORMED),
    "status 600": (b"HTTP/1.1 600 High\r\n" + BODY, "status"),
    "status 999": (b"HTTP/1.1 999 Denied\r\n" + BODY, "status"),
    "reason glued to the status": (b"HTTP/1.1 200OK\r\n" + BODY, MALFORMED),
    "no reason": (b"HTTP/1.1 200\r\n" + BODY, OK),
    "no reason, one space": (b"HTTP/1.1 200 \r\n" + BODY, OK),
    "a reason in UTF-8": ("HTTP/1.1 200 Très bien\r\n".encode() + BODY, OK),
    "HTTP/1.0": (b"HTTP/1.0 200 OK\r\n" + BODY, LAST),
    "HTTP/1.0 until close": (b"HTTP/1.0 200 OK\r\n\r\nhello", LAST),
    "NUL in the status line": (b"HTTP/1.1 200 O\0K\r\n" + BODY, MALFORMED),
    # Header fields.
    "no empty line at the end": (HEAD + b"Content-Length: 0\r\n", CLOSED),
    "LF alone ends lines": (b"HTTP/1.1 200 OK\nContent-Length: 2\n\nok", OK),
    "CR alone in a line": (HEAD + b"X-A: b\rX-C: d\r\n" + BODY, MALFORMED),
    "NUL in a value": (HEAD + b"X-A: a\0b\r\n" + BODY, MALFORMED),
    "NUL in a name": (HEAD + b"X\0A: b\r\n" + BODY, MALFORMED),
    "a folded value": (HEAD + b"X-A: a\r\n  b\r\n" + BODY, OK),
    "a folded Content-Length": (HEAD + b"Content-Length:\r\n 2\r\n\r\nok", OK),
    "Content-Length without a colon": (HEAD + b"Content-Length 2\r\n\r\nok", MALFORMED),
    "space before the colon of Content-Length": (HEAD + b"Content-Length : 2\r\n\r\nok", MALFORMED),
    "a header of 60 kB": (HEAD + b"X-A: " + b"a" * 60_000 + b"\r\n" + BODY, OK),
    "a header of 70 kB": (HEAD + b"X-A: " + b"a" * 70_000 + b"\r\n" + BODY, MALFORMED),
    "100 headers": (HEAD + b"".join(b"X-%d: a\r\n" % n for n in range(99)) + BODY, OK),
    "101 headers": (HEAD + b"".join(b"X-%d: a\r\n" % n for n in range(100)) + BODY, OK),
    "5000 headers": (HEAD + b"".join(b"X-%d: a\r\n" % n for n in range(4999)) + BODY, OK),
    "a reason in Latin-1": (b"HTTP/1.1 200 Tr\xe8s bien\r\n" + BODY, OK),
    "a value in Latin-1": (HEAD + b"X-A: caf\xe9\r\n" + BODY, OK),
    "an accent alone": (HEAD + b"X-A: \xcc\x81b\r\n" + BODY, OK),
    # Content-Length.
    "a negative length": (HEAD + b"Content-Length: -1\r\n\r\nok", MALFORMED),
    "a length with a sign": (HEAD + b"Content-Length: +2\r\n\r\nok", MALFORMED),
    "a length in words": (HEAD + b"Content-Length: two\r\n\r\nok", MALFORMED),
    "a length in hexadecimal": (HEAD + b"Content-Length: 0x2\r\n\r\nok", MALFORMED),
    "a fractional length": (HEAD + b"Content-Length: 2.0\r\n\r\nok", MALFORMED),
    "an empty length": (HEAD + b"Content-Length:\r\n\r\nok", MALFORMED),
    "two lengths without a comma": (HEAD + b"Content-Length: 2 2\r\n\r\nok", MALFORMED),
    "a length of 2^63": (HEAD + b"Content-Length: 9223372036854775808\r\n\r\nok", MALFORMED),
    "a length of 100 digits": (HEAD + b"Content-Length: " + b"9" * 100 + b"\r\n\r\nok", MALFORMED),
    "lengths that differ": (HEAD + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\nok", MALFORMED),
    "lengths that differ in one line": (HEAD + b"Content-Length: 2, 3\r\n\r\nok", MALFORMED),
    "lengths that agree": (HEAD + b"Content-Length: 2\r\nContent-Length: 2\r\n\r\nok", OK),
    "lengths that agree in one line": (HEAD + b"Content-Length: 2, 2\r\n\r\nok", OK),
    "a length with zeros before it": (HEAD + b"Content-Length: 0000000000000000000000002\r\n\r\nok", OK),
    "a body too short": (HEAD + b"Content-Length: 100\r\n\r\nok", SHORT),
    "a body too short by 2^62": (HEAD + b"Content-Length: 4611686018427387904\r\n\r\nok", SHORT),
    "no body where one is announced": (HEAD + b"Content-Length: 1\r\n\r\n", SHORT),
    "bytes beyond the body": (HEAD + BODY + b"more", LAST),
    "a second response": (HEAD + BODY + HEAD + BODY, LAST),
    # Chunks.
    "chunks": (CHUNKED + b"2\r\nok\r\n0\r\n\r\n", OK),
    "chunk sizes in capitals and with zeros": (CHUNKED + b"000000000000000000000A\r\n0123456789\r\n0\r\n\r\n", OK),
    "a chunk extension": (CHUNKED + b"2;a=b\r\nok\r\n0;c\r\n\r\n", OK),
    "a chunk extension of 5 kB": (CHUNKED + b"2;" + b"a" * 5_000 + b"\r\nok\r\n0\r\n\r\n", MALFORMED),
    "trailers": (CHUNKED + b"2\r\nok\r\n0\r\nX-A: b\r\n\r\n", OK),
    "trailers of 20 kB": (CHUNKED + b"0\r\n" + b"X-A: " + b"a" * 20_000 + b"\r\n\r\n", MALFORMED),
    "a chunk size in words": (CHUNKED + b"two\r\nok\r\n0\r\n\r\n", MALFORMED),
    "an empty chunk size": (CHUNKED + b"\r\nok\r\n0\r\n\r\n", MALFORMED),
    "a negative chunk size": (CHUNKED + b"-2\r\nok\r\n0\r\n\r\n", MALFORMED),
    "a chunk size with 0x": (CHUNKED + b"0x2\r\nok\r\n0\r\n\r\n", MALFORMED),
    "a chunk size of 2^64": (CHUNKED + b"10000000000000000\r\nok\r\n0\r\n\r\n", MALFORMED),
    "a chunk size of 2^63": (CHUNKED + b"8000000000000000\r\nok\r\n0\r\n\r\n", MALFORMED),
    "a chunk size line that ends in LF": (CHUNKED + b"2\nok\r\n0\r\n\r\n", MALFORMED),
    "a chunk without CRLF": (CHUNKED + b"2\r\nok0\r\n\r\n", MALFORMED),
    "a chunk longer than its size": (CHUNKED + b"2\r\nokay\r\n0\r\n\r\n", MALFORMED),
    "NUL in a chunk size": (CHUNKED + b"2\0\r\nok\r\n0\r\n\r\n", MALFORMED),
    "a chunk cut off": (CHUNKED + b"a\r\nok", SHORT),
    "no last chunk": (CHUNKED + b"2\r\nok\r\n", SHORT),
    "trailers cut off": (CHUNKED + b"2\r\nok\r\n0\r\nX-A", SHORT),
    "chunked twice": (HEAD + b"Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n", MALFORMED),
    "chunked wins over a length": (
        HEAD + b"Content-Length: 99\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n", LAST),
    "chunked, but not last": (HEAD + b"Transfer-Encoding: chunked, gzip\r\n\r\nanything", LAST),
    "identity beside a length": (HEAD + b"Transfer-Encoding: identity\r\n" + BODY, OK),
    "identity, chunked": (HEAD + b"Transfer-Encoding: identity, chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n", OK),
    "identity until close": (HEAD + b"Transfer-Encoding: identity\r\n\r\nanything", LAST),
    "gzip, chunked": (HEAD + b"Transfer-Encoding: gzip, chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n", OK),
    # Interim responses.
    "100 first": (b"HTTP/1.1 100 Continue\r\n\r\n" + HEAD + BODY, OK),
    "103 with headers first": (b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + HEAD + BODY, OK),
    "16 interim responses": (b"HTTP/1.1 102 Processing\r\n\r\n" * 16 + HEAD + BODY, OK),
    "17 interim responses": (b"HTTP/1.1 102 Processing\r\n\r\n" * 17 + HEAD + BODY, MALFORMED),
    "only an interim response": (b"HTTP/1.1 100 Continue\r\n\r\n", CLOSED),
    "101": (b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\nanything", "status"),
    # No body, whatever is announced.
    "204 with a length": (b"HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n", OK),
    "304 with a length": (b"HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n", OK),
    "404": (b"HTTP/1.1 404 Not Found\r\n" + BODY, "status"),
    "503 cut off": (b"HTTP/1.1 503 Busy\r\nContent-Length: 5\r\n\r\nab", SHORT),
}

#: Three iterations, one after the other, each with a line of its own.
THREE = ("--concurrency", "1", "--count", "3", "--timeout", "5s", "--iterations", "all")


def rows():
    for name, (response, outcome) in RESPONSES.items():
        yield pytest.param(response, outcome, id=name)


@pytest.mark.parametrize(("response", "outcome"), list(rows()))
def test_every_odd_response_has_its_outcome(load, response, outcome):
    script = answering(response) if outcome in (OK, "status") else answering_once(response)
    with ScriptedServer(script) as server:
        done = load("http", server.url, *THREE)
    kind = OK if outcome == LAST else outcome
    assert done.outcomes == [kind] * 3, done.messages
    assert done.failures == ({} if kind == OK else {kind: 3})
    assert done.has_passed if kind == OK else done.status == 1
    keeps = outcome in (OK, "status") and b" 101 " not in response
    assert server.connections == (1 if keeps else 3)


def test_a_connection_with_bytes_beyond_the_response_is_not_used_again(load):
    def script(peer):
        while peer.read_request():
            peer.send(HEAD + BODY + b"stray")

    with ScriptedServer(script) as server:
        done = load("http", server.url, *THREE)
    assert done.outcomes == [OK] * 3
    assert server.connections == 3


def test_an_unasked_response_on_an_idle_connection_answers_nothing(load):
    def script(peer):
        if peer.read_request():
            peer.send(HEAD + BODY)
            time.sleep(0.05)  # The server's own pace: it speaks while nothing is asked of it.
            peer.send(b"HTTP/1.1 500 Unasked\r\n" + BODY)
            peer.wait_for_close()

    with ScriptedServer(script) as server:
        done = load("http", server.url, "--concurrency", "1", "--count", "4", "--think-time", "300ms")
    assert done.counts["status"] == {"200": 4}
    assert server.connections == 4


def test_a_response_before_the_request_neither_hangs_nor_breaks(load):
    def script(peer):
        peer.send(HEAD + BODY)
        peer.wait_for_close()

    with ScriptedServer(script) as server:
        done = load("http", server.url, "--concurrency", "2", "--count", "8", "--timeout", "300ms")
    assert done.counts["completed"] == 8
    assert set(done.failures) <= {"timeout"}


@pytest.mark.parametrize(
    ("response", "body_kind"),
    [
        pytest.param(HEAD + b"Content-Length: 5\r\n\r\nhello", SHORT, id="length"),
        pytest.param(CHUNKED + b"3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n", SHORT, id="chunked"),
    ])
def test_a_close_at_every_offset_of_a_response_is_told_by_where_it_was(load, response, body_kind):
    head = response.index(b"\r\n\r\n") + 4
    expected = [CLOSED if cut < head else body_kind for cut in range(len(response))] + [OK]

    def script(peer):
        if peer.read_request():
            peer.send(response[:peer.number])
            peer.sock.shutdown(1)
            peer.wait_for_close()

    with ScriptedServer(script) as server:
        done = load("http", server.url, "--concurrency", "1", "--count", str(len(response) + 1), "--iterations", "all")
    assert done.outcomes == expected
    assert done.has_passed, "one success is enough for a run not to have failed"


@pytest.mark.parametrize("cut", [0, 5, len(HEAD) + 4, len(HEAD + BODY) - 1],
                         ids=["before", "status line", "headers", "body"])
def test_a_reset_is_a_reset_wherever_it_comes(load, cut):
    def script(peer):
        if peer.read_request():
            peer.send((HEAD + BODY)[:cut])
            peer.reset()

    with ScriptedServer(script) as server:
        done = load("http", server.url, *THREE)
    assert done.outcomes == ["reset"] * 3, done.messages
    assert done.status == 1


def test_a_reset_before_the_request_is_a_reset(load):
    with ScriptedServer(lambda peer: peer.reset()) as server:
        done = load("http", server.url, *THREE)
    assert set(done.outcomes) <= {"reset", CLOSED}, done.messages
    assert done.counts["failed"] == 3
    assert done.status == 1


SILENCES = {
    "nothing": b"",
    "half a status line": b"HTTP/1.1 2",
    "half a head": HEAD + b"Content-Le",
    "half a body": HEAD + b"Content-Length: 10\r\n\r\nhello",
    "half a chunk": CHUNKED + b"a\r\nhello",
    "an interim response": b"HTTP/1.1 100 Continue\r\n\r\n",
    "a body until a close that never comes": HEAD + b"\r\nhello",
}


@pytest.mark.parametrize("said", SILENCES.values(), ids=SILENCES.keys())
def test_silence_is_a_timeout_in_time(load, said):
    def script(peer):
        if peer.read_request():
            peer.send(said)
            peer.wait_for_close()

    with ScriptedServer(script) as server:
        done = load("http", server.url, "--rate", "20/s", "--for", "200ms", "--timeout", "300ms", "--iterations", "all")
    assert done.failures == {"timeout": 4}
    assert done.status == 1
    for line in done.iterations:
        assert 300e6 <= line["service_time_ns"] < (0.3 + vajra.NOISE) * 1e9


def test_a_slow_drip_within_the_timeout_succeeds(load):
    def script(peer):
        while peer.read_request():
            for byte in HEAD + BODY:
                peer.send(bytes([byte]))

    with ScriptedServer(script) as server:
        done = load("http", server.url, *THREE)
    assert done.outcomes == [OK] * 3
    assert server.connections == 1


def test_a_drip_that_never_stops_does_not_outlast_the_timeout(load):
    def script(peer):
        if peer.read_request():
            peer.send(HEAD + b"\r\n")
            while True:
                peer.send(b"x")
                time.sleep(0.01)  # The drip itself.

    with ScriptedServer(script) as server:
        done = load("http", server.url, "--concurrency", "1", "--count", "2", "--timeout", "400ms", "--iterations", "all")
    assert done.failures == {"timeout": 2}
    for line in done.iterations:
        assert 400e6 <= line["service_time_ns"] < (0.4 + vajra.NOISE) * 1e9


FLOODS = {
    "a status line without end": (b"HTTP/1.1 200 ", b"x" * 65536),
    "headers without end": (HEAD, b"X-Flood: yes\r\n" * 4096),
    "one header without end": (HEAD + b"X-Flood: ", b"x" * 65536),
    "a folded header without end": (HEAD + b"X-Flood: a", b"\r\n x" * 16384),
    "interim responses without end": (b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 2048),
    "a chunk extension without end": (CHUNKED + b"2;", b"x" * 65536),
    "trailers without end": (CHUNKED + b"0\r\n", b"X-Flood: yes\r\n" * 4096),
    "empty lines without end": (b"", b"\r\n" * 32768),
}


@pytest.mark.parametrize(("start", "more"), FLOODS.values(), ids=FLOODS.keys())
def test_a_flood_is_cut_off_and_held_in_bounded_memory(load, start, more):
    def script(peer):
        if peer.read_request():
            peer.send(start)
            for _ in range(1000):
                peer.send(more)

    with ScriptedServer(script) as server:
        done = load("http", server.url, "--concurrency", "8", "--count", "24", "--timeout", "10s")
    assert done.failures == {MALFORMED: 24}, done.messages
    assert done.peak_memory < 64 << 20


HUGE = 200 << 20


@pytest.mark.parametrize("is_chunked", [False, True], ids=["length", "chunked"])
def test_a_huge_body_is_read_in_bounded_memory_and_counted(load, is_chunked):
    piece = b"x" * (1 << 20)

    def script(peer):
        if peer.read_request():
            peer.send(CHUNKED if is_chunked else HEAD + b"Content-Length: %d\r\n\r\n" % HUGE)
            for _ in range(HUGE >> 20):
                peer.send(b"%x\r\n%b\r\n" % (len(piece), piece) if is_chunked else piece)
            if is_chunked:
                peer.send(b"0\r\n\r\n")
            peer.wait_for_close()

    with ScriptedServer(script) as server:
        done = load("http", server.url, "--concurrency", "1", "--count", "1", "--timeout", "60s", "--expect-body", "no")
    assert done.failures == {"body": 1}
    assert done.counts["bytes_received"] >= HUGE
    assert done.peak_memory < 64 << 20


def test_an_early_answer_to_a_request_not_yet_read_is_taken(load):
    """413 and the like: the server answers and closes before it has read the body."""

    def script(peer):
        peer.sock.recv(100)
        peer.send(b"HTTP/1.1 413 Too Large\r\nConnection: close\r\n" + BODY)
        peer.sock.shutdown(1)
        peer.wait_for_close()

    with ScriptedServer(script) as server:
        done = load("http", server.url, *THREE, "--body", "x" * 100_000)
    assert done.counts["status"] == {"413": 3}
    assert done.failures == {"status": 3}


def test_a_thousand_responses_damaged_at_random_each_end_in_a_counted_outcome(load):
    seeds = [value for value, _ in RESPONSES.values() if value]
    random_source = random.Random(20260731)
    damaged = []
    for _ in range(1000):
        data = bytearray(random_source.choice(seeds)[:4096])
        for _ in range(random_source.randint(1, 6)):
            at = random_source.randrange(len(data) + 1)
            match random_source.randrange(4):
                case 0: data[at:at + 1] = random_source.randbytes(1)
                case 1: del data[at:at + random_source.randint(1, 8)]
                case 2: data[at:at] = random_source.choice([b"\r", b"\n", b"\r\n", b"\0", b" ", b"9", b"\xff", b":"])
                case 3: data[at:at] = data[:random_source.randint(0, 40)]
        damaged.append(bytes(data))

    def script(peer):
        if peer.read_request():
            response = damaged[peer.number % len(damaged)]
            for start in range(0, len(response), 1 + peer.number % 97):
                peer.send(response[start:start + 1 + peer.number % 97])
            peer.sock.shutdown(1)
            peer.wait_for_close()

    with ScriptedServer(script) as server:
        done = load("http", server.url, "--concurrency", "8", "--count", "1000", "--timeout", "5s")
    assert done.counts["completed"] == 1000
    assert set(done.failures) <= {MALFORMED, SHORT, CLOSED, "status", "reset"}, done.failures
    assert done.failures[MALFORMED] > 100
    assert done.peak_memory < 64 << 20
