// SPDX-License-Identifier: Apache-2.0

/// The pipes of a child's three streams, with the parent's ends and the child's.
package struct ProcessPipes {
    /// To the child's standard input.
    package let input: Pipe
    /// From its standard output.
    package let output: Pipe
    /// From its standard error.
    package let errors: Pipe

    /// Three new pipes, or none.
    ///
    /// - Throws: ``SystemError`` when the process has no descriptors left.
    package init() throws(SystemError) {
        var made: [Pipe] = []
        do throws(SystemError) {
            for _ in 0..<3 { made.append(try Pipe()) }
        } catch {
            for pipe in made { pipe.close() }
            throw error
        }
        (input, output, errors) = (made[0], made[1], made[2])
    }

    /// Closes the parent's copies of the child's ends: while they are open, the pipes do not end.
    package func closeTheirs() {
        for end in [input.reading, output.writing, errors.writing] { end.close() }
    }

    /// Closes everything, when no child has started.
    package func closeAll() {
        for pipe in [input, output, errors] { pipe.close() }
    }
}
