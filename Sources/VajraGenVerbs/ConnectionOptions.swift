// SPDX-License-Identifier: Apache-2.0

package import ArgumentParser
import VajraCLI
package import VajraConfig
package import VajraModel

/// The flags that say where connections go and how long they live.
package struct ConnectionOptions: ParsableArguments {
    @Flag(
        name: .customLong("no-keepalive"),
        help: ArgumentHelp("A connection for each request.", visibility: .rare))
    package var refusesKeepalive = false

    @Option(
        help: ArgumentHelp("Close a connection after this many requests.", valueName: "number", visibility: .rare))
    package var maxRequestsPerConnection: Int?

    @Option(
        help: ArgumentHelp(
            "Connect to another place for a host and port, as curl does; repeat it.", valueName: "host:port:to:to_port",
            visibility: .rare))
    package var connectTo: [String] = []

    @Option(
        help: ArgumentHelp(
            "Look the target's name up again after so long (never).", valueName: "duration", visibility: .rare))
    package var dnsRefresh: TimeSpan?

    @Option(
        help: ArgumentHelp(
            "Connect from this local address; repeat it to use several in turn.", valueName: "address",
            visibility: .rare))
    package var sourceAddress: [String] = []

    package init() {}

    /// Sets what the flags say.
    ///
    /// - Throws: `ValidationError` naming the flag and the remedy.
    package func apply(to task: inout HTTPTaskConfig) throws {
        if let maxRequestsPerConnection {
            guard !refusesKeepalive else {
                throw ValidationError(
                    "--max-requests-per-connection stands beside --no-keepalive: give one of the two.")
            }
            guard (1...1_000_000_000).contains(maxRequestsPerConnection) else {
                throw ValidationError("--max-requests-per-connection must be from 1 to 1000000000.")
            }
        }
        if let dnsRefresh, dnsRefresh <= .zero { throw ValidationError("--dns-refresh must be above 0.") }
        task.keepsAlive = !refusesKeepalive
        task.requestsPerConnection = maxRequestsPerConnection
        task.dnsRefresh = dnsRefresh
        task.sourceAddresses = sourceAddress
        task.connectTo = try connectTo.map { text in
            guard let rule = ConnectTo(text) else {
                throw ValidationError(
                    "--connect-to '\(text)': write HOST:PORT:TO:TO_PORT, such as api.example:443:127.0.0.1:8443.")
            }
            return rule
        }
    }
}
