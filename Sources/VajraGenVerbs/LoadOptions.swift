// SPDX-License-Identifier: Apache-2.0

package import VajraConfig
package import ArgumentParser
import VajraCLI
package import VajraModel

/// The flags that say how iterations arrive.
package struct LoadOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Starts per second or minute: 500/s, 30/m.", valueName: "rate"))
    package var rate: ArrivalRate?

    @Option(
        name: .customLong("for"),
        help: ArgumentHelp("How long the load lasts, such as 30s or 2m30s.", valueName: "duration"))
    package var duration: TimeSpan?

    @Option(help: ArgumentHelp("First rise from 0 to --rate; adds to --for.", valueName: "duration"))
    package var ramp: TimeSpan?

    @Option(
        help: ArgumentHelp(
            "Instead of --rate and --for: 'constant 10k/s 2m', 'ramp 0/s 10k/s 30s', 'pause 5s'; repeat it.",
            valueName: "phase"))
    package var phase: [String] = []

    @Option(help: ArgumentHelp("How arrivals are spaced.", valueName: "process"))
    package var arrivals = ArrivalSpacing.even

    @Option(
        help: ArgumentHelp(
            "The seed of random arrivals and values; the same seed gives the same.", valueName: "number",
            visibility: .rare))
    package var seed: UInt64 = 1

    @Option(help: ArgumentHelp("Instead of --rate: the number of users.", valueName: "users"))
    package var concurrency: Int?

    @Option(
        help: ArgumentHelp("How long each user pauses between iterations.", valueName: "duration"))
    package var thinkTime: TimeSpan?

    @Option(help: ArgumentHelp("With --concurrency: end after this many iterations.", valueName: "number"))
    package var count: UInt64?

    @Option(
        help: ArgumentHelp(
            "With --rate: the most in flight at once (10000 for http).", valueName: "number", visibility: .rare))
    package var maxInFlight: Int?

    @Option(
        help: ArgumentHelp(
            "Starts beyond --max-in-flight wait, or are dropped and counted.", valueName: "what",
            visibility: .rare))
    package var whenSaturated = SaturationConfig.queue

    /// How arrivals are spaced.
    package enum ArrivalSpacing: String, CaseIterable, ExpressibleByArgument {
        case even
        case poisson
    }

    package init() {}
}

extension SaturationConfig: ExpressibleByArgument {}
