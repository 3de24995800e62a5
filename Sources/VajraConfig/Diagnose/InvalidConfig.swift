// SPDX-License-Identifier: Apache-2.0

/// Why a config cannot be run: all of its faults at once.
package struct InvalidConfig: Error, Equatable, Sendable {
    /// The faults, at least one of them an error, in the order of their places.
    package let diagnostics: [Diagnostic]
    /// The scenarios without a fault. Later checks can look at them, so that no fault hides another.
    package let sound: [ScenarioConfig]

    /// A config with these faults, which are put in order.
    package init(_ diagnostics: [Diagnostic], sound: [ScenarioConfig] = []) {
        self.diagnostics = diagnostics.inOrderOfPlace()
        self.sound = sound
    }
}

extension InvalidConfig: CustomStringConvertible {
    /// A line for each fault, without a line break at the end.
    package var description: String { diagnostics.map(\.description).joined(separator: "\n") }
}
