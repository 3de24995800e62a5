# SPDX-License-Identifier: Apache-2.0
"""Certificates made by the openssl command: good ones, and one for each reason to refuse one."""

import pathlib
import subprocess

SAN = "DNS:localhost,IP:127.0.0.1,IP:::1"

#: The database of `openssl ca`, the one command that can set any beginning and end.
CA_CONFIG = """
[ca]
default_ca = own
[own]
dir = {root}
database = {root}/index.txt
new_certs_dir = {root}
serial = {root}/serial
default_md = sha256
policy = any
x509_extensions = leaf
copy_extensions = copy
[any]
commonName = supplied
[leaf]
basicConstraints = CA:FALSE
"""


def openssl(*words):
    done = subprocess.run(["openssl", *map(str, words)], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, f"openssl {' '.join(map(str, words))}: {done.stderr}"


class Authority:
    """A certificate authority in a directory of its own."""

    def __init__(self, root, name):
        self.root = pathlib.Path(root)
        self.root.mkdir(parents=True)
        self.certificate = self.root / "ca.pem"
        self.key = self.root / "ca.key"
        openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", self.key, "-out", self.certificate,
                "-days", "30", "-subj", f"/CN={name}")
        (self.root / "index.txt").write_text("")
        (self.root / "index.txt.attr").write_text("unique_subject = no\n")
        (self.root / "serial").write_text("1000\n")
        (self.root / "ca.cnf").write_text(CA_CONFIG.format(root=self.root))

    def issue(self, name, san=SAN, begin=None, end=None):
        """A certificate and its key as PEM files; instants as YYYYMMDDHHMMSSZ."""
        key, request, certificate = (self.root / f"{name}.{kind}" for kind in ("key", "csr", "pem"))
        openssl("req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", key,
                "-out", request, "-subj", f"/CN={name}", "-addext", f"subjectAltName={san}")
        times = ["-startdate", begin, "-enddate", end] if begin else ["-days", "20"]
        openssl("ca", "-batch", "-notext", "-config", self.root / "ca.cnf", "-cert", self.certificate,
                "-keyfile", self.key, "-in", request, "-out", certificate, *times)
        return certificate, key


class Certificates:
    """All of them, made once for a session of tests."""

    def __init__(self, root):
        authority, stranger = Authority(root / "ca", "Test CA"), Authority(root / "stranger", "Unknown CA")
        self.ca = authority.certificate
        self.good = authority.issue("good")
        self.client = authority.issue("client", san="email:client@example.org")
        self.refused = {
            "certificate_expired": authority.issue("expired", begin="20200101000000Z", end="20200201000000Z"),
            "certificate_not_yet_valid": authority.issue("early", begin="20900101000000Z", end="20910101000000Z"),
            "certificate_host": authority.issue("other", san="DNS:other.example"),
            "certificate_unknown_ca": stranger.issue("strange"),
            "certificate_self_signed": (root / "self.pem", root / "self.key"),
        }
        openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", root / "self.key", "-out",
                root / "self.pem", "-days", "20", "-subj", "/CN=localhost", "-addext", f"subjectAltName={SAN}")
        self.encrypted_key = root / "encrypted.key"
        openssl("pkey", "-in", self.client[1], "-aes128", "-passout", "pass:secret", "-out", self.encrypted_key)
        self.both = root / "both.pem"
        self.both.write_text(self.client[0].read_text() + self.client[1].read_text())
