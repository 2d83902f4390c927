import json
import os
import unittest
from urllib.error import HTTPError
from urllib.request import Request, urlopen

ENTRIES = os.environ["APP"] + "/entries"


def post(line):
    with urlopen(Request(ENTRIES, data=line.encode(), method="POST")) as response:
        return response.status


def entries():
    with urlopen(ENTRIES) as response:
        return json.load(response)


class GuestbookTest(unittest.TestCase):
    def test_entries_come_back_in_order(self):
        self.assertEqual(201, post("first"))
        self.assertEqual(201, post("second, with 'quotes'"))
        self.assertEqual(["first", "second, with 'quotes'"], entries())

    def test_an_empty_entry_is_refused(self):
        with self.assertRaises(HTTPError) as refusal:
            post("  ")
        self.assertEqual(400, refusal.exception.code)
