// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraExport

@Suite struct SourceTests {
    private func line(_ sequence: Int, of source: String = "w", run: String = "r", type: String = "snapshot") -> String
    {
        #"{"type":"\#(type)","run_id":"\#(run)","source":"\#(source)","seq":\#(sequence)}"#
    }

    private func end(_ sequence: Int, parts: Int = 1) -> String {
        #"{"type":"run_ended","run_id":"r","source":"w","seq":\#(sequence),"parts":\#(parts)}"#
    }

    private func progress(_ lines: [String]) throws -> SourceProgress {
        let intake = LineIntake()
        for line in lines { _ = try intake.take(line) }
        return try #require(intake.sources.first)
    }

    @Test(arguments: [
        ("all lines", [1, 2, 3], true, 0),
        ("all lines in another order", [3, 1, 2], true, 0),
        ("one is missing", [1, 3], false, 1),
        ("the first is missing", [2, 3], false, 1),
        ("one came twice", [1, 2, 2, 3], false, 0),
        ("one came twice for one that did not", [1, 1, 3], false, 1),
        ("two came twice for two that did not", [1, 1, 2, 2, 5], false, 2),
    ])
    func `a source is complete when each line has come once`(
        story: String, numbers: [Int], isComplete: Bool, missing: UInt64
    ) throws {
        let lines = numbers.map { $0 == numbers.max() ? end($0) : line($0) }
        let progress = try progress(lines)
        #expect(progress.isComplete == isComplete, "\(story)")
        #expect(progress.missing == missing, "\(story)")
        #expect(progress.hasEnded)
    }

    @Test func `no set of up to eight numbers below nine passes for complete but the right ones`() throws {
        // Every multiset of numbers from 1 to 8 with at most eight members, by how often each number comes.
        var counts = [Int](repeating: 0, count: 8)
        var checked = 0
        func each(from place: Int, left: Int) throws {
            guard place < 8 else {
                checked += 1
                let numbers = counts.enumerated().flatMap { index, count in repeatElement(index + 1, count: count) }
                guard let highest = numbers.max() else { return }
                let isRight = numbers == Array(1...highest)
                let lines = numbers.enumerated().map {
                    $0.offset == numbers.count - 1 ? end($0.element) : line($0.element)
                }
                if try progress(lines).isComplete != isRight { Issue.record("\(numbers)") }
                return
            }
            for count in 0...min(left, 2) {
                counts[place] = count
                try each(from: place + 1, left: left - count)
            }
            counts[place] = 0
        }
        try each(from: 0, left: 8)
        #expect(checked > 1000)
    }

    @Test func `more gaps than are remembered never look complete`() throws {
        let intake = LineIntake()
        for number in 1...10_000 { _ = try intake.take(line(2 * number)) }
        for number in 1...10_000 { _ = try intake.take(line(2 * number - 1)) }
        _ = try intake.take(end(20_001))
        let progress = try #require(intake.sources.first)
        #expect(!progress.isComplete)
        #expect(progress.missing > 0)
        #expect(progress.highestSequence == 20_001)
    }

    @Test func `a source whose end is in two lines has ended with the second`() throws {
        #expect(try !progress([line(1), end(2, parts: 2)]).hasEnded)
        #expect(try progress([line(1), end(2, parts: 2), end(3, parts: 2)]).isComplete)
    }

    @Test func `the highest numbers a stream can have overflow nothing`() throws {
        let progress = try progress([line(1 << 53), line(1 << 53), end((1 << 53) - 1)])
        #expect(progress.missing == (1 << 53) - 2)
        #expect(progress.duplicates == 1)
        #expect(!progress.isComplete)
    }

    @Test func `runs and sources are told apart and kept in the order of their first lines`() throws {
        let intake = LineIntake()
        let runs = try [line(1, run: "b"), line(1, run: "a"), line(1, of: "v", run: "b"), line(2, run: "b")].map {
            try intake.take($0).run
        }
        #expect(runs == [0, 1, 0, 0])
        #expect(intake.runIDs == ["b", "a"])
        #expect(intake.sources.map(\.source) == ["w", "w", "v"])
        #expect(intake.sources.map(\.lines) == [2, 1, 1])
    }

    @Test func `sources beyond the limit are counted and no more`() throws {
        let intake = LineIntake()
        for number in 0..<LineIntake.sourceLimit + 10 {
            _ = try intake.take(line(1, of: "w\(number)", run: "r\(number)"))
        }
        #expect(intake.sources.count == LineIntake.sourceLimit)
        #expect(intake.runIDs.count == LineIntake.sourceLimit)
        #expect(intake.unattributedLines == 10)
    }

    @Test func `a tally adds lines as it adds tallies`() {
        let entries = [
            LineIntake.Entry(stream: .logs, run: 0, firstUnixMicroseconds: 5, lastUnixMicroseconds: 9),
            LineIntake.Entry(stream: .logs),
            LineIntake.Entry(stream: .logs, run: 1, firstUnixMicroseconds: 2, lastUnixMicroseconds: 3),
        ]
        var whole = LineTally()
        var sum = LineTally()
        for entry in entries {
            whole.add(entry, bytes: 10)
            var one = LineTally()
            one.add(entry, bytes: 10)
            sum.add(one)
        }
        #expect(whole == sum)
        #expect((whole.lines, whole.bytes, whole.runs) == (3, 30, [0, 1]))
        #expect((whole.firstUnixMicroseconds, whole.lastUnixMicroseconds) == (2, 9))
    }
}
