// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import VajraCLI
import VajraSystem

/// vajra-ctl: tries, runs and steers load tests.
@main
enum Main {
    static func main() {
        ProcessSignals.prepareProcess()
        VajraCtl.main()
    }
}

/// The whole command line of vajra-ctl.
struct VajraCtl: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vajra-ctl", abstract: "Try, run and steer load tests.",
        version: ToolVersion.current, subcommands: [TargetCommand.self])
}
