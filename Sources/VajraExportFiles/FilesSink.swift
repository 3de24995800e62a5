// SPDX-License-Identifier: Apache-2.0

package import VajraExport
package import VajraModel
import VajraSystem

/// Writes a run's lines to gzip files, a folder for each stream, and the manifest that ties them to the run.
///
/// Lines wait in memory for at most ``FilesPolicy/flushEvery``, and then go to their file as one whole gzip member. So
/// a file that a crash or a full disk cuts off reads up to its last flush. A file that is full or old is synced and
/// gets its final name.
package final class FilesSink: ExportSink {
    private let intake: LineIntake
    private let policy: FilesPolicy
    private let report: (String) -> Void
    private var directory: ExportDirectory
    private var encoder: GzipEncoder
    private var streams: [StreamFiles]
    private var manifest: Manifest
    private var hasBegun = false
    private var hasFailed = false
    /// Whether files are synced to the disk before they get their final name.
    private var isDurable = true

    /// Takes a directory for an export of what `intake` reads. It tells `report` of later failures when they happen.
    ///
    /// - Throws: ``FilesError`` when the directory cannot be used.
    package init(
        directory path: String, policy: FilesPolicy, replacing: Bool, toolVersion: String, intake: LineIntake,
        report: @escaping (String) -> Void
    ) throws(FilesError) {
        directory = try ExportDirectory(path, replacing: replacing)
        do throws(GzipError) { encoder = try GzipEncoder() } catch { throw .gzip(error) }
        self.intake = intake
        self.policy = policy
        self.report = report
        manifest = Manifest(toolVersion: toolVersion)
        streams = ExportStream.allCases.map { StreamFiles($0, policy: policy) }
    }

    /// Takes a line without its newline; the next flush writes it to a file at the latest.
    package func take(_ line: UnsafeRawBufferPointer, _ entry: LineIntake.Entry, at now: MonotonicInstant) {
        let index = entry.stream.index
        if streams[index].hasFailed { return lose(line, entry, of: index) }
        if streams[index].schedule.mustFlush(before: line.count + 1) {
            flush(index)
            if streams[index].schedule.isRotationDue(at: now) { rotate(index) }
        }
        if streams[index].file == nil, !streams[index].hasFailed { open(index, entry) }
        if streams[index].hasFailed { return lose(line, entry, of: index) }
        streams[index].append(line, entry, at: now)
    }

    package var deadline: MonotonicInstant? { streams.compactMap(\.schedule.deadline).min() }

    /// Flushes what has waited long enough and closes files that are full or old.
    package func tick(at now: MonotonicInstant) {
        for index in streams.indices where !streams[index].hasFailed {
            let isRotationDue = streams[index].schedule.isRotationDue(at: now)
            if isRotationDue || streams[index].schedule.isFlushDue(at: now) { flush(index) }
            if streams[index].schedule.isRotationDue(at: now) { rotate(index) }
        }
    }

    /// Writes everything that waits at once. From now on compression is quick, and nothing waits for the disk: the
    /// files survive the end of the process, but perhaps not a crash of the machine.
    package func hurry() {
        isDurable = false
        encoder.hurry()
        for index in streams.indices { flush(index) }
    }

    /// Flushes and closes every file, and writes the manifest.
    package func finish(_ end: ExportEnd) -> SinkOutcome {
        for index in streams.indices where streams[index].file != nil {
            flush(index)
            if streams[index].file != nil { close(index) }
        }
        if hasBegun {
            manifest.state = hasFailed ? .failed : Manifest.State(end)
            writeManifest()
        }
        directory.release()
        return SinkOutcome(lost: manifest.lost, hasFailed: hasFailed, losses: losses)
    }
}

// MARK: Files

extension FilesSink {
    private func open(_ index: Int, _ first: LineIntake.Entry) {
        if !hasBegun { directory.clear() }
        hasBegun = true
        streams[index].begun += 1
        let runID = first.run.map { intake.runIDs[$0] }
        let name = ExportFileName(streams[index].stream, runID: runID, number: streams[index].begun)
        streams[index].fileIndex = manifest.files.count
        manifest.files.append(Manifest.File(name: name))
        do throws(SystemError) {
            streams[index].file = try PartialFile(name, in: directory)
            writeManifest()
        } catch {
            fail(index, "\(error)")
        }
    }

    private func flush(_ index: Int) {
        guard let fileIndex = streams[index].fileIndex, !streams[index].tally.isEmpty else { return }
        do {
            let member = try encoder.member(of: streams[index].waiting)
            try streams[index].file?.append(member)
            manifest.files[fileIndex].written.add(streams[index].tally)
            manifest.files[fileIndex].bytes = streams[index].file?.length ?? 0
            streams[index].empty(memberBytes: member.count)
        } catch {
            manifest.files[fileIndex].lost.add(streams[index].tally)
            streams[index].empty(memberBytes: 0)
            fail(index, "\(streams[index].file?.path ?? directory.path): \(error)")
        }
    }

    private func rotate(_ index: Int) {
        guard streams[index].file != nil else { return }
        close(index)
        writeManifest()
    }

    private func close(_ index: Int) {
        guard let file = streams[index].file, let fileIndex = streams[index].fileIndex else { return }
        streams[index].file = nil
        streams[index].schedule.closed()
        do throws(SystemError) {
            try file.finish(durably: isDurable)
            manifest.files[fileIndex].isComplete = true
        } catch {
            fail(index, "\(file.path): \(error)")
        }
    }

    private func writeManifest() {
        manifest.writtenUnixMicroseconds = Clock.unixMicroseconds()
        do throws(SystemError) {
            try directory.write(manifest, reading: intake, durably: isDurable)
        } catch {
            if !hasFailed { report("\(error)") }
            hasFailed = true
        }
    }
}

// MARK: Failure

extension FilesSink {
    /// Stops writing the stream. It counts the later lines, so that the manifest says how much is missing.
    private func fail(_ index: Int, _ reason: String) {
        hasFailed = true
        streams[index].hasFailed = true
        report("\(reason); no more \(streams[index].stream.rawValue) are written, what comes is counted")
        streams[index].file?.abandon()
        streams[index].file = nil
        streams[index].schedule.closed()
    }

    private func lose(_ line: UnsafeRawBufferPointer, _ entry: LineIntake.Entry, of index: Int) {
        guard let fileIndex = streams[index].fileIndex else { return }
        manifest.files[fileIndex].lost.add(entry, bytes: line.count + 1)
    }

    /// What each file misses, for people: `DIR/metrics/….partial: 12 lines (3456 bytes) were not written`.
    private var losses: [String] {
        manifest.files.filter { !$0.lost.isEmpty }.map { file in
            let path = directory.path(of: file.isComplete ? file.name.description : file.name.partial)
            return "\(path): \(file.lost.lines) lines (\(file.lost.bytes) bytes) were not written; "
                + "it holds the \(file.written.lines) before them"
        }
    }
}
