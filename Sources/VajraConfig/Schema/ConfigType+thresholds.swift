// SPDX-License-Identifier: Apache-2.0

import VajraModel

extension ConfigType where Value == Threshold {
    /// A rule on merged figures, such as `browse.response_time.p99 < 250ms`.
    static var threshold: ConfigType {
        let share = "(failure_rate|drop_rate) *[<>]=? *[0-9.]+ *%?"
        let time = "(response_time|service_time|lag)\\.(min|mean|max|p[0-9]+([._][0-9]+)?) *[<>]=? *[0-9][^ ]*"
        let rate = "achieved_rate *[<>]=? *[0-9][^ ]*"
        let count = "(planned|started|completed|succeeded|failed|dropped) *[<>]=? *[0-9.]+[kMG]?"
        let pattern = "^ *([A-Za-z0-9_-]{1,64}\\.)?(\(time)|\(share)|\(rate)|\(count)) *$"
        return .unit(
            .text(ConfigShape.TextForm(patterns: [pattern], bare: .none)), example: "response_time.p99 < 250ms"
        ) {
            text throws(UnitParseError) in try Threshold(parsing: text)
        }
    }
}
