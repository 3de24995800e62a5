# SPDX-License-Identifier: Apache-2.0
"""vajra-ctl target when it is short of what it needs."""

import socket
import time

import vajra

REQUEST = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"


def asked(client):
    client.sendall(REQUEST)
    return client.recv(4096)


def test_without_descriptors_it_says_so_serves_those_whom_it_has_and_takes_no_processor(tools, processes):
    service = processes.service("prlimit", "--nofile=64:64", tools.ctl, "target", "--port", "0")
    port = int(vajra.listening_url(service).rsplit(":", 1)[1])
    clients = [socket.create_connection(("127.0.0.1", port), timeout=vajra.DEADLINE) for _ in range(100)]
    vajra.await_condition(lambda: "clients wait; raise the limit with ulimit -n" in service.errors(), "it complains")

    before = vajra.processor_seconds(service[0].pid)
    end = time.monotonic() + 1
    while time.monotonic() < end:
        assert asked(clients[0]).startswith(b"HTTP/1.1 200 ")
        time.sleep(0.01)  # The pace of the one who asks.
    assert vajra.processor_seconds(service[0].pid) - before < 0.5, "one that looks again and again would take all of a second"
    assert service.errors().count("ulimit") == 1
    for client in clients[:90]:
        client.close()
    assert asked(clients[-1]).startswith(b"HTTP/1.1 200 "), "those who waited are taken once there is room"
    for client in clients[90:]:
        client.close()
