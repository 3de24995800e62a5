// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
package import VajraConfig
import VajraModel

extension LoadOptions {
    /// The flags as a load.
    ///
    /// - Throws: `ValidationError` naming the flag and the remedy.
    package func load() throws -> LoadConfig {
        if let maxInFlight, maxInFlight < 1 { throw ValidationError("--max-in-flight must be at least 1.") }
        if let concurrency { return try closedLoad(concurrency) }
        if thinkTime != nil || count != nil {
            throw ValidationError("--think-time and --count belong to the closed model: give --concurrency too.")
        }
        let process: ArrivalProcess = arrivals == .even ? .even : .poisson(seed: seed)
        return .open(phases: try phases(), arrivals: process)
    }

    private func closedLoad(_ concurrency: Int) throws -> LoadConfig {
        guard rate == nil, ramp == nil, phase.isEmpty else {
            throw ValidationError(
                "--concurrency is the closed model; --rate, --ramp and --phase are the open one: give one of them.")
        }
        guard concurrency >= 1 else { throw ValidationError("--concurrency must be at least 1.") }
        if let duration, duration <= .zero { throw ValidationError("--for must be above 0.") }
        if count == 0 { throw ValidationError("--count must be at least 1.") }
        guard duration != nil || count != nil else {
            throw ValidationError("When should the load end? Give --for, such as --for 30s, or --count.")
        }
        return .closed(
            concurrency: concurrency, thinkTime: thinkTime ?? .zero, duration: duration, iterations: count)
    }

    private func phases() throws -> [LoadPhase] {
        guard phase.isEmpty else {
            guard rate == nil, ramp == nil, duration == nil else {
                throw ValidationError("--phase says it all: leave out --rate, --ramp and --for.")
            }
            return try phase.map(LoadOptions.parse(phase:))
        }
        guard let rate else {
            throw ValidationError("How much load? Give --rate, such as --rate 100/s, or --concurrency.")
        }
        guard rate > .zero else { throw ValidationError("--rate must be above 0, such as --rate 100/s.") }
        guard let duration else { throw ValidationError("How long? Give --for, such as --for 30s.") }
        guard duration > .zero else { throw ValidationError("--for must be above 0.") }
        let constant = LoadPhase.constant(rate: rate, for: duration)
        guard let ramp, ramp > .zero else { return [constant] }
        return [.ramp(from: .zero, to: rate, for: ramp), constant]
    }

    private static func parse(phase text: String) throws -> LoadPhase {
        let words = text.split(separator: " ").map(String.init)
        do throws(UnitParseError) {
            switch (words.first, words.count) {
            case ("constant", 3):
                return .constant(rate: try ArrivalRate(parsing: words[1]), for: try TimeSpan(parsing: words[2]))
            case ("ramp", 4):
                return .ramp(
                    from: try ArrivalRate(parsing: words[1]), to: try ArrivalRate(parsing: words[2]),
                    for: try TimeSpan(parsing: words[3]))
            case ("pause", 2): return .pause(for: try TimeSpan(parsing: words[1]))
            default: break
            }
        } catch {
            throw ValidationError("--phase '\(text)': \(error)")
        }
        throw ValidationError(
            "--phase '\(text)': write 'constant RATE DURATION', 'ramp FROM TO DURATION' or 'pause DURATION'.")
    }
}
