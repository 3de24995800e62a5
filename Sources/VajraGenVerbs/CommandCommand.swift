// SPDX-License-Identifier: Apache-2.0

import VajraRunPlan
import VajraRun
package import ArgumentParser
import VajraCLI
import VajraConfig
import VajraModel

/// `vajra-gen command -- ARGV`: a command for each iteration, or co-processes.
package struct CommandCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "command", abstract: "Run a command for each iteration, or feed co-processes.",
        discussion: """
            vajra-gen command --rate 5/s --for 1m -- ./place-order.sh --fast | vajra-agg
            vajra-gen command --protocol ndjson --processes 4 --rate 200/s --for 1m -- ./search.py | vajra-agg

            With --protocol ndjson the process reads {"type":"execute","id":7,"iteration":1234} on stdin, and
            answers {"id":7,"outcome":"success"} on stdout, in any order.

            \(MoreHelp.text)
            """)

    @Argument(help: ArgumentHelp("The program and its arguments, behind --.", valueName: "argv"), completion: .file())
    var argv: [String] = []

    @OptionGroup(title: "Load") var load: LoadOptions
    @OptionGroup(title: "Run") var options: RunOptions

    @Option(
        name: .customLong("protocol"),
        help: ArgumentHelp("A process per iteration, or co-processes.", valueName: "how"))
    var style = CommandTaskConfig.Style.spawn

    @Option(help: ArgumentHelp("How many co-processes share the load.", valueName: "number"))
    var processes = 1

    @Option(help: ArgumentHelp("From an iteration's start to its end (30s).", valueName: "duration"))
    var timeout: TimeSpan?

    package init() {}

    package func run() throws {
        guard !argv.isEmpty else { throw ValidationError("Which command? Write it behind --, such as -- ./order.sh") }
        guard (1...4096).contains(processes) else { throw ValidationError("--processes must be 1 to 4096.") }
        var task = CommandTaskConfig(arguments: argv)
        task.style = style
        task.processes = processes
        if let timeout { task.timeout = timeout }
        if task.timeout <= .zero { throw ValidationError("--timeout must be above 0.") }
        let config = try options.config(task: .command(task), name: "command", load: load)
        throw ToolMessage.exit(Generator(config, settings: options.settings(tool: "vajra-gen")).run())
    }
}

extension CommandTaskConfig.Style: ExpressibleByArgument {}
