# SPDX-License-Identifier: Apache-2.0
"""OpenSSH's own server on a free port of loopback, with keys of its own, and an `ssh` that knows it."""

import getpass
import os
import pathlib
import shutil
import subprocess

import pytest

import vajra

#: Where sshd puts what it runs without privileges when root starts it; the package's service makes it at boot.
PRIVILEGE_SEPARATION = pathlib.Path("/run/sshd")
SERVER = """
ListenAddress 127.0.0.1
Port {port}
HostKey {folder}/host
AuthorizedKeysFile {folder}/user.pub
PidFile none
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
SetEnv {variables}
"""
CLIENT = """
Host {hosts}
    HostName 127.0.0.1
    Port {port}
    User {user}
    IdentityFile {folder}/user
    IdentitiesOnly yes
    UserKnownHostsFile {folder}/known
    BatchMode yes
    LogLevel ERROR
"""


def sshd():
    """The path of sshd, or a skip that says what is missing."""
    path = shutil.which("sshd", path=f"{os.environ['PATH']}:/usr/sbin")
    if not path or not shutil.which("ssh"):
        pytest.skip("openssh-server is not installed")
    return path


def start(processes, folder, tools, hosts):
    """Starts the server; gives a directory with an `ssh` that reaches it, and the tools there, as any of the hosts."""
    program, port = sshd(), vajra.free_port()
    folder.mkdir()
    if os.geteuid() == 0:
        PRIVILEGE_SEPARATION.mkdir(mode=0o755, exist_ok=True)
    for key in ("host", "user"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / key], check=True)
    (folder / "known").write_text(f"[127.0.0.1]:{port} {(folder / 'host.pub').read_text()}")
    # Sessions begin with an environment of their own, and would leave profiles of coverage in the home directory.
    kept = {name: os.environ[name] for name in ("LLVM_PROFILE_FILE", "SWIFT_BACKTRACE") if name in os.environ}
    variables = kept | {"PATH": f"{tools}:{os.environ['PATH']}"}
    settings = " ".join(f'"{name}={value}"' for name, value in variables.items())
    (folder / "sshd_config").write_text(SERVER.format(port=port, folder=folder, variables=settings))
    (folder / "ssh_config").write_text(
        CLIENT.format(hosts=" ".join(hosts), port=port, folder=folder, user=getpass.getuser()))
    service = processes.service(program, "-D", "-e", "-f", folder / "sshd_config")

    def serves():
        assert service[0].poll() is None, f"sshd has ended: {service.errors()}"
        return vajra.can_connect(port)

    vajra.await_condition(serves, "sshd listens")
    commands = folder / "bin"
    commands.mkdir()
    (commands / "ssh").write_text(f'#!/bin/sh\nexec {shutil.which("ssh")} -F {folder}/ssh_config "$@"\n')
    (commands / "ssh").chmod(0o755)
    return commands
