// SPDX-License-Identifier: Apache-2.0

// For memchr: the C library picks vector code for the machine, several times as fast as a search by words here.
import Glibc

/// Splits a stream into lines. The stream comes in chunks of any size.
///
///     chunk      "{…}\n{…}\r\n{"      given from the chunk itself, `\n` or `\r\n` taken off
///     chunk                  "…}\n"   spilled from where the first chunk ended, then given from the spill
///
/// Lines are numbered from 1. Empty lines have a number, but are not given. A line longer than `maximumLength` is
/// reported once and skipped, so memory is bounded by one line for any input.
package struct LineFramer: Sendable {
    /// What the stream holds next; the bytes are valid only during the call that gives them.
    package enum Line {
        /// A line that a newline ended, without it.
        case complete(number: Int, bytes: UnsafeRawBufferPointer)
        /// The last line, when the stream ends without a newline: perhaps cut short, perhaps whole.
        case unterminated(number: Int, bytes: UnsafeRawBufferPointer)
        /// A line of more than `limit` bytes, without its bytes; reported as soon as it is too long.
        ///
        /// Its length is not given, because it may have no end: `skippedBytes` counts them as they pass.
        case overlong(number: Int, limit: Int)
    }

    /// The most bytes a line may have before its newline, a carriage return counted.
    package let maximumLength: Int

    /// Lines begun so far.
    package private(set) var lineCount = 0

    /// Lines that held nothing, and were not given.
    package private(set) var emptyLineCount = 0

    /// Bytes of overlong lines passed over so far, their newlines not counted.
    package private(set) var skippedBytes = 0

    /// The beginning of a line that the last chunk cut.
    private var spill: [UInt8] = []
    private var isWithinLine = false
    private var isSkipping = false

    /// Whether a line keeps the carriage return of its `\r\n`, for code that copies lines.
    private let keepsCarriageReturns: Bool

    /// A framer at the beginning of a stream, for lines of at most `maximumLength` bytes (at least 1; 1 MiB).
    package init(maximumLength: Int = 1 << 20, keepsCarriageReturns: Bool = false) {
        self.maximumLength = max(maximumLength, 1)
        self.keepsCarriageReturns = keepsCarriageReturns
    }

    /// Bytes held for a line that is not yet whole: at most about `maximumLength`.
    package var spillCapacity: Int { spill.capacity }

    /// Takes the next bytes of the stream and gives each line that they end.
    ///
    /// It rethrows an error of `line` at once and loses the rest of `chunk`; do not use the framer after that.
    package mutating func append<Failure: Error>(
        _ chunk: UnsafeRawBufferPointer, line: (Line) throws(Failure) -> Void
    ) throws(Failure) {
        guard let base = chunk.baseAddress else { return }
        var start = 0
        while start < chunk.count {
            if !isWithinLine { beginLine() }
            let found = memchr(base + start, 0x0A, chunk.count - start)
            let end = found.map { UnsafeRawPointer($0) - base } ?? chunk.count
            let piece = UnsafeRawBufferPointer(start: base + start, count: end - start)
            start = end + 1
            try take(piece, endsLine: found != nil, line: line)
        }
    }

    /// Ends the stream and gives its last line if no newline ended it; a second call gives nothing.
    package mutating func finish<Failure: Error>(line: (Line) throws(Failure) -> Void) throws(Failure) {
        guard isWithinLine else { return }
        let isSkipped = isSkipping
        (isWithinLine, isSkipping) = (false, false)
        guard !isSkipped else { return }
        let number = lineCount
        try spill.withUnsafeBufferPointer { (bytes) throws(Failure) in
            try line(.unterminated(number: number, bytes: UnsafeRawBufferPointer(bytes)))
        }
        spill = []
    }

    private mutating func beginLine() {
        lineCount += 1
        isWithinLine = true
        isSkipping = false
        spill.removeAll(keepingCapacity: true)
    }

    private mutating func take<Failure: Error>(
        _ piece: UnsafeRawBufferPointer, endsLine: Bool, line: (Line) throws(Failure) -> Void
    ) throws(Failure) {
        // Before the call of `line`, so that its error leaves the framer between lines.
        if endsLine { isWithinLine = false }
        if isSkipping {
            skippedBytes += piece.count
        } else if piece.count > maximumLength - spill.count {
            isSkipping = true
            skippedBytes += spill.count + piece.count
            try line(.overlong(number: lineCount, limit: maximumLength))
        } else if !endsLine {
            keep(piece)
        } else if spill.isEmpty {
            try give(piece, line: line)
        } else {
            keep(piece)
            let whole = spill
            try whole.withUnsafeBufferPointer { (bytes) throws(Failure) in
                try give(UnsafeRawBufferPointer(bytes), line: line)
            }
        }
    }

    private mutating func give<Failure: Error>(
        _ bytes: UnsafeRawBufferPointer, line: (Line) throws(Failure) -> Void
    ) throws(Failure) {
        let text = bytes.last == 0x0D ? UnsafeRawBufferPointer(rebasing: bytes.dropLast()) : bytes
        guard !text.isEmpty else { return emptyLineCount += 1 }
        try line(.complete(number: lineCount, bytes: keepsCarriageReturns ? bytes : text))
    }

    private mutating func keep(_ piece: UnsafeRawBufferPointer) {
        let needed = spill.count + piece.count
        // Doubles like an array, but never beyond what one line may need.
        if needed > spill.capacity { spill.reserveCapacity(min(max(needed, spill.capacity * 2), maximumLength)) }
        spill.append(contentsOf: piece)
    }
}
