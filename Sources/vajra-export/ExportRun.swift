// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import VajraCLI
import VajraExport
import VajraExportFiles
import VajraStream
import VajraJSON
import VajraModel
import VajraSystem

/// One export: reads every source to its end into every sink.
///
/// A filter does not stop at the first SIGINT: only the generator does, and what it still says must be kept. At the
/// second one what is in memory is written at once, and the reading ends soon: the generator writes its last lines then
/// too.
final class ExportRun {
    /// How many bad lines are named before they are only counted.
    private static let namedFaults = 20
    private static let tool = "vajra-export"

    private let signals: ProcessSignals
    private let intake: LineIntake
    private let sinks: [any ExportSink]
    private let names: [String]
    private var sources: InputSources
    private var interrupts = Interrupts()
    private var now = Clock.now()
    private var faults = 0
    private var readFailed = false
    /// Whether to pass input on: lines of several sources, or the bytes of a single one.
    private var passes: Bool
    private var passed: [UInt8] = []
    private var readerIsGone = false

    /// Runs an export to its end; returns the exit status.
    static func run(
        to choices: [SinkChoice], _ files: FilesOptions, from input: InputOptions, help: String
    ) throws -> ExitStatus {
        if input.sources.isEmpty, FileDescriptor.standardInput.isTerminal {
            try ToolOutput.write(tool, help + "\n")
            return .usage
        }
        let run: ExportRun
        do {
            run = try ExportRun(to: choices, files, from: input)
        } catch let error as FilesError {
            throw ToolMessage.failure(tool, "\(error)", .inputOutput)
        } catch {
            throw ToolMessage.failure(tool, "\(error)", .noInput)
        }
        return run.readAll()
    }

    private init(to choices: [SinkChoice], _ files: FilesOptions, from input: InputOptions) throws {
        signals = try ProcessSignals()
        names = input.sources.isEmpty ? ["-"] : input.sources
        sources = try InputSources(opening: names)
        for remark in sources.remarks { ToolMessage.warning(ExportRun.tool, remark) }
        let intake = LineIntake()
        self.intake = intake
        sinks = try choices.map { choice in
            try choice.open(files, reading: intake) { ToolMessage.error(ExportRun.tool, $0) }
        }
        passes = input.pass
    }

    private func readAll() -> ExitStatus {
        let isMerged = sources.count > 1
        while !sources.isAtEnd, now < interrupts.end {
            sources.read(signals: signals, until: deadline) { source, piece in
                now = Clock.now()
                switch piece {
                case .line(let line): take(line, of: source, isMerged: isMerged)
                case .chunk(let bytes): if !isMerged { pass(bytes) }
                case .damaged(let damage): complain(source, "\(damage); the lines before that are kept")
                case .failed(let error):
                    ToolMessage.error(ExportRun.tool, "\(source): \(error)")
                    readFailed = true
                }
            }
            noteSignals()
            let lines = passed
            passed.removeAll(keepingCapacity: true)
            lines.withUnsafeBytes { pass($0) }
            tick()
        }
        return finish()
    }

    private func noteSignals() {
        while let signal = signals.next() {
            now = Clock.now()
            if interrupts.take(signal, at: now) {
                for sink in sinks { sink.hurry() }
            }
        }
    }

    /// When to look next even if nothing comes.
    private var deadline: MonotonicInstant {
        sinks.compactMap(\.deadline).reduce(interrupts.end, min)
    }

    private func tick() {
        now = Clock.now()
        for sink in sinks { sink.tick(at: now) }
    }
}

// MARK: Lines

extension ExportRun {
    private func take(_ line: LineFramer.Line, of source: String, isMerged: Bool) {
        switch line {
        case .complete(let number, let bytes): take(bytes, "\(source):\(number)", isMerged, isCut: false)
        case .unterminated(let number, let bytes): take(bytes, "\(source):\(number)", isMerged, isCut: true)
        case .overlong(let number, let limit):
            intake.takeOverlongLine()
            complain("\(source):\(number)", "the line has more than \(limit) bytes and is left out")
        }
    }

    private func take(
        _ line: UnsafeRawBufferPointer, _ place: @autoclosure () -> String, _ isMerged: Bool, isCut: Bool
    ) {
        var entry = LineIntake.Entry(stream: .other)
        do throws(JSONError) {
            entry = try intake.take(line)
        } catch {
            complain(place(), "\(isCut ? "the last line is cut off" : "not a line of JSON") (\(error)); kept in other/")
        }
        for sink in sinks { sink.take(line, entry, at: now) }
        if passes, isMerged {
            passed.append(contentsOf: line)
            passed.append(UInt8(ascii: "\n"))
        }
    }

    private func complain(_ place: String, _ reason: String) {
        faults += 1
        if faults <= ExportRun.namedFaults { ToolMessage.warning(place, reason) }
    }

    /// Copies to standard output. While its reader is slow, files are still flushed and signals still taken.
    private func pass(_ bytes: UnsafeRawBufferPointer) {
        var rest = bytes
        while passes, !rest.isEmpty, now < interrupts.end {
            guard InputPoll.waitToWrite(to: .standardOutput, signals: signals.descriptor, until: deadline) else {
                noteSignals()
                tick()
                continue
            }
            do throws(SystemError) {
                let piece = UnsafeRawBufferPointer(rebasing: rest.prefix(InputPoll.pieceSize))
                try FileDescriptor.standardOutput.writeAll(piece)
                rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(piece.count))
            } catch {
                passes = false
                readerIsGone = error.isBrokenPipe
                readFailed = readFailed || !readerIsGone
                if !readerIsGone { ToolMessage.error(ExportRun.tool, "standard output: \(error)") }
            }
        }
    }
}

// MARK: The end

extension ExportRun {
    private func finish() -> ExitStatus {
        let isInterrupted = !sources.isAtEnd
        let end: ExportEnd = readFailed ? .failed : isInterrupted ? .interrupted : .complete
        let outcomes = sinks.map { $0.finish(end) }
        if faults > ExportRun.namedFaults {
            ToolMessage.warning(ExportRun.tool, "\(faults - ExportRun.namedFaults) more lines could not be read")
        }
        for loss in outcomes.flatMap(\.losses) { ToolMessage.error(ExportRun.tool, loss) }
        warnOfWhatIsMissing()
        if readFailed || outcomes.contains(where: \.hasFailed) { return .inputOutput }
        let isEmpty = intake.lines == 0
        if isInterrupted || isEmpty, let signal = interrupts.first {
            return ExitStatus(stoppedBy: signal)
        }
        if isEmpty {
            ToolMessage.error(
                ExportRun.tool, EmptyInput.reason(of: names, wanted: "no line", tool: ExportRun.tool))
            return .noInput
        }
        if readerIsGone { return .readerGone }
        return faults > 0 ? .badInput : .passed
    }

    private func warnOfWhatIsMissing() {
        for source in intake.sources.filter({ !$0.isComplete }).prefix(ExportRun.namedFaults) {
            let reason =
                !source.hasEnded
                ? "has no end: the generator was killed, or its stream cut"
                : source.missing > 0 ? "lacks \(source.missing) lines" : "holds \(source.duplicates) lines twice"
            ToolMessage.warning(
                ExportRun.tool, "run \(intake.runIDs[source.run]): the stream of '\(source.source)' \(reason)")
        }
    }
}
