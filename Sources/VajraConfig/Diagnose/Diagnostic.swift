// SPDX-License-Identifier: Apache-2.0

/// One complaint about a config: where, how bad, what is wrong, and what to write instead.
package struct Diagnostic: Hashable, Sendable {
    /// Whether the config can be run all the same.
    package enum Severity: String, Sendable {
        case error
        /// The config can be run, but is probably not what the user meant.
        case warning
    }

    /// Where the fault begins.
    package let place: TextPlace
    /// How bad it is.
    package let severity: Severity
    /// What is wrong, as a phrase without a full stop. Words of the config in it are quoted, so that they cannot harm a
    /// terminal.
    package let message: String
    /// What to do about it, as a phrase without a full stop; empty for none.
    package let hint: String

    package init(_ severity: Severity = .error, at place: TextPlace, _ message: String, hint: String = "") {
        self.place = place
        self.severity = severity
        self.message = message
        self.hint = hint
    }
}

extension Diagnostic: CustomStringConvertible {
    /// One line, as compilers print theirs: `checkout.yaml:9:14: error: rate must be above 0 — write "200/s"`.
    package var description: String {
        "\(place): \(severity.rawValue): \(message)\(hint.isEmpty ? "" : " — \(hint)")"
    }
}

extension Sequence<Diagnostic> {
    /// Sorted by place, stable within a place, without duplicates.
    func inOrderOfPlace() -> [Diagnostic] {
        var seen: Set<Diagnostic> = []
        return enumerated().filter { seen.insert($0.element).inserted }
            .sorted { ($0.element.place, $0.offset) < ($1.element.place, $1.offset) }
            .map(\.element)
    }
}
