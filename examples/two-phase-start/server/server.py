"""Listens on 8081 for three seconds, as if it were migrating, and only then on 8080."""

import signal
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer


class Page(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"served")


def main():
    # The first process of a container gets no default reaction to signals.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with HTTPServer(("", 8081), Page) as maintenance:
        print("migrating; maintenance page on 8081")
        threading.Timer(3, maintenance.shutdown).start()
        maintenance.serve_forever(poll_interval=0.1)
    print("ready on 8080")
    HTTPServer(("", 8080), Page).serve_forever()


main()
