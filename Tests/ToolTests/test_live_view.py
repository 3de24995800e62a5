# SPDX-License-Identifier: Apache-2.0
"""The live view and the report behind it, as a person at a terminal sees them."""

import os
import re
import shutil
import signal
import subprocess

import pytest

import terminals
import vajra

SIZES = pytest.mark.parametrize("columns, rows", [(80, 24), (200, 50)], ids=["80x24", "200x50"])
#: Iterations that do nothing are the same on every machine.
LOAD = "vajra-gen none --rate 200/s --snapshot-every 200ms --name calm"


@pytest.fixture
def open_terminal(tools, tmp_path):
    """`open_terminal(80, 24)`: an interactive shell that finds the tools; closed, and nothing left in it, after the test."""
    opened = []

    def start(columns, rows, **options):
        opened.append(terminals.Terminal(columns, rows, tmp_path, tools.directory.resolve(), **options))
        return opened[-1]

    yield start
    left = [name for terminal in opened for name in terminal.close()]
    assert not left, f"left behind: {left}"


def report_of(lines):
    """The report among the lines of a screen, from its headline on."""
    starts = [number for number, line in enumerate(lines) if re.match(r"calm +(run .*)?.*(PASS|INVALID|INTERRUPTED|FAIL)$", line)]
    assert len(starts) == 1, f"one headline, not {len(starts)}:\n" + "\n".join(lines)
    return lines[starts[0]:]


def assert_restored(terminal):
    assert terminal.is_cursor_visible, "the cursor is still hidden"
    assert terminal.wraps, "lines still do not wrap"
    assert not terminal.shows_other_screen, "the other screen is still shown"


# -- What is seen ------------------------------------------------------------------------------------------------------


@SIZES
@pytest.mark.parametrize("pipeline", [False, True], ids=["alone", "pipeline"])
def test_the_view_shows_the_run_once_and_the_report_takes_its_place(open_terminal, columns, rows, pipeline):
    terminal = open_terminal(columns, rows)
    terminal.type(f"{LOAD} --for 3s" + (" | tee raw.ndjson | vajra-agg" if pipeline else " -o raw.ndjson"))
    terminal.await_text("running", "/s of 200/s", " of 600 ", "response", "so far", "lag, last ")
    assert terminal.text.count("running") == 1
    assert terminal.text.count("calm   run ") == 1
    assert not terminal.is_cursor_visible
    assert "▁" in terminal.text or "█" in terminal.text
    terminal.await_text("honesty")
    terminal.await_prompt()
    seen = terminal.lines
    assert_restored(terminal)
    assert "running" not in terminal.text and "so far" not in terminal.text
    # What the same tool prints on a clear screen: a line overdrawn or left over would differ.
    alone = terminal.run("vajra-agg --quiet raw.ndjson")
    assert report_of(seen)[:-1] == report_of(alone)
    assert all(len(line) <= columns for line in alone)


def test_a_report_fits_80_columns_without_the_terminal_breaking_a_line(open_terminal, target):
    terminal = open_terminal(80, 24)
    lines = terminal.run(f"vajra-gen http {target.url}/ --rate 300/s --for 2s --name calm --quiet")
    # The command itself may take two lines.
    report = report_of(lines)
    assert report[0].startswith("calm   run ")
    assert sum(line.startswith(("http ", "honesty ")) for line in report) == 2
    labels = {line.split()[0] for line in report[1:] if line.split()}
    assert {"response", "service", "lag"} <= labels
    assert max(map(len, report)) <= 80


@pytest.mark.parametrize("columns, rows", [(40, 12), (30, 6), (20, 3), (80, 2)])
def test_a_small_terminal_gets_what_fits(open_terminal, columns, rows):
    terminal = open_terminal(columns, rows)
    terminal.clear()
    terminal.type(f"{LOAD} --for 2s")
    terminal.await_(lambda: re.search(r"(\d s|\d ms) of 2 s", terminal.text), "the time")
    terminal.await_prompt()
    assert_restored(terminal)


def test_on_a_changed_window_the_view_is_drawn_anew(open_terminal):
    terminal = open_terminal(80, 24)
    terminal.clear()
    terminal.type(f"{LOAD} --for 6s -o raw.ndjson")
    terminal.await_text("so far", "/s of 200/s", " of 1 200 ")
    for columns, rows in [(120, 40), (50, 20), (80, 24)]:
        terminal.resize(columns, rows)
        mark = len(terminal.written)
        terminal.await_(lambda: terminal.written[mark:].count(b"\x1b[?2026l") >= 2, "two frames")
        terminal.await_text("running", "so far")
        for once in ("running", "so far", "lag, last", "in flight"):
            assert terminal.text.count(once) == 1, f"{once!r} at {columns} × {rows}:\n{terminal.text}"
    terminal.await_text("honesty")
    terminal.await_prompt()
    seen = report_of(terminal.lines)[:-1]
    assert_restored(terminal)
    assert seen == report_of(terminal.run("vajra-agg --quiet raw.ndjson"))


def test_there_are_at_most_ten_frames_a_second(open_terminal):
    terminal = open_terminal(80, 24)
    terminal.run("vajra-gen none --rate 200/s --for 3s --snapshot-every 10ms --name calm")
    frames = terminal.written.count(b"\x1b[?2026h")
    assert 5 <= frames <= 33, f"{frames} frames in 3 s"
    assert frames == terminal.written.count(b"\x1b[?2026l")
    assert terminal.written.count(b"\x1b[?7l") == terminal.written.count(b"\x1b[?7h")


def test_data_go_to_a_file_and_the_view_stays_on_the_terminal(open_terminal, tmp_path):
    terminal = open_terminal(80, 24)
    terminal.type(f"{LOAD} --for 2s | vajra-agg --json > summary.json")
    terminal.await_text("running")
    terminal.await_prompt()
    assert "running" not in terminal.text
    assert_restored(terminal)
    assert b"\x1b" not in (tmp_path / "summary.json").read_bytes()
    assert (tmp_path / "summary.json").read_bytes().startswith(b'{"type":"summary"')


def test_a_bad_line_is_named_above_the_report_and_counted_in_the_view(open_terminal):
    terminal = open_terminal(80, 24)
    terminal.run(f"{LOAD} --for 1s --quiet -o raw.ndjson")
    lines = terminal.run("{ head -n 3 raw.ndjson; echo rubbish; sleep 1; tail -n +4 raw.ndjson; } | vajra-agg")
    assert sum(line.startswith("stdin:4: error:") for line in lines) == 1
    assert any(line.startswith("problem") for line in report_of(lines)), lines
    assert b"running" in terminal.written and b"1 message" in terminal.written


def test_the_phase_and_the_thresholds_are_seen_as_they_stand(open_terminal):
    terminal = open_terminal(120, 30)
    terminal.type(
        "vajra-gen none --phase 'ramp 0/s 200/s 400ms' --phase 'constant 200/s 20s' --snapshot-every 100ms --name calm "
        "-o raw.ndjson --threshold 'failure_rate < 1%' --threshold 'started > 100000'")
    terminal.await_text("phase 2 of 2   constant 200/s", "✓ failure_rate < 1% (0 %)", "✗ started > 100000 (")
    terminal.press("c")
    terminal.await_prompt()
    assert_restored(terminal)


def test_a_window_that_is_dragged_leaves_nothing_in_the_scrollback(tools, tmp_path, short_path):
    if shutil.which("tmux") is None:
        pytest.skip("tmux is not installed")
    environment = {**os.environ, "PATH": f"{tools.directory.resolve()}:{os.environ['PATH']}", "TERM": "screen-256color"}

    def tmux(*words):
        command = ["tmux", "-S", short_path / "s", "-f", "/dev/null", *words]
        return subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, timeout=vajra.DEADLINE).stdout

    def await_screen(text, *flags):
        vajra.await_condition(lambda: text in tmux("capture-pane", "-p", *flags), text)

    tmux("new-session", "-d", "-x", "120", "-y", "40", "PS1='> ' bash --norc --noprofile --noediting -i")
    try:
        tmux("send-keys", f"{LOAD} --for 60s -o /dev/null", "Enter")
        await_screen("running")
        for columns, rows in [(60, 20), (100, 30), (40, 12), (120, 40)]:
            tmux("resize-window", "-x", str(columns), "-y", str(rows))
            await_screen("running".rjust(columns - 1 - len("calm   run ") - 8))
        tmux("send-keys", "C-c")
        await_screen("INTERRUPTED", "-S", "-")
        everything = tmux("capture-pane", "-p", "-S", "-")
        assert everything.count("calm   run ") == 1, everything
        assert not any(word in everything for word in ("running", "so far", "━", "┈")), everything
    finally:
        tmux("kill-server")


# -- Stopping ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pipeline", [False, True], ids=["alone", "pipeline"])
def test_ctrl_c_leaves_a_report_and_a_usable_terminal(open_terminal, pipeline):
    terminal = open_terminal(80, 24)
    terminal.type(f"{LOAD} --for 60s" + (" | vajra-agg" if pipeline else ""))
    terminal.await_text("running", "/s of 200/s")
    terminal.press("c")
    terminal.await_text("INTERRUPTED", "honesty")
    terminal.await_prompt()
    assert_restored(terminal)
    assert "so far" not in terminal.text
    report_of(terminal.lines)
    assert terminal.status() == 130


def test_a_stop_says_how_long_it_takes_and_a_second_ctrl_c_ends_it_now(open_terminal, start_target):
    terminal = open_terminal(100, 24)
    url = start_target("--delay", "30s").url
    terminal.type(f"vajra-gen http {url} --rate 50/s --for 60s --snapshot-every 100ms --drain 20s --name calm -o raw.ndjson")
    terminal.await_text("running", "in flight 4")
    terminal.press("c")
    terminal.await_text("stopping, at most ", " s left; Ctrl-C again ends now")
    terminal.press("c")
    terminal.await_text("INTERRUPTED")
    terminal.await_prompt(5)
    assert_restored(terminal)


def test_ctrl_z_gives_the_terminal_back_and_fg_the_view(open_terminal):
    terminal = open_terminal(80, 40)
    terminal.type(f"{LOAD} --for 4s | vajra-agg")
    terminal.await_text("running", "/s of 200/s")
    terminal.press("z")
    terminal.await_text("Stopped")
    terminal.await_prompt()
    assert_restored(terminal)
    for name in ("vajra-gen", "vajra-agg"):
        assert [vajra.state_of(pid) for pid in terminal.processes(name)] == ["T"]
    terminal.clear()
    terminal.type("fg")
    terminal.await_text("running", "so far")
    assert not terminal.is_cursor_visible
    assert terminal.text.count("so far") == 1
    terminal.await_text("honesty")
    terminal.await_prompt()
    assert_restored(terminal)
    report_of(terminal.lines)


def test_in_the_background_nothing_is_drawn_until_fg(open_terminal):
    terminal = open_terminal(80, 24)
    terminal.type(f"{LOAD} --for 4s > raw.ndjson &")
    terminal.await_prompt()
    mark = len(terminal.written)
    terminal.type("echo I work here")
    terminal.await_text("\nI work here")
    vajra.await_condition(lambda: os.path.getsize(f"/proc/{terminal.processes('vajra-gen')[0]}/fd/1") >= 0, "the run")
    terminal.type("sleep 1; echo still here")
    terminal.await_text("\nstill here")
    assert b"\x1b[?25l" not in terminal.written[mark:]
    terminal.type("fg")
    terminal.await_text("running", "so far")
    terminal.await_prompt()
    assert_restored(terminal)


@pytest.mark.parametrize("number, status", [(signal.SIGTERM, 143), (signal.SIGQUIT, 131), (signal.SIGABRT, 134)], ids=lambda value: str(value))
def test_a_signal_that_ends_the_process_leaves_a_usable_terminal(open_terminal, number, status):
    terminal = open_terminal(80, 24)
    terminal.type(f"ulimit -c 0; {LOAD} --for 60s")
    terminal.await_text("running", "/s of 200/s")
    assert not terminal.is_cursor_visible
    os.kill(terminal.processes("vajra-gen")[0], number)
    terminal.await_prompt()
    assert_restored(terminal)
    assert terminal.status() == status


def test_a_generator_that_is_killed_is_noticed(open_terminal):
    terminal = open_terminal(80, 24)
    terminal.type(f"{LOAD} --for 60s | vajra-agg")
    terminal.await_text("running", "/s of 200/s")
    os.kill(terminal.processes("vajra-gen")[0], signal.SIGSTOP)
    terminal.await_text("nothing for ")
    os.kill(terminal.processes("vajra-gen")[0], signal.SIGKILL)
    terminal.await_text("has no run_ended")
    terminal.await_prompt()
    assert_restored(terminal)
    assert terminal.status() == 1


# -- vajra-ctl run: the generator is not one of the shell's own -----------------------------------------------------------


CALM = """version: 1
name: calm
snapshots: {every: 200ms}
scenarios: {none: {task: none, load: [{constant: {rate: 200/s, for: SECONDS}}]}}
"""


@pytest.fixture
def whole_job(open_terminal, tmp_path):
    """`whole_job('4s')`: a terminal at which the whole job has been typed."""

    def start(length):
        (tmp_path / "calm.yaml").write_text(CALM.replace("SECONDS", length))
        terminal = open_terminal(120, 40)
        terminal.clear()
        terminal.type("vajra-ctl run calm.yaml --run-id calm-1")
        terminal.await_text("running", "/s of 200/s")
        return terminal

    return start


def test_the_whole_job_shows_the_run_and_leaves_the_report(whole_job):
    terminal = whole_job("3s")
    assert terminal.text.count("running") == 1 and not terminal.is_cursor_visible
    terminal.await_text("honesty", "the run's files are in vajra-runs/calm-1")
    terminal.await_prompt()
    assert_restored(terminal)
    assert "so far" not in terminal.text
    seen = [line for line in report_of(terminal.lines)[:-1] if "files are in" not in line]
    # The same text; where lines break, and if need be words, is the terminal's affair.
    kept = terminal.run("cat vajra-runs/calm-1/report.txt")
    assert "".join("".join(seen).split()) == "".join("".join(kept).split())


def test_ctrl_c_ends_the_whole_job_in_order(whole_job):
    terminal = whole_job("60s")
    terminal.press("c")
    terminal.await_text("INTERRUPTED", "honesty")
    terminal.await_prompt()
    assert_restored(terminal)
    assert terminal.status() == 130


def test_ctrl_z_stops_the_load_too_and_fg_goes_on_with_both(whole_job):
    terminal = whole_job("5s")
    terminal.press("z")
    terminal.await_text("Stopped")
    terminal.await_prompt()
    assert_restored(terminal)
    generators = terminal.processes("vajra-gen")
    assert [vajra.state_of(pid) for pid in generators + terminal.processes("vajra-ctl")] == ["T", "T"]
    terminal.clear()
    terminal.type("fg")
    terminal.await_text("running", "so far")
    terminal.await_text("honesty")
    terminal.await_prompt()
    assert_restored(terminal)
    report_of([line for line in terminal.lines if "files are in" not in line])


# -- Other terminals ---------------------------------------------------------------------------------------------------


def test_a_dumb_terminal_gets_plain_lines_now_and_then(open_terminal):
    terminal = open_terminal(80, 24, term="dumb")
    terminal.type(f"{LOAD} --for 11s | vajra-agg")
    terminal.await_text("honesty")
    terminal.await_prompt()
    progress = [line for line in terminal.lines if re.match(r"\d+ s of 11 s \(\d+ %\)  rate ", line)]
    assert 1 <= len(progress) <= 2, terminal.text
    assert b"\x1b" not in terminal.written


@pytest.mark.parametrize("flag, env", [("--no-color", {}), ("", {"NO_COLOR": "1"})], ids=["--no-color", "NO_COLOR"])
def test_without_colour_the_view_is_there_all_the_same(open_terminal, flag, env):
    terminal = open_terminal(80, 24, env=env)
    mark = len(terminal.written)
    terminal.type(f"{LOAD} --for 1s {flag}")
    terminal.await_text("running")
    terminal.await_prompt()
    assert not terminals.RENDITION.search(terminal.written[mark:])


@pytest.mark.parametrize("command", ["{LOAD} --for 1s --quiet", "{LOAD} --for 1s | vajra-agg --quiet"], ids=["gen", "agg"])
def test_quiet_means_nothing_but_the_report(open_terminal, command):
    terminal = open_terminal(80, 24)
    lines = terminal.run(command.format(LOAD=LOAD))
    assert b"\x1b[?25l" not in terminal.written
    report_of(lines)


def test_nothing_is_drawn_where_standard_error_is_no_terminal(run, tools):
    stages = run([tools.gen, "none", "--rate", "100/s", "--for", "1s"], [tools.agg])
    assert stages.errors(0) == "" and stages.errors(1) == ""
    assert b"\x1b" not in stages.output
