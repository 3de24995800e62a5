// SPDX-License-Identifier: Apache-2.0

import VajraJSON
import VajraMetrics

/// Writes the lines of one source, numbered in order; keeps its buffers. Every line ends with a newline and fits
/// ``WireFormat/lineLimit``. A body that would not fit becomes several lines that add up to it.
package struct LineEncoder: ~Copyable {
    private let envelope: Envelope
    private var sequence: UInt64 = 0
    private var counts: [(type: String, count: UInt64)] = []
    private var writer = JSONWriter(capacity: 64 * 1024)
    private var histograms = HistogramEncoder()

    /// An encoder for the lines of `source` in the run.
    package init(runID: String, source: String) {
        envelope = Envelope(runID: runID, source: source, sequence: 0)
    }

    /// How many lines of each type have been written, in the order in which the types first came.
    package var lineCounts: [(type: String, count: UInt64)] { counts }

    /// Writes a line, or several where one would be too long, and hands the bytes of each to `sink`.
    ///
    /// - Throws: ``WireError/unwritable(_:)`` when even the shortest form exceeds the limit; nothing was written then.
    package mutating func encode<Failure: Error>(
        _ body: LineBody, to sink: (UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws {
        switch body {
        case .runEnded(let end): try encode(end: end, to: sink)
        case .snapshot(let snapshot): try encode(snapshot: snapshot, to: sink)
        default: try emit(body, to: sink)
        }
    }

    private mutating func encode<Failure: Error>(
        snapshot: Snapshot, to sink: (UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws {
        if try emitIfShort(.snapshot(snapshot), to: sink) { return }
        for count in LineEncoder.splits {
            let pieces = snapshot.split(into: count)
            guard try pieces.allSatisfy({ try fits(.snapshot($0)) }) else { continue }
            for piece in pieces { try emit(.snapshot(piece), to: sink) }
            return
        }
        throw WireError.unwritable("the snapshot of scenario '\(snapshot.scenario)' is too long for a line")
    }

    private mutating func encode<Failure: Error>(
        end: RunEnded, to sink: (UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws {
        var whole = end
        whole.lines = countsAfter(adding: 1, of: LineType.runEnded.rawValue)
        if try emitIfShort(.runEnded(whole), to: sink) { return }
        for count in LineEncoder.splits {
            var pieces = end.split(into: count)
            let lines = countsAfter(adding: UInt64(pieces.count), of: LineType.runEnded.rawValue)
            for index in pieces.indices { pieces[index].lines = lines }
            guard !pieces.isEmpty, try pieces.allSatisfy({ try fits(.runEnded($0)) }) else { continue }
            for piece in pieces { try emit(.runEnded(piece), to: sink) }
            return
        }
        throw WireError.unwritable("the end of the run is too long for a line")
    }

    /// The numbers of pieces to try, in order. Four histograms of 40 000 filled buckets each fit in 16.
    private static let splits = [1, 2, 4, 8, 16, 32]

    /// Nearly every line fits as it is, and is encoded once.
    private mutating func emitIfShort<Failure: Error>(
        _ body: LineBody, to sink: (UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws -> Bool {
        guard try fits(body, sequence: sequence + 1) else { return false }
        try handOver(body, to: sink)
        return true
    }

    private func countsAfter(adding count: UInt64, of type: String) -> [(type: String, count: UInt64)] {
        var all = counts
        if let index = all.firstIndex(where: { $0.type == type }) {
            all[index].count += count
        } else {
            all.append((type, count))
        }
        return all
    }

    private mutating func fits(_ body: LineBody, sequence: UInt64 = .max) throws -> Bool {
        try write(body, sequence: sequence)
        return writer.count <= WireFormat.lineLimit
    }

    private mutating func emit<Failure: Error>(
        _ body: LineBody, to sink: (UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws {
        try write(body, sequence: sequence + 1)
        guard writer.count <= WireFormat.lineLimit else {
            throw WireError.unwritable("a \(body.type) line of \(writer.count) bytes exceeds \(WireFormat.lineLimit)")
        }
        try handOver(body, to: sink)
    }

    private mutating func handOver<Failure: Error>(
        _ body: LineBody, to sink: (UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws {
        sequence += 1
        counts = countsAfter(adding: 1, of: body.type)
        try writer.withUnsafeBytes(sink)
    }

    private mutating func write(_ body: LineBody, sequence: UInt64) throws(HistogramCodingError) {
        writer.removeAll(keepingCapacity: true)
        envelope.encodeHead(of: body.type, into: &writer)
        writer.field("seq", sequence)
        switch body {
        case .runStarted(let line): line.encode(into: &writer)
        case .snapshot(let line): try line.encode(into: &writer, with: &histograms)
        case .iteration(let line): line.encode(into: &writer)
        case .log(let line): line.encode(into: &writer)
        case .event(let line): line.encode(into: &writer)
        case .runEnded(let line): try line.encode(into: &writer, with: &histograms)
        case .other: preconditionFailure("a line of an unknown type cannot be written")
        }
        writer.endObject()
        writer.endLine()
    }
}
