// SPDX-License-Identifier: Apache-2.0

import VajraExport
import VajraModel

/// One stream's waiting lines and its open file.
struct StreamFiles {
    let stream: ExportStream
    var schedule: FileSchedule
    /// Whole lines that wait to be flushed, and their tally.
    var waiting: [UInt8] = []
    var tally = LineTally()
    /// The open file, and its index in the manifest.
    var file: PartialFile?
    var fileIndex: Int?
    /// Files begun so far.
    var begun = 0
    /// After a failed write the stream's later lines are only counted, so that the files hold a prefix of the stream.
    var hasFailed = false

    init(_ stream: ExportStream, policy: FilesPolicy) {
        self.stream = stream
        schedule = FileSchedule(policy)
    }

    mutating func append(_ line: UnsafeRawBufferPointer, _ entry: LineIntake.Entry, at now: MonotonicInstant) {
        waiting.append(contentsOf: line)
        waiting.append(UInt8(ascii: "\n"))
        tally.add(entry, bytes: line.count + 1)
        schedule.took(line.count + 1, at: now)
    }

    /// Forgets the waiting lines, which are on the disk or counted as lost.
    mutating func empty(memberBytes: Int) {
        waiting.removeAll(keepingCapacity: true)
        tally = LineTally()
        schedule.flushed(memberBytes)
    }
}
