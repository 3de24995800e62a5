// SPDX-License-Identifier: Apache-2.0

package import VajraConfig
package import ArgumentParser
import VajraCLI
package import VajraModel

/// The flags that say how iterations arrive.
package struct LoadOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Arrival rate of the open model, such as 500/s, 10k/s or 30/m.", valueName: "rate"))
    package var rate: ArrivalRate?

    @Option(
        name: .customLong("for"),
        help: ArgumentHelp("How long the load lasts, such as 30s or 2m30s.", valueName: "duration"))
    package var duration: TimeSpan?

    @Option(
        help: ArgumentHelp("Rise from 0 to --rate over this time first; it is added to --for.", valueName: "duration"))
    package var ramp: TimeSpan?

    @Option(
        help: ArgumentHelp(
            "A phase of the plan instead of --rate, --for and --ramp; repeat it: 'constant 10k/s 2m', 'ramp 0/s 10k/s 30s', 'pause 5s'.",
            valueName: "phase"))
    package var phase: [String] = []

    @Option(help: ArgumentHelp("Arrivals evenly spaced (even) or at random (poisson).", valueName: "process"))
    package var arrivals = ArrivalSpacing.even

    @Option(
        help: ArgumentHelp("The seed of random arrivals; the same seed gives the same instants.", valueName: "number"))
    package var seed: UInt64 = 1

    @Option(
        help: ArgumentHelp(
            "Closed model: so many users, each starting when its last iteration has ended.", valueName: "users"))
    package var concurrency: Int?

    @Option(help: ArgumentHelp("Closed model: each user's pause between iterations.", valueName: "duration"))
    package var thinkTime: TimeSpan?

    @Option(help: ArgumentHelp("Closed model: end after so many iterations.", valueName: "iterations"))
    package var count: UInt64?

    @Option(help: ArgumentHelp("At most so many iterations in flight (http 64, others 256).", valueName: "iterations"))
    package var maxInFlight: Int?

    @Option(help: ArgumentHelp("What arrivals do while that many are in flight: queue or drop.", valueName: "policy"))
    package var whenSaturated = SaturationConfig.queue

    /// How arrivals are spaced.
    package enum ArrivalSpacing: String, CaseIterable, ExpressibleByArgument {
        case even
        case poisson
    }

    package init() {}
}

extension SaturationConfig: ExpressibleByArgument {}
