// SPDX-License-Identifier: Apache-2.0

/// Where something stands in a text: line and column from 1, a column being a Unicode scalar as libyaml counts it.
package struct TextPlace: Hashable, Sendable {
    /// The file as the user named it.
    package let file: String
    /// The line, from 1.
    package let line: Int
    /// The column, from 1.
    package let column: Int

    /// A place in a file.
    package init(file: String, line: Int, column: Int) {
        self.file = file
        self.line = line
        self.column = column
    }

    /// The place so many columns further right.
    func advanced(by columns: Int) -> TextPlace {
        TextPlace(file: file, line: line, column: column + columns)
    }
}

extension TextPlace: Comparable {
    /// Whether the first comes before the second, files in the order of their names.
    package static func < (earlier: TextPlace, later: TextPlace) -> Bool {
        if earlier.file != later.file { return earlier.file < later.file }
        return (earlier.line, earlier.column) < (later.line, later.column)
    }
}

extension TextPlace: CustomStringConvertible {
    /// `checkout.yaml:9:14`
    package var description: String { "\(file):\(line):\(column)" }
}
