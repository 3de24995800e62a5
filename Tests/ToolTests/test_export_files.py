# SPDX-License-Identifier: Apache-2.0
"""vajra-export files: what is in the files, what survives a kill and a full disk, and what the exit status says."""

import collections
import contextlib
import json
import os
import pathlib
import random
import resource
import shutil
import signal
import socket
import subprocess
import threading
import zlib

import jsonschema
import pytest

import vajra

TRIALS = int(os.environ.get("VAJRA_TRIALS", "30"))
#: How long an export goes on reading after a second signal, in seconds.
PATIENCE = 2.0
SCHEMA = pathlib.Path(__file__).parents[2] / "docs" / "schema" / "manifest-1.schema.json"
RUN = "01937c2e-1111-7222-8333-444455556666"
OTHER_RUN = "01937c2e-9999-7222-8333-444455556666"  # begun in the same minute: the same first eight characters
FOLDERS = ("logs", "traces", "metrics", "iterations", "other")
FOLDER_OF = {
    "run_started": "metrics", "snapshot": "metrics", "event": "metrics", "run_ended": "metrics", "aggregate": "metrics",
    "summary": "metrics", "log": "logs", "span": "traces", "iteration": "iterations", "of_tomorrow": "other",
}


@pytest.fixture
def export(tools):
    path = tools.directory / "vajra-export"
    assert os.access(path, os.X_OK), f"{path} is missing: build the tools"
    return str(path)


@pytest.fixture
def release_export(release_tools):
    path = release_tools.directory / "vajra-export"
    assert os.access(path, os.X_OK), f"{path} is missing: build the release tools"
    return str(path)


# -- Streams and what becomes of them ----------------------------------------------------------------------------------


def line(kind, seq, run=RUN, source="w1", **fields):
    return json.dumps({"type": kind, "v": 1, "run_id": run, "source": source, "seq": seq, **fields},
                      separators=(",", ":")).encode() + b"\n"


def stream(count, run=RUN, source="w1", kinds=("log", "iteration", "snapshot", "span", "of_tomorrow"), seed=1):
    """A whole run of so many lines, of every kind in turn, of uneven length and compressibility."""
    rand = random.Random(seed)
    lines = [line("run_started", 1, run, source, start_unix_us=1_000_000)]
    for seq in range(2, count):
        fill = "%x" % rand.getrandbits(8 * rand.randrange(1, 120))
        lines.append(line(kinds[seq % len(kinds)], seq, run, source, time_unix_us=1_000_000 + seq, body=fill))
    lines.append(line("run_ended", count, run, source, reason="completed", part=1, parts=1, end_unix_us=2_000_000))
    return lines


def by_folder(lines):
    """What each folder must hold, byte for byte."""
    parts = collections.defaultdict(list)
    for text in lines:
        parts[FOLDER_OF.get((json_object(text) or {}).get("type"), "other")].append(text)
    return {folder: b"".join(texts) for folder, texts in parts.items()}


def members(path):
    """The contents of each whole gzip member; a last one that is cut short is left out."""
    rest, found = path.read_bytes(), []
    while rest:
        inflater = zlib.decompressobj(31)
        content = inflater.decompress(rest)
        if not inflater.eof:
            break
        found.append(content)
        rest = inflater.unused_data
    return found


def number_of(path):
    return int(path.name.split(".")[0].rpartition("-")[2])


def gz_files(directory, folder):
    files = [*(directory / folder).glob("*.ndjson.gz"), *(directory / folder).glob("*.ndjson.gz.partial")]
    return sorted(files, key=number_of)


def contents(directory):
    """What each folder's files hold, in their order; every member must end with a whole line."""
    held = {}
    for folder in FOLDERS:
        for path in gz_files(directory, folder):
            for member in members(path):
                assert member.endswith(b"\n"), f"{path}: a member does not end with a line"
                held[folder] = held.get(folder, b"") + member
    return held


def manifest(directory):
    """The manifest, checked against its schema."""
    value = json.loads((directory / "manifest.json").read_bytes())
    jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text())).validate(value)
    return value


INSTANTS = ("time_unix_us", "start_unix_us", "end_unix_us", "started_unix_us", "ended_unix_us")


def json_object(text):
    """The line as an object, or nothing when it is none."""
    try:
        value = json.loads(text)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


def assert_manifest_is_true(directory):
    """The manifest says what is really on the disk, no file more and none less."""
    value = manifest(directory)
    on_disk = {f"{folder}/{path.name}" for folder in FOLDERS for path in gz_files(directory, folder)}
    assert {file["name"] for file in value["files"]} == on_disk
    for file in value["files"]:
        path = directory / file["name"]
        content = b"".join(members(path))
        assert file["bytes"] == path.stat().st_size
        assert file["uncompressed_bytes"] == len(content)
        assert file["lines"] == content.count(b"\n")
        assert file["name"].startswith(f"{file['stream']}/{file['stream']}-")
        lines = [value for value in map(json_object, content.splitlines()) if value is not None]
        assert set(file["run_ids"]) == {text["run_id"] for text in lines if "run_id" in text}
        times = [text[key] for text in lines for key in INSTANTS if key in text]
        assert (file.get("first_unix_us"), file.get("last_unix_us")) == (min(times, default=None), max(times, default=None))
    return value


def await_content(directory, expected):
    vajra.await_condition(lambda: contents(directory) == expected, "every line is flushed")


# -- What is written ---------------------------------------------------------------------------------------------------


def test_every_line_is_kept_byte_for_byte_in_the_folder_of_its_type(export, feed, tmp_path):
    lines = stream(3000)
    done = feed(b"".join(lines), [export, "files", tmp_path / "out"])
    assert (done.status, done.output, done.errors()) == (0, b"", "")
    assert contents(tmp_path / "out") == by_folder(lines)
    value = assert_manifest_is_true(tmp_path / "out")
    assert (value["state"], value["lines"], value["bad_lines"], value["lost_lines"]) == ("complete", 3000, 0, 0)
    assert value["run_ids"] == [RUN]
    assert value["sources"] == [
        {"run_id": RUN, "source": "w1", "lines": 3000, "highest_seq": 3000, "missing": 0, "duplicates": 0,
         "ended": True, "complete": True}]
    assert not list((tmp_path / "out").rglob("*.partial"))


def test_gzip_itself_reads_the_files(export, feed, tmp_path):
    lines = stream(500)
    feed(b"".join(lines), [export, "files", tmp_path / "out"])
    for folder, expected in by_folder(lines).items():
        found = subprocess.run(["gzip", "-dc", *gz_files(tmp_path / "out", folder)], capture_output=True, check=True)
        assert found.stdout == expected


def test_carriage_returns_and_odd_spacing_are_part_of_their_lines(export, feed, tmp_path):
    lines = [b'{ "type" : "log" , "seq":1 }\r\n', b'{"type":"log","body":"\\u0000\xc3\xa4"}\n', b'  {"type":"log"}  \n']
    assert feed(b"".join(lines), [export, "files", tmp_path / "out"]).status == 0
    assert contents(tmp_path / "out") == {"logs": b"".join(lines)}


def test_a_last_line_without_its_newline_is_kept_as_a_whole_line(export, feed, tmp_path):
    assert feed(b'{"type":"log"}\n{"type":"log","n":2}', [export, "files", tmp_path / "out"]).status == 0
    assert contents(tmp_path / "out") == {"logs": b'{"type":"log"}\n{"type":"log","n":2}\n'}


def test_a_real_run_is_exported_whole_and_passed_on_unharmed(export, tools, run, tmp_path):
    raw = tmp_path / "raw.ndjson"
    done = run([tools.gen, "none", "--rate", "5k/s", "--for", "500ms", "--iterations", "all", "-q"],
               ["tee", raw], [export, "files", tmp_path / "out", "--pass"], [tools.agg, "--json"])
    assert done.statuses == [0, 0, 0, 0], [done.errors(stage) for stage in range(4)]
    lines = raw.read_bytes().splitlines(keepends=True)
    assert contents(tmp_path / "out") == by_folder(lines)
    value = assert_manifest_is_true(tmp_path / "out")
    assert [source["complete"] for source in value["sources"]] == [True]
    assert done.json == run([tools.agg, "--json", raw]).json
    exported = [path for folder in FOLDERS for path in gz_files(tmp_path / "out", folder)]
    assert run(["gzip", "-dc", *exported], [tools.agg, "--json"]).json == done.json, "the report can be made again"


def test_several_runs_in_one_stream_share_files_and_the_manifest_tells_them_apart(export, feed, tmp_path):
    first, second = stream(200, RUN, "w1"), stream(200, OTHER_RUN, "w2", seed=2)
    mixed = [text for pair in zip(first, second) for text in pair]
    assert feed(b"".join(mixed), [export, "files", tmp_path / "out"]).status == 0
    assert contents(tmp_path / "out") == by_folder(mixed)
    value = assert_manifest_is_true(tmp_path / "out")
    assert value["run_ids"] == [RUN, OTHER_RUN]
    assert [(source["run_id"], source["complete"]) for source in value["sources"]] == [(RUN, True), (OTHER_RUN, True)]


def test_several_sources_are_read_at_once_files_and_sockets(export, run, tmp_path, short_path):
    parts = [stream(300, source=f"w{number}", seed=number) for number in range(3)]
    for number in (0, 1):
        (tmp_path / f"{number}.ndjson").write_bytes(b"".join(parts[number]))
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(short_path / "gen.sock"))
    listener.listen()

    def serve():
        with listener, listener.accept()[0] as connection:
            connection.sendall(b"".join(parts[2]))

    server = threading.Thread(target=serve)
    server.start()
    done = run([export, "files", tmp_path / "out", "--pass", tmp_path / "0.ndjson", tmp_path / "1.ndjson",
                f"unix:{short_path}/gen.sock"])
    server.join()
    assert done.status == 0, done.errors()
    value = assert_manifest_is_true(tmp_path / "out")
    assert {(source["source"], source["complete"]) for source in value["sources"]} == {("w0", True), ("w1", True), ("w2", True)}
    passed = done.output.splitlines(keepends=True)
    assert sorted(passed) == sorted(text for part in parts for text in part), "merged lines are passed on whole"
    for part in parts:
        assert [text for text in passed if text in set(part)] == part, "the lines of one source keep their order"


def test_two_outputs_get_the_same_lines(export, feed, tmp_path):
    lines = stream(300)
    done = feed(b"".join(lines), [export, "-o", f"files:{tmp_path}/a", "-o", f"files:{tmp_path}/b"])
    assert done.status == 0, done.errors()
    assert contents(tmp_path / "a") == contents(tmp_path / "b") == by_folder(lines)


def test_what_is_missing_from_a_stream_is_said_and_is_no_failure(export, feed, tmp_path):
    lines = stream(100)
    done = feed(b"".join(lines[:40] + lines[45:-1]), [export, "files", tmp_path / "out"])
    assert done.status == 0
    assert f"run {RUN}: the stream of 'w1' has no end" in done.errors()
    (source,) = manifest(tmp_path / "out")["sources"]
    assert (source["lines"], source["missing"], source["ended"], source["complete"]) == (94, 5, False, False)


# -- Flushing and rotation ---------------------------------------------------------------------------------------------


def test_a_line_is_on_the_disk_soon_after_it_came_though_the_stream_goes_on(export, pipeline, tmp_path):
    lines = stream(50)
    going = pipeline([export, "files", tmp_path / "out", "--flush-every", "20ms"], stdin=subprocess.PIPE)
    for end in (20, 50):
        going[0].stdin.write(b"".join(lines[end - 20 if end == 20 else 20:end]))
        going[0].stdin.flush()
        await_content(tmp_path / "out", by_folder(lines[:end]))
    assert manifest(tmp_path / "out")["state"] == "writing"
    assert all(path.name.endswith(".partial") for folder in FOLDERS for path in gz_files(tmp_path / "out", folder))
    going[0].stdin.close()
    going.await_end()
    assert going.status == 0
    assert_manifest_is_true(tmp_path / "out")


def test_files_are_rotated_by_size_and_go_on_where_they_end(export, feed, tmp_path):
    lines = stream(60_000, kinds=("log",))
    done = feed(b"".join(lines), [export, "files", tmp_path / "out", "--rotate-size", "1MiB"])
    assert done.status == 0
    assert contents(tmp_path / "out") == by_folder(lines)
    files = gz_files(tmp_path / "out", "logs")
    assert [path.name for path in files] == [f"logs-01937c2e-{number:05}.ndjson.gz" for number in range(1, len(files) + 1)]
    assert len(files) > 2
    assert all(1 << 20 <= path.stat().st_size < 2 << 20 for path in files[:-1])
    assert_manifest_is_true(tmp_path / "out")


def test_files_are_rotated_by_time_though_nothing_more_comes(export, pipeline, tmp_path):
    going = pipeline([export, "files", tmp_path / "out", "--rotate-every", "100ms"], stdin=subprocess.PIPE)
    for number in (1, 2):
        going[0].stdin.write(line("log", number))
        going[0].stdin.flush()
        path = tmp_path / "out" / "logs" / f"logs-01937c2e-{number:05}.ndjson.gz"
        vajra.await_condition(path.exists, "the file has its final name")
        assert members(path) == [line("log", number)]
        vajra.await_condition(lambda: manifest(tmp_path / "out")["files"][-1]["complete"], "the manifest follows")
    going[0].stdin.close()
    going.await_end()
    assert going.status == 0


# -- Crashes and full disks --------------------------------------------------------------------------------------------


def test_a_kill_at_any_moment_leaves_whole_lines_that_are_a_prefix_of_the_input(export, pipeline, tmp_path):
    lines = stream(30_000)
    data, expected = b"".join(lines), by_folder(lines)
    (tmp_path / "raw.ndjson").write_bytes(data)
    rand = random.Random()
    seed = rand.randrange(1 << 32)
    rand.seed(seed)

    def start(directory):
        # Small flushes and files, so that every kind of moment is met.
        return pipeline([export, "files", directory, "--flush-every", "3ms", "--rotate-size", "300kB"],
                        stdin=subprocess.PIPE)

    def feed_slowly(going):
        # In pieces of all sizes, so that time passes within the run.
        with contextlib.suppress(BrokenPipeError):
            for begin in range(0, len(data), 20_011):
                going[0].stdin.write(data[begin:begin + 20_011])
                going[0].stdin.flush()

    def feeding(going):
        thread = threading.Thread(target=feed_slowly, args=(going,))
        thread.start()
        return thread

    whole = start(tmp_path / "whole")
    thread = feeding(whole)
    thread.join()
    whole[0].stdin.close()
    duration = 0.05 + whole.await_end()
    assert contents(tmp_path / "whole") == expected

    unfinished = 0
    for trial in range(TRIALS):
        directory = tmp_path / f"out{trial}"
        going = start(directory)
        thread = feeding(going)
        with contextlib.suppress(AssertionError):
            vajra.await_end(going.processes, rand.random() * duration * 4)
        going[0].kill()
        thread.join()
        with contextlib.suppress(BrokenPipeError):
            going[0].stdin.close()
        going.await_end()
        held = contents(directory)
        unfinished += held != expected
        for folder, content in held.items():
            assert expected[folder].startswith(content), f"trial {trial} of seed {seed}: {folder} is no prefix"
        if (directory / "manifest.json").exists():
            value = manifest(directory)
            for file in value["files"]:
                if file["complete"]:
                    content = b"".join(members(directory / file["name"]))
                    assert (file["lines"], file["uncompressed_bytes"]) == (content.count(b"\n"), len(content))
    assert unfinished > 0, "every kill came too late: the trials show nothing"


def assert_loss_is_told(done, directory, lines, folder):
    """Status 74; standard error names the file and what is not in it; the rest is a valid prefix."""
    assert done.status == 74, done.errors()
    held = contents(directory).get(folder, b"")
    expected = by_folder(lines)[folder]
    assert expected.startswith(held)
    lost = expected[len(held):]
    (path,) = gz_files(directory, folder)
    assert path.name.endswith(".partial")
    assert b"".join(members(path)) == held
    assert path.stat().st_size == 0 or zlib.decompressobj(31).decompress(path.read_bytes())
    said = (f"{path}: {lost.count(chr(10).encode())} lines ({len(lost)} bytes) were not written; "
            f"it holds the {held.count(chr(10).encode())} before them")
    assert said in done.errors()
    # No trailing piece of a member either: gzip itself is content.
    subprocess.run(["gzip", "-t"], stdin=path.open("rb"), check=True)


def test_a_file_that_may_not_grow_is_an_error_that_names_what_was_not_written(export, pipeline, tmp_path):
    lines = stream(40_000, kinds=("log",))
    (tmp_path / "raw").write_bytes(b"".join(lines))
    limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
    with (tmp_path / "raw").open("rb") as raw:
        done = pipeline([export, "files", tmp_path / "out", "--flush-every", "1ms"], stdin=raw, before_exec=limit)
        done.await_end()
    assert_loss_is_told(done, tmp_path / "out", lines, "logs")
    assert "File too large" in done.errors()
    value = assert_manifest_is_true(tmp_path / "out")
    assert value["state"] == "failed"
    assert value["lost_lines"] > 0
    assert (tmp_path / "out" / "metrics" / "metrics-01937c2e-00001.ndjson.gz").exists(), "other files go on"


def test_a_full_disk_is_an_error_that_names_what_was_not_written(export, feed, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", disk], capture_output=True, text=True)
    if mounted.returncode != 0:
        pytest.skip(f"no tmpfs can be mounted: {mounted.stderr.strip()}")
    try:
        lines = stream(40_000, kinds=("log",))
        done = feed(b"".join(lines), [export, "files", disk / "out"])
        assert_loss_is_told(done, disk / "out", lines, "logs")
        assert "No space left on device" in done.errors()
        manifest(disk / "out")
    finally:
        subprocess.run(["umount", disk], check=True)


def test_a_full_disk_does_not_stop_what_is_passed_on(export, processes, tmp_path):
    lines = stream(40_000, kinds=("log",))
    (tmp_path / "raw").write_bytes(b"".join(lines))
    limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
    with (tmp_path / "raw").open("rb") as raw:
        going = processes.pipeline([export, "files", tmp_path / "out", "--pass"], stdin=raw, stdout=subprocess.PIPE,
                                   before_exec=limit)
        assert going.reading_end.read() == b"".join(lines)
        going.await_end()
    assert going.status == 74


# -- The directory -----------------------------------------------------------------------------------------------------


def test_an_export_that_is_there_is_not_overwritten_unless_asked(export, feed, tmp_path):
    first, second = stream(50), stream(60, OTHER_RUN, seed=3)
    assert feed(b"".join(first), [export, "files", tmp_path / "out"]).status == 0
    before = contents(tmp_path / "out")
    refused = feed(b"".join(second), [export, "files", tmp_path / "out"])
    assert refused.status == 74
    assert "holds an export already" in refused.errors() and "--force" in refused.errors()
    assert contents(tmp_path / "out") == before
    assert feed(b"", [export, "files", tmp_path / "out", "--force"]).status == 66
    assert contents(tmp_path / "out") == before, "an empty input costs nobody their files"
    assert feed(b"".join(second), [export, "files", tmp_path / "out", "--force"]).status == 0
    assert contents(tmp_path / "out") == by_folder(second)
    assert_manifest_is_true(tmp_path / "out")


def test_what_a_kill_left_is_not_overwritten_either(export, pipeline, feed, tmp_path):
    going = pipeline([export, "files", tmp_path / "out", "--flush-every", "1ms"], stdin=subprocess.PIPE)
    going[0].stdin.write(line("log", 1))
    going[0].stdin.flush()
    await_content(tmp_path / "out", {"logs": line("log", 1)})
    going[0].kill()
    going[0].stdin.close()
    going.await_end()
    (tmp_path / "out" / "manifest.json").unlink()
    assert feed(line("log", 2), [export, "files", tmp_path / "out"]).status == 74
    assert contents(tmp_path / "out") == {"logs": line("log", 1)}


def test_two_exports_never_share_a_directory(export, pipeline, feed, tmp_path):
    going = pipeline([export, "files", tmp_path / "out"], stdin=subprocess.PIPE)
    going[0].stdin.write(line("log", 1))
    going[0].stdin.flush()
    vajra.await_condition((tmp_path / "out" / "manifest.json").exists, "the first export has begun")
    refused = feed(line("log", 2), [export, "files", tmp_path / "out", "--force"])
    assert (refused.status, "another vajra-export is writing" in refused.errors()) == (74, True)
    going[0].stdin.close()
    going.await_end()
    assert (going.status, contents(tmp_path / "out")) == (0, {"logs": line("log", 1)})


# -- Passing on --------------------------------------------------------------------------------------------------------


PASSED = {
    "lines": b"".join(stream(2000)),
    "no newline at the end": b'{"type":"log"}\n{"type":"lo',
    "carriage returns and empty lines": b'\r\n\n\n{"type":"log"}\r\n\n',
    "not JSON at all": bytes(range(256)) * 400,
    "a line without end": b"x" * 3_000_000,
}


@pytest.mark.parametrize("data", PASSED.values(), ids=PASSED.keys())
def test_what_is_passed_on_is_the_very_input(export, feed, tmp_path, data):
    assert feed(data, [export, "files", tmp_path / "out", "--pass"]).output == data


def test_lines_reach_the_disk_while_the_next_tool_reads_nothing_and_two_interrupts_end_it(export, pipeline, tmp_path):
    lines = stream(1000, kinds=("log",))
    (tmp_path / "raw").write_bytes(b"".join(lines) * 20)
    with (tmp_path / "raw").open("rb") as raw:
        going = pipeline([export, "files", tmp_path / "out", "--pass", "--flush-every", "10ms"], stdin=raw,
                         stdout=subprocess.PIPE)
    vajra.await_condition(lambda: len(contents(tmp_path / "out").get("logs", b"")) > 100_000, "lines are flushed")
    going.signal(signal.SIGINT)
    await_taken(going)
    assert going[0].poll() is None
    going.signal(signal.SIGINT)
    assert going.await_end() < PATIENCE + vajra.NOISE
    assert going.status == 130
    assert assert_manifest_is_true(tmp_path / "out")["state"] == "interrupted"


def test_a_next_tool_that_goes_away_does_not_stop_the_export(export, feed, tmp_path):
    lines = stream(20_000)
    done = feed(b"".join(lines), [export, "files", tmp_path / "out", "--pass"], ["head", "-n", "1"])
    assert done.statuses == [141, 0]
    assert contents(tmp_path / "out") == by_folder(lines)
    assert_manifest_is_true(tmp_path / "out")


# -- Stopping ----------------------------------------------------------------------------------------------------------


def await_taken(going):
    """Waits until a signal is no longer pending; the process may have ended by it."""
    vajra.await_condition(lambda: going[0].poll() is not None or not vajra.pending_signals(going[0].pid), "the signal is taken")


@pytest.fixture
def with_all_in_memory(export, pipeline, tmp_path):
    """An export that has read the first 100 of the lines, been told to stop once, and read 100 more."""
    def start(lines, number):
        going = pipeline([export, "files", tmp_path / "out", "--flush-every", "1h", "--pass"], stdin=subprocess.PIPE,
                         stdout=subprocess.PIPE)
        for part in (lines[:100], lines[100:200]):
            going[0].stdin.write(b"".join(part))
            going[0].stdin.flush()
            for text in part:
                assert going.reading_end.readline() == text
            if part[0] == lines[0]:
                going.signal(number)
                await_taken(going)
        assert contents(tmp_path / "out") == {}, "all of it is in memory"
        return going

    return start


@pytest.mark.parametrize("number,status", [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["SIGINT", "SIGTERM"])
def test_the_first_signal_is_the_generators_and_the_second_ends_it_with_all_it_had(
        with_all_in_memory, tmp_path, number, status):
    lines = stream(5000)
    going = with_all_in_memory(lines, number)
    going.signal(number)
    expected = by_folder(lines[:200])
    vajra.await_condition(lambda: contents(tmp_path / "out") == expected, "it is on the disk", 0.1 + vajra.NOISE)
    assert going.await_end() < PATIENCE + vajra.NOISE
    assert going.status == status
    assert contents(tmp_path / "out") == expected
    assert assert_manifest_is_true(tmp_path / "out")["state"] == "interrupted"


def test_what_the_generator_still_says_after_the_second_signal_is_kept(with_all_in_memory, tmp_path):
    lines = stream(300)
    going = with_all_in_memory(lines, signal.SIGINT)
    going.signal(signal.SIGINT)
    await_taken(going)
    going[0].stdin.write(b"".join(lines[200:]))
    going[0].stdin.close()
    going.await_end()
    assert going.status == 0, "everything was read to its end"
    assert contents(tmp_path / "out") == by_folder(lines)
    assert assert_manifest_is_true(tmp_path / "out")["state"] == "complete"


def test_a_third_signal_ends_it_at_once(with_all_in_memory, tmp_path):
    lines = stream(5000)
    took = []
    # Sooner than its patience, at least once: a busy machine may add to each time, but takes nothing away.
    while not took or min(took) > PATIENCE / 2 and len(took) < 5:
        shutil.rmtree(tmp_path / "out", ignore_errors=True)
        going = with_all_in_memory(lines, signal.SIGINT)
        for _ in range(2):
            going.signal(signal.SIGINT)
            await_taken(going)
        took.append(going.await_end())
        assert going.status == 130
        assert contents(tmp_path / "out") == by_folder(lines[:200])
    assert min(took) < PATIENCE / 2


def test_one_interrupt_of_the_whole_pipeline_loses_nothing(export, tools, pipeline, tmp_path):
    raw = tmp_path / "raw"
    going = pipeline([tools.gen, "none", "--rate", "1k/s", "--for", "1m", "--snapshot-every", "50ms"],
                     [export, "files", tmp_path / "out", "--pass", "--flush-every", "10ms"],
                     [tools.agg, "--json"])
    vajra.await_condition(lambda: contents(tmp_path / "out").get("metrics", b"").count(b'"snapshot"') > 1, "the run goes")
    going.signal(signal.SIGINT)
    going.await_end()
    assert going.statuses == [130, 0, 130], [going.errors(stage) for stage in range(3)]
    value = assert_manifest_is_true(tmp_path / "out")
    assert value["state"] == "complete"
    assert [source["complete"] for source in value["sources"]] == [True]


# -- Statuses ----------------------------------------------------------------------------------------------------------


ENDS = {
    "an empty input": (b"", 66, "holds no line"),
    "only empty lines": (b"\n\r\n\n", 66, "holds no line"),
    "a line that is not JSON": (b'{"type":"log"}\nhello\n', 65, "stdin:2: warning: not a line of JSON"),
    "JSON that is no object": (b"[1]\n", 65, "stdin:1: warning: not a line of JSON"),
    "a cut last line": (b'{"type":"log"}\n{"type":"lo', 65, "stdin:2: warning: the last line is cut off"),
    "an object of no type": (b"{}\n", 0, ""),
    "forty bad lines": (b"x\n" * 40, 65, "20 more lines could not be read"),
}


@pytest.mark.parametrize("data,status,said", ENDS.values(), ids=ENDS.keys())
def test_the_status_tells_how_it_went_and_bad_lines_are_kept(export, feed, tmp_path, data, status, said):
    done = feed(data, [export, "files", tmp_path / "out"])
    assert (done.status, done.output) == (status, b"")
    assert said in done.errors() if said else done.errors() == ""
    whole = [text + b"\n" for text in data.split(b"\n") if text.strip(b"\r")]
    assert contents(tmp_path / "out") == by_folder(whole)
    if whole:
        value = assert_manifest_is_true(tmp_path / "out")
        assert (value["state"], value["bad_lines"] > 0) == ("complete", status == 65)


COMMANDS = {
    "a missing file": (["files", "out", "nowhere.ndjson"], 66, "nowhere.ndjson: No such file"),
    "an output of no known form": (["-o", "carrier-pigeon:x"], 64, "write files:DIRECTORY"),
    "an output without a place": (["-o", "files:"], 64, "write files:DIRECTORY"),
    "no directory": (["files"], 64, "directory"),
    "a flush that is never": (["files", "out", "--flush-every", "0s"], 64, "--flush-every must be at least"),
    "a directory that is a file": (["files", "/dev/null/out"], 74, "create the directory /dev/null"),
}


@pytest.mark.parametrize("argv,status,said", COMMANDS.values(), ids=COMMANDS.keys())
def test_a_command_that_cannot_be_done_says_why(export, feed, tmp_path, argv, status, said):
    done = feed(line("log", 1), ["env", "-C", tmp_path, export, *argv])
    assert (done.status, done.output) == (status, b"")
    assert said in done.errors()


# -- Memory ------------------------------------------------------------------------------------------------------------


def endless_line(total):
    for _ in range(total // 65536):
        yield b"x" * 65536


def ordinary_lines(total):
    block = b"".join(stream(2000))
    for _ in range(total // len(block)):
        yield block


def ever_new_names(total):
    sent = seq = 0
    while sent < total:
        block = b"".join(line("log", seq + n, f"r{seq + n}", f"{seq + n}-" + "w" * 200) for n in range(1, 200))
        seq += 200
        sent += len(block)
        yield block


FLOODS = {"ordinary lines": ordinary_lines, "one line without end": endless_line, "ever new sources": ever_new_names}


@pytest.mark.parametrize("flood", FLOODS.values(), ids=FLOODS.keys())
def test_memory_stays_bounded_whatever_comes_in(release_export, pipeline, tmp_path, flood):
    going = pipeline([release_export, "files", tmp_path / "out"], stdin=subprocess.PIPE)
    for block in flood(100 << 20):
        going[0].stdin.write(block)
    going[0].stdin.flush()
    assert vajra.peak_memory(going[0].pid) < 48 << 20
    going[0].stdin.close()
    going.await_end()
    assert going.status in (0, 65), going.errors()
