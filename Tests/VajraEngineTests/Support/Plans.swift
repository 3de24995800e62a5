// SPDX-License-Identifier: Apache-2.0

import VajraEngine
import VajraModel
import VajraPlan

/// The arrivals of a constant load, `arrivals("10/s", "1s")`, for a lane that owns all of them.
func arrivals(_ rate: String, _ length: String, _ process: ArrivalProcess = .even) throws -> ArrivalCursor {
    let phase = LoadPhase.constant(rate: try ArrivalRate(parsing: rate), for: try TimeSpan(parsing: length))
    return ArrivalCursor(try ArrivalPlan(phases: [phase], arrivals: process), share: .whole)
}

/// Milliseconds in nanoseconds.
func milliseconds(_ count: Int64) -> Int64 { count * 1_000_000 }

extension PlannedIteration: CustomStringConvertible {
    /// Index and instant, as failures print it.
    public var description: String { "\(index)@\(intendedStart)" }
}
