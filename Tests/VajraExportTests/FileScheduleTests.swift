// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraExport
import VajraModel

@Suite struct FileScheduleTests {
    private var policy: FilesPolicy {
        var policy = FilesPolicy()
        policy.flushEvery = .milliseconds(100)
        policy.flushSize = 1000
        policy.rotateSize = 500
        policy.rotateEvery = .seconds(10)
        return policy
    }

    private func at(_ milliseconds: Int64) -> MonotonicInstant {
        MonotonicInstant(nanoseconds: milliseconds * 1_000_000)
    }

    @Test func `a stream without lines waits for nothing`() {
        let schedule = FileSchedule(policy)
        #expect(schedule.deadline == nil)
        #expect(!schedule.isFlushDue(at: at(1_000_000)))
        #expect(!schedule.isRotationDue(at: at(1_000_000)))
    }

    @Test func `a flush is due so long after the first line that waits, not after the last`() {
        var schedule = FileSchedule(policy)
        schedule.took(10, at: at(1000))
        schedule.took(10, at: at(1090))
        #expect(schedule.deadline == at(1100))
        #expect(!schedule.isFlushDue(at: at(1099)))
        #expect(schedule.isFlushDue(at: at(1100)))
        schedule.flushed(5)
        #expect(!schedule.isFlushDue(at: at(9000)))
        #expect(schedule.deadline == at(11_000), "only the rotation is left to wait for")
    }

    @Test(arguments: [
        ("nothing waits, so that even a long line joins", 0, 5000, false),
        ("it fits exactly", 600, 400, false),
        ("one byte too many", 600, 401, true),
    ])
    func `a line that would make too much wait is preceded by a flush`(
        story: String, waiting: Int, line: Int, expected: Bool
    ) {
        var schedule = FileSchedule(policy)
        if waiting > 0 { schedule.took(waiting, at: at(0)) }
        #expect(schedule.mustFlush(before: line) == expected, "\(story)")
    }

    @Test func `a file is full by its size on disk, over all of its flushes`() {
        var schedule = FileSchedule(policy)
        for (size, isFull) in [(200, false), (299, false), (1, true)] {
            schedule.took(900, at: at(0))
            schedule.flushed(size)
            #expect(schedule.isRotationDue(at: at(1)) == isFull)
        }
        schedule.closed()
        #expect(!schedule.isRotationDue(at: at(1)))
        #expect(schedule.deadline == nil)
    }

    @Test func `a file is old so long after its first line`() {
        var schedule = FileSchedule(policy)
        schedule.took(10, at: at(5000))
        schedule.flushed(5)
        #expect(!schedule.isRotationDue(at: at(14_999)))
        #expect(schedule.isRotationDue(at: at(15_000)))
        schedule.closed()
        schedule.took(10, at: at(20_000))
        #expect(!schedule.isRotationDue(at: at(29_999)), "the next file's time begins with its own first line")
    }

    @Test func `the longest spans never come due`() {
        var policy = policy
        policy.flushEvery = .max
        policy.rotateEvery = .max
        var schedule = FileSchedule(policy)
        schedule.took(10, at: at(5000))
        #expect(!schedule.isFlushDue(at: at(1_000_000_000)))
        #expect(!schedule.isRotationDue(at: at(1_000_000_000)))
    }
}
