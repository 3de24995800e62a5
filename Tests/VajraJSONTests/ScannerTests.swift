// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraJSON

/// Runs `body` with a scanner over `text`.
func scanning<Result>(
    _ text: String, _ body: (inout JSONScanner) throws(JSONError) -> Result
) throws(JSONError) -> Result {
    try Array(text.utf8).withUnsafeBufferPointer { (buffer) throws(JSONError) -> Result in
        var scanner = JSONScanner(UnsafeRawBufferPointer(buffer))
        return try body(&scanner)
    }
}

@Suite struct ScannerTests {
    private static let record = #"""
         {"type":"iteration","v":1,"seq":18446744073709551615,"lag_ns":-12,"rate":9999.5,"ok":true,"kind":null,
          "labels":{"team":"p\u00e9","deep":[1,{"x":"]"}]},"list":[1,2,3],"unknown":[{"a":[]}]}
        """#

    @Test func `a record of known keys is decoded and unknown members are passed over`() throws {
        var (type, seq, lag, rate, isOK, hasKind, team) = ("", UInt64(0), Int64(0), 0.0, false, true, "")
        var list: [Int64] = []
        try scanning(Self.record) { scanner throws(JSONError) in
            try scanner.readObject { key, value throws(JSONError) in
                switch key {
                case "type": type = try value.readString()
                case "v": #expect(try value.readInt64() == 1)
                case "seq": seq = try value.readUInt64()
                case "lag_ns": lag = try value.readInt64()
                case "rate": rate = try value.readDouble()
                case "ok": isOK = try value.readBool()
                case "kind": hasKind = try !value.readNull()
                case "labels":
                    try value.readObject { key, value throws(JSONError) in
                        if key == "team" { team = try value.readString() }
                    }
                case "list": try value.readArray { element throws(JSONError) in list.append(try element.readInt64()) }
                default: break
                }
            }
            try scanner.finish()
        }
        #expect((type, seq, lag, rate) == ("iteration", .max, -12, 9999.5))
        #expect((isOK, hasKind, team) == (true, false, "pé"))
        #expect(list == [1, 2, 3])
    }

    @Test func `a key equals its literal at every length and no near miss`() throws {
        let names: [(StaticString, String)] = [
            ("", ""), ("v", "v"), ("id", "id"), ("seq", "seq"), ("type", "type"), ("start", "start"),
            ("run_id", "run_id"), ("dropped", "dropped"), ("scenario", "scenario"), ("in_flight", "in_flight"),
            ("response_time_hdr", "response_time_hdr"), ("abcdefghijklmnopqrstuvwxyz", "abcdefghijklmnopqrstuvwxyz"),
        ]
        for (literal, name) in names {
            for index in 0...name.utf8.count {
                var bytes = Array(name.utf8)
                if index < bytes.count { bytes[index] ^= 1 }
                let text = "{\"\(String(decoding: bytes, as: UTF8.self))\":1}"
                try scanning(text) { scanner throws(JSONError) in
                    try scanner.readObject { key, _ in
                        #expect((key == literal) == (index == bytes.count), "\(text) against \(name)")
                    }
                }
            }
        }
    }

    @Test func `an escaped key equals the literal it decodes to`() throws {
        try scanning(#"{"t\u0079pe":1,"ty":2,"typ\u0065s":3}"#) { scanner throws(JSONError) in
            var equal: [Bool] = []
            var names: [String] = []
            try scanner.readObject { key, _ in
                equal.append(key == "type")
                names.append(String(key))
            }
            #expect(equal == [true, false, false])
            #expect(names == ["type", "ty", "types"])
        }
    }

    @Test func `a read of the wrong kind names both kinds, consumes nothing, and may be followed by another`() throws {
        try scanning(#"{"a":"text"}"#) { scanner throws(JSONError) in
            try scanner.readObject { _, value throws(JSONError) in
                let wrong = JSONError(offset: 5, kind: .wrongKind(expected: .number, found: .string))
                #expect(throws: wrong) { try value.readInt64() }
                #expect(throws: wrong) { try value.readUInt64() }
                #expect(throws: wrong) { try value.readDouble() }
                #expect(throws: JSONError.self) { try value.readBool() }
                #expect(throws: JSONError.self) { try value.readArray { _ in } }
                #expect(throws: JSONError.self) { try value.readObject { _, _ in } }
                #expect(try !value.readNull())
                #expect(try value.readString() == "text")
            }
            try scanner.finish()
        }
    }

    @Test func `a failed read that is swallowed leaves the value to be skipped`() throws {
        try scanning(#"[true,"x",3]"#) { scanner throws(JSONError) in
            var numbers: [Int64] = []
            try scanner.readArray { element in
                if let number = try? element.readInt64() { numbers.append(number) }
            }
            try scanner.finish()
            #expect(numbers == [3])
        }
    }

    @Test(arguments: [#"[1"x"]"#, "[1 2]", #"["a""b"]"#, "[[]1]"])
    func `a second value cannot be read where there is one`(text: String) {
        #expect(throws: JSONError.self) {
            try scanning(text) { scanner throws(JSONError) in
                try scanner.readArray { element throws(JSONError) in
                    try element.skipValue()
                    try element.skipValue()
                }
            }
        }
    }

    @Test func `an error swallowed within a container is found out`() {
        #expect(throws: JSONError(offset: 4, kind: .valueHalfRead)) {
            try scanning("[[1,x],2]") { scanner throws(JSONError) in
                try scanner.readArray { element in
                    try? element.readArray { inner throws(JSONError) in try inner.skipValue() }
                }
            }
        }
    }

    @Test func `a text is not finished before its value is read`() {
        #expect(throws: JSONError(offset: 0, kind: .unexpectedEnd(expected: .value))) {
            try scanning("1") { scanner throws(JSONError) in try scanner.finish() }
        }
    }

    @Test func `the raw value is the value's bytes and no space around it`() throws {
        let raw = try scanning(#"{"a" :  {"b": [1, 2]} , "c":1}"#) { scanner throws(JSONError) in
            var raw = ""
            try scanner.readObject { key, value throws(JSONError) in
                if key == "a" { raw = String(decoding: try value.rawValue(), as: UTF8.self) }
            }
            try scanner.finish()
            return raw
        }
        #expect(raw == #"{"b": [1, 2]}"#)
    }

    @Test func `string bytes come from the input itself unless they are escaped`() throws {
        let text = Array(#"["plain","esc\u0061ped\ud83d\ude00"]"#.utf8)
        try text.withUnsafeBytes { input in
            var scanner = JSONScanner(input)
            var isInPlace: [Bool] = []
            var strings: [String] = []
            try scanner.readArray { element throws(JSONError) in
                try element.readStringBytes { bytes in
                    isInPlace.append(bytes.baseAddress.map { input.contains(address: $0) } ?? false)
                    strings.append(String(decoding: bytes, as: UTF8.self))
                }
            }
            #expect(isInPlace == [true, false])
            #expect(strings == ["plain", "escaped😀"])
        }
    }

    @Test func `a complaint of the decoder's own comes out with its place`() {
        #expect {
            try scanning(#"{"v":2}"#) { scanner throws(JSONError) in
                try scanner.readObject { _, value throws(JSONError) in
                    let offset = value.offset
                    guard try value.readInt64() == 1 else {
                        throw JSONError(offset: offset, kind: .rejected("wire format 1 is the only one known"))
                    }
                }
            }
        } throws: {
            "\($0)" == "byte 5: wire format 1 is the only one known"
        }
    }

    @Test(arguments: [
        ("", "byte 0: the text ends where it needs a value; it may be cut short"),
        ("{\"a\":1", "byte 6: the text ends where it needs ',' or '}'; it may be cut short"),
        ("{\"a\" 1}", "byte 5: expected ':' after the key, found '1'"),
        ("{a:1}", "byte 1: expected a key in double quotes, found 'a'"),
        ("[1,\u{1}]", "byte 3: expected a value, found byte 0x01"),
        ("[1;2]", "byte 2: expected ',' or ']', found ';'"),
        ("[-]", "byte 2: expected a digit, found ']'"),
        ("[01]", "byte 1: a number must not begin with a superfluous 0"),
        ("[nil]", "byte 1: unknown word; only true, false and null stand without quotes"),
        ("[\"a", "byte 1: the string that begins here has no closing quote"),
        ("[\"a\u{1F}\"]", "byte 3: byte 0x1F in a string must be written as an escape"),
        (#"["\q"]"#, #"byte 2: invalid escape; use \" \\ \/ \b \f \n \r \t or \u and four hex digits"#),
        (#"["\ud800"]"#, "byte 2: half of a surrogate pair; write both halves, or the character itself"),
        ("\u{FEFF}{}", "byte 0: begins with a byte order mark; save it as UTF-8 without one"),
        ("{} {}", "byte 3: expected nothing but white space after the value, found '{'"),
        ("1e999", "byte 0: the number is beyond the range of a double"),
    ])
    func `an error says where, what and what would be right`(text: String, message: String) {
        #expect {
            try JSONValue(parsing: Array(text.utf8))
        } throws: {
            "\($0)" == message
        }
    }
}

extension UnsafeRawBufferPointer {
    fileprivate func contains(address: UnsafeRawPointer) -> Bool {
        guard let start = baseAddress else { return false }
        return address >= start && address < start + count
    }
}
