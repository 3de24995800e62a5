// SPDX-License-Identifier: Apache-2.0

import VajraModel

extension LoadSchema {
    static let closed = ConfigType<LoadConfig>.choice(
        [
            ConfigCase("closed", details, make: \.load) {
                if case .closed(let concurrency, let thinkTime, let duration, let iterations) = $0 {
                    Closed(
                        concurrency: concurrency, thinkTime: thinkTime, duration: duration, iterations: iterations)
                } else {
                    nil
                }
            }
        ],
        example: "{closed: {concurrency: 64, for: 30s}}")

    private static let details = ConfigType.mapping(
        Closed(),
        [
            .required("concurrency", .integer(1...10_000_000, example: 64), \.concurrency),
            .optional("think_time", .length(example: "100ms"), \.thinkTime),
            .optional("for", .positiveLength(), \.duration),
            .optional("iterations", .integer(1...(1 << 53), example: 1000), \.iterations),
        ],
        example: "{concurrency: 64, for: 30s}",
        finish: { node, closed, reading in
            guard closed.duration == nil, closed.iterations == nil else { return }
            reading.fault(
                "the closed load has no end", at: node.place, hint: "add \"for: 30s\", \"iterations: 1000\", or both")
        })

    private struct Closed {
        var concurrency = 1
        var thinkTime = TimeSpan.zero
        var duration: TimeSpan?
        var iterations: UInt64?

        var load: LoadConfig {
            .closed(concurrency: concurrency, thinkTime: thinkTime, duration: duration, iterations: iterations)
        }
    }
}
