// SPDX-License-Identifier: Apache-2.0

package enum SHA256 { package static func hexadecimal(of bytes: [UInt8]) -> String { "" } }
extension RunConfig { package func json() -> [UInt8] { Array("{}".utf8) } }
