import Explorer

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The conversation of `--plain`: lines from standard input, answers to standard output.
enum PlainLoop {
  /// Talks until `quit` or the end of the input.
  static func run(_ reader: inout PlainReader) {
    Output.write(reader.start())
    let asks = isatty(STDIN_FILENO) == 1
    while !reader.hasQuit {
      let question = reader.question
      if asks { Output.write((question.isEmpty ? "nnrscope" : question) + "> ") }
      guard let line = readLine() else { break }
      Output.write(reader.take(line))
    }
  }
}
