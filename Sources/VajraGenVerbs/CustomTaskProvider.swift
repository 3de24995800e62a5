// SPDX-License-Identifier: Apache-2.0

package import VajraRun

/// Where a program's own kind of task comes from.
package protocol CustomTaskProvider {
    static var toolName: String { get }
    /// The program's own task; nil when it has none.
    static var custom: CustomTask? { get }
}

/// vajra-gen itself: only the built-in tasks.
package enum BuiltInTasksOnly: CustomTaskProvider {
    package static let toolName = "vajra-gen"
    package static let custom: CustomTask? = nil
}
