// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraEngine

struct ClosedStartTests {
    private func dispatch() -> ClosedDispatch {
        ClosedDispatch(concurrency: 3, thinkTime: 0, begin: 100, end: 200, offset: 0, stride: 1, allUsers: 3)
    }

    @Test func `users come when the plan begins, and are active until they leave`() {
        var dispatch = dispatch()
        #expect(dispatch.active == 3)
        #expect(!dispatch.isEnded(now: 50))
        #expect(dispatch.beginUsers() == 3)
        #expect(dispatch.start(now: 100)?.intendedStart == 100)
        #expect(dispatch.start(now: 200) == nil)
        for _ in 0..<3 { dispatch.leave() }
        #expect(dispatch.active == 0)
    }

    @Test func `a plan that is stopped before it begins has no users to wait for`() {
        var dispatch = dispatch()
        dispatch.stop()
        #expect(dispatch.active == 0)
        #expect(dispatch.isEnded(now: 50))
        #expect(dispatch.beginUsers() == 0)
    }

    @Test func `a share without users has nothing to start from the beginning`() {
        let dispatch = ClosedDispatch(concurrency: 0, thinkTime: 0, end: 200, offset: 1, stride: 2, allUsers: 1)
        #expect(dispatch.active == 0)
        #expect(dispatch.isEnded(now: 0))
    }

    @Test func `a plan that is stopped later waits for its users`() {
        var dispatch = dispatch()
        _ = dispatch.beginUsers()
        dispatch.stop()
        #expect(dispatch.active == 3)
        #expect(dispatch.start(now: 150) == nil)
    }
}
