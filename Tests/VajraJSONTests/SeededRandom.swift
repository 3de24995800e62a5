// SPDX-License-Identifier: Apache-2.0

import Foundation
import VajraJSON

/// SplitMix64: the same numbers for the same seed on every machine. `VAJRA_TEST_SEED` replays or varies a run.
struct SeededRandom: RandomNumberGenerator {
    let seed: UInt64
    private var state: UInt64

    init(stream: UInt64 = 0) {
        let given = ProcessInfo.processInfo.environment["VAJRA_TEST_SEED"].flatMap { UInt64($0) }
        seed = given ?? 20_260_101
        state = seed &+ stream &* 0xD1B5_4A32_D192_ED03
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func below(_ bound: Int) -> Int {
        Int(next() % UInt64(bound))
    }

    mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[below(elements.count)]
    }
}

extension SeededRandom {
    /// A string that visits every path of both string loops: plain, escaped, controls, 2 to 4 bytes, word borders.
    mutating func string() -> String {
        let scalars: [ClosedRange<UInt32>] = [
            0x20...0x7E, 0x20...0x7E, 0x20...0x7E, 0x00...0x1F, 0x22...0x22, 0x5C...0x5C, 0x7F...0x7FF,
            0x800...0xD7FF, 0xE000...0xFFFF, 0x1_0000...0x10_FFFF,
        ]
        let isPlain = below(2) == 0
        var string = ""
        for _ in 0..<below(24) {
            let range = isPlain ? scalars[0] : pick(scalars)
            let value = range.lowerBound + UInt32(below(range.count))
            // Foundation drops U+FEFF behind an escape, as if a text began there; GrammarRows has it instead.
            string.unicodeScalars.append(value == 0xFEFF ? "?" : Unicode.Scalar(value) ?? "?")
        }
        return string
    }

    mutating func double() -> Double {
        switch below(4) {
        case 0: Double(below(2_000_000) - 1_000_000)
        case 1: Double(below(1_000_000)) / 1000
        case 2: Double(next() >> 11) * 0x1p-53
        default: anyFiniteDouble()
        }
    }

    mutating func integer() -> Int64 {
        let bits = Int64(truncatingIfNeeded: next())
        return bits >> Int64(below(64))
    }

    private mutating func anyFiniteDouble() -> Double {
        while true {
            let value = Double(bitPattern: next())
            if value.isFinite { return value }
        }
    }

    /// A tree with distinct keys in each object, so that readers into dictionaries lose none.
    mutating func value(depth: Int) -> JSONValue {
        switch below(depth > 0 ? 9 : 7) {
        case 0: .null
        case 1: .bool(below(2) == 0)
        case 2, 3: .int(integer())
        case 4: .double(double())
        case 5, 6: .string(string())
        case 7: .array((0..<below(4)).map { _ in value(depth: depth - 1) })
        default: object(members: below(4), depth: depth - 1)
        }
    }

    mutating func object(members: Int, depth: Int) -> JSONValue {
        .object((0..<members).map { ("\($0)" + string(), value(depth: depth)) })
    }
}
