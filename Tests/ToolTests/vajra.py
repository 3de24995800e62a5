# SPDX-License-Identifier: Apache-2.0
"""What the tool tests share: processes and pipelines with their ends awaited, servers that count, streams read back."""

import asyncio
import collections
import contextlib
import dataclasses
import fractions
import itertools
import json
import os
import pathlib
import select
import signal
import socket
import subprocess
import threading
import time

from hdrh.histogram import HdrHistogram

#: What a busy machine may add to a time that the tools promise, in seconds.
NOISE = float(os.environ.get("VAJRA_NOISE_MS", "750")) / 1000
#: After so many seconds a wait is a failure: far more than any healthy run takes, also in a debug build.
DEADLINE = float(os.environ.get("VAJRA_DEADLINE_S", "30"))
#: The environment variable by which a test's processes, and theirs, are told from all others.
MARK = "VAJRA_TEST_MARK"

#: The whole of DESIGN 7's table of exit statuses.
EXIT_STATUSES = {0, 1, 3, 64, 65, 66, 69, 74, 78, 99, 129, 130, 141, 143}


class Tools:
    """The built binaries of one directory."""

    def __init__(self, directory):
        self.directory = pathlib.Path(directory)
        self.gen = self._path("vajra-gen")
        self.agg = self._path("vajra-agg")
        self.ctl = self._path("vajra-ctl")

    def _path(self, name):
        path = self.directory / name
        if not os.access(path, os.X_OK):
            raise FileNotFoundError(f"{path} is missing: build the tools, and name their directory in VAJRA_BIN_DIR")
        return str(path)

    @staticmethod
    def from_environment(variable):
        directory = os.environ.get(variable)
        if not directory:
            raise RuntimeError(f"{variable} is not set: it names the directory of the built vajra-gen, vajra-agg, vajra-ctl")
        return Tools(directory)


# -- Processes ---------------------------------------------------------------------------------------------------------


def await_end(processes, seconds=DEADLINE):
    """Waits until all have ended; how long that took. Those still alive are named in the failure."""
    start = time.monotonic()
    watched = {os.pidfd_open(process.pid): process for process in processes if process.returncode is None}
    poll = select.poll()
    for descriptor in watched:
        poll.register(descriptor, select.POLLIN)
    try:
        left = dict(watched)
        while left:
            rest = start + seconds - time.monotonic()
            if rest <= 0:
                names = [" ".join(process.args) for process in left.values()]
                raise AssertionError(f"still running after {seconds:.1f} s: {names}")
            for descriptor, _ in poll.poll(rest * 1000):
                poll.unregister(descriptor)
                left.pop(descriptor).wait()
    finally:
        for descriptor in watched:
            os.close(descriptor)
    return time.monotonic() - start


def state_of(pid):
    """The letter of a process's state in /proc: R, S, T (stopped), Z (ended, not awaited)."""
    return pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


def has_ended(pid):
    """Whether a process, not ours to await, is gone or waits for its parent to notice."""
    try:
        return state_of(pid) == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


def status_word(pid, field):
    """The first word of a field of /proc/PID/status; none if it is not there."""
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(f"{field}:"):
            return line.split()[1]
    return None


def has_taken_signals_over(pid):
    """Whether a process has come as far as to hold SIGINT back, which the tools do first of all."""
    return bool(int(status_word(pid, "SigBlk") or "0", 16) & 1 << (signal.SIGINT - 1))


def pending_signals(pid):
    """The signals that wait to be taken by a process, as the mask in /proc; none when it has ended."""
    return int(status_word(pid, "ShdPnd") or "0", 16)


def processor_seconds(pid, thread=None):
    """How long a process, or one of its threads, has had a processor."""
    path = f"/proc/{pid}/stat" if thread is None else f"/proc/{pid}/task/{thread}/stat"
    ticks = pathlib.Path(path).read_text().rpartition(")")[2].split()[11:13]
    return sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")


def peak_memory(pid):
    """The most memory that a living process has had resident, in bytes."""
    kibibytes = status_word(pid, "VmHWM")
    assert kibibytes, f"process {pid} has no memory: it has ended"
    return int(kibibytes) * 1024


def await_condition(condition, what, seconds=DEADLINE):
    """Waits for what no descriptor announces, such as a state in /proc; gives the first true value."""
    end = time.monotonic() + seconds
    while not (value := condition()):
        assert time.monotonic() < end, f"{what}: not within {seconds:.1f} s"
        time.sleep(0.002)
    return value


def status_of(process):
    """The exit status as a shell gives it: 128 + the signal for a process that a signal ended."""
    return process.returncode if process.returncode >= 0 else 128 - process.returncode


class Pipeline:
    """Stages joined by pipes in one process group, as a shell starts them."""

    def __init__(self, stages, directory, stdin=None, stdout=None, env=None, before_exec=None):
        directory.mkdir(parents=True, exist_ok=True)
        self.processes = []
        self._errors = [directory / f"stderr{number}" for number in range(len(stages))]
        self._output = directory / "stdout"
        source = subprocess.DEVNULL if stdin is None else stdin
        try:
            for number, stage in enumerate(stages):
                is_last = number == len(stages) - 1
                sink = (stdout if stdout is not None else self._output.open("wb")) if is_last else subprocess.PIPE
                with self._errors[number].open("wb") as errors:
                    process = subprocess.Popen(
                        [str(word) for word in stage], stdin=source, stdout=sink, stderr=errors, env=env,
                        process_group=self.processes[0].pid if self.processes else 0, preexec_fn=before_exec)
                if number > 0:
                    source.close()
                if is_last and stdout is None:
                    sink.close()
                self.processes.append(process)
                source = process.stdout
        except BaseException:
            self.kill()
            raise

    def __getitem__(self, index):
        return self.processes[index]

    @property
    def reading_end(self):
        """The last stage's output, for a pipeline started with `stdout=subprocess.PIPE`."""
        return self.processes[-1].stdout

    def signal(self, number):
        """Sends a signal to the whole group, as a terminal does."""
        os.killpg(self.processes[0].pid, number)

    def await_end(self, seconds=DEADLINE):
        """Waits for all stages; gives the seconds it took."""
        return await_end(self.processes, seconds)

    @property
    def statuses(self):
        """The stages' exit statuses as a shell gives them."""
        return [status_of(process) for process in self.processes]

    @property
    def status(self):
        """The last stage's exit status, which is the pipeline's."""
        return self.statuses[-1]

    @property
    def output(self):
        """What the last stage wrote to its standard output."""
        return self._output.read_bytes()

    def errors(self, stage=-1):
        """What a stage wrote to its standard error."""
        return self._errors[stage].read_text(errors="replace")

    @property
    def json(self):
        """The last stage's output as one JSON value."""
        try:
            return json.loads(self.output)
        except ValueError as error:
            raise AssertionError(
                f"not JSON ({error}); statuses {self.statuses}, stderr {self.errors()!r}: {self.output[:300]!r}") from error

    def kill(self):
        """Ends what still runs; gives the command lines of what did."""
        alive = [process for process in self.processes if process.poll() is None]
        for process in alive:
            process.kill()
            process.wait()
        for process in self.processes:
            for stream in (process.stdin, process.stdout):
                if stream:
                    stream.close()
        return [" ".join(process.args) for process in alive]


class Processes:
    """Everything one test starts, so that nothing of it is left behind."""

    def __init__(self, directory, name):
        self._directory = directory
        self._mark = f"{os.getpid()}-{name}-{time.monotonic_ns()}"
        self._pipelines = []
        self._services = []
        self._numbers = itertools.count()

    def pipeline(self, *stages, stdin=None, stdout=None, before_exec=None, env=None):
        """Starts the stages; does not wait."""
        directory = self._directory / f"pipeline{next(self._numbers)}"
        environment = {**os.environ, **(env or {}), MARK: self._mark}
        pipeline = Pipeline(stages, directory, stdin, stdout, environment, before_exec)
        self._pipelines.append(pipeline)
        return pipeline

    def run(self, *stages, seconds=DEADLINE, **options):
        """Starts the stages and waits for all of them."""
        pipeline = self.pipeline(*stages, **options)
        pipeline.await_end(seconds)
        return pipeline

    def feed(self, data, *stages, seconds=DEADLINE):
        """Runs the stages with these bytes as the first one's input."""
        path = self._directory / f"input{next(self._numbers)}"
        path.write_bytes(data)
        with path.open("rb") as stdin:
            return self.run(*stages, stdin=stdin, seconds=seconds)

    def service(self, *argv, **options):
        """Starts one process that runs until the test is over, and is then ended by SIGTERM."""
        pipeline = self.pipeline(argv, **options)
        self._services.append(pipeline)
        return pipeline

    def end(self):
        """Ends the services, and gives the command lines of what the test should have ended and has not."""
        for service in self._services:
            if service[0].poll() is None:
                service[0].terminate()
        for service in self._services:
            try:
                service.await_end(1)
            except AssertionError:
                service.kill()  # That services end at a signal has a test of its own.
        left = [line for pipeline in self._pipelines for line in pipeline.kill()]
        return left + self._orphans()

    def _orphans(self):
        """Command lines of what still runs; one that has been killed may need a moment on a busy machine to die."""
        end = time.monotonic() + NOISE
        while (left := self._marked()) and time.monotonic() < end:
            time.sleep(0.002)
        for pid in left:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        return list(left.values())

    def _marked(self):
        """The processes that descend from this test, by pid."""
        wanted = f"{MARK}={self._mark}".encode()
        found = {}
        for entry in pathlib.Path("/proc").iterdir():
            if not entry.name.isdigit():
                continue
            with contextlib.suppress(FileNotFoundError, PermissionError, ProcessLookupError):
                if wanted in (entry / "environ").read_bytes().split(b"\0") and state_of(entry.name) != "Z":
                    found[int(entry.name)] = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        return found


def ignoring(number):
    """A `before_exec` that makes a process ignore a signal from its start."""
    return lambda: signal.signal(number, signal.SIG_IGN)


def closing(descriptor):
    """A `before_exec` that closes a descriptor, as `>&-` does."""
    return lambda: os.close(descriptor)


def restrict_to_processor(pid, processor):
    """Keeps a process and the threads it has on one processor."""
    for thread in pathlib.Path(f"/proc/{pid}/task").iterdir():
        os.sched_setaffinity(int(thread.name), {processor})


# -- Streams -----------------------------------------------------------------------------------------------------------


def lines_of(data):
    """The lines of a stream (bytes or a path) as JSON values; every one must end with a newline."""
    data = data if isinstance(data, bytes) else pathlib.Path(data).read_bytes()
    assert data.endswith(b"\n"), f"the stream's last line is cut off: …{data[-80:]!r}"
    return [json.loads(line) for line in data[:-1].split(b"\n")]


class StreamReader:
    """Reads a stream while it comes."""

    def __init__(self, file):
        self._file = file

    def await_line(self, wanted):
        """The next line that is wanted."""
        for text in iter(self._file.readline, b""):
            if wanted(line := json.loads(text)):
                return line
        raise AssertionError("the stream ended without the line that was awaited")


def of_type(lines, name):
    """The lines of one type."""
    return [line for line in lines if line["type"] == name]


HISTOGRAMS = {"response_time_hdr": "response_time", "service_time_hdr": "service_time", "lag_hdr": "lag"}
PERCENTILES = {"p50_ns": "50", "p90_ns": "90", "p95_ns": "95", "p99_ns": "99", "p99_9_ns": "99.9", "p99_99_ns": "99.99"}


def merged_histogram(encoded):
    """PyPI's hdrhistogram's own decoding and sum of encoded histograms."""
    total = None
    for text in encoded:
        one = HdrHistogram.decode(text)
        if total is None:
            total = HdrHistogram(one.lowest_trackable_value, one.highest_trackable_value, one.significant_figures)
        total.add(one)
    return total


def value_at(histogram, percentile):
    """The highest value of the bucket that holds the sample of rank ⌈p·n⌉: HdrHistogram's definition, exactly."""
    share = fractions.Fraction(percentile) / 100 * histogram.get_total_count()
    rank = max(1, -(-share.numerator // share.denominator))
    seen = 0
    for item in histogram.get_recorded_iterator():
        seen += item.count_at_value_iterated_to
        if seen >= rank:
            return histogram.get_highest_equivalent_value(item.value_iterated_to)
    return 0


COUNTS = ("planned", "started", "completed", "succeeded", "failed", "dropped", "bytes_sent", "bytes_received")


def sums(lines, scenario=None):
    """What the snapshots of a stream add up to: the counts, and the maps of failures and of statuses."""
    total = {name: 0 for name in COUNTS} | {"failures": collections.Counter(), "status": collections.Counter()}
    for line in of_type(lines, "snapshot"):
        if scenario in (None, line["scenario"]):
            for name in COUNTS:
                total[name] += line[name]
            total["failures"].update(line["failures"])
            total["status"].update(line["status"])
    return total


# -- Servers -----------------------------------------------------------------------------------------------------------


class CountingServer:
    """An HTTP server in a thread that counts every request it sees.

    `/300/any` is answered after 300 ms, `/hang/any` never. Counts are kept by the whole path.
    """

    def __init__(self):
        self.seen = collections.Counter()
        self.answered = collections.Counter()
        self._open = 0
        self._changed = threading.Condition()
        self._loop = asyncio.new_event_loop()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=1024)
        self.port = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._ready = threading.Event()
        self._thread.start()
        assert self._ready.wait(DEADLINE), "the counting server does not start"

    def url(self, path):
        return f"http://127.0.0.1:{self.port}{path}"

    def _serve(self):
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._connection, sock=self._listener))
        self._ready.set()
        self._loop.run_forever()
        server.close()
        tasks = asyncio.all_tasks(self._loop)
        for task in tasks:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
        self._loop.close()

    async def _connection(self, reader, writer):
        with self._changed:
            self._open += 1
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                path = head.split(b" ", 2)[1].decode()
                with self._changed:
                    self.seen[path] += 1
                    self._changed.notify_all()
                delay = path.split("/")[1]
                if delay == "hang":
                    await reader.read()
                    return
                if delay != "0":
                    await asyncio.sleep(int(delay) / 1000)
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
                await writer.drain()
                with self._changed:
                    self.answered[path] += 1
        except (asyncio.IncompleteReadError, ConnectionError, TimeoutError):
            pass
        finally:
            with self._changed:
                self._open -= 1
                self._changed.notify_all()
            writer.close()

    def await_seen(self, path, count=1, seconds=DEADLINE):
        """Waits until so many requests for the path have been seen."""
        with self._changed:
            came = self._changed.wait_for(lambda: self.seen[path] >= count, seconds)
            assert came, f"{self.seen[path]} of {count} requests for {path} came within {seconds} s"

    def await_quiet(self, seconds=DEADLINE):
        """Waits until everything that clients which are gone had sent has been seen."""
        # Connections are accepted in order: when this one is answered, none before it is still waiting.
        with socket.create_connection(("127.0.0.1", self.port), timeout=seconds) as probe:
            probe.sendall(b"GET /0/probe HTTP/1.1\r\nHost: probe\r\n\r\n")
            assert probe.recv(1024).startswith(b"HTTP/1.1 200")
        with self._changed:
            assert self._changed.wait_for(lambda: self._open == 0, seconds), f"{self._open} connections stay open"

    def close(self):
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)


@dataclasses.dataclass
class Target:
    """A running HTTP target."""

    url: str
    process: Pipeline
    unix_socket: str = ""


def listening_url(process, seconds=DEADLINE):
    """The URL that `vajra-ctl target` says it listens on."""

    def said():
        for line in process.output.decode().splitlines():
            if line.startswith("listening on "):
                return line.removeprefix("listening on ").strip()
        assert process[0].poll() is None, f"the target has ended: {process.errors()}"
        return None

    return await_condition(said, "the target listens", seconds)


def stalled_seconds(process, seconds=DEADLINE):
    """How long the one stall of a `vajra-ctl target` took by its own clock."""

    def said():
        return [float(line.split()[2]) for line in process.output.decode().splitlines()
                if line.startswith("stalled for ")]

    (length,) = await_condition(said, "the target tells of its stall", seconds)
    assert 1 <= length < 1.1, f"a stall of 1 s took {length} s"
    return length


def timed(measured, bar):
    """Twenty figures of `measured()`, and up to a hundred for as long as none is below the bar.

    The bar is for the least of them, which is what the thing itself takes: on a crowded machine the rest may have waited
    for a processor.
    """
    took = []
    while len(took) < 20 or (min(took) >= bar and len(took) < 100):
        took.append(measured())
    return took


def free_port():
    """A port that nothing listened on a moment ago, for programs that cannot say which one they took."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def can_connect(address):
    """Whether something accepts connections at a port of 127.0.0.1 or at a Unix socket's path."""
    family = socket.AF_INET if isinstance(address, int) else socket.AF_UNIX
    with socket.socket(family) as client:
        client.settimeout(1)
        try:
            client.connect(("127.0.0.1", address) if isinstance(address, int) else str(address))
            return True
        except OSError:
            return False


NGINX_CONFIG = """
daemon off; worker_processes {workers}; pid {prefix}/nginx.pid; error_log {prefix}/error.log warn;
events {{ worker_connections 4096; }}
http {{
    access_log off; keepalive_requests 100000000; keepalive_timeout 600s;
    client_body_temp_path {prefix}/body; proxy_temp_path {prefix}/proxy; fastcgi_temp_path {prefix}/fastcgi;
    uwsgi_temp_path {prefix}/uwsgi; scgi_temp_path {prefix}/scgi;
    server {{
        listen 127.0.0.1:{port}; listen unix:{socket};
        location / {{ default_type text/plain; return 200 "hello\\n"; }}
    }}
}}
"""


def start_nginx(processes, prefix, workers=1):
    """An nginx on a free port and on a Unix socket, with a prefix of its own."""
    prefix.mkdir(parents=True, exist_ok=True)
    port, path = free_port(), str(prefix / "nginx.sock")
    config = prefix / "nginx.conf"
    config.write_text(NGINX_CONFIG.format(prefix=prefix, port=port, socket=path, workers=workers))
    service = processes.service("nginx", "-p", prefix, "-c", config, "-e", prefix / "error.log")

    def serves():
        assert service[0].poll() is None, f"nginx has ended: {service.errors()}"
        return can_connect(port)

    await_condition(serves, "nginx listens")
    return Target(url=f"http://127.0.0.1:{port}/", process=service, unix_socket=path)
