"""The book's countdown and its primes, by two threads and by two processes."""

import multiprocessing
import platform
import sys
import threading
import time

COUNT = 5_000_000
PRIMES_BELOW = 60_000


def countdown():
    left = COUNT
    while left > 0:
        left -= 1


def primes():
    found = 0
    for number in range(2, PRIMES_BELOW):
        divisor = 2
        while divisor * divisor <= number and number % divisor:
            divisor += 1
        found += divisor * divisor > number
    return found


def has_lock():
    """Asked of this interpreter; before 3.13 there was no other kind."""
    asked = getattr(sys, "_is_gil_enabled", None)
    return True if asked is None else asked()


def took(kind, how_many, work):
    workers = [kind(target=work) for _ in range(how_many)]
    start = time.perf_counter()
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return time.perf_counter() - start


# A child is a copy of this one: the script has no file to be read again.
can_fork = "fork" in multiprocessing.get_all_start_methods()
lock = "with" if has_lock() else "without"
print(f"Python {platform.python_version()}, {lock} a global lock")
for name, work in [("countdown", countdown), ("primes", primes)]:
    one = took(threading.Thread, 1, work)
    threads = took(threading.Thread, 2, work)
    print(f"Python, two threads, {name}: {threads / one:.2f}")
    if can_fork:
        fork = multiprocessing.get_context("fork")
        processes = took(fork.Process, 2, work)
        print(f"Python, two processes, {name}: {processes / one:.2f}")
    else:
        print(f"Python, two processes, {name}: this system cannot fork")
