// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraTestSupport
import VajraWire

@testable import VajraAggregate

@Suite struct MixedRunsTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let story: String
        /// Run, source and share of each source, in the order in which they start; without a share its start is missing.
        let sources: [(run: String, source: String, share: String?)]
        /// The sources that are told of; empty when all are of one run.
        let mixed: [String]
        var testDescription: String { story }
    }

    static let rows: [Row] = [
        Row(story: "one source", sources: [("p", "a", "1/1")], mixed: []),
        Row(story: "one run on several machines", sources: [("p", "a", "1/1"), ("p", "b", "1/1")], mixed: []),
        Row(
            story: "the shares of one run", sources: [("p", "a", "1/3"), ("p", "b", "3/3"), ("p", "c", "2/3")],
            mixed: []),
        Row(story: "shares with run ids of their own", sources: [("p", "a", "1/3"), ("q", "b", "2/3")], mixed: []),
        Row(story: "two whole runs", sources: [("p", "a", "1/1"), ("q", "a", "1/1")], mixed: ["p a", "q a"]),
        Row(story: "a share and a whole", sources: [("p", "a", "1/2"), ("q", "b", "1/1")], mixed: ["p a", "q b"]),
        Row(
            story: "a run with an odd share, and another",
            sources: [("p", "a", "1/2"), ("p", "b", "1/3"), ("q", "c", "2/2")],
            mixed: ["p a", "q c"]),
        Row(
            story: "shares of different sizes", sources: [("p", "a", "1/2"), ("q", "b", "2/3")], mixed: ["p a", "q b"]),
        Row(story: "one share of two runs", sources: [("p", "a", "1/2"), ("q", "b", "1/2")], mixed: ["p a", "q b"]),
        Row(
            story: "the third run is too many", sources: [("p", "a", "1/2"), ("q", "b", "2/2"), ("r", "c", "2/2")],
            mixed: ["q b", "r c"]),
        Row(story: "a source whose start is missing", sources: [("p", "a", "1/1"), ("q", "b", nil)], mixed: []),
        Row(story: "one share twice in a run", sources: [("p", "a", "1/2"), ("p", "b", "1/2")], mixed: []),
    ]

    private func aggregator(_ row: Row) throws -> Aggregator {
        var aggregator = Aggregator()
        for (run, source, share) in row.sources {
            var written = WrittenSource(source, runID: run)
            if share != nil { written.start() } else { written.second(1) }
            for (envelope, body) in written.lines {
                guard case .runStarted(var line) = body, let share else {
                    try aggregator.take(envelope, body)
                    continue
                }
                line.segment = share
                try aggregator.take(envelope, .runStarted(line))
            }
        }
        return aggregator
    }

    @Test(arguments: rows)
    func `sources of several runs are told as soon as they start`(row: Row) throws {
        let aggregator = try aggregator(row)
        let mixed = aggregator.mixedRuns.map { [$0.first, $0.other].map { "\($0.runID) \($0.source)" } } ?? []
        #expect(mixed == row.mixed)
    }
}
