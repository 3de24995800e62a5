// SPDX-License-Identifier: Apache-2.0

/// How arrivals are spread around the planned rate.
package enum ArrivalProcess: Hashable, Sendable {
    /// Evenly: at a constant rate every gap is the same.
    case even
    /// As independent users arrive: a Poisson process, the same instants for the same seed on every machine.
    case poisson(seed: UInt64)
}
