// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import VajraCLI

/// vajra-ctl: tries, runs and steers load tests.
@main
struct VajraCtl: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vajra-ctl", abstract: "Try, run and steer load tests.",
        version: ToolVersion.current, subcommands: [TargetCommand.self])
}
