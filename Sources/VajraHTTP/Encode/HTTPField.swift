// SPDX-License-Identifier: Apache-2.0

/// One header field to send; checked when it is encoded.
package struct HTTPField: Sendable, Equatable {
    /// An RFC 9110 token; compared without regard to case.
    package var name: String
    /// Visible bytes, spaces and tabs, without CR, LF or NUL.
    package var value: String

    /// Makes a field without checking it.
    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }

    /// Whether the field has that name, which must be in lower case.
    package func isNamed(_ lowercase: String) -> Bool { ASCII.isWord(name.utf8, lowercase) }
}
