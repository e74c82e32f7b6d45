import NNRModel
import NNRSyntax
import TerminalScreen

extension Command {
  private static func step(
    _ stride: Stride, _ name: String, _ key: String, _ help: String, _ hint: (String, Int)? = nil
  ) -> [Command] {
    [("next", "]", true), ("previous", "[", false)].map { word, bracket, forward in
      Command(
        "\(word)-\(name)", ["\(bracket) \(key)"], .go, "\(word) \(help)",
        hint: forward ? hint : nil
      ) { model, _ in
        if let problem = model.go(stride, forward: forward) { model.tell(problem) }
        return model.decodeSelection()
      }
    }
  }

  /// Jumps.
  static let going: [Command] = places + steps + returning

  private static let places: [Command] = [
    Command(
      "go", [], .go, "to a byte (0x1f4, 500), a bit (0x1f4.3), a unit (u12), an element's name",
      aliases: ["goto"], argument: .text("PLACE")
    ) { model, text in model.go(to: text) },
    Command("bit", [], .go, "to a bit of the file: 0x1f4.3", argument: .text("BYTE.BIT")) {
      model, text in model.go(toBit: text)
    },
    Command("unit", [], .go, "to a unit by its number", aliases: ["u"], argument: .text("NUMBER")) {
      model, text in model.go(toUnit: text)
    },
    Command(
      "tensor", [], .go, "to a tensor by its name", aliases: ["t"], argument: .text("NAME"),
      complete: { model, text in
        let survey = model.document.survey
        return survey.tensors.lazy.flatMap { survey.units[$0].names }
          .filter { $0.hasPrefix(text) }.prefix(200).map { $0 }
      }
    ) { model, text in model.go(toTensor: text) },
    Command(
      "element", [], .go, "to the next element of a name", argument: .text("NAME"),
      complete: { _, text in
        SyntaxCatalog.standard.elements.map(\.name).filter { $0.hasPrefix(text) }.sorted()
      }
    ) { model, text in model.go(toElement: text) },
  ]

  private static let steps: [Command] =
    step(.unit, "unit", "u", "unit; in Diff, that differs", ("unit", 2))
    + step(.tensor, "tensor", "t", "tensor")
    + step(.element, "element", "s", "element of the syntax; in Diff, that differs")
    + step(.problem, "problem", "e", "broken rule")

  private static let returning: [Command] = [
    Command(
      "mark", ["m"], .go, "set a mark named by a letter", argument: .key("LETTER")
    ) { model, text in
      guard let letter = text.first else { return [] }
      model.marks[letter] = Bookmark(document: model.current, location: model.location)
      model.tell("mark \(letter) set, '\(letter) comes back")
      return []
    },
    Command("jump", ["'"], .go, "to the mark named by a letter", argument: .key("LETTER")) {
      model, text in
      guard let letter = text.first, let mark = model.marks[letter] else {
        model.tell("no mark \(text)", failed: true)
        return []
      }
      model.remember()
      model.showPlace()
      model.select(mark)
      model.reveal(mark.location)
      return model.decodeSelection()
    },
    Command(
      "back", ["C-o"], .go, "back to where the last jump began",
      unavailable: { $0.trail.isEmpty ? "there was no jump yet" : nil }
    ) { model, _ in
      let here = Bookmark(document: model.current, location: model.location)
      while model.trail.last == here { model.trail.removeLast() }
      if let last = model.trail.popLast() { model.select(last) }
      model.showPlace()
      return model.decodeSelection()
    },
    Command(
      "file", [], .go, "to another of the open files, by its number", argument: .text("NUMBER"),
      unavailable: { $0.documents.count < 2 ? "only one file is open" : nil }
    ) { model, text in
      guard let number = Int(text), model.documents.indices.contains(number - 1) else {
        model.tell("files are numbered 1 to \(model.documents.count)", failed: true)
        return []
      }
      model.remember()
      return model.showDocument(number - 1)
    },
    Command(
      "next-file", [")"], .go, "to the next of the open files",
      unavailable: { $0.documents.count < 2 ? "only one file is open" : nil }
    ) { model, _ in
      model.showDocument((model.current + 1) % model.documents.count)
    },
    Command(
      "previous-file", ["("], .go, "to the previous of the open files",
      unavailable: { $0.documents.count < 2 ? "only one file is open" : nil }
    ) { model, _ in
      model.showDocument((model.current + model.documents.count - 1) % model.documents.count)
    },
  ]
}
