// SPDX-License-Identifier: Apache-2.0

import AllocationCount
import VajraSystem

/// What one operation costs.
struct Measurement {
    let name: String
    /// Thread CPU of the quickest round: what a busy machine adds is never less than nothing.
    let nanoseconds: Double
    /// The slowest round over the quickest.
    let spread: Double
    /// Allocations of one operation, in the last round.
    let allocations: Double
}

/// A part of the code that can be measured by itself.
struct Benchmark {
    let name: String
    /// Does the operation so many times.
    let run: (_ operations: Int) throws -> Void

    /// Rounds of at least 20 ms each, after one that warms up and finds how many operations that takes.
    func measure() throws -> Measurement {
        var operations = 1
        while try time(operations) < 20_000_000 { operations *= 2 }
        var quickest = Double.infinity
        var slowest = 0.0
        var allocations = 0.0
        for _ in 0..<9 {
            let before = vajra_allocations()
            let taken = Double(try time(operations)) / Double(operations)
            allocations = Double(vajra_allocations() - before) / Double(operations)
            quickest = min(quickest, taken)
            slowest = max(slowest, taken)
        }
        return Measurement(
            name: name, nanoseconds: quickest, spread: slowest / quickest, allocations: allocations)
    }

    private func time(_ operations: Int) throws -> Int64 {
        let begin = Clock.threadCPU()
        try run(operations)
        return Clock.threadCPU() - begin
    }
}

/// Keeps the optimiser from seeing that a value is not used.
@inline(never)
func consume<Value: ~Copyable>(_ value: borrowing Value) {}

/// Keeps the optimiser from seeing what a value is.
@inline(never)
func opaque<Value>(_ value: Value) -> Value { value }
