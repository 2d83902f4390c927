#!/usr/bin/env python3
"""Receives signed webhooks on 127.0.0.1 and says whether each signature is right.

Run it with the secret that the sender has: NOTIFY_SECRET=... python3 receiver.py
"""
import base64
import hashlib
import hmac
import http.server
import json
import os
import time

SECRET = os.environ["NOTIFY_SECRET"].encode()
PORT = int(os.environ.get("PORT", "8099"))


class Receiver(http.server.BaseHTTPRequestHandler):
    """Answers 204 to what is signed rightly and is not too old, 401 to all else."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        delivery = self.headers["webhook-id"]
        timestamp = self.headers["webhook-timestamp"]
        signed = f"{delivery}.{timestamp}.".encode() + body
        digest = hmac.new(SECRET, signed, hashlib.sha256).digest()
        expected = "v1," + base64.b64encode(digest).decode()
        fresh = abs(time.time() - int(timestamp)) < 300
        right = fresh and hmac.compare_digest(expected, self.headers["webhook-signature"])
        if right:
            message = json.loads(body)
            print(f"{delivery}: {message['verdict']} {message['file']}: {message['reason']}", flush=True)
        else:
            print(f"{delivery}: not signed by whoever has the secret", flush=True)
        self.send_response(204 if right else 401)
        self.end_headers()

    def log_message(self, *_):
        """Say nothing of each request: what matters was printed."""


http.server.HTTPServer(("127.0.0.1", PORT), Receiver).serve_forever()
