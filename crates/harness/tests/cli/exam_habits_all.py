"""Every habit of the exam's tests, in every language, in every scene.

    python3 exam_habits_all.py HARNESS [TIMES]

Says a line for each judgement that is not the habit's, and one for each run:
how many judgements were right, how many cannot tell, how many are wrong. Ends
with 1 if one is wrong.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
LANGUAGES = {"python3": "py", "node": "mjs", "sh": "sh"}
HABITS = [
    "serial", "waves", "pool", "patient", "backs-off", "one-too-many", "twice",
    "storms", "hurries", "deaf", "hangs", "stops", "hides", "leaks", "leaves",
]

TOLD = {"retry-after", "retry-after-date", "too-many", "too-many-date"}
NO_ANSWER = {"overloaded", "reset", "closed-early", "empty-reply", "garbage"}
FAILS = TOLD | NO_ANSWER | {"errors", "refused", "hang"}
# Here nobody can tell of every program, since not all that it asks for is seen.
SPOILT = {"close-unsaid", "wrong-length"}

# What is to be remarked of the plain list, and nothing else is.
REMARKS = {
    "serial": "one-by-one",
    "stops": "one-by-one",
    "twice": "asks-twice",
    "one-too-many": "too-many-at-once",
    "leaves": "leaves-processes",
    "leaks": "connection-each",
}


def wanted(language, habit, scene):
    """The word that the habit deserves in the scene."""
    follows = language == "python3"
    reads_on = language != "python3"
    if habit in ("storms", "hurries") and scene in FAILS - {"hang", "refused"}:
        return "storms"
    if habit == "deaf" and scene in TOLD:
        return "storms"
    # curl waits as it is told when it backs off; the others do not listen.
    if habit == "backs-off" and scene in TOLD:
        return "waits" if language == "sh" else "storms"
    if habit == "patient" and scene in TOLD:
        return "waits"
    if habit == "hangs" and scene in ("hang", "endless-body"):
        return "hangs"
    if habit == "stops":
        redirected = scene == "redirect" and not follows
        endless = scene == "endless-body" and reads_on
        if scene in FAILS or redirected or endless or scene == "redirect-loop":
            return "gives-up"
    # Of a redirect that is not followed there is nothing to tell.
    if habit == "hides" and (
        scene in FAILS or (scene == "redirect-loop" and follows)
    ):
        return "hides"
    return "carries-on"


def exam(harness, language, habit):
    """The scenes of an exam, judged."""
    script = os.path.join(HERE, "exam_habits." + LANGUAGES[language])
    with tempfile.TemporaryDirectory() as reports:
        command = [harness, "exam", "-c", "8", "--output-format", "json"]
        command += ["--reports", reports, "--"]
        command += [language, script, habit, "{urls}"]
        ran = subprocess.run(command, capture_output=True, check=False, text=True)
    if ran.returncode != 0:
        sys.exit(f"{language} {habit}: {ran.stderr}")
    return json.loads(ran.stdout)["scenes"]


def remarked(language, habit, scored):
    """Whether the plain list is remarked upon as it deserves."""
    found = set(scored["remarks"])
    # Who has one at a time has fewer than it was asked to have.
    found.discard("too-few-at-once")
    if language != "node" and habit != "leaks":
        found.discard("connection-each")
    wanted = {REMARKS[habit]} if habit in REMARKS else set()
    # curl waits and asks again only where it does one thing after another.
    if language == "sh" and habit in ("patient", "backs-off"):
        wanted = {"one-by-one"}
    return found == wanted


def run(harness):
    """One whole run: how many judgements are right, cannot tell, are wrong."""
    counts = {"right": 0, "cannot tell": 0, "wrong": 0}
    for language in filter(shutil.which, LANGUAGES):
        for habit in HABITS:
            # One curl opens its connections itself, and closes them.
            if (language, habit) == ("sh", "leaks"):
                continue
            for scored in exam(harness, language, habit):
                scene = scored["performance"]["scene"]
                word = scored["verdict"]["word"]
                right = wanted(language, habit, scene)
                sort = "right" if word == right else "wrong"
                if word == "cannot-tell":
                    sort = "right" if scene in SPOILT else "cannot tell"
                counts[sort] += 1
                told = f"{language} {habit} {scene}"
                if sort != "right":
                    because = scored["verdict"]["because"]
                    print(f"{told}: {word}, not {right}: {because}", flush=True)
                if scene == "plain" and not remarked(language, habit, scored):
                    counts["wrong"] += 1
                    print(f"{told}: remarks {scored['remarks']}", flush=True)
    return counts


def main():
    harness = os.path.abspath(sys.argv[1])
    wrong = 0
    for number in range(int(sys.argv[2]) if len(sys.argv) > 2 else 1):
        counts = run(harness)
        wrong += counts["wrong"]
        print(f"run {number + 1}: {counts}", flush=True)
    sys.exit(1 if wrong else 0)


main()
