# SPDX-License-Identifier: Apache-2.0
"""How long connections live, and where they go: keep-alive, connect-to, source addresses, names looked up again."""

import collections
import json
import os
import resource
import shutil
import socket
import ssl
import subprocess
import sys
import threading

import pytest

import vajra
from http2_servers import HEADERS, scripted_http2
from loads import Load
from servers import Nginx, ScriptedServer
from tls_servers import TLSNginx, certified

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


def run_of(count, *flags):
    return ("--concurrency", "1", "--count", str(count), "--for", "60s", "--lanes", "1", *flags)


class Recorder:
    """A script that answers every request, and records what each connection was sent, and from where."""

    def __init__(self):
        self.heads = collections.defaultdict(list)
        self.sources = {}
        self._lock = threading.Lock()

    def __call__(self, peer):
        with self._lock:
            self.sources[peer.number] = peer.sock.getpeername()[0]
        while request := peer.read_request():
            with self._lock:
                self.heads[peer.number].append(request.head.decode())
            peer.send(OK)

    @property
    def counts(self):
        return [len(heads) for _, heads in sorted(self.heads.items())]


# -- How long they live ------------------------------------------------------------------------------------------------


def test_without_keepalive_each_request_has_a_connection_and_says_that_it_is_the_last(load):
    recorder = Recorder()
    with ScriptedServer(recorder) as server:
        done = load("http", server.url, *run_of(7, "--no-keepalive"))
    assert done.counts["succeeded"] == 7, done.messages
    assert recorder.counts == [1] * 7
    assert all("\r\nConnection: close" in heads[0] for heads in recorder.heads.values())


def test_a_connection_header_of_the_users_own_stays(load):
    recorder = Recorder()
    with ScriptedServer(recorder) as server:
        done = load("http", server.url, *run_of(3, "--no-keepalive", "-H", "Connection: keep-alive"))
    assert done.counts["succeeded"] == 3, done.messages
    assert recorder.counts == [1] * 3
    assert all(heads[0].count("onnection:") == 1 for heads in recorder.heads.values())


def test_without_keepalive_nginx_sees_as_many_connections_as_requests(load, processes, short_path):
    server = Nginx(processes, short_path)
    before, _ = server.counters()
    done = load("http", server.url, "--no-keepalive", "--concurrency", "8", "--count", "400", "--for", "60s")
    after, _ = server.counters()
    assert done.counts["succeeded"] == 400, done.messages
    assert after - before - 1 == 400


def test_values_in_headers_stay_where_they_are_without_keepalive(load):
    recorder = Recorder()
    with ScriptedServer(recorder) as server:
        done = load("http", server.url, *run_of(3, "--no-keepalive", "-H", "X-A: {{iteration}}", "-H", "X-B: b{{iteration}}"))
    assert done.counts["succeeded"] == 3, done.messages
    heads = [heads[0] for _, heads in sorted(recorder.heads.items())]
    assert all(f"X-A: {number}\r\nX-B: b{number}" in head for number, head in enumerate(heads))


def test_a_connection_is_closed_after_so_many_requests(load):
    recorder = Recorder()
    with ScriptedServer(recorder) as server:
        done = load("http", server.url, *run_of(10, "--max-requests-per-connection", "4"))
    assert done.counts["succeeded"] == 10, done.messages
    assert recorder.counts == [4, 4, 2]


@pytest.mark.parametrize(("flags", "counts"), [
    (("--max-requests-per-connection", "4"), [4, 4, 2]), (("--no-keepalive",), [1] * 10)])
def test_so_is_one_of_http2(load, flags, counts):
    seen = []

    def script(peer):
        seen.append(0)
        place = len(seen) - 1
        while frame := peer.frame():
            if frame[0] == HEADERS:
                seen[place] += 1
                peer.answer(frame[2])

    with scripted_http2(script) as server:
        done = load("http", server.url, "--http2", *run_of(10, *flags))
    assert done.counts["succeeded"] == 10, done.messages
    assert seen == counts


def test_a_limit_below_the_servers_own_spares_streams_its_goaway(load, processes, short_path, certificates):
    server = TLSNginx(
        processes, short_path, {"h2": certified(certificates.good) + "keepalive_requests 50;"}, kind="ssl http2")
    flags = ("--http2", "--streams", "10", "--concurrency", "10", "--count", "2000", "--for", "60s", "--lanes", "1",
             "--ca-file", certificates.ca)
    done = load("http", server.url("h2"), *flags, "--max-requests-per-connection", "50")
    assert done.counts["succeeded"] == 2000, done.messages


# -- Where they go -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("rule", "url"), [
    ("api.example:80:127.0.0.1:{port}", "http://api.example/"),
    ("API.example::127.0.0.1:{port}", "http://api.example:81/"),
    (":80:127.0.0.1:{port}", "http://api.example/"),
    (":::{port}", "http://127.0.0.1:9/"),
    ("::127.0.0.1:{port}", "http://[2001:db8::1]:7/"),
    ("[2001:db8::1]:7:127.0.0.1:{port}", "http://[2001:db8::1]:7/"),
])
def test_connections_go_where_a_rule_says_and_requests_stay_as_they_are(load, rule, url):
    recorder = Recorder()
    with ScriptedServer(recorder) as server:
        done = load("http", url, *run_of(2, "--connect-to", "other.example:80:127.0.0.9:1",
                                         "--connect-to", rule.format(port=server.port)))
    assert done.counts["succeeded"] == 2, done.messages
    host = url.removeprefix("http://").rstrip("/").removesuffix(":80")
    assert f"\r\nHost: {host}" in recorder.heads[0][0]


def test_a_rule_changes_nothing_about_the_certificate(load, processes, short_path, certificates):
    server = TLSNginx(processes, short_path, {"good": certified(certificates.good)})
    rule = ("--connect-to", f"::127.0.0.1:{server.ports['good']}", "--ca-file", certificates.ca)
    done = load("http", "https://localhost/", *run_of(2, *rule))
    assert done.counts["succeeded"] == 2, done.messages
    done = load("http", "https://fourth.example/", *run_of(2, *rule))
    assert done.failures == {"certificate_host": 2}


def test_connections_come_from_the_given_addresses_in_turn(load):
    recorder = Recorder()
    with ScriptedServer(recorder) as server:
        done = load("http", server.url, *run_of(
            6, "--no-keepalive", "--source-address", "127.0.0.5", "--source-address", "127.0.0.6"))
    assert done.counts["succeeded"] == 6, done.messages
    assert collections.Counter(recorder.sources.values()) == {"127.0.0.5": 3, "127.0.0.6": 3}


def test_a_source_address_of_another_family_is_told(load):
    with ScriptedServer(Recorder()) as server:
        done = load("http", server.url, *run_of(2, "--source-address", "::1"))
    assert (done.status, done.failures) == (1, {"unreachable": 2})
    assert "family" in done.messages[0]


CONFIG = {
    "version": 1, "name": "c", "scenarios": {"s": {
        "task": {"http": {
            "url": "http://api.example/", "keepalive": False, "connect_to": "::127.0.0.1:${PORT}",
            "source_address": ["127.0.0.7"], "dns_refresh": "10s"}},
        "load": {"closed": {"concurrency": 1, "iterations": 3, "for": "60s"}}}}}


def test_a_config_says_the_same_and_a_foreign_address_is_a_fault_at_its_place(load, run, tools, tmp_path):
    (tmp_path / "c.json").write_text(json.dumps(CONFIG, indent=1))
    recorder = Recorder()
    with ScriptedServer(recorder) as server:
        done = load("run", tmp_path / "c.json", env={"PORT": str(server.port)})
    assert done.counts["succeeded"] == 3, done.messages
    assert recorder.counts == [1, 1, 1]
    assert set(recorder.sources.values()) == {"127.0.0.7"}
    text = json.dumps(CONFIG, indent=1).replace("127.0.0.7", "192.0.2.77").replace("${PORT}", "9")
    (tmp_path / "c.json").write_text(text)
    refused = run([tools.ctl, "validate", tmp_path / "c.json"])
    line = 1 + [index for index, line in enumerate(text.splitlines()) if "source_address" in line][0]
    assert refused.status == 78
    assert f"c.json:{line}:" in refused.errors() and "192.0.2.77" in refused.errors()


# -- Names -------------------------------------------------------------------------------------------------------------


def can_make_a_mount_namespace():
    return (shutil.which("unshare") is not None
            and subprocess.run(["unshare", "-m", "true"], capture_output=True, check=False).returncode == 0)


@pytest.mark.skipif(not can_make_a_mount_namespace(), reason="no private /etc/hosts without unshare -m")
@pytest.mark.parametrize(("flags", "is_followed"), [(("--dns-refresh", "50ms"), True), ((), False)])
def test_a_name_is_looked_up_again_after_its_time(pipeline, tools, tmp_path, flags, is_followed):
    hosts = tmp_path / "hosts"
    hosts.write_text("127.0.0.11 moving.example\n")
    counts = collections.Counter()

    def script(name):
        def answer(peer):
            while peer.read_request():
                counts[name] += 1
                peer.send(OK)
        return answer

    with ScriptedServer(script("old"), host="127.0.0.11") as old:
        new = ScriptedServer(script("new"), host="127.0.0.12")
        new.listener.close()
        new.listener = socket.create_server(("127.0.0.12", old.port))
        with new:
            gen = pipeline(
                ["unshare", "-m", "sh", "-c", 'mount --bind "$0" /etc/hosts && exec "$@"', hosts, tools.gen, "http",
                 f"http://moving.example:{old.port}/", "--rate", "200/s", "--for", "2s", "--no-keepalive", "--lanes", "1",
                 *flags])
            vajra.await_condition(lambda: counts["old"] >= 20, "requests come to the old address")
            # In place: the bind mount shows this very file.
            hosts.write_text("127.0.0.12 moving.example\n")
            gen.await_end()
    done = Load(gen)
    assert done.counts["succeeded"] == 400, done.messages
    assert counts["old"] + counts["new"] == 400
    assert (counts["new"] > 0) is is_followed
    assert os.path.exists(hosts)


# -- What they cost ----------------------------------------------------------------------------------------------------


def test_a_request_in_flight_holds_little_memory_and_its_connection_not_much_more(
        run, release_tools, processes, short_path):
    path = short_path / "target.sock"
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    if most < 6000:
        pytest.skip(f"only {most} files may be open")
    target = processes.service(release_tools.ctl, "target", "--unix-socket", path, "--delay", "3s")
    vajra.listening_url(target)
    peaks = []
    for count in (500, 5000):
        done = Load(run([
            release_tools.gen, "http", "http://localhost/", "--unix-socket", path, "--concurrency", str(count),
            "--count", str(count), "--lanes", "1"]))
        assert done.counts["succeeded"] == count
        peaks.append(done.peak_memory)
    each = (peaks[1] - peaks[0]) / 4500
    print(f"{each:.0f} bytes for each request in flight")
    assert each < 3000


# -- Several addresses -------------------------------------------------------------------------------------------------


def can_make_a_network():
    return (shutil.which("unshare") is not None and shutil.which("ip") is not None
            and subprocess.run(["unshare", "-mn", "true"], capture_output=True, check=False).returncode == 0)


needs_a_network = pytest.mark.skipif(
    not can_make_a_network(), reason="no network and /etc/hosts of its own without unshare -mn (as root) and ip")

#: Run in a network of its own, where `duo` is ::1 and then 127.0.0.1. What stands at ::1 is the first argument; the address at
#: 127.0.0.1 serves. Prints the generator's stream.
DUO = r"""
import os, pathlib, socket, ssl, struct, subprocess, sys, threading
manner, certificate, key, gen, *words = sys.argv[1:]
subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
hosts = pathlib.Path(words.pop(0)); hosts.write_text("::1 duo\n127.0.0.1 duo\n")
subprocess.run(["mount", "--bind", str(hosts), "/etc/hosts"], check=True)
good = socket.create_server(("127.0.0.1", 0)); port = good.getsockname()[1]
context = None
if certificate:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER); context.load_cert_chain(certificate, key)
def serve(client):
    try:
        if context: client = context.wrap_socket(client, server_side=True)
        data = b""
        while True:
            while b"\r\n\r\n" not in data:
                more = client.recv(65536)
                if not more: return
                data += more
            data = data.partition(b"\r\n\r\n")[2]
            client.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
    except OSError: pass
def accept(listener, act):
    while True:
        client, _ = listener.accept()
        threading.Thread(target=act, args=(client,), daemon=True).start()
server = None
if "--http2" in words:
    good.close()
    server = subprocess.Popen(["nghttpd", "-a", "127.0.0.1", "--no-tls", "-d", str(hosts.parent), str(port)])
    while socket.socket().connect_ex(("127.0.0.1", port)): pass
else:
    threading.Thread(target=accept, args=(good, serve), daemon=True).start()
kept = []
if manner == "drops, and few ports":
    pathlib.Path("/proc/sys/net/ipv4/ip_local_port_range").write_text("20000 20019")
if manner != "refuses":
    bad = socket.socket(socket.AF_INET6); bad.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1); bad.bind(("::1", port))
    bad.listen(0)
    if manner.startswith("drops"):
        for _ in range(3):
            # The queue is full: the kernel drops what asks for a connection from now on.
            one = socket.socket(socket.AF_INET6); one.setblocking(False); one.connect_ex(("::1", port)); kept.append(one)
    else:
        threading.Thread(target=accept, args=(bad, kept.append), daemon=True).start()
url = f"{'https' if certificate else 'http'}://duo:{port}/"
done = subprocess.run([gen, "http", url, *[word.replace("PORT", str(port)) for word in words]])
if server: server.terminate(); server.wait()
sys.exit(done.returncode)
"""

LOADS = {
    "an open load": ["--rate", "20/s", "--for", "1s"],
    "a closed load": ["--concurrency", "2", "--count", "20"],
    "no time but that to connect": ["--rate", "20/s", "--for", "1s", "--timeout", "2s", "--connect-timeout", "2s"],
    "by another name": ["--rate", "20/s", "--for", "1s", "--connect-to", "duo:PORT:duo:PORT"],
    "a connection for each request": ["--rate", "20/s", "--for", "1s", "--no-keepalive"],
}


@needs_a_network
@pytest.mark.parametrize("flags", LOADS.values(), ids=LOADS.keys())
@pytest.mark.parametrize("manner", ["drops", "refuses"])
def test_an_address_that_is_dead_fails_no_request_when_the_other_serves(run, tools, tmp_path, manner, flags):
    done = Load(run(["unshare", "-mn", sys.executable, "-c", DUO, manner, "", "", tools.gen, tmp_path / "hosts", *flags, "--iterations", "all",
                     "--lanes", "1"]))
    assert done.counts["succeeded"] == 20 and done.failures == {}, done.messages
    slow = [line for line in done.iterations if line["service_time_ns"] > 200e6]
    # Only those that began before the first race was decided wait for the head start.
    decided = min(line["ended_unix_us"] for line in done.iterations)
    assert all(line["started_unix_us"] < decided for line in slow)
    assert not (manner == "refuses" and slow)


@needs_a_network
def test_a_want_of_local_ports_is_told_and_not_blamed_on_an_address(run, tools, tmp_path):
    done = Load(run(["unshare", "-mn", sys.executable, "-c", DUO, "drops, and few ports", "", "", tools.gen, tmp_path / "hosts",
                     "--rate", "50/s", "--for", "1s", "--no-keepalive", "--timeout", "1s", "--lanes", "1"]))
    assert done.counts["succeeded"] > 0
    assert set(done.failures) == {"address_exhausted"}, done.messages


@needs_a_network
@pytest.mark.parametrize("is_secure", [True, False], ids=["no TLS", "no HTTP/2"])
def test_an_address_that_accepts_and_never_speaks_fails_no_request_when_the_other_serves(run, tools, tmp_path, certificates, is_secure):
    if not is_secure and shutil.which("nghttpd") is None:
        pytest.skip("nghttpd is not installed")
    pair = certificates.good if is_secure else ("", "")
    flags = ["-k"] if is_secure else ["--http2", "--expect-status", "404"]
    done = Load(run(["unshare", "-mn", sys.executable, "-c", DUO, "is silent", *pair, tools.gen, tmp_path / "hosts", *flags,
                     "--rate", "20/s", "--for", "1s", "--lanes", "1"]))
    assert done.counts["succeeded"] == 20 and done.failures == {}, done.messages


# -- Answers before the end of a request -------------------------------------------------------------------------------


@pytest.mark.parametrize("is_secure", [False, True], ids=["plain", "TLS"])
def test_an_answer_before_the_server_closes_in_the_middle_of_a_body_is_taken(load, tmp_path, certificates, is_secure):
    body = tmp_path / "body"
    body.write_bytes(b"x" * 20_000_000)
    context = None
    if is_secure:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificates.good)

    def script(peer):
        sock = context.wrap_socket(peer.sock, server_side=True) if context else peer.sock
        received = b""
        while len(received) < 100_000:
            received += sock.recv(65536)
        sock.sendall(b"HTTP/1.1 413 Content Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        # With much of the body unread: the kernel sends a reset behind the answer.
        sock.close()

    with ScriptedServer(script) as server:
        url = server.url.replace("http://", "https://") if is_secure else server.url
        done = load("http", url, "--method", "POST", "--body-file", body, "--expect-status", "413", "--concurrency", "5", "--count", "50",
                    "--lanes", "1", *(["-k"] if is_secure else []))
    assert done.counts["status"] == {"413": 50}, done.messages
    assert done.failures == {}
