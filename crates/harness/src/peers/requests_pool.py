# A pool of threads, and in each thread a requests.Session, which keeps its
# connection open from one call to the next.
import json
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import requests

url, number, at_once = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
own = threading.local()


def ping(_):
    if not hasattr(own, "session"):
        own.session = requests.Session()
    return own.session.get(url, timeout=5).status_code


with ThreadPoolExecutor(max_workers=at_once) as pool:
    statuses = list(pool.map(ping, range(number)))

print(json.dumps({"answered": len(statuses)}))
