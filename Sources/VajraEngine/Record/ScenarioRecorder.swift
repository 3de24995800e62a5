// SPDX-License-Identifier: Apache-2.0

package import VajraLifecycle
package import VajraMetrics
package import VajraModel

/// Records what happens to one scenario on one lane. Nothing here is shared: an iteration costs a few array increments.
package struct ScenarioRecorder {
    /// At most this many iteration lines are kept per interval and lane; more are counted as left out.
    private static let recordLimit = 200_000

    private var interval = ScenarioMetrics()
    private var records: [IterationRecord] = []
    private var recordsDropped: UInt64 = 0
    private var lastStart: MonotonicInstant?
    private var newFailures: [(FailureKind, String?)] = []
    private var seenFailures: Set<FailureKind> = []
    private let filter: IterationFilter

    /// Whether anything is recorded.
    let isOn: Bool

    /// A recorder that also keeps the iterations that pass the filter.
    ///
    /// - Parameter isOn: False only in the benchmark that measures the price of recording.
    package init(filter: IterationFilter, isOn: Bool = true) {
        self.filter = filter
        self.isOn = isOn
    }

    /// An arrival was noticed `lateness` nanoseconds after its intended start.
    @inline(__always)
    package mutating func arrived(lateness: Int64) {
        guard isOn else { return }
        interval.counts.planned &+= 1
        interval.pacingLag.record(UInt64(max(0, lateness)))
    }

    /// An iteration of the closed model was planned by its own start.
    @inline(__always)
    mutating func arrivedOnDemand() {
        guard isOn else { return }
        interval.counts.planned &+= 1
    }

    /// An iteration was started.
    @inline(__always)
    package mutating func started(at instant: MonotonicInstant) {
        guard isOn else { return }
        interval.counts.started &+= 1
        lastStart = instant
    }

    /// Planned iterations will never start, and the generator had not noticed them before.
    mutating func droppedUnnoticed(_ count: UInt64) {
        interval.counts.planned &+= count
        interval.counts.dropped &+= count
    }

    /// Planned iterations will never start.
    mutating func dropped(_ count: UInt64) {
        interval.counts.dropped &+= count
    }

    /// An iteration has ended.
    package mutating func completed(
        index: UInt64, intended: MonotonicInstant, started: MonotonicInstant, ended: MonotonicInstant, outcome: Outcome
    ) {
        guard isOn else { return }
        interval.responseTime.record(UInt64(max(0, ended.nanoseconds(since: intended))))
        interval.serviceTime.record(UInt64(max(0, ended.nanoseconds(since: started))))
        interval.lag.record(UInt64(max(0, started.nanoseconds(since: intended))))
        interval.counts.completed &+= 1
        interval.counts.bytesSent &+= outcome.bytesSent
        interval.counts.bytesReceived &+= outcome.bytesReceived
        if case .code(let code) = outcome.status {
            interval.counts.statuses.add(code: code)
        } else if case .text(let name) = outcome.status {
            interval.counts.statuses.add(name: name, count: 1)
        }
        let failed = outcome.failure != nil
        if failed { countFailure(outcome) } else { interval.counts.succeeded &+= 1 }
        if filter.includes(index: index, failed: failed) {
            keep(index: index, intended: intended, started: started, ended: ended, outcome: outcome)
        }
    }

    @inline(never)
    private mutating func countFailure(_ outcome: Outcome) {
        guard let kind = outcome.failure else { return }
        interval.counts.failures.add(kind.rawValue)
        if seenFailures.count < NamedCounts.nameLimit, seenFailures.insert(kind).inserted {
            newFailures.append((kind, outcome.message))
        }
    }

    @inline(never)
    private mutating func keep(
        index: UInt64, intended: MonotonicInstant, started: MonotonicInstant, ended: MonotonicInstant, outcome: Outcome
    ) {
        guard records.count < ScenarioRecorder.recordLimit else {
            recordsDropped &+= 1
            return
        }
        records.append(
            IterationRecord(index: index, intended: intended, started: started, ended: ended, outcome: outcome))
    }

    /// What was recorded since the last call; recording goes on in `spare`, which is empty.
    package mutating func take(spare: ScenarioMetrics) -> ScenarioInterval {
        var taken = ScenarioInterval(metrics: spare)
        swap(&taken.metrics, &interval)
        swap(&taken.records, &records)
        swap(&taken.newFailures, &newFailures)
        taken.recordsDropped = recordsDropped
        taken.lastStart = lastStart
        recordsDropped = 0
        return taken
    }
}

/// What one lane recorded of one scenario in one interval.
package struct ScenarioInterval: Sendable {
    /// The metrics of the interval.
    package var metrics: ScenarioMetrics
    /// The iterations that get a line of their own.
    package var records: [IterationRecord] = []
    /// How many iterations were left out, above the limit.
    package var recordsDropped: UInt64 = 0
    /// When the last iteration so far was started; nil before the first.
    package var lastStart: MonotonicInstant?
    /// The failure kinds seen for the first time on this lane, each with its message.
    package var newFailures: [(FailureKind, String?)] = []

    init(metrics: ScenarioMetrics) {
        self.metrics = metrics
    }
}
