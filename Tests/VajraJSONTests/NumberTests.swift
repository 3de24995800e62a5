// SPDX-License-Identifier: Apache-2.0

import Testing
import VajraJSON

@Suite struct NumberTests {
    private static func int64(_ text: String) -> Result<Int64, JSONError> {
        Result { () throws(JSONError) in try scanning(text) { scanner throws(JSONError) in try scanner.readInt64() } }
    }

    private static func uint64(_ text: String) -> Result<UInt64, JSONError> {
        Result { () throws(JSONError) in try scanning(text) { scanner throws(JSONError) in try scanner.readUInt64() } }
    }

    private static func double(_ text: String) -> Result<Double, JSONError> {
        Result { () throws(JSONError) in try scanning(text) { scanner throws(JSONError) in try scanner.readDouble() } }
    }

    private static func failure<Value>(_ kind: JSONError.Kind) -> Result<Value, JSONError> {
        .failure(JSONError(offset: 0, kind: kind))
    }

    @Test(arguments: [
        ("0", 0), ("-0", 0), ("7", 7), ("-7", -7), ("999999999999999999", 999_999_999_999_999_999),
        ("-999999999999999999", -999_999_999_999_999_999), ("1000000000000000000", 1_000_000_000_000_000_000),
        ("9223372036854775807", .max), ("-9223372036854775808", .min), ("1.0", 1), ("-1.50e2", -150), ("1e3", 1000),
        ("120e-1", 12), ("0e999999999999", 0), ("0.000", 0), ("92233720368547758.07e2", .max),
        ("1E18", 1_000_000_000_000_000_000),
    ])
    func `an integer is read in any exact spelling`(text: String, value: Int64) {

        #expect(Self.int64(text) == .success(value))
    }

    @Test(arguments: [
        ("9223372036854775808", JSONError.Kind.integerOutOfRange), ("-9223372036854775809", .integerOutOfRange),
        ("18446744073709551616", .integerOutOfRange), ("99999999999999999999999", .integerOutOfRange),
        ("28446744073709551615", .integerOutOfRange), ("1e19", .integerOutOfRange), ("1e400", .integerOutOfRange),
        ("0.5", .notAnInteger), ("1e-1", .notAnInteger), ("0.9999999999999999999999999", .notAnInteger),
        ("1e-999999999999999999999", .notAnInteger),
    ])
    func `what no Int64 holds is refused and never rounded`(text: String, kind: JSONError.Kind) {
        #expect(Self.int64(text) == Self.failure(kind))
    }

    @Test func `a UInt64 goes to its own end and not below zero`() {
        #expect(Self.uint64("18446744073709551615") == .success(.max))
        #expect(Self.uint64("1844674407370955161.5e1") == .success(.max))
        #expect(Self.uint64("-0") == .success(0))
        #expect(Self.uint64("18446744073709551616") == Self.failure(.integerOutOfRange))
        #expect(Self.uint64("-1") == Self.failure(.integerOutOfRange))
    }

    @Test(arguments: [
        "0", "1", "0.1", "-2.5", "1e22", "1e23", "123456789012345678", "9007199254740993", "9007199254740992.5",
        "0.30000000000000004", "1.7976931348623157e308", "4.9406564584124654e-324", "2.4703282292062327e-324", "1e-400",
        "2.2250738585072011e-308", "100000000000000000000000000000000000000000", "0.000000000000000000000000000001e30",
        "17976931348623157" + String(repeating: "0", count: 292), "18446744073709551615", "18446744073709551616",
        "1.00000000000000011102230246251565404236316680908203125", "7.2057594037927933e16", "1e-22", "1e-23",
    ])
    func `a double is the nearest one, as the standard library rounds it`(text: String) {
        #expect(Self.double(text) == .success(Double(text) ?? .nan))
    }

    @Test func `minus zero keeps its sign as a double`() throws {
        let value = try Self.double("-0").get()
        #expect(value == 0 && value.sign == .minus)
    }

    @Test(arguments: ["1e309", "-1e309", "1.7976931348623159e308", "1e999999999999999999999"])
    func `a double beyond the largest is refused`(text: String) {
        #expect(Self.double(text) == Self.failure(.numberOutOfRange))
    }

    @Test func `a number cut short is refused by every reader`() {
        for text in ["-", "1.", "1e", "1e-", "01", "-01", "1.e1"] {
            #expect(throws: JSONError.self) { try Self.int64(text).get() }
            #expect(throws: JSONError.self) { try Self.uint64(text).get() }
            #expect(throws: JSONError.self) { try Self.double(text).get() }
        }
    }
}
