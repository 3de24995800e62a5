// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraModel
import VajraPlan

@Suite struct PlanErrorTests {
    @Test func `loads that cannot be planned are refused with the phase to blame`() throws {
        let refused: [([LoadPhase], PlanError)] = [
            ([], .noPhases),
            ([try constant("1/s", "0s")], .zeroLengthPhase(0)),
            ([try constant("1/s", "1s"), try pause("0s")], .zeroLengthPhase(1)),
            ([try pause("8760h"), try pause("1ns")], .tooLong(phase: 1)),
            ([try pause("2562047h")], .tooLong(phase: 0)),
            ([try constant("1G/s", "9007199254740993ns")], .tooManyArrivals(phase: 0)),
            ([try constant("1G/s", "2000h"), try ramp("0/s", "1G/s", "2000h")], .tooManyArrivals(phase: 1)),
            ([try constant("1/9223372036854775807ns", "1s")], .ratesTooFine(phase: 0)),
            ([try constant("1/1000000007ns", "1s"), try constant("1/3000000019ns", "1s")], .ratesTooFine(phase: 1)),
        ]
        for (phases, expected) in refused {
            #expect(throws: expected) { try ArrivalPlan(phases: phases, arrivals: .even) }
        }
    }

    @Test func `an error tells what is wrong and what to do, counting phases from one`() {
        #expect(
            PlanError.zeroLengthPhase(1).description
                == "phase 2 of the load lasts no time; give it a length, such as for: 30s, or leave it out")
        let others: [PlanError] = [
            .noPhases, .tooLong(phase: 0), .tooManyArrivals(phase: 0), .ratesTooFine(phase: 0),
            .concurrencyOutOfRange(0), .endless, .noSuchShare(offset: 1, stride: 1),
        ]
        #expect(Set(others.map(\.cause)).count == others.count)
        #expect(Set(others.map(\.remedy)).count == others.count)
    }

    @Test(
        arguments: [
            (0, 0), (1, 1), (5, 4), (0, (1 << 32) + 1), (.max, .max),
        ] as [(UInt64, UInt64)])
    func `shares that do not exist are refused`(offset: UInt64, stride: UInt64) {
        #expect(throws: PlanError.noSuchShare(offset: offset, stride: stride)) {
            try IterationShare(offset: offset, stride: stride)
        }
    }

    @Test(arguments: [(0, 0), (-1, 2), (2, 2), (0, Int.max), (.min, .min)])
    func `lanes that do not exist are refused`(lane: Int, lanes: Int) {
        #expect(throws: PlanError.self) { try IterationShare(of: .whole, lane: lane, of: lanes) }
    }
}
