// SPDX-License-Identifier: Apache-2.0

import VajraConfig
import VajraTemplate

/// One reason why no request can be made from the config of an `http` task.
package struct HTTPTaskError: Error, CustomStringConvertible {
    /// The cause, and the remedy if no hint has it.
    package let description: String
    /// The path of the faulty key, from the task on.
    package var keys: [String] = []
    /// The remedy, as a phrase; empty for none.
    package var hint = ""
    /// Whether a file that the config names could not be read.
    package var isUnreadable = false

    init(description: String, keys: [String] = [], hint: String = "", isUnreadable: Bool = false) {
        self.description = description
        self.keys = keys
        self.hint = hint
        self.isUnreadable = isUnreadable
    }

    init(_ fault: TemplateFault, keys: [String]) {
        self.init(description: fault.message, keys: keys, hint: fault.hint)
    }
}

/// All reasons why no request can be made from the config of an `http` task; at least one.
package struct InvalidHTTPTask: Error, CustomStringConvertible {
    package let errors: [HTTPTaskError]

    /// The causes in one line.
    package var description: String {
        errors.map { $0.description + ($0.hint.isEmpty ? "" : " — \($0.hint)") }.joined(separator: "; ")
    }
}
