// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import VajraCLI
import VajraGenVerbs
@_exported public import VajraLifecycle

/// Your own load generator: vajra-gen's whole command line, with your task as the default verb.
///
/// ```swift
/// @main struct Checkout: LoadTool {
///     static func makeTask(_ setup: TaskSetup) throws -> some TaskLifecycle {
///         CheckoutTask(api: try setup.parameter("api"))
///     }
/// }
/// ```
///
/// `checkout --rate 100/s --for 30s --set api=http://127.0.0.1:8080 | vajra-agg` then runs it.
public protocol LoadTool: SendableMetatype {
    /// The type of the task.
    associatedtype Work: TaskLifecycle

    /// Makes one task instance; called once per lane, before any load.
    ///
    /// - Throws: Any error; it ends the program with status 78 before any load is sent.
    static func makeTask(_ setup: TaskSetup) throws -> Work
}

extension LoadTool {
    /// The program's entry point: parses the command line, carries the run out, and exits with its status.
    public static func main() {
        ToolCommandLine.run(LoadToolCommand<Self>.self, tool: Provider<Self>.toolName)
    }
}
