// SPDX-License-Identifier: Apache-2.0

import VajraAggregate
import VajraCLI
import VajraLive
import VajraModel
import VajraStream
import VajraSystem

/// Reads any number of sources at once, each to its end.
///
/// A filter does not stop at the first SIGINT: only the generator does, and what it still says must be heard. After a
/// second one (``Interrupts``) the report is of what came.
struct StreamReader {
    private let signals: ProcessSignals
    private let follower: StreamFollower
    private var sources: InputSources
    private var interrupts = Interrupts()

    /// The status to end with, if a source could not be read to its end.
    private(set) var readFailure: ExitStatus?
    /// The status of the first signal that has come meanwhile.
    var interruption: ExitStatus? { interrupts.first.map(ExitStatus.init(stoppedBy:)) }

    /// Opens every source before any is read.
    ///
    /// - Throws: ``InputError`` naming the first that cannot be opened.
    init(opening sources: [String], signals: ProcessSignals, into follower: StreamFollower) throws(InputError) {
        self.signals = signals
        self.follower = follower
        self.sources = try InputSources(opening: sources)
        for remark in self.sources.remarks { ToolMessage.warning("vajra-agg", remark) }
    }

    /// Whether a message has named missing parts of a source.
    var hasRemarks: Bool { !sources.remarks.isEmpty }

    /// Gives the follower everything that comes; stops at a second run unless `mergingRuns`.
    mutating func readAll(mergingRuns: Bool) {
        var failure: ExitStatus?
        while !sources.isAtEnd, Clock.now() < interrupts.end {
            if !mergingRuns, follower.aggregator.mixedRuns != nil { break }
            let view = follower.view
            let deadline = min(interrupts.end, view?.deadline ?? .distantFuture)
            sources.read(signals: signals, until: deadline) { source, piece in
                switch piece {
                case .line(let line): follower.take(line, of: source)
                case .chunk: break
                case .damaged(let damage): follower.take(damage, of: source)
                case .failed(let error):
                    view?.makeRoom()
                    ToolMessage.error("vajra-agg", "\(source): \(error)")
                    failure = .inputOutput
                }
            }
            while let number = signals.next() {
                if view?.take(signal: number) != true { _ = interrupts.take(number, at: Clock.now()) }
            }
            view?.refresh()
        }
        readFailure = failure
        follower.finish()
    }
}
