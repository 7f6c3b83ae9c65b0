import pytest
from fetch import fetch_all
from server import Server


@pytest.fixture
def server():
    with Server() as server:
        yield server


def test_three_are_in_flight_at_once(server):
    # The gate holds each request until three wait there at once.
    fetch_all([server.url(f"/gate/3?seq={n}") for n in range(3)])
    seen = server.witness()
    assert seen["peak_in_flight"] == 3
    assert (seen["requests"], seen["duplicates"]) == (3, 0)


def test_a_refusal_is_told_and_not_tried_again(server):
    server.reset({"faults": ["unavailable", None]})
    urls = [server.url(f"/200?seq={n}") for n in range(2)]
    assert fetch_all(urls) == [503, 200]
    assert server.witness()["requests"] == 2
