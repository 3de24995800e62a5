# SPDX-License-Identifier: Apache-2.0
"""Interactive shells on a terminal of their own, in which words are completed as a user's Tab does it."""

import os
import pty
import select
import shutil
import signal

import vajra

#: Ctrl-G writes the command line to $ANSWERS, and empties it. Ctrl-T completes as Tab does, and writes how long it took
#: in microseconds.
SHELLS = {
    "bash": (["bash", "--norc", "--noprofile", "-i"], r"""
bind 'set bell-style none'; bind 'set enable-bracketed-paste off'
answer() { printf '%s\n' "$READLINE_LINE" >>"$ANSWERS"; READLINE_LINE=; }
bind -x '"\C-g": answer'
measure() {
    local -a COMP_WORDS=($READLINE_LINE) COMPREPLY=(); local COMP_LINE=$READLINE_LINE COMP_POINT=${#READLINE_LINE}
    local COMP_CWORD=$((${#COMP_WORDS[@]} - 1)) from=$EPOCHREALTIME
    "_${COMP_WORDS[0]}" "${COMP_WORDS[0]}" "${COMP_WORDS[-1]}" "${COMP_WORDS[-2]}"
    printf '%s\n' $((${EPOCHREALTIME/./} - ${from/./})) >>"$ANSWERS"; READLINE_LINE=
}
bind -x '"\C-t": measure'
for tool in vajra-gen vajra-agg vajra-ctl vajra-export; do source "$COMPLETIONS/$tool.bash"; done
"""),
    "zsh": (["zsh", "-f", "-i"], r"""
fpath=($COMPLETIONS $fpath); autoload -U compinit; compinit -u -D; zmodload zsh/datetime; unsetopt beep
answer() { print -r -- "$BUFFER" >>$ANSWERS; BUFFER= }; zle -N answer; bindkey '^G' answer; bindkey '^I' complete-word
measure() { local from=$EPOCHREALTIME; zle complete-word; print $(((EPOCHREALTIME - from) * 1000000)) >>$ANSWERS; BUFFER= }
zle -N measure; bindkey '^T' measure
"""),
    "fish": (["fish", "--no-config", "-i"], r"""
bind \cg 'commandline >>$ANSWERS; commandline ""'
function measure; set -l from (date +%s%N); complete -C (commandline) >/dev/null; math \((date +%s%N) - $from\) / 1000 >>$ANSWERS; commandline ""; end
bind \ct measure
for tool in vajra-gen vajra-agg vajra-ctl vajra-export; source $COMPLETIONS/$tool.fish; end
"""),
}
INSTALLED = [name for name in SHELLS if shutil.which(name)]


class Shell:
    """One interactive shell, started in a folder with the project's completions."""

    def __init__(self, name, folder, completions, path, sockets):
        program, setup = SHELLS[name]
        self._answers = folder / f"{name}-answers"
        self._answers.touch()
        self._count = 0
        self._said = b""
        script = folder / f"{name}-setup"
        script.write_text(setup)
        self._pid, self._terminal = pty.fork()
        if self._pid == 0:
            os.chdir(folder)
            os.environ.update(
                ANSWERS=str(self._answers), COMPLETIONS=str(completions), PATH=path, TERM="xterm", HOME=str(folder),
                XDG_CONFIG_HOME=str(folder), XDG_DATA_HOME=str(folder), XDG_RUNTIME_DIR=str(sockets))
            os.execvp(program[0], program)
        # The line is typed ahead, so a first answer says that the shell has read its setup.
        os.write(self._terminal, f". ./{script.name}; echo ready >>$ANSWERS\n".encode())
        self._await_answer("the setup")

    def _listen(self):
        """Takes what the shell writes, and answers its question what terminal this is."""
        ready, _, _ = select.select([self._terminal], [], [], 0.005)
        if ready:
            piece = os.read(self._terminal, 65536)
            self._said += piece
            if b"\x1b[c" in piece or b"\x1b[0c" in piece:
                os.write(self._terminal, b"\x1b[?1;2c")

    def _await_answer(self, what):
        self._count += 1

        def answer():
            self._listen()
            lines = self._answers.read_text().splitlines(keepends=True)
            return lines[self._count - 1 :] if len(lines) >= self._count and lines[-1].endswith("\n") else None

        try:
            return vajra.await_condition(answer, f"the shell answers {what}")[0].rstrip("\n")
        except (AssertionError, OSError) as error:
            raise AssertionError(f"{error}; it said {self._said[-2000:]!r}") from error

    def completed(self, line):
        """What the line is after a Tab."""
        os.write(self._terminal, line.encode() + b"\t\x07")
        return self._await_answer(line)

    def microseconds(self, line):
        """How long completing the line's last word takes."""
        os.write(self._terminal, line.encode() + b"\x14")
        return float(self._await_answer(line))

    def close(self):
        os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)
        os.close(self._terminal)
