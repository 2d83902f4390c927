"""Waits until each service accepts a TCP connection, or until its limit; always ends with 0.

Argument, JSON: services [{name, ports, limit (seconds)}].
"""
import json
import signal
import socket
import sys
import time


def accepts(port):
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
        return True
    except OSError:
        return False


def main(services):
    start = time.monotonic()
    waiting = list(services)
    while waiting:
        passed = time.monotonic() - start
        for service in list(waiting):
            answering = [port for port in service["ports"] if accepts(port)]
            if answering:
                print(f"{service['name']}: port {answering[0]} accepts", flush=True)
                waiting.remove(service)
            elif passed >= service["limit"]:
                print(f"{service['name']}: no port accepted within {passed:.0f} s", flush=True)
                waiting.remove(service)
        if waiting:
            time.sleep(0.25)


# As the first process of its container it would not end by a signal that it does not trap.
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
main(json.loads(sys.argv[1])["services"])
