"""A guest book: POST /entries stores a line of text in PostgreSQL, GET /entries lists them all."""

import json
import os
import signal
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import psycopg2


def connect():
    return psycopg2.connect(os.environ["DATABASE"])


class Guestbook(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/health":
            self.answer(200, "ok")
        elif self.path == "/entries":
            with connect() as connection, connection.cursor() as cursor:
                cursor.execute("SELECT line FROM entry ORDER BY number")
                self.answer(200, [line for (line,) in cursor.fetchall()])
        else:
            self.answer(404, "no such page")

    def do_POST(self):
        line = self.rfile.read(int(self.headers["Content-Length"])).decode().strip()
        if not line:
            self.answer(400, "an entry needs a text")
            return
        with connect() as connection, connection.cursor() as cursor:
            cursor.execute("INSERT INTO entry (line) VALUES (%s)", (line,))
        self.answer(201, line)

    def answer(self, status, value):
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, template, *arguments):
        if self.path != "/health":
            super().log_message(template, *arguments)


def main():
    # The first process of a container gets no default reaction to signals.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with connect() as connection, connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS entry (number serial PRIMARY KEY, line text NOT NULL)")
    print("listening on 8080")
    ThreadingHTTPServer(("", 8080), Guestbook).serve_forever()


main()
