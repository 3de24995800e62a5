// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraMetrics
import VajraModel
import VajraWire

@testable import VajraAggregate

@Suite struct JudgementTests {
    private static func source(
        _ reason: EndReason?, signal: Int32 = 0, gaps: UInt64 = 0, message: String = "", name: String = "w1"
    ) -> Summary.Source {
        Summary.Source(
            key: SourceKey(runID: "r", source: name), isComplete: reason != nil && gaps == 0, gaps: gaps, duplicates: 0,
            reason: reason, signal: signal, message: message, segment: "", health: Health(), figures: ScenarioFigures())
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let story: String
        let verdict: Summary.Verdict
        let exitStatus: VajraModel.ExitStatus
        var sources: [Summary.Source] = [JudgementTests.source(.completed)]
        var completed: UInt64 = 10
        var succeeded: UInt64 = 10
        var grade = Honesty.Grade.a
        var badLines: UInt64 = 0
        var limitFailures: UInt64 = 0
        var isThresholdMissed = false
        var problems: [String] = []
        var testDescription: String { story }
    }

    static let rows: [Row] = [
        Row(story: "a run as planned", verdict: .pass, exitStatus: .passed),
        Row(story: "a run with some failures", verdict: .pass, exitStatus: .passed, succeeded: 1),
        Row(
            story: "a run in which all failed", verdict: .fail, exitStatus: .runFailed, succeeded: 0,
            problems: ["not one of 10 completed iterations succeeded"]),
        Row(
            story: "a run in which all failed at the generator's own limits", verdict: .invalid,
            exitStatus: .planNotHeld, succeeded: 0, grade: .d, limitFailures: 10),
        Row(
            story: "a run in which some did, and the rest for the target", verdict: .fail, exitStatus: .runFailed,
            succeeded: 0, grade: .d, limitFailures: 9, problems: ["not one of 10 completed iterations succeeded"]),
        Row(story: "a run without iterations", verdict: .pass, exitStatus: .passed, completed: 0, succeeded: 0),
        Row(story: "grade C", verdict: .pass, exitStatus: .passed, grade: .c),
        Row(story: "grade D", verdict: .invalid, exitStatus: .planNotHeld, grade: .d),
        Row(story: "a threshold missed", verdict: .fail, exitStatus: .thresholdMissed, isThresholdMissed: true),
        Row(
            story: "grade D goes before a threshold", verdict: .invalid, exitStatus: .planNotHeld, grade: .d,
            isThresholdMissed: true),
        Row(
            story: "damage goes before a threshold", verdict: .fail, exitStatus: .badInput, badLines: 2,
            isThresholdMissed: true, problems: ["2 lines of input could not be read"]),
        Row(
            story: "a source that failed", verdict: .fail, exitStatus: .runFailed,
            sources: [source(.completed), source(.failed, message: "no pool", name: "w2")],
            problems: ["source w2 failed: no pool"]),
        Row(
            story: "a source without an end", verdict: .fail, exitStatus: .runFailed, sources: [source(nil)],
            problems: [
                "source w1 has no run_ended: it was killed, still runs, or its stream was cut off; "
                    + "its figures are those of the snapshots that came"
            ]),
        Row(
            story: "SIGINT", verdict: .interrupted, exitStatus: .interrupted, sources: [source(.interrupted, signal: 2)]
        ),
        Row(
            story: "SIGTERM", verdict: .interrupted, exitStatus: .terminated,
            sources: [source(.interrupted, signal: 15)]),
        Row(
            story: "an interrupt of one of two sources", verdict: .interrupted, exitStatus: .interrupted,
            sources: [source(.completed), source(.interrupted, signal: 2, name: "w2")]),
        Row(
            story: "the reader went", verdict: .interrupted, exitStatus: .readerGone, sources: [source(.readerGone)],
            problems: ["the reader of source w1 went away"]),
        Row(
            story: "a signal goes before a reader that went", verdict: .interrupted, exitStatus: .terminated,
            sources: [source(.readerGone), source(.interrupted, signal: 15, name: "w2")],
            problems: ["the reader of source w1 went away"]),
        Row(
            story: "a signal goes before failures and damage", verdict: .interrupted, exitStatus: .interrupted,
            sources: [source(.interrupted, signal: 2)], succeeded: 0, grade: .d, badLines: 1,
            problems: ["not one of 10 completed iterations succeeded", "1 lines of input could not be read"]),
        Row(
            story: "lines are missing", verdict: .fail, exitStatus: .badInput, sources: [source(.completed, gaps: 3)],
            problems: ["3 lines of source w1 are missing"]),
        Row(
            story: "lines could not be read", verdict: .fail, exitStatus: .badInput, badLines: 2,
            problems: ["2 lines of input could not be read"]),
        Row(
            story: "damage goes before a plan that was not held", verdict: .fail, exitStatus: .badInput, grade: .d,
            badLines: 2, problems: ["2 lines of input could not be read"]),
        Row(
            story: "a failed run goes before damage", verdict: .fail, exitStatus: .runFailed, succeeded: 0, badLines: 2,
            problems: ["not one of 10 completed iterations succeeded", "2 lines of input could not be read"]),
    ]

    @Test(arguments: rows)
    func `the first reason that applies gives the verdict, and every problem is named`(row: Row) {
        var total = ScenarioFigures()
        total.metrics.counts.completed = row.completed
        total.metrics.counts.succeeded = row.succeeded
        total.metrics.counts.failures.add("file_limit", row.limitFailures)
        var honesty = Honesty(scenarios: [], health: [])
        honesty.grade = row.grade
        let judgement = Judgement(
            sources: row.sources, total: total, honesty: honesty, badLines: row.badLines,
            isThresholdMissed: row.isThresholdMissed)
        #expect(judgement.verdict == row.verdict)
        #expect(judgement.exitStatus == row.exitStatus)
        #expect(judgement.problems == row.problems)
    }
}
