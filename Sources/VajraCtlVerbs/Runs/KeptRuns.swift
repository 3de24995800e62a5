// SPDX-License-Identifier: Apache-2.0

import VajraExport
import VajraJSON
import VajraModel
import VajraReport
import VajraSystem

/// A run whose folder is kept on disk.
struct KeptRun {
    /// Its id, which names the folder.
    let id: String
    let path: String
    /// Its summary; nil while the run goes on, and when it was ended by force.
    let summary: JSONValue?

    /// A file of the folder; nil when it cannot be read.
    func file(_ name: String) -> [UInt8]? {
        guard let file = try? FileDescriptor.opening("\(path)/\(name)") else { return nil }
        defer { file.close() }
        return try? file.readAll(atMost: KeptRuns.fileLimit)
    }

    /// The cells of its row in the table of runs.
    var row: RunTable.Row {
        func text(_ value: JSONValue?) -> String {
            if case .string(let text) = value { return text }
            return "–"
        }
        func count(_ value: JSONValue?) -> UInt64? {
            if case .int(let number) = value { return UInt64(max(0, number)) }
            return nil
        }
        let total = summary?["total"]
        return RunTable.Row(
            id: id, name: text(summary?["name"]), state: summary == nil ? "no report" : text(summary?["verdict"]),
            elapsed: count(summary?["duration_ns"]).map { ClockText.text(Int64(clamping: $0)) } ?? "–", planned: "–",
            completed: count(total?["completed"]).map(TextColumns.grouped) ?? "–",
            failed: count(total?["failed"]).map(TextColumns.grouped) ?? "–", process: "–")
    }
}

/// The runs whose folders `vajra-ctl run` has left.
enum KeptRuns {
    /// The folder of folders, unless the user names another.
    static let base = "vajra-runs"
    /// More than any report has.
    static let fileLimit = 64 << 20

    /// The runs with ids that begin like this, sorted by id; generated ids sort by time.
    ///
    /// - Throws: ``SystemError`` when the folder is there and cannot be read.
    static func find(in base: String, beginningWith prefix: String = "") throws(SystemError) -> [KeptRun] {
        var runs: [KeptRun] = []
        for id in try Directory.names(in: base).filter({ $0.hasPrefix(prefix) }).sorted() {
            if let run = run(id, in: base) { runs.append(run) }
        }
        return runs
    }

    /// Nil for a folder that is no run's.
    private static func run(_ id: String, in base: String) -> KeptRun? {
        let run = KeptRun(id: id, path: "\(base)/\(id)", summary: nil)
        if let bytes = run.file("summary.json"), let summary = try? JSONValue(parsing: bytes) {
            return KeptRun(id: id, path: run.path, summary: summary)
        }
        return FileDescriptor.isThere("\(run.path)/\(ExportFileName.manifest)") ? run : nil
    }

    /// The ids in the usual folder, for completion.
    static func ids() -> [String] {
        ((try? find(in: base)) ?? []).map(\.id)
    }
}
