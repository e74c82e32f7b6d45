import ArgumentParser
import NNRModel
import NNRRecode
import NNRReport
import PlainText

/// The `bench` command.
struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench", abstract: "Measures the decoding of payloads alone.")

  @OptionGroup var streams: StreamOptions
  @Option(help: "The number of threads.") var threads = 1
  @Option(help: "How often everything is decoded.") var rounds = 5
  @Flag(help: "Charge bits to syntax classes while decoding.") var ledger = false
  @Flag(help: "Measure coding and the search of recode instead, on one thread (JSON).")
  var recode = false
  @Flag(help: "Decode without lock step before each round, and compare.") var pairs = false
  @Flag(help: "Print one JSON document.") var json = false

  func run() throws {
    guard (1...1024).contains(threads), (1...10_000).contains(rounds) else {
      throw ExitStatus.usage("--threads is 1 to 1024, --rounds 1 to 10000")
    }
    let session = try streams.session(json: json)
    if recode { return measureRecoding(session) }
    var results: [DecodeBench.Result] = []
    for stream in session.streams.indices {
      results.append(
        DecodeBench.run(
          session, stream: stream, threads: threads, rounds: rounds, accounting: ledger,
          pairs: pairs))
    }
    if json {
      writeJSON(session) { stream, json in
        write(session.streams[stream].name, results[stream], to: &json)
      }
    } else {
      for stream in session.shown { print(session.streams[stream].name, results[stream]) }
    }
    if results.contains(where: { $0.failures > 0 }) { throw ExitStatus.streamHasErrors }
  }

  private func measureRecoding(_ session: Session) {
    writeJSON(session) { stream, json in
      let result = EncodeBench.run(session, stream: stream, rounds: rounds)
      json.object { json in
        json.member("file", session.streams[stream].name)
        json.member("weights", result.weights)
        json.member("payload_bytes", result.payloadBytes)
        json.key("coding_seconds")
        json.array { json in for seconds in result.coding { json.value(seconds) } }
        json.key("search_seconds")
        json.array { json in for seconds in result.searching { json.value(seconds) } }
      }
    }
  }

  private func write(_ file: String, _ result: DecodeBench.Result, to json: inout JSONWriter) {
    json.object { json in
      json.member("file", file)
      json.member("threads", threads)
      json.member("weights", result.weights)
      json.member("payload_bytes", result.payloadBytes)
      json.member("bins", result.bins)
      json.member("failures", result.failures)
      json.key("seconds")
      json.array { json in for seconds in result.seconds { json.value(seconds) } }
      guard pairs else { return }
      json.key("seconds_without_lock_step")
      json.array { json in for seconds in result.usualSeconds { json.value(seconds) } }
    }
  }

  private func print(_ file: String, _ result: DecodeBench.Result) {
    let sorted = result.seconds.sorted()
    let median = sorted[sorted.count / 2]
    func millions(_ count: Int) -> String {
      NumberFormat.significant(Double(count) / max(median, 1e-9) / 1e6)
    }
    Output.write(
      """
      \(SafeText.line(file))
        \(NumberFormat.grouped(result.weights)) weights, \
      \(NumberFormat.grouped(result.payloadBytes)) payload bytes, \
      \(NumberFormat.grouped(result.bins)) bins, \(NumberFormat.count(threads, "thread"))
        median of \(rounds): \(NumberFormat.duration(seconds: median)), \
      \(millions(result.weights)) Mweights/s, \(millions(result.bins)) Mbins/s\n
      """)
    guard pairs else { return }
    let ratios = zip(result.usualSeconds, result.seconds).map { $0 / max($1, 1e-9) }.sorted()
    let ratio = NumberFormat.significant(ratios[ratios.count / 2])
    Output.write("  \(ratio) times as fast in lock step\n")
  }
}
