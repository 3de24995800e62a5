// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraModel
import VajraPlan

/// Phases as they read in a test: `constant("10/s", "1s")`.
func constant(_ rate: String, _ length: String) throws -> LoadPhase {
    .constant(rate: try ArrivalRate(parsing: rate), for: try TimeSpan(parsing: length))
}

func ramp(_ from: String, _ to: String, _ length: String) throws -> LoadPhase {
    .ramp(from: try ArrivalRate(parsing: from), to: try ArrivalRate(parsing: to), for: try TimeSpan(parsing: length))
}

func pause(_ length: String) throws -> LoadPhase { .pause(for: try TimeSpan(parsing: length)) }

func plan(_ arrivals: ArrivalProcess = .even, _ phases: LoadPhase...) throws -> ArrivalPlan {
    try ArrivalPlan(phases: phases, arrivals: arrivals)
}

/// Plans of every kind and joint, small enough to walk whole.
func assortedPlans() throws -> [ArrivalPlan] {
    let loads = [
        [try constant("10/s", "1s")],
        [try constant("7/m", "10m")],
        [try constant("99999.7/s", "100ms")],
        [try constant("1G/s", "20us")],
        [try constant("1/h", "3h")],
        [try constant("1/7ns", "50us"), try constant("1/11ns", "50us")],
        [try ramp("0/s", "1k/s", "5s")],
        [try ramp("1k/s", "0/s", "5s")],
        [try ramp("333.3/s", "77/s", "7s")],
        [try ramp("1/h", "1G/s", "10us")],
        [try ramp("0/s", "0/s", "1s"), try ramp("5/s", "5/s", "2s")],
        [try pause("1s"), try constant("2.5/s", "1s"), try pause("1s"), try constant("2.5/s", "1s"), try pause("1s")],
        [try constant("10/s", "1s"), try pause("1s"), try ramp("0/s", "5/s", "2s"), try constant("2.5/s", "1s")],
        [try ramp("0/s", "100/s", "3s"), try constant("100/s", "3s"), try ramp("100/s", "0/s", "3s"), try pause("1s")],
    ]
    return try loads.flatMap { phases in
        try [ArrivalProcess.even, .poisson(seed: 42)].map { try ArrivalPlan(phases: phases, arrivals: $0) }
    }
}

/// Everything that a share's cursor deals out.
func dealt(_ plan: ArrivalPlan, _ share: IterationShare = .whole, from time: Int64 = 0) -> [Arrival] {
    var cursor = ArrivalCursor(plan, share: share, from: time)
    var arrivals: [Arrival] = []
    while let next = cursor.next() { arrivals.append(Arrival(index: next.index, start: next.intendedStart)) }
    return arrivals
}

struct Arrival: Hashable {
    let index: UInt64
    let start: Int64
}
