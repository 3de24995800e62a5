// SPDX-License-Identifier: Apache-2.0

/// One complaint about a config: where, how bad, what is wrong, and what to write instead.
package struct Diagnostic: Hashable, Sendable {
    /// Whether the config can be run all the same.
    package enum Severity: String, Sendable {
        case error
        /// It can, but is probably not what was meant.
        case warning
    }

    /// Where the fault begins.
    package let place: TextPlace
    /// How bad it is.
    package let severity: Severity
    /// What is wrong, as a phrase without a full stop; what it quotes of the config is made harmless to terminals.
    package let message: String
    /// What to do about it, as a phrase without a full stop; empty for none.
    package let hint: String

    /// Names a fault, and its remedy if there is one to name.
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
    /// In the order of their places, in that of their finding at the same place, and each only once.
    func inOrderOfPlace() -> [Diagnostic] {
        var seen: Set<Diagnostic> = []
        return enumerated().filter { seen.insert($0.element).inserted }
            .sorted { ($0.element.place, $0.offset) < ($1.element.place, $1.offset) }
            .map(\.element)
    }
}
