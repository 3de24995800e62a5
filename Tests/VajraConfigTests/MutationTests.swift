// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraConfig

/// SplitMix64 (Steele, Lea, Flood 2014), so that a failure can be had again.
private struct Random: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

struct MutationTests {
    private static let seedText = Array(
        """
        version: 1
        name: checkout
        labels: {team: "payments", env: staging}
        scenarios:
          browse: &b
            task:
              http: {url: "${TARGET:-http://h:1}/items", headers: {Accept: [a, 'b']}, expect: {status: [200, 300-399]}, timeout: 2s}
            load:
              - ramp: {from: 100/s, to: 10k/s, for: 30s}
              - constant: {rate: 10k/s, for: 2m}
            arrivals: {poisson: {seed: 7}}
            max_in_flight: 1000
          again: *b
          search:
            task: {command: {argv: [./search.py, "\\u00e9"], protocol: ndjson, processes: 4}}
            load: {closed: {concurrency: 8, iterations: 10}}
          own: {task: {custom: {a: b}}, load: [{pause: {for: 1s}}, {constant: {rate: 1/s, for: 1s}}]}
        snapshots: {every: 1s}
        """.utf8)

    private static let pieces: [[UInt8]] = [
        "\n", "  ", "\t", "- ", ": ", "{", "}", "[", "]", "\"", "'", "#", "&b ", "*b", "!", "|\n", ">", "%", "@", "`",
        "---\n", "...\n", "<<: *b", "? ", "${", "$${", "}", "${file:x}", "${file:secret}", "\\u", "\\ud83d\\ude00", "0",
        "-1", "1e9", "999999999999999999999",
        "null", "~", "\u{FEFF}", "\u{2028}", "\u{85}", "é", "😀", "\0", "\u{1B}", "\r", "version: 1\n",
    ].map { Array($0.utf8) }

    @Test(arguments: 0..<20)
    func `a thousand mutations end in a config or in faults within the text`(_ part: Int) throws {
        var random = Random(state: UInt64(part))
        var (accepted, judged) = (0, 0)
        for _ in 0..<1000 {
            var bytes = Self.seedText
            for _ in 0..<Int.random(in: 1...4, using: &random) { Self.mutate(&bytes, &random) }
            var reader = ConfigReader.forTests()
            do throws(InvalidConfig) {
                let config = try reader.read(bytes, file: "c")
                accepted += 1
                // What is accepted is whole: it can be written, and read again unless a secret is missing from it.
                if config.disguises.isEmpty { #expect(try reader.read(config.json(), file: "again") == config) }
            } catch {
                judged +=
                    error.diagnostics.contains { $0.message.contains("must") || $0.message.contains("key") } ? 1 : 0
                #expect(!error.diagnostics.isEmpty)
                #expect(
                    error.diagnostics.allSatisfy { $0.place.line >= 1 && $0.place.column >= 1 && $0.place.file == "c" })
                #expect(error.diagnostics.allSatisfy { !$0.description.utf8.contains { $0 < 0x20 } })
            }
        }
        // Otherwise only the outermost checks would be tried.
        #expect(accepted > 20)
        #expect(judged > 200)
    }

    private static func mutate(_ bytes: inout [UInt8], _ random: inout Random) {
        guard let start = bytes.indices.randomElement(using: &random) else { return }
        let end = min(bytes.count, start + Int.random(in: 1...8, using: &random))
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<5: bytes[start] = UInt8.random(in: 0...255, using: &random)
        case 5..<15: bytes[start] ^= 1 << UInt8.random(in: 0..<7, using: &random)
        case 15..<25: bytes.removeSubrange(start..<end)
        case 25..<40: bytes.insert(contentsOf: pieces.randomElement(using: &random)!, at: start)
        case 40..<50:
            bytes.insert(contentsOf: bytes[start..<end], at: Int.random(in: 0...bytes.count, using: &random))
        case 50: bytes.removeSubrange(start...)
        default:
            // One word for another, which most often leaves the form whole and the meaning not.
            let other = bytes[word(at: bytes.indices.randomElement(using: &random)!, in: bytes)]
            bytes.replaceSubrange(word(at: start, in: bytes), with: Array(other))
        }
    }

    private static func word(at index: Int, in bytes: [UInt8]) -> Range<Int> {
        func isPart(_ byte: UInt8) -> Bool { Character(Unicode.Scalar(byte)).isLetter || (0x2D...0x39).contains(byte) }
        let start = bytes[..<index].lastIndex { !isPart($0) }.map { $0 + 1 } ?? 0
        return start..<(bytes[index...].firstIndex { !isPart($0) } ?? bytes.count)
    }
}
