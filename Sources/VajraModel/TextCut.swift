// SPDX-License-Identifier: Apache-2.0

// Texts that are cut where a byte stands. Swift compares and splits by characters, and a mark that combines is part of the
// character before it: "key=" and U+0301 is a text without "=", and "/" and U+0301 does not begin with "/". Where a grammar
// is of bytes, a separator is one whatever follows.

extension StringProtocol {
    /// The text before the first such separator, which is ASCII, and the text behind it; nil when there is none.
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

    /// The text behind this beginning, which is ASCII; nil when it begins otherwise.
    package func rest(after beginning: String) -> String? {
        guard utf8.starts(with: beginning.utf8) else { return nil }
        return String(decoding: utf8.dropFirst(beginning.utf8.count), as: UTF8.self)
    }

    private func text(after place: String.Index) -> String {
        String(decoding: utf8[utf8.index(after: place)...], as: UTF8.self)
    }
}
