"""What well-known programs do in each scene of `harness exam`.

    python3 docs/gallery.py                 all that are installed
    python3 docs/gallery.py curl wget       only these
    python3 docs/gallery.py --again         each twice, and where the words differ
    python3 docs/gallery.py --write         into docs/gallery.json and docs/gallery.md
    python3 docs/gallery.py --write curl    only these, and the others as they were
    python3 docs/gallery.py --breaks        load tools, on connections that break
    python3 docs/gallery.py --page          that page again, from that file

Each program is examined with the command that stands here, and the table says
it with the version. A program that is not installed is left out.
"""

import datetime
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
TARGET = os.environ.get("CARGO_TARGET_DIR", "target")
HARNESS = os.path.join(TARGET, "debug", "harness")
RECORD = os.path.join(HERE, "gallery.json")
PAGE = os.path.join(HERE, "gallery.md")

WORDS = {
    "waits": "waits as told",
    "carries-on": "carries on",
    "gives-up": "gives up",
    "hides": "hides it",
    "storms": "storms",
    "hangs": "hangs",
    "cannot-tell": "cannot tell",
}

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


def python(package):
    """How the version of a package of Python is asked."""
    return ["python3", "-c", f"import {package}; print({package}.__version__)"]


def page_of(name):
    """A program of the gallery."""
    return os.path.join(HERE, "gallery", name)


def ping(*words):
    """Our own program, with a list."""
    return [HARNESS, "ping", "--timeout", "3s", "-c", "8", *words, "-f", "{urls}"]


CURL = ["curl", "--version"]
WGET = ["wget", "--version"]
PYTHON = ["python3", "--version"]

CURL_PARALLEL = ["sh", page_of("curl_parallel.sh"), "{urls}"]

# Its name, how it tells its version, and the command.
PROGRAMS = [
    ("curl", CURL, ["curl", "-sS", "{url}"]),
    ("curl --fail", CURL, ["curl", "-sS", "--fail", "{url}"]),
    ("curl --retry", CURL, ["curl", "-sS", "--fail", "--retry", "2", "{url}"]),
    ("curl -Z", CURL, CURL_PARALLEL),
    ("curl -Z --retry", CURL, [*CURL_PARALLEL, "--retry", "2"]),
    ("wget", WGET, ["wget", "-qO-", "{url}"]),
    ("wget --tries=3", WGET, ["wget", "-nv", "--tries=3", "-O-", "{url}"]),
    ("urllib", PYTHON, ["python3", "-c", URLLIB, "{url}"]),
    ("requests", python("requests"), ["python3", "-c", REQUESTS, "{url}"]),
    (
        "requests, Retry(3)",
        python("requests"),
        ["python3", "-c", REQUESTS_RETRY, "{url}"],
    ),
    (
        "requests, Session",
        python("requests"),
        ["python3", page_of("requests_session.py"), "{urls}"],
    ),
    (
        "aiohttp",
        python("aiohttp"),
        ["python3", page_of("aiohttp_all.py"), "{urls}"],
    ),
    ("httpx", python("httpx"), ["python3", page_of("httpx_all.py"), "{urls}"]),
    ("Node fetch", ["node", "--version"], ["node", page_of("fetch_all.mjs"), "{urls}"]),
    ("Go net/http", ["go", "version"], ["{built}/get_all", "{urls}"]),
    (
        "Java HttpClient",
        ["java", "--version"],
        ["java", "-cp", "{built}", "GetAll", "{urls}"],
    ),
    ("hey", ["hey"], ["hey", "-n", "1", "-c", "1", "-t", "5", "{url}"]),
    ("oha", ["oha", "--version"], ["oha", "--no-tui", "-n", "1", "-c", "1", "{url}"]),
    ("ab", ["ab", "-V"], ["ab", "-q", "-n", "1", "{url}"]),
    ("wrk", ["wrk", "-v"], ["wrk", "-t", "1", "-c", "1", "-d", "1s", "{url}"]),
    ("harness ping", None, ping()),
    ("harness ping --retries 2", None, ping("--retries", "2")),
    ("sequential", None, ping("--strategy", "sequential")),
    ("threads", None, ping("--strategy", "threads")),
    ("scoped-threads", None, ping("--strategy", "scoped-threads")),
    ("worker-pool", None, ping("--strategy", "worker-pool")),
    ("async-shapes", None, ping("--strategy", "async-shapes")),
    ("event-loop", None, ping("--strategy", "event-loop")),
    ("tiny-executor", None, ping("--strategy", "tiny-executor")),
]


# Load tools, each asked for 24 requests, or for a second of them, of which every
# third meets this.
BREAKS = ["reset", "abort-in-body"]
LOADS = [
    ["hey", "-n", "24", "-c", "4", "{url}"],
    ["oha", "--no-tui", "--output-format", "json", "-n", "24", "-c", "4", "{url}"],
    ["ab", "-q", "-n", "24", "-c", "4", "{url}"],
    ["ab", "-q", "-r", "-n", "24", "-c", "4", "{url}"],
    ["wrk", "-t", "1", "-c", "4", "-d", "1s", "{url}"],
]


def version(words):
    """The version that a program tells; none if it is not here."""
    if words is None:
        return "this"
    if shutil.which(words[0]) is None:
        return None
    ran = subprocess.run(words, capture_output=True, text=True, check=False)
    found = re.search(r"\d+(\.\d+)+", ran.stdout + ran.stderr)
    if found:
        return found.group()
    # A package that is not there; and a program that tells no version.
    return "no version" if words[0] != "python3" else None


def build(folder):
    """Builds the programs that need it, as far as the language is here."""
    if shutil.which("go"):
        words = ["go", "build", "-o", os.path.join(folder, "get_all")]
        subprocess.run(words + [page_of("get_all.go")], check=True)
    if shutil.which("javac"):
        words = ["javac", "-d", folder, page_of("GetAll.java")]
        subprocess.run(words, check=True)


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


def examine(wanted, again):
    """A row for each program, in the order of PROGRAMS."""
    rows = []
    with tempfile.TemporaryDirectory() as built:
        build(built)
        for name, told, command in PROGRAMS:
            if wanted and name not in wanted:
                continue
            known = version(told)
            if known is None:
                print(f"{name} is not installed", file=sys.stderr)
                continue
            print(f"{name} {known}", file=sys.stderr)
            command = [word.replace("{built}", built) for word in command]
            words = words_of(exam(command))
            rows.append({"program": name, "version": known, "words": words})
            if again:
                second = words_of(exam(command))
                for scene in words:
                    if words[scene] != second[scene]:
                        both = f"{words[scene]}, then {second[scene]}"
                        print(f"{name}, {scene}: {both}", file=sys.stderr)
    return rows


def witness(command, fault):
    """What the server saw of a program, and what that printed."""
    with tempfile.TemporaryDirectory() as reports:
        words = [HARNESS, "witness", "--fault", f"none,none,{fault}"]
        words += ["--output-format", "json", "--reports", reports, "--"]
        words += command
        ran = subprocess.run(words, capture_output=True, text=True, check=False)
    return json.loads(ran.stdout)["testimony"]["witness"], ran.stderr


def said(tool, text):
    """How many answers and how many failures a load tool speaks of."""
    def found(pattern):
        return sum(int(number) for number in re.findall(pattern, text))

    if tool == "oha":
        told = json.loads(text[text.index("{") : text.rindex("}") + 1])
        good, bad = told["statusCodeDistribution"], told["errorDistribution"]
        return f"{sum(good.values())} answers, {sum(bad.values())} errors"
    if tool == "hey":
        good, bad = r"\[200\]\t(\d+) resp", r"\[(\d+)\]\t\w+ \"http"
        return f"{found(good)} answers, {found(bad)} errors"
    if tool == "ab":
        if "Complete requests" not in text:
            return "no figures: it stopped"
        complete, failed = r"Complete requests: +(\d+)", r"Failed requests: +(\d+)"
        return f"{found(complete)} complete, {found(failed)} failed"
    good, bad = r"(\d+) requests in", r"Socket errors: .*read (\d+)"
    return f"{found(good)} requests, {found(bad)} read errors"


def breaks():
    """A row for each load tool that is installed."""
    rows = []
    for command in filter(lambda words: shutil.which(words[0]), LOADS):
        row = {"command": " ".join(command), "breaks": {}}
        for fault in BREAKS:
            seen, text = witness(command, fault)
            row["breaks"][fault] = {
                "requests": seen["requests"],
                "good": seen["done"],
                "said": said(command[0], text),
            }
        rows.append(row)
    return rows


def breaks_table(rows):
    """The load tools as Markdown."""
    lines = [
        "| command | every third | the server saw | answered | the tool said |",
        "| --- | --- | ---: | ---: | --- |",
    ]
    for row in rows:
        for fault, found in row["breaks"].items():
            seen = f"{found['requests']} | {found['good']} | {found['said']}"
            lines.append(f"| `{row['command']}` | {fault} | {seen} |")
    return "\n".join(lines)


def table(rows):
    """The rows as Markdown: which scenes got which word."""
    lines = [
        "| program | version | " + " | ".join(WORDS.values()) + " |",
        "| --- | --- |" + " --- |" * len(WORDS),
    ]
    for row in rows:
        cells = []
        for word in WORDS:
            scenes = [s for s, found in row["words"].items() if found == word]
            # The most usual word needs no names: they are those left over.
            most = word == "carries-on" and len(scenes) > 6
            cells.append(f"{len(scenes)} scenes" if most else ", ".join(scenes))
        cells = " | ".join(cells)
        lines.append(f"| {row['program']} | {row['version']} | {cells} |")
    return "\n".join(lines)


def write_page(record):
    """Puts the tables into their page."""
    date = record["date"]
    gallery = f"Taken on {date}.\n\n{table(record['rows'])}\n"
    tables = {"gallery": gallery, "breaks": breaks_table(record["breaks"]) + "\n"}
    with open(PAGE, encoding="utf-8") as page:
        text = page.read()
    for name, inside in tables.items():
        begin, end = f"<!-- BEGIN {name} -->\n", f"<!-- END {name} -->"
        before, rest = text.split(begin)
        text = before + begin + inside + end + rest.split(end)[1]
    with open(PAGE, "w", encoding="utf-8") as page:
        page.write(text)


def read_record():
    """What was taken last."""
    with open(RECORD, encoding="utf-8") as record:
        return json.load(record)


def keep(rows, broken):
    """Puts what was taken into the record, and that into the page."""
    record = read_record()
    record["date"] = datetime.date.today().isoformat()
    taken = {row["program"]: row for row in record["rows"]}
    taken.update({row["program"]: row for row in rows})
    record["rows"] = [taken[name] for name, *_ in PROGRAMS if name in taken]
    record["breaks"] = broken or record.get("breaks", [])
    with open(RECORD, "w", encoding="utf-8") as file:
        json.dump(record, file, indent=1)
        file.write("\n")
    write_page(record)


OPTIONS = ("--again", "--write", "--page", "--breaks")


def main():
    options = {word for word in sys.argv[1:] if word in OPTIONS}
    wanted = [word for word in sys.argv[1:] if word not in options]
    if "--page" in options:
        write_page(read_record())
        return
    subprocess.run(["cargo", "build", "--quiet", "-p", "harness"], check=True)
    only_breaks = "--breaks" in options
    rows = [] if only_breaks else examine(wanted, "--again" in options)
    broken = breaks() if only_breaks or not wanted else []
    if not rows and not broken:
        sys.exit("none of these programs is installed")
    if "--write" in options:
        keep(rows, broken)
    else:
        print(table(rows) if rows else breaks_table(broken))


main()
