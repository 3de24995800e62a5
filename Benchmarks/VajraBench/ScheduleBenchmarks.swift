// SPDX-License-Identifier: Apache-2.0

import VajraHTTP
import VajraModel
import VajraPlan

/// When the next iteration is meant to start, and how a response is read.
enum ScheduleBenchmarks {
    static var all: [Benchmark] {
        let rate = ArrivalRate(perSecond: 100_000)!
        let slow = ArrivalRate(perSecond: 100)!
        let length = TimeSpan.seconds(86_400)
        return [
            schedule("at a constant rate", .constant(rate: rate, for: length), .even),
            schedule("of a ramp", .ramp(from: slow, to: rate, for: length), .even),
            schedule("of Poisson arrivals", .constant(rate: rate, for: length), .poisson(seed: 1)),
            Benchmark(name: "read a response of 165 bytes", run: readResponse),
        ]
    }

    private static func schedule(_ name: String, _ phase: LoadPhase, _ arrivals: ArrivalProcess) -> Benchmark {
        Benchmark(name: "intended start of the next iteration \(name)") { count in
            let plan = try ArrivalPlan(phases: [phase], arrivals: arrivals)
            let share = try IterationShare(offset: 1, stride: 2)
            var cursor = ArrivalCursor(plan, share: share)
            var sum: Int64 = 0
            for _ in 0..<count {
                if let next = cursor.next() {
                    sum &+= next.intendedStart
                } else {
                    cursor = ArrivalCursor(plan, share: share)
                }
            }
            consume(sum)
        }
    }

    private static func readResponse(_ count: Int) throws {
        let text =
            "HTTP/1.1 200 OK\r\nServer: nginx/1.22.1\r\nDate: Wed, 25 Nov 2026 12:51:49 GMT\r\nContent-Type: text/plain\r\n"
            + "Content-Length: 2\r\nConnection: keep-alive\r\n\r\nok"
        var scanner = HTTPResponseScanner()
        try Array(text.utf8).withUnsafeBytes { bytes in
            for _ in 0..<count {
                scanner.begin()
                consume(try scanner.consume(bytes))
            }
        }
    }
}
