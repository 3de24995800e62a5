// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import VajraCLI
import VajraModel

/// vajra-export: writes a run's stream in the forms that other tools read.
@main
enum Main {
    static func main() {
        ToolCommandLine.run(ExportTool.self, tool: "vajra-export")
    }
}

/// The whole command line of vajra-export.
struct ExportTool: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vajra-export", abstract: "Write a load test's stream in the forms that other tools read.",
        discussion: """
            vajra-gen checkout.yaml | vajra-export files out/
            vajra-gen checkout.yaml | vajra-export files out/ --pass | vajra-agg
            vajra-export -o files:out/ -o files:/mnt/backup/out/ raw.ndjson
            """,
        version: ToolVersion.current, subcommands: [FilesCommand.self, OutputsCommand.self],
        defaultSubcommand: OutputsCommand.self)
}

/// `vajra-export files DIR`: one directory of files.
struct FilesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "files", abstract: "Write gzip NDJSON files and a manifest to a directory.",
        discussion: """
            vajra-gen checkout.yaml | vajra-export files out/
            gzip -dc out/logs/*.gz | jq 'select(.severity == "ERROR")'
            """)

    @Argument(
        help: ArgumentHelp("The directory; it is made when there is none.", valueName: "directory"),
        completion: .directory)
    var directory: String

    @OptionGroup var input: InputOptions
    @OptionGroup var files: FilesOptions

    func run() throws {
        throw ToolMessage.exit(
            try ExportRun.run(to: [.files(directory: directory)], files, from: input, help: Self.helpMessage()))
    }
}

/// `vajra-export -o files:DIR -o …`: any number of outputs of one stream.
struct OutputsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "to", abstract: "Write to every output that -o names; 'to' itself may be left out.",
        discussion: "vajra-export -o files:out/ -o files:/mnt/backup/out/ raw.ndjson")

    @Option(
        name: [.short, .customLong("output")],
        help: ArgumentHelp("An output, such as files:DIRECTORY; repeat it.", valueName: "form:where"))
    var output: [String] = []

    @OptionGroup var input: InputOptions
    @OptionGroup var files: FilesOptions

    func validate() throws {
        for text in output where SinkChoice(text) == nil {
            throw ValidationError("--output '\(text)': write \(SinkChoice.forms).")
        }
    }

    func run() throws {
        guard !output.isEmpty else {
            try ToolOutput.write("vajra-export", ExportTool.helpMessage() + "\n")
            throw ToolMessage.exit(.usage)
        }
        let choices = output.compactMap(SinkChoice.init)
        throw ToolMessage.exit(try ExportRun.run(to: choices, files, from: input, help: ExportTool.helpMessage()))
    }
}
