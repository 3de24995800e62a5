// SPDX-License-Identifier: Apache-2.0

/// What a line says, by its type.
package enum LineBody: Sendable, Equatable {
    case runStarted(RunStarted)
    case snapshot(Snapshot)
    case iteration(IterationLine)
    case log(LogLine)
    case event(EventLine)
    case runEnded(RunEnded)
    /// A line of a type that this build does not decode; the payload is the type's name.
    case other(String)

    /// The line's type as it is written.
    package var type: String {
        switch self {
        case .runStarted: LineType.runStarted.rawValue
        case .snapshot: LineType.snapshot.rawValue
        case .iteration: LineType.iteration.rawValue
        case .log: LineType.log.rawValue
        case .event: LineType.event.rawValue
        case .runEnded: LineType.runEnded.rawValue
        case .other(let name): name
        }
    }
}
