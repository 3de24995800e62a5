// SPDX-License-Identifier: Apache-2.0

package import VajraConfig
import VajraEngine
package import VajraLane
package import VajraLifecycle

/// The `http` task on one lane: one request and its expected response per iteration, or a chain of them along
/// redirects.
///
/// It is one word, and ``execute(_:)`` keeps few variables, because the slot of each iteration in flight holds a copy
/// of the task and an async frame. With what the engine needs, both fit in one slab of the runtime, 984 bytes.
package struct HTTPTask: BuiltInTask {
    private let exchanges: HTTPExchanges

    /// A task instance for the given lane, which sends `request`, made from the same config.
    ///
    /// - Throws: ``HTTPTaskError`` when a file that TLS needs cannot be used any more.
    package init(_ config: HTTPTaskConfig, request: HTTPTaskRequest, lane: Lane) throws(HTTPTaskError) {
        exchanges = try HTTPExchanges(config, request: request, lane: lane)
    }

    /// One exchange on an idle connection, or on a new one; a chain of them along redirects.
    @inline(__always)
    package func execute(_ iteration: Iteration) async throws -> Outcome {
        let slot = iteration.slot
        let deadline = exchanges.begin(iteration)
        var answer: HTTPAnswer
        repeat {
            answer = await withUnsafeContinuation { exchanges.send(slot, until: deadline, $0) }
        } while exchanges.goesOn(slot, after: answer)
        return exchanges.outcome(slot, of: answer)
    }

    /// Closes all connections.
    package mutating func teardown() async {
        exchanges.closeAll()
    }
}
