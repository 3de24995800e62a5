// SPDX-License-Identifier: Apache-2.0

import VajraJSON

extension RunConfig {
    /// The config as one JSON object without line breaks, secrets as `[redacted]`: the same bytes for the same config.
    ///
    /// The shape is that of the config file, every default written out, keys in the schema's order. Where nothing is
    /// redacted, `ConfigReader` reads it as the same config.
    package func json() -> [UInt8] {
        var writing = ConfigWriting(disguises: disguises)
        RunSchema.run.write(self, &writing)
        return writing.json.bytes
    }
}
