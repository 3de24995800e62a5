// SPDX-License-Identifier: Apache-2.0

import VajraAggregate
import VajraExport
import VajraExportFiles
import VajraJSON
import VajraModel
import VajraReport
import VajraSystem

/// The folder of one run's files, named by the run: its lines as `vajra-export files` keeps them, and its report.
struct RunFolder {
    /// The folder's path.
    let path: String
    /// The folder above it, if there was none before; nil if there was.
    private let newBase: String?
    private let intake: LineIntake
    private let files: FilesSink

    /// Makes the folder; refuses one that holds a run already. It tells `report` of later failures.
    ///
    /// - Throws: ``FilesError`` naming the folder.
    init(
        in base: String, runID: RunID, toolVersion: String, report: @escaping (String) -> Void
    ) throws(FilesError) {
        newBase = Directory.isDirectory(base) ? nil : base
        path = "\(base)/\(runID)"
        intake = LineIntake()
        files = try FilesSink(
            directory: path, policy: FilesPolicy(), replacing: false, toolVersion: toolVersion, intake: intake,
            report: report)
    }

    /// Keeps a line of the stream. One that is no JSON is kept too, in `other/`.
    func take(_ line: LineFramer.Line, at now: MonotonicInstant) {
        switch line {
        case .complete(_, let bytes), .unterminated(_, let bytes):
            let entry = (try? intake.take(bytes)) ?? LineIntake.Entry(stream: .other)
            files.take(bytes, entry, at: now)
        case .overlong: intake.takeOverlongLine()
        }
    }

    /// When ``tick(at:)`` has something to do; nil when it has nothing.
    var deadline: MonotonicInstant? { files.deadline }

    /// Writes what has waited long enough.
    func tick(at now: MonotonicInstant) {
        files.tick(at: now)
    }

    /// Writes what waits at once. From now on speed goes before size and safety.
    func hurry() {
        files.hurry()
    }

    /// Completes the files and adds the report. Returns what could not be written, with the reasons.
    func finish(_ summary: Summary, wasCut: Bool) -> [String] {
        var losses: [String] = []
        let outcome = files.finish(wasCut ? .interrupted : .complete)
        if outcome.hasFailed { losses += outcome.losses.isEmpty ? ["\(path) is not complete"] : outcome.losses }
        var json = JSONReport()
        let text = TextReport(summary, style: TextStyle(isColoured: false), width: nil).text
        for (name, bytes) in [("report.txt", Array(text.utf8)), ("summary.json", json.bytes(of: summary))] {
            do throws(SystemError) {
                try bytes.withUnsafeBufferPointer { (buffer) throws(SystemError) in
                    let content = UnsafeRawBufferPointer(buffer)
                    try FileDescriptor.replaceFile("\(path)/\(name)", with: content, durably: true)
                }
            } catch {
                losses.append("\(error)")
            }
        }
        return losses
    }

    /// Removes the folder if it holds nothing.
    func abandon() {
        _ = files.finish(.complete)
        Directory.removeIfEmpty(path)
        if let newBase { Directory.removeIfEmpty(newBase) }
    }
}
