"""The same with what Python brings along: `python3 -m unittest`."""
import unittest

from fetch import fetch_all
from server import Server


class FetchTest(unittest.TestCase):
    def setUp(self):
        self.server = Server()
        self.addCleanup(self.server.__exit__)

    def test_three_are_in_flight_at_once(self):
        # The gate holds each request until three wait there at once.
        fetch_all([self.server.url(f"/gate/3?seq={n}") for n in range(3)])
        seen = self.server.witness()
        self.assertEqual(seen["peak_in_flight"], 3)
        self.assertEqual((seen["requests"], seen["duplicates"]), (3, 0))

    def test_a_refusal_is_told_and_not_tried_again(self):
        self.server.reset({"faults": ["unavailable", None]})
        urls = [self.server.url(f"/200?seq={n}") for n in range(2)]
        self.assertEqual(fetch_all(urls), [503, 200])
        self.assertEqual(self.server.witness()["requests"], 2)
