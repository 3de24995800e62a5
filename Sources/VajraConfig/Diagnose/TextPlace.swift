// SPDX-License-Identifier: Apache-2.0

/// A place in a config: a file, line and column from 1, or the environment variable that holds the value. A column is a
/// Unicode scalar, as libyaml counts.
package struct TextPlace: Hashable, Sendable {
    /// The file as the user named it, or the variable's name.
    package let file: String
    /// The line, from 1; 0 for a variable.
    package let line: Int
    /// The column, from 1; 0 for a variable.
    package let column: Int

    /// A place in a file.
    package init(file: String, line: Int, column: Int) {
        self.file = file
        self.line = line
        self.column = column
    }

    /// The place of an environment variable's value.
    package init(variable: String) {
        self.init(file: variable, line: 0, column: 0)
    }

    /// The place that is this many columns further right.
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
    /// `checkout.yaml:9:14`, or `VAJRA_NAME`.
    package var description: String { line == 0 ? file : "\(file):\(line):\(column)" }
}
