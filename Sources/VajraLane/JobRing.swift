// SPDX-License-Identifier: Apache-2.0

/// A queue of jobs in a ring that doubles when full. One thread only; no lock, no allocation once it has grown.
struct JobRing: ~Copyable {
    private var slots: UnsafeMutablePointer<UnownedJob>
    private var mask: Int
    private var head = 0
    private var tail = 0

    init(capacity: Int = 1024) {
        precondition(capacity > 0 && capacity & (capacity - 1) == 0, "the ring's capacity must be a power of two")
        slots = .allocate(capacity: capacity)
        mask = capacity - 1
    }

    deinit {
        slots.deallocate()
    }

    var count: Int {
        @inline(__always) get { tail &- head }
    }

    @inline(__always)
    mutating func append(_ job: UnownedJob) {
        if tail &- head > mask { grow() }
        (slots + (tail & mask)).initialize(to: job)
        tail &+= 1
    }

    @inline(__always)
    mutating func removeFirst() -> UnownedJob {
        let job = slots[head & mask]
        head &+= 1
        return job
    }

    @inline(never)
    private mutating func grow() {
        let count = tail - head
        let larger = UnsafeMutablePointer<UnownedJob>.allocate(capacity: (mask + 1) * 2)
        for index in 0..<count {
            (larger + index).initialize(to: slots[(head + index) & mask])
        }
        slots.deallocate()
        slots = larger
        mask = (mask + 1) * 2 - 1
        head = 0
        tail = count
    }
}
