// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import VajraCLI
import VajraExport
import VajraModel

/// Where lines come from, and whether they go on.
struct InputOptions: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "Files, unix:PATH sockets to connect to, or - for standard input (the default).", valueName: "source"),
        completion: .stream)
    var sources: [String] = []

    @Flag(help: "Copy the input to standard output, for the next tool of a pipeline.")
    var pass = false
}

/// How files are written.
struct FilesOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The longest that a line waits in memory.", valueName: "duration"))
    var flushEvery = FilesPolicy().flushEvery

    @Option(help: ArgumentHelp("Begin a new file when one has this size on disk.", valueName: "size"))
    var rotateSize = ByteSize(bytes: FilesPolicy().rotateSize)

    @Option(help: ArgumentHelp("Begin a new file when one has been open for so long.", valueName: "duration"))
    var rotateEvery = FilesPolicy().rotateEvery

    @Flag(help: "Replace an export that is in the directory already.")
    var force = false

    /// The flags as the files know them.
    var policy: FilesPolicy {
        var policy = FilesPolicy()
        policy.flushEvery = flushEvery
        policy.rotateSize = rotateSize.bytes
        policy.rotateEvery = rotateEvery
        return policy
    }

    func validate() throws {
        if flushEvery < .milliseconds(1) { throw ValidationError("--flush-every must be at least 1ms.") }
        if rotateSize.bytes < 1 { throw ValidationError("--rotate-size must be at least 1B.") }
        if rotateEvery < .milliseconds(100) { throw ValidationError("--rotate-every must be at least 100ms.") }
    }
}
