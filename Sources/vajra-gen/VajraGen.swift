// SPDX-License-Identifier: Apache-2.0

import VajraCLI
import VajraGenVerbs

/// vajra-gen: generates load on a plan, and writes what happens as NDJSON.
@main
enum VajraGen {
    static func main() {
        ToolCommandLine.run(
            GenerateCommand.self, tool: "vajra-gen", advising: { VerbAdvice.text(for: $0) })
    }
}
