// SPDX-License-Identifier: Apache-2.0

/// What libyaml's parser found next.
struct YAMLEvent {
    enum Kind {
        case documentStart
        case scalar(ConfigScalar)
        case listStart
        case mappingStart
        /// The end of the list or mapping begun last.
        case containerEnd
        case alias(String)
        case streamEnd
        /// The start of the stream and the ends of documents, which mean nothing here.
        case other
    }

    let kind: Kind
    let place: TextPlace
    var anchor: String?
    var tag: String?
}
