// SPDX-License-Identifier: Apache-2.0

import VajraModel

extension LoadSchema {
    static let closed = ConfigType<LoadConfig>.choice(
        [
            ConfigCase(
                "closed", "So many users, each of whom starts when its last iteration has ended.", details, make: \.load
            ) {
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
            .required("concurrency", "How many users there are.", .integer(1...10_000_000, example: 64), \.concurrency),
            .optional(
                "think_time", "Each user's pause between two iterations.", .length(example: "100ms"), \.thinkTime),
            .optional("for", "How long the load lasts.", .positiveLength(), \.duration),
            .optional(
                "iterations", "After how many iterations it ends.", .integer(1...(1 << 53), example: 1000), \.iterations
            ),
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
