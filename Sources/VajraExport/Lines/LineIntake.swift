// SPDX-License-Identifier: Apache-2.0

package import VajraJSON
import VajraWire

/// Reads the facts of each line, and tracks how much has come of each source.
///
/// A class, because several outputs of one export share it, so that each line is read once. Memory is bounded: it
/// tracks ``sourceLimit`` sources, and only counts the lines of others.
package final class LineIntake {
    /// How many sources are told apart.
    package static let sourceLimit = 4096

    /// A line as the outputs take it.
    package struct Entry: Sendable {
        /// Where it belongs.
        package let stream: ExportStream
        /// The index of its run in ``LineIntake/runIDs``; nil when it names no run, or one beyond the limit.
        package let run: Int?
        /// When it was, microseconds since the Unix epoch; nil when it does not say.
        package let firstUnixMicroseconds: Int64?
        package let lastUnixMicroseconds: Int64?

        /// A line with a known stream and no other known fact.
        package init(
            stream: ExportStream, run: Int? = nil, firstUnixMicroseconds: Int64? = nil,
            lastUnixMicroseconds: Int64? = nil
        ) {
            self.stream = stream
            self.run = run
            self.firstUnixMicroseconds = firstUnixMicroseconds
            self.lastUnixMicroseconds = lastUnixMicroseconds
        }
    }

    private var reader = LineFactsReader()
    private var indices: [SourceName: Int] = [:]
    private var runs: [String: Int] = [:]
    private var last: (name: SourceName, index: Int)?

    /// The runs' ids, in the order of their first lines.
    package private(set) var runIDs: [String] = []
    /// The sources, in the order of their first lines.
    package private(set) var sources: [SourceProgress] = []
    /// Lines given, bad ones included.
    package private(set) var lines: UInt64 = 0
    /// Lines that are not JSON objects.
    package private(set) var badLines: UInt64 = 0
    /// Lines too long to be kept.
    package private(set) var overlongLines: UInt64 = 0
    /// Lines of no source, or of one beyond the limit.
    package private(set) var unattributedLines: UInt64 = 0

    package init() {}

    /// Takes a line without its newline.
    ///
    /// - Throws: ``JSONError`` when it is not a JSON object; it is counted, and belongs to ``ExportStream/other``.
    package func take(_ line: UnsafeRawBufferPointer) throws(JSONError) -> Entry {
        lines += 1
        let facts: LineFacts
        do throws(JSONError) {
            facts = try reader.read(line)
        } catch {
            badLines += 1
            throw error
        }
        let run = note(facts)
        return Entry(
            stream: ExportStream(of: facts.type), run: run, firstUnixMicroseconds: facts.firstUnixMicroseconds,
            lastUnixMicroseconds: facts.lastUnixMicroseconds)
    }

    /// Counts a line that was too long to be taken.
    package func takeOverlongLine() {
        lines += 1
        overlongLines += 1
    }

    private func note(_ facts: LineFacts) -> Int? {
        guard !facts.runID.isEmpty, !facts.source.isEmpty, facts.sequence > 0, let index = self.index(of: facts) else {
            unattributedLines += 1
            return runs[facts.runID]
        }
        sources[index].take(facts)
        return sources[index].run
    }

    private func index(of facts: LineFacts) -> Int? {
        let name = SourceName(runID: facts.runID, source: facts.source)
        // A line mostly comes from the same source as the line before.
        if let last, last.name == name { return last.index }
        let index: Int
        if let known = indices[name] {
            index = known
        } else {
            guard sources.count < LineIntake.sourceLimit else { return nil }
            index = sources.count
            indices[name] = index
            sources.append(SourceProgress(run: run(named: facts.runID), source: facts.source))
        }
        last = (name, index)
        return index
    }

    private func run(named runID: String) -> Int {
        if let known = runs[runID] { return known }
        runs[runID] = runIDs.count
        runIDs.append(runID)
        return runIDs.count - 1
    }
}

private struct SourceName: Hashable {
    let runID: String
    let source: String
}
