"""The test server of a test: started, asked what it saw, and ended."""
import json
import os
import subprocess
from urllib.request import ProxyHandler, Request, build_opener

COMMAND = ["serve", "--output-format", "json", "--end-with-stdin"]


class Server:
    def __init__(self, *options):
        program = os.environ.get("HARNESS", "harness")
        self.process = subprocess.Popen(
            [program, *COMMAND, *options],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"`{program} serve` did not start")
        self.where = json.loads(line)
        assert self.where["version"] == 1, self.where["version"]

    def url(self, path):
        return self.where["url"] + path

    def witness(self):
        """What it saw since the last reset."""
        return self.ask("GET", "/witness?stamps=0")

    def reset(self, plan=None):
        """Counts from zero, and does what the plan says from now on."""
        return self.ask("POST", "/reset", plan)

    def ask(self, method, path, body=None):
        body = None if body is None else json.dumps(body).encode()
        token = {"Authorization": "Bearer " + self.where["token"]}
        request = Request(self.where["control"] + path, body, token,
                          method=method)
        # Never by a proxy: the server is on this machine.
        with build_opener(ProxyHandler({})).open(request) as answer:
            return json.load(answer)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        # The server ends when its standard input does.
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait()
