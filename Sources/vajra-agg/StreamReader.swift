// SPDX-License-Identifier: Apache-2.0

import VajraAggregate
import VajraCLI
import VajraInput
import VajraLive
import VajraModel
import VajraSystem

/// Reads any number of sources at once, each to its end.
///
/// A filter does not stop at the first SIGINT: only the generator does, and what it still says must be heard. A second
/// one gives the generator 100 ms for its last words; reading ends with them, and the report is of what came.
struct StreamReader {
    private let signals: ProcessSignals
    private let follower: StreamFollower
    private var sources: InputSources
    private var interrupts = 0

    /// The status to end with, if a source could not be read to its end.
    private(set) var readFailure: ExitStatus?
    /// Whether a signal has come meanwhile.
    var wasInterrupted: Bool { interrupts > 0 }

    /// Opens every source before any is read.
    ///
    /// - Throws: ``SystemError`` naming the first that cannot be opened.
    init(opening sources: [String], signals: ProcessSignals, into follower: StreamFollower) throws(SystemError) {
        self.signals = signals
        self.follower = follower
        self.sources = try InputSources(opening: sources)
    }

    /// Gives the follower everything that comes.
    mutating func readAll() {
        var end = MonotonicInstant.distantFuture
        var failure: ExitStatus?
        while !sources.isAtEnd, Clock.now() < end, interrupts <= 2 {
            let view = follower.view
            sources.read(signals: signals, until: min(end, view?.deadline ?? .distantFuture)) { source, piece in
                switch piece {
                case .line(let line): follower.take(line, of: source)
                case .chunk: break
                case .failed(let error):
                    view?.makeRoom()
                    ToolMessage.error("vajra-agg", "\(source): \(error)")
                    failure = .inputOutput
                }
            }
            while let number = signals.next() {
                if view?.take(signal: number) != true { interrupts += 1 }
            }
            if interrupts > 1 { end = min(end, Clock.now().advanced(byNanoseconds: InputSources.patience)) }
            view?.refresh()
        }
        readFailure = failure
        follower.finish()
    }
}
