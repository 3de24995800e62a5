// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraHTTP

/// One row of the response tables: bytes that arrive, and what a scanner must make of them.
struct ResponseCase: CustomTestStringConvertible, Sendable {
    let story: String
    let input: [UInt8]
    let isHeadRequest: Bool
    let expected: ResponseReading
    var testDescription: String { story }
}

/// What one response was read as.
struct ResponseReading: Equatable, Sendable {
    var error: HTTPParseError?
    var status = 0
    var body = ""
    var keepsAlive = false
    /// What was left for the next response.
    var rest = ""
}

/// A row that must be read.
func good(
    _ story: String, _ input: String, status: Int = 200, body: String = "", keepsAlive: Bool = true, rest: String = "",
    head isHeadRequest: Bool = false
) -> ResponseCase {
    ResponseCase(
        story: story, input: Array(input.utf8), isHeadRequest: isHeadRequest,
        expected: ResponseReading(status: status, body: body, keepsAlive: keepsAlive, rest: rest))
}

/// A row that must be refused.
func bad(_ story: String, _ input: String, _ error: HTTPParseError, head: Bool = false) -> ResponseCase {
    ResponseCase(
        story: story, input: Array(input.utf8), isHeadRequest: head, expected: ResponseReading(error: error))
}

/// Limits small enough for the tables to reach.
let tableLimits = HTTPLimits(headBytes: 256, fields: 8, chunkLineBytes: 32, trailerBytes: 64, interimResponses: 2)

extension ResponseCase {
    /// Reads the input cut at `cuts`, with the end of input after it if the response is not complete.
    func read(
        cutAt cuts: [Int], with scanner: inout HTTPResponseScanner
    ) -> ResponseReading {
        scanner.begin(isHeadRequest: isHeadRequest)
        var reading = ResponseReading()
        var body: [UInt8] = []
        var used = 0
        do throws(HTTPParseError) {
            var start = 0
            for end in cuts + [input.count] where !scanner.isComplete {
                used += try consume(input[start..<end], &scanner, &body)
                start = end
            }
            if !scanner.isComplete { try scanner.endOfInput() }
        } catch {
            return ResponseReading(error: error)
        }
        reading.status = scanner.status
        reading.body = String(decoding: body, as: UTF8.self)
        reading.keepsAlive = scanner.keepsAlive
        reading.rest = String(decoding: input[used...], as: UTF8.self)
        return body.count == scanner.bodyBytes ? reading : ResponseReading(body: "body and bodyBytes differ")
    }

    private func consume(
        _ bytes: ArraySlice<UInt8>, _ scanner: inout HTTPResponseScanner, _ body: inout [UInt8]
    ) throws(HTTPParseError) -> Int {
        // A copy of the very size, so that a sanitizer sees a read past the chunk.
        let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
        defer { chunk.deallocate() }
        chunk.copyBytes(from: bytes)
        var found: [UInt8] = []
        defer { body += found }
        return try scanner.consume(UnsafeRawBufferPointer(chunk)) { found.append(contentsOf: $0) }
    }
}
