// SPDX-License-Identifier: Apache-2.0

/// Lays pieces out one after the other, and breaks lines between pieces at the width.
struct TextFlow {
    /// Text that stays together, and how many spaces come before it within a line.
    struct Piece {
        var line: StyledLine
        var gap: Int

        init(_ line: StyledLine, gap: Int = 3) {
            self.line = line
            self.gap = gap
        }

        init(_ text: String, _ emphasis: StyledLine.Emphasis = .plain, gap: Int = 3) {
            self.init(StyledLine(text, emphasis), gap: gap)
        }
    }

    /// The column at which every line after the lead begins.
    let indent: Int
    /// How many columns there are; nil for any number.
    let width: Int?

    /// The pieces after `lead`. A lead that is too long for the indentation has a line of its own. The pieces move
    /// closer together if that saves a line.
    func lines(_ lead: StyledLine, _ pieces: [Piece]) -> [StyledLine] {
        let wide = spread(lead, pieces)
        guard wide.count > 1 else { return wide }
        let close = spread(
            lead,
            pieces.map { piece in
                var piece = piece
                piece.gap = min(piece.gap, 2)
                return piece
            })
        return close.count < wide.count ? close : wide
    }

    private func spread(_ lead: StyledLine, _ pieces: [Piece]) -> [StyledLine] {
        var lines: [StyledLine] = []
        var line = lead
        if lead.width > indent - 1, indent > 0 {
            lines.append(lead)
            line = StyledLine()
        }
        line.pad(to: indent)
        var isFirst = true
        for piece in pieces {
            let needed = (isFirst ? 0 : piece.gap) + piece.line.width
            if !isFirst, let width, line.width + needed > width {
                lines.append(line)
                line = StyledLine()
                line.pad(to: indent)
                isFirst = true
            }
            line.append(String(repeating: " ", count: isFirst ? 0 : piece.gap))
            line.append(piece.line)
            isFirst = false
        }
        return lines + [line]
    }

    /// Prose as pieces: its words, but a number and its unit in one.
    static func words(_ text: String, _ emphasis: StyledLine.Emphasis = .plain) -> [Piece] {
        var words: [String] = []
        for word in text.split(separator: " ") {
            let isUnit = ["%", "ns", "µs", "ms", "s", "m", "h"].contains { word == $0 || word == "\($0)," }
            if isUnit, let last = words.last, last.last?.isNumber == true {
                words[words.count - 1] = "\(last) \(word)"
            } else {
                words.append(String(word))
            }
        }
        return words.map { Piece($0, emphasis, gap: 1) }
    }
}
