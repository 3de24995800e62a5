// SPDX-License-Identifier: Apache-2.0

/// Why a load cannot be planned. Phases are counted from 0 in the payload and from 1 in the text.
package enum PlanError: Error, Equatable, Sendable {
    /// There is nothing to plan.
    case noPhases
    /// A phase of no length, which could hold no arrival.
    case zeroLengthPhase(Int)
    /// With this phase the plan passes `ArrivalPlan.longestDuration`.
    case tooLong(phase: Int)
    /// With this phase the plan passes `ArrivalPlan.mostArrivals`.
    case tooManyArrivals(phase: Int)
    /// With this phase the rates have no common denominator below 2^61, so they cannot be added up exactly.
    case ratesTooFine(phase: Int)
    /// A closed load of fewer than one user, or of more than `ClosedPlan.mostConcurrency`.
    case concurrencyOutOfRange(Int)
    /// A closed load with neither a duration nor a number of iterations above zero, so that it would never end.
    case endless
    /// A share whose offset is not below its stride, or whose stride is outside 1 to `IterationShare.largestStride`.
    case noSuchShare(offset: UInt64, stride: UInt64)
    /// The course is to change before an instant at which it has already changed.
    case changeInThePast

    /// The phase that it is about, counted from 0; nil for the load as a whole.
    package var phase: Int? {
        switch self {
        case .zeroLengthPhase(let phase), .tooLong(let phase), .tooManyArrivals(let phase), .ratesTooFine(let phase):
            phase
        case .noPhases, .concurrencyOutOfRange, .endless, .noSuchShare, .changeInThePast: nil
        }
    }

    /// The same error, with its phase counted without the phase that the caller put before the user's.
    package var countedWithoutFirstPhase: PlanError {
        switch self {
        case .zeroLengthPhase(let phase): .zeroLengthPhase(max(0, phase - 1))
        case .tooLong(let phase): .tooLong(phase: max(0, phase - 1))
        case .tooManyArrivals(let phase): .tooManyArrivals(phase: max(0, phase - 1))
        case .ratesTooFine(let phase): .ratesTooFine(phase: max(0, phase - 1))
        case .noPhases, .concurrencyOutOfRange, .endless, .noSuchShare, .changeInThePast: self
        }
    }

    /// What is wrong, as a phrase without a full stop.
    package var cause: String {
        switch self {
        case .noPhases: "the load has no phases"
        case .zeroLengthPhase(let phase): "phase \(phase + 1) of the load lasts no time"
        case .tooLong(let phase): "with phase \(phase + 1) the load lasts over a year"
        case .tooManyArrivals(let phase): "with phase \(phase + 1) the load has over 2^53 arrivals"
        case .ratesTooFine(let phase): "the rate of phase \(phase + 1) has too fine a fraction beside the others"
        case .concurrencyOutOfRange(let count): "a concurrency of \(count) is out of range"
        case .endless: "the closed load has no end"
        case .noSuchShare(let offset, let stride): "there is no share \(offset) of \(stride)"
        case .changeInThePast: "the course has changed later than that already"
        }
    }

    /// What to do about it, as a phrase without a full stop.
    package var remedy: String {
        switch self {
        case .noPhases: "add one, such as constant: {rate: 100/s, for: 1m}"
        case .zeroLengthPhase: "give it a length, such as for: 30s, or leave it out"
        case .tooLong: "shorten it to 365 days (8760h) or less"
        case .tooManyArrivals: "lower the rate or shorten the phase"
        case .ratesTooFine: "write it with fewer digits, such as 33.3/s"
        case .concurrencyOutOfRange: "choose one from 1 to \(ClosedPlan.mostConcurrency)"
        case .endless: "give it a duration, a number of iterations, or both"
        case .noSuchShare: "shares of n go from 0 to n - 1, with n up to \(IterationShare.largestStride)"
        case .changeInThePast: "choose a later instant"
        }
    }
}

extension PlanError: CustomStringConvertible {
    package var description: String { "\(cause); \(remedy)" }
}
