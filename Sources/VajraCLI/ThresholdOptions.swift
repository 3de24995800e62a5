// SPDX-License-Identifier: Apache-2.0

package import ArgumentParser
package import VajraModel

/// The flag that says when a run passes.
package struct ThresholdOptions: ParsableArguments {
    @Option(
        name: .customLong("threshold"),
        help: ArgumentHelp("What must hold to pass: 'lag.p99 < 5ms'; repeat it.", valueName: "rule"))
    package var expressions: [String] = []

    package init() {}

    package func validate() throws {
        _ = try thresholds()
    }

    /// The thresholds, in their order.
    package func thresholds() throws -> [Threshold] {
        guard expressions.count <= Threshold.mostOfARun else {
            throw ValidationError("--threshold: at most \(Threshold.mostOfARun) are judged.")
        }
        return try expressions.map { text in
            do throws(UnitParseError) {
                return try Threshold(parsing: text)
            } catch {
                let words = "\(error)"
                throw ValidationError("--threshold '\(text)': \(words)\(words.hasSuffix("?") ? "" : ".")")
            }
        }
    }
}
