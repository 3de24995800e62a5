# SPDX-License-Identifier: Apache-2.0
"""HTTP/2 servers: nghttpd, and one that sends the frames that a script says."""

import shutil
import struct

import pytest

import vajra
from servers import ScriptedServer

DATA, HEADERS, RST_STREAM, SETTINGS, PUSH_PROMISE, PING, GOAWAY, WINDOW_UPDATE = 0, 1, 3, 4, 5, 6, 7, 8
END_STREAM, ACK, END_HEADERS = 1, 1, 4
NO_ERROR, PROTOCOL_ERROR, INTERNAL_ERROR, REFUSED_STREAM, CANCEL, ENHANCE_YOUR_CALM = 0, 1, 2, 7, 8, 11
PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"


def status(code):
    """A field block with nothing but a status, without compression (RFC 7541 6.2.2, name 8 of the static table)."""
    return b"\x08\x03" + str(code).encode()


def field(name, value):
    """A field with a new name (RFC 7541 6.2.2)."""
    return b"\x00" + bytes([len(name)]) + name.encode() + bytes([len(value)]) + value.encode()


class HTTP2Peer:
    """One connection of a scripted server, as its script sees it: frames in, frames out."""

    def __init__(self, peer, settings=b""):
        self.sock, self.reset, self.wait_for_close = peer.sock, peer.reset, peer.wait_for_close
        self.received = b""
        self.seen = []
        assert self._read(len(PREFACE)) == PREFACE
        self.send(SETTINGS, 0, 0, settings)

    def _read(self, count):
        while len(self.received) < count:
            data = self.sock.recv(65536)
            if not data:
                return None
            self.received += data
        taken, self.received = self.received[:count], self.received[count:]
        return taken

    def frame(self):
        """The next frame as (type, flags, stream, payload); None at the end."""
        head = self._read(9)
        if head is None:
            return None
        length, kind, flags, stream = int.from_bytes(head[:3], "big"), head[3], head[4], int.from_bytes(head[5:], "big")
        frame = (kind, flags, stream, self._read(length))
        self.seen.append(frame)
        if kind == SETTINGS and not flags & ACK:
            self.send(SETTINGS, ACK, 0)
        return frame

    def await_frame(self, kind):
        """The next frame of that type; others pass by."""
        while frame := self.frame():
            if frame[0] == kind:
                return frame
        raise AssertionError(f"the client ended without a frame of type {kind}: {self.seen}")

    def requests(self, count):
        """The numbers of the next streams that begin."""
        return [self.await_frame(HEADERS)[2] for _ in range(count)]

    def send(self, kind, flags, stream, payload=b""):
        self.sock.sendall(struct.pack(">I", len(payload))[1:] + bytes([kind, flags]) + struct.pack(">I", stream) + payload)

    def answer(self, stream, body=b"ok", code=200):
        """A whole response."""
        self.send(HEADERS, END_HEADERS, stream, status(code))
        self.send(DATA, END_STREAM, stream, body)

    def go_away(self, last, code=NO_ERROR):
        self.send(GOAWAY, 0, 0, struct.pack(">II", last, code))


def scripted_http2(script, settings=b"", **options):
    """A ScriptedServer whose script speaks frames, without TLS."""
    return ScriptedServer(lambda peer: script(HTTP2Peer(peer, settings)), **options)


class Nghttpd:
    """nghttp2's own server on a free port, with a folder of files."""

    def __init__(self, processes, root, *flags, pair=None):
        if shutil.which("nghttpd") is None:
            pytest.skip("nghttpd is not installed")
        self.port = vajra.free_port()
        (root / "small").write_bytes(b"small")
        (root / "large").write_bytes(b"0123456789abcdef" * 65536 + b"the-end")
        security = [*map(str, reversed(pair))] if pair else ["--no-tls"]
        self.scheme = "https" if pair else "http"
        self.process = processes.service(
            "nghttpd", "-a", "127.0.0.1", "-d", root, *flags, *([] if pair else security), self.port,
            *(security if pair else []))

        def serves():
            assert self.process[0].poll() is None, f"nghttpd has ended: {self.process.errors()}"
            return vajra.can_connect(self.port)

        vajra.await_condition(serves, "nghttpd listens")

    def url(self, path):
        return f"{self.scheme}://127.0.0.1:{self.port}/{path}"
