// SPDX-License-Identifier: Apache-2.0

import VajraModel
import VajraSystem

/// The last results of a target's addresses. Pure.
///
/// An address that failed, or was slower than another despite its head start, is tried last for 1 s, and for twice as
/// long each time that this happens again, up to 64 s. After that it returns to its rank: the server may be back.
struct AddressMemory: Sendable {
    private static let shortest: Int64 = 1_000_000_000
    private static let longest: Int64 = 64_000_000_000

    private struct Setback: Sendable {
        var until: MonotonicInstant
        var length: Int64
    }

    private var setbacks: [SocketAddress: Setback] = [:]
    private var lastWorked: SocketAddress?

    /// The indices of the addresses in the order of trial: the one that last worked, those without a failure, and the
    /// others.
    func order(of addresses: [SocketAddress], at now: MonotonicInstant) -> [Int] {
        guard addresses.count > 1 else { return Array(addresses.indices) }
        func rank(_ address: SocketAddress) -> Int {
            if address == lastWorked { return 0 }
            return setbacks[address].map { $0.until > now } ?? false ? 2 : 1
        }
        return addresses.indices.sorted { (rank(addresses[$0]), $0) < (rank(addresses[$1]), $1) }
    }

    /// A connection to the address was made.
    mutating func worked(_ address: SocketAddress) {
        lastWorked = address
        setbacks[address] = nil
    }

    /// A connection to the address failed, or another one was faster.
    mutating func failed(_ address: SocketAddress, at now: MonotonicInstant) {
        if lastWorked == address { lastWorked = nil }
        if let setback = setbacks[address], setback.until > now { return }
        let length = setbacks[address].map { min(2 * $0.length, AddressMemory.longest) } ?? AddressMemory.shortest
        setbacks[address] = Setback(until: now.advanced(byNanoseconds: length), length: length)
    }
}
