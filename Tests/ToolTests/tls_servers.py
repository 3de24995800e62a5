# SPDX-License-Identifier: Apache-2.0
"""Servers that speak TLS: an nginx with a port for each certificate, a scripted one, and openssl's own."""

import shutil
import socket
import ssl
import subprocess

import pytest

import vajra
from servers import ScriptedServer


class TLSNginx:
    """An nginx whose ports differ in what `servers` says of each: lines of nginx's own config, by name.

    Its access log has a line `name connection session_reused protocol status http_version` for each request.
    """

    CONFIG = """
daemon off; master_process off; worker_processes 1; pid {root}/nginx.pid; error_log {root}/error.log warn;
events {{ worker_connections 4096; }}
http {{
  log_format one '$server_name $connection $ssl_session_reused $ssl_protocol $status $server_protocol';
  access_log {root}/access.log one;
  client_body_temp_path {root}/body; proxy_temp_path {root}/proxy; fastcgi_temp_path {root}/fastcgi;
  uwsgi_temp_path {root}/uwsgi; scgi_temp_path {root}/scgi; client_max_body_size 64m;
  ssl_protocols TLSv1.2 TLSv1.3; keepalive_requests 1000000; keepalive_timeout 60s;
  {servers}
}}
"""
    SERVER = """
  server {{
    {listen} server_name {name}; {lines}
    location / {{ return 200 "ok\\n"; }}
    location /files/ {{ alias {root}/files/; }}
    location /slow/ {{ alias {root}/files/; limit_rate 20k; }}
  }}
"""

    def __init__(self, processes, root, servers, kind="ssl"):
        if shutil.which("nginx") is None:
            pytest.skip("nginx is not installed")
        self.root = root
        (root / "files").mkdir()
        (root / "files" / "large").write_bytes(b"0123456789abcdef" * 65536 + b"the-end")
        self.ports = {name: vajra.free_port() for name in servers}
        blocks = "".join(
            self.SERVER.format(listen=f"listen 127.0.0.1:{self.ports[name]} {kind};", name=name, lines=lines, root=root)
            for name, lines in servers.items())
        (root / "nginx.conf").write_text(self.CONFIG.format(root=root, servers=blocks))
        self.process = processes.service("nginx", "-p", root, "-c", root / "nginx.conf", "-e", root / "error.log")

        def serves():
            assert self.process[0].poll() is None, f"nginx has ended: {self.process.errors()}"
            return all(vajra.can_connect(port) for port in self.ports.values())

        vajra.await_condition(serves, "nginx listens")

    def url(self, name, path="", host="127.0.0.1", scheme="https"):
        return f"{scheme}://{host}:{self.ports[name]}/{path}"

    def requests(self, name):
        """What the access log has of one server, as lists of words."""
        lines = (self.root / "access.log").read_text().splitlines()
        return [line.split()[1:] for line in lines if line.startswith(f"{name} ")]


def certified(pair):
    """nginx's lines for a certificate and its key."""
    return f"ssl_certificate {pair[0]}; ssl_certificate_key {pair[1]};"


class TLSPeer:
    """One TLS connection of a scripted server, as its script sees it; like `servers.Peer`."""

    def __init__(self, sock):
        self.sock, self.received = sock, b""

    def read_head(self):
        """The next request's head; None when the client has closed."""
        while b"\r\n\r\n" not in self.received:
            data = self.sock.recv(65536)
            if not data:
                return None
            self.received += data
        head, _, self.received = self.received.partition(b"\r\n\r\n")
        return head

    def send(self, data):
        self.sock.sendall(data)

    def say_goodbye(self):
        """Ends as TLS demands, with close_notify, and waits for the client's."""
        self.sock.settimeout(5)
        self.sock.unwrap()

    def cut(self):
        """Ends the TCP connection without close_notify."""
        self.sock.shutdown(socket.SHUT_RDWR)


def tls_script(context, script):
    """A script for a ScriptedServer that shakes hands first; a refused handshake ends the connection."""

    def wrapped(peer):
        try:
            sock = context.wrap_socket(peer.sock, server_side=True)
        except (ssl.SSLError, OSError):
            return
        try:
            script(TLSPeer(sock))
        except ssl.SSLError:
            pass
        finally:
            sock.close()

    return wrapped


def server_context(pair):
    """Python's TLS, which is OpenSSL's, with that certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*pair)
    return context


def scripted_tls(pair, script, context=None):
    """A ScriptedServer whose script speaks over TLS."""
    return ScriptedServer(tls_script(context or server_context(pair), script))


class OpenSSLServer:
    """`openssl s_server` on a free port, for what only it can do: commands on its standard input."""

    def __init__(self, processes, pair, *flags):
        self.port = vajra.free_port()
        self.process = processes.service(
            "stdbuf", "-oL", "openssl", "s_server", "-accept", f"127.0.0.1:{self.port}", "-cert", pair[0], "-key", pair[1], *flags,
            stdin=subprocess.PIPE)

        def listens():
            assert self.process[0].poll() is None, f"s_server has ended: {self.process.errors()}"
            return b"ACCEPT" in self.process.output

        vajra.await_condition(listens, "s_server listens")

    @property
    def url(self):
        return f"https://127.0.0.1:{self.port}/"

    def type(self, text):
        """Types text; a line of a single letter is a command."""
        stdin = self.process[0].stdin
        stdin.write(text.encode())
        stdin.flush()

    def await_output(self, text, count=1):
        """Waits until it has printed the text so often: what the client sent, for one."""
        vajra.await_condition(lambda: self.process.output.count(text.encode()) >= count, f"s_server prints {text!r}")
