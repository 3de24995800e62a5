// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import VajraMetrics

/// Damages valid encodings at random in each of their layers; whatever comes out, nothing may trap.
@Suite struct HistogramFuzzTests {
    static let mutations = 10_000

    static let sources = Spread.allCases.map { Histogram($0.values(40, seed: 11)) } + [Histogram()]

    /// Changes, inserts, repeats or removes a few bytes.
    static func damage(_ bytes: inout [UInt8], using generator: inout SplitMix) {
        for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
            let place = bytes.indices.randomElement(using: &generator)!
            switch Int.random(in: 0..<6, using: &generator) {
            case 0: bytes[place] = .random(in: 0...255, using: &generator)
            case 1: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            case 2: bytes.insert(.random(in: 0...255, using: &generator), at: place)
            case 3: bytes.remove(at: place)
            case 4: bytes.removeLast(bytes.count - place)
            default: bytes.append(contentsOf: bytes[place...].prefix(40))
            }
        }
    }

    /// Decodes; what is accepted must survive another round. Returns whether it was.
    static func survives(
        _ text: [UInt8], _ encoder: inout HistogramEncoder, _ decoder: inout HistogramDecoder
    ) throws -> Bool {
        guard let histogram = try? text.withUnsafeBytes({ try decoder.decode(base64: $0) }) else { return false }
        var again: [UInt8] = []
        try encoder.append(histogram, to: &again)
        #expect(try again.withUnsafeBytes { try decoder.decode(base64: $0) } == histogram)
        #expect(histogram.value(atQuantile: 0.99) <= histogram.max)
        return true
    }

    @Test func `random bytes in the text never trap`() throws {
        var encoder = HistogramEncoder()
        var decoder = HistogramDecoder()
        var generator = SplitMix(seed: 1)
        let texts = try Self.sources.map { try $0.encodedBase64() }
        for round in 0..<Self.mutations {
            var text = texts[round % texts.count]
            Self.damage(&text, using: &generator)
            _ = try Self.survives(text, &encoder, &decoder)
        }
    }

    @Test func `random bytes below base64 never trap`() throws {
        var encoder = HistogramEncoder()
        var decoder = HistogramDecoder()
        var generator = SplitMix(seed: 2)
        let envelopes = try Self.sources.map { source in
            var bytes: [UInt8] = []
            try source.encodedBase64().withUnsafeBytes { try Base64.decode($0, into: &bytes) }
            return bytes
        }
        for round in 0..<Self.mutations {
            var bytes = envelopes[round % envelopes.count]
            Self.damage(&bytes, using: &generator)
            _ = try Self.survives(Envelope.base64(bytes), &encoder, &decoder)
        }
    }

    @Test func `random bytes below deflate never trap, and most of them change the counts only`() throws {
        var encoder = HistogramEncoder()
        var decoder = HistogramDecoder()
        var generator = SplitMix(seed: 3)
        let payloads = try Self.sources.map { source in
            var bytes: [UInt8] = []
            try source.appendHeaderAndCounts(to: &bytes)
            return Array(bytes.dropFirst(HistogramFormat.headerSize))
        }
        var accepted = 0
        for round in 0..<Self.mutations {
            var counts = payloads[round % payloads.count]
            Self.damage(&counts, using: &generator)
            let envelope = Envelope(counts: counts)
            if round.isMultiple(of: 4) {
                // Every fourth also lies in its header.
                var header = envelope.header
                Self.damage(&header, using: &generator)
                _ = try Self.survives(envelope.text(inflated: header + counts), &encoder, &decoder)
            } else if try Self.survives(envelope.text, &encoder, &decoder) {
                accepted += 1
            }
        }
        #expect(accepted > Self.mutations / 4, "the damage must reach past the checks of the outer layers")
    }
}
