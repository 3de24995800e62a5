// SPDX-License-Identifier: Apache-2.0

import VajraConfig
import VajraSystem
import VajraTemplate

/// The files that an `http` task names, read once for all lanes.
enum HTTPTaskFiles {
    /// The most bytes of a body: 64 MiB.
    static let mostBodyBytes = 64 << 20
    /// The most bytes of a file of certificates: 16 MiB, a hundred times what a system has.
    static let mostPEMBytes = 16 << 20

    /// The body, if it is in a file.
    static func body(_ config: HTTPTaskConfig) throws(HTTPTaskError) -> [UInt8]? {
        guard !config.bodyFile.isEmpty else { return nil }
        let bytes = try read(config.bodyFile, atMost: mostBodyBytes + 1, keys: ["body_file"])
        guard bytes.count <= mostBodyBytes else {
            throw HTTPTaskError(
                description: "the body in \(config.bodyFile) has more than \(mostBodyBytes >> 20) MiB",
                keys: ["body_file"])
        }
        return bytes
    }

    static func feed(
        _ source: HTTPTaskConfig.FeedSource, seed: UInt64, scenario: String
    ) throws(HTTPTaskError) -> Feed {
        let keys = ["feeds", source.name, "file"]
        let bytes = try read(source.file, atMost: FeedLimits.mostBytes + 1, keys: keys)
        do throws(FeedFault) {
            let table = try FeedTable(parsing: bytes)
            return Feed(source.name, table: table, order: source.order, seed: seed, scenario: scenario)
        } catch {
            throw HTTPTaskError(
                description: "feed '\(source.name)': \(place(source.file, line: error.line)): \(error)", keys: keys)
        }
    }

    /// A file of certificates or a key.
    static func pem(_ path: String, what: String, keys: [String]) throws(HTTPTaskError) -> [UInt8] {
        let bytes = try read(path, atMost: mostPEMBytes + 1, what: what, keys: keys)
        guard bytes.count <= mostPEMBytes else {
            throw HTTPTaskError(description: "\(what) \(path) has more than \(mostPEMBytes >> 20) MiB", keys: keys)
        }
        return bytes
    }

    /// `users.csv:12`, or the file alone for line 0.
    static func place(_ file: String, line: Int) -> String {
        line == 0 ? file : "\(file):\(line)"
    }

    private static func read(
        _ path: String, atMost limit: Int, what: String = "the file", keys: [String]
    ) throws(HTTPTaskError) -> [UInt8] {
        do throws(SystemError) {
            let file = try FileDescriptor.opening(path)
            defer { file.close() }
            return try file.readAll(atMost: limit)
        } catch {
            throw HTTPTaskError(
                description: "\(what) \(path) cannot be read: \(error.reason)", keys: keys, isUnreadable: true)
        }
    }
}
