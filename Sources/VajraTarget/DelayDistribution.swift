// SPDX-License-Identifier: Apache-2.0

import Glibc
package import VajraModel

/// How long responses are held back: the same for all, or drawn for each.
package enum DelayDistribution: Sendable, Equatable {
    /// Always so long.
    case fixed(TimeSpan)
    /// Between the two, evenly distributed.
    case uniform(TimeSpan, TimeSpan)
    /// Exponential with this mean, like the times of a queue with one server.
    case exponential(mean: TimeSpan)
    /// Log-normal with this median and 99th percentile, like most real services.
    case logNormal(p50: TimeSpan, p99: TimeSpan)

    /// The ways to write one.
    package static let forms = "5ms, 1ms..10ms, exp:5ms or p50=5ms,p99=80ms"

    /// Reads one of the ``forms``; nil for anything else, and for bounds or percentiles in the wrong order.
    package init?(parsing text: String) {
        func span(_ text: Substring) -> TimeSpan? {
            guard let span = try? TimeSpan(parsing: String(text)), span >= .zero else { return nil }
            return span
        }
        if let dots = text.firstRange(of: "..") {
            guard let low = span(text[..<dots.lowerBound]), let high = span(text[dots.upperBound...]), low <= high
            else { return nil }
            self = .uniform(low, high)
        } else if text.hasPrefix("exp:") {
            guard let mean = span(text.dropFirst(4)) else { return nil }
            self = .exponential(mean: mean)
        } else if text.hasPrefix("p50="), let comma = text.firstRange(of: ",p99=") {
            guard let p50 = span(text[..<comma.lowerBound].dropFirst(4)), let p99 = span(text[comma.upperBound...]),
                p50 > .zero, p50 <= p99
            else { return nil }
            self = .logNormal(p50: p50, p99: p99)
        } else {
            guard let length = span(text[...]) else { return nil }
            self = .fixed(length)
        }
    }

    /// Whether nothing is ever held back.
    package var isNone: Bool { self == .fixed(.zero) }

    /// The next delay in nanoseconds, at most one hour.
    package func draw(_ random: inout some RandomNumberGenerator) -> Int64 {
        let nanoseconds: Double
        switch self {
        case .fixed(let length): return length.nanoseconds
        case .uniform(let low, let high): return Int64.random(in: low.nanoseconds...high.nanoseconds, using: &random)
        case .exponential(let mean): nanoseconds = -Double(mean.nanoseconds) * log(Self.unit(&random))
        case .logNormal(let p50, let p99):
            // ln x is normal: its median is ln p50, and its 99th percentile lies 2.326 deviations above.
            let deviation = log(Double(p99.nanoseconds) / Double(p50.nanoseconds)) / 2.326_347_874_040_841
            nanoseconds = Double(p50.nanoseconds) * exp(deviation * Self.normal(&random))
        }
        return Int64(min(nanoseconds, 3.6e12))
    }

    /// Above 0, at most 1.
    private static func unit(_ random: inout some RandomNumberGenerator) -> Double {
        1 - Double.random(in: 0..<1, using: &random)
    }

    /// A standard normal value (Box and Muller, 1958).
    private static func normal(_ random: inout some RandomNumberGenerator) -> Double {
        sqrt(-2 * log(unit(&random))) * cos(2 * .pi * unit(&random))
    }
}
