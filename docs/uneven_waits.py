"""Where the 48 uneven waits come from (crates/measurement/src/waits.rs).

Draws 3,000 lists, prints how the makespans of waves, shares and a queue stand
to each other at the median, and the list that is nearest to that. Run it:

    python3 docs/uneven_waits.py
"""
import math
import random
from statistics import median

N, C, MEAN, SIGMA, CUT = 48, 8, 20.0, 1.0, 120.0


def waits(seed):
    """Lognormal waits in milliseconds, to a tenth of one."""
    draw = random.Random(seed).gauss
    mu = math.log(MEAN) - SIGMA**2 / 2
    return [round(min(CUT, math.exp(draw(mu, SIGMA))), 1) for _ in range(N)]


def waves(w):
    return sum(max(w[i:i + C]) for i in range(0, N, C))


def shares(w):
    return max(sum(w[i::C]) for i in range(C))


def queue(w):
    free = [0.0] * C
    for wait in w:
        free[free.index(min(free))] += wait
    return max(free)


def bound(w):
    return max(max(w), sum(w) / C)


def shape(w):
    """waves : queue, shares : queue, queue : bound."""
    q = queue(w)
    return waves(w) / q, shares(w) / q, q / bound(w)


lists = [waits(seed) for seed in range(1, 3001)]
shapes = [shape(w) for w in lists]
middle = [median(column) for column in zip(*shapes)]
print("at the median: waves %.2f, shares %.2f of a queue" % tuple(middle[:2]))


def distance(w):
    away = sum(abs(a / b - 1) for a, b in zip(shape(w), middle))
    return away + abs(sum(w) / (N * MEAN) - 1)


# Of the lists that keep the three apart: in a picture they must be seen.
apart = [w for w in lists
         if waves(w) >= 1.4 * shares(w) and shares(w) >= 1.25 * queue(w)]
nearest = min(apart, key=distance)
print("nearest of %d that keep them apart, in microseconds:" % len(apart))
print([round(wait * 1000) for wait in nearest])
