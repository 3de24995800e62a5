// SPDX-License-Identifier: Apache-2.0

import VajraReport
import VajraModel
import VajraControlSocket

/// How a run stands, in the words of the report.
enum StatusText {
    /// Several lines, each with its newline.
    static func text(of status: RunStatus) -> String {
        let share = status.segment == "1/1" ? "" : "   share \(status.segment)"
        var lines = [
            "\(status.name)   run \(status.runID)",
            "\(course(of: status))   \(status.tool) \(status.toolVersion), process \(status.pid) on \(status.host)\(share)",
        ]
        let width = status.scenarios.map { DisplayWidth.of($0.name) }.max() ?? 0
        for scenario in status.scenarios { lines += text(of: scenario, nameWidth: max(width, 8)) }
        return lines.map { DisplayText.safe($0) + "\n" }.joined()
    }

    /// Such as `running   12 s of 30 s (40 %)`.
    static func course(of status: RunStatus) -> String {
        let state = state(of: status)
        guard status.startUnixMicroseconds != nil else { return state }
        let elapsed = ClockText.text(status.elapsed)
        guard let duration = status.plannedDuration else { return "\(state)   \(elapsed)" }
        return "\(state)   \(elapsed) of \(ClockText.text(duration)) (\(Percent.text(status.progress ?? 0)))"
    }

    static func state(of status: RunStatus) -> String {
        status.state == .tearingDown ? "tearing down" : status.state.rawValue
    }

    private static func text(of scenario: RunStatus.Scenario, nameWidth: Int) -> [String] {
        let counts = scenario.counts
        let figures = [
            ("planned", counts.planned), ("started", counts.started), ("completed", counts.completed),
            ("failed", counts.failed), ("dropped", counts.dropped), ("in flight", counts.inFlight),
        ]
        var first = figures.map { "\($0) \(TextColumns.grouped($1))" }
        if scenario.targetRate > 0 { first.append("target rate \(TextColumns.rate(scenario.targetRate))/s") }
        var lines = [TextColumns.left(scenario.name, nameWidth) + "   " + first.joined(separator: "   ")]
        for (name, times) in [
            ("response", scenario.responseTime), ("service", scenario.serviceTime), ("lag", scenario.lag),
        ] {
            guard let times else { continue }
            let points = [("p50", times.p50), ("p99", times.p99), ("max", times.max)].map { point, time in
                "\(point) \(TextColumns.left(DurationText.text(UInt64(max(0, time))), 8))"
            }
            let text = TextColumns.left("", nameWidth) + "   \(TextColumns.left(name, 8))   "
            lines.append(text + points.joined(separator: "   ").trimmingTrailingSpaces)
        }
        return lines
    }
}

extension String {
    var trimmingTrailingSpaces: String {
        String(reversed().drop { $0 == " " }.reversed())
    }
}
