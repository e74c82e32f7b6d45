import NNRReport
import PlainText

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#endif

extension Command {
  /// What else the same integers could have cost.
  static let whatif: [Command] = [
    .opening(.whatif, ["8"], "what other choices of the encoder would have cost"),
    Command(
      "next-alternative", ["+"], .look, "the next value of the knob under the cursor",
      panes: [.whatif], unavailable: { $0.whatif.alternatives == nil ? "no tensor is open" : nil }
    ) { model, _ in
      model.turnKnob(1)
      return []
    },
    Command(
      "previous-alternative", ["-"], .look, "the value before of the knob under the cursor",
      panes: [.whatif], unavailable: { $0.whatif.alternatives == nil ? "no tensor is open" : nil }
    ) { model, _ in
      model.turnKnob(-1)
      return []
    },
    Command(
      "recode-prompt", ["W"], .program, "write the stream in fewer bytes: edit the path, Enter",
      panes: [.whatif], hint: ("write", 3)
    ) { model, _ in
      let name = model.document.title
      let stem = name.hasSuffix(".nnc") ? String(name.dropLast(4)) : name
      return model.openPrompt(.command, "recode " + ExplorerModel.fileName(stem) + "-smaller.nnc")
    },
    Command(
      "recode", [], .program, "the stream with the same integers in fewer bytes to PATH",
      argument: .text("PATH")
    ) { model, path in model.recode(to: path) },
  ]
}

extension ExplorerModel {
  /// Goes to the next alternative of the same knob, or the one before.
  mutating func turnKnob(_ step: Int) {
    guard let list = whatif.alternatives?.list, let selected = whatif.selected else { return }
    let next = whatif.alternativeList.selection + step
    guard list.indices.contains(next), list[next].knob == selected.knob else {
      return tell("\(selected.knob.rawValue) has no other value that way")
    }
    whatif.alternativeList.selection = next
  }

  /// Begins to write the stream to a path that is not taken.
  mutating func recode(to path: String) -> [Effect] {
    func fail(_ text: String) -> [Effect] {
      tell(text, failed: true)
      return []
    }
    guard !path.isEmpty, path != "-" else { return fail("a path is needed, as x.nnc") }
    guard document.stream.source.file == nil else {
      return fail("the stream is carried within another file, which is not written again")
    }
    guard access(path, F_OK) != 0 else {
      return fail("\(ShownText.line(path)) exists; nothing was written")
    }
    tell("writing \(ShownText.line(path)) …")
    return start(.recode(document.source, to: path))
  }
}
