// SPDX-License-Identifier: Apache-2.0

extension JSONWriter {
    @inlinable
    package mutating func value(_ number: Int) {
        value(Int64(number))
    }

    /// Writes an integer; readers that hold numbers as doubles keep it exact up to 2^53.
    @usableFromInline
    package mutating func value(_ number: Int64) {
        separated(atMost: 20) { start in
            guard number < 0 else { return Self.writeDigits(number.magnitude, to: start) }
            start.storeBytes(of: UInt8(ascii: "-"), as: UInt8.self)
            return 1 + Self.writeDigits(number.magnitude, to: start + 1)
        }
    }

    /// Writes an integer; readers that hold numbers as doubles keep it exact up to 2^53.
    @usableFromInline
    package mutating func value(_ number: UInt64) {
        separated(atMost: 20) { Self.writeDigits(number, to: $0) }
    }

    /// Writes the shortest decimal that reads back as the same Double, with `.0` for whole numbers. NaN and the
    /// infinities become `null`, because JSON lacks them.
    @usableFromInline
    package mutating func value(_ number: Double) {
        guard number.isFinite else { return null() }
        var description = DoubleDescription()
        number.write(to: &description)
        separated(atMost: description.count) { description.copy(to: $0) }
    }

    /// Writes `true` or `false`.
    @inlinable
    package mutating func value(_ flag: Bool) {
        splice(flag ? "true" : "false")
    }

    @inlinable
    package mutating func null() {
        splice("null")
    }

    @inlinable
    mutating func splice(_ word: StaticString) {
        separated(atMost: word.utf8CodeUnitCount) { start in
            start.copyMemory(from: word.utf8Start, byteCount: word.utf8CodeUnitCount)
            return word.utf8CodeUnitCount
        }
    }

    /// Every pair of digits from 00 to 99. A literal, because each use of a static array has checks.
    private static let pairs: StaticString = """
        00010203040506070809101112131415161718192021222324\
        25262728293031323334353637383940414243444546474849\
        50515253545556575859606162636465666768697071727374\
        75767778798081828384858687888990919293949596979899
        """

    /// Writes `number` in decimal and returns how many digits that took, at most 20.
    @inline(__always)
    private static func writeDigits(_ number: UInt64, to start: UnsafeMutableRawPointer) -> Int {
        let count = digitCount(number)
        let table = UnsafeRawPointer(pairs.utf8Start)
        var rest = number
        var at = count
        while rest >= 100 {
            let (quotient, pair) = rest.quotientAndRemainder(dividingBy: 100)
            at &-= 2
            let digits = table.loadUnaligned(fromByteOffset: Int(pair) &* 2, as: UInt16.self)
            start.storeBytes(of: digits, toByteOffset: at, as: UInt16.self)
            rest = quotient
        }
        if rest >= 10 {
            start.storeBytes(of: table.loadUnaligned(fromByteOffset: Int(rest) &* 2, as: UInt16.self), as: UInt16.self)
        } else {
            start.storeBytes(of: UInt8(ascii: "0") &+ UInt8(rest), as: UInt8.self)
        }
        return count
    }

    @inline(__always)
    private static func digitCount(_ number: UInt64) -> Int {
        var count = 1
        var rest = number
        while true {
            if rest < 10 { return count }
            if rest < 100 { return count &+ 1 }
            if rest < 1_000 { return count &+ 2 }
            if rest < 10_000 { return count &+ 3 }
            rest /= 10_000
            count &+= 4
        }
    }
}
