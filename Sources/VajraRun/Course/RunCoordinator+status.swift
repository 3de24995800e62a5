// SPDX-License-Identifier: Apache-2.0

import VajraRunPlan
import VajraCLI
import VajraConfig
import VajraEngine
import VajraMetrics
import VajraModel
import VajraControlSocket
import VajraSystem
import VajraWire

extension RunCoordinator {
    /// Answers a request on the control socket.
    func answer(_ request: ControlRequest) -> ControlReply? {
        switch request.method {
        case .status: ControlReply(to: request, status().json)
        }
    }

    private func status() -> RunStatus {
        var status = RunStatus(
            runID: description.runID.description, name: description.config.name, source: description.source,
            tool: description.settings.tool, toolVersion: ToolVersion.current, host: ProcessHealth.hostName(),
            pid: Int64(ProcessHealth.processID()), segment: "\(description.settings.segment)", state: state)
        if let start {
            status.startUnixMicroseconds = description.anchor.unixMicroseconds(at: start)
            status.elapsed = max(0, Clock.now().nanoseconds(since: start))
        }
        if let plans = startLine?.scenarios {
            let durations = plans.map(\.plannedDuration)
            status.plannedDuration = durations.contains(0) ? nil : durations.max()
            status.planTotal = plans.reduce(into: UInt64?.some(0)) { sum, plan in
                sum = sum.flatMap { known in plan.planned.map { known + $0 } }
            }
        }
        status.scenarios = description.scenarios.enumerated().map { index, plan in
            let metrics = assembler.totals[index]
            var scenario = RunStatus.Scenario(
                name: plan.config.name, counts: RunStatus.Counts(metrics.counts),
                targetRate: plan.targetRate(at: status.elapsed))
            if metrics.responseTime.totalCount > 0 {
                scenario.responseTime = RunStatus.Times(metrics.responseTime)
                scenario.serviceTime = RunStatus.Times(metrics.serviceTime)
                scenario.lag = RunStatus.Times(metrics.lag)
            }
            return scenario
        }
        return status
    }

    private var state: RunStatus.State {
        switch machine.phase {
        case .initializing, .ready: .initializing
        case .running: .running
        case .draining: .draining
        case .tearingDown: .tearingDown
        case .ended: .ended
        }
    }
}

extension RunStatus.Counts {
    fileprivate init(_ counts: ScenarioCounts) {
        self.init()
        planned = counts.planned
        started = counts.started
        completed = counts.completed
        succeeded = counts.succeeded
        failed = counts.failed
        dropped = counts.dropped
        inFlight = counts.inFlight
    }
}

extension RunStatus.Times {
    fileprivate init(_ histogram: Histogram) {
        self.init(
            p50: Int64(clamping: histogram.value(atQuantile: 0.5)),
            p99: Int64(clamping: histogram.value(atQuantile: 0.99)),
            max: Int64(clamping: histogram.max))
    }
}
