# SPDX-License-Identifier: Apache-2.0
"""Servers that the http tests run against: a real nginx, and a TCP server that does exactly what a script says."""

import contextlib
import socket
import struct
import threading

import vajra


class Peer:
    """One accepted connection of a ScriptedServer, as its script sees it."""

    def __init__(self, sock, number):
        self.sock = sock
        self.number = number
        self.received = bytearray()

    def read_request(self):
        """The next whole request, head and Content-Length body; None when the client has closed."""
        while b"\r\n\r\n" not in self.received:
            if not self._more():
                return None
        head, _, rest = bytes(self.received).partition(b"\r\n\r\n")
        length = 0
        for line in head.split(b"\r\n")[1:]:
            name, _, value = line.partition(b":")
            if name.strip().lower() == b"content-length":
                length = int(value)
        while len(rest) < length:
            if not self._more():
                return None
            rest = bytes(self.received).partition(b"\r\n\r\n")[2]
        self.received = bytearray(rest[length:])
        return Request(head, rest[:length])

    def _more(self):
        data = self.sock.recv(65536)
        self.received += data
        return bool(data)

    def send(self, data):
        self.sock.sendall(data)

    def reset(self):
        """Closes with a TCP RST."""
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.sock.close()

    def wait_for_close(self):
        """Until the client closes its end; what it sends meanwhile is thrown away."""
        with contextlib.suppress(OSError):
            while self._more():
                pass


class Request:
    def __init__(self, head, body):
        lines = head.split(b"\r\n")
        self.head = head
        self.line = lines[0].decode("latin-1")
        self.fields = [tuple(part.strip() for part in line.decode("latin-1").split(":", 1)) for line in lines[1:]]
        self.body = body

    def field(self, name):
        """The value of a header that the request has once."""
        values = [value for key, value in self.fields if key.lower() == name.lower()]
        assert len(values) == 1, f"{name} is in the request {len(values)} times"
        return values[0]


class ScriptedServer:
    """Accepts on loopback and has `script(peer)` answer each connection in a thread of its own."""

    def __init__(self, script, family=socket.AF_INET, path=None, host=None):
        self.script = script
        self.connections = 0
        self.errors = []
        self._peers = set()
        self._lock = threading.Lock()
        if path is not None:
            family = socket.AF_UNIX
        self.listener = socket.socket(family, socket.SOCK_STREAM)
        default = "::1" if family == socket.AF_INET6 else "127.0.0.1"
        self.listener.bind(path if path is not None else (host or default, 0))
        self.listener.listen(512)
        self.port = None if path is not None else self.listener.getsockname()[1]
        self._thread = threading.Thread(target=self._accept, daemon=True)

    @property
    def url(self):
        host = "[::1]" if self.listener.family == socket.AF_INET6 else "127.0.0.1"
        return f"http://{host}:{self.port}/"

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        with contextlib.suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        with self._lock:
            peers = list(self._peers)
        for sock in peers:
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
        self._thread.join(5)
        assert not self.errors, self.errors

    def _accept(self):
        while True:
            try:
                sock, _ = self.listener.accept()
            except OSError:
                return
            if sock.family != socket.AF_UNIX:
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with self._lock:
                number = self.connections
                self.connections += 1
                self._peers.add(sock)
            threading.Thread(target=self._serve, args=(sock, number), daemon=True).start()

    def _serve(self, sock, number):
        try:
            self.script(Peer(sock, number))
        except OSError:
            pass  # The client went away, which is its right.
        except Exception as error:  # noqa: BLE001 - a fault of the script itself must fail the test.
            self.errors.append(error)
        finally:
            with self._lock:
                self._peers.discard(sock)
            with contextlib.suppress(OSError):
                sock.close()


def answering(*responses):
    """A script that gives each request of a connection the next response (the last one for ever)."""

    def script(peer):
        sent = 0
        while peer.read_request() is not None:
            peer.send(responses[min(sent, len(responses) - 1)])
            sent += 1

    return script


def answering_once(response):
    """A script that answers the first request and closes, having read whatever came, so that no RST follows."""

    def script(peer):
        if peer.read_request() is not None:
            peer.send(response)
            peer.sock.shutdown(socket.SHUT_WR)
            peer.wait_for_close()

    return script


def has_ipv6():
    """Whether ::1 can be bound to."""
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
        return True
    except OSError:
        return False


class Nginx:
    """An nginx that counts: stub_status, and optionally an access log.

    A line of the log: connection, request's number on it, status, method, Unix time of the answer in seconds, path.
    """

    CONFIG = """
daemon off; master_process off; worker_processes 1; pid {root}/nginx.pid; error_log {root}/error.log warn;
events {{ worker_connections 4096; }}
http {{
  log_format one '$connection $connection_requests $status $request_method $msec $request_uri';
  access_log {access};
  client_body_temp_path {root}/body; proxy_temp_path {root}/proxy; fastcgi_temp_path {root}/fastcgi;
  uwsgi_temp_path {root}/uwsgi; scgi_temp_path {root}/scgi;
  keepalive_requests {keepalive_requests}; keepalive_timeout 60s;
  server {{
    listen 127.0.0.1:{port};
    location / {{ return 200 "ok\\n"; }}
    location /status {{ stub_status; access_log off; }}
    location /chunked/ {{ alias {root}/; ssi on; ssi_types *; }}
  }}
}}
"""

    def __init__(self, processes, root, keepalive_requests=1_000_000_000, logs=False):
        self.log = root / "access.log"
        # Text around a server-side include has a length that nginx cannot know beforehand: it answers in chunks.
        (root / "page.html").write_text('begin<!--#set var="x" value="y" -->' + "x" * 20_000 + "end-marker")
        self.port = vajra.free_port()
        self.url = f"http://127.0.0.1:{self.port}/"
        config = root / "nginx.conf"
        config.write_text(self.CONFIG.format(
            root=root, port=self.port, access=f"{self.log} one" if logs else "off",
            keepalive_requests=keepalive_requests))
        self.process = processes.service("nginx", "-p", root, "-c", config, "-e", root / "error.log")

        def serves():
            assert self.process[0].poll() is None, f"nginx has ended: {self.process.errors()}"
            return vajra.can_connect(self.port)

        vajra.await_condition(serves, "nginx listens")

    def counters(self):
        """nginx's own counts: (connections accepted, requests), this look included."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=vajra.DEADLINE) as sock:
            sock.sendall(b"GET /status HTTP/1.0\r\n\r\n")
            data = b"".join(iter(lambda: sock.recv(4096), b""))
        accepted, _, requests = data.partition(b"\r\n\r\n")[2].split(b"\n")[2].split()
        return int(accepted), int(requests)
