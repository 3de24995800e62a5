# SPDX-License-Identifier: Apache-2.0
"""Our histograms against PyPI's hdrhistogram, in both directions, through Tests/HistogramProbe."""

import math
import os
import random
import subprocess

import pytest
from hdrh.histogram import HdrHistogram

HOUR_NS = 3_600_000_000_000
DAY_NS = 24 * HOUR_NS
ROUNDS = 24
QUANTILES = [0, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 0.9999, 1]

# Story, highest value of the Python histogram, and what is recorded into it: pairs of value and count.
DISTRIBUTIONS = {
    "nothing at all": (HOUR_NS, lambda r: []),
    "a single value": (HOUR_NS, lambda r: [(r.randrange(HOUR_NS), 1)]),
    "only zeros": (HOUR_NS, lambda r: [(0, r.randrange(1, 1000))]),
    "below the first bucket wider than 1": (2_000_000, lambda r: [(r.randrange(2048), 1) for _ in range(500)]),
    "uniform up to a second": (10**9, lambda r: [(r.randrange(10**9), 1) for _ in range(2000)]),
    "exponential, mean 2 ms": (HOUR_NS, lambda r: [(int(r.expovariate(1 / 2e6)), 1) for _ in range(3000)]),
    "lognormal with a long tail": (
        HOUR_NS,
        lambda r: [(min(int(r.lognormvariate(14, 2)), HOUR_NS), 1) for _ in range(3000)],
    ),
    "two humps": (HOUR_NS, lambda r: [(int(abs(r.gauss(r.choice([1e5, 3e9]), 1e4))), 1) for _ in range(2000)]),
    "next to powers of two": (HOUR_NS, lambda r: [((1 << b) + d, 1) for b in range(1, 41) for d in (-1, 0, 1)]),
    "huge counts": (HOUR_NS, lambda r: [(r.randrange(HOUR_NS), r.randrange(1, 1 << 50)) for _ in range(100)]),
    "every octave, from a port that tracks a day": (
        DAY_NS,
        lambda r: [(int(2 ** r.uniform(0, math.log2(HOUR_NS))), r.randrange(1, 9)) for _ in range(3000)],
    ),
}
CASES = [(story, seed) for story in DISTRIBUTIONS for seed in range(ROUNDS)]


def ask(request):
    """The Swift side: one line in, one line out."""
    path = os.path.join(os.environ.get("VAJRA_BIN_DIR", ""), "histogram-probe")
    if not os.path.exists(path):
        pytest.fail(f"there is no {path}: set VAJRA_BIN_DIR to the folder of the built tools")
    return subprocess.run([path], input=request + "\n", capture_output=True, text=True, check=True).stdout.strip()


def recorded(story, seed):
    highest, distribution = DISTRIBUTIONS[story]
    values = distribution(random.Random(f"{story} {seed}"))
    histogram = HdrHistogram(1, highest, 3)
    for value, count in values:
        assert histogram.record_value(value, count)
    return histogram, values


def counts(histogram):
    indices = range(histogram.counts_len)
    pairs = ((histogram.get_value_from_index(i), histogram.get_count_at_index(i)) for i in indices)
    return {value: count for value, count in pairs if count}


def expected_quantile(histogram, q):
    """What HdrHistogram's reference, in Java, answers: the rank is rounded up.

    The Python port rounds the rank to the nearest. Wherever that is the same rank, its own answer is taken.
    """
    total = histogram.get_total_count()
    if total == 0:
        return 0
    rank = max(math.ceil(max(math.nextafter(q, -math.inf), 0) * total), 1)
    if q == 0 or rank == histogram.get_target_count_at_percentile(q * 100):
        return histogram.get_value_at_percentile(q * 100)
    seen = 0
    for value, count in counts(histogram).items():
        seen += count
        if seen >= rank:
            return histogram.get_highest_equivalent_value(value)
    raise AssertionError("the rank is above the total count")


def parse(answer):
    assert not answer.startswith("error"), answer
    words = answer.split()
    statistics = dict(word.split("=") for word in words if "=" in word)
    return statistics, {int(v): int(c) for v, c in (word.split(":") for word in words if ":" in word)}


def assert_same(answer, histogram):
    statistics, swift_counts = parse(answer)
    assert swift_counts == counts(histogram)
    assert int(statistics["min"]) == histogram.get_min_value()
    assert int(statistics["max"]) == histogram.get_max_value()
    assert float(statistics["mean"]) == histogram.get_mean_value()
    for q in QUANTILES:
        assert int(statistics[f"q{float(q)}"]) == expected_quantile(histogram, q), q


@pytest.mark.parametrize("story,seed", CASES)
def test_swift_reads_what_python_writes(story, seed):
    histogram, _ = recorded(story, seed)
    answer = ask("decode " + histogram.encode().decode())
    # Decoded again, because Python keeps the exact extremes of what it recorded, and the wire does not.
    assert_same(answer, HdrHistogram.decode(histogram.encode()))


@pytest.mark.parametrize("story,seed", CASES)
def test_python_reads_what_swift_writes(story, seed):
    expected, values = recorded(story, seed)
    text = ask("encode " + " ".join(f"{value}:{count}" for value, count in values))
    decoded = HdrHistogram.decode(text)
    assert (decoded.lowest_trackable_value, decoded.highest_trackable_value) == (1, HOUR_NS)
    assert decoded.significant_figures == 3
    assert counts(decoded) == counts(expected)
    assert decoded.get_total_count() == expected.get_total_count()
    answer = ask("decode " + text)
    assert_same(answer, decoded)


@pytest.mark.parametrize(
    "story,histogram,value,error",
    [
        ("2 digits", HdrHistogram(1, HOUR_NS, 2), 70, "2 significant digits"),
        ("lowest value 1000", HdrHistogram(1000, HOUR_NS, 3), 70_000, "lowest value 1000"),
        ("a value of five hours", HdrHistogram(1, DAY_NS, 3), 5 * HOUR_NS, "only 33792 buckets"),
    ],
)
def test_swift_refuses_what_it_cannot_hold(story, histogram, value, error):
    histogram.record_value(value)
    answer = ask("decode " + histogram.encode().decode())
    assert answer.startswith("error: ") and error in answer


def test_values_above_one_hour_count_as_one_hour():
    text = ask(f"encode {HOUR_NS + 1}:2 {2**64 - 1}:3")
    assert counts(HdrHistogram.decode(text)) == {HdrHistogram(1, HOUR_NS, 3).get_lowest_equivalent_value(HOUR_NS): 5}
