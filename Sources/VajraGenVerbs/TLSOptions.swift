// SPDX-License-Identifier: Apache-2.0

package import ArgumentParser
import VajraCLI
package import VajraConfig

/// The flags that say how an https target and the client prove who they are.
package struct TLSOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Trust these PEM certificates instead of the system's.", valueName: "path", visibility: .rare),
        completion: .file())
    package var caFile: String?

    @Option(
        help: ArgumentHelp("The client's own certificate chain, PEM.", valueName: "path", visibility: .rare),
        completion: .file())
    package var cert: String?

    @Option(
        help: ArgumentHelp("That certificate's key, PEM (in the same file).", valueName: "path", visibility: .rare),
        completion: .file())
    package var key: String?

    @Option(
        help: ArgumentHelp(
            "The name that the certificate must be for, also sent (the URL's host).", valueName: "name",
            visibility: .rare))
    package var serverName: String?

    @Flag(
        name: [.customShort("k"), .long],
        help: ArgumentHelp("Take any certificate; the report says so."))
    package var insecure = false

    package init() {}

    /// The flags as settings.
    ///
    /// - Throws: `ValidationError` naming the flag and the remedy.
    package func config() throws -> HTTPTaskConfig.TLS {
        var tls = HTTPTaskConfig.TLS()
        for (flag, value) in [("--ca-file", caFile), ("--cert", cert), ("--key", key), ("--server-name", serverName)]
        where value?.isEmpty == true {
            throw ValidationError("\(flag) is empty; leave it out, or give a value.")
        }
        if key != nil, cert == nil { throw ValidationError("--key goes with --cert, which is missing.") }
        tls.caFile = caFile ?? ""
        tls.certFile = cert ?? ""
        tls.keyFile = key ?? ""
        tls.serverName = serverName ?? ""
        tls.isInsecure = insecure
        return tls
    }
}
