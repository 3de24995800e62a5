# SPDX-License-Identifier: Apache-2.0
"""Fixtures: the built tools, processes that never outlive their test, targets on free ports."""

import pathlib
import shutil
import signal
import tempfile

import pytest

import certificates as made
import loads
import vajra


def pytest_configure():
    """A shell lets what it runs in the background ignore these, and every process under test would inherit that."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGQUIT, signal.SIG_DFL)


@pytest.fixture(scope="session")
def tools():
    """The binaries under test (VAJRA_BIN_DIR)."""
    return vajra.Tools.from_environment("VAJRA_BIN_DIR")


@pytest.fixture(scope="session")
def release_tools():
    """Release binaries, for speed bars and long trials (VAJRA_RELEASE_BIN_DIR)."""
    return vajra.Tools.from_environment("VAJRA_RELEASE_BIN_DIR")


@pytest.fixture
def processes(tmp_path, request):
    """Starts processes, and fails the test if it leaves one behind."""
    started = vajra.Processes(tmp_path, request.node.name)
    yield started
    left = started.end()
    assert not left, f"the test left processes behind: {left}"


@pytest.fixture
def pipeline(processes):
    """`pipeline([argv…], [argv…])` starts the stages in one process group, joined by pipes; does not wait."""
    return processes.pipeline


@pytest.fixture
def run(processes):
    """`run([argv…], [argv…])` is `pipeline` that waits for all stages."""
    return processes.run


@pytest.fixture
def feed(processes):
    """`feed(bytes, [argv…])` is `run` with these bytes as standard input."""
    return processes.feed


@pytest.fixture
def start_target(processes, tools):
    """`start_target('--delay', '5ms')`: a `vajra-ctl target` on a free port."""

    def start(*flags):
        service = processes.service(tools.ctl, "target", "--port", "0", *flags)
        return vajra.Target(url=vajra.listening_url(service), process=service)

    return start


@pytest.fixture
def target(start_target):
    """A `vajra-ctl target` on a free port, without delays or errors."""
    return start_target()


@pytest.fixture
def nginx(processes):
    """An nginx on a free port and on a Unix socket, with a prefix of its own."""
    if shutil.which("nginx") is None:
        pytest.skip("nginx is not installed")
    # Not in tmp_path: the path of a Unix socket has at most 107 bytes.
    prefix = pathlib.Path(tempfile.mkdtemp(prefix="vajra-nginx-"))
    yield vajra.start_nginx(processes, prefix)
    processes.end()
    shutil.rmtree(prefix, ignore_errors=True)


@pytest.fixture
def counting_server():
    """An HTTP server that counts the requests it sees."""
    server = vajra.CountingServer()
    yield server
    server.close()


@pytest.fixture
def short_path():
    """A directory whose path is short enough for Unix sockets."""
    with tempfile.TemporaryDirectory(prefix="vajra-") as path:
        yield pathlib.Path(path)


@pytest.fixture
def load(run, tools):
    """`load('http', url, '--rate', …)` runs vajra-gen to its end, and gives a checked `loads.Load`."""
    return lambda *flags, **options: loads.Load(run([tools.gen, *flags], **options))


@pytest.fixture(scope="session")
def certificates(tmp_path_factory):
    """Certificates by the openssl command: `good`, `client`, `refused` by failure kind, and the authority's, `ca`."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    return made.Certificates(tmp_path_factory.mktemp("certificates"))
