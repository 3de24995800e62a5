// SPDX-License-Identifier: Apache-2.0

import VajraModel

enum CommandSchema {
    static let command = ConfigType.mapping(
        CommandTaskConfig(arguments: []),
        [
            .required("argv", "The program and its arguments.", arguments, \.arguments),
            .optional(
                "protocol", "A process for each iteration (spawn), or long-lived ones that speak NDJSON (ndjson).",
                .words(example: .spawn), \.style),
            .optional(
                "processes", "How many co-processes share the load.", .integer(1...4096, example: 4), \.coProcesses),
            .optional("timeout", "From an iteration's start to its answer.", .positiveLength(), \.timeout),
        ],
        example: "{argv: [./search.py]}",
        finish: { node, command, reading in
            guard command.style == .spawn, let member = node.member("processes") else { return }
            reading.fault(
                "processes goes with protocol: ndjson; spawn starts one for each iteration", at: member.place,
                hint: "leave it out")
        })

    private static let arguments = ConfigType<[String]>.list(of: argument, example: "[./search.py]")
        .checked { $0.first == "" ? "must begin with a program" : nil }

    private static let argument = ConfigType.text().checked {
        $0.utf8.contains(0) ? "must not contain a NUL character" : nil
    }
}

extension CommandTaskConfig {
    /// The processes that share the load; nil, and not settable, when each iteration has its own.
    fileprivate var coProcesses: Int? {
        get { style == .ndjson ? processes : nil }
        set { if let newValue { processes = newValue } }
    }
}
