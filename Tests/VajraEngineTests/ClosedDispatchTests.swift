// SPDX-License-Identifier: Apache-2.0

import Testing
@testable import VajraEngine

@Suite struct ClosedDispatchTests {
    @Test func `a user starts at once, and its iteration is meant to start just then`() {
        var dispatch = ClosedDispatch(concurrency: 2, thinkTime: 0, end: 1000, offset: 1, stride: 3, allUsers: 6)
        #expect(dispatch.start(now: 17) == PlannedIteration(index: 1, intendedStart: 17))
        #expect(dispatch.start(now: 18) == PlannedIteration(index: 4, intendedStart: 18))
        #expect(dispatch.start(now: 999) == PlannedIteration(index: 7, intendedStart: 999))
    }

    @Test func `no iteration starts at the end of the plan or later`() {
        var dispatch = ClosedDispatch(concurrency: 1, thinkTime: 0, end: 1000, offset: 0, stride: 1, allUsers: 1)
        #expect(!dispatch.isEnded(now: 999))
        #expect(dispatch.isEnded(now: 1000))
        #expect(dispatch.start(now: 1000) == nil)
        #expect(dispatch.start(now: .max) == nil)
    }

    @Test func `no more iterations start than the limit says`() {
        var dispatch = ClosedDispatch(
            concurrency: 4, thinkTime: 0, end: .max, limit: 2, offset: 0, stride: 1, allUsers: 4)
        #expect(dispatch.start(now: 0) != nil)
        #expect(!dispatch.isEnded(now: 0))
        #expect(dispatch.start(now: 0) != nil)
        #expect(dispatch.isEnded(now: 0))
        #expect(dispatch.start(now: 0) == nil)
    }

    @Test func `a stop ends the plan, and each user leaves once`() {
        var dispatch = ClosedDispatch(concurrency: 2, thinkTime: 5, end: 1000, offset: 0, stride: 1, allUsers: 2)
        #expect(dispatch.beginUsers() == 2)
        _ = dispatch.start(now: 0)
        dispatch.stop()
        #expect(dispatch.start(now: 1) == nil)
        #expect(dispatch.isEnded(now: 1))
        #expect(dispatch.active == 2)
        dispatch.leave()
        #expect(dispatch.active == 1)
        dispatch.leave()
        #expect(dispatch.active == 0)
    }

    @Test func `a lane without users has none to wait for`() {
        #expect(
            ClosedDispatch(concurrency: 0, thinkTime: 0, end: 1000, limit: 0, offset: 0, stride: 1, allUsers: 1).active
                == 0)
    }
}
