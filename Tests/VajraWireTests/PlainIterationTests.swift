// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraTestSupport
import VajraWire

/// A decoder that has read lines of the same source reads the next iteration by its form; a new one reads it as any JSON.
/// Both must say the same of every line.
struct PlainIterationTests {
    /// What a decoder says of a line.
    private enum Answer: Equatable {
        case line(Envelope, LineBody)
        case refused(WireError)
    }

    private static func answer(_ decoder: inout LineDecoder, _ line: some Sequence<UInt8>) -> Answer {
        let bytes = Array(line)
        return bytes.withUnsafeBytes { bytes in
            do throws(WireError) {
                let (envelope, body) = try decoder.decode(bytes)
                return .line(envelope, body)
            } catch {
                return .refused(error)
            }
        }
    }

    /// A decoder that knows how the lines of the samples' source begin.
    private static func experienced(from source: String = "w1") throws -> LineDecoder {
        var encoder = LineEncoder(runID: Sample.runID, source: source)
        var decoder = LineDecoder()
        for _ in 0..<3 {
            try encoder.encode(.iteration(Sample.success)) { line in _ = answer(&decoder, line.dropLast()) }
        }
        return decoder
    }

    private static func number(using random: inout SplitMix) -> UInt64 {
        UInt64.random(in: 0...1 << 53, using: &random) >> UInt64.random(in: 0..<54, using: &random)
    }

    private static func line(using random: inout SplitMix) throws -> [UInt8] {
        let words = ["a", "browse", "200", "-1", "x y", "é", "\"q\"", "\n", ""]
        func word() -> String { words.randomElement(using: &random)! }
        let iteration = IterationLine(
            scenario: word(), index: number(using: &random), intendedUnixMicroseconds: Int64(number(using: &random)),
            startedUnixMicroseconds: Int64(number(using: &random)),
            endedUnixMicroseconds: Int64(number(using: &random)),
            responseTime: Int64(number(using: &random)) * (random.next() % 8 == 0 ? -1 : 1),
            serviceTime: Int64(number(using: &random)), failure: Bool.random(using: &random) ? nil : word(),
            status: Bool.random(using: &random) ? nil : word(), bytesSent: number(using: &random),
            bytesReceived: number(using: &random))
        return try encoded([.iteration(iteration)])[0].dropLast()
    }

    @Test func `100 000 lines, whole and damaged, are read by their form as by the scanner`() throws {
        var random = SplitMix(seed: 11)
        var experienced = try Self.experienced()
        var whole = 0
        for round in 0..<100_000 {
            var line = try Self.line(using: &random)
            switch round % 5 {
            case 0, 1: break
            case 2: line[Int.random(in: line.indices, using: &random)] = UInt8.random(in: 0x20...0x7E, using: &random)
            case 3: line.remove(at: Int.random(in: line.indices, using: &random))
            default:
                let byte = [" ", "0", "9", ",", "\"", "}", "-", ".", "e"].randomElement(using: &random)!.utf8.first!
                line.insert(byte, at: Int.random(in: 0...line.count, using: &random))
            }
            var new = LineDecoder()
            let expected = Self.answer(&new, line)
            if case .line = expected { whole += 1 }
            let found = Self.answer(&experienced, line)
            guard found == expected else {
                Issue.record("\(String(decoding: line, as: UTF8.self)): \(found), not \(expected)")
                return
            }
        }
        #expect(whole > 40_000)
    }

    @Test(
        arguments: [
            #""seq":0,"#, #""seq":01,"#, #""seq":9007199254740993,"#, #""seq":99999999999999999999,"#, #""seq":1.0,"#,
            #""seq":1e3,"#, #""seq":-1,"#, #""seq": 7,"#, #""seq":,"#, #""seq":7,"seq":8,"#,
            #""seq":7,"run_id":"other","#,
        ])
    func `odd numbers and repeated keys mean what they mean to the scanner`(_ member: String) throws {
        let text = String(decoding: try encoded([.iteration(Sample.success)])[0].dropLast(), as: UTF8.self)
        let line = text.replacing(#""seq":1,"#, with: member)
        #expect(line != text)
        var experienced = try Self.experienced()
        var new = LineDecoder()
        #expect(Self.answer(&experienced, line.utf8) == Self.answer(&new, line.utf8))
    }

    @Test func `lines of several sources in turns keep their own source`() throws {
        var decoder = LineDecoder()
        let lines = try [(Sample.runID, "w1"), ("other", "w2")].map { run, source in
            var encoder = LineEncoder(runID: run, source: source)
            var lines: [[UInt8]] = []
            for _ in 0..<20 { try encoder.encode(.iteration(Sample.failure)) { lines.append(Array($0.dropLast())) } }
            return (run, source, lines)
        }
        for (turn, which) in [0, 0, 0, 1, 0, 0, 1, 1, 1, 0, 1, 0, 0, 0, 0, 1, 1, 1, 1].enumerated() {
            let (run, source, lines) = lines[which]
            let envelope = Envelope(runID: run, source: source, sequence: UInt64(turn + 1))
            #expect(Self.answer(&decoder, lines[turn]) == .line(envelope, .iteration(Sample.failure)))
        }
    }
}
