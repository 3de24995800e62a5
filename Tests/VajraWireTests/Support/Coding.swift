// SPDX-License-Identifier: Apache-2.0

import VajraWire

/// The bytes of the lines that a fresh source writes for `bodies`, one element a line.
func encoded(_ bodies: [LineBody]) throws -> [[UInt8]] {
    var encoder = LineEncoder(runID: Sample.runID, source: "w1")
    var lines: [[UInt8]] = []
    for body in bodies { try encoder.encode(body) { lines.append(Array($0)) } }
    return lines
}

/// Reads one line, with or without its newline.
func decoded(_ line: some Sequence<UInt8>) throws -> (Envelope, LineBody) {
    var bytes = Array(line)
    if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
    var decoder = LineDecoder()
    return try bytes.withUnsafeBytes { try decoder.decode($0) }
}

/// Why a text is refused; nil when it is not.
func refusal(_ text: String) -> WireError? {
    do {
        _ = try decoded(text.utf8)
        return nil
    } catch {
        return error as? WireError
    }
}
