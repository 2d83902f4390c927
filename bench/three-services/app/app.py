"""Answers once it has reached both of its services."""

import signal
import socket
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer


class Page(BaseHTTPRequestHandler):
    def do_GET(self):
        for address in (("database", 5432), ("redis", 6379)):
            socket.create_connection(address, 5).close()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"both reached")

    def log_message(self, *_):
        pass


# The first process of a container gets no default reaction to signals.
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
HTTPServer(("", 8080), Page).serve_forever()
