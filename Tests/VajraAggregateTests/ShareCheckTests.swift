// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraModel
import VajraTestSupport
import VajraWire

@testable import VajraAggregate

@Suite struct ShareCheckTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let story: String
        /// Run, source and share of each source.
        let sources: [(run: String, source: String, share: String)]
        let problems: [String]
        var testDescription: String { story }
    }

    static let rows: [Row] = [
        Row(story: "one source with the whole plan", sources: [("r", "a", "1/1")], problems: []),
        Row(story: "two with the whole plan each", sources: [("r", "a", "1/1"), ("r", "b", "1/1")], problems: []),
        Row(story: "all shares", sources: [("r", "a", "2/2"), ("r", "b", "1/2")], problems: []),
        Row(
            story: "a share is missing", sources: [("r", "a", "1/3"), ("r", "b", "3/3")],
            problems: ["share 2 of 3 is missing"]),
        Row(
            story: "one share thrice", sources: [("r", "a", "1/3"), ("r", "b", "1/3"), ("r", "c", "1/3")],
            problems: [
                "share 1 of 3 comes from 3 sources, and counts that often: a, b, c",
                "shares 2, 3 of 3 are missing",
            ]),
        Row(
            story: "shares of different wholes", sources: [("r", "a", "1/2"), ("r", "b", "2/3")],
            problems: ["the sources have shares of different sizes (1/2, 1/3), which are not parts of one plan"]),
        Row(
            story: "a share beside the whole", sources: [("r", "a", "1/1"), ("r", "b", "2/3")],
            problems: ["the sources have shares of different sizes (the whole, 1/3), which are not parts of one plan"]),
        Row(
            story: "all shares, each under a run id of its own", sources: [("p", "a", "1/2"), ("q", "b", "2/2")],
            problems: []),
        Row(
            story: "two runs, one of them short", sources: [("p", "a", "1/2"), ("p", "b", "2/2"), ("q", "a", "1/2")],
            problems: ["run q: share 2 of 2 is missing"]),
        Row(
            story: "two runs, both short of the same", sources: [("p", "a", "1/2"), ("q", "a", "1/2")],
            problems: [
                "run p: share 2 of 2 is missing", "run q: share 2 of 2 is missing",
            ]),
        Row(
            story: "more are missing than a sentence names", sources: [("r", "a", "1/13")],
            problems: [
                "shares 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 2 more of 13 are missing"
            ]),
        Row(story: "a source whose start has not come", sources: [("r", "a", "")], problems: []),
    ]

    private static func sources(_ row: Row) -> [Summary.Source] {
        row.sources.map { run, source, share in
            Summary.Source(
                key: SourceKey(runID: run, source: source), isComplete: true, gaps: 0, duplicates: 0,
                reason: .completed,
                signal: 0, message: "", segment: share, health: Health(), figures: ScenarioFigures())
        }
    }

    @Test(arguments: rows)
    func `the shares are the whole, or it is said what is wrong`(row: Row) {
        #expect(ShareCheck(Self.sources(row)).problems == row.problems)
    }

    @Test(arguments: rows)
    func `what is wrong with the shares fails the run, unless only some were meant to come`(row: Row) {
        for isPartial in [false, true] {
            let judgement = Judgement(
                sources: Self.sources(row), total: ScenarioFigures(), honesty: Honesty(scenarios: [], health: []),
                badLines: 0, isThresholdMissed: false, isPartial: isPartial)
            let isWrong = !isPartial && !row.problems.isEmpty
            #expect(judgement.exitStatus == (isWrong ? .badInput : .passed))
            #expect(judgement.verdict == (isWrong ? .fail : .pass))
        }
    }
}
