// SPDX-License-Identifier: Apache-2.0

/// What a source that is no stream looks like, by its first lines.
struct SourceLook: Sendable {
    private let name: String
    private var isConfig: Bool
    private var isBinary = false

    /// Nothing is known but the name.
    init(name: String) {
        self.name = name
        isConfig = name.hasSuffix(".yaml") || name.hasSuffix(".yml")
    }

    /// Looks at a line; nil stands for one that is too long.
    mutating func take(_ line: UnsafeRawBufferPointer?) {
        guard let line else { return isBinary = true }
        isBinary = isBinary || line.contains(where: SourceLook.isControl)
        isConfig = isConfig || SourceLook.configKeys.contains { line.starts(with: $0) }
    }

    /// A config has one of these at the beginning of a line, in YAML or JSON.
    private static let configKeys = ["version:", "scenarios:", "\"scenarios\":", "{\"scenarios\":"].flatMap {
        [Array($0.utf8), Array("  \($0)".utf8), Array("    \($0)".utf8)]
    }

    private static func isControl(_ byte: UInt8) -> Bool {
        // Texts have tab, line feed, form feed, carriage return and escape.
        byte < 0x20 && ![0x09, 0x0A, 0x0C, 0x0D, 0x1B].contains(byte)
    }

    /// What it is and what to do, or what is wrong with its first line.
    func sentence(firstFault: String) -> String {
        if isBinary { return "\(name) holds no line of a stream: it is binary data" }
        if isConfig {
            let file = name == "stdin" ? "-" : name
            return "\(name) looks like a config, not a stream; 'vajra-ctl run \(file)' carries a config out"
        }
        return "\(name) holds no line of a stream; its first line: \(firstFault)"
    }
}
