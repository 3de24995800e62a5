// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import VajraGenVerbs
import VajraSystem

/// vajra-gen: generates load on a plan, and writes what happens as NDJSON.
@main
enum VajraGen {
    static func main() {
        ProcessSignals.prepareProcess()
        GenerateCommand.main()
    }
}
