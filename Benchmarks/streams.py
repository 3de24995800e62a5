# SPDX-License-Identifier: Apache-2.0
"""Streams read, merged and stored, and how long the tools take to start."""

import json
import os
import subprocess
import tempfile

from measure import generate, load_average, median, run, table, three, tool


def start(rounds=41):
    """--help of each tool, and a completion: CPU and time of a start"""
    rows = []
    for argv in (
        ["vajra-gen", "--help"], ["vajra-agg", "--help"], ["vajra-export", "--help"], ["vajra-ctl", "--help"],
        ["vajra-gen", "--generate-completion-script", "bash"],
    ):
        runs = [run([tool(argv[0]), *argv[1:]], core=None) for _ in range(rounds)]
        rows.append((" ".join(argv), three((r.wall * 1e3 for r in runs), 1), three((r.cpu * 1e3 for r in runs), 1)))
    print(f"{rounds} starts each, one after another; {load_average()}; milliseconds, of which 1 is Python's own fork\n")
    table(("start", "time", "CPU"), rows)


def iterations(folder, count=400_000):
    """A real stream with a line for each iteration."""
    path = os.path.join(folder, "iterations.ndjson")
    subprocess.run(
        [tool("vajra-gen"), "none", "--rate", f"{count // 5}/s", "--for", "5s", "--iterations", "all", "-o", path],
        check=False, stderr=subprocess.DEVNULL)
    return path


def lines_in(path):
    with open(path, "rb") as file:
        return sum(1 for _ in file)


def ingest(rounds=5):
    """vajra-agg on a file with a line for each iteration; vegeta report on as many results as JSON if it is there"""
    with tempfile.TemporaryDirectory() as folder:
        path = iterations(folder)
        count, size = lines_in(path), os.path.getsize(path)
        rows = [reader("vajra-agg --json", [tool("vajra-agg"), "--json", path], count, size, rounds)]
        if binary := os.environ.get("VAJRA_BENCH_VEGETA"):
            results = as_vegeta(path, os.path.join(folder, "vegeta.json"))
            rows.append(reader(
                "vegeta report", [binary, "report", results], lines_in(results), os.path.getsize(results), rounds))
        print(f"{rounds} rounds; {load_average()}\n")
        table(("reader", "lines", "ns of CPU a line", "MB/s of CPU", "memory MiB"), rows)


def reader(name, argv, count, size, rounds):
    runs = [run(argv) for _ in range(rounds)]
    cpu = [r.cpu for r in runs]
    return (
        name, count, three((c / count * 1e9 for c in cpu), 0), f"{size / 1e6 / median(cpu):.0f}",
        f"{max(r.peak for r in runs) / 2**20:.1f}")


def as_vegeta(path, results):
    """The same iterations as `vegeta encode -to json` writes results."""
    with open(path, encoding="utf-8") as lines, open(results, "w", encoding="utf-8") as out:
        for line in lines:
            it = json.loads(line)
            if it["type"] != "iteration":
                continue
            seconds, micro = divmod(it["started_unix_us"], 1_000_000)
            import datetime
            stamp = datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S")
            out.write(json.dumps({
                "attack": "", "seq": it["index"], "code": 200, "timestamp": f"{stamp}.{micro:06d}Z",
                "latency": it["service_time_ns"], "bytes_out": 0, "bytes_in": 2, "error": "", "body": None,
                "method": "GET", "url": "http://127.0.0.1/", "headers": {},
            }, separators=(",", ":")) + "\n")
    return results


def fleet(sources=100, seconds=30):
    """vajra-agg on the snapshots of 100 sources at one a second: its share of a processor"""
    _, lines = generate(["none", "--rate", "1000/s", "--for", f"{seconds}s"], core=None)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "fleet.ndjson")
        with open(path, "w", encoding="utf-8") as out:
            for line in lines:
                for source in range(sources):
                    out.write(json.dumps(line | {"source": f"w{source}"}) + "\n")
        done = run([tool("vajra-agg"), "--json", path])
        snapshots = sum(line["type"] == "snapshot" for line in lines) * sources
    print(f"{snapshots} snapshots; {load_average()}\n")
    table(("what", "figure"), [
        ("CPU a snapshot", f"{done.cpu / snapshots * 1e6:.0f} µs"),
        (f"{sources} sources at 1/s", f"{100 * done.cpu / seconds:.2f} % of a processor"),
        ("memory", f"{done.peak / 2**20:.1f} MiB"),
    ])


def gzip(rounds=5):
    """vajra-export files against gzip -6 on the same lines: MB/s of CPU, and the size"""
    with tempfile.TemporaryDirectory() as folder:
        path, out = iterations(folder), os.path.join(folder, "out")
        size, found = os.path.getsize(path), {"vajra-export files": [], "gzip -6": []}
        for _ in range(rounds):
            ours = run([tool("vajra-export"), "files", "--force", out, path])
            stored = sum(
                os.path.getsize(os.path.join(at, name)) for at, _, names in os.walk(out) for name in names
                if name.endswith(".gz"))
            found["vajra-export files"].append((ours.cpu, stored))
            theirs = run(["bash", "-c", f"gzip -6 -c {path} > {folder}/plain.gz"])
            found["gzip -6"].append((theirs.cpu, os.path.getsize(f"{folder}/plain.gz")))
    ratios = [b[0] / a[0] for a, b in zip(*found.values())]
    print(f"{size / 1e6:.0f} MB of lines, {rounds} rounds in turns; {load_average()}\n")
    table(("writer", "MB/s of CPU", "compressed to"), [
        (name, f"{size / 1e6 / median(cpu for cpu, _ in values):.1f}",
         f"{100 * median(stored for _, stored in values) / size:.2f} %") for name, values in found.items()])
    print(f"Throughput of vajra-export over gzip's, round by round: {three(ratios)}.\n")
