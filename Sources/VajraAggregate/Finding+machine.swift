// SPDX-License-Identifier: Apache-2.0

import VajraModel
import VajraWire

extension Finding {
    /// The busiest lane's share of one processor, and how much it had to wait for one.
    static func processor(_ health: [Health]) -> [Finding] {
        let measured = health.filter { $0.elapsed > 0 }
        guard let busiest = measured.map(\.busiestLaneShare).max() else { return [] }
        let waited = measured.map(\.processorWaitShare).max() ?? 0
        let waiting = Finding(
            subject: .processor, grade: Finding.grade(waited, a: 0.10, b: 0.25, c: 0.50),
            text: "a lane waited \(Percent.text(waited)) of the time for a processor: others took it")
        let grade: Honesty.Grade = busiest < 0.80 ? .a : busiest < 0.95 ? .b : .c
        let advice = grade == .a ? "" : ": give it more lanes or sources"
        let used = Finding(
            subject: .processor, grade: grade,
            text: "busiest lane used \(Percent.text(busiest)) of a processor\(advice)")
        return waiting.grade == .a ? [used] : [used, waiting]
    }

    /// Whether some lane had no time left, or had to wait for a processor most of the time. Then arrivals wait for the
    /// generator, not for the target.
    static func isLaneSlow(_ health: [Health]) -> Bool {
        health.contains { $0.elapsed > 0 && ($0.busiestLaneShare >= 0.95 || $0.processorWaitShare > 0.50) }
    }

    /// How long the stream's reader held up its writer, and what was left out for it.
    static func output(_ health: [Health]) -> [Finding] {
        var sum = Health()
        for one in health { sum.merge(one) }
        let share = sum.elapsed > 0 ? Double(sum.outputBlocked) / Double(sum.elapsed) : 0
        let left = sum.spansDropped &+ sum.logsDropped &+ sum.iterationsDropped
        if left > 0 {
            let text = "the stream's reader was too slow: \(left) log, span or iteration lines left out"
            return [Finding(subject: .output, grade: .b, text: text)]
        }
        if share < 0.01 { return [Finding(subject: .output, grade: .a, text: "output never blocked")] }
        let text = "output blocked \(Percent.text(share)) of the time; nothing was lost"
        return [Finding(subject: .output, grade: .a, text: text)]
    }
}

extension Health {
    fileprivate var busiestLaneShare: Double { Double(busiestLaneCPU) / Double(elapsed) }

    /// In a run of milliseconds, one turn of another program takes most of the time, and means nothing.
    fileprivate var processorWaitShare: Double {
        elapsed >= 1_000_000_000 ? Double(processorWait) / Double(elapsed) : 0
    }
}
