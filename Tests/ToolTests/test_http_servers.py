# SPDX-License-Identifier: Apache-2.0
"""The http task against real servers: nginx's own counts, what a server sees of a request, and where it listens."""

import collections
import os
import resource
import socket
import time

import pytest

import vajra
from loads import Load
from servers import Nginx, ScriptedServer, answering, has_ipv6

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
CLOSE = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"
THREE = ("--concurrency", "1", "--count", "3", "--timeout", "5s")


@pytest.fixture
def start_nginx(processes, short_path):
    return lambda **options: Nginx(processes, short_path, **options)


# -- nginx -------------------------------------------------------------------------------------------------------------


def test_ten_thousand_a_second_against_nginx_all_arrive_and_the_percentiles_are_the_raw_histograms(
        run, release_tools, start_nginx, tmp_path, record_property):
    seconds = 30 if os.environ.get("VAJRA_LONG") else 5
    planned = 10_000 * seconds
    server = start_nginx()
    accepted, requests = server.counters()
    raw = tmp_path / "raw.ndjson"
    report = run(
        [release_tools.gen, "http", server.url, "--rate", "10k/s", "--for", f"{seconds}s"], ["tee", raw],
        [release_tools.agg, "--json"], seconds=seconds + vajra.DEADLINE)
    now_accepted, now_requests = server.counters()
    summary = report.json
    counts = summary["scenarios"]["http"]
    print(f"drift {summary['drift']:.6%}, response p50 {counts['response_time']['p50_ns']} ns, "
          f"p99 {counts['response_time']['p99_ns']} ns, lag p99 {counts['lag']['p99_ns']} ns, "
          f"pacing lag p99 {counts['pacing_lag']['p99_ns']} ns, grade {summary['honesty']['grade']}")
    assert {key: counts[key] for key in ("planned", "started", "completed", "succeeded")} == dict.fromkeys(
        ("planned", "started", "completed", "succeeded"), planned)
    assert now_requests - requests - 1 == planned, "nginx's own count, without the look at it"
    assert now_accepted - accepted - 1 <= 256, "connections are reused"
    assert counts["status"] == {"200": planned}
    assert abs(summary["drift"]) < 0.002
    lines = vajra.lines_of(raw)
    snapshots = vajra.of_type(lines, "snapshot")
    for key, name in vajra.HISTOGRAMS.items():
        merged = vajra.merged_histogram(line[key] for line in snapshots if key in line)
        assert merged.get_total_count() == planned
        for field, percentile in vajra.PERCENTILES.items():
            assert counts[name][field] == vajra.value_at(merged, percentile), (name, field)


def test_a_server_that_closes_after_100_requests_costs_no_failure(load, start_nginx):
    server = start_nginx(keepalive_requests=100, logs=True)
    done = load("http", server.url, "--concurrency", "4", "--count", "2000")
    assert done.counts["succeeded"] == 2000
    connections = collections.Counter(line.split()[0] for line in server.log.read_text().splitlines())
    assert sum(connections.values()) == 2000
    assert max(connections.values()) == 100
    assert 20 <= len(connections) <= 24, "each connection is used up before the next is opened"


def test_one_connection_carries_a_thousand_requests(load, start_nginx):
    server = start_nginx()
    before, _ = server.counters()
    done = load("http", server.url, "--concurrency", "1", "--count", "1000")
    after, _ = server.counters()
    assert done.counts["succeeded"] == 1000
    assert after - before - 1 == 1


def test_chunked_responses_of_nginx_are_read_whole(load, start_nginx):
    server = start_nginx()
    done = load("http", server.url + "chunked/page.html", *THREE, "--expect-body", "end-marker",
                "--expect-header", "Transfer-Encoding: chunked")
    assert done.counts["succeeded"] == 3, done.messages
    assert done.counts["bytes_received"] > 60_000


def test_head_has_no_body_and_keeps_the_connection(load, start_nginx):
    server = start_nginx(logs=True)
    done = load("http", server.url, "--concurrency", "1", "--count", "50", "-X", "HEAD",
                "--expect-header", "Content-Length: 3")
    assert done.counts["succeeded"] == 50, done.messages
    lines = [line.split() for line in server.log.read_text().splitlines()]
    assert {line[3] for line in lines} == {"HEAD"}
    assert len({line[0] for line in lines}) == 1


# -- What the server sees ----------------------------------------------------------------------------------------------


def seen_by_a_server(load, *flags, url="/some/path?q=1&r=%20", response=OK):
    """The requests that a server sees of three iterations."""
    requests = []

    def script(peer):
        while request := peer.read_request():
            requests.append(request)
            peer.send(response)

    with ScriptedServer(script) as server:
        done = load("http", f"http://127.0.0.1:{server.port}{url}", *THREE, *flags)
    assert done.counts["succeeded"] == 3, done.messages
    assert len(requests) == 3
    assert len({request.head + request.body for request in requests}) == 1, "every iteration sends the same"
    assert done.counts["bytes_sent"] == sum(len(r.head) + 4 + len(r.body) for r in requests)
    assert done.counts["bytes_received"] == 3 * len(response)
    return requests[0], server


def test_the_request_is_plain_http_1_1(load):
    request, server = seen_by_a_server(load)
    assert request.line == "GET /some/path?q=1&r=%20 HTTP/1.1"
    assert request.field("Host") == f"127.0.0.1:{server.port}"
    assert request.field("User-Agent").startswith("vajra")
    assert request.body == b""


def test_a_url_without_a_path_asks_for_the_root(load):
    assert seen_by_a_server(load, url="")[0].line == "GET / HTTP/1.1"


def test_a_body_is_sent_byte_for_byte_with_its_length(load):
    body = "käse\r\n\r\n\t" + "x" * 50_000
    request, _ = seen_by_a_server(load, "--body", body, "-H", "Content-Type: text/plain")
    assert request.line.startswith("POST ")
    assert request.body == body.encode()
    assert request.field("Content-Length") == str(len(body.encode()))
    assert request.field("Content-Type") == "text/plain"


def test_methods_and_headers_are_sent_as_given(load):
    request, _ = seen_by_a_server(
        load, "-X", "PATCH", "-H", "X-One: 1", "-H", "X-Two:two: 2", "-H", "Host: example.org", "-H", "User-Agent: me",
        "-H", "X-Empty:")
    assert request.line.startswith("PATCH ")
    assert request.field("X-One") == "1"
    assert request.field("X-Two") == "two: 2"
    assert request.field("X-Empty") == ""
    assert request.field("Host") == "example.org"
    assert request.field("User-Agent") == "me"


def test_credentials_in_the_url_become_an_authorization_header(load):
    requests = []

    def script(peer):
        while request := peer.read_request():
            requests.append(request)
            peer.send(OK)

    with ScriptedServer(script) as server:
        done = load("http", f"http://me:se%20cret@127.0.0.1:{server.port}/", *THREE)
    assert requests[0].field("Authorization") == "Basic bWU6c2UgY3JldA=="
    assert "@" not in requests[0].field("Host")
    assert "cret" not in str(done.lines), "secrets stay out of the stream"


def test_a_connection_that_says_close_is_not_used_again(load):
    with ScriptedServer(answering(CLOSE)) as server:
        done = load("http", server.url, "--concurrency", "1", "--count", "20")
    assert done.counts["succeeded"] == 20
    assert server.connections == 20


def test_connections_limits_what_is_open_at_once(load):
    with ScriptedServer(answering(OK)) as server:
        done = load("http", server.url, "--rate", "2k/s", "--for", "500ms", "--connections", "3", "--max-in-flight", "50")
    assert done.counts["succeeded"] == 1000
    assert server.connections <= 3


def test_fewer_connections_than_users_are_refused(run, tools):
    done = run([tools.gen, "http", "http://127.0.0.1:1/", "--concurrency", "20", "--count", "9", "--connections", "3"])
    assert done.status == 64
    assert "--connections 3" in done.errors()


# -- Where the server is -----------------------------------------------------------------------------------------------


def test_a_unix_socket_by_flag(load, short_path):
    path = str(short_path / "s.sock")
    with ScriptedServer(answering(OK), path=path) as server:
        done = load("http", "http://some.host/x", *THREE, "--unix-socket", path)
    assert done.counts["succeeded"] == 3, done.messages
    assert server.connections == 1


def test_a_unix_socket_by_url(load, short_path):
    path = str(short_path / "s.sock")
    seen = []

    def script(peer):
        while request := peer.read_request():
            seen.append(request.line)
            peer.send(OK)

    with ScriptedServer(script, path=path):
        done = load("http", f"http+unix://{path.replace('/', '%2F')}/some/path", *THREE)
    assert done.counts["succeeded"] == 3, done.messages
    assert seen == ["GET /some/path HTTP/1.1"] * 3


def test_a_unix_socket_that_is_not_there_is_refused(load, short_path):
    done = load("http", "http://h/", *THREE, "--unix-socket", short_path / "none.sock")
    assert done.failures == {"refused": 3}
    assert done.status == 1


def test_ipv6_in_the_url(load):
    if not has_ipv6():
        pytest.skip("this machine has no ::1")
    with ScriptedServer(answering(OK), family=socket.AF_INET6) as server:
        done = load("http", server.url, *THREE)
    assert done.counts["succeeded"] == 3, done.messages


@pytest.mark.parametrize("family", [socket.AF_INET, socket.AF_INET6], ids=["only 127.0.0.1", "only ::1"])
def test_localhost_finds_the_server_on_whichever_address_it_is(load, family):
    if family == socket.AF_INET6:
        if not has_ipv6():
            pytest.skip("this machine has no ::1")
        try:
            known = socket.getaddrinfo("localhost", 80, socket.AF_INET6)
        except OSError:
            known = []
        if not any(entry[4][0] == "::1" for entry in known):
            pytest.skip("localhost is not ::1 on this machine")
    with ScriptedServer(answering(OK), family=family) as server:
        done = load("http", f"http://localhost:{server.port}/", "--concurrency", "4", "--count", "100")
    assert done.counts["succeeded"] == 100, done.messages


# -- Failures to connect -----------------------------------------------------------------------------------------------


def test_a_refused_target_is_a_failed_run_with_the_kind_counted(run, tools):
    report = run(
        [tools.gen, "http", f"http://127.0.0.1:{vajra.free_port()}/", "--rate", "100/s", "--for", "300ms"],
        [tools.agg, "--json"])
    assert report.statuses == [1, 1]
    summary = report.json
    assert summary["verdict"] == "fail"
    assert summary["total"]["failures"] == {"refused": 30}
    assert summary["total"]["planned"] == summary["total"]["started"] == summary["total"]["completed"] == 30


def test_a_name_that_does_not_exist_is_a_dns_failure(load):
    done = load("http", "http://no-such-host.invalid/", "--rate", "20/s", "--for", "500ms")
    assert done.failures == {"dns": 10}
    assert done.status == 1
    assert any("no-such-host.invalid" in message for message in done.messages)


def test_a_full_backlog_is_a_connect_timeout_in_time(load):
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        address = listener.getsockname()
        fillers = []
        try:
            while len(fillers) < 16:
                filler = socket.socket()
                filler.setblocking(False)
                filler.connect_ex(address)
                fillers.append(filler)
            # The backlog is full when a connection does not come to be: the kernel drops its SYN.
            vajra.await_condition(lambda: not _connects(address), "the backlog is full")
            done = load("http", f"http://127.0.0.1:{address[1]}/", "--rate", "20/s", "--for", "200ms",
                        "--connect-timeout", "300ms", "--iterations", "all")
        finally:
            for filler in fillers:
                filler.close()
    assert done.failures == {"connect_timeout": 4}, done.messages
    assert done.status == 1
    for line in done.iterations:
        assert 300e6 <= line["service_time_ns"] < (0.3 + vajra.NOISE) * 1e9


def _connects(address):
    with socket.socket() as probe:
        probe.settimeout(0.2)
        return probe.connect_ex(address) == 0


def test_the_whole_timeout_also_bounds_connecting(load):
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        address = listener.getsockname()
        fillers = [socket.socket() for _ in range(16)]
        try:
            for filler in fillers:
                filler.setblocking(False)
                filler.connect_ex(address)
            vajra.await_condition(lambda: not _connects(address), "the backlog is full")
            start = time.monotonic()
            done = load("http", f"http://127.0.0.1:{address[1]}/", *THREE[:4], "--timeout", "200ms")
            took = time.monotonic() - start
        finally:
            for filler in fillers:
                filler.close()
    assert done.counts["failed"] == 3
    assert set(done.failures) <= {"connect_timeout", "timeout"}
    assert took < 0.6 + 2 * vajra.NOISE


def test_too_few_descriptors_cost_the_generator_its_grade_and_name_the_remedy(run, tools, tmp_path):
    def script(peer):
        while peer.read_request():
            time.sleep(0.2)  # The server's own pace: connections pile up.
            peer.send(OK)

    with ScriptedServer(script) as server:
        report = run(
            [tools.gen, "http", server.url, "--rate", "400/s", "--for", "500ms", "--timeout", "5s",
             "--max-in-flight", "64"], ["tee", tmp_path / "raw.ndjson"], [tools.agg, "--json"],
            before_exec=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (40, 40)))
    counts = report.json["total"]
    assert set(counts["failures"]) == {"file_limit"}, counts
    assert counts["succeeded"] > 0
    assert counts["completed"] == 200
    messages = [line["body"] for line in vajra.of_type(vajra.lines_of(tmp_path / "raw.ndjson"), "log")]
    assert any("ulimit -n" in message for message in messages)
    assert report.statuses == [3, 0, 3]
    assert (report.json["verdict"], report.json["honesty"]["grade"]) == ("invalid", "D")
    assert "limits of the generator itself" in report.json["honesty"]["reasons"][0]


# -- Expectations ------------------------------------------------------------------------------------------------------

BODY = b"HTTP/1.1 200 OK\r\nX-Kind: Blue\r\nContent-Length: 12\r\n\r\nneedle-stack"
CHUNKS = (b"HTTP/1.1 200 OK\r\nX-Kind: Blue\r\nTransfer-Encoding: chunked\r\n\r\n"
          b"3\r\nnee\r\n1\r\nd\r\n5\r\nle-st\r\n3\r\nack\r\n0\r\n\r\n")
NOT_FOUND = b"HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno"
MOVED = b"HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n"
DENIED = b"HTTP/1.1 999 Request Denied\r\nContent-Length: 0\r\n\r\n"
VARY = (b"HTTP/1.1 200 OK\r\nVary: Origin\r\nX-Kind: caf\xe9\r\nVary: Accept\r\nX-Accent: e\xcc\x81\r\n"
        b"Content-Length: 0\r\n\r\n")

EXPECTATIONS = {
    "200 by itself": (BODY, [], None),
    "404 by itself": (NOT_FOUND, [], "status"),
    "302 by itself": (MOVED, [], None),
    "404 expected": (NOT_FOUND, ["--expect-status", "404"], None),
    "200 where 404 is expected": (BODY, ["--expect-status", "404"], "status"),
    "a list of statuses": (NOT_FOUND, ["--expect-status", "200,302-303,404"], None),
    "a status that is none, expected": (DENIED, ["--expect-status", "999"], None),
    "a status that is none, in a range": (DENIED, ["--expect-status", "200,600-999"], None),
    "a status that is none, by itself": (DENIED, [], "status"),
    "just outside a range": (NOT_FOUND, ["--expect-status", "200-403,405-599"], "status"),
    "the body has it": (BODY, ["--expect-body", "needle"], None),
    "the body has it at its end": (BODY, ["--expect-body", "stack"], None),
    "the body is it": (BODY, ["--expect-body", "needle-stack"], None),
    "the body lacks it": (BODY, ["--expect-body", "Needle"], "body"),
    "the body has a part of it": (BODY, ["--expect-body", "needle-stack-"], "body"),
    "over chunk boundaries": (CHUNKS, ["--expect-body", "needle-stack"], None),
    "chunk framing is not the body": (CHUNKS, ["--expect-body", "nee\r\n"], "body"),
    "an empty body lacks it": (MOVED, ["--expect-body", "x"], "body"),
    "the header is there": (BODY, ["--expect-header", "X-Kind"], None),
    "the header's name in another case": (BODY, ["--expect-header", "x-kind"], None),
    "the header has the value": (BODY, ["--expect-header", "X-Kind: Blue"], None),
    "the header has another value": (BODY, ["--expect-header", "X-Kind: blue"], "header"),
    "the value is in the second of two lines": (VARY, ["--expect-header", "Vary: Accept"], None),
    "the value is in the first of two lines": (VARY, ["--expect-header", "vary: Origin"], None),
    "the value is that of two lines as one list": (VARY, ["--expect-header", "Vary: Origin, Accept"], None),
    "the value is in neither line": (VARY, ["--expect-header", "Vary: Accept, Origin"], "header"),
    "the value is part of a line": (VARY, ["--expect-header", "Vary: Acc"], "header"),
    "another accent than the one sent": (VARY, ["--expect-header", "X-Accent: \u00e9"], "header"),
    "the accent that was sent": (VARY, ["--expect-header", "X-Accent: e\u0301"], None),
    "a value in Latin-1 has no replacement character": (VARY, ["--expect-header", "X-Kind: caf\ufffd"], "header"),
    "the header is missing": (BODY, ["--expect-header", "X-Other"], "header"),
    "two headers, one missing": (BODY, ["--expect-header", "X-Kind", "--expect-header", "X-Other"], "header"),
    "the status comes first": (NOT_FOUND, ["--expect-body", "x", "--expect-header", "X"], "status"),
}


@pytest.mark.parametrize(("response", "flags", "kind"), EXPECTATIONS.values(), ids=EXPECTATIONS.keys())
@pytest.mark.parametrize("is_whole", [True, False], ids=["whole", "byte by byte"])
def test_expectations(load, response, flags, kind, is_whole):
    def script(peer):
        while peer.read_request():
            for piece in [response] if is_whole else [bytes([byte]) for byte in response]:
                peer.send(piece)

    with ScriptedServer(script) as server:
        done = load("http", server.url, *THREE, *flags)
    assert done.failures == ({kind: 3} if kind else {}), done.messages
    assert done.status == 1 if kind else done.has_passed
    assert server.connections == 1, "a response that was not expected is a response all the same"
