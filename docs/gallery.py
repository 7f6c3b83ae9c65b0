"""What well-known programs do in each scene of `harness exam`, as a table.

    python3 docs/gallery.py                      all that are installed
    python3 docs/gallery.py curl wget            only these
    python3 docs/gallery.py --again              twice, and where the words differ

Each program is examined with the command that stands here, and the table says
it with the version. A program that is not installed is left out.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

URLLIB = """
import sys, urllib.request
print(urllib.request.urlopen(sys.argv[1], timeout=5).read().decode())
"""

REQUESTS = """
import sys, requests
answer = requests.get(sys.argv[1], timeout=5)
print(answer.status_code, answer.text)
answer.raise_for_status()
"""

REQUESTS_RETRY = """
import sys, requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry
session = requests.Session()
retry = Retry(3, status_forcelist=[429, 503])
session.mount("http://", HTTPAdapter(max_retries=retry))
answer = session.get(sys.argv[1], timeout=5)
print(answer.status_code, answer.text)
answer.raise_for_status()
"""

HTTPX = """
import sys, httpx
answer = httpx.get(sys.argv[1])
print(answer.status_code, answer.text)
answer.raise_for_status()
"""

FETCH = """
fetch(process.argv[1]).then(async (answer) => {
  console.log(answer.status, await answer.text());
  process.exitCode = answer.ok ? 0 : 1;
});
"""

TARGET = os.environ.get("CARGO_TARGET_DIR", "target")
HARNESS = os.path.join(TARGET, "debug", "harness")

# Its name, how it tells its version, and the command.
PROGRAMS = [
    ("curl", ["curl", "--version"], ["curl", "-sS", "{url}"]),
    (
        "curl --retry",
        ["curl", "--version"],
        ["curl", "-sS", "--fail", "--retry", "2", "{url}"],
    ),
    ("wget", ["wget", "--version"], ["wget", "-qO-", "{url}"]),
    (
        "wget --tries=3",
        ["wget", "--version"],
        ["wget", "-nv", "--tries=3", "-O-", "{url}"],
    ),
    (
        "urllib",
        ["python3", "--version"],
        ["python3", "-c", URLLIB, "{url}"],
    ),
    (
        "requests",
        ["python3", "-c", "import requests; print(requests.__version__)"],
        ["python3", "-c", REQUESTS, "{url}"],
    ),
    (
        "requests, Retry(3)",
        ["python3", "-c", "import requests; print(requests.__version__)"],
        ["python3", "-c", REQUESTS_RETRY, "{url}"],
    ),
    (
        "httpx",
        ["python3", "-c", "import httpx; print(httpx.__version__)"],
        ["python3", "-c", HTTPX, "{url}"],
    ),
    ("fetch", ["node", "--version"], ["node", "-e", FETCH, "{url}"]),
    (
        "harness ping",
        None,
        [HARNESS, "ping", "--timeout", "3s", "-c", "8", "-f", "{urls}"],
    ),
    (
        "harness ping --retries 2",
        None,
        [HARNESS, "ping", "--timeout", "3s", "--retries", "2", "-c", "8"]
        + ["-f", "{urls}"],
    ),
]


def version(words):
    """The version that a program tells; none if it is not here."""
    if words is None:
        return "this"
    if shutil.which(words[0]) is None:
        return None
    ran = subprocess.run(words, capture_output=True, text=True, check=False)
    found = re.search(r"\d+(\.\d+)+", ran.stdout)
    return found.group() if ran.returncode == 0 and found else None


def exam(command):
    """The record of an exam."""
    with tempfile.TemporaryDirectory() as reports:
        words = [HARNESS, "exam", "--output-format", "json"]
        words += ["--reports", reports, "--", *command]
        ran = subprocess.run(words, capture_output=True, text=True, check=False)
    if ran.returncode != 0:
        sys.exit(f"{command[0]}: {ran.stderr.strip()}")
    return json.loads(ran.stdout)


def words_of(record):
    """The word of each scene."""
    return {
        one["performance"]["scene"]: one["verdict"]["word"]
        for one in record["scenes"]
    }


def main():
    again = "--again" in sys.argv[1:]
    wanted = [word for word in sys.argv[1:] if word != "--again"]
    subprocess.run(["cargo", "build", "--quiet", "-p", "harness"], check=True)
    columns = []
    for name, told, command in PROGRAMS:
        if wanted and name not in wanted:
            continue
        known = version(told)
        if known is None:
            print(f"{name} is not installed", file=sys.stderr)
            continue
        words = words_of(exam(command))
        columns.append((f"{name} ({known})", words))
        if again:
            second = words_of(exam(command))
            for scene in words:
                if words[scene] != second[scene]:
                    both = f"{words[scene]}, then {second[scene]}"
                    print(f"{name}, {scene}: {both}", file=sys.stderr)
    if not columns:
        sys.exit("none of these programs is installed")
    print("| scene |", " | ".join(name for name, _ in columns), "|")
    print("| --- |", " --- |" * len(columns))
    for scene in columns[0][1]:
        cells = (words[scene] for _, words in columns)
        print(f"| `{scene}` |", " | ".join(cells), "|")


main()
