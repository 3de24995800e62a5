// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraMetrics
import VajraModel
import VajraTestSupport
import VajraWire

@testable import VajraAggregate

@Suite struct AggregatorTests {
    @Test func `one whole source gives its own totals, and is complete`() throws {
        let summary = try summary(of: WrittenSource.whole("w1").lines)
        #expect(summary.name == "checkout" && summary.runID == "run-1" && summary.runCount == 1)
        #expect(summary.scenarios.map(\.name) == ["browse", "search"])
        #expect(summary.scenarios.map(\.figures.metrics.counts.started) == [35, 35])
        #expect(summary.total.metrics.counts.started == 70)
        #expect(summary.total.planTotal == 70)
        #expect(summary.duration == 3_000_000_000)
        #expect(summary.sources.map(\.isComplete) == [true])
        #expect(summary.sources.map(\.gaps) == [0])
        #expect(summary.sources.map(\.duplicates) == [0])
        #expect(summary.problems == [])
        #expect(summary.verdict == .pass)
    }

    @Test(arguments: 1...15 as ClosedRange<UInt64>)
    func `the order of the lines does not matter to the figures`(seed: UInt64) throws {
        let lines = [WrittenSource.whole("w1"), .whole("w2", inParts: true)].flatMap(\.lines)
        var random = SplitMix(seed: seed)
        let (straight, shuffled) = (try summary(of: lines), try summary(of: lines.shuffled(using: &random)))
        #expect(shuffled.total == straight.total)
        #expect(Set(shuffled.scenarios.map(\.name)) == Set(straight.scenarios.map(\.name)))
        for (name, figures) in straight.scenarios {
            #expect(shuffled.scenarios.first { $0.name == name }?.figures == figures)
        }
        #expect(shuffled.sources.map(\.key) == straight.sources.map(\.key))
        #expect(shuffled.sources.map(\.figures) == straight.sources.map(\.figures))
        #expect(shuffled.honesty.grade == straight.honesty.grade)
        #expect(shuffled.problems == straight.problems)
        #expect(shuffled.verdict == straight.verdict)
    }

    @Test func `scenarios are listed in the order of the plan, whatever line comes first`() throws {
        let lines = WrittenSource.whole("w1", scenarios: ["search", "browse"]).lines
        let reversed = try summary(of: lines.reversed())
        // The snapshot of `browse` is the last of each interval, and so the first one here but for the end's.
        let shuffled = try summary(of: [lines[2], lines[1]] + lines)
        #expect(shuffled.scenarios.map(\.name) == ["search", "browse"])
        #expect(reversed.scenarios.map(\.name) == ["search", "browse"])
    }

    @Test func `the figures of several sources are those of one that did it all`() throws {
        var all = WrittenSource("all")
        all.start(planned: 70)
        for count in [10, 10, 20, 20, 5, 5] as [UInt64] { all.second(count) }
        all.end()
        let merged = try summary(of: WrittenSource.whole("w1").lines + WrittenSource.whole("w2").lines)
        let single = try summary(of: all.lines)
        #expect(merged.total.metrics == single.total.metrics)
        #expect(merged.total.planTotal == single.total.planTotal)
        #expect(merged.total.maxInFlight == 2 * single.total.maxInFlight)
        #expect(merged.duration == 3_000_000_000, "they ran side by side")
        #expect(merged.total.achievedRate == 2 * single.total.achievedRate)
    }

    @Test func `runs that have the same source names are kept apart, and merged`() throws {
        let lines = WrittenSource.whole("w1", runID: "run-2").lines + WrittenSource.whole("w1", runID: "run-1").lines
        let summary = try summary(of: lines)
        #expect(summary.runCount == 2)
        #expect(summary.runID == "run-1", "the first in order, not in coming")
        #expect(summary.sources.map(\.key.runID) == ["run-1", "run-2"])
        #expect(summary.sources.map(\.duplicates) == [0, 0])
        #expect(summary.total.metrics.counts.started == 140)
    }

    @Test func `a line that comes twice is counted once`() throws {
        let lines = WrittenSource.whole("w1").lines
        let summary = try summary(of: lines + lines)
        #expect(summary.sources.map(\.duplicates) == [UInt64(lines.count)])
        #expect(summary.total == (try VajraAggregateTests.summary(of: lines)).total)
        #expect(summary.sources.map(\.isComplete) == [true])
        #expect(summary.verdict == .pass)
    }

    @Test func `a missing snapshot is a gap, and takes nothing from the figures of the end`() throws {
        var lines = WrittenSource.whole("w1").lines
        lines.remove(at: 3)
        let summary = try summary(of: lines)
        #expect(summary.sources.map(\.gaps) == [1])
        #expect(summary.sources.map(\.isComplete) == [false])
        #expect(summary.total.metrics.counts.started == 70)
        #expect(summary.problems == ["1 lines of source w1 are missing"])
        #expect(summary.exitStatus == .badInput)
    }

    @Test func `without its end a source has the figures of its snapshots`() throws {
        let lines = WrittenSource.whole("w1").lines.dropLast()
        let summary = try summary(of: Array(lines))
        #expect(summary.total.metrics.counts.started == 70)
        #expect(summary.duration == 3_000_000_000)
        #expect(summary.sources.map(\.isComplete) == [false])
        #expect(summary.sources.map(\.health.elapsed) == [3_000_000_000])
        #expect(summary.verdict == .fail)
        #expect(summary.exitStatus == .runFailed)
    }

    @Test func `without its end and some snapshots a source has the figures of those that came`() throws {
        var lines = Array(WrittenSource.whole("w1").lines.dropLast())
        lines.removeSubrange(3...4)
        let summary = try summary(of: lines)
        #expect(summary.sources.map(\.gaps) == [2])
        #expect(summary.total.metrics.counts.started == 30)
    }

    @Test func `an end in parts counts when all of them have come`() throws {
        let lines = WrittenSource.whole("w1", inParts: true).lines
        #expect(try summary(of: lines).sources.map(\.isComplete) == [true])
        #expect(try summary(of: lines).total == (try summary(of: WrittenSource.whole("w1").lines)).total)
        for part in [lines.count - 1, lines.count - 2] {
            var some = lines
            some.remove(at: part)
            let summary = try summary(of: some)
            #expect(summary.sources.map(\.reason) == [nil])
            #expect(summary.total.metrics.counts.started == 70, "as the snapshots say")
        }
    }

    @Test func `a source that announces more lines than came is not complete`() throws {
        var source = WrittenSource("w1")
        source.start()
        source.second(3)
        source.end()
        var lines = source.lines
        guard case .runEnded(var end) = lines[lines.count - 1].body else { return }
        end.lines.append(("iteration", 2))
        lines[lines.count - 1].body = .runEnded(end)
        #expect(try summary(of: lines).sources.map(\.gaps) == [2])
    }

    @Test func `lines of unknown types are counted, and those of types reserved for others are not`() throws {
        var source = WrittenSource("w1")
        for type in ["telemetry", "span", "aggregate", "summary", "telemetry"] { source.write(.other(type)) }
        let summary = try summary(of: source.lines)
        #expect(summary.unknownLines == 2)
        #expect(summary.sources.map(\.gaps) == [0])
    }

    @Test func `nothing at all is a summary of nothing`() throws {
        let aggregator = Aggregator()
        #expect(aggregator.isEmpty)
        #expect(aggregator.summary().sources.isEmpty)
    }

    @Test func `each source is complete when its own end has come`() throws {
        var aggregator = Aggregator()
        let (first, second) = (WrittenSource.whole("w1").lines, WrittenSource.whole("w2").lines)
        for line in first + second.dropLast() { try aggregator.take(line.envelope, line.body) }
        #expect(aggregator.summary().sources.map(\.isComplete) == [true, false])
        try aggregator.take(second.last!.envelope, second.last!.body)
        #expect(aggregator.summary().sources.map(\.isComplete) == [true, true])
    }

    @Test func `a source with scenarios beyond the limit is refused, and what it said before stays`() throws {
        var source = WrittenSource("w1", scenarios: (0..<256).map { "s\($0)" })
        source.second(1)
        var aggregator = Aggregator()
        for line in source.lines { try aggregator.take(line.envelope, line.body) }
        var more = WrittenSource("w1", scenarios: ["one more"])
        more.second(1)
        let line = Envelope(runID: "run-1", source: "w1", sequence: 999)
        #expect(throws: WireError.self) { try aggregator.take(line, more.lines[0].body) }
        source.second(1)
        for line in source.lines.suffix(256) { try aggregator.take(line.envelope, line.body) }
        #expect(aggregator.summary().total.metrics.counts.started == 512)
    }

    // MARK: Hostile figures

    /// The largest number that a line may hold.
    private static let largest: UInt64 = 1 << 53

    @Test func `plans and line counts as large as a line may hold do not end the process`() throws {
        var lines: [WrittenSource.Line] = []
        for name in ["w1", "w2", "w3"] {
            var source = WrittenSource(name)
            source.start(planned: Self.largest)
            source.end()
            lines += source.lines
            guard case .runEnded(var end) = source.lines[1].body else { return }
            end.lines = [("log", Self.largest), ("event", Self.largest)]
            (end.health.logsDropped, end.health.spansDropped) = (Self.largest, Self.largest)
            lines[lines.count - 1].body = .runEnded(end)
        }
        let summary = try summary(of: lines)
        #expect(summary.total.planTotal == 6 * Self.largest)
        #expect(summary.sources.map(\.gaps) == Array(repeating: 2 * Self.largest - 2, count: 3))
    }

    @Test func `an interval as late as a line may say does not end the process`() throws {
        var source = WrittenSource("w1")
        source.second(1)
        guard case .snapshot(var snapshot) = source.lines[0].body else { return }
        (snapshot.startUnixMicroseconds, snapshot.endUnixMicroseconds) = (0, Int64(Self.largest))
        let summary = try summary(of: [(source.lines[0].envelope, .snapshot(snapshot))])
        #expect(summary.duration == Int64(Self.largest) * 1000)
    }

    @Test(arguments: [true, false])
    func `many sources add up as few do, whether their ends have come or not`(hasEnds: Bool) throws {
        var sources: [WrittenSource] = []
        for number in 0..<40 {
            var source = WrittenSource("s\(number)")
            source.start()
            for count in [UInt64(number), 0, 7] { source.second(count) }
            if hasEnds { source.end() }
            sources.append(source)
        }
        // Line by line, so that every source speaks again after all others have.
        let rounds = (0..<sources[0].lines.count).flatMap { line in sources.map { $0.lines[line] } }
        let merged = try summary(of: rounds)
        var total = ScenarioMetrics()
        for part in sources { total.merge(try summary(of: part.lines).total.metrics) }
        #expect(merged.total.metrics == total)
        #expect(merged.total.metrics.counts.started == UInt64(2 * (40 * 39 / 2 + 40 * 7)))
        #expect(merged.sources.map(\.isComplete) == sources.map { _ in hasEnds })
    }
}
