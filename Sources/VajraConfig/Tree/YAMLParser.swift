// SPDX-License-Identifier: Apache-2.0

import CYaml

/// libyaml's event parser over bytes that outlive it, UTF-8 without a byte order mark; also reads JSON, as flow style.
struct YAMLParser: ~Copyable {
    private let file: String
    private let bytes: UnsafeBufferPointer<UInt8>
    private let state: UnsafeMutablePointer<yaml_parser_t>

    /// A parser at the start of `bytes`; nil if there is no memory for it.
    init?(_ bytes: UnsafeBufferPointer<UInt8>, file: String) {
        self.file = file
        self.bytes = bytes
        state = .allocate(capacity: 1)
        guard yaml_parser_initialize(state) == 1 else {
            state.deallocate()
            return nil
        }
        yaml_parser_set_encoding(state, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(state, bytes.baseAddress, bytes.count)
    }

    deinit {
        yaml_parser_delete(state)
        state.deallocate()
    }

    /// The next event; after `streamEnd` and after an error there is none, and it must not be called again.
    func next() throws(InvalidConfig) -> YAMLEvent {
        var event = yaml_event_t()
        guard yaml_parser_parse(state, &event) == 1 else { throw InvalidConfig([fault]) }
        defer { yaml_event_delete(&event) }
        let place = place(event.start_mark)
        // The event's data is a C union: only the member that its type names may be read.
        switch event.type {
        case YAML_STREAM_END_EVENT: return YAMLEvent(kind: .streamEnd, place: place)
        case YAML_DOCUMENT_START_EVENT: return YAMLEvent(kind: .documentStart, place: place)
        case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: return YAMLEvent(kind: .containerEnd, place: place)
        case YAML_ALIAS_EVENT:
            return YAMLEvent(kind: .alias(Self.text(event.data.alias.anchor) ?? ""), place: place)
        case YAML_SEQUENCE_START_EVENT:
            let start = event.data.sequence_start
            return YAMLEvent(
                kind: .listStart, place: place, anchor: Self.text(start.anchor), tag: Self.text(start.tag))
        case YAML_MAPPING_START_EVENT:
            let start = event.data.mapping_start
            return YAMLEvent(
                kind: .mappingStart, place: place, anchor: Self.text(start.anchor), tag: Self.text(start.tag))
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            return YAMLEvent(
                kind: .scalar(Self.scalar(event)), place: place, anchor: Self.text(scalar.anchor),
                tag: Self.text(scalar.tag))
        default: return YAMLEvent(kind: .other, place: place)
        }
    }

    private static func scalar(_ event: yaml_event_t) -> ConfigScalar {
        let scalar = event.data.scalar
        let text = String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
        let isPlain = scalar.style == YAML_PLAIN_SCALAR_STYLE
        let isBlock = scalar.style == YAML_LITERAL_SCALAR_STYLE || scalar.style == YAML_FOLDED_SCALAR_STYLE
        let (start, end) = (event.start_mark, event.end_mark)
        let quotes = isPlain ? 0 : 2
        // As wide as its text on one line: then nothing was escaped or folded, and columns can be told within it. A tag
        // or an anchor, which the mark would include, makes it wider.
        let isVerbatim =
            !isBlock && start.line == end.line && end.column - start.column == text.unicodeScalars.count + quotes
        return ConfigScalar(text: text, isQuoted: !isPlain, textColumn: isVerbatim ? quotes / 2 : nil)
    }

    private static func text(_ string: UnsafeMutablePointer<yaml_char_t>?) -> String? {
        string.map { String(cString: UnsafePointer($0)) }
    }

    private func place(_ mark: yaml_mark_t) -> TextPlace {
        TextPlace(file: file, line: mark.line + 1, column: mark.column + 1)
    }
}

extension YAMLParser {
    /// libyaml's own words for what stopped it, with its place and a hint where the words are not enough.
    private var fault: Diagnostic {
        let parser = state.pointee
        guard let problem = parser.problem.map({ String(cString: $0) }) else {
            return Diagnostic(at: TextPlace(file: file, line: 1, column: 1), "there is not enough memory to read it")
        }
        guard parser.error != YAML_READER_ERROR else {
            let place = TextPlace(file: file, offset: parser.problem_offset, in: bytes)
            let code = String(UInt32(bitPattern: parser.problem_value), radix: 16, uppercase: true)
            return Diagnostic(
                at: place, "\(problem) (U+\(String(repeating: "0", count: max(0, 4 - code.count)))\(code))",
                hint: "remove it, or write it as an escape in double quotes")
        }
        let mark = parser.problem_mark
        let start = parser.context_mark
        var context = ""
        if let words = parser.context, start.index < mark.index {
            context = "\(String(cString: words)) begun at \(start.line + 1):\(start.column + 1), "
        }
        return Diagnostic(at: place(mark), context + problem, hint: hint(problem, at: mark))
    }

    /// A line of the text, counted from 0, as libyaml does; its line breaks beside LF and CR are rare enough to miss.
    private func line(_ number: Int) -> Slice<UnsafeBufferPointer<UInt8>> {
        let lines = bytes.split(maxSplits: number + 1, omittingEmptySubsequences: false) { $0 == UInt8(ascii: "\n") }
        return lines.count > number ? lines[number] : bytes[bytes.endIndex...]
    }

    private func hint(_ problem: String, at mark: yaml_mark_t) -> String {
        if problem.contains("escape code") { return "write the character itself, or \\U and its 8 hex digits" }
        if problem.contains("cannot start any token") {
            // A mark counts characters, not bytes.
            let character = bytes.lazy.filter { $0 & 0xC0 != 0x80 }.dropFirst(mark.index).first
            return character == UInt8(ascii: "\t")
                ? "indent with spaces, never with tabs" : "put the value in double quotes"
        }
        if problem.contains("could not find expected ':'") { return "write \"key: value\", with a space" }
        if problem.contains("did not find expected ',' or"), line(mark.line).firstRange(of: "${".utf8) != nil {
            return "within { } and [ ], put a text that contains ${ in quotes"
        }
        if problem.contains("mapping values are not allowed") { return "put a value that contains \": \" in quotes" }
        return ""
    }
}
