// SPDX-License-Identifier: Apache-2.0

package import VajraLive
package import VajraAggregate
import VajraCLI
package import VajraJSON
import VajraWire

/// Follows runs by the lines of their streams: merges them, shows them in the live view, and names the bad ones.
package final class StreamFollower {
    /// How many bad lines are named before they are only counted.
    private static let namedFaults = 20

    private let tool: String
    /// What people see meanwhile; nil where nobody looks.
    package let view: LiveView?
    private var decoder = LineDecoder()
    private var faults = 0

    /// Everything that came.
    package private(set) var aggregator: Aggregator

    /// A follower that speaks as `tool`.
    package init(tool: String, aggregator: Aggregator, view: LiveView?) {
        self.tool = tool
        self.aggregator = aggregator
        self.view = view
    }

    /// Takes a line of a source.
    package func take(_ line: LineFramer.Line, of source: String) {
        switch line {
        case .complete(let number, let bytes): decode(bytes, at: number, of: source, isCut: false)
        case .unterminated(let number, let bytes): decode(bytes, at: number, of: source, isCut: true)
        case .overlong(let number, let limit): complain(number, source, "the line has more than \(limit) bytes")
        }
    }

    private func decode(_ bytes: UnsafeRawBufferPointer, at number: Int, of source: String, isCut: Bool) {
        do throws(WireError) {
            let (envelope, body) = try decoder.decode(bytes)
            if try aggregator.take(envelope, body) { view?.take(envelope, body) }
        } catch {
            complain(number, source, isCut ? "the last line is cut off (\(error))" : "\(error)")
        }
    }

    private func complain(_ number: Int, _ source: String, _ reason: String) {
        aggregator.takeBadLine()
        faults += 1
        guard faults <= StreamFollower.namedFaults else { return }
        view?.makeRoom()
        ToolMessage.error("\(source):\(number)", reason)
    }

    /// Takes the live view away, and says how many bad lines were not named.
    package func finish() {
        view?.close()
        if faults > StreamFollower.namedFaults {
            ToolMessage.warning(tool, "\(faults - StreamFollower.namedFaults) more lines could not be read")
        }
    }
}
