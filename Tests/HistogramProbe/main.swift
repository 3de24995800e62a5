// SPDX-License-Identifier: Apache-2.0

import VajraMetrics

// One answer a line for one request a line, for Tests/ToolTests/test_histogram_interop.py:
//
//     encode 12 70:3        base64 of a histogram with 12 once and 70 three times
//     decode BASE64         min=… max=… mean=… q0.5=… 12:1 70:3    (lowest value of a bucket:its count)
//                           error: …    in either case, when that cannot be done

let quantiles = [0, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 0.9999, 1]

func histogram(of values: some Sequence<Substring>) -> Histogram? {
    var histogram = Histogram()
    for value in values {
        let parts = value.split(separator: ":", maxSplits: 1)
        guard let value = UInt64(parts[0]), let count = parts.count > 1 ? UInt64(parts[1]) : 1 else { return nil }
        histogram.record(value, count: count)
    }
    return histogram
}

func describe(_ histogram: Histogram) -> String {
    var fields = ["min=\(histogram.min)", "max=\(histogram.max)", "mean=\(histogram.mean)"]
    fields += quantiles.map { "q\($0)=\(histogram.value(atQuantile: $0))" }
    histogram.forEachBucket { lowest, _, count in fields.append("\(lowest):\(count)") }
    return fields.joined(separator: " ")
}

func answer(to line: String) -> String {
    let words = line.split(separator: " ")
    do throws(HistogramCodingError) {
        switch words.first {
        case "encode":
            guard let histogram = histogram(of: words.dropFirst()) else { return "error: a value is not a number" }
            return String(decoding: try histogram.encodedBase64(), as: UTF8.self)
        case "decode":
            let text = words.count > 1 ? Array(words[1].utf8) : []
            return describe(
                try text.span.withUnsafeBytes { (text) throws(HistogramCodingError) in try Histogram(base64: text) })
        default:
            return "error: a request starts with encode or decode"
        }
    } catch {
        return "error: \(error)"
    }
}

while let line = readLine() {
    print(answer(to: line))
}
