// SPDX-License-Identifier: Apache-2.0

import VajraModel

/// The load: phases of an arrival rate, or a number of users.
enum LoadSchema {
    static let load = ConfigType<LoadConfig>(
        shape: .either(phases.shape, closed.shape), example: phases.example,
        read: { node, reading in
            switch node.content {
            case .list: return phases.read(node, &reading).map { .open(phases: $0, arrivals: .even) }
            case .mapping(let members) where members.contains(where: isMeantAsClosed):
                return closed.read(node, &reading)
            case .scalar, .mapping:
                reading.wrongKind(node, expected: "a list of phases, or {closed: …}", example: phases.example)
                return nil
            }
        },
        write: { load, writing in
            switch load {
            case .open(let list, _): phases.write(list, &writing)
            case .closed: closed.write(load, &writing)
            }
        })

    @Sendable private static func isMeantAsClosed(_ member: ConfigMember) -> Bool {
        Spelling.nearest(to: member.key, among: ["closed"]) != nil
    }

    static let phases = ConfigType<[LoadPhase]>.list(of: phase, example: "[{constant: {rate: 200/s, for: 30s}}]")
        .checked(shape: .listWith(anyOf: ["constant", "ramp"], of: phase.shape)) { phases in
            phases.allSatisfy { if case .pause = $0 { true } else { false } } ? "has nothing but pauses" : nil
        }

    static let phase = ConfigType<LoadPhase>.choice(
        [
            ConfigCase(
                "constant", "The same arrival rate throughout.", constant,
                make: { .constant(rate: $0.rate, for: $0.length) }
            ) {
                if case .constant(let rate, let length) = $0 { Constant(rate: rate, length: length) } else { nil }
            },
            ConfigCase(
                "ramp", "An arrival rate that changes evenly from one to the other.", ramp,
                make: { .ramp(from: $0.from, to: $0.to, for: $0.length) }
            ) {
                if case .ramp(let from, let to, let length) = $0 {
                    Ramp(from: from, to: to, length: length)
                } else {
                    nil
                }
            },
            ConfigCase("pause", "No arrivals.", pause, make: { .pause(for: $0) }) {
                if case .pause(let length) = $0 { length } else { nil }
            },
        ],
        example: "{constant: {rate: 200/s, for: 30s}}")

    private static let constant = ConfigType.mapping(
        Constant(),
        [
            .required("rate", "How many iterations arrive in a time.", .positiveRate, \.rate),
            .required("for", "How long it lasts.", .positiveLength(), \.length),
        ],
        example: "{rate: 200/s, for: 30s}")

    private static let ramp = ConfigType.mapping(
        Ramp(),
        [
            .required("from", "The rate at its start.", .rate(example: "0/s"), \.from),
            .required("to", "The rate at its end.", .rate(), \.to),
            .required("for", "How long it lasts.", .positiveLength(), \.length),
        ],
        example: "{from: 0/s, to: 200/s, for: 30s}",
        finish: { node, ramp, reading in
            guard ramp.from == .zero, ramp.to == .zero else { return }
            reading.fault("the ramp stays at 0", at: node.place, hint: "write a pause, or a rate above 0 at one end")
        })

    private static let pause = ConfigType.mapping(
        TimeSpan.zero, [.required("for", "How long it lasts.", .positiveLength(), \.self)], example: "{for: 30s}")

    static let arrivals = ConfigType<ArrivalProcess>.choice(
        [
            ConfigCase(word: "even", "Evenly spaced.", is: { $0 == .even }, .even),
            ConfigCase("poisson", "At random, as from many independent users.", poisson, make: { .poisson(seed: $0) }) {
                if case .poisson(let seed) = $0 { seed } else { nil }
            }
            .orWord { .poisson(seed: seed(of: $0.path)) },
        ],
        example: "even")

    /// Up to 2⁵³ − 1, so that every JSON reader keeps it exact.
    private static let poisson = ConfigType.mapping(
        UInt64(0),
        [.required("seed", "The same seed gives the same instants.", .integer(0...(1 << 53 - 1), example: 1), \.self)],
        example: "{seed: 1}")

    /// The default seed. It depends on the scenario's name alone: it is the same on every machine, and two scenarios do
    /// not arrive in step. FNV-1a, 32 bits (RFC 9923), of `scenarios.NAME.arrivals`.
    private static func seed(of path: [String]) -> UInt64 {
        let hash = path.joined(separator: ".").utf8.reduce(UInt32(0x811C_9DC5)) { ($0 ^ UInt32($1)) &* 0x0100_0193 }
        return UInt64(hash)
    }

    private struct Constant {
        var rate = ArrivalRate.zero
        var length = TimeSpan.zero
    }

    private struct Ramp {
        var from = ArrivalRate.zero
        var to = ArrivalRate.zero
        var length = TimeSpan.zero
    }
}
