// SPDX-License-Identifier: Apache-2.0

package import VajraLive
package import VajraAggregate
import VajraCLI
package import VajraExport
package import VajraJSON
import VajraWire

/// Follows runs by the lines of their streams: merges them, shows them in the live view, and names the bad ones.
package final class StreamFollower {
    private let tool: String
    /// Nil when nobody watches.
    package let view: LiveView?
    private var decoder = LineDecoder()
    private var faults = SourceFaults()
    /// In which source each generator's start was met first.
    private var origins: [SourceKey: String] = [:]
    private var hasDamage = false

    package private(set) var aggregator: Aggregator

    /// A follower that speaks as `tool`.
    package init(tool: String, aggregator: Aggregator, view: LiveView?) {
        self.tool = tool
        self.aggregator = aggregator
        self.view = view
    }

    /// Whether a source was damaged or no stream.
    package var hasBadSource: Bool { hasDamage || faults.hasForeignSource }

    /// What is wrong when the sources are of several runs; nil when they are of one.
    package var mixedRuns: String? {
        guard let mixed = aggregator.mixedRuns else { return nil }
        func name(_ key: SourceKey) -> String { "run \(key.runID) (\(origins[key] ?? key.source))" }
        return "the input holds more than one run: \(name(mixed.first)) and \(name(mixed.other)); "
            + "name the files of one, or add them up all the same with --merge-runs"
    }

    /// Takes a line of a source.
    package func take(_ line: LineFramer.Line, of source: String) {
        switch line {
        case .complete(let number, let bytes): decode(bytes, at: number, of: source, isCut: false)
        case .unterminated(let number, let bytes): decode(bytes, at: number, of: source, isCut: true)
        case .overlong(let number, let limit):
            complain("the line has more than \(limit) bytes", number, source, nil)
        }
    }

    /// Takes the end of a source whose gzip data is damaged; it counts as a bad line.
    package func take(_ damage: GzipDamage, of source: String) {
        aggregator.takeBadLine()
        hasDamage = true
        view?.makeRoom()
        ToolMessage.error(tool, "\(source): \(damage); the lines before that are read")
    }

    private func decode(_ bytes: UnsafeRawBufferPointer, at number: Int, of source: String, isCut: Bool) {
        do throws(WireError) {
            let (envelope, body) = try decoder.decode(bytes)
            if try aggregator.take(envelope, body) { view?.take(envelope, body) }
            if case .runStarted = body { note(envelope, from: source) }
        } catch {
            return complain(isCut ? "the last line is cut off (\(error))" : "\(error)", number, source, bytes)
        }
        say(faults.takeGoodLine(of: source))
    }

    private func note(_ envelope: Envelope, from source: String) {
        let key = SourceKey(runID: envelope.runID, source: envelope.source)
        origins[key] = origins[key] ?? source
    }

    private func complain(_ reason: String, _ number: Int, _ source: String, _ bytes: UnsafeRawBufferPointer?) {
        aggregator.takeBadLine()
        say(faults.take(reason, atLine: number, of: source, bytes: bytes))
    }

    private func say(_ messages: [SourceFaults.Message]) {
        guard !messages.isEmpty else { return }
        view?.makeRoom()
        for message in messages { ToolMessage.error(message.place ?? tool, message.text) }
    }

    /// Removes the live view, names the sources that are no streams, and says how many bad lines were not named.
    package func finish() {
        view?.close()
        say(faults.finish())
        if faults.unnamed > 0 { ToolMessage.warning(tool, "\(faults.unnamed) more lines could not be read") }
    }
}
