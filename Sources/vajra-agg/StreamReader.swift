// SPDX-License-Identifier: Apache-2.0

import VajraAggregate
import VajraCLI
import VajraInput
import VajraJSON
import VajraLive
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

    private let signals: ProcessSignals
    private var sources: InputSources
    private var aggregator: Aggregator
    private var decoder = LineDecoder()
    private var faults = 0
    private var readFailure: ExitStatus?
    private var interrupts = 0
    private let view: LiveView?

    /// Whether a signal has come meanwhile.
    var wasInterrupted: Bool { interrupts > 0 }

    /// Opens every source before any is read; what they say is shown in the view.
    ///
    /// - Throws: ``SystemError`` naming the first that cannot be opened.
    init(
        opening sources: [String], signals: ProcessSignals, aggregator: Aggregator, view: LiveView?
    ) throws(SystemError) {
        self.aggregator = aggregator
        self.signals = signals
        self.view = view
        self.sources = try InputSources(opening: sources)
    }

    /// Everything that came, and the status to end with when reading failed.
    func readAll() -> (Aggregator, ExitStatus?) {
        var end = MonotonicInstant.distantFuture
        while !sources.isAtEnd, Clock.now() < end, interrupts <= 2 {
            sources.read(signals: signals, until: min(end, view?.deadline ?? .distantFuture)) { source, piece in
                switch piece {
                case .line(let line): take(line, of: source)
                case .chunk: break
                case .failed(let error):
                    view?.makeRoom()
                    ToolMessage.error("vajra-agg", "\(source): \(error)")
                    readFailure = .inputOutput
                }
            }
            while let number = signals.next() {
                if view?.take(signal: number) != true { interrupts += 1 }
            }
            if interrupts > 1 { end = min(end, Clock.now().advanced(byNanoseconds: InputSources.patience)) }
            view?.refresh()
        }
        view?.close()
        if faults > StreamReader.namedFaults {
            ToolMessage.warning("vajra-agg", "\(faults - StreamReader.namedFaults) more lines could not be read")
        }
        return (aggregator, readFailure)
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
            if try aggregator.take(envelope, body) { view?.take(envelope, body) }
        } catch {
            complain(number, source, isCut ? "the last line is cut off (\(error))" : "\(error)")
        }
    }

    private func complain(_ number: Int, _ source: String, _ reason: String) {
        aggregator.takeBadLine()
        faults += 1
        guard faults <= StreamReader.namedFaults else { return }
        view?.makeRoom()
        ToolMessage.error("\(source):\(number)", reason)
    }
}
