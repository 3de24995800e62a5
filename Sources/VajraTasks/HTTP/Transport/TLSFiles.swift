// SPDX-License-Identifier: Apache-2.0

import VajraConfig
import VajraTLS

/// The files that a task's TLS needs, read once for all lanes: one of them may be a pipe, such as `<(cat ca.pem)`.
struct TLSFiles: Sendable {
    let ca: TLSSettings.PEMFile?
    let cert: TLSSettings.PEMFile?
    let key: TLSSettings.PEMFile?

    /// Reads the files that the config names.
    ///
    /// - Throws: ``HTTPTaskError`` naming the first that cannot be read.
    init(_ config: HTTPTaskConfig.TLS) throws(HTTPTaskError) {
        ca = try TLSFiles.read(config.caFile, .caFile)
        cert = try TLSFiles.read(config.certFile, .certFile)
        key = config.keyFile == config.certFile ? cert : try TLSFiles.read(config.keyFile, .keyFile)
    }

    private static func read(
        _ path: String, _ setting: TLSSettingsError.Setting
    ) throws(HTTPTaskError) -> TLSSettings.PEMFile? {
        guard !path.isEmpty else { return nil }
        return TLSSettings.PEMFile(
            path: path, bytes: try HTTPTaskFiles.pem(path, what: setting.noun, keys: ["tls", setting.rawValue]))
    }
}
