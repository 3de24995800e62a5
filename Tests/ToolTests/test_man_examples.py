# SPDX-License-Identifier: Apache-2.0
"""Every example of every man page runs, with its target, its paths and its durations made fit for a test."""

import shutil
import sys

import pytest

import manuals
import shortening
import vajra

EXAMPLES = manuals.examples() if shutil.which("mandoc") else []
#: Passed, and passed on a machine that is too crowded to hold the plan.
ACCEPTED = {0, shortening.CROWDED}
ORDER = "#!/bin/sh\nexit 0\n"
SEARCH = f"""#!{sys.executable}
import json, sys
for line in sys.stdin:
    request = json.loads(line)
    if request["type"] == "execute":
        print(json.dumps({{"id": request["id"], "outcome": "success"}}), flush=True)
"""


def cut(text, port):
    """The text made short, with the address of the test's own target and a backup folder that is here."""
    return shortening.cut(text, port).replace("/mnt/backup/", "backup/")


def write_program(path, text):
    path.write_text(text)
    path.chmod(0o755)


@pytest.fixture(scope="module")
def belongings(tmp_path_factory, tools):
    """What the examples take for granted: a config, a token, two programs, streams that were kept, and an export."""
    folder = tmp_path_factory.mktemp("belongings")
    processes = vajra.Processes(tmp_path_factory.mktemp("making"), "belongings")
    served = processes.service(tools.ctl, "target", "--port", "0", "--error-rate", "0.2")
    load = ["--rate", "50/s", "--for", "300ms"]
    url = vajra.listening_url(served)
    stream = folder / "raw.ndjson"
    made = [processes.run([tools.gen, "http", url, *load, "--iterations", "failed", "--run-id", "01937c2e", "-o", stream])]
    for number in (1, 2, 3):
        share = ["--segment", f"{number}/3", "--run-id", "try-1", "-o", folder / f"share{number}.ndjson"]
        made.append(processes.run([tools.gen, "none", *load, *share]))
    made.append(processes.run([f"{tools.directory}/vajra-export", "files", folder / "kept", stream]))
    assert all(one.status in ACCEPTED for one in made), [one.errors() for one in made]
    assert not processes.end()
    log = folder / "kept/logs/logs-01937c2e-00001.ndjson.gz"
    shutil.copy(log, f"{log}.partial")
    configs = dict(file for example in EXAMPLES for file in example.files)
    (folder / "checkout.yaml").write_text(configs["checkout.yaml"])
    (folder / "users.csv").write_text(configs["users.csv"])
    (folder / "token.txt").write_text("a-token\n")
    (folder / "backup").mkdir()
    write_program(folder / "place-order.sh", ORDER)
    write_program(folder / "search.py", SEARCH)
    return folder


@pytest.fixture
def prepared(belongings, tmp_path):
    """A folder with these, for one example."""

    def prepare(example, port):
        folder = tmp_path / "here"
        shutil.copytree(belongings, folder)
        # An export is refused where there is one already.
        if "vajra-export" in example.script:
            shutil.rmtree(folder / "kept")
        else:
            (folder / "kept").rename(folder / "out")
        (folder / "checkout.yaml").write_text(cut((folder / "checkout.yaml").read_text(), port))
        for name, text in example.files:
            (folder / name).write_text(cut(text, port))
        return folder

    return prepare


@pytest.mark.skipif(not EXAMPLES, reason="mandoc is not installed")
@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_the_example_of_a_man_page_ends_well(run, processes, tools, start_target, prepared, example):
    serves = example.script.startswith("vajra-ctl target")
    port = vajra.free_port() if serves else start_target().url.rsplit(":", 1)[1].strip("/")
    script = cut(example.script, port)
    folder = prepared(example, port)
    assert "8080" not in script and "/mnt/" not in script
    if serves and "vajra-gen" not in script:
        service = processes.service(*shortening.shell([tools.directory], folder, f"exec {script}"))
        assert vajra.listening_url(service)
        service[0].terminate()
        service.await_end()
        assert service.status == 0, service.errors()
        return
    # Whatever the example leaves in the background has been ended by it, and is awaited.
    done = run(shortening.shell([tools.directory], folder, f"{shortening.typed(script)}\nstatus=$?; wait; exit $status"))
    assert done.status in ACCEPTED, f"{script}\n{done.errors()}\n{done.output.decode(errors='replace')}"


@pytest.mark.skipif(not EXAMPLES, reason="mandoc is not installed")
@pytest.mark.parametrize("page", manuals.PAGES)
def test_every_man_page_has_examples(page):
    assert any(example.page == page and example.script for example in EXAMPLES)
