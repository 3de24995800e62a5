// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraModel

@Suite struct SegmentTests {
    @Test(arguments: [("1/1", 1, 1), ("2/5", 2, 5), ("5/5", 5, 5), ("65536/65536", 65_536, 65_536)])
    func `a segment is read and printed as it is written`(text: String, index: Int, count: Int) throws {
        let segment = try Segment(parsing: text)
        #expect(segment == Segment(index: index, of: count))
        #expect(segment.description == text)
    }

    @Test(
        arguments: [
            ("", .empty, 0),
            ("2", .missingUnit, 1),
            ("/5", .notANumber, 0),
            ("2/", .notANumber, 2),
            ("0/5", .outOfRange, 0),
            ("6/5", .outOfRange, 0),
            ("1/0", .outOfRange, 0),
            ("1.5/2", .notANumber, 0),
            ("-1/2", .negative, 0),
            ("1/65537", .tooLarge, 0),
            ("1/99999999999999999999", .tooLarge, 2),
            ("2/5x", .trailingText, 3),
        ] as [(String, UnitParseError.Code, Int)])
    func `a faulty segment is refused with its place`(text: String, code: UnitParseError.Code, offset: Int) throws {
        let error = try #require(throws: UnitParseError.self) { try Segment(parsing: text) }
        #expect(error.code == code)
        #expect(error.offset == offset)
    }

    @Test func `segments that do not exist cannot be made`() {
        #expect(Segment(index: 0, of: 1) == nil)
        #expect(Segment(index: 2, of: 1) == nil)
        #expect(Segment(index: 1, of: 65_537) == nil)
        #expect(Segment(index: 1, of: 1) == .whole)
    }

    @Test func `a phase tells its length and the rates at its ends`() throws {
        let (slow, fast) = (try ArrivalRate(parsing: "1/s"), try ArrivalRate(parsing: "9/s"))
        let ramp = LoadPhase.ramp(from: slow, to: fast, for: .seconds(3))
        #expect(ramp.length == .seconds(3) && ramp.firstRate == slow && ramp.lastRate == fast)
        let constant = LoadPhase.constant(rate: fast, for: .seconds(2))
        #expect(constant.length == .seconds(2) && constant.firstRate == fast && constant.lastRate == fast)
        let pause = LoadPhase.pause(for: .seconds(1))
        #expect(pause.length == .seconds(1) && pause.firstRate == .zero && pause.lastRate == .zero)
    }
}
