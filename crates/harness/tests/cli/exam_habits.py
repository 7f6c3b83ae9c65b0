"""Programs with known habits, for the tests of the exam.

The first argument names the habit, the second a file of URLs. Whoever is
honest prints a line for each URL, and ends with 1 if one of them failed.
"""

import concurrent.futures
import email.utils
import http.client
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

AT_ONCE = 8
PATIENCE = 2
MOST_BYTES = 1 << 20


def whole(answer, most):
    """Reads so much at most. Told how much, Python says nothing of less."""
    body = answer.read(most)
    if answer.length and (most is None or len(body) < most):
        raise http.client.IncompleteRead(body)


def get(url, patience=PATIENCE, most=MOST_BYTES):
    """What came of it, and what the server said about coming again."""
    try:
        with urllib.request.urlopen(url, timeout=patience) as answer:
            whole(answer, most)
            return str(answer.status), None
    except urllib.error.HTTPError as error:
        error.read()
        return str(error.code), error.headers.get("Retry-After")
    except (OSError, http.client.HTTPException) as error:
        return type(error).__name__, None


def once(url):
    return get(url)[0]


def patient(url):
    """Asks once more, when it may."""
    said, when = get(url)
    if when is None:
        return said
    if when.isdigit():
        time.sleep(int(when))
    else:
        date = email.utils.parsedate_to_datetime(when).timestamp()
        time.sleep(max(0, date - time.time()))
    return once(url)


def backing_off(url):
    """Asks three times, with longer and longer pauses."""
    for pause in (0.15, 0.3, 0):
        said = once(url)
        if said == "200":
            break
        time.sleep(pause)
    return said


def hasty(url, times=25):
    """Asks so often that it storms on a slow machine, too."""
    for _ in range(times):
        said = once(url)
        if said in ("200", "TimeoutError"):
            break
    return said


def hurried(url):
    """Asks a few times without a pause."""
    return hasty(url, 5)


def deaf(url):
    """Asks once more, whatever it was told."""
    said = once(url)
    if said != "200":
        time.sleep(0.2)
        said = once(url)
    return said


def twice(url):
    once(url)
    return once(url)


def endless(url):
    return get(url, None, None)[0]


def pool(ask, urls, at_once=AT_ONCE):
    with concurrent.futures.ThreadPoolExecutor(at_once) as workers:
        return list(workers.map(ask, urls))


def waves(urls):
    said = []
    for first in range(0, len(urls), AT_ONCE):
        said += pool(once, urls[first : first + AT_ONCE])
    return said


def stops(urls):
    for url in urls:
        said = once(url)
        if said != "200":
            sys.exit(f"{url}: {said}, and no more of this")
        print(url, said)
    sys.exit(0)


def hides(urls):
    pool(once, urls)
    print(f"{len(urls)} pings, all done")
    sys.exit(0)


def leaks(urls):
    """A connection for each, and none is ever closed."""
    kept = []

    def leaking(url):
        place = urllib.parse.urlsplit(url)
        connection = http.client.HTTPConnection(place.netloc, timeout=PATIENCE)
        kept.append(connection)
        try:
            connection.request("GET", f"{place.path}?{place.query}")
            answer = connection.getresponse()
            whole(answer, MOST_BYTES)
            return str(answer.status)
        except (OSError, http.client.HTTPException) as error:
            return type(error).__name__

    return pool(leaking, urls)


def leaves(urls):
    """Goes, and what it has started stays."""
    subprocess.Popen(["sleep", "600"], start_new_session=True)
    return pool(once, urls)


HABITS = {
    "serial": lambda urls: [once(url) for url in urls],
    "waves": waves,
    "pool": lambda urls: pool(once, urls),
    "patient": lambda urls: pool(patient, urls),
    "backs-off": lambda urls: pool(backing_off, urls),
    "one-too-many": lambda urls: pool(once, urls, AT_ONCE + 1),
    "twice": lambda urls: pool(twice, urls),
    "storms": lambda urls: pool(hasty, urls),
    "hurries": lambda urls: pool(hurried, urls),
    "deaf": lambda urls: pool(deaf, urls),
    "hangs": lambda urls: pool(endless, urls),
    "stops": stops,
    "hides": hides,
    "leaks": leaks,
    "leaves": leaves,
}

with open(sys.argv[2]) as file:
    URLS = file.read().split()
SAID = HABITS[sys.argv[1]](URLS)
for url, said in zip(URLS, SAID):
    print(url, said)
sys.exit(0 if all(said == "200" for said in SAID) else 1)
