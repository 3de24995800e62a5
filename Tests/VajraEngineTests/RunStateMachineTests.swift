// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraEngine
import VajraTestSupport

/// Two lanes, 3 s of drain, 10 s of patience: every state, and what each event makes of it.
@Suite struct RunStateMachineTests {
    enum Event: Sendable, CaseIterable {
        case ready, unready, start, planEnd, finish, tornDown, interrupt, terminate, readerGone, deadline
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let state: String
        /// The way into the state.
        let path: [Event]
        /// What each event leads to; nothing for those left out.
        let actions: [Event: [RunStateMachine.Action]]
        var isRunning = false
        var testDescription: String { state }
    }

    private static let drain = milliseconds(3000)
    private static let patience = milliseconds(10_000)
    private static let quick = RunStateMachine.Action.setDeadline(milliseconds(150))
    private static let second = RunStateMachine.Action.setDeadline(milliseconds(100))
    private static let fiveSeconds = RunStateMachine.Action.setDeadline(milliseconds(5000))

    private static let toDraining: [Event] = [.ready, .ready, .start, .planEnd, .planEnd]

    private static let whileInitializing: [Event: [RunStateMachine.Action]] = [
        .interrupt: [.tearDown, quick], .terminate: [.tearDown, quick], .readerGone: [.tearDown, quick],
    ]
    private static let whileRunning: [Event: [RunStateMachine.Action]] = [
        .interrupt: [.stop, .setDeadline(drain)], .terminate: [.stop, .setDeadline(drain)],
        .readerGone: [.stop, .abandon, quick],
    ]
    /// The second signal: no more patience.
    private static let whileStopping: [Event: [RunStateMachine.Action]] = [
        .interrupt: [.abandon, second], .terminate: [.abandon, second], .readerGone: [.stop, .abandon, quick],
    ]

    private static func tearingDown(_ ending: RunStateMachine.Ending) -> [Event: [RunStateMachine.Action]] {
        [.interrupt: [.finish(ending)], .terminate: [.finish(ending)], .deadline: [.finish(ending)]]
    }

    static let rows = [
        Row(state: "no lane has answered", path: [], actions: whileInitializing),
        Row(
            state: "one lane is ready", path: [.ready],
            actions: whileInitializing.adding([.ready: [.ready], .unready: [.tearDown, fiveSeconds]])),
        Row(
            state: "one lane could not be prepared", path: [.unready],
            actions: whileInitializing.adding([
                .ready: [.tearDown, fiveSeconds], .unready: [.tearDown, fiveSeconds],
            ])),
        Row(
            state: "every lane is ready", path: [.ready, .ready], actions: whileInitializing.adding([.start: [.begin]])),
        Row(state: "running", path: [.ready, .ready, .start], actions: whileRunning, isRunning: true),
        Row(
            state: "one lane's plan has ended", path: [.ready, .ready, .start, .planEnd],
            actions: whileRunning.adding([.planEnd: [.setDeadline(drain)]]), isRunning: true),
        Row(
            state: "one lane is done", path: [.ready, .ready, .start, .planEnd, .finish],
            actions: whileRunning.adding([.planEnd: [.setDeadline(drain)]]), isRunning: true),
        Row(
            state: "the plan has ended, both lanes have work", path: toDraining,
            actions: whileRunning.adding([.deadline: [.stop, .setDeadline(patience)]])),
        Row(
            state: "the plan has ended, one lane has work", path: toDraining + [.finish],
            actions: whileRunning.adding([
                .finish: [.tearDown, fiveSeconds], .deadline: [.stop, .setDeadline(patience)],
            ])),
        Row(
            state: "the plan has ended, and those that waited are dropped", path: toDraining + [.deadline],
            actions: whileRunning.adding([.deadline: [.abandon, quick]])),
        Row(
            state: "patience has ended", path: toDraining + [.deadline, .deadline],
            actions: whileRunning.adding([.deadline: [.tearDown, quick]])),
        Row(
            state: "interrupted", path: [.ready, .ready, .start, .interrupt],
            actions: whileStopping.adding([.deadline: [.abandon, quick]])),
        Row(
            state: "interrupted, one lane is done", path: [.ready, .ready, .start, .interrupt, .finish],
            actions: whileStopping.adding([.finish: [.tearDown, quick], .deadline: [.abandon, quick]])),
        Row(
            state: "interrupted after the plan's end", path: toDraining + [.terminate],
            actions: whileStopping.adding([.deadline: [.abandon, quick]])),
        Row(
            state: "interrupted twice", path: [.ready, .ready, .start, .interrupt, .interrupt],
            actions: whileStopping.adding([.deadline: [.tearDown, quick]])),
        Row(
            state: "the reader has gone", path: [.ready, .ready, .start, .readerGone],
            actions: whileStopping.adding([.deadline: [.tearDown, quick]])),
        Row(
            state: "tearing down after the plan", path: toDraining + [.finish, .finish],
            actions: tearingDown(.completed)),
        Row(
            state: "one lane is torn down", path: toDraining + [.finish, .finish, .tornDown],
            actions: tearingDown(.completed).adding([.tornDown: [.finish(.completed)]])),
        Row(
            state: "tearing down after a failure", path: [.unready, .ready, .tornDown],
            actions: tearingDown(.failed("no")).adding([.tornDown: [.finish(.failed("no"))]])),
        Row(
            state: "tearing down after two failures", path: [.unready, .unready],
            actions: tearingDown(.failed("no; no"))),
        Row(
            state: "interrupted before the start", path: [.ready, .ready, .interrupt],
            actions: tearingDown(.signal(2))),
        Row(
            state: "interrupted before the load", path: [.ready, .terminate, .tornDown],
            actions: tearingDown(.signal(15)).adding([.tornDown: [.finish(.signal(15))]])),
        Row(
            state: "the reader went during the teardown", path: toDraining + [.finish, .finish, .readerGone],
            actions: tearingDown(.readerGone)),
        Row(
            state: "interrupted, drained and torn down once",
            path: [.ready, .ready, .start, .interrupt, .finish, .finish],
            actions: tearingDown(.signal(2))),
        Row(
            state: "ended", path: toDraining + [.finish, .finish, .tornDown, .tornDown], actions: [:]),
    ]

    @Test(arguments: rows)
    func `each event leads to just the actions of the table`(row: Row) {
        for event in Event.allCases {
            var machine = Self.machine()
            for step in row.path { _ = machine.take(step) }
            #expect((machine.phase == .running) == row.isRunning)
            #expect(machine.take(event) == row.actions[event] ?? [], "\(event)")
        }
    }

    @Test func `a run carried out begins, drains, tears down and finishes`() {
        var machine = Self.machine()
        var actions: [RunStateMachine.Action] = []
        for event in Self.toDraining + [.finish, .finish, .tornDown, .tornDown] as [Event] {
            actions += machine.take(event)
        }
        #expect(
            actions == [
                .ready, .begin, .setDeadline(Self.drain), .tearDown, Self.fiveSeconds, .finish(.completed),
            ])
        #expect(machine.phase == .ended)
    }

    @Test func `an interrupt when both lanes are done tears down at once`() {
        var machine = Self.machine()
        for event in [.ready, .ready, .start, .finish, .finish] as [Event] { _ = machine.take(event) }
        #expect(machine.take(.interrupt) == [.tearDown, Self.quick])
    }

    @Test func `patience is never shorter than the drain`() {
        var machine = RunStateMachine(lanes: 1, drain: milliseconds(3000), patience: 0)
        for event in [.ready, .start, .planEnd] as [Event] { _ = machine.take(event) }
        #expect(machine.take(.deadline) == [.stop, .setDeadline(milliseconds(3000))])
    }

    @Test func `a drain that the user has set bounds the end of the plan too`() {
        var machine = RunStateMachine(lanes: 1, drain: milliseconds(500), patience: nil)
        for event in [.ready, .start, .planEnd] as [Event] { _ = machine.take(event) }
        #expect(machine.take(.deadline) == [.stop, .abandon, Self.quick])
        #expect(machine.take(.deadline) == [.tearDown, Self.quick])
    }

    @Test(arguments: 1...200 as ClosedRange<UInt64>)
    func `whatever has come, a signal and the deadlines end the run, exactly once`(seed: UInt64) {
        var random = SplitMix(seed: seed)
        var machine = Self.machine()
        var finishes = 0
        let noise = (0..<Int.random(in: 0..<30, using: &random)).map { _ in
            Event.allCases.randomElement(using: &random)!
        }
        for event in noise + [.interrupt, .deadline, .deadline, .deadline, .deadline, .interrupt, .tornDown] {
            finishes += machine.take(event).count { if case .finish = $0 { true } else { false } }
        }
        #expect(machine.phase == .ended)
        #expect(finishes == 1)
    }

    private static func machine() -> RunStateMachine {
        RunStateMachine(lanes: 2, drain: drain, patience: patience)
    }
}

extension RunStateMachine {
    fileprivate mutating func take(_ event: RunStateMachineTests.Event) -> [Action] {
        switch event {
        case .ready: laneInitialized(failure: nil)
        case .unready: laneInitialized(failure: "no")
        case .start: started()
        case .planEnd: lanePlanEnded()
        case .finish: laneFinished()
        case .tornDown: laneTornDown()
        case .interrupt: signalled(2)
        case .terminate: signalled(15)
        case .readerGone: readerGone()
        case .deadline: deadlinePassed()
        }
    }
}

extension Dictionary {
    fileprivate func adding(_ more: [Key: Value]) -> [Key: Value] { merging(more) { _, new in new } }
}
