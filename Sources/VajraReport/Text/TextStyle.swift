// SPDX-License-Identifier: Apache-2.0

/// Colour, or none: plain text stays plain in pipes and files.
package struct TextStyle: Sendable {
    private let isColoured: Bool

    /// A style with ANSI colours or without.
    package init(isColoured: Bool) {
        self.isColoured = isColoured
    }

    func bold(_ text: String) -> String { wrap(text, "1") }
    func green(_ text: String) -> String { wrap(text, "32") }
    func red(_ text: String) -> String { wrap(text, "31") }

    private func wrap(_ text: String, _ code: String) -> String {
        isColoured ? "\u{1b}[\(code)m\(text)\u{1b}[0m" : text
    }
}
