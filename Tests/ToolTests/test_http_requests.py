# SPDX-License-Identifier: Apache-2.0
"""What the http task can send: values of the iteration, feeds, files, cookies, and requests along redirects."""

import collections
import json
import re
import ssl
import threading
import time

import pytest

import vajra
from servers import Nginx, ScriptedServer
from tls_servers import scripted_tls, server_context

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
ONE = ("--concurrency", "1", "--count", "1", "--timeout", "5s")
THREE = ("--concurrency", "1", "--count", "3", "--timeout", "5s")
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
USERS = 'name,city,path\nann,"Paris, ""Texas""",a/b?x=1\nbob,Rôme,c\ncyd,"two\nlines",d\n'


class Recorder:
    """A script for ScriptedServer that keeps all requests and answers each with `answer(request)`."""

    def __init__(self, answer=lambda request: OK):
        self.requests = []
        self._answer = answer
        self._lock = threading.Lock()

    def __call__(self, peer):
        while request := peer.read_request():
            with self._lock:
                self.requests.append(request)
                answer = self._answer(request)
            peer.send(answer)

    @property
    def targets(self):
        return [request.line.split()[1] for request in self.requests]


def answer(status, *fields, body=b""):
    head = f"HTTP/1.1 {status} X\r\nContent-Length: {len(body)}\r\n" + "".join(f"{field}\r\n" for field in fields)
    return head.encode("latin-1") + b"\r\n" + body


@pytest.fixture
def users(tmp_path):
    path = tmp_path / "users.csv"
    path.write_text(USERS)
    return path


def seen(load, path, *flags, **options):
    """The requests that a server sees of a load that succeeds."""
    recorder = Recorder()
    with ScriptedServer(recorder) as server:
        done = load("http", server.url + path, *flags, **options)
    assert done.counts["failed"] == 0, done.messages
    assert done.counts["bytes_sent"] == sum(len(r.head) + 4 + len(r.body) for r in recorder.requests)
    return recorder.requests


def config_of(http, load="{closed: {concurrency: 1, iterations: 1}}"):
    """A config of one scenario, as JSON, which is YAML too."""
    text = json.dumps({"version": 1, "name": "c", "scenarios": {"s": {"task": {"http": http}, "load": "@"}}})
    return text.replace('"@"', load)


# -- Values of the iteration -------------------------------------------------------------------------------------------


def test_each_iteration_has_its_values_in_target_header_and_body(load, users):
    requests = seen(
        load, "u/{{feed.users.name}}/{{iteration}}?c={{feed.users.city}}&p={{feed.users.path | raw}}&{{{{", "--concurrency",
        "1", "--count", "4", "-H", "X-Name: <{{feed.users.name}}>", "-H", "X-Id: {{uuid as id}}", "--body",
        '{"c": "{{feed.users.city}}", "id": "{{uuid as id}}", "other": "{{uuid}}"}', "-H",
        "Content-Type: application/json; charset=utf-8", "--feed", f"users={users}")
    assert [r.line.split()[1] for r in requests] == [
        "/u/ann/0?c=Paris%2C%20%22Texas%22&p=a/b?x=1&%7B%7B", "/u/bob/1?c=R%C3%B4me&p=c&%7B%7B",
        "/u/cyd/2?c=two%0Alines&p=d&%7B%7B", "/u/ann/3?c=Paris%2C%20%22Texas%22&p=a/b?x=1&%7B%7B"]
    assert [r.field("X-Name") for r in requests] == ["<ann>", "<bob>", "<cyd>", "<ann>"]
    bodies = [json.loads(r.body) for r in requests]
    assert [body["c"] for body in bodies] == ['Paris, "Texas"', "Rôme", "two\nlines", 'Paris, "Texas"']
    assert [body["id"] for body in bodies] == [r.field("X-Id") for r in requests]
    assert all(UUID.fullmatch(body[key]) for body in bodies for key in ("id", "other"))
    assert len({body[key] for body in bodies for key in ("id", "other")}) == 8


def test_a_separator_is_one_whatever_follows_it(load, tmp_path):
    """A mark that combines makes one character with the byte before it, but grammars are of bytes."""
    (tmp_path / "f.csv").write_text("\u0301c\n\u0301v\n")
    recorder = Recorder()
    with ScriptedServer(recorder) as server:
        done = load(
            "http", f"{server.url}\u0301/{{{{feed.f.\u0301c}}}}", *ONE, "-H", "X-A:\u0301b", "-H", "X-B: \u0301", "--label",
            "k=\u0301", "--feed", f"f={tmp_path}/f.csv", "--body", "\u0301{{iteration}}", "--expect-header",
            "Content-Length:2")
    assert done.counts["succeeded"] == 1, done.messages
    (request,) = recorder.requests
    assert request.line.split()[1] == "/%CC%81/%CC%81v"
    assert request.field("X-A").encode("latin-1") == "\u0301b".encode()
    assert b"\r\nX-B: \xcc\x81\r\n" in request.head
    assert request.body == "\u03010".encode()
    assert done.lines[0]["labels"] == {"k": "\u0301"}


def test_a_variable_whose_value_begins_with_a_mark_is_read(load, tmp_path):
    recorder = Recorder()
    with ScriptedServer(recorder) as server:
        (tmp_path / "c.yaml").write_text(config_of({"url": server.url, "body": "${BODY}${NONE:-\u0301}"}))
        done = load("run", tmp_path / "c.yaml", env={"BODY": "\u0301b", "VAJRA_NAME": "\u0301name"})
    assert done.counts["succeeded"] == 1, done.messages
    assert recorder.requests[0].body == "\u0301b\u0301".encode()
    assert done.lines[0]["name"] == "\u0301name"


@pytest.mark.parametrize("type, expected", [
    ("application/json", rb"two\nlines"), ("application/problem+json", rb"two\nlines"),
    ("application/x-www-form-urlencoded", b"two%0Alines"), ("text/plain", b"two\nlines"), (None, b"two\nlines"),
])
def test_a_cell_in_the_body_is_escaped_by_the_content_type(load, users, type, expected):
    header = ("-H", f"Content-Type: {type}") if type else ()
    requests = seen(load, "", *THREE, "--body", "{{feed.users.city}}", "--feed", f"users={users}", *header)
    assert requests[2].body == expected
    assert [name for name, _ in requests[2].fields if name.lower() == "content-type"] == (["Content-Type"] if type else [])


def test_random_values_and_rows_are_the_seeds(load, users):
    flags = ("--concurrency", "1", "--count", "40", "--feed", f"users={users}", "--feed-order", "random")
    path = "{{random -3 3}}/{{feed.users.name}}"
    first, again = (seen(load, path, *flags, "--seed", "7") for _ in range(2))
    other = seen(load, path, *flags, "--seed", "8")
    lines = [[r.line for r in requests] for requests in (first, again, other)]
    assert lines[0] == lines[1]
    assert lines[0] != lines[2]
    numbers = {int(line.split("/")[1]) for line in lines[0]}
    assert numbers <= set(range(-3, 4)) and len(numbers) > 3
    assert {line.split("/")[2].split()[0] for line in lines[0]} == {"ann", "bob", "cyd"}


@pytest.mark.parametrize("load_flags", [
    pytest.param(("--rate", "600/s", "--for", "200ms"), id="open"),
    pytest.param(("--rate", "600/s", "--for", "200ms", "--arrivals", "poisson"), id="poisson"),
    pytest.param(("--concurrency", "6", "--count", "120"), id="closed"),
])
def test_the_segments_of_a_run_together_send_exactly_its_requests(load, users, load_flags):
    flags = (
        *load_flags, "-H", "X-Id: {{uuid}}", "--body", "{{feed.users.city}} {{random 1 1000000}}", "--feed",
        f"users={users}", "--feed-order", "random")

    def sent(*more):
        return [r.head.split(b"\r\nHost")[0] + r.field("X-Id").encode() + r.body
                for r in seen(load, "{{iteration}}?r={{random 0 9}}", *flags, *more)]

    whole = sent("--lanes", "1")
    assert len(whole) == len(set(whole)) >= 100
    assert sorted(sent("--lanes", "3")) == sorted(whole)
    shares = [sent("--segment", f"{number}/3", "--lanes", str(number)) for number in (1, 2, 3)]
    assert all(shares)
    assert sorted(sum(shares, [])) == sorted(whole)


def test_a_config_sends_the_same_as_flags(load, users, tmp_path):
    body = "{{random 1 1000}} {{feed.users.name}} {{uuid}}"
    by_flags = seen(load, "", "--concurrency", "1", "--count", "5", "--body", body, "--feed", f"users={users}")
    recorder = Recorder()
    with ScriptedServer(recorder) as server:
        config = tmp_path / "c.json"
        text = config_of(
            {"url": server.url, "method": "POST", "body": body, "feeds": {"users": {"file": str(users)}}},
            "{closed: {concurrency: 1, iterations: 5}}")
        # What is drawn depends on the scenario's name.
        config.write_text(text.replace('"s":', '"http":'))
        assert load(config).counts["succeeded"] == 5
    assert [r.body for r in recorder.requests] == [r.body for r in by_flags]


def test_bodies_that_sockets_take_in_parts_arrive_whole_though_others_are_in_flight(load, tmp_path):
    (tmp_path / "text").write_text("<{{iteration}}|" + "x" * 3_000_000 + "|{{iteration}}>")
    whole = re.compile(rb"<(\d+)\|x{3000000}\|(\d+)>")
    faults, indices = [], []
    barrier = threading.Barrier(8)

    def script(peer):
        # Nothing is read before all eight have written what their sockets take.
        barrier.wait(vajra.DEADLINE)
        while request := peer.read_request():
            match = whole.fullmatch(request.body)
            (indices if match and match[1] == match[2] else faults).append(match[1] if match else request.body[:50])
            peer.send(OK)

    with ScriptedServer(script) as server:
        config = tmp_path / "c.json"
        config.write_text(config_of(
            {"url": server.url, "method": "PUT", "body": f"${{file:{tmp_path}/text}}", "timeout": "25s"},
            "{closed: {concurrency: 8, iterations: 24}}"))
        done = load(config, "--lanes", "1")
    assert not faults
    assert sorted(map(int, indices)) == list(range(24))
    assert done.counts["succeeded"] == 24, done.messages


def test_over_tls_too(load, certificates, tmp_path):
    (tmp_path / "text").write_text("<{{iteration}}|" + "x" * 1_000_000 + "|{{iteration}}>")
    whole = re.compile(rb"<(\d+)\|x{1000000}\|(\d+)>")
    bodies = []
    barrier = threading.Barrier(4)

    def script(peer):
        first = True
        while (head := peer.read_head()) is not None:
            if first:
                barrier.wait(vajra.DEADLINE)
            first = False
            length = int(re.search(rb"Content-Length: (\d+)", head)[1])
            while len(peer.received) < length:
                peer.received += peer.sock.recv(65536)
            bodies.append(peer.received)
            peer.received = b""
            peer.send(OK)

    with scripted_tls(certificates.good, script) as server:
        config = tmp_path / "c.json"
        config.write_text(config_of(
            {"url": f"https://127.0.0.1:{server.port}/", "method": "PUT", "body": f"${{file:{tmp_path}/text}}",
             "timeout": "25s", "tls": {"ca_file": str(certificates.ca)}}, "{closed: {concurrency: 4, iterations: 12}}"))
        done = load(config, "--lanes", "1")
    assert done.counts["succeeded"] == 12, done.messages
    matches = [whole.fullmatch(body) for body in bodies]
    assert all(match and match[1] == match[2] for match in matches)
    assert sorted(int(match[1]) for match in matches) == list(range(12))


def test_nginx_takes_every_request_that_differs(load, users, processes, short_path):
    server = Nginx(processes, short_path)
    _, before = server.counters()
    done = load(
        "http", server.url + "{{iteration}}?{{uuid}}={{feed.users.city}}", "-H", "X-C: {{feed.users.name}}", "--feed",
        f"users={users}", "--concurrency", "8", "--count", "1000", "--expect-status", "200")
    _, after = server.counters()
    assert done.counts["succeeded"] == 1000, done.messages
    assert after - before - 1 == 1000


# -- Bodies from files -------------------------------------------------------------------------------------------------


def test_a_body_file_is_sent_as_it_stands(load, tmp_path):
    content = bytes(range(256)) * 20_000 + b"{{iteration}} ${HOME}\r\n"
    (tmp_path / "body").write_bytes(content)
    requests = seen(load, "", *THREE, "--body-file", tmp_path / "body")
    assert [r.body == content for r in requests] == [True] * 3
    assert {r.line for r in requests} == {"POST / HTTP/1.1"}
    assert {r.field("Content-Length") for r in requests} == {str(len(content))}
    assert not any(name.lower() == "content-type" for r in requests for name, _ in r.fields)


def test_an_empty_body_file_and_one_with_a_method_of_its_own(load, tmp_path):
    (tmp_path / "body").write_bytes(b"")
    requests = seen(load, "", *ONE, "--body-file", tmp_path / "body", "-X", "PUT")
    assert requests[0].line == "PUT / HTTP/1.1"
    assert requests[0].field("Content-Length") == "0"


BODIES = {
    "a file": ("@{tmp}/body", b"\x00{{iteration}}\n"),
    "standard input": ("@-", b"from the pipe"),
    "an @ that is meant": ("@@home", b"@home"),
    "an @ further on": ("a@b", b"a@b"),
}


@pytest.mark.parametrize("flag", ["-b", "-d", "--body"])
@pytest.mark.parametrize("text, expected", BODIES.values(), ids=BODIES.keys())
def test_a_body_with_an_at_sign_is_a_file_as_in_curl(run, tools, tmp_path, flag, text, expected):
    (tmp_path / "body").write_bytes(b"\x00{{iteration}}\n")
    recorder = Recorder()
    with ScriptedServer(recorder) as server:
        run(["printf", "from the pipe"], [tools.gen, "http", server.url, *ONE, flag, text.format(tmp=tmp_path)])
    assert [(r.line, r.body) for r in recorder.requests] == [("POST / HTTP/1.1", expected)]


# -- What is refused ---------------------------------------------------------------------------------------------------

REFUSED = [
    pytest.param(["http://h/{{itration}}"], 64, "URL: '{{itration}}' is no value", "did you mean 'iteration'?", id="value"),
    pytest.param(["http://{{iteration}}/"], 64, "before the path", "", id="host"),
    pytest.param(["http://h{{iteration}}"], 64, "before the path", "", id="port"),
    pytest.param(["http://h/%{{random 10 99}}"], 64, "byte 9: % without", "", id="percent"),
    pytest.param(["http://h/{{uuid}}/a b"], 64, "byte 19: a space", "", id="space"),
    pytest.param(["-H", "X: {{feed.a.b}}", "http://h/"], 64, "--header 'X': '{{feed.a.b}}' names no feed", "", id="feed"),
    pytest.param(["--feed", "u={csv}", "--body", "{{feed.u.nmae}}", "http://h/"], 64,
                 "--body: '{{feed.u.nmae}}' names no column of its feed", "did you mean 'name'?", id="column"),
    pytest.param(["--feed", "u={csv}", "-H", "X: {{feed.u.city}}", "http://h/"], 64,
                 "users.csv:4: column 'city' has a character that cannot stand in a header", "| url", id="header"),
    pytest.param(["--feed", "u={csv}", "http://h/{{feed.u.city | raw}}"], 64,
                 "users.csv:2: column 'city' has a character that cannot stand in a URL", "| raw", id="raw"),
    pytest.param(["--feed", "u={bad}", "http://h/"], 64, "feed 'u'", "bad.csv:3: the row has 1 cells", id="csv"),
    pytest.param(["--feed", "u=/no/such", "http://h/"], 66, "--feed: the file /no/such cannot be read", "No such file", id="missing"),
    pytest.param(["--body-file", "/no/such", "http://h/"], 66, "--body-file: the file", "No such file", id="body"),
    pytest.param(["--body-file", "/", "http://h/"], 66, "--body-file: the file", "Is a directory", id="directory"),
    pytest.param(["--body-file", "x", "--body", "y", "http://h/"], 64, "--body-file stands beside --body", "", id="two"),
    pytest.param(["-b", "@/no/such", "http://h/"], 66, "--body: the file /no/such", "No such file", id="at"),
    pytest.param(["-d", "@", "http://h/"], 64, "--body '@'", "write @@", id="at-alone"),
    pytest.param(["--body-file", "x", "-d", "@y", "http://h/"], 64, "--body-file stands beside --body", "", id="two-files"),
    pytest.param(["--feed", "users.csv", "http://h/"], 64, "write NAME=PATH", "", id="no-name"),
    pytest.param(["--feed", "a b=x", "http://h/"], 64, "write NAME=PATH", "", id="bad-name"),
    pytest.param(["--feed", "u={csv}", "--feed", "u={csv}", "http://h/"], 64, "another feed 'u'", "", id="twice"),
    pytest.param(["--feed-order", "random", "http://h/"], 64, "--feed-order goes with --feed", "", id="order"),
    pytest.param(["--follow-redirects", "51", "http://h/"], 64, "--follow-redirects must be 0 to 50", "", id="redirects"),
    pytest.param(["-H", "Content-Length: 2", "--body", "{{random 10 99}}", "http://h/"], 64,
                 "Content-Length cannot be given", "leave it out", id="length"),
    pytest.param(["-H", "Content-Length: {{random 1 2}}", "http://h/"], 64, "Content-Length cannot", "", id="length-value"),
]


@pytest.mark.parametrize("flags, status, cause, remedy", REFUSED)
def test_what_cannot_be_sent_is_refused_before_any_load(run, tools, users, tmp_path, flags, status, cause, remedy):
    (tmp_path / "bad.csv").write_text("a,b\n1,2\n3\n")
    flags = [flag.replace("{csv}", str(users)).replace("{bad}", str(tmp_path / "bad.csv")) for flag in flags]
    done = run([tools.gen, "http", *flags, *ONE])
    assert done.status == status, done.errors()
    assert cause in done.errors() and remedy in done.errors(), done.errors()
    assert done.output == b""


def test_a_configs_faults_in_files_and_feeds_are_told_all_at_once_with_their_places(run, tools, users, tmp_path):
    (tmp_path / "bad.csv").write_text('a,b\n1,"2\n')
    config = tmp_path / "c.yaml"
    config.write_text(f"""version: 1
name: c
scenarios:
  one:
    task:
      http:
        url: "http://h/{{{{feed.users.nam}}}}"
        headers: {{X-City: "{{{{feed.users.city}}}}"}}
        feeds: {{users: {{file: "{users}"}}}}
    load: {{closed: {{concurrency: 1, iterations: 1}}}}
  two:
    task:
      http:
        url: http://h/
        body_file: /no/such
        feeds:
          bad: {{file: "{tmp_path}/bad.csv"}}
          none: {{file: /no/such.csv}}
    load: {{closed: {{concurrency: 1, iterations: 1}}}}
""")
    for command in ([tools.ctl, "validate", config], [tools.gen, config]):
        done = run(command)
        assert done.status == 78
        lines = [line.removeprefix(f"{config}:") for line in done.errors().splitlines()]
        assert lines == [
            "7:14: error: '{{feed.users.nam}}' names no column of its feed — did you mean 'name'?",
            f"8:27: error: feed 'users': {users}:4: column 'city' has a character that cannot stand in a header; "
            'escape it with "| url"',
            "15:20: error: the file /no/such cannot be read: No such file or directory",
            f"17:23: error: feed 'bad': {tmp_path}/bad.csv:2: the quote is not closed; write \"\" for a quote within quotes",
            "18:24: error: the file /no/such.csv cannot be read: No such file or directory",
        ]


# -- Cookies -----------------------------------------------------------------------------------------------------------


def cookie_of(request):
    """The values of a request's Cookie fields, which are at most one."""
    values = [value for name, value in request.fields if name.lower() == "cookie"]
    assert len(values) <= 1
    return values[0] if values else ""


def session_server():
    """A server that gives whoever comes without one a session, and counts what each session asks for."""
    sessions = collections.Counter()

    def answer_of(request):
        cookie = cookie_of(request)
        if not cookie:
            name = f"s{len(sessions)}"
            sessions[name] = 1
            return answer(200, f"Set-Cookie: sid={name}; Path=/; HttpOnly", "Set-Cookie: extra=1; Path=/elsewhere")
        assert cookie.startswith("sid=s") and ";" not in cookie, cookie
        sessions[cookie.removeprefix("sid=")] += 1
        return OK

    return Recorder(answer_of), sessions


def test_each_user_has_a_jar_of_its_own(load):
    recorder, sessions = session_server()
    with ScriptedServer(recorder) as server:
        done = load("http", server.url, "--cookies", "--concurrency", "4", "--count", "80", "--lanes", "2")
    assert done.counts["succeeded"] == 80, done.messages
    assert len(sessions) == 4, "one session for each user"
    assert sum(sessions.values()) == 80


def test_each_slot_of_the_open_model_has_a_jar_of_its_own(load):
    recorder, sessions = session_server()
    with ScriptedServer(recorder) as server:
        done = load("http", server.url, "--cookies", "--rate", "200/s", "--for", "500ms", "--max-in-flight", "4")
    assert done.counts["succeeded"] == 100, done.messages
    assert 1 <= len(sessions) <= 4
    assert sum(sessions.values()) == 100


def test_without_the_flag_no_cookie_is_sent(load):
    recorder = Recorder(lambda request: answer(200, "Set-Cookie: a=1"))
    with ScriptedServer(recorder) as server:
        assert load("http", server.url, *THREE).counts["succeeded"] == 3
    assert [cookie_of(request) for request in recorder.requests] == ["", "", ""]


def test_cookies_are_set_changed_deleted_and_go_behind_those_of_the_user(load):
    sets = [
        ["Set-Cookie: a=1", "Set-Cookie: b=2; Path=/", "Set-Cookie: c=3; Secure", "Set-Cookie: d=4; Path=/other"],
        ["Set-Cookie: a=5; Max-Age=60"], ["Set-Cookie: b=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT"],
        ["Set-Cookie: a=; Max-Age=0"], [],
    ]
    recorder = Recorder(lambda request: answer(200, *sets[len(recorder.requests) - 1]))
    with ScriptedServer(recorder) as server:
        done = load(
            "http", server.url, "--concurrency", "1", "--count", "5", "--cookies", "-H", "Cookie: own={{iteration}}",
            "--expect-header", "Content-Length: 0")
    assert done.counts["succeeded"] == 5, done.messages
    assert [cookie_of(request) for request in recorder.requests] == [
        "own=0", "own=1; a=1; b=2", "own=2; a=5; b=2", "own=3; a=5", "own=4"]


# -- Redirects ---------------------------------------------------------------------------------------------------------


def test_no_cookie_of_a_response_is_left_out_however_many_there_are(load):
    """A deletion is a Set-Cookie too, and often the last of them."""
    some = [f"Set-Cookie: c{n}={n}; Path=/" for n in range(40)]
    gone = [f"Set-Cookie: c{n}=; Path=/; Max-Age=0" for n in range(30)]
    recorder = Recorder(lambda request: answer(200, *[some, gone, []][len(recorder.requests) - 1]))
    with ScriptedServer(recorder) as server:
        done = load("http", server.url, *THREE, "--cookies")
    assert done.counts["succeeded"] == 3, done.messages
    assert [len(cookie_of(request).split("; ")) for request in recorder.requests] == [1, 40, 10]
    assert cookie_of(recorder.requests[2]).startswith("c30=30; ")


def test_a_redirect_is_an_answer_unless_it_is_to_be_followed(load):
    recorder = Recorder(lambda request: answer(302, "Location: /elsewhere"))
    with ScriptedServer(recorder) as server:
        done = load("http", server.url, *THREE)
    assert done.counts["succeeded"] == 3
    assert done.counts["status"] == {"302": 3}
    assert recorder.targets == ["/", "/", "/"]


def redirecting(steps):
    """Answers `/0` with a redirect to `/1` and so on, then with 200; each answer takes 20 ms."""

    def answer_of(request):
        number = int(request.line.split()[1].removeprefix("/").partition("?")[0] or 0)
        time.sleep(0.02)
        return answer(302, f"Location: {number + 1}?x") if number < steps else answer(200, body=b"at the end")

    return Recorder(answer_of)


def test_a_chain_is_one_iteration_and_its_time_is_that_of_the_whole(load):
    recorder = redirecting(3)
    with ScriptedServer(recorder) as server:
        done = load("http", server.url + "0", *THREE, "--follow-redirects", "3", "--expect-body", "at the end")
    assert done.counts["succeeded"] == 3, done.messages
    assert done.counts["status"] == {"200": 3}
    assert recorder.targets == ["/0", "/1?x", "/2?x", "/3?x"] * 3
    assert done.histogram("service_time_hdr").get_min_value() >= 4 * 20_000_000 * 0.999
    assert done.counts["bytes_sent"] == sum(len(r.head) + 4 + len(r.body) for r in recorder.requests)


def test_one_redirect_too_many_is_a_failure_of_its_own(load):
    with ScriptedServer(redirecting(3)) as server:
        done = load("http", server.url + "0", *THREE, "--follow-redirects", "2")
    assert done.failures == {"redirect_limit": 3}
    assert done.counts["status"] == {"302": 3}
    assert any("more than 2 redirects" in message for message in done.messages)


@pytest.mark.parametrize("status, method, becomes", [
    (301, "POST", "GET"), (302, "POST", "GET"), (303, "PUT", "GET"), (307, "POST", "POST"), (308, "PUT", "PUT"),
    (301, "PUT", "PUT"),
])
def test_what_becomes_of_the_method_and_the_body(load, status, method, becomes):
    def answer_of(request):
        return answer(status, "Location: /done") if request.line.split()[1] != "/done" else OK

    recorder = Recorder(answer_of)
    with ScriptedServer(recorder) as server:
        done = load("http", server.url + "start", *ONE, "--follow-redirects", "1", "-X", method, "--body",
                    "number {{iteration}}", "-H", "Content-Type: text/plain", "-H", "Authorization: Bearer t")
    assert done.counts["succeeded"] == 1, done.messages
    first, second = recorder.requests
    assert first.body == b"number 0"
    assert second.line == f"{becomes} /done HTTP/1.1"
    assert second.body == (b"number 0" if becomes == method else b"")
    names = {name.lower() for name, _ in second.fields}
    assert ("content-type" in names) == ("content-length" in names) == (becomes == method)
    assert second.field("Authorization") == "Bearer t", "the origin is the same"


def test_on_another_server_the_credentials_are_left_out(load):
    there = Recorder(lambda request: answer(200, "Set-Cookie: there=1"))
    with ScriptedServer(there) as other:
        here = Recorder(lambda request: answer(307, f"Location: {other.url}in?q", "Set-Cookie: here=1; Path=/"))
        with ScriptedServer(here) as server:
            done = load(
                "http", server.url, *THREE, "--follow-redirects", "1", "--body", "b", "--cookies", "-H",
                "Authorization: Bearer t", "-H", "Cookie: own=1", "-H", "Host: shop.test", "-H", "X-Other: stays")
    assert done.counts["succeeded"] == 3, done.messages
    assert there.targets == ["/in?q"] * 3
    for request in there.requests:
        names = {name.lower() for name, _ in request.fields}
        assert "authorization" not in names
        assert request.field("Host") == f"127.0.0.1:{other.port}"
        assert request.field("X-Other") == "stays"
        assert request.body == b"b"
    assert [cookie_of(request) for request in there.requests] == ["", "there=1", "there=1"], "not those of shop.test"
    assert [cookie_of(request) for request in here.requests] == ["own=1", "own=1; here=1", "own=1; here=1"]
    assert {request.field("Host") for request in here.requests} == {"shop.test"}
    assert other.connections == 1, "connections to other servers are kept, too"


@pytest.mark.parametrize("location", ["ftp://h/", "http://", "/a\tb"])
def test_a_redirect_to_where_no_request_can_go_is_a_failure_of_its_own(load, location):
    with ScriptedServer(Recorder(lambda request: answer(302, f"Location: {location}"))) as server:
        done = load("http", server.url, *ONE, "--follow-redirects", "5")
    assert done.failures == {"redirect": 1}
    assert any("cannot be followed" in message for message in done.messages), done.messages


@pytest.mark.parametrize("location, target", [
    (b"/caf\xe9", "/caf%E9"), (b"/100%/x", "/100%/x"), (b"?d=50%off", "/?d=50%off"), (b"/a \xcc\x81", "/a%20%CC%81"),
    (b"/\xcc\x81", "/%CC%81"),
])
def test_a_location_is_followed_byte_by_byte(load, location, target):
    recorder = Recorder(
        lambda request: answer(302, "Location: " + location.decode("latin-1")) if len(recorder.requests) == 1 else OK)
    with ScriptedServer(recorder) as server:
        done = load("http", server.url, *ONE, "--follow-redirects", "1")
    assert done.failures == {}, done.messages
    assert recorder.targets == ["/", target]


def answering_tls(certificates, answer_of):
    """A server over TLS that asks for the client's certificate, and the pairs of (request's head, certificate) it sees."""
    seen = []
    context = server_context(certificates.good)
    context.verify_mode = ssl.CERT_OPTIONAL
    context.load_verify_locations(certificates.ca)

    def script(peer):
        while (head := peer.read_head()) is not None:
            seen.append((head.decode("latin-1").lower(), peer.sock.getpeercert()))
            peer.send(answer_of(head.decode("latin-1")))

    return scripted_tls(certificates.good, script, context), seen


def test_a_redirect_to_tls_has_the_same_trust_and_a_secure_cookie_stays_there(load, certificates):
    secure, there = answering_tls(certificates, lambda head: answer(200, "Set-Cookie: s=1; Secure; Path=/"))
    with secure:
        here = Recorder(lambda request: answer(302, f"Location: https://127.0.0.1:{secure.port}/in", "Set-Cookie: p=1"))
        with ScriptedServer(here) as server:
            flags = (*THREE, "--follow-redirects", "1", "--cookies")
            done = load("http", server.url, *flags, "--ca-file", certificates.ca)
            refused = load("http", server.url, *flags)
    assert done.counts["succeeded"] == 3, done.messages
    assert [cookie_of(request) for request in here.requests[:3]] == ["", "p=1", "p=1"]
    assert ["cookie: p=1; s=1" in head for head, _ in there] == [False, True, True]
    assert refused.failures == {"certificate_unknown_ca": 3}


def test_the_clients_certificate_is_not_shown_to_another_server(load, certificates):
    cert, key = certificates.client
    other, there = answering_tls(certificates, lambda head: OK)
    with other:
        own, here = answering_tls(certificates, lambda head: answer(307, f"Location: https://localhost:{other.port}/"))
        with own:
            done = load(
                "http", f"https://127.0.0.1:{own.port}/", *THREE, "--follow-redirects", "1", "--ca-file", certificates.ca,
                "--cert", cert, "--key", key)
    assert done.counts["succeeded"] == 3, done.messages
    assert [bool(certificate) for _, certificate in here] == [True] * 3
    assert [bool(certificate) for _, certificate in there] == [False] * 3


def test_without_a_location_a_redirect_is_an_answer(load):
    with ScriptedServer(Recorder(lambda request: answer(302))) as server:
        done = load("http", server.url, *ONE, "--follow-redirects", "5")
    assert done.counts["status"] == {"302": 1} and done.counts["succeeded"] == 1


def test_a_redirect_to_a_closed_port_is_refused_there(load):
    port = vajra.free_port()
    with ScriptedServer(Recorder(lambda request: answer(302, f"Location: http://127.0.0.1:{port}/"))) as server:
        done = load("http", server.url, *ONE, "--follow-redirects", "5")
    assert done.failures == {"refused": 1}


def test_the_timeout_is_for_the_whole_chain(load):
    with ScriptedServer(redirecting(40)) as server:
        done = load("http", server.url + "0", "--concurrency", "1", "--count", "1", "--timeout", "200ms",
                    "--follow-redirects", "50")
    assert done.failures == {"timeout": 1}, done.messages


def test_redirects_to_many_servers_are_bounded(load):
    """Each of 18 addresses of loopback is a server of its own."""
    targets = collections.Counter()

    def answer_of(request):
        number = int(request.line.split()[1].removeprefix("/"))
        targets[number] += 1
        return answer(302, f"Location: http://127.0.1.{number + 1}:{server.port}/{number + 1}")

    with ScriptedServer(Recorder(answer_of), host="0.0.0.0") as server:
        done = load("http", f"http://127.0.1.0:{server.port}/0", *ONE, "--follow-redirects", "50")
    assert done.failures == {"redirect": 1}
    assert sorted(targets) == list(range(17))


def test_a_run_with_cookies_and_redirects_from_a_config(load, tmp_path):
    def answer_of(request):
        if request.line.split()[1] == "/login":
            return answer(303, "Location: /home", "Set-Cookie: sid=1; Path=/")
        return answer(200 if cookie_of(request) == "sid=1" else 401)

    recorder = Recorder(answer_of)
    with ScriptedServer(recorder) as server:
        config = tmp_path / "c.json"
        config.write_text(config_of(
            {"url": server.url + "login", "method": "POST", "body": "u=1", "cookies": True, "redirects": 2,
             "expect": {"status": 200}}, "{closed: {concurrency: 2, iterations: 6}}"))
        done = load(config)
    assert done.counts["succeeded"] == 6, done.messages
    assert collections.Counter(recorder.targets) == {"/login": 6, "/home": 6}
