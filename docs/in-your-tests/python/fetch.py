"""The client that is tested: it fetches its URLs all at once."""
from concurrent.futures import ThreadPoolExecutor
from urllib.error import HTTPError
from urllib.request import urlopen


def fetch(url):
    try:
        with urlopen(url, timeout=10) as reply:
            return reply.status
    except HTTPError as refusal:
        with refusal:
            return refusal.code


def fetch_all(urls):
    with ThreadPoolExecutor(max_workers=len(urls)) as pool:
        return list(pool.map(fetch, urls))
