import TerminalScreen

/// Plays a text of commands without a terminal.
///
/// A line is a comment (`#`) or one of `lines`.
public struct ScriptPlayer {
  /// What a line may be, for help.
  public static let lines =
    #"key KEYS, type TEXT, wait (until all is decoded), expect "TEXT", refute "TEXT", "#
    + "resize COLSxROWS, or a command of the : prompt"

  /// Why a script ended early.
  public struct Problem: Error, Sendable, Hashable, CustomStringConvertible {
    /// The number of the line, from 1.
    public let line: Int
    /// What is wrong.
    public let text: String

    /// Line and reason.
    public var description: String { "line \(line): \(text)" }
  }

  /// Opens a file in place of an open one with a number.
  public typealias Opening = (_ path: String, _ document: Int) throws -> [OpenStream]

  /// The explorer.
  public private(set) var session: ExplorerSession
  /// The characters that screens are drawn with.
  public let glyphs: GlyphSet
  private let write: (_ path: String, _ text: String) -> String?
  private let open: () throws -> [OpenStream]
  private let add: Opening

  /// A player for an explorer.
  ///
  /// `write` writes a text to a path (`-` is standard output) and gives the reason if it cannot; `open` opens all files again,
  /// `add` others to compare with.
  public init(
    _ model: ExplorerModel, glyphs: GlyphSet,
    write: @escaping (_ path: String, _ text: String) -> String?,
    open: @escaping () throws -> [OpenStream],
    add: @escaping Opening = { _, _ in [] }
  ) {
    session = ExplorerSession(model)
    self.glyphs = glyphs
    self.write = write
    self.open = open
    self.add = add
  }

  /// Plays a script to its end, to `quit`, or to the first problem.
  public mutating func play(_ script: String) throws(Problem) {
    settle()
    var number = 0
    for line in script.split(separator: "\n", omittingEmptySubsequences: false) {
      number += 1
      let text = Self.trim(line)
      guard !text.isEmpty, !text.hasPrefix("#") else { continue }
      if let problem = step(text) { throw Problem(line: number, text: problem) }
      if session.hasQuit { return }
    }
  }

  private mutating func step(_ line: String) -> String? {
    let word = String(line.prefix { $0 != " " })
    let rest = Self.trim(line.dropFirst(word.count))
    switch word {
    case "key", "keys":
      guard let keys = Key.sequence(rest), !keys.isEmpty else { return "no key: \(rest)" }
      for key in keys {
        session.press([key])
        settle()
      }
    case "type":
      for character in rest {
        session.press([Key(character)])
        settle()
      }
    case "wait": session.work()
    case "resize":
      guard let size = Size(spelling: rest) else { return "no size: \(rest), write 80x24" }
      session.send(.input(.resize(size)))
    case "expect", "refute":
      let wanted = Self.unquoted(rest)
      let screen = ScreenText.plain(session.model.draw(glyphs: glyphs))
      if screen.contains(wanted) != (word == "expect") {
        return word == "expect"
          ? "\"\(wanted)\" is not on the screen" : "\"\(wanted)\" is on the screen"
      }
    default:
      session.execute(line)
      settle()
      if let status = session.model.status, status.failed { return status.text }
    }
    return perform()
  }

  /// Short work is done at once; decoding waits for `wait`.
  private mutating func settle() { session.work { $0 != .decode } }

  private mutating func perform() -> String? {
    for effect in session.takeEffects() {
      switch effect {
      case .save(let path, _):
        // Drawn again: the script's characters, not those of a terminal.
        let text = ScreenText.plain(session.model.draw(glyphs: glyphs)) + "\n"
        if let problem = write(path, text) { return "cannot write \(path): \(problem)" }
      case .write(let path, let text):
        if let problem = write(path, text) { return "cannot write \(path): \(problem)" }
      case .reload:
        do {
          session.send(.reloaded(try open(), problem: ""))
        } catch { return "cannot reload: \(error)" }
        settle()
      case .open(let path, let document):
        do {
          session.send(.opened(try add(path, document), path: path, problem: "no such file"))
        } catch { return "\(path): \(error)" }
        settle()
      default: break
      }
    }
    return nil
  }

  private static func trim(_ text: Substring) -> String {
    let blanks: Set<Character> = [" ", "\t", "\r"]
    return String(
      text.drop { blanks.contains($0) }.reversed().drop { blanks.contains($0) }.reversed())
  }

  private static func unquoted(_ text: String) -> String {
    guard text.count >= 2, text.hasPrefix("\""), text.hasSuffix("\"") else { return text }
    return String(text.dropFirst().dropLast())
  }
}

extension Size {
  /// Reads `80x24`.
  public init?(spelling: String) {
    let parts = spelling.lowercased().split(separator: "x").compactMap { Int($0) }
    guard parts.count == 2, parts.allSatisfy({ $0 > 0 && $0 <= 10_000 }) else { return nil }
    self.init(parts[0], parts[1])
  }
}
