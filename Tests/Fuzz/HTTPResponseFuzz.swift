// SPDX-License-Identifier: Apache-2.0

// Compiled by `run-fuzz` together with the sources of VajraHTTP, hence no import of it.
//
//     input:  flags  cut  response bytes …
//     flags:  bit 0 the request was HEAD, bit 1 small limits
//     cut:    where to split, modulo the number of response bytes plus one

/// What must be the same however a response is split.
struct Reading: Equatable {
    var error: HTTPParseError?
    var status = 0
    var keepsAlive = false
    var isComplete = false
    var headBytes = 0
    var used = 0
    var body: [UInt8] = []
    var watched: [[[UInt8]]] = []
}

let smallLimits = HTTPLimits(
    headBytes: 96, fields: 4, chunkLineBytes: 16, trailerBytes: 24, interimResponses: 1)

func check(_ condition: Bool, _ rule: StaticString) {
    if !condition { fatalError("broken: \(rule)") }
}

/// Reads one response from `bytes` cut at `cuts`, in ascending order.
func read(
    _ bytes: UnsafeRawBufferPointer, cutAt cuts: [Int], head: Bool, limits: HTTPLimits,
    _ scanner: inout HTTPResponseScanner
) -> Reading {
    scanner.begin(isHeadRequest: head)
    var reading = Reading()
    do throws(HTTPParseError) {
        var start = 0
        for end in cuts + [bytes.count] where !scanner.isComplete {
            // A copy of the very size, so that a read past the chunk is seen.
            let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: end - start, alignment: 1)
            defer { chunk.deallocate() }
            chunk.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
            var body: [UInt8] = []
            let used = try scanner.consume(UnsafeRawBufferPointer(chunk)) { body.append(contentsOf: $0) }
            check(used == chunk.count || scanner.isComplete, "all bytes are used until the response is complete")
            check(used <= chunk.count, "no more bytes are used than there are")
            check(scanner.spilledBytes <= max(limits.headBytes, limits.chunkLineBytes), "what is held back is bounded")
            reading.body += body
            reading.used += used
            start = end
        }
        if !scanner.isComplete { try scanner.endOfInput() }
    } catch {
        return Reading(error: error)
    }
    check(scanner.bodyBytes == reading.body.count, "the body is counted as given")
    check(scanner.bodyBytes + scanner.headBytes <= reading.used, "head and body do not exceed the input")
    check(!head || scanner.bodyBytes == 0, "an answer to HEAD has no body")
    check((100...999).contains(scanner.status), "a status is in range")
    reading.status = scanner.status
    reading.keepsAlive = scanner.keepsAlive
    reading.isComplete = scanner.isComplete
    reading.headBytes = scanner.headBytes
    reading.watched = (0..<3).map { index in
        var values: [[UInt8]] = []
        scanner.watched.forEachValue(index) { values.append(Array($0)) }
        return values
    }
    return reading
}

/// Reads one input whole, again, in two parts and byte by byte; traps when the readings differ. Always returns 0.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard let start, count >= 2 else { return 0 }
    let bytes = UnsafeRawBufferPointer(start: start + 2, count: count - 2)
    let head = start[0] & 1 != 0
    let limits = start[0] & 2 != 0 ? smallLimits : .response
    let cut = Int(start[1]) % (bytes.count + 1)

    var scanner = HTTPResponseScanner(limits: limits, watchedHeaders: ["Server", "content-length", "X"])
    let whole = read(bytes, cutAt: [], head: head, limits: limits, &scanner)
    let again = read(bytes, cutAt: [], head: head, limits: limits, &scanner)
    let parted = read(bytes, cutAt: [cut], head: head, limits: limits, &scanner)
    let single = read(bytes, cutAt: Array(0..<bytes.count), head: head, limits: limits, &scanner)
    check(again == whole, "a remembered head reads the same")
    check(parted == whole, "a split changes nothing")
    check(single == whole, "byte by byte changes nothing")
    return 0
}
