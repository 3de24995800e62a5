// SPDX-License-Identifier: Apache-2.0

package import VajraRunPlan
package import ArgumentParser
package import VajraCLI
package import VajraModel

/// The flags about this process's part of a run: its share, its name, its stream, what people see of it.
package struct RunOptions: ParsableArguments {
    @Option(
        name: [.short, .customLong("output")],
        help: ArgumentHelp("Where the stream goes: file, unix:PATH, or -.", valueName: "where"),
        completion: .file())
    package var output: String?

    @Option(help: ArgumentHelp("This process's name in the stream (host-pid).", valueName: "name", visibility: .rare))
    package var source: String?

    @Option(
        help: ArgumentHelp(
            "Only share a of n of the plan, such as 2/5: n processes together are the very plan.", valueName: "a/n",
            visibility: .rare))
    package var segment = Segment.whole

    @OptionGroup package var course: CourseOptions

    @Flag(name: .shortAndLong, help: "No live view on the terminal.")
    package var quiet = false

    @Flag(help: ArgumentHelp("No colour, whatever the terminal.", visibility: .rare))
    package var noColor = false

    @OptionGroup package var judged: ThresholdOptions

    package init() {}

    /// Refuses impossible values before anything is done.
    package func validate() throws {
        if let source, source.isEmpty || source.utf8.count > 128 {
            throw ValidationError("--source must have 1 to 128 bytes.")
        }
    }
}
