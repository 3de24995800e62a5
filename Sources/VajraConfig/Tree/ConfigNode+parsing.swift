// SPDX-License-Identifier: Apache-2.0

extension ConfigNode {
    /// Reads one YAML or JSON document. Throws all duplicate keys, or the first fault that stops the parser.
    ///
    /// A byte order mark is skipped. `ConfigLimits` hold. Aliases repeat the node of their anchor, which counts again.
    package init(parsing bytes: [UInt8], file: String) throws(InvalidConfig) {
        let start = TextPlace(file: file, line: 1, column: 1)
        guard bytes.count <= ConfigLimits.mostBytes else {
            let most = ConfigLimits.mostBytes >> 20
            throw InvalidConfig([
                Diagnostic(at: start, "the config is above \(most) MiB", hint: "is it the right file?")
            ])
        }
        if let offset = Self.firstInvalidUTF8(bytes) {
            let place = bytes.withUnsafeBufferPointer { TextPlace(file: file, offset: offset, in: $0) }
            throw InvalidConfig([Diagnostic(at: place, "the text is not UTF-8", hint: "save the file as UTF-8")])
        }
        let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let text = JSONSurrogates.joined(bytes.starts(with: byteOrderMark) ? Array(bytes.dropFirst(3)) : bytes)
        // An empty array may give a null pointer, which libyaml does not take.
        guard !text.isEmpty else {
            self = try ConfigTreeBuilder(start: start).finish()
            return
        }
        self = try text.withUnsafeBufferPointer { (buffer) throws(InvalidConfig) -> ConfigNode in
            guard let parser = YAMLParser(buffer, file: file) else {
                throw InvalidConfig([Diagnostic(at: start, "there is not enough memory to read it")])
            }
            var builder = ConfigTreeBuilder(start: start)
            var hasMore = true
            while hasMore {
                let event: YAMLEvent
                do throws(InvalidConfig) {
                    event = try parser.next()
                } catch {
                    throw InvalidConfig(builder.faults + error.diagnostics)
                }
                hasMore = try builder.take(event)
            }
            return try builder.finish()
        }
    }

    private static func firstInvalidUTF8(_ bytes: [UInt8]) -> Int? {
        do throws(UTF8.ValidationError) {
            _ = try UTF8Span(validating: bytes.span)
            return nil
        } catch {
            return error.byteOffsets.lowerBound
        }
    }
}
