import json, sys, time
from urllib.error import HTTPError
from urllib.request import ProxyHandler, build_opener

get = build_opener(ProxyHandler({})).open

def ping(url):
    start = time.monotonic_ns()
    try:
        reply = get(url, timeout=5)
    except HTTPError as error:      # a 404 is an answer too
        reply = error
    body = reply.read()
    return start, time.monotonic_ns(), reply.status, body

def digest(body):                   # FNV-1a, as the harness compares it
    state = 0xcbf29ce484222325
    for byte in body:
        state = (state ^ byte) * 0x100000001b3 % 2**64
    return state

print("READY", flush=True)
sys.stdin.readline()
clock = time.monotonic_ns()
pings = [ping(url) for url in sys.argv[1:]]
end = time.monotonic_ns()
print(json.dumps({
    "setup_ns": 0, "makespan_ns": end - clock, "clock_ns": clock, "cost": {},
    "pings": [{"start_ns": a - clock, "end_ns": b - clock, "status": status,
               "digest": digest(body)} for a, b, status, body in pings]}))
