// SPDX-License-Identifier: Apache-2.0

import VajraJSON
import VajraSystem

/// This user's runs on this machine, by their control sockets.
package enum LocalRuns {
    /// What is known of all runs.
    package struct Found {
        package var runs: [RunStatus] = []
        /// Runs that do not answer as they should, with the reason.
        package var troubles: [String] = []
    }

    /// Asks every run with an id that begins like this, and removes the sockets that dead processes left behind.
    package static func ask(beginningWith prefix: String = "") -> Found {
        let directory = RuntimeDirectory.locate()
        var found = Found()
        for file in directory.socketNames() {
            guard let name = SocketName(file), name.mayBe(prefix) else { continue }
            let path = "\(directory.path)/\(file)"
            do throws(ControlClient.Failure) {
                let status = try status(at: path)
                if status.runID.hasPrefix(prefix) { found.runs.append(status) }
            } catch {
                switch error {
                // Only a refusal by the kernel proves that nobody listens: a living run may close a connection too.
                case .gone: FileDescriptor.removeFile(path)
                case .closed: break
                case .unreachable(let reason): found.troubles.append("\(name.runID), process \(name.pid): \(reason)")
                case .refused(let fault): found.troubles.append("\(name.runID), process \(name.pid): \(fault)")
                }
            }
        }
        // The oldest first; those that have not begun last.
        found.runs.sort {
            ($0.startUnixMicroseconds ?? .max, $0.source) < ($1.startUnixMicroseconds ?? .max, $1.source)
        }
        return found
    }

    private static func status(at path: String) throws(ControlClient.Failure) -> RunStatus {
        let answer = try asked(path)
        do throws(ControlFault) {
            return try RunStatus(parsing: answer)
        } catch {
            throw .refused(error)
        }
    }

    /// Asks once more when a run has closed the connection. The run made room for a newer asker, or it has ended; the
    /// next connection tells which.
    private static func asked(_ path: String) throws(ControlClient.Failure) -> JSONValue {
        do throws(ControlClient.Failure) {
            return try ControlClient(path: path).ask(ControlRequest(.status))
        } catch {
            guard case .closed = error else { throw error }
            return try ControlClient(path: path).ask(ControlRequest(.status))
        }
    }

    /// The ids of all runs, without asking them: for completion.
    package static func ids() -> [String] {
        let names = RuntimeDirectory.locate().socketNames().compactMap(SocketName.init)
        return Array(Set(names.map(\.runID))).sorted()
    }
}
