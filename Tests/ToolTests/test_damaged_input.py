# SPDX-License-Identifier: Apache-2.0
"""vajra-agg against damaged streams: each fault named with its line, the rest still read, never a crash or a balloon."""

import base64
import concurrent.futures
import json
import os
import random
import re
import struct
import subprocess
import zlib

import pytest
import vajra
from hdrh.histogram import HdrHistogram
from vajra import lines_of

MUTATIONS = int(os.environ.get("VAJRA_MUTATIONS", "500"))
#: The most that vajra-agg may have resident on any input of these tests, in bytes.
MEMORY_LIMIT = int(os.environ.get("VAJRA_AGG_MEMORY_MIB", "64")) << 20


@pytest.fixture(scope="session")
def stream(tools, tmp_path_factory):
    """A real stream: run_started, snapshots, iterations, log lines, run_ended."""
    raw = tmp_path_factory.mktemp("stream") / "raw"
    command = [
        tools.gen, "http", "http://127.0.0.1:9/", "--rate", "50/s", "--for", "250ms", "--snapshot-every", "50ms",
        "--iterations", "all", "-o", str(raw), "--run-id", "run", "--source", "w1"]
    # Nothing listens on port 9: every iteration is refused, so that failures and logs are in the stream, too.
    subprocess.run(command, timeout=vajra.DEADLINE, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    data = raw.read_bytes()
    assert {line["type"] for line in lines_of(data)} == {"run_started", "snapshot", "iteration", "log", "run_ended"}
    return data


@pytest.fixture(scope="session")
def passed_stream(tools, tmp_path_factory):
    """A stream of a run that passes when nothing is done to it."""
    raw = tmp_path_factory.mktemp("stream") / "raw"
    command = [
        tools.gen, "none", "--rate", "200/s", "--for", "500ms", "--snapshot-every", "100ms", "-o", str(raw), "--run-id",
        "run", "--source", "w1"]
    for _ in range(5):
        if subprocess.run(command, timeout=vajra.DEADLINE).returncode == 0:
            break
        # The machine was too busy for the plan: such a stream ends with 3, which would hide the 65 looked for.
    return raw.read_bytes()


def edited(stream, kind, edit):
    """The stream with the first line of a type changed."""
    lines = stream.splitlines(keepends=True)
    for number, line in enumerate(lines):
        value = json.loads(line)
        if value["type"] == kind:
            edit(value)
            lines[number] = json.dumps(value, separators=(",", ":")).encode() + b"\n"
            return b"".join(lines), number + 1
    raise AssertionError(f"no line of type {kind}")


def check_named(done, number):
    """The bad line is named, counted, and ends with 65; the run's own figures are still there."""
    assert f"stdin:{number}:" in done.errors(), done.errors()
    assert done.json["bad_lines"] >= 1
    assert done.status in (1, 65), done.errors()
    assert done.json["verdict"] == "fail"


# -- Cut off -----------------------------------------------------------------------------------------------------------


def test_a_stream_cut_anywhere_keeps_its_whole_lines_and_says_what_is_missing(tools, stream, tmp_path, processes):
    ends = [match.end() for match in re.finditer(b"\n", stream)]
    chance = random.Random(1)
    cuts = {1, 2, len(stream) - 1, len(stream) - 2, *ends, *(end - 1 for end in ends), *(end + 1 for end in ends[:-1])}
    cuts |= {chance.randrange(1, len(stream)) for _ in range(60)}

    def check(cut):
        done = processes.feed(stream[:cut], [tools.agg, "--json"])
        whole = stream[:cut].count(b"\n")
        is_cut = not stream[:cut].endswith(b"\n")
        is_last_line_whole = cut + 1 in ends  # Only its newline is missing: the line can be read.
        if whole == 0 and not is_last_line_whole:
            assert done.status in (65, 66), (cut, done.status, done.errors())
            return
        assert done.status == 1, (cut, done.status, done.errors())
        report = done.json
        assert report["sources"]["w1"]["complete"] == (cut >= len(stream) - 1), cut
        assert report["bad_lines"] == (1 if is_cut and not is_last_line_whole else 0), cut
        if report["bad_lines"]:
            assert f"stdin:{whole + 1}: error: the last line is cut off" in done.errors(), (cut, done.errors())

    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        list(pool.map(check, sorted(cuts)))


# -- Lines that are not the format -------------------------------------------------------------------------------------

BAD_LINES = {
    "words": b"hello world",
    "a shell's error": b"bash: vajra-gen: command not found",
    "binary": bytes(range(256)).replace(b"\n", b""),
    "NUL bytes": b"\0" * 5000,
    "invalid UTF-8": b'{"type":"log","v":1,"run_id":"run","source":"w1","seq":900,"body":"\xff\xfe\xc0\x80"}',
    "a NUL inside": b'{"type":"log","v":1,"run_id":"run","source":"w1","seq":900,"body":"a\0b"}',
    "half a line": b'{"type":"snapshot","v":1,"run_id":"run","source":"w1","seq":900,"scen',
    "two values": b'{"type":"event","v":1,"run_id":"run","source":"w1","seq":900} {}',
    "an array": b"[1,2,3]",
    "a number": b"42",
    "null": b"null",
    "an empty object": b"{}",
    "no type": b'{"v":1,"run_id":"run","source":"w1","seq":900}',
    "no version": b'{"type":"future","run_id":"run","source":"w1","seq":900}',
    "no run": b'{"type":"future","v":1,"source":"w1","seq":900}',
    "no source": b'{"type":"future","v":1,"run_id":"run","seq":900}',
    "no seq": b'{"type":"future","v":1,"run_id":"run","source":"w1"}',
    "seq 0": b'{"type":"future","v":1,"run_id":"run","source":"w1","seq":0}',
    "seq below 0": b'{"type":"future","v":1,"run_id":"run","source":"w1","seq":-1}',
    "seq a fraction": b'{"type":"future","v":1,"run_id":"run","source":"w1","seq":1.5}',
    "seq of 30 digits": b'{"type":"future","v":1,"run_id":"run","source":"w1","seq":' + b"9" * 30 + b"}",
    "seq a string": b'{"type":"future","v":1,"run_id":"run","source":"w1","seq":"1"}',
    "version 2": b'{"type":"snapshot","v":2,"run_id":"run","source":"w1","seq":900}',
    "type a number": b'{"type":7,"v":1,"run_id":"run","source":"w1","seq":900}',
    "deep arrays": b'{"type":"future","x":' + b"[" * 25_000 + b"]" * 25_000 + b"}",
    "deep objects": b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
    "deep and open": b"[" * 60_000,
    "a number of 50 000 digits": b'{"type":"future","v":' + b"1" * 50_000 + b"}",
    "trailing comma": b'{"type":"future","v":1,"run_id":"run","source":"w1","seq":900,}',
    "single quotes": b"{'type':'future'}",
    "lone surrogate": b'{"type":"\\ud800","v":1,"run_id":"run","source":"w1","seq":900}',
    "a summary of another tool": b'{"metric":"http_reqs","type":"Point","data":{"value":1}}',
    "longer than any line": b'{"type":"future","x":"' + b"x" * 3_000_000 + b'"}',
}


@pytest.mark.parametrize("line", BAD_LINES.values(), ids=BAD_LINES.keys())
def test_a_bad_line_is_named_and_everything_around_it_is_read(tools, feed, passed_stream, line):
    lines = passed_stream.splitlines(keepends=True)
    done = feed(b"".join([*lines[:2], line + b"\n", *lines[2:]]), [tools.agg, "--json"])
    assert "stdin:3: error: " in done.errors(), done.errors()
    assert (done.status, done.json["bad_lines"]) == (65, 1)
    assert done.json["total"]["completed"] == 100
    assert done.json["sources"]["w1"]["complete"]
    assert len(done.errors()) < 1000, "a message, not a dump"
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", done.errors()), "no control characters on the terminal"


def test_many_bad_lines_are_all_counted_but_not_all_named(tools, feed, passed_stream):
    done = feed(b"junk\n" * 10_000 + passed_stream, [tools.agg, "--json"])
    assert (done.status, done.json["bad_lines"]) == (65, 10_000)
    assert done.errors().count("\n") <= 30


GOOD_LINES = {
    "CRLF": lambda stream: stream.replace(b"\n", b"\r\n"),
    "unknown type": lambda stream: stream + b'{"type":"future","v":1,"run_id":"run","source":"w1","seq":900,"x":[{}]}\n',
    "unknown fields": lambda stream: stream.replace(b'"v":1,', b'"v":1,"new":{"a":[1,null,"\\u00e9"]},'),
    "spaces": lambda stream: stream.replace(b'","', b'" ,\t"'),
    "no last newline": lambda stream: stream[:-1],
    "keys reordered": lambda stream: b"".join(
        json.dumps(dict(reversed(json.loads(line).items()))).encode() + b"\n" for line in stream.splitlines()),
    "escaped": lambda stream: stream.replace(b'"run"', b'"\\u0072un"'),
}


@pytest.mark.parametrize("change", GOOD_LINES.values(), ids=GOOD_LINES.keys())
def test_what_a_reader_must_tolerate_changes_no_figure(tools, feed, passed_stream, change):
    plain = feed(passed_stream, [tools.agg, "--json"])
    done = feed(change(passed_stream), [tools.agg, "--json"])
    assert "stdin:" not in done.errors() and done.json["bad_lines"] == 0
    assert done.json["total"] == plain.json["total"]


def test_unknown_types_are_counted_as_such(tools, feed, passed_stream):
    done = feed(GOOD_LINES["unknown type"](passed_stream), [tools.agg, "--json"])
    assert done.json["unknown_lines"] == 1


def test_lines_of_several_sources_may_come_in_any_interleaving(tools, feed, passed_stream):
    streams = [passed_stream.replace(b'"w1"', f'"w{number}"'.encode()).splitlines(True) for number in range(1, 6)]
    apart = feed(b"".join(b"".join(lines) for lines in streams), [tools.agg, "--json"])
    chance = random.Random(3)
    mixed = [line for lines in streams for line in lines]
    chance.shuffle(mixed)
    assert feed(b"".join(mixed), [tools.agg, "--json"]).output == apart.output
    assert apart.json["total"]["completed"] == 500
    assert all(source["complete"] for source in apart.json["sources"].values())


def test_two_processes_that_tore_each_others_lines_are_both_named(tools, feed, passed_stream):
    lines = passed_stream.splitlines(keepends=True)
    torn = lines[1][:200] + lines[2][:150] + b"\n" + lines[1][200:]
    done = feed(lines[0] + torn + b"".join(lines[3:]), [tools.agg, "--json"])
    assert "stdin:2:" in done.errors() and "stdin:3:" in done.errors()
    assert (done.status, done.json["bad_lines"], done.json["sources"]["w1"]["gaps"]) == (65, 2, 2)


# -- Values that are not possible --------------------------------------------------------------------------------------


def encoded(payload):
    """A compressed V2 histogram around any payload."""
    body = zlib.compress(payload)
    return base64.b64encode(struct.pack(">iI", 0x1C849304 | 0x10, len(body)) + body).decode()


def head(length, figures=3, lowest=1, highest=3_600_000_000_000, ratio=1.0, offset=0):
    return struct.pack(">iiiiqqd", 0x1C849303 | 0x10, length, offset, figures, lowest, highest, ratio)


def zigzag(value):
    """A count as the codec writes it: ZigZag LEB128 of at most 9 bytes."""
    value = (value << 1) ^ (value >> 63)
    out = bytearray()
    for _ in range(8):
        if value >> 7 == 0:
            out.append(value)
            return bytes(out)
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value & 0xFF)
    return bytes(out)


def wide_histogram():
    histogram = HdrHistogram(1, 86_400_000_000_000, 5)
    histogram.record_value(12_345_678)
    return histogram.encode().decode()


HISTOGRAMS = {
    "empty": "",
    "not base64": "!!!!",
    "cut off": lambda text: text[: len(text) // 2],
    "padding in the middle": lambda text: text[:20] + "==" + text[20:],
    "one byte flipped": lambda text: text[:40] + ("A" if text[40] != "A" else "B") + text[41:],
    "another cookie": base64.b64encode(b"\0" * 60).decode(),
    "length below 0": base64.b64encode(struct.pack(">ii", 0x1C849314, -1) + b"x" * 40).decode(),
    "length of 2 GiB": base64.b64encode(struct.pack(">iI", 0x1C849314, 0x7FFFFFFF) + b"x" * 40).decode(),
    "not compressed": base64.b64encode(struct.pack(">iI", 0x1C849314, 40) + b"x" * 40).decode(),
    "no payload": encoded(b""),
    "head cut off": encoded(head(0)[:20]),
    "payload length below 0": encoded(head(-5)),
    "payload longer than there is": encoded(head(1000) + b"\2"),
    "0 figures": encoded(head(1, figures=0) + b"\2"),
    "99 figures": encoded(head(1, figures=99) + b"\2"),
    "lowest 0": encoded(head(1, lowest=0) + b"\2"),
    "lowest below 0": encoded(head(1, lowest=-(1 << 63)) + b"\2"),
    "highest the largest": encoded(head(1, highest=(1 << 63) - 1) + b"\2"),
    "highest below lowest": encoded(head(1, lowest=100, highest=1) + b"\2"),
    "ratio not a number": encoded(head(1, ratio=float("nan")) + b"\2"),
    "offset": encoded(head(1, offset=1 << 30) + b"\2"),
    "counts beyond the last bucket": encoded(head(60_000) + b"\2" * 60_000 * 1),
    "zeros beyond the last bucket": encoded(head(9) + zigzag(-(1 << 40))[:9].ljust(9, b"\2")),
    "zeros as many as can be": encoded(head(len(zigzag(-(1 << 63)))) + zigzag(-(1 << 63))),
    "a count of 2^62": encoded(head(len(zigzag(1 << 62))) + zigzag(1 << 62)),
    "two counts of 2^62": encoded(head(2 * len(zigzag(1 << 62))) + zigzag(1 << 62) * 2),
    "a varint without end": encoded(head(9) + b"\xff" * 9),
    "a varint cut off": encoded(head(1) + b"\x80"),
    "bytes behind the payload": encoded(head(1) + b"\2" + b"x" * 100),
    "a zip bomb": encoded(head(40_000_000) + b"\0" * 40_000_000),
    "another range": wide_histogram(),
}


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        pytest.param(kind, text, id=f"{kind}-{name}")
        for kind in ("snapshot", "run_ended") for name, text in HISTOGRAMS.items()
    ])
def test_a_corrupted_histogram_is_a_named_bad_line_or_is_read_and_never_a_crash(tools, pipeline, feed, passed_stream, kind, text):
    def edit(line):
        holder = line if kind == "snapshot" else line["scenarios"]["none"]
        holder["response_time_hdr"] = text(holder["response_time_hdr"]) if callable(text) else text

    damaged, number = edited(passed_stream, kind, edit)
    done = feed(damaged, [tools.agg, "--json"])
    assert done.status in (0, 1, 3, 65), (done.status, done.errors())
    if done.errors():
        check_named(done, number)
    # Twice, without an end, so that the sum of the snapshots is what is reported.
    cut = b"".join(line for line in damaged.splitlines(True) if b'"run_ended"' not in line)
    both = feed(cut + cut.replace(b'"w1"', b'"w2"'), [tools.agg, "--json"])
    assert both.status in (1, 65), (both.status, both.errors())
    json.loads(both.output)


EXTREMES = [-1, 1 << 31, 1 << 53, (1 << 63) - 1, 1 << 63, (1 << 64) - 1, -(1 << 63), 1 << 64, 10**40, 1.5, 1e308, -1e308,
            True, None, "1", [], {}, ""]


def numeric_paths(value, path=()):
    """Where the numbers of a JSON value are."""
    if isinstance(value, dict):
        return [found for key, item in value.items() for found in numeric_paths(item, (*path, key))]
    return [path] if isinstance(value, (int, float)) and not isinstance(value, bool) else []


def replace_at(value, path, new):
    for key in path[:-1]:
        value = value[key]
    value[path[-1]] = new


@pytest.mark.parametrize("kind", ["run_started", "snapshot", "run_ended", "iteration", "log"])
def test_no_number_of_any_line_can_crash_the_aggregator(tools, processes, stream, kind):
    paths = numeric_paths(next(line for line in lines_of(stream) if line["type"] == kind))
    assert len(paths) > 1

    def check(case):
        path, extreme = case
        damaged, number = edited(stream, kind, lambda line: replace_at(line, path, extreme))
        # The same twice: sums of what each is still possible must not overflow. And without the end.
        doubled = damaged + damaged.replace(b'"w1"', b'"w2"')
        cut = b"".join(line for line in doubled.splitlines(True) if b'"run_ended"' not in line)
        failures = []
        for name, data, form in [("with end", doubled, ["--json"]), ("as text", doubled, []), ("without end", cut, ["--json"])]:
            if name == "without end" and kind == "run_ended":
                continue
            done = processes.feed(data, [tools.agg, *form])
            if done.status not in (0, 1, 3, 65):
                failures.append(f"{kind} {'.'.join(path)} = {extreme!r}, {name}: status {done.status} {done.errors()[-200:]!r}")
            elif "stdin:" in done.errors() and f"stdin:{number}:" not in done.errors():
                failures.append(f"{kind} {'.'.join(path)} = {extreme!r}, {name}: not line {number}: {done.errors()[:200]!r}")
        return failures

    cases = [(path, extreme) for path in paths for extreme in EXTREMES]
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        failures = [line for found in pool.map(check, cases) for line in found]
    assert not failures, f"{len(failures)} failures:\n" + "\n".join(failures[:20])


# -- Memory ------------------------------------------------------------------------------------------------------------

FLOODS = {
    "a line of 100 MB": lambda: (b"x" * (1 << 20) for _ in range(100)),
    "an open string of 100 MB": lambda: (b'{"type":"' if n == 0 else b"y" * (1 << 20) for n in range(100)),
    "100 MB of brackets": lambda: (b"[" * (1 << 20) for _ in range(100)),
    "100 MB of empty lines": lambda: (b"\n" * (1 << 20) for _ in range(100)),
    "100 MB of NUL bytes": lambda: (b"\0" * (1 << 20) for _ in range(100)),
    "50 000 lines of 1.2 KiB": lambda: (b'{"type":"%s' % (b"z" * 1200) + b"\n" for _ in range(50_000)),
}


@pytest.mark.parametrize("flood", FLOODS.values(), ids=FLOODS.keys())
def test_memory_stays_small_whatever_floods_in(tools, pipeline, passed_stream, flood):
    reading, writing = os.pipe()
    with os.fdopen(reading, "rb") as stdin:
        done = pipeline([tools.agg, "--json"], stdin=stdin)
    with os.fdopen(writing, "wb", buffering=0) as sink:
        for piece in flood():
            view = memoryview(piece)
            while view:
                view = view[sink.write(view):]
        peak = vajra.peak_memory(done[0].pid)
        sink.write(b"\n" + passed_stream)
    done.await_end()
    assert peak <= MEMORY_LIMIT, f"{peak >> 20} MiB resident"
    assert done.status in (0, 65), done.errors()[:500]
    assert done.json["total"]["completed"] == 100, "what follows the flood is read"


# -- Fuzz --------------------------------------------------------------------------------------------------------------


def mutate_bytes(data, chance):
    """One random injury: bytes changed, cut out, put in, doubled; lines shuffled, replaced, cut off."""
    place = chance.randrange(len(data))
    length = chance.choice([1, 1, 2, 8, 100, 3000])
    lines = data.splitlines(keepends=True)
    match chance.randrange(8):
        case 0:
            data[place:place + 1] = bytes([chance.randrange(256)])
        case 1:
            del data[place:place + length]
        case 2:
            data[place:place] = chance.randbytes(length)
        case 3:
            data[place:place] = data[place:place + length]
        case 4:
            data[place:place] = chance.choice([b"\n", b"\r\n", b"\0", b'"', b"{", b"}", b"[", b"\\", b",", b"-", b"e9"])
        case 5:
            chance.shuffle(lines)
            data[:] = b"".join(lines)
        case 6:
            lines[chance.randrange(len(lines))] = chance.choice(lines)
            data[:] = b"".join(lines)
        case 7 if chance.random() < 0.2:
            del data[place:]


def mutate_numbers(data, chance):
    """One to eight numbers, anywhere in the stream, become extreme."""
    for _ in range(chance.randint(1, 8)):
        number = chance.choice(list(re.finditer(rb"(?<=[:,\[])-?\d+(\.\d+)?(?=[,}\]])", data)))
        data[number.start():number.end()] = str(chance.choice(EXTREMES[:12])).encode()


@pytest.mark.parametrize(
    "injure",
    [
        pytest.param(mutate_bytes, id="bytes"),
        pytest.param(mutate_numbers, id="numbers"),
    ])
def test_no_mutation_of_a_real_stream_ends_outside_the_table_of_exit_statuses(tools, processes, stream, injure):
    seed = int(os.environ.get("VAJRA_SEED", str(random.SystemRandom().randrange(1 << 30))))

    def check(number):
        chance = random.Random(seed + number)
        data = bytearray(stream)
        for _ in range(chance.randint(1, 5)):
            if data:
                injure(data, chance)
        done = processes.feed(bytes(data), [tools.agg, *([] if number % 4 == 0 else ["--json"])])
        story = f"VAJRA_SEED={seed} mutation {number}: status {done[0].returncode}, {done.errors()[-300:]!r}"
        if done[0].returncode not in vajra.EXIT_STATUSES:
            return story
        if done.status != 66 and number % 4:
            bad = json.loads(done.output)["bad_lines"]
            named = len(re.findall(r"^stdin:\d+: error: ", done.errors(), re.MULTILINE))
            if named != min(bad, 20):
                return f"{story}: {bad} bad lines, {named} named"
        return None

    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        failures = [story for story in pool.map(check, range(MUTATIONS)) if story]
    assert not failures, f"{len(failures)} of {MUTATIONS}:\n" + "\n".join(failures[:10])
