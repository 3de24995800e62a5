// SPDX-License-Identifier: Apache-2.0

import VajraAggregate
import VajraCLI
import VajraStream
import VajraJSON
import VajraLive
import VajraModel
import VajraSystem

/// A run from its generator's start to its report: the stream is merged, shown and kept while it comes.
///
/// It passes signals on to the generator, and goes on until the generator has drained and ended. After a second signal
/// it waits only for the generator's last lines.
final class RunJob {
    /// How long the generator may take to end when its stream has ended, in nanoseconds.
    private static let endPatience: Int64 = 5_000_000_000
    /// How long to read the generator's pipes after its end, in nanoseconds. Its last bytes are in them already; any
    /// other process that holds them is not part of the run.
    private static let pipePatience: Int64 = 500_000_000

    private let generator: GeneratorProcess
    private let signals: ProcessSignals
    private let follower: StreamFollower
    private let folder: RunFolder?
    private var sources: InputSources
    private var interrupts = Interrupts()

    /// Follows a generator, into a folder if its files are wanted.
    init(_ generator: GeneratorProcess, signals: ProcessSignals, follower: StreamFollower, folder: RunFolder?) {
        self.generator = generator
        self.signals = signals
        self.follower = follower
        self.folder = folder
        sources = InputSources(reading: [("stream", generator.stream), (RunJob.words, generator.words)])
    }

    /// The name of the source that is for people.
    private static let words = "words"

    /// Follows to the end. Returns how the generator ended, and whether reading stopped before the streams ended.
    func follow() -> (end: ProcessEnd, wasCut: Bool) {
        var pipesEnd = MonotonicInstant.distantFuture
        while !sources.isAtEnd, Clock.now() < min(interrupts.end, pipesEnd) {
            let view = follower.view
            let exit = pipesEnd == .distantFuture ? generator.exit : nil
            let hasEnded = sources.read(signals: signals, or: exit, until: min(deadline, pipesEnd)) { source, piece in
                switch piece {
                case .line(let line) where source == RunJob.words: pass(line)
                case .line(let line):
                    follower.take(line, of: source)
                    folder?.take(line, at: Clock.now())
                case .chunk, .damaged: break
                case .failed(let error):
                    view?.makeRoom()
                    ToolMessage.error(RunCommand.tool, "reading the generator's \(source): \(error)")
                }
            }
            if hasEnded { pipesEnd = Clock.now().advanced(byNanoseconds: RunJob.pipePatience) }
            while let number = signals.next() { take(signal: number) }
            folder?.tick(at: Clock.now())
            view?.refresh()
        }
        follower.finish()
        let wasCut = !sources.isAtEnd && pipesEnd == .distantFuture
        let patience = wasCut ? 0 : RunJob.endPatience
        return (generator.waitForEnd(until: Clock.now().advanced(byNanoseconds: patience)), wasCut)
    }

    private var deadline: MonotonicInstant {
        min(interrupts.end, folder?.deadline ?? .distantFuture, follower.view?.deadline ?? .distantFuture)
    }

    /// What the generator says to people, as it says it.
    private func pass(_ line: LineFramer.Line) {
        switch line {
        case .complete(_, let bytes), .unterminated(_, let bytes):
            follower.view?.makeRoom()
            FileDescriptor.standardError.print(String(decoding: bytes, as: UTF8.self) + "\n")
        case .overlong: break
        }
    }

    private func take(signal number: Int32) {
        switch number {
        case ProcessSignals.terminalStop:
            // The load stops and continues together with this process.
            generator.signal(number)
            if follower.view?.take(signal: number) != true { ProcessSignals.stopProcess() }
            generator.signal(ProcessSignals.continuation)
        case ProcessSignals.continuation, ProcessSignals.windowChange:
            _ = follower.view?.take(signal: number)
        default:
            _ = follower.view?.take(signal: number)
            generator.signal(number)
            if interrupts.take(number, at: Clock.now()) { folder?.hurry() }
        }
    }
}
