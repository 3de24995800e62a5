// SPDX-License-Identifier: Apache-2.0

import VajraAggregate
import VajraCLI
import VajraJSON
import VajraModel
import VajraSystem
import VajraWire

/// Reads any number of sources at once, each to its end, into one aggregator.
///
/// A filter does not stop at the first SIGINT: only the generator does, and what it still says must be heard. A second
/// one gives the generator 100 ms for its last words; reading ends with them, and the report is of what came.
final class StreamReader {
    /// How many bad lines are named before they are only counted.
    private static let namedFaults = 20

    /// How long to go on reading after a second signal, unless a third one comes: 2 s. The generator's last words take
    /// 100 ms, but on a crowded machine they may be long on their way.
    private static let patience: Int64 = 2_000_000_000

    private struct Input {
        let name: String
        let descriptor: FileDescriptor
        var framer = LineFramer()
    }

    private let signals: ProcessSignals
    private var inputs: [Input] = []
    private var aggregator = Aggregator()
    private var decoder = LineDecoder()
    private var faults = 0
    private var readFailure: ExitStatus?
    private var interrupts = 0
    private var progress = ReadProgress()

    /// Whether a signal has come meanwhile.
    var wasInterrupted: Bool { interrupts > 0 }

    /// Opens every source before any is read.
    ///
    /// - Throws: ``SystemError`` naming the first that cannot be opened.
    init(opening sources: [String], signals: ProcessSignals) throws(SystemError) {
        self.signals = signals
        for source in sources {
            let descriptor = try StreamReader.open(source)
            inputs.append(Input(name: source == "-" ? "stdin" : source, descriptor: descriptor))
        }
    }

    private static func open(_ source: String) throws(SystemError) -> FileDescriptor {
        if source == "-" { return .standardInput }
        guard source.hasPrefix("unix:") else { return try .opening(source) }
        let path = String(source.dropFirst(5))
        guard let address = SocketAddress(unixPath: path) else { throw SystemError(badSocketPath: path) }
        return try .connecting(to: address)
    }

    /// Everything that came, and the status to end with when reading failed.
    func readAll() -> (Aggregator, ExitStatus?) {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 * 1024, alignment: 64)
        defer { buffer.deallocate() }
        var end = MonotonicInstant.distantFuture
        while !inputs.isEmpty, Clock.now() < end {
            let ready = InputPoll.wait(signals: signals.descriptor, inputs: inputs.map(\.descriptor), until: end)
            while signals.next() != nil { interrupts += 1 }
            if interrupts > 2 { break }
            if interrupts > 1 { end = min(end, Clock.now().advanced(byNanoseconds: StreamReader.patience)) }
            // From the last, so that those which end can be taken out on the way.
            for index in ready.reversed() { read(index, buffer) }
        }
        progress?.clear()
        if faults > StreamReader.namedFaults {
            ToolMessage.warning("vajra-agg", "\(faults - StreamReader.namedFaults) more lines could not be read")
        }
        return (aggregator, readFailure)
    }

    private func read(_ index: Int, _ buffer: UnsafeMutableRawBufferPointer) {
        var input = inputs[index]
        do throws(SystemError) {
            let count = try input.descriptor.read(into: buffer)
            if count > 0 {
                input.framer.append(UnsafeRawBufferPointer(rebasing: buffer[0..<count])) { take($0, of: input.name) }
                inputs[index] = input
                return
            }
            input.framer.finish { take($0, of: input.name) }
        } catch {
            ToolMessage.error("vajra-agg", "\(input.name): \(error)")
            readFailure = .inputOutput
        }
        inputs.remove(at: index)
    }

    private func take(_ line: LineFramer.Line, of source: String) {
        switch line {
        case .complete(let number, let bytes): decode(bytes, at: number, of: source, isCut: false)
        case .unterminated(let number, let bytes): decode(bytes, at: number, of: source, isCut: true)
        case .overlong(let number, let limit): complain(number, source, "the line has more than \(limit) bytes")
        }
    }

    private func decode(_ bytes: UnsafeRawBufferPointer, at number: Int, of source: String, isCut: Bool) {
        do throws(WireError) {
            let (envelope, body) = try decoder.decode(bytes)
            try aggregator.take(envelope, body)
            if case .snapshot(let snapshot) = body { progress?.take(snapshot) }
        } catch {
            complain(number, source, isCut ? "the last line is cut off (\(error))" : "\(error)")
        }
    }

    private func complain(_ number: Int, _ source: String, _ reason: String) {
        aggregator.takeBadLine()
        faults += 1
        if faults <= StreamReader.namedFaults { ToolMessage.error("\(source):\(number)", reason) }
    }
}
