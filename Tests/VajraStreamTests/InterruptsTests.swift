// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraStream
import VajraModel

struct InterruptsTests {
    private static func instant(_ seconds: Int64) -> MonotonicInstant {
        MonotonicInstant(nanoseconds: seconds * 1_000_000_000)
    }

    @Test func `without any, and after the first, the reading goes on to its end`() {
        var interrupts = Interrupts()
        #expect(interrupts.first == nil)
        #expect(interrupts.end == .distantFuture)
        let isSecond = interrupts.take(2, at: Self.instant(10))
        #expect(!isSecond)
        #expect(interrupts.first == 2)
        #expect(interrupts.end == .distantFuture)
    }

    @Test func `after the second the generator has two seconds for its last words`() {
        var interrupts = Interrupts()
        _ = interrupts.take(15, at: Self.instant(10))
        let isSecond = interrupts.take(2, at: Self.instant(11))
        #expect(isSecond)
        #expect(interrupts.end == Self.instant(13))
        #expect(interrupts.first == 15, "the status is that of the first")
    }

    @Test(arguments: [(Int64(12), Int64(12)), (20, 13)])
    func `after the third the reading ends at once, and never later than it would have`(at: Int64, end: Int64) {
        var interrupts = Interrupts()
        _ = interrupts.take(2, at: Self.instant(10))
        _ = interrupts.take(2, at: Self.instant(11))
        let isSecond = interrupts.take(2, at: Self.instant(at))
        #expect(!isSecond, "only the second one asks to hurry")
        #expect(interrupts.end == Self.instant(end))
        _ = interrupts.take(2, at: Self.instant(30))
        #expect(interrupts.end == Self.instant(end))
    }
}
