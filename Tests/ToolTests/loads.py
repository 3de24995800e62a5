# SPDX-License-Identifier: Apache-2.0
"""A finished vajra-gen run, read back and checked for what must hold of every run."""

import vajra


class Load:
    """What one vajra-gen has written and how it ended."""

    def __init__(self, pipeline):
        self.status = pipeline.statuses[0]
        self.errors = pipeline.errors(0)
        assert pipeline[0].returncode >= 0, f"vajra-gen was ended by signal {-pipeline[0].returncode}: {self.errors}"
        self.lines = vajra.lines_of(pipeline.output)
        self.iterations = vajra.of_type(self.lines, "iteration")
        self.logs = vajra.of_type(self.lines, "log")
        self.ends = vajra.of_type(self.lines, "run_ended")
        (self.counts,) = self.ends[0]["scenarios"].values()
        self._check()

    def _check(self):
        counts = self.counts
        assert counts["completed"] == counts["succeeded"] + counts["failed"], counts
        assert counts["started"] == counts["completed"] + counts["in_flight"], counts
        assert counts["failed"] == sum(counts["failures"].values()), counts
        sums = vajra.sums(self.lines)
        assert {key: sums[key] for key in vajra.COUNTS} == {key: counts[key] for key in vajra.COUNTS}
        assert [line["seq"] for line in self.lines] == list(range(1, len(self.lines) + 1))

    @property
    def failures(self):
        """Failure kinds and their counts."""
        return self.counts["failures"]

    @property
    def outcomes(self):
        """The iterations' kinds (`success` for a success) in the order in which they ended."""
        return [line.get("kind", "success") if line["outcome"] == "failure" else "success" for line in self.iterations]

    @property
    def has_passed(self):
        """Whether the run succeeded; on a busy machine it may say that its plan was not quite held."""
        return self.status in (0, 3)

    @property
    def messages(self):
        return [line["body"] for line in self.logs]

    @property
    def peak_memory(self):
        """The largest resident memory that the generator itself reported, in bytes."""
        return max(line.get("rss_bytes", 0) for line in self.lines)

    def histogram(self, name):
        """The run's merged histogram (`response_time_hdr`, …), decoded by PyPI's hdrhistogram."""
        return vajra.merged_histogram(line[name] for line in vajra.of_type(self.lines, "snapshot") if name in line)
