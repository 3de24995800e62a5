// SPDX-License-Identifier: Apache-2.0

import VajraJSON

/// One writing of a config as JSON, in which no secret is shown.
struct ConfigWriting {
    var json = JSONWriter()
    private let disguises: [String: String]

    init(disguises: [String: String]) {
        self.disguises = disguises
    }

    /// Writes a text so that it stands for itself when it is read, unless it is or holds a secret.
    mutating func text(_ text: String) {
        json.value(Substitution.escaped(Redaction.withoutUserInfo(disguises[text] ?? text)))
    }

    /// Writes a text under a name that may tell that it is a secret.
    mutating func text(_ text: String, named name: String) {
        if Redaction.hidesValue(of: name) {
            json.value(Redaction.mark)
        } else {
            self.text(text)
        }
    }
}
