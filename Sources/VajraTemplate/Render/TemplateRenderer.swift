// SPDX-License-Identifier: Apache-2.0

/// A template whose names have been looked up. It writes the text of an iteration, and allocates only if the output
/// must grow.
package struct TemplateRenderer: Sendable {
    private enum Step: Sendable {
        case bytes([UInt8])
        case iteration
        case random(RandomStream, lowest: Int64, count: UInt64)
        case uuid(RandomStream, RandomStream)
        case cell(FeedColumn, TemplateEscape)
    }

    private var steps: [Step] = []

    /// - Parameter escape: The way for values that name none.
    ///
    /// - Throws: a ``TemplateFault`` when a feed or its column is not there.
    package init(_ template: Template, values: inout TemplateValues, escape: TemplateEscape) throws(TemplateFault) {
        for piece in template.pieces {
            switch piece {
            case .text(let text): steps.append(.bytes(Array(text.utf8)))
            case .value(let reference):
                steps.append(try Self.step(reference, &values, reference.escape ?? escape))
            }
        }
    }

    private static func step(
        _ reference: TemplateReference, _ values: inout TemplateValues, _ escape: TemplateEscape
    ) throws(TemplateFault) -> Step {
        switch reference.value {
        case .iteration: return .iteration
        case .random(let range, let name):
            let count = UInt64(bitPattern: range.upperBound &- range.lowerBound) &+ 1
            return .random(values.stream(name), lowest: range.lowerBound, count: count)
        case .uuid(let name):
            let stream = values.stream(name)
            return .uuid(stream, values.second(of: stream))
        case .feed(let name, let column):
            guard let feed = values.feeds.first(where: { $0.name == name }) else {
                throw TemplateFault(
                    reference.source, at: reference.offset, "names no feed that there is",
                    .oneOf(values.feeds.map(\.name), insteadOf: name))
            }
            guard let index = feed.table.columns.firstIndex(of: column) else {
                throw TemplateFault(
                    reference.source, at: reference.offset, "names no column of its feed",
                    .oneOf(feed.table.columns, insteadOf: column))
            }
            return .cell(FeedColumn(feed, column: index), escape)
        }
    }

    /// Appends the text of the iteration with that index.
    package func append(_ index: UInt64, to output: inout [UInt8]) {
        for step in steps {
            switch step {
            case .bytes(let bytes): output.append(contentsOf: bytes)
            case .iteration: Self.append(decimal: index, to: &output)
            case .random(let stream, let lowest, let count):
                let number = lowest &+ Int64(bitPattern: stream.number(index, below: count))
                if number < 0 { output.append(UInt8(ascii: "-")) }
                Self.append(decimal: number.magnitude, to: &output)
            case .uuid(let first, let second):
                Self.append(uuid: first.bits(index), second.bits(index), to: &output)
            case .cell(let column, let escape): column.withCell(index) { escape.append($0, to: &output) }
            }
        }
    }

    private static func append(decimal number: UInt64, to output: inout [UInt8]) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
            var rest = number
            var start = 20
            repeat {
                start -= 1
                digits[start] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            } while rest > 0
            output.append(contentsOf: UnsafeBufferPointer(rebasing: digits[start...]))
        }
    }

    /// RFC 9562 5.4: 122 random bits, the version and the variant.
    private static func append(uuid first: UInt64, _ second: UInt64, to output: inout [UInt8]) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 36) { text in
            var word = first & ~0xF000 | 0x4000
            var place = 0
            for digit in 0..<32 {
                if digit == 16 { word = second & ~(0b11 << 62) | 0b10 << 62 }
                if digit == 8 || digit == 12 || digit == 16 || digit == 20 {
                    text[place] = UInt8(ascii: "-")
                    place &+= 1
                }
                text[place] = TemplateEscape.digit(UInt8(truncatingIfNeeded: word &>> 60), tens: UInt8(ascii: "a"))
                place &+= 1
                word &<<= 4
            }
            output.append(contentsOf: text)
        }
    }
}
