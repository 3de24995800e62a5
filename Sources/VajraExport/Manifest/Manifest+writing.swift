// SPDX-License-Identifier: Apache-2.0

package import VajraJSON

extension Manifest {
    /// Writes the manifest as one line of JSON, with what `intake` has read so far.
    package func write(reading intake: LineIntake, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.field("type", "export_manifest")
        writer.field("v", Manifest.version)
        writer.field("tool", "vajra-export")
        writer.field("tool_version", toolVersion)
        writer.field("state", state.rawValue)
        writer.field("written_unix_us", writtenUnixMicroseconds)
        writer.key("run_ids")
        writer.beginArray()
        for runID in intake.runIDs { writer.value(runID) }
        writer.endArray()
        writer.field("lines", intake.lines)
        writer.field("bad_lines", intake.badLines)
        writer.field("overlong_lines", intake.overlongLines)
        writer.field("unattributed_lines", intake.unattributedLines)
        writer.field("lost_lines", lost.lines)
        writer.field("lost_bytes", lost.bytes)
        writer.key("sources")
        writer.beginArray()
        for source in intake.sources { source.write(runID: intake.runIDs[source.run], to: &writer) }
        writer.endArray()
        writer.key("files")
        writer.beginArray()
        for file in files { file.write(runIDs: intake.runIDs, to: &writer) }
        writer.endArray()
        writer.endObject()
        writer.endLine()
    }
}

extension SourceProgress {
    fileprivate func write(runID: String, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.field("run_id", runID)
        writer.field("source", source)
        writer.field("lines", lines)
        writer.field("highest_seq", highestSequence)
        writer.field("missing", missing)
        writer.field("duplicates", duplicates)
        writer.field("ended", hasEnded)
        writer.field("complete", isComplete)
        writer.endObject()
    }
}

extension Manifest.File {
    fileprivate func write(runIDs: [String], to writer: inout JSONWriter) {
        writer.beginObject()
        writer.field("name", isComplete ? name.description : name.partial)
        writer.field("stream", name.stream.rawValue)
        writer.key("run_ids")
        writer.beginArray()
        for run in written.runs.sorted() { writer.value(runIDs[run]) }
        writer.endArray()
        writer.field("lines", written.lines)
        writer.field("bytes", bytes)
        writer.field("uncompressed_bytes", written.bytes)
        if let first = written.firstUnixMicroseconds { writer.field("first_unix_us", first) }
        if let last = written.lastUnixMicroseconds { writer.field("last_unix_us", last) }
        writer.field("complete", isComplete)
        if !lost.isEmpty {
            writer.field("lost_lines", lost.lines)
            writer.field("lost_bytes", lost.bytes)
        }
        writer.endObject()
    }
}
