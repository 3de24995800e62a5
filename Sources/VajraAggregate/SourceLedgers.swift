// SPDX-License-Identifier: Apache-2.0

import VajraWire

/// The ledgers of all sources, by run and source. Many lines in a row come from one source, so it looks at the last
/// source first.
///
/// Two scenarios of a source may have 2 MiB of histograms: much for a thousand sources, and nothing for a few.
struct SourceLedgers: Sendable {
    /// How many sources are kept unpacked.
    private static let unpackedLimit = 16

    /// How many sources are kept: a damaged stream must not fill the memory.
    static let limit = 10_000

    private var places: [SourceKey: Int] = [:]
    private var ledgers: [SourceLedger] = []
    private var last: (key: SourceKey, place: Int)?
    private var scratch: [UInt8] = []

    var isEmpty: Bool { ledgers.isEmpty }

    /// The index of the source's ledger, which begins with the source's first line; nil beyond the limit.
    mutating func place(of envelope: Envelope) -> Int? {
        if let last, last.key.source == envelope.source, last.key.runID == envelope.runID { return last.place }
        let key = SourceKey(runID: envelope.runID, source: envelope.source)
        guard let place = places[key] ?? begin(key) else { return nil }
        last = (key, place)
        return place
    }

    private mutating func begin(_ key: SourceKey) -> Int? {
        guard ledgers.count < SourceLedgers.limit else { return nil }
        places[key] = ledgers.count
        ledgers.append(SourceLedger(isPacked: ledgers.count >= SourceLedgers.unpackedLimit))
        return ledgers.count - 1
    }

    /// Takes a line into the ledger at the index; false when it had come already.
    mutating func take(_ envelope: Envelope, _ body: LineBody, at place: Int) -> Bool {
        ledgers[place].take(envelope, body, through: &scratch)
    }

    subscript(place: Int) -> SourceLedger {
        _read { yield ledgers[place] }
    }

    /// All of them, by run and source.
    func sorted() -> [(key: SourceKey, ledger: SourceLedger)] {
        places.sorted { $0.key < $1.key }.map { ($0.key, ledgers[$0.value]) }
    }
}
