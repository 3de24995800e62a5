// SPDX-License-Identifier: Apache-2.0

/// Why a text is no template: what is wrong, where, and what to write instead.
package struct TemplateFault: Error, Equatable, Sendable {
    /// What to do about it.
    package enum Remedy: Equatable, Sendable {
        /// This, as a phrase.
        case write(String)
        /// One of these words, in place of the one that was written.
        case oneOf([String], insteadOf: String)
    }

    /// The wrong part of the text; empty if it is secret. It may hold control characters: quote it before you show it.
    package let part: String
    /// Where the part begins, in UTF-8 bytes from the text's start.
    package let offset: Int
    /// What is wrong, as a phrase that follows the part.
    package let cause: String
    /// What to do about it.
    package let remedy: Remedy

    /// The same fault without any part of the text, for a secret one.
    package var disguised: TemplateFault {
        TemplateFault("", at: offset, cause, .write("write {{{{ for the two characters {{"))
    }

    package init(_ part: String, at offset: Int, _ cause: String, _ remedy: Remedy) {
        self.part = part
        self.offset = offset
        self.cause = cause
        self.remedy = remedy
    }
}
