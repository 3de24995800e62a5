// SPDX-License-Identifier: Apache-2.0

// Cuts texts by bytes. Swift compares and splits by characters, and a combining mark is part of the character before
// it: for Swift, "key=" followed by U+0301 contains no "=", and "/" followed by U+0301 does not begin with "/". The
// grammars here are made of bytes, so a separator is a separator, whatever follows.

extension StringProtocol {
    /// The text before the first separator, which is ASCII, and the text after it; nil without a separator.
    package func cut(at separator: Unicode.Scalar) -> (before: String, after: String)? {
        guard let place = utf8.firstIndex(of: UInt8(ascii: separator)) else { return nil }
        return (String(decoding: utf8[..<place], as: UTF8.self), text(after: place))
    }

    /// The same at the last such separator.
    package func cutAtLast(_ separator: Unicode.Scalar) -> (before: String, after: String)?
    where UTF8View: BidirectionalCollection {
        guard let place = utf8.lastIndex(of: UInt8(ascii: separator)) else { return nil }
        return (String(decoding: utf8[..<place], as: UTF8.self), text(after: place))
    }

    /// The text after this beginning, which is ASCII; nil if the text begins otherwise.
    package func rest(after beginning: String) -> String? {
        guard utf8.starts(with: beginning.utf8) else { return nil }
        return String(decoding: utf8.dropFirst(beginning.utf8.count), as: UTF8.self)
    }

    private func text(after place: String.Index) -> String {
        String(decoding: utf8[utf8.index(after: place)...], as: UTF8.self)
    }
}
