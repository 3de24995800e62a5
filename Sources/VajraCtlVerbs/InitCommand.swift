// SPDX-License-Identifier: Apache-2.0

package import ArgumentParser
import VajraCLI
import VajraModel
import VajraSystem

/// `vajra-ctl init`: a config to begin with.
package struct InitCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Write a commented config to begin with.",
        discussion: """
            vajra-ctl init
            vajra-ctl init checkout.yaml
            vajra-ctl init - | vajra-gen -

            A file that is there is never overwritten.
            """)

    @Argument(help: ArgumentHelp("The new file; - is standard output.", valueName: "file"), completion: .config)
    var file = "vajra.yaml"

    package init() {}

    package func run() throws {
        guard file != "-" else { return try ToolOutput.write("vajra-ctl", StarterConfig.text) }
        let descriptor: FileDescriptor
        do throws(SystemError) {
            descriptor = try FileDescriptor.creatingNew(file)
        } catch {
            throw ToolMessage.failure("vajra-ctl", "\(error); name another file", .inputOutput)
        }
        do throws(SystemError) {
            defer { descriptor.close() }
            try descriptor.writeAll(StarterConfig.text)
        } catch {
            FileDescriptor.removeFile(file)
            throw ToolMessage.failure("vajra-ctl", "writing \(file): \(error)", .inputOutput)
        }
        ToolMessage.note("vajra-ctl", "wrote \(file); next: vajra-ctl validate \(file)")
    }
}
