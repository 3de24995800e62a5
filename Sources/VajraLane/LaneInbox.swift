// SPDX-License-Identifier: Apache-2.0

import Synchronization
import VajraSystem

/// Jobs that other threads hand to a lane. It is the only shared part of a lane, and not on the hot path.
final class LaneInbox: Sendable {
    private let jobs = Mutex<[UnownedJob]>([])
    private let isSignalled = Atomic<Bool>(false)
    let wake: WakeEvent

    init() throws(SystemError) {
        wake = try WakeEvent()
    }

    /// Adds a job, and wakes the lane unless it has been woken already.
    func append(_ job: UnownedJob) {
        jobs.withLock { $0.append(job) }
        if !isSignalled.exchange(true, ordering: .acquiringAndReleasing) { wake.signal() }
    }

    /// Takes all jobs out.
    func takeAll() -> [UnownedJob] {
        wake.clear()
        isSignalled.store(false, ordering: .sequentiallyConsistent)
        return jobs.withLock { jobs in
            let taken = jobs
            jobs = []
            return taken
        }
    }
}
