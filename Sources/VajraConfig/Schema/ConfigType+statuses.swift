// SPDX-License-Identifier: Apache-2.0

import VajraJSON

extension ConfigType where Value == ClosedRange<Int> {
    /// An HTTP status or a range of them within 100 to 999: `200`, `200-299`.
    static var statuses: ConfigType {
        let codes = ConfigType<String>.openText(example: "200")
        return ConfigType(
            shape: .text(form), example: "200-299",
            read: { node, reading in
                guard let text = codes.read(node, &reading) else { return nil }
                if let range = HTTPTaskConfig.Expectation.range(text) { return range }
                reading.fault(
                    "\(reading.label) must be a code from 100 to 999 or a range of them, not \(Quotation.quote(text))",
                    at: node.place, hint: "write \"200\" or \"200-299\"")
                return nil
            },
            write: { range, writing in
                if range.count == 1 {
                    writing.json.value(range.lowerBound)
                } else {
                    writing.json.value("\(range.lowerBound)-\(range.upperBound)")
                }
            })
    }

    private static var form: ConfigShape.TextForm {
        ConfigShape.TextForm(patterns: ["^[1-9][0-9]{2}(-[1-9][0-9]{2})?$"], bare: .integers(100...999))
    }
}

extension HTTPTaskConfig.Expectation {
    /// The statuses: 100 to 599 by RFC 9110 15, and the higher ones that some servers send.
    package static let codes = 100...999

    /// Reads a code or a range of codes: `200`, `200-299`; nil when it is neither.
    package static func range(_ text: some StringProtocol) -> ClosedRange<Int>? {
        let ends = text.split(separator: "-", maxSplits: 2, omittingEmptySubsequences: false).map { code -> Int? in
            let isCode = code.utf8.count == 3 && code.utf8.allSatisfy { (0x30...0x39).contains($0) }
            return isCode ? Int(code).flatMap { codes.contains($0) ? $0 : nil } : nil
        }
        guard ends.count <= 2, let lower = ends[0], let upper = ends[ends.count - 1], lower <= upper else { return nil }
        return lower...upper
    }
}
