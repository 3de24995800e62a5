// SPDX-License-Identifier: Apache-2.0

/// Decides which bad lines are named, and in which words. Pure.
///
/// It holds back the faults of a source that has not given a line of a run yet. If the source never gives one, it is no
/// stream, and a sentence that says what it is helps more than its first twenty lines.
package struct SourceFaults: Sendable {
    package struct Message: Sendable, Equatable {
        /// `source:line`; nil when the message is about the whole source.
        package let place: String?
        package let text: String
    }

    /// How many bad lines are named before they are only counted.
    private static let namedFaults = 20
    /// How many bad lines a source may begin with before it is judged.
    private static let heldFaults = 20

    private enum Standing {
        /// It has given no line of a run so far.
        case unknown(held: [Message], look: SourceLook)
        /// It has given one.
        case stream
        /// It was judged to be no stream.
        case foreign
    }

    private var standings: [String: Standing] = [:]
    /// The sources in the order of their first faults, so that messages have an order.
    private var order: [String] = []
    private var last = ""
    private var faults = 0

    package init() {}

    /// Whether a source was judged to be no stream, and that was said.
    package private(set) var hasForeignSource = false

    /// Notes a line of a run; gives the faults of its source that were held back.
    package mutating func takeGoodLine(of source: String) -> [Message] {
        // Many lines in a row come from one source; this check makes them cheap.
        if source == last { return [] }
        last = source
        let standing = standings[source]
        standings[source] = .stream
        guard case .unknown(let held, _) = standing else { return [] }
        return held.compactMap { name($0) }
    }

    /// Notes a line that cannot be read; gives the messages to show now.
    ///
    /// - Parameter bytes: The line; nil for one that is too long.
    package mutating func take(
        _ reason: String, atLine number: Int, of source: String, bytes: UnsafeRawBufferPointer?
    ) -> [Message] {
        let message = Message(place: "\(source):\(number)", text: reason)
        var (held, look) = ([Message](), SourceLook(name: source))
        switch standings[source] {
        case .stream: return [name(message)].compactMap(\.self)
        case .foreign: return []
        case .unknown(let earlier, let seen): (held, look) = (earlier, seen)
        case nil: order.append(source)
        }
        held.append(message)
        look.take(bytes)
        standings[source] = .unknown(held: held, look: look)
        return held.count < SourceFaults.heldFaults ? [] : judge(source)
    }

    /// Ends all sources; gives the messages about sources that are no streams.
    package mutating func finish() -> [Message] {
        order.flatMap { judge($0) }
    }

    /// How many bad lines were not named.
    package var unnamed: Int { max(0, faults - SourceFaults.namedFaults) }

    private mutating func judge(_ source: String) -> [Message] {
        guard case .unknown(let held, let look) = standings[source], let first = held.first else { return [] }
        standings[source] = .foreign
        hasForeignSource = true
        return [Message(place: nil, text: look.sentence(firstFault: first.text))]
    }

    private mutating func name(_ message: Message) -> Message? {
        faults += 1
        return faults <= SourceFaults.namedFaults ? message : nil
    }
}
