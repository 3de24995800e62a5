// SPDX-License-Identifier: Apache-2.0

/// One line of a report or of the live view: text with emphasis, measured in columns before it becomes bytes.
package struct StyledLine: Sendable, Equatable {
    /// The meaning of a stretch of text, shown by colour.
    package enum Emphasis: Sendable {
        case plain
        /// A heading.
        case strong
        /// As it should be.
        case good
        /// Something is wrong.
        case bad
    }

    private struct Span: Sendable, Equatable {
        var text: String
        var emphasis: Emphasis
    }

    private var spans: [Span] = []

    /// How many columns the line takes.
    package private(set) var width = 0

    /// A line of the text, made safe for a terminal.
    package init(_ text: String = "", _ emphasis: Emphasis = .plain) {
        append(text, emphasis)
    }

    /// Adds text at the end.
    package mutating func append(_ text: String, _ emphasis: Emphasis = .plain) {
        guard !text.isEmpty else { return }
        let safe = DisplayText.safe(text)
        spans.append(Span(text: safe, emphasis: emphasis))
        width += DisplayWidth.of(safe)
    }

    /// Adds another line's text at the end.
    mutating func append(_ line: StyledLine) {
        spans += line.spans
        width += line.width
    }

    /// Adds spaces up to a column; none when the line is there already.
    mutating func pad(to column: Int) {
        append(String(repeating: " ", count: max(0, column - width)))
    }

    /// Adds text that ends at a column, at least one space after the present text.
    mutating func appendRight(_ text: String, endingAt column: Int, _ emphasis: Emphasis = .plain) {
        pad(to: max(width + 1, column - DisplayWidth.of(text)))
        append(text, emphasis)
    }

    /// The line, cut to at most `limit` columns.
    package func cut(to limit: Int) -> StyledLine {
        guard width > limit else { return self }
        var line = StyledLine()
        for span in spans {
            let left = limit - line.width
            line.append(DisplayText.cut(span.text, to: left), span.emphasis)
            if DisplayWidth.of(span.text) > left { break }
        }
        return line
    }

    /// The line as text, in colour or not.
    package func text(_ style: TextStyle) -> String {
        spans.map { span in
            switch span.emphasis {
            case .plain: span.text
            case .strong: style.bold(span.text)
            case .good: style.green(span.text)
            case .bad: style.red(span.text)
            }
        }.joined()
    }
}
