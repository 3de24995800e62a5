// SPDX-License-Identifier: Apache-2.0

/// One stretch of an open-model load: the course of the arrival rate over a length of time.
package enum LoadPhase: Hashable, Sendable {
    /// The same rate throughout.
    case constant(rate: ArrivalRate, for: TimeSpan)
    /// A rate that changes linearly from one to the other.
    case ramp(from: ArrivalRate, to: ArrivalRate, for: TimeSpan)
    case pause(for: TimeSpan)

    /// How long the phase lasts.
    package var length: TimeSpan {
        switch self {
        case .constant(_, let length), .ramp(_, _, let length), .pause(let length): length
        }
    }

    /// The rate at its first instant.
    package var firstRate: ArrivalRate {
        switch self {
        case .constant(let rate, _), .ramp(let rate, _, _): rate
        case .pause: .zero
        }
    }

    /// The rate that it approaches at its end.
    package var lastRate: ArrivalRate {
        switch self {
        case .constant(let rate, _), .ramp(_, let rate, _): rate
        case .pause: .zero
        }
    }
}
