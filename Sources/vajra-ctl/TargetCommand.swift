// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import VajraCLI
import VajraLane
import VajraModel
import VajraSystem
import VajraTarget

/// `vajra-ctl target`: a small HTTP server with settable behaviour.
struct TargetCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "target", abstract: "Serve HTTP on loopback, to try things on.",
        discussion: """
            vajra-ctl target --port 8080
            vajra-ctl target --port 0 --delay p50=5ms,p99=80ms --error-rate 0.01 --stall 1s@5s

            Prints 'listening on URL' once it does, and serves until SIGINT or SIGTERM.
            """)

    @Option(help: ArgumentHelp("The port on 127.0.0.1; 0 for any free one.", valueName: "number"))
    var port: UInt16 = 8080

    @Option(help: ArgumentHelp("Listen at this Unix socket instead.", valueName: "path"), completion: .file())
    var unixSocket: String?

    @Option(
        help: ArgumentHelp(
            "Hold responses back: 5ms, 1ms..10ms, exp:5ms (mean), or p50=5ms,p99=80ms (log-normal).",
            valueName: "time"))
    var delay = "0s"

    @Option(help: ArgumentHelp("The share of responses that are 503, from 0 to 1.", valueName: "share"))
    var errorRate = 0.0

    @Option(help: ArgumentHelp("The size of the responses' bodies: 2, 64KiB, or 1KiB..64KiB.", valueName: "size"))
    var bodySize = "2"

    @Option(help: ArgumentHelp("Chooses what delays and sizes are drawn.", valueName: "number"))
    var seed: UInt64 = 1

    @Option(
        help: ArgumentHelp(
            "Freeze the server for a time, so long after the first request; repeat it.", valueName: "length@after"))
    var stall: [String] = []

    func run() throws {
        let behaviour = try behaviour()
        do throws(SystemError) {
            try serve(behaviour)
        } catch {
            throw ToolMessage.failure("vajra-ctl", "\(error)", .unavailable)
        }
    }

    func validate() throws {
        guard (0...1).contains(errorRate) else { throw ValidationError("--error-rate must be from 0 to 1.") }
        _ = try behaviour()
        if let unixSocket, SocketAddress(unixPath: unixSocket) == nil {
            throw ValidationError("--unix-socket must have 1 to 107 bytes.")
        }
    }

    private func stalls() throws -> [TargetBehaviour.Stall] {
        try stall.map { text in
            let parts = text.split(separator: "@").map(String.init)
            guard parts.count == 2, let length = TimeSpan(argument: parts[0]), let after = TimeSpan(argument: parts[1])
            else { throw ValidationError("--stall '\(text)': write LENGTH@AFTER, such as 1s@5s.") }
            return TargetBehaviour.Stall(after: after, length: length)
        }
    }

    private func behaviour() throws -> TargetBehaviour {
        var behaviour = TargetBehaviour()
        guard let delay = DelayDistribution(parsing: delay) else {
            throw ValidationError("--delay '\(delay)': write \(DelayDistribution.forms).")
        }
        guard let sizes = BodySizes(parsing: bodySize) else {
            throw ValidationError("--body-size '\(bodySize)': write 2, 64KiB or 1KiB..64KiB, at most 64MiB.")
        }
        behaviour.delay = delay
        behaviour.errorRate = errorRate
        behaviour.bodySizes = sizes
        behaviour.seed = seed
        behaviour.stalls = try stalls()
        return behaviour
    }

    private func serve(_ behaviour: TargetBehaviour) throws(SystemError) {
        let signals = try ProcessSignals()
        ProcessHealth.raiseFileLimit()
        let lane = try Lane(number: 0)
        let address = unixSocket.flatMap(SocketAddress.init(unixPath:)) ?? .loopback(port: port)
        let server = try TargetServer(lane: lane, address: address, behaviour: behaviour)
        server.onStall = { length in
            let seconds = FixedDecimal.text(Double(length.nanoseconds) / 1e9, digits: 6)
            FileDescriptor.standardOutput.print("stalled for \(seconds) s\n")
        }
        var isWarned = false
        server.onExhaustion = { error in
            if !isWarned { ToolMessage.warning("vajra-ctl", "\(error): clients wait; raise the limit with ulimit -n") }
            isWarned = true
        }
        try server.start()
        let thread = try SystemThread(name: "target") { withExtendedLifetime(server) { lane.run() } }
        let url = unixSocket.map { "unix:\($0)" } ?? "http://\(server.address)"
        FileDescriptor.standardOutput.print("listening on \(url)\n")
        while signals.next() == nil { _ = InputPoll.wait(signals: signals.descriptor, inputs: []) }
        lane.stop()
        thread.join()
        if let unixSocket { FileDescriptor.removeFile(unixSocket) }
    }
}
