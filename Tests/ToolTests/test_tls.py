# SPDX-License-Identifier: Apache-2.0
"""The http task over TLS: who is trusted, what is refused and why, sessions, and servers that end in odd ways."""

import json
import os
import pathlib
import ssl

import pytest

import vajra
from loads import Load
from servers import ScriptedServer
from tls_servers import OpenSSLServer, TLSNginx, certified, scripted_tls, server_context, tls_script

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
THREE = ("--concurrency", "1", "--count", "3", "--for", "60s", "--timeout", "10s")
KINDS = ("certificate_expired", "certificate_not_yet_valid", "certificate_host", "certificate_unknown_ca",
         "certificate_self_signed")


@pytest.fixture
def start(processes, short_path):
    return lambda servers: TLSNginx(processes, short_path, servers)


@pytest.fixture
def nginx_of(start, certificates):
    """An nginx with one port for the certificate of that failure kind, or the good one."""

    def make(kind="good", lines=""):
        pair = certificates.good if kind == "good" else certificates.refused[kind]
        return start({kind: certified(pair) + lines})

    return make


# -- Trust -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1", "localhost"])
def test_a_trusted_certificate_is_accepted_by_name_and_by_address(load, nginx_of, certificates, host):
    server = nginx_of()
    done = load("http", server.url("good", host=host), "--concurrency", "4", "--count", "400", "--for", "60s",
                "--ca-file", certificates.ca, "--expect-body", "ok")
    assert done.has_passed, done.messages
    assert done.counts["succeeded"] == 400
    requests = server.requests("good")
    assert len({words[0] for words in requests}) == 4, "connections are kept"
    assert {words[2] for words in requests} == {"TLSv1.3"}
    assert "notes" not in done.lines[0]


@pytest.mark.parametrize("kind", KINDS)
def test_a_refused_certificate_has_its_own_failure_kind_and_status_1(load, nginx_of, certificates, kind):
    server = nginx_of(kind)
    done = load("http", server.url(kind), *THREE, "--ca-file", certificates.ca)
    assert done.status == 1
    assert done.failures == {kind: 3}
    assert server.requests(kind) == [], "nothing was sent to a server that was not trusted"


def test_the_system_does_not_trust_an_authority_of_our_own(load, nginx_of):
    done = load("http", nginx_of().url("good"), *THREE)
    assert (done.status, done.failures) == (1, {"certificate_unknown_ca": 3})
    assert "--ca-file" in done.messages[0]


@pytest.mark.parametrize("kind", KINDS)
def test_insecure_takes_any_certificate_and_every_report_says_so(run, tools, tmp_path, nginx_of, kind):
    server = nginx_of(kind)
    raw = tmp_path / "raw.ndjson"
    report = run([tools.gen, "http", server.url(kind), *THREE, "--insecure"], ["tee", raw], [tools.agg])
    note = "http: the server's certificate was not verified (insecure)"
    assert report.statuses[0] in (0, 3), report.errors(0)
    assert [line for line in report.output.decode().splitlines() if line.startswith("note ")]
    assert note in " ".join(report.output.decode().split())
    lines = vajra.lines_of(raw)
    assert lines[0]["notes"] == [note]
    assert lines[0]["config"]["scenarios"]["http"]["task"]["http"]["tls"] == {"insecure": True}
    summary = run([tools.agg, "--json", raw]).json
    assert summary["notes"] == [note]
    assert summary["total"]["succeeded"] == 3


def test_another_server_name_is_what_the_certificate_must_be_for(load, start, certificates):
    server = start({"other": certified(certificates.refused["certificate_host"])})
    done = load("http", server.url("other"), *THREE, "--ca-file", certificates.ca, "--server-name", "other.example")
    assert done.counts["succeeded"] == 3, done.messages
    done = load("http", server.url("other"), *THREE, "--ca-file", certificates.ca, "--server-name", "fourth.example")
    assert done.failures == {"certificate_host": 3}


@pytest.mark.parametrize(("host", "flags", "sent"), [
    ("localhost", (), "localhost"),
    ("127.0.0.1", (), None),
    ("127.0.0.1", ("--server-name", "localhost"), "localhost"),
    ("localhost", ("--server-name", "127.0.0.1"), None),
])
def test_a_name_is_sent_to_the_server_and_an_address_is_not(load, certificates, host, flags, sent):
    names = []
    context = server_context(certificates.good)
    context.sni_callback = lambda _sock, name, _context: names.append(name)
    with scripted_tls(certificates.good, answer, context) as server:
        done = load("http", f"https://{host}:{server.port}/", *THREE, *flags, "--ca-file", certificates.ca)
    assert done.counts["succeeded"] == 3, done.messages
    assert set(names) == {sent}


def answer(peer):
    while peer.read_head() is not None:
        peer.send(OK)


# -- The client's own certificate --------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", ["-tls1_2", "-tls1_3"])
def test_a_server_that_demands_a_client_certificate_refuses_without_and_serves_with_it(
        load, processes, certificates, version):
    server = OpenSSLServer(processes, certificates.good, "-www", version, "-Verify", "1", "-verify_return_error",
                           "-CAfile", certificates.ca)
    trust = ("--ca-file", certificates.ca)
    without = load("http", server.url, *THREE, *trust)
    assert without.status == 1
    assert sum(without.failures.values()) == 3
    # TLS 1.2 has no alert of its own for it: "handshake failure" is all that a client is told.
    assert set(without.failures) == {"tls_handshake" if version == "-tls1_2" else "client_certificate"}
    cert, key = certificates.client
    done = load("http", server.url, *THREE, *trust, "--cert", cert, "--key", key)
    assert done.counts["succeeded"] == 3, done.messages
    both = load("http", server.url, *THREE, *trust, "--cert", certificates.both)
    assert both.counts["succeeded"] == 3, both.messages


def test_nginx_sees_the_client_certificate(load, nginx_of, certificates):
    server = nginx_of(lines=f"ssl_client_certificate {certificates.ca}; ssl_verify_client on;")
    done = load("http", server.url("good"), *THREE, "--ca-file", certificates.ca)
    assert (done.status, done.failures, done.counts["status"]) == (1, {"status": 3}, {"400": 3})
    done = load("http", server.url("good"), *THREE, "--ca-file", certificates.ca, "--cert", certificates.both)
    assert done.counts["status"] == {"200": 3}, done.messages


def bad_files(certificates):
    cert, key = certificates.client
    return {
        "the wrong key": (["--cert", cert, "--key", certificates.good[1]], "is not the key"),
        "an encrypted key": (["--cert", cert, "--key", certificates.encrypted_key], "passphrase"),
        "no key": (["--cert", cert], "no private key"),
        "a certificate as key": (["--cert", cert, "--key", cert], "no private key"),
        "a key as certificate": (["--cert", key], "no certificate"),
        "no such key": (["--cert", cert, "--key", "/nowhere/key"], "No such file"),
        "a key as CA": (["--ca-file", key], "no certificates"),
    }


def test_files_that_cannot_be_used_are_refused_before_any_load(run, tools, certificates):
    for story, (flags, words) in bad_files(certificates).items():
        refused = run([tools.gen, "http", "https://127.0.0.1:9/", *THREE, *flags])
        assert (refused.status, refused.output) == (66 if story == "no such key" else 64, b""), story
        assert words in refused.errors(), (story, refused.errors())
        assert str(flags[-1]) in refused.errors(), story


def test_files_may_be_pipes_which_are_read_once_for_all_lanes(load, nginx_of, certificates, tmp_path):
    server = nginx_of(lines=f"ssl_client_certificate {certificates.ca}; ssl_verify_client on;")
    flags = ["--concurrency", "4", "--count", "40", "--for", "60s", "--lanes", "2"]
    pipes = {}
    for name, content in (("ca", certificates.ca), ("cert", certificates.client[0]), ("key", certificates.client[1])):
        reading, writing = os.pipe()
        os.write(writing, pathlib.Path(content).read_bytes())
        os.close(writing)
        pipes[name] = reading
    try:
        done = load("http", server.url("good"), *flags, *[word for name, number in pipes.items()
                    for word in ({"ca": "--ca-file"}.get(name, f"--{name}"), f"/proc/{os.getpid()}/fd/{number}")])
    finally:
        for number in pipes.values():
            os.close(number)
    assert done.counts["succeeded"] == 40, done.messages
    with open(certificates.ca, "rb") as trust:
        done = load("http", server.url("good"), *flags, "--cert", certificates.both, "--ca-file", "/dev/stdin", stdin=trust)
    assert done.counts["succeeded"] == 40, done.messages


def test_what_has_no_effect_without_https_is_said_and_a_missing_file_is_missing(run, tools, target):
    done = run([tools.gen, "http", target.url, *THREE, "-k"])
    assert done.status == 0 and "no effect without an https URL" in done.errors()
    done = run([tools.gen, "http", target.url, *THREE, "--ca-file", "nope.pem"])
    assert done.status == 66 and "--ca-file: the CA file nope.pem cannot be read: No such file" in done.errors()


CONFIG = """version: 1
name: tls
scenarios:
  s:
    task:
      http:
        url: "{url}"
        tls: {{ca_file: {ca}, cert_file: {cert}, key_file: {key}}}
    load: {{closed: {{concurrency: 1, iterations: 3, for: 60s}}}}
"""


def test_a_config_says_the_same(load, run, tools, nginx_of, certificates, tmp_path):
    server = nginx_of(lines=f"ssl_client_certificate {certificates.ca}; ssl_verify_client on;")
    cert, key = certificates.client
    config = tmp_path / "c.yaml"
    config.write_text(CONFIG.format(url=server.url("good"), ca=certificates.ca, cert=cert, key=key))
    assert load("run", config).counts["succeeded"] == 3
    config.write_text(CONFIG.format(url=server.url("good"), ca=certificates.ca, cert=cert, key="/nowhere/key"))
    for verb in ([tools.gen, "run", config], [tools.ctl, "validate", config]):
        refused = run(verb)
        assert refused.status == 78
        column = 1 + config.read_text().splitlines()[7].index("/nowhere")
        assert f"c.yaml:8:{column}: error: the key file /nowhere/key cannot be read" in refused.errors()


# -- Versions, sessions ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("lines", "version"), [
    ("ssl_protocols TLSv1.2;", "TLSv1.2"), ("ssl_protocols TLSv1.3;", "TLSv1.3")])
def test_both_versions_of_tls_are_spoken(load, nginx_of, certificates, lines, version):
    server = nginx_of(lines=lines)
    done = load("http", server.url("good"), *THREE, "--ca-file", certificates.ca)
    assert done.counts["succeeded"] == 3, done.messages
    assert {words[2] for words in server.requests("good")} == {version}


def test_tls_1_1_is_not_spoken(load, nginx_of, certificates):
    server = nginx_of(lines="ssl_protocols TLSv1.1; ssl_ciphers ALL:@SECLEVEL=0;")
    done = load("http", server.url("good"), *THREE, "--ca-file", certificates.ca)
    assert (done.status, done.failures) == (1, {"tls_handshake": 3})


@pytest.mark.parametrize("version", ["TLSv1.2", "TLSv1.3"])
def test_a_new_connection_resumes_the_session_of_an_earlier_one(load, nginx_of, certificates, version):
    server = nginx_of(lines=f"ssl_protocols {version}; keepalive_requests 2;")
    done = load("http", server.url("good"), "--concurrency", "1", "--count", "20", "--for", "60s", "--lanes", "1",
                "--ca-file", certificates.ca)
    assert done.counts["succeeded"] == 20, done.messages
    reused = [words[1] for words in server.requests("good")]
    assert reused == [".", "."] + ["r"] * 18


# -- Handshakes that fail ----------------------------------------------------------------------------------------------


def test_a_port_without_tls_is_named_and_so_is_a_plain_request_to_one_with_it(load, start, certificates):
    server = start({"tls": certified(certificates.good)})
    done = load("http", server.url("tls", scheme="http"), *THREE)
    assert done.counts["status"] == {"400": 3}
    plain = ScriptedServer(lambda peer: (peer.sock.recv(100), peer.send(b"HTTP/1.1 400 Bad Request\r\n\r\n")))
    with plain:
        done = load("http", f"https://127.0.0.1:{plain.port}/", *THREE)
    assert (done.status, done.failures) == (1, {"tls_handshake": 3})
    assert "does not speak TLS" in done.messages[0]


ODD_HANDSHAKES = {
    "the end": (lambda peer: peer.sock.recv(4096), "tls_handshake"),
    "a reset": (lambda peer: (peer.sock.recv(4096), peer.reset()), "reset"),
    "an alert": (lambda peer: (peer.sock.recv(4096), peer.send(b"\x15\x03\x03\x00\x02\x02\x28")), "tls_handshake"),
    "half a record": (lambda peer: (peer.sock.recv(4096), peer.send(b"\x16\x03\x03\x40\x00\x02")), "tls_handshake"),
    "rubbish": (lambda peer: (peer.sock.recv(4096), peer.send(bytes(range(256)))), "tls_handshake"),
}


@pytest.mark.parametrize("story", ODD_HANDSHAKES)
def test_a_handshake_that_breaks_is_told(load, story):
    script, kind = ODD_HANDSHAKES[story]
    with ScriptedServer(script) as server:
        done = load("http", f"https://127.0.0.1:{server.port}/", *THREE)
    assert (done.status, done.failures) == (1, {kind: 3}), done.messages


def test_a_handshake_that_hangs_ends_with_the_time_to_connect(load):
    with ScriptedServer(lambda peer: peer.wait_for_close()) as server:
        done = load("http", f"https://127.0.0.1:{server.port}/", *THREE, "--connect-timeout", "200ms")
    assert (done.status, done.failures) == (1, {"connect_timeout": 3})
    assert "TLS handshake" in done.messages[0]
    times = [line["ended_unix_us"] for line in done.iterations]
    assert done.histogram("service_time_hdr").get_max_value() < 0.2e9 + vajra.NOISE * 1e9, times


# -- Odd ends and sizes ------------------------------------------------------------------------------------------------


def ending(response, end):
    def script(peer):
        if peer.read_head() is not None:
            peer.send(response)
            end(peer)

    return script


UNTIL_CLOSE = b"HTTP/1.1 200 OK\r\n\r\nuntil the end"
CUT = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"
ENDS = {
    "a body until the end, with goodbye": (UNTIL_CLOSE, lambda peer: peer.say_goodbye(), {}),
    "a body until the end, without goodbye": (UNTIL_CLOSE, lambda peer: peer.cut(), {"short_body": 3}),
    "a whole body, then no goodbye": (OK.replace(b"OK\r\n", b"OK\r\nConnection: close\r\n"), lambda peer: peer.cut(), {}),
    "a cut body, with goodbye": (CUT, lambda peer: peer.say_goodbye(), {"short_body": 3}),
    "a cut body, without goodbye": (CUT, lambda peer: peer.cut(), {"short_body": 3}),
    "no response, with goodbye": (b"", lambda peer: peer.say_goodbye(), {"closed": 3}),
    "no response, without goodbye": (b"", lambda peer: peer.cut(), {"closed": 3}),
}


@pytest.mark.parametrize("story", ENDS)
def test_how_a_connection_ends_decides_whether_a_body_is_whole(load, certificates, story):
    response, end, failures = ENDS[story]
    with scripted_tls(certificates.good, ending(response, end)) as server:
        done = load("http", f"https://127.0.0.1:{server.port}/", *THREE, "--ca-file", certificates.ca)
    assert done.failures == failures, done.messages
    assert done.counts["succeeded"] == 3 - sum(failures.values())


def test_a_response_of_many_records_is_read_whole(load, nginx_of, certificates):
    server = nginx_of()
    done = load("http", server.url("good", "files/large"), "--concurrency", "3", "--count", "30", "--for", "60s",
                "--ca-file", certificates.ca, "--expect-body", "the-end")
    assert done.counts["succeeded"] == 30, done.messages
    assert done.counts["bytes_received"] > 30 * 1048583


def test_a_response_that_trickles_is_read_whole(load, certificates):
    def script(peer):
        while peer.read_head() is not None:
            for byte in OK:
                peer.send(bytes([byte]))

    with scripted_tls(certificates.good, script) as server:
        done = load("http", f"https://127.0.0.1:{server.port}/", *THREE, "--ca-file", certificates.ca)
    assert done.counts["succeeded"] == 3, done.messages


def test_a_body_larger_than_any_buffer_is_sent_whole_to_a_slow_reader(load, certificates, tmp_path):
    body = os.urandom(400_000).hex()
    (tmp_path / "body").write_text(body)
    (tmp_path / "c.yaml").write_text(json.dumps({
        "version": 1, "name": "c", "scenarios": {"s": {
            "task": {"http": {"url": "https://127.0.0.1:${PORT}/", "method": "POST",
                              "body": "${file:" + str(tmp_path / "body") + "}", "tls": {"ca_file": str(certificates.ca)}}},
            "load": {"closed": {"concurrency": 1, "iterations": 2, "for": "60s"}}}}}))
    seen = []

    def script(peer):
        while peer.read_head() is not None:
            got = peer.received
            while len(got) < len(body):
                got += peer.sock.recv(997)
            seen.append(got.decode())
            peer.received = b""
            peer.send(OK)

    with scripted_tls(certificates.good, script) as server:
        done = load("run", tmp_path / "c.yaml", env={"PORT": str(server.port)})
    assert done.counts["succeeded"] == 2, done.messages
    assert seen == [body, body]


def test_tls_over_a_unix_socket(load, certificates, short_path):
    path = str(short_path / "s")
    context = server_context(certificates.good)
    with ScriptedServer(tls_script(context, answer), path=path):
        done = load("http", "https://localhost/", *THREE, "--unix-socket", path, "--ca-file", certificates.ca)
    assert done.counts["succeeded"] == 3, done.messages


@pytest.mark.parametrize(("version", "command"), [("-tls1_3", "k"), ("-tls1_3", "K"), ("-tls1_2", "r")])
def test_new_keys_and_a_new_handshake_within_a_connection_disturb_nothing(
        pipeline, processes, tools, certificates, version, command):
    server = OpenSSLServer(processes, certificates.good, version, "-crlf")
    gen = pipeline([tools.gen, "http", server.url, *THREE, "--lanes", "1", "--ca-file", certificates.ca])
    for number in range(3):
        server.await_output("User-Agent:", number + 1)
        server.type(f"{command}\n")
        # What is read together with a command is forgotten.
        server.await_output("SSL_do_handshake", number + 1)
        server.type("HTTP/1.1 200 OK\nContent-Length: 2\n\nok")
    gen.await_end()
    done = Load(gen)
    assert done.counts["succeeded"] == 3, done.messages


def test_a_new_session_ticket_on_an_idle_connection_does_not_cost_it(load, certificates):
    """OpenSSL's server sends its TLS 1.3 tickets after the handshake, so they come before or between responses."""
    context = server_context(certificates.good)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.num_tickets = 8
    with scripted_tls(certificates.good, answer, context) as server:
        done = load("http", f"https://127.0.0.1:{server.port}/", "--concurrency", "2", "--count", "200", "--for", "60s",
                    "--lanes", "1", "--ca-file", certificates.ca)
        assert done.counts["succeeded"] == 200, done.messages
        assert server.connections == 2
