# SPDX-License-Identifier: Apache-2.0
"""Commands with what they used of the machine, a real nginx to load, and tables in Markdown."""

import contextlib
import json
import os
import shutil
import socket
import statistics
import subprocess
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
TOOLS = os.environ.get("VAJRA_RELEASE_BIN_DIR") or os.path.join(ROOT, ".build/release")
# With two processors or more the server has the first and the client the second, so that neither takes from the other.
CORES = sorted(os.sched_getaffinity(0))
SERVER_CORE, CLIENT_CORE = (CORES[0], CORES[1]) if len(CORES) > 1 else (None, None)


# On a machine that others use: server and clients alike go before them (root only). Set to -15, say.
PRIORITY = int(os.environ.get("VAJRA_BENCH_NICE", "0"))


def prepared(core):
    """What a child does before it becomes the command: its core and its priority."""
    def prepare():
        if core is not None:
            os.sched_setaffinity(0, {core})
        if PRIORITY:
            os.nice(PRIORITY)
            # Where each session is a group of its own to the scheduler, nice counts within the group alone.
            with contextlib.suppress(OSError):
                os.setsid()
                with open("/proc/self/autogroup", "w", encoding="ascii") as group:
                    group.write(str(PRIORITY))
    return prepare


def tool(name):
    return os.path.join(TOOLS, name)


class Run:
    """A finished command: its output, and CPU and memory of it and of what it waited for."""

    def __init__(self, argv, status, output, usage, wall):
        self.argv, self.status, self.output, self.wall = argv, status, output, wall
        self.user, self.system = usage.ru_utime, usage.ru_stime
        self.peak = usage.ru_maxrss * 1024

    @property
    def cpu(self):
        return self.user + self.system


def run(argv, *, core=CLIENT_CORE, env=None, stdin=subprocess.DEVNULL):
    """Runs the command to its end, on one core unless that is None; its standard output is kept."""
    with tempfile.TemporaryFile() as output:
        begin = time.monotonic()
        process = subprocess.Popen(
            argv, stdin=stdin, stdout=output, stderr=subprocess.STDOUT, env=os.environ | (env or {}),
            preexec_fn=prepared(core),
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        return Run(argv, process.returncode, output.read().decode(errors="replace"), usage, wall)


def generate(arguments, *, core=CLIENT_CORE):
    """vajra-gen into a file; the run, and the lines of its stream."""
    with tempfile.NamedTemporaryFile(suffix=".ndjson") as stream:
        done = run([tool("vajra-gen"), *arguments, "-o", stream.name], core=core)
        return done, [json.loads(line) for line in open(stream.name, encoding="utf-8")]


def summarize(lines):
    """What vajra-agg makes of the lines."""
    with tempfile.NamedTemporaryFile("w", suffix=".ndjson") as stream:
        for line in lines:
            print(json.dumps(line), file=stream)
        stream.flush()
        return json.loads(run([tool("vajra-agg"), "--json", stream.name]).output)


def end_of(lines):
    """The counts of a run's only scenario; a long run_ended comes in parts that add up."""
    parts = [part for line in lines if line["type"] == "run_ended" for part in line["scenarios"].values()]
    return {
        key: sum(part[key] for part in parts)
        for key in ("planned", "started", "completed", "succeeded", "failed", "dropped")
    }


@contextlib.contextmanager
def nginx(worker_processes=1):
    """An nginx with one worker and a body of 2 bytes, on the server's core; its URL and master's pid."""
    binary = shutil.which("nginx", path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")
    if not binary:
        raise SystemExit("macro: there is no nginx: .ci/install-packages --tests")
    with tempfile.TemporaryDirectory() as folder, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        paths = "\n".join(
            f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        config = os.path.join(folder, "nginx.conf")
        with open(config, "w", encoding="utf-8") as file:
            file.write(f"""
                daemon off; worker_processes {worker_processes}; pid {folder}/pid; error_log {folder}/error.log;
                events {{ worker_connections 8192; }}
                http {{
                    access_log off; keepalive_requests 1000000000; keepalive_timeout 1h; {paths}
                    server {{ listen 127.0.0.1:{port}; location / {{ default_type text/plain; return 200 "ok"; }} }}
                }}""")
        process = subprocess.Popen(
            [binary, "-c", config], stderr=subprocess.DEVNULL, preexec_fn=prepared(SERVER_CORE))
        try:
            await_port(port, process)
            yield f"http://127.0.0.1:{port}/", process.pid
        finally:
            process.terminate()
            process.wait(10)


def await_port(port, process):
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.2):
            return
        time.sleep(0.01)
    raise SystemExit("macro: the server did not start")


def median(values):
    values = list(values)
    return statistics.median(values) if values else float("nan")


def three(values, digits=2):
    """Median, smallest and largest."""
    values = list(values)
    return f"{median(values):.{digits}f} [{min(values):.{digits}f}, {max(values):.{digits}f}]"


def table(header, rows):
    print("| " + " | ".join(header) + " |")
    print("|" + "---|" * len(header))
    for row in rows:
        print("| " + " | ".join(str(cell) for cell in row) + " |", flush=True)
    print()


def load_average():
    return f"load average {os.getloadavg()[0]:.1f}"
