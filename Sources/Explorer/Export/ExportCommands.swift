import NNRAnalysis
import NNRModel
import NNRReport
import PlainText
import TerminalScreen

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#endif

extension Command {
  /// Export.
  static let exporting: [Command] = [
    Command(
      "export-prompt", ["x"], .program, "write the selected tensor: edit the path, Enter",
      hint: ("export", 2),
      unavailable: { model in
        model.exportProblem ?? (model.exportName == nil ? "no tensor is selected" : nil)
      }
    ) { model, _ in
      let name = model.exportName ?? ""
      return model.openPrompt(.command, "export " + ExplorerModel.fileName(name) + ".npy")
    },
    Command(
      "export-model-prompt", ["X"], .program, "write the whole model: edit the path, Enter",
      unavailable: { $0.exportProblem }
    ) { model, _ in
      model.openPrompt(
        .command, "export-model " + ExplorerModel.fileName(model.document.title) + ".safetensors")
    },
    Command(
      "export", [], .program, "the selected tensor to PATH (.npy, .csv, .bin, .safetensors)",
      argument: .text("PATH"), complete: { _, text in ExplorerModel.endings(text) },
      unavailable: { $0.exportProblem }
    ) { model, path in model.exportSelection(to: path, content: .coded) },
    Command(
      "export-levels", [], .program, "the integers of the selected tensor to PATH",
      argument: .text("PATH"), complete: { _, text in ExplorerModel.endings(text) },
      unavailable: { $0.exportProblem }
    ) { model, path in model.exportSelection(to: path, content: .levels) },
    Command(
      "export-model", [], .program, "all parameters to PATH.safetensors, or to a folder of .npy",
      argument: .text("PATH"), complete: { _, text in ExplorerModel.endings(text) },
      unavailable: { $0.exportProblem }
    ) { model, path in model.export(nil, to: path, content: .model) },
  ]
}

extension ExplorerModel {
  /// Why nothing can be exported now; nil if it can.
  var exportProblem: String? {
    let place = document.source
    // Exports add up to what the last stream of a chain gives.
    return place.number + 1 == place.session.streams.count
      ? nil : "the last of the open files is exported: ) goes there"
  }

  /// The name of the tensor that is selected, in whichever view.
  var exportName: String? { shown.tensor(self)?.name }

  /// The tensor of the selected unit: the one that weights are shown of, or the last it codes.
  var selectedTensor: CodedTensor? {
    if let tensor = shownTensor?.start.tensor, document.tensorView?.key.unit == location.unit {
      return tensor
    }
    return document.stream.compressedDataUnit(location.unit)?.codedTensors.last
  }

  /// A name that is safe for a file.
  static func fileName(_ name: String) -> String {
    let safe = name.unicodeScalars.prefix(100).map { scalar -> Character in
      let isSafe =
        scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
        || "._-".unicodeScalars.contains(scalar)
      return isSafe ? Character(scalar) : "_"
    }
    let text = String(safe)
    // Neither hidden nor an option.
    return text.isEmpty || text.hasPrefix(".") || text.hasPrefix("-") ? "_" + text : text
  }

  /// Paths with each of the formats' endings.
  static func endings(_ path: String) -> [String] {
    guard let dot = path.lastIndex(of: "."), path.count > 1 else {
      return path.isEmpty ? [] : ExportFormat.allCases.map { path + $0.ending }
    }
    let (stem, begun) = (path[..<dot], path[dot...])
    return ExportFormat.allCases.map(\.ending).filter { $0.hasPrefix(begun) && $0 != begun }
      .map { stem + $0 }
  }

  /// Begins to write the selected tensor.
  mutating func exportSelection(to path: String, content: ExportRequest.Content) -> [Effect] {
    guard let name = exportName else {
      tell("no tensor is selected", failed: true)
      return []
    }
    return export(name, to: path, content: content)
  }

  /// Begins to write a tensor, or the model, to a path that is not taken.
  mutating func export(_ name: String?, to path: String, content: ExportRequest.Content)
    -> [Effect]
  {
    func fail(_ text: String) -> [Effect] {
      tell(text, failed: true)
      return []
    }
    guard !path.isEmpty, path != "-" else { return fail("a path is needed, as x.npy") }
    let ending = ExportFormat.allCases.first { path.hasSuffix($0.ending) }
    guard let format = ending ?? (name == nil ? .npy : nil) else {
      return fail("the path must end in .npy, .csv, .bin or .safetensors")
    }
    // A folder may be there; a file is somebody's.
    let isFolder = name == nil && format != .safetensors
    guard isFolder || access(path, F_OK) != 0 else {
      return fail("\(ShownText.line(path)) exists; nothing was written")
    }
    var request = ExportRequest()
    request.content = content
    request.tensor = name
    tell("writing \(ShownText.line(path)) …")
    return start(.export(document.source.session, request, as: format, to: path))
  }
}
