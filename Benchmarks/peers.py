# SPDX-License-Identifier: Apache-2.0
"""Client CPU per request of vajra-gen and of other tools: the same server, the same connections, in turns."""

import os
import re
import shutil

from measure import end_of, generate, median, nginx, run, table, load_average

CONNECTIONS = 64


def found(pattern, output):
    match = re.search(pattern, output)
    return int(match.group(1)) if match else 0


def ours(url, seconds):
    done, lines = generate(
        ["http", url, "--concurrency", str(CONNECTIONS), "--lanes", "1", "--for", f"{seconds}s"])
    return done, end_of(lines)["completed"]


def other(argv, pattern):
    """A tool that prints how many requests it made."""
    def once(url, seconds):
        done = run([part.format(url=url, seconds=seconds, c=CONNECTIONS) for part in argv])
        return done, found(pattern, done.output)
    return once


def vegeta(binary):
    """A closed loop by -rate=0 and as many workers as connections; only the attack is counted, not its report."""
    def once(url, seconds):
        path = f"/tmp/vajra-vegeta-{os.getpid()}.bin"
        attack = (
            f"echo GET {url} | {binary} attack -rate=0 -max-workers={CONNECTIONS} -workers={CONNECTIONS} "
            f"-connections={CONNECTIONS} -max-connections={CONNECTIONS} -duration={seconds}s -output={path}")
        done = run(["bash", "-c", attack])
        requests = found(r"Requests\s+\[total[^]]*\]\s+(\d+)", run([binary, "report", path]).output)
        os.unlink(path)
        return done, requests
    return once


def k6(binary):
    def once(url, seconds):
        script = f"import http from 'k6/http'; export default () => {{ http.get('{url}') }}"
        path = f"/tmp/vajra-k6-{os.getpid()}.js"
        with open(path, "w", encoding="utf-8") as file:
            file.write(script)
        done = run([binary, "run", "--quiet", "--vus", str(CONNECTIONS), "--duration", f"{seconds}s", path])
        os.unlink(path)
        return done, found(r"http_reqs\D+(\d+)", done.output)
    return once


def tools():
    """name → how to run it once, of those that are here."""
    here = {"vajra-gen": ours}
    wrk = (["-t1", "-c{c}", "-d{seconds}s", "{url}"], r"(\d+) requests in")
    for name, argv, pattern in (
        ("wrk", *wrk),
        ("ab", ["-k", "-q", "-c", "{c}", "-t", "{seconds}", "-n", "100000000", "{url}"], r"Complete requests:\s+(\d+)"),
        ("h2load", ["--h1", "-t1", "-c{c}", "-D{seconds}", "{url}"], r"requests: (\d+) total"),
        ("hey", ["-c", "{c}", "-z", "{seconds}s", "{url}"], r"\[200\]\s+(\d+) responses"),
    ):
        if shutil.which(name):
            here[name] = other([name, *argv], pattern)
    if binary := os.environ.get("VAJRA_BENCH_WRK2"):
        # Far above what can be reached, it is a closed loop.
        here["wrk2"] = other([binary, "-R1000000", *wrk[0]], wrk[1])
    if binary := os.environ.get("VAJRA_BENCH_FORTIO"):
        here["fortio"] = other(
            [binary, "load", "-qps", "0", "-c", "{c}", "-t", "{seconds}s", "{url}"], r"All done (\d+) calls")
    if binary := os.environ.get("VAJRA_BENCH_VEGETA"):
        here["vegeta"] = vegeta(binary)
    if binary := os.environ.get("VAJRA_BENCH_K6"):
        here["k6"] = k6(binary)
    return here


def peers(rounds=7, seconds=3):
    """Client CPU per request at 64 keep-alive connections, closed loop, recording on"""
    before = load_average()
    runs = {name: [] for name in tools()}
    with nginx() as (url, _):
        for _ in range(rounds):
            for name, once in tools().items():
                done, requests = once(url, seconds)
                if requests == 0:
                    raise SystemExit(f"macro: {name} made no request: {done.output[-500:]}")
                runs[name].append((done.user / requests * 1e6, done.system / requests * 1e6, requests / done.wall))
    base = [user + system for user, system, _ in runs.get("wrk", runs["vajra-gen"])]
    rows = []
    for name, values in runs.items():
        ratios = [(user + system) / of for (user, system, _), of in zip(values, base)]
        rows.append((
            name, f"{median(v[0] for v in values):.2f}", f"{median(v[1] for v in values):.2f}",
            f"{median(v[0] + v[1] for v in values):.2f}",
            f"{median(ratios):.2f} [{min(ratios):.2f}, {max(ratios):.2f}]", f"{median(v[2] for v in values):,.0f}"))
    print(f"{rounds} rounds of {seconds} s, in turns; {CONNECTIONS} connections; {before} before\n")
    table(("client", "user µs", "system µs", "CPU µs", "× wrk, round by round", "requests/s"), rows)
