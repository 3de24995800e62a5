// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraModel

@Suite struct RunIDTests {
    @Test func `a new id has the layout of RFC 9562, version 7`() {
        // The RFC's own example, appendix A.6: 2022-02-22T19:22:22.000Z.
        let id = RunID(unixMilliseconds: 0x017F_22E2_79B0, random: (0xCC3, 0x18C4_DC0C_0C07_398F))
        #expect(id.description == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f")
        #expect(id.short == "017f22e2")
    }

    @Test(arguments: [0, UInt64.max])
    func `version and variant stand whatever the random bits are`(bits: UInt64) {
        let characters = Array(RunID(unixMilliseconds: bits, random: (bits, bits)).description)
        #expect(characters.count == 36)
        #expect(characters[14] == "7")
        #expect("89ab".contains(characters[19]))
        #expect([8, 13, 18, 23].allSatisfy { characters[$0] == "-" })
    }

    @Test func `ids sort by their time`() {
        let earlier = RunID(unixMilliseconds: 0xFFF, random: (.max, .max))
        let later = RunID(unixMilliseconds: 0x1000, random: (0, 0))
        #expect(earlier.description < later.description)
    }

    @Test func `a new id is one that a user may give`() {
        let id = RunID(unixMilliseconds: 1_700_000_000_000, random: (1, 2))
        #expect(RunID(id.description) == id)
    }

    @Test(arguments: ["a", "nightly-2026.01.01_3:b", String(repeating: "x", count: 128)])
    func `a user's own id is kept as it is`(text: String) {
        #expect(RunID(text)?.description == text)
    }

    @Test(arguments: ["", " ", "a b", "a/b", "é", "a\n", "a\u{0}", String(repeating: "x", count: 129)])
    func `an id that would break a path or a line is refused`(text: String) {
        #expect(RunID(text) == nil)
    }
}

@Suite struct MonotonicInstantTests {
    private func at(_ nanoseconds: Int64) -> MonotonicInstant { MonotonicInstant(nanoseconds: nanoseconds) }

    @Test func `instants are ordered, and differ by signed nanoseconds`() {
        #expect(at(1) < at(2))
        #expect(at(7).nanoseconds(since: at(5)) == 2)
        #expect(at(5).nanoseconds(since: at(7)) == -2)
        #expect(at(5).advanced(byNanoseconds: -3) == at(2))
    }

    @Test func `nothing is later than the distant future`() {
        #expect(at(5).advanced(byNanoseconds: .max) == .distantFuture)
        #expect(MonotonicInstant.distantFuture.advanced(byNanoseconds: 1) == .distantFuture)
    }
}
