import NNRAnalysis
import NNRSyntax

extension SavedLook {
  /// All that is kept.
  static let entries: [Entry] = [
    Entry(
      key: "view",
      words: { isKept($0.model.view) ? $0.model.view.name : "" },
      take: { words, looks in
        guard let view = looks.pane(words), isKept(view) else { return }
        looks.model.view = view
      }),
    Entry(
      key: "pane", words: { $0.model.pane.name },
      take: { words, looks in
        guard let pane = looks.pane(words), Pane.parts.contains(pane) else { return }
        looks.model.pane = pane
      }),
    Entry(
      key: "strip", words: { $0.model.strip.name },
      take: { words, looks in looks.model.strip = words == Pane.decode.name ? .decode : .bits }),
    flag("zoom", "on", \.model.isZoomed),
    name("projection", \.document.projection),
    Entry(
      key: "outline",
      words: { looks in
        let outline = looks.document.modelOutline
        return outline.order.rawValue.words(reversed: outline.reversed)
      },
      take: { words, looks in
        guard let (order, reversed) = ModelOutline.Order.read(words) else { return }
        looks.document.modelOutline.set(order, reversed: reversed)
      }),
    text("filter", \.document.filter),
    flag("standard", "on", \.document.standard.isShown),
    Entry(
      key: "columns", words: { $0.document.tensors.columns.joined(separator: ",") },
      take: { words, looks in
        if let columns = try? TensorColumns.keys(listed: words) {
          looks.document.tensors.columns = columns
        }
      }),
    Entry(
      key: "sort",
      words: { looks in
        looks.document.tensors.sort.map { ($0.descending ? "-" : "") + $0.key } ?? ""
      },
      take: { words, looks in
        looks.document.tensors.sort = try? SortOrder(parsing: words, columns: TensorColumns.all)
      }),
    Entry(
      key: "where", words: { $0.document.tensors.filter?.source ?? "" },
      take: { words, looks in looks.document.tensors.setCondition(words) }),
    Entry(
      key: "costs",
      words: { looks in
        let costs = looks.document.costs
        return costs.order.rawValue.words(reversed: costs.isReversed)
      },
      take: { words, looks in
        guard let (order, reversed) = CostsState.Order.read(words) else { return }
        looks.document.costs.order = order
        looks.document.costs.isReversed = reversed
      }),
    Entry(
      key: "bars",
      words: { looks in
        let costs = looks.document.costs
        let words = [
          costs.mode == .units ? "file" : "", costs.isLogarithmic ? "logarithmic" : "",
          costs.isCumulative ? "cumulative" : "",
        ]
        return words.filter { !$0.isEmpty }.joined(separator: " ")
      },
      take: { words, looks in
        let words = words.split(separator: " ")
        looks.document.costs.mode = words.contains("file") ? .units : .tree
        looks.document.costs.isLogarithmic = words.contains("logarithmic")
        looks.document.costs.isCumulative = words.contains("cumulative")
      }),
    text("names", \.document.costs.filter),
    name("severity", \.document.severity),
    name("heat", \.document.cell.mode),
    flag("values", "levels", \.document.cell.showsLevels),
    flag("scale", "stream", \.document.cell.scalesToStream),
    flag("range", "ends", \.document.cell.scalesToEnds),
  ]

  /// Whether a view can be come back to: two files side by side need the other one.
  private static func isKept(_ view: Pane) -> Bool {
    !Pane.parts.contains(view) && ![.diff, .lesson].contains(view)
  }

  /// Something with a name of its own.
  private static func name<Value: RawRepresentable<String> & SendableMetatype>(
    _ key: String, _ path: WritableKeyPath<Looks, Value> & Sendable
  ) -> Entry {
    Entry(
      key: key, words: { $0[keyPath: path].rawValue },
      take: { words, looks in
        if let value = Value(rawValue: words) { looks[keyPath: path] = value }
      })
  }

  /// A text of the user's.
  private static func text(
    _ key: String, _ path: WritableKeyPath<Looks, String> & Sendable
  ) -> Entry {
    Entry(
      key: key, words: { $0[keyPath: path] },
      take: { words, looks in looks[keyPath: path] = words })
  }

  /// Something that is so or not, with a word for its being so.
  private static func flag(
    _ key: String, _ word: String, _ path: WritableKeyPath<Looks, Bool> & Sendable
  ) -> Entry {
    Entry(
      key: key, words: { $0[keyPath: path] ? word : "" },
      take: { words, looks in looks[keyPath: path] = words == word })
  }
}

extension String {
  /// An order with the word for turning it round.
  fileprivate func words(reversed: Bool) -> String { reversed ? self + " reversed" : self }
}

extension RawRepresentable<String> {
  /// An order as it was written, and whether it is turned round.
  fileprivate static func read(_ words: String) -> (order: Self, isReversed: Bool)? {
    let mark = " reversed"
    let isReversed = words.hasSuffix(mark)
    return Self(rawValue: isReversed ? String(words.dropLast(mark.count)) : words)
      .map { ($0, isReversed) }
  }
}
