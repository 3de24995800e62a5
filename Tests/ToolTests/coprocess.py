# SPDX-License-Identifier: Apache-2.0
"""A co-process for the command task, with the manners that its first argument names; `--log PATH` keeps what it reads."""

import json
import os
import signal
import sys


def answer(request, **fields):
    print(json.dumps({"id": request["id"], "outcome": "success", **fields}), flush=True)


def main(manner, log_path):
    log = open(log_path, "a", buffering=1) if log_path else None
    held = []
    answered = 0
    signal.signal(signal.SIGINT, lambda *_: (log and log.write('{"type":"SIGINT"}\n'), os._exit(3)))
    for line in sys.stdin:
        if log:
            log.write(json.dumps({"pid": os.getpid(), **json.loads(line)}) + "\n")
        request = json.loads(line)
        if request["type"] != "execute":
            continue
        match manner:
            case "echo": answer(request, status="201", bytes=512)
            case "out-of-order":
                held.append(request)
                if len(held) == 5:
                    for one in reversed(held):
                        answer(one)
                    held.clear()
            case "fails": answer(request, outcome="failure", kind="out of stock", message="none left", status=409)
            case "fails-nameless": answer(request, outcome="failure")
            case "dies":
                if answered == 10:
                    os._exit(7)
                answer(request)
            case "dies-of-signal":
                if answered == 10:
                    os.kill(os.getpid(), signal.SIGKILL)
                answer(request)
            case "garbage":
                print("a line of its own\n{not json}\n[1,2]\n\0\xff", flush=True)
                answer(request)
            case "stderr":
                sys.stderr.write("e" * 200 + "\n")
                answer(request)
            case "huge-stderr":
                sys.stderr.write("e" * 100_000 + "\n" + "f" * 100 + "\n")
                answer(request)
            case "silent": pass
            case "floods":
                if not held:
                    held.append(request)
                    # Until the generator ends it: as fast as a pipe takes it, and not the one that answers need.
                    os.spawnlp(os.P_NOWAIT, "sh", "sh", "-c", f"exec yes {'y' * 60} >&2")
                answer(request)
            case "deaf":
                while True:
                    signal.pause()
            case "no-outcome": print(json.dumps({"id": request["id"]}), flush=True)
            case "odd-outcome": answer(request, outcome="maybe")
            case "cut-off": print(f'{{"id":{request["id"]},"outcome":', flush=True)
            case "wrong-types": print(f'{{"id":{request["id"]},"outcome":true}}', flush=True)
            case "wrong-id":
                answer({"id": request["id"] + 1_000_000})
                answer(request)
            case "twice":
                answer(request)
                answer(request, outcome="failure")
            case "two-in-one-write":
                held.append(json.dumps({"id": request["id"], "outcome": "success"}))
                if len(held) == 2:
                    sys.stdout.write("\n".join(held) + "\n")
                    sys.stdout.flush()
                    held.clear()
            case "in-pieces":
                for piece in json.dumps({"id": request["id"], "outcome": "success"}) + "\n":
                    sys.stdout.write(piece)
                    sys.stdout.flush()
            case "slow":
                signal.sigtimedwait([signal.SIGUSR2], 0.15)  # The work itself.
                answer(request)
        answered += 1


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None)
