// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraTestSupport

import VajraWire

@Suite struct SequenceRangesTests {
    private func take(_ number: UInt64, into ranges: inout SequenceRanges) -> Bool { ranges.insert(number) }

    @Test func `before anything has come nothing is missing`() {
        #expect(SequenceRanges().missing == 0)
    }

    @Test func `numbers in order leave no gap`() {
        var ranges = SequenceRanges()
        for number in 1...1000 as ClosedRange<UInt64> { #expect(take(number, into: &ranges) == true) }
        #expect(ranges.missing == 0)
    }

    @Test func `numbers before the first that came are missing`() {
        var ranges = SequenceRanges()
        _ = ranges.insert(5)
        #expect(ranges.missing == 4)
    }

    @Test func `the largest number is one like any other`() {
        var ranges = SequenceRanges()
        #expect(take(.max, into: &ranges) == true)
        #expect(take(.max - 1, into: &ranges) == true)
        #expect(take(.max, into: &ranges) == false)
        #expect(take(1, into: &ranges) == true)
        #expect(ranges.missing == UInt64.max - 3)
    }

    @Test(arguments: 1...60 as ClosedRange<UInt64>)
    func `ranges say what a set says, whatever the order`(seed: UInt64) {
        var random = SplitMix(seed: seed)
        let highest = UInt64.random(in: 1...80, using: &random)
        var ranges = SequenceRanges()
        var oracle: Set<UInt64> = []
        for _ in 0..<200 {
            let number = UInt64.random(in: 1...highest, using: &random)
            let isNew = oracle.insert(number).inserted
            #expect(take(number, into: &ranges) == isNew)
            #expect(ranges.missing == oracle.max()! - UInt64(oracle.count))
        }
    }
}
