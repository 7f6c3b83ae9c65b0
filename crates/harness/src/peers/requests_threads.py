# A thread for each URL, and a plain requests.get in it, as the book does it:
# every call has a session of its own, and so a connection. No more than so
# many threads at once: when all of them are done, the next are started.
import json
import sys
import threading

import requests

url, number, at_once = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
statuses = []


def ping():
    statuses.append(requests.get(url, timeout=5).status_code)


for begun in range(0, number, at_once):
    wave = [threading.Thread(target=ping)
            for _ in range(min(at_once, number - begun))]
    for thread in wave:
        thread.start()
    for thread in wave:
        thread.join()

print(json.dumps({"answered": len(statuses)}))
