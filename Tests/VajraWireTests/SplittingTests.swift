// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraMetrics
import VajraTestSupport
import VajraWire

struct SplittingTests {
    /// A histogram with a count in every bucket up to one hour, each of them hard to compress.
    private static func crowded(seed: UInt64) -> Histogram {
        var random = SplitMix(seed: seed)
        var histogram = Histogram()
        var value: UInt64 = 0
        while value <= Histogram.highestTrackableValue {
            histogram.record(value, count: UInt64.random(in: 1...1 << 40, using: &random))
            // A bucket is one value wide below 2048, and at most 1/1024 of its value above.
            value += max(1, value >> 11)
        }
        return histogram
    }

    private static let crowdedMetrics: ScenarioMetrics = {
        var metrics = Sample.metrics
        metrics.responseTime = crowded(seed: 1)
        metrics.serviceTime = crowded(seed: 2)
        metrics.lag = crowded(seed: 3)
        metrics.pacingLag = crowded(seed: 4)
        return metrics
    }()

    @Test func `four histograms with every bucket filled fit in lines of at most 60 KiB that add up exactly`() throws {
        var filled = 0
        Self.crowdedMetrics.responseTime.forEachBucket { _, _, _ in filled += 1 }
        #expect(filled > 33_000)

        var snapshot = Sample.snapshot
        snapshot.metrics = Self.crowdedMetrics
        let lines = try encoded([.snapshot(snapshot)])
        #expect(lines.count > 1)
        #expect(lines.allSatisfy { $0.count <= WireFormat.lineLimit && $0.last == UInt8(ascii: "\n") })

        var pieces: [Snapshot] = []
        for (number, line) in lines.enumerated() {
            let (envelope, body) = try decoded(line)
            #expect(envelope.sequence == UInt64(number + 1))
            guard case .snapshot(let piece) = body else { throw WireError.missing("scenario") }
            pieces.append(piece)
        }
        #expect(joined(pieces) == snapshot)
        #expect(joined(pieces.reversed()) == snapshot, "the order of the pieces does not matter")
    }

    @Test func `an end with crowded histograms is split, and each part says how many parts and lines there are`() throws
    {
        var end = Sample.runEnded
        end.scenarios[0].metrics = Self.crowdedMetrics
        let lines = try encoded([.event(Sample.event), .runEnded(end)])
        #expect(lines.allSatisfy { $0.count <= WireFormat.lineLimit })
        let parts = try lines.dropFirst().map { line in
            guard case .runEnded(let part) = try decoded(line).1 else { throw WireError.missing("reason") }
            return part
        }
        try #require(parts.count > 1)
        #expect(joined(parts) == end)
        for (number, part) in parts.enumerated() {
            #expect(part.part == number + 1)
            #expect(part.parts == parts.count)
            #expect(part.lines.map(\.type) == ["event", "run_ended"])
            #expect(part.lines.map(\.count) == [1, UInt64(parts.count)])
        }
    }

    @Test func `a short end counts itself among the lines`() throws {
        let lines = try encoded([.snapshot(Sample.snapshot), .snapshot(Sample.snapshot), .runEnded(Sample.runEnded)])
        guard case .runEnded(let end) = try decoded(lines[2]).1 else { throw WireError.missing("reason") }
        #expect(end.lines.map(\.type) == ["snapshot", "run_ended"])
        #expect(end.lines.map(\.count) == [2, 1])
    }

    @Test func `a log line that cannot be split is refused, and costs no sequence number`() throws {
        var encoder = LineEncoder(runID: Sample.runID, source: "w1")
        var log = Sample.log
        log.body = String(repeating: "x", count: WireFormat.lineLimit)
        #expect(throws: WireError.self) { try encoder.encode(.log(log)) { _ in } }
        #expect(encoder.lineCounts.isEmpty)
        var line: [UInt8] = []
        try encoder.encode(.event(Sample.event)) { line = Array($0) }
        #expect(try decoded(line).0.sequence == 1)
    }

    @Test func `a line of exactly the limit is written, and one byte more is refused`() throws {
        var log = Sample.log
        log.body = ""
        let rest = WireFormat.lineLimit - (try encoded([.log(log)])[0].count)
        log.body = String(repeating: "x", count: rest)
        #expect(try encoded([.log(log)]).map(\.count) == [WireFormat.lineLimit])
        log.body += "x"
        #expect(throws: WireError.self) { try encoded([.log(log)]) }
    }

    @Test func `an end that cannot be split is refused rather than left out`() {
        var end = Sample.failedRunEnded
        end.message = String(repeating: "x", count: WireFormat.lineLimit)
        #expect(throws: WireError.self) { try encoded([.runEnded(end)]) }
    }

    @Test func `a failing sink ends the encoding with its own error`() {
        struct Full: Error {}
        var encoder = LineEncoder(runID: Sample.runID, source: "w1")
        #expect(throws: Full.self) { try encoder.encode(.event(Sample.event)) { _ throws(Full) in throw Full() } }
    }
}
