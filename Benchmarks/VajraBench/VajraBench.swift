// SPDX-License-Identifier: Apache-2.0

import Glibc
import VajraSystem

/// Measures parts of VajraPulse by themselves; Benchmarks/run builds and calls it.
@main
struct VajraBench {
    static let usage = """
        usage: vajra-bench [NAME]                  every benchmark whose name holds NAME, as tab-separated lines
               vajra-bench flight COUNT SECONDS on|off
                                                   COUNT iterations in flight, recorded or not

        """

    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst()
        if arguments.first == "flight" {
            let rest = Array(arguments.dropFirst())
            guard rest.count == 3, let count = Int64(rest[0]), let seconds = Int64(rest[1]),
                count > 0, seconds > 1, ["on", "off"].contains(rest[2])
            else { fail() }
            return try Flight.run(count: count, seconds: seconds, isRecorded: rest[2] == "on")
        }
        guard arguments.count <= 1, arguments.first?.hasPrefix("-") != true else { fail() }
        try measureAll(holding: arguments.first ?? "")
    }

    private static func measureAll(holding name: String) throws {
        print("benchmark\tns\tslowest/quickest\tallocations")
        let benchmarks = MetricsBenchmarks.all + ScheduleBenchmarks.all + ContentionBenchmarks.all
        for benchmark in benchmarks where benchmark.name.contains(name) { show(try benchmark.measure()) }
        guard EngineBenchmarks.names.contains(where: { $0.contains(name) }) else { return }
        for measurement in try EngineBenchmarks.measure() where measurement.name.contains(name) { show(measurement) }
    }

    private static func show(_ measurement: Measurement) {
        let allocations = measurement.allocations.isNaN ? "-" : "\(rounded(measurement.allocations))"
        print(
            "\(measurement.name)\t\(rounded(measurement.nanoseconds))\t\(rounded(measurement.spread))\t\(allocations)")
    }

    private static func fail() -> Never {
        try? FileDescriptor.standardError.writeAll(usage)
        exit(64)
    }
}

/// Two digits after the point.
func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }
