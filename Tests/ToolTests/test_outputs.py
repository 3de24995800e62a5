# SPDX-License-Identifier: Apache-2.0
"""Where the stream goes and where it is read from: files, Unix sockets, and all the ways in which they are not there."""

import os
import resource
import shutil
import socket
import subprocess
import threading

import pytest
import terminals
import vajra
from vajra import NOISE, closing, lines_of

SHORT = ["--rate", "1k/s", "--for", "300ms", "--snapshot-every", "100ms"]


class Listener:
    """A Unix socket that takes one connection, and sends or keeps what it is given."""

    def __init__(self, path, reply=None):
        self.received = b""
        self._reply = reply
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(path))
        self._listener.listen()
        self._listener.settimeout(vajra.DEADLINE)
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self):
        connection, _ = self._listener.accept()
        with connection:
            if self._reply is not None:
                connection.sendall(self._reply)
                return
            while data := connection.recv(1 << 16):
                self.received += data

    def await_end(self):
        self._thread.join(vajra.DEADLINE)
        self._listener.close()
        assert not self._thread.is_alive(), "the connection was not closed"


def test_a_stream_goes_to_a_file_and_nothing_to_standard_output(tools, run, tmp_path):
    file = tmp_path / "raw.ndjson"
    done = run([tools.gen, "none", *SHORT, "-o", file])
    assert done.status in (0, 3), done.errors()
    assert done.output == b""
    assert lines_of(file)[-1]["scenarios"]["none"]["completed"] == 300


def test_an_older_file_is_replaced_and_leaves_no_rest(tools, run, tmp_path):
    file = tmp_path / "raw.ndjson"
    file.write_bytes(b"x" * 1_000_000)
    run([tools.gen, "none", *SHORT, "-o", file])
    assert lines_of(file)[0]["type"] == "run_started"


def test_a_dash_is_standard_output(tools, run):
    done = run([tools.gen, "none", *SHORT, "--output", "-"])
    assert lines_of(done.output)[-1]["type"] == "run_ended"


def test_a_stream_goes_to_a_unix_socket_whole(tools, run, feed, short_path):
    listener = Listener(short_path / "s")
    done = run([tools.gen, "none", *SHORT, "-o", f"unix:{short_path}/s"])
    listener.await_end()
    assert done.status in (0, 3), done.errors()
    assert lines_of(listener.received)[-1]["scenarios"]["none"]["completed"] == 300
    assert feed(listener.received, [tools.agg, "--json"]).json["total"]["completed"] == 300


def test_a_socket_whose_reader_goes_away_ends_the_generator_with_141(tools, pipeline, short_path):
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(f"{short_path}/s")
        listener.listen()
        listener.settimeout(vajra.DEADLINE)
        gen = pipeline(
            [tools.gen, "none", "--rate", "1k/s", "--for", "60s", "--snapshot-every", "100ms", "-o", f"unix:{short_path}/s"])
        connection, _ = listener.accept()
        connection.recv(100)
        connection.close()
    assert gen.await_end() <= 0.5 + NOISE
    assert gen.status == 141


def reading_all(connection, enough):
    """Reads what comes until it is enough, and leaves nothing unread."""
    received = b""
    while received.count(b"\n") < enough:
        received += connection.recv(1 << 16)


@pytest.mark.parametrize("place", ["a socket that it connects to", "a socket as standard output"])
def test_a_socket_whose_reader_has_read_all_and_closes_ends_the_load_at_once(tools, pipeline, short_path, place):
    words = [tools.gen, "none", "--rate", "1k/s", "--for", "60s", "--snapshot-every", "100ms"]
    if place.startswith("a socket that"):
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(f"{short_path}/s")
            listener.listen()
            listener.settimeout(vajra.DEADLINE)
            going = pipeline([*words, "-o", f"unix:{short_path}/s"])
            connection, _ = listener.accept()
    else:
        connection, theirs = socket.socketpair()
        going = pipeline(words, stdout=theirs)
        theirs.close()
    reading_all(connection, 3)
    connection.close()
    assert going.await_end() <= 0.5 + NOISE
    assert going.status == 141


def test_a_reader_that_only_stops_writing_is_not_gone(tools, pipeline):
    connection, theirs = socket.socketpair()
    going = pipeline([tools.gen, "none", *SHORT], stdout=theirs)
    theirs.close()
    connection.shutdown(socket.SHUT_WR)
    received = b""
    while piece := connection.recv(1 << 16):
        received += piece
    going.await_end()
    assert going.status in (0, 3)
    assert lines_of(received)[-1]["scenarios"]["none"]["completed"] == 300


def test_a_dash_is_the_stream_on_a_terminal_too_and_nothing_beside_it(tools, tmp_path):
    shell = terminals.Terminal(300, 50, tmp_path, tools.directory)
    try:
        shell.type("stty -echo; vajra-gen none --rate 50/s --for 100ms -o -; echo status $?")
        shell.await_prompt()
        assert b'{"type":"run_started"' in shell.written and b'"type":"run_ended"' in shell.written
        assert "planned" not in "\n".join(shell.lines[:1])
        assert b"response " not in shell.written
    finally:
        shell.close()


HELP = [[tool, flag] for tool in ("gen", "agg", "export", "ctl") for flag in ("--help", "--version", "--generate-completion-script=bash")]
HELP += [["gen", "http", "--help"], ["ctl", "schema"], ["ctl", "list", "--help"]]


@pytest.mark.parametrize("words", HELP, ids=" ".join)
def test_help_that_cannot_be_written_is_74(tools, run, words):
    with open("/dev/full", "wb") as full:
        done = run([tools.directory / f"vajra-{words[0]}", *words[1:]], stdout=full)
    assert done.status == 74
    assert done.errors() == f"vajra-{words[0]}: error: writing the output: write: No space left on device\n"


def test_a_good_config_on_a_full_disk_is_74(tools, run, tmp_path):
    config = tmp_path / "c.yaml"
    config.write_text("version: 1\nname: c\nscenarios: {a: {task: none, load: [{constant: {rate: 1/s, for: 1s}}]}}\n")
    with open("/dev/full", "wb") as full:
        assert run([tools.ctl, "validate", config], stdout=full).status == 74


SETENV = """
#include <stdlib.h>
__attribute__((constructor)) static void move(void) {
    for (int i = 0; i < 64; i++) { char name[16] = "MOVED_00"; name[6] += i / 10; name[7] += i % 10; setenv(name, "1", 1); }
}
"""


@pytest.mark.skipif(shutil.which("cc") is None, reason="there is no C compiler")
@pytest.mark.parametrize("tool", ["gen", "agg", "export", "ctl"])
def test_a_preloaded_library_that_moves_the_environment_takes_no_arguments_away(tools, run, tmp_path, tool):
    source, library = tmp_path / "move.c", tmp_path / "move.so"
    source.write_text(SETENV)
    subprocess.run(["cc", "-shared", "-fPIC", "-o", library, source], check=True)
    done = run([tools.directory / f"vajra-{tool}", "--version"], env={"LD_PRELOAD": str(library)})
    assert done.status == 0
    assert done.output.decode().startswith(("0.", "1."))


def limited(size):
    """A `before_exec` that limits files to so many bytes, as `ulimit -f` does."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def test_a_limit_on_file_sizes_costs_the_aggregator_74_and_not_its_words(tools, run, tmp_path):
    raw = tmp_path / "raw"
    assert run([tools.gen, "none", *SHORT, "-o", raw]).status in (0, 3)
    with (tmp_path / "report").open("wb") as report:
        done = run([tools.agg, "--json", raw], stdout=report, before_exec=limited(512))
    assert done.status == 74
    assert "File too large" in done.errors()


def test_a_limit_on_file_sizes_costs_the_whole_job_74_and_not_its_report(tools, run, tmp_path):
    config = tmp_path / "c.yaml"
    config.write_text("version: 1\nname: c\nscenarios: {a: {task: none, load: [{constant: {rate: 100/s, for: 300ms}}]}}\n")
    done = run([tools.ctl, "run", config, "-o", tmp_path / "runs"], stdout=subprocess.DEVNULL, before_exec=limited(300))
    assert done.status == 74
    assert "File too large" in done.errors()


def test_the_aggregator_reads_a_unix_socket(tools, run, short_path):
    raw = run([tools.gen, "none", *SHORT]).output
    listener = Listener(short_path / "s", reply=raw)
    done = run([tools.agg, "--json", f"unix:{short_path}/s"])
    listener.await_end()
    assert done.json["total"]["completed"] == 300
    assert list(done.json["sources"].values())[0]["complete"]


@pytest.mark.parametrize("verb", [["none"], ["http", "http://127.0.0.1:1/"]], ids=["none", "http"])
def test_a_file_in_a_missing_directory_ends_with_74_before_any_load(tools, run, tmp_path, verb):
    path = tmp_path / "missing" / "raw"
    done = run([tools.gen, *verb, "--rate", "1/s", "--for", "60s", "-o", path], seconds=5)
    assert done.status == 74
    assert str(path) in done.errors() and "No such file" in done.errors()


def test_a_directory_as_output_ends_with_74(tools, run, tmp_path):
    done = run([tools.gen, "none", "--rate", "1/s", "--for", "60s", "-o", tmp_path], seconds=5)
    assert (done.status, str(tmp_path) in done.errors()) == (74, True)


def test_a_socket_that_nobody_listens_on_ends_with_69_before_any_load(tools, run, short_path):
    done = run([tools.gen, "none", "--rate", "1/s", "--for", "60s", "-o", f"unix:{short_path}/s"], seconds=5)
    assert f"{short_path}/s" in done.errors()
    assert done.status == 69


def test_a_socket_path_that_no_system_takes_is_named(tools, run):
    done = run([tools.gen, "none", "--rate", "1/s", "--for", "60s", "-o", "unix:/" + "x" * 200], seconds=5)
    assert done.status in (64, 69, 74) and "x" * 50 in done.errors()


@pytest.mark.parametrize("where", ["flag", "standard output"])
def test_a_full_disk_ends_the_generator_with_74_and_says_so(tools, run, where):
    arguments = [tools.gen, "none", "--rate", "1k/s", "--for", "60s", "--snapshot-every", "50ms"]
    with open("/dev/full", "wb") as full:
        done = run([*arguments, "-o", "/dev/full"], seconds=5) if where == "flag" else run(arguments, stdout=full, seconds=5)
    assert done.status == 74
    assert "No space left on device" in done.errors()


@pytest.mark.parametrize("form", [["--json"], []], ids=["json", "text"])
def test_a_full_disk_ends_the_aggregator_with_74_and_says_so(tools, run, tmp_path, form):
    raw = tmp_path / "raw"
    run([tools.gen, "none", *SHORT, "-o", raw])
    with open("/dev/full", "wb") as full:
        done = run([tools.agg, *form, raw], stdout=full)
    assert done.status == 74
    assert "No space left on device" in done.errors()


def test_a_generator_without_standard_output_ends_with_74(tools, run):
    arguments = [tools.gen, "none", "--rate", "1k/s", "--for", "60s", "--snapshot-every", "50ms"]
    done = run(arguments, before_exec=closing(1), seconds=5)
    assert done.status == 74
    assert done.errors() != ""


def test_an_aggregator_without_standard_output_ends_with_74(tools, run, tmp_path):
    raw = tmp_path / "raw"
    run([tools.gen, "none", *SHORT, "-o", raw])
    done = run([tools.agg, "--json", raw], before_exec=closing(1))
    assert done.status == 74
    assert done.errors() != ""


def test_a_generator_without_standard_input_and_error_writes_its_stream_undisturbed(tools, run):
    def close_both():
        os.close(0)
        os.close(2)

    done = run([tools.gen, "none", *SHORT], before_exec=close_both)
    assert done.status in (0, 3)
    assert lines_of(done.output)[-1]["scenarios"]["none"]["completed"] == 300


@pytest.mark.parametrize("form", [["--json"], []], ids=["json", "text"])
def test_an_aggregator_whose_reader_is_gone_ends_with_141(tools, pipeline, tmp_path, run, form):
    raw = tmp_path / "raw"
    run([tools.gen, "none", *SHORT, "-o", raw])
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as gone:
        done = run([tools.agg, *form, raw], stdout=gone)
    assert done.status == 141


def test_empty_input_ends_with_66_and_a_remedy(tools, run, tmp_path):
    done = run([tools.agg, "--json"])
    assert (done.status, done.output) == (66, b"")
    assert "vajra-gen" in done.errors()


def test_an_aggregator_without_standard_input_ends_with_66(tools, run):
    done = run([tools.agg], before_exec=closing(0))
    assert done.status == 66, done.errors()


MISSING = {
    "a missing file": lambda directory: directory / "missing",
    "a file in a missing directory": lambda directory: directory / "missing" / "file",
    "a socket that nobody listens on": lambda directory: f"unix:{directory}/s",
    "a socket path of 200 bytes": lambda directory: "unix:/" + "x" * 200,
}


@pytest.mark.parametrize("place", MISSING.values(), ids=MISSING.keys())
def test_a_missing_source_ends_with_66_and_its_name_even_beside_a_good_one(tools, run, short_path, place):
    good = short_path / "good"
    run([tools.gen, "none", *SHORT, "-o", good])
    missing = place(short_path)
    done = run([tools.agg, "--json", good, missing])
    assert (done.status, done.output) == (66, b"")
    assert str(missing).removeprefix("unix:")[:60] in done.errors()


def test_a_directory_as_a_source_is_an_error_with_its_name(tools, run, tmp_path):
    done = run([tools.agg, "--json", tmp_path])
    assert done.status in (66, 74) and str(tmp_path) in done.errors()


def test_an_unreadable_file_is_an_error_with_its_name(tools, run, tmp_path):
    if os.geteuid() == 0:
        pytest.skip("root reads everything")
    file = tmp_path / "secret"
    file.write_text("")
    file.chmod(0)
    done = run([tools.agg, "--json", file])
    assert done.status in (66, 74) and "Permission denied" in done.errors()


def test_files_a_socket_and_standard_input_merge_into_one_report(tools, run, feed, short_path):
    shares = [short_path / str(number) for number in (1, 2, 3)]
    for number, share in enumerate(shares, 1):
        run([tools.gen, "none", *SHORT, "--run-id", "shared", "--segment", f"{number}/3", "-o", share])
    listener = Listener(short_path / "s", reply=shares[1].read_bytes())
    done = feed(shares[2].read_bytes(), [tools.agg, "--json", shares[0], f"unix:{short_path}/s", "-"])
    listener.await_end()
    assert done.json["total"]["completed"] == 300
    assert done.output == run([tools.agg, "--json", *shares]).output


def test_a_fifo_is_a_source_like_any_other(tools, run, tmp_path, pipeline):
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    reader = pipeline([tools.agg, "--json", fifo])
    gen = pipeline([tools.gen, "none", *SHORT, "-o", fifo])
    gen.await_end()
    reader.await_end()
    assert reader.json["total"]["completed"] == 300
