// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraMetrics
import VajraReport
import VajraWire

struct LiveModelTests {
    private let browse = LiveRun.Scenario(name: "browse")

    @Test func `before the first line there is nothing to show`() {
        #expect(!LiveModel().hasStarted)
        #expect(LiveModel().figures.progress == nil)
    }

    @Test func `the plan is known before the first interval is over`() throws {
        let figures = LiveRun([browse]).model.figures
        #expect(figures.plannedTime == 150_000_000_000)
        #expect(figures.planTotal == 150_000)
        #expect(figures.progress == 0)
        #expect(figures.stage == .running)
        #expect(try #require(figures.scenarios.first).last == nil)
    }

    @Test func `rates and percentiles are those of the last interval, counts those of all`() throws {
        var run = LiveRun([LiveRun.Scenario(name: "browse", responses: { [UInt64($0) * 1000] })])
        run.intervals(1...5)
        let scenario = try #require(run.model.figures.scenarios.first)
        let last = try #require(scenario.last)
        #expect(last.achievedRate == 1000)
        #expect(last.targetRate == 1000)
        #expect(last.length == 1_000_000_000)
        #expect((5_000_000...5_005_000).contains(last.responseTime.value(atQuantile: 0.5)))
        #expect((3_000_000...3_003_000).contains(scenario.responseTime.value(atQuantile: 0.5)))
        #expect(scenario.counts.started == 5000)
        #expect(scenario.inFlight == 12)
        #expect(scenario.history.count == 5)
        #expect(run.model.figures.elapsed == 5_000_000_000)
    }

    @Test func `the interval of several sources is over when each of them is in it`() throws {
        var run = LiveRun([browse], sources: ["w1", "w2", "w3"])
        run.interval(1, of: "w1")
        run.interval(1, of: "w2")
        #expect(try #require(run.model.figures.scenarios.first).last == nil)
        run.interval(1, of: "w3")
        let scenario = try #require(run.model.figures.scenarios.first)
        #expect(scenario.last?.achievedRate == 3000)
        #expect(scenario.last?.targetRate == 3000)
        #expect(scenario.inFlight == 36)
        #expect(run.model.figures.planTotal == 450_000)
    }

    @Test(arguments: [0, 350_000, -3_600_000_000, 86_400_000_000])
    func `clocks that differ change neither rates nor the time that has gone by`(skew: Int64) throws {
        var run = LiveRun([browse], sources: ["w1"])
        var line = LiveRun.started("checkout", [browse], 150)
        line.startUnixMicroseconds += skew
        run.take(.runStarted(line), of: "w2")
        for end in 1...4 {
            run.interval(end, of: "w1")
            run.interval(end, of: "w2", skew: skew)
        }
        #expect(run.model.figures.elapsed == 4_000_000_000)
        #expect(try #require(run.model.figures.scenarios.first).last?.achievedRate == 2000)
    }

    @Test func `a source that says nothing any more is not waited for`() throws {
        var run = LiveRun([browse], sources: ["w1", "dead"])
        run.intervals(1...2)
        #expect(try #require(run.model.figures.scenarios.first).last == nil)
        run.interval(3)
        #expect(try #require(run.model.figures.scenarios.first).last?.achievedRate == 1000)
    }

    @Test func `a source that has ended counts no more in rates and in flight`() throws {
        var run = LiveRun([browse], sources: ["w1", "w2"])
        run.interval(1, of: "w1")
        run.interval(1, of: "w2")
        run.take(LiveRun.ended, of: "w2")
        run.interval(2, of: "w1")
        let figures = run.model.figures
        #expect(figures.scenarios.first?.last?.achievedRate == 1000)
        #expect(figures.inFlight == 12)
        #expect(figures.sourcesEnded == 1)
        #expect(figures.stage == .running)
    }

    @Test func `a snapshot of several intervals, as a slow reader gets it, gives the rate and not the sum`() throws {
        var run = LiveRun([browse])
        var snapshot = LiveRun.snapshot(browse, 1)
        for end in 2...5 { snapshot.append(LiveRun.snapshot(browse, end)) }
        run.take(.snapshot(snapshot))
        let last = try #require(run.model.figures.scenarios.first?.last)
        #expect(last.achievedRate == 1000)
        #expect(last.length == 5_000_000_000)
    }

    @Test func `a snapshot in two lines is one interval`() throws {
        var run = LiveRun([browse])
        let whole = LiveRun.snapshot(browse, 1)
        var rest = whole
        rest.metrics.counts = ScenarioCounts()
        run.take(.snapshot(whole))
        run.take(.snapshot(rest))
        let scenario = try #require(run.model.figures.scenarios.first)
        #expect(scenario.last?.achievedRate == 1000)
        #expect(scenario.history.count == 1)
    }

    @Test func `the stage follows the plan and the signals`() {
        var run = LiveRun([browse], seconds: 3)
        run.intervals(1...2)
        #expect(run.model.figures.stage == .running)
        run.interval(3)
        #expect(run.model.figures.stage == .draining(12))
        run.take(.event(EventLine(timeUnixMicroseconds: 0, name: "stopping")))
        #expect(run.model.figures.stage == .stopping)
        run.take(LiveRun.ended)
        #expect(run.model.figures.stage == .ended)
    }

    @Test func `an end in parts counts when all have come`() {
        var run = LiveRun([browse])
        for part in 1...2 {
            #expect(run.model.figures.sourcesEnded == 0)
            run.take(
                .runEnded(
                    RunEnded(
                        reason: .completed, part: part, parts: 2, endUnixMicroseconds: 0, scenarios: [],
                        health: Health())))
        }
        #expect(run.model.figures.sourcesEnded == 1)
    }

    @Test func `lines that tell no figures change nothing`() {
        var run = LiveRun([browse])
        for line in [LineBody.other("span"), .event(EventLine(timeUnixMicroseconds: 0, name: "mark"))] {
            let changes = run.take(line)
            #expect(!changes)
        }
    }

    @Test func `the history is bounded, and so is the number of scenarios`() {
        var run = LiveRun([LiveRun.Scenario(name: "browse", rate: 4)])
        run.intervals(1...400)
        #expect(run.model.figures.scenarios.first?.history.count == 240)
        for number in 0..<400 { run.take(.snapshot(LiveRun.snapshot(LiveRun.Scenario(name: "\(number)", rate: 4), 1))) }
        #expect(run.model.figures.scenarios.count == 256)
    }

    @Test func `times at the ends of their range do no harm`() {
        var run = LiveRun([browse])
        for (start, end) in [(Int64.min, Int64.max), (.max, .min), (0, .max), (.min, 0)] {
            var snapshot = LiveRun.snapshot(browse, 1)
            snapshot.startUnixMicroseconds = start
            snapshot.endUnixMicroseconds = end
            run.take(.snapshot(snapshot))
        }
        #expect(!LiveScreen(columns: 80, rows: 24).lines(of: run.model.figures).isEmpty)
    }
}
