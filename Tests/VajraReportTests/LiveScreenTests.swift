// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraReport
import VajraTestSupport

/// Whole screens as text, in Golden/live-*.txt.
struct LiveScreenTests {
    private static let golden = Golden("Golden")
    static let plain = TextStyle(isColoured: false)

    private static let browse = LiveRun.Scenario(
        name: "browse", responses: { [400, 900, 1300, $0 % 20 == 7 ? 62_400 : 4000 + UInt64($0 * 10)] })
    private static let search = LiveRun.Scenario(
        name: "search", rate: 48, responses: { _ in [52_000, 80_000] },
        failures: ["timeout": 2, "connection_refused": 1], inFlight: 4)
    private static let users = LiveRun.Scenario(name: "users", rate: 320, isOpen: false)
    private static let names = LiveRun.Scenario(name: "結帳 🛒👩‍💻 und noch sehr viel mehr Text", rate: 48, inFlight: 3)

    private static let shop = LiveRun.Scenario(
        name: "browse", responses: { _ in [400, 900, 1300, 4800] }, failures: ["status": 10], status: "200")
    private static let phases = #"""
        {"shutdown": {"drain": "7s"}, "scenarios": {"browse": {"start": "0s", "load": [
            {"ramp": {"from": "0/s", "to": "1k/s", "for": "30s"}}, {"pause": {"for": "30s"}},
            {"constant": {"rate": "1k/s", "for": "1m30s"}}]}}}
        """#
    private static let rules = [
        "browse.response_time.p99 < 50ms", "failure_rate < 0.1%", "achieved_rate > 900/s", "no.such_thing < 1",
    ]

    /// What is on the screen, and the sizes at which it is pinned.
    struct Screen: CustomTestStringConvertible, Sendable {
        var name: String
        var sizes: [(columns: Int, rows: Int)]
        var figures: @Sendable () -> LiveFigures
        var testDescription: String { name }
    }

    static let screens = [
        Screen(name: "shop", sizes: [(80, 24), (120, 30), (200, 50), (80, 13), (80, 8)]) {
            var run = LiveRun([shop], config: phases, thresholds: rules)
            run.intervals(1...72)
            return run.model.figures
        },
        Screen(name: "stopping", sizes: [(80, 24), (40, 24)]) {
            var run = LiveRun([shop], config: phases)
            run.intervals(1...12)
            run.model.takeStop()
            run.model.takeMessage()
            var figures = run.model.figures
            figures.sinceStop = 1_200_000_000
            return figures
        },
        Screen(name: "started", sizes: [(80, 24)]) { LiveRun([browse]).model.figures },
        Screen(name: "one", sizes: [(80, 24), (200, 50), (40, 24), (40, 8), (80, 3), (20, 5)]) {
            var run = LiveRun([browse])
            run.intervals(1...72)
            return run.model.figures
        },
        Screen(name: "failures", sizes: [(80, 24), (40, 24)]) {
            var run = LiveRun([search])
            run.intervals(1...30)
            return run.model.figures
        },
        Screen(name: "two", sizes: [(80, 24), (200, 50), (80, 20)]) {
            var run = LiveRun([browse, search])
            run.intervals(1...72)
            return run.model.figures
        },
        Screen(name: "many", sizes: [(80, 24), (200, 50), (120, 24), (40, 24), (80, 10)]) {
            var run = LiveRun(
                [browse, search, users, names] + (5...20).map { LiveRun.Scenario(name: "scenario-\($0)", rate: 48) })
            run.intervals(1...9)
            return run.model.figures
        },
        Screen(name: "closed", sizes: [(80, 24)]) {
            var run = LiveRun([users], seconds: 0)
            run.intervals(1...72)
            return run.model.figures
        },
        Screen(name: "names", sizes: [(80, 24), (40, 24)]) {
            var run = LiveRun([names], name: "名前がとても長い実行は切られなければならない🎌という話です、本当に長いのです")
            run.intervals(1...3)
            return run.model.figures
        },
        Screen(name: "silent", sizes: [(80, 24)]) {
            var run = LiveRun([browse], sources: ["w1", "w2"])
            run.interval(1)
            var figures = run.model.figures
            figures.silence = 12_300_000_000
            return figures
        },
        Screen(name: "draining", sizes: [(80, 24)]) {
            var run = LiveRun([search], seconds: 9)
            run.intervals(1...9)
            return run.model.figures
        },
    ]

    @Test(arguments: screens.flatMap { screen in screen.sizes.map { (screen, $0.columns, $0.rows) } })
    func `the screen is as a person has seen and approved it`(screen: Screen, columns: Int, rows: Int) throws {
        let lines = LiveScreen(columns: columns, rows: rows).lines(of: screen.figures())
        let text = lines.map { $0.text(LiveScreenTests.plain) + "\n" }.joined()
        try LiveScreenTests.golden.check(Array(text.utf8), "live-\(screen.name)-\(columns)x\(rows).txt")
    }

    @Test(arguments: screens)
    func `no screen is larger than its terminal, at any size`(screen: Screen) {
        let figures = screen.figures()
        for columns in [1, 2, 5, 10, 19, 20, 33, 40, 59, 60, 61, 79, 80, 81, 100, 132, 200, 1000] {
            for rows in [1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 24, 50, 200] {
                let lines = LiveScreen(columns: columns, rows: rows).lines(of: figures)
                #expect(lines.count <= max(1, rows - 1), "\(columns) × \(rows)")
                #expect(lines.allSatisfy { $0.width <= max(1, columns - 1) }, "\(columns) × \(rows)")
            }
        }
    }

    @Test func `a screen has as many lines at the end as at the beginning`() {
        var run = LiveRun([LiveScreenTests.browse, LiveScreenTests.search])
        let screen = LiveScreen(columns: 80, rows: 24)
        let before = screen.lines(of: run.model.figures).count
        for end in 1...150 {
            run.interval(end)
            #expect(screen.lines(of: run.model.figures).count == before)
        }
    }

    @Test func `so it has with phases and thresholds, whatever they come to`() {
        var run = LiveRun(
            [LiveScreenTests.shop], config: LiveScreenTests.phases, thresholds: LiveScreenTests.rules)
        let screen = LiveScreen(columns: 80, rows: 24)
        let before = screen.lines(of: run.model.figures).count
        for end in 1...150 {
            run.interval(end)
            #expect(screen.lines(of: run.model.figures).count == before)
        }
    }

    @Test func `only failures and silence are red`() {
        var run = LiveRun([LiveScreenTests.browse])
        run.intervals(1...3)
        let coloured = TextStyle(isColoured: true)
        let lines = LiveScreen(columns: 80, rows: 24).lines(of: run.model.figures)
        #expect(!lines.contains { $0.text(coloured).contains("\u{1b}[31m") })
        var failing = LiveRun([LiveScreenTests.search])
        failing.intervals(1...3)
        let red = LiveScreen(columns: 80, rows: 24).lines(of: failing.model.figures)
            .filter { $0.text(coloured).contains("\u{1b}[31m") }
        #expect(red.map { $0.text(LiveScreenTests.plain).contains("failed 9") } == [true])
    }

    @Test(arguments: [
        (80, "3 s of 2 m 30 s (2 %)  rate 1 000/s of 1 000/s  failed 0  in flight 12"),
        (30, "3 s of 2 m 30 s (2 %)"),
        (
            200,
            "3 s of 2 m 30 s (2 %)  rate 1 000/s of 1 000/s  failed 0  in flight 12  p99 4.03 ms  lag p99 40.3 µs"
                + "  started 3 000 of 150 000"
        ),
    ])
    func `a terminal that cannot redraw gets what fits one line`(columns: Int, expected: String) {
        var run = LiveRun([LiveScreenTests.browse])
        run.intervals(1...3)
        #expect(LiveScreen(columns: columns, rows: 24).plainLine(of: run.model.figures) == expected)
    }
}
