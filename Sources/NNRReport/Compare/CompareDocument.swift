import NNRAnalysis
import NNRModel

/// `compare` as JSON: runs, rows with a cell for each run, series with their points, Bjøntegaard differences.
public enum CompareDocument {
  /// Writes the document; `rows` are those that were chosen.
  public static func write(
    _ comparison: RunComparison, rows: [CompareRow], series: [RateSeries],
    differences: [SeriesDifference], to json: inout JSONWriter
  ) {
    json.object { json in
      json.key("runs")
      json.array { json in
        for run in comparison.runs { write(run, against: comparison.isAgainst, to: &json) }
      }
      json.key("rows")
      json.array { json in for row in rows { write(row, to: &json) } }
      json.key("series")
      json.array { json in
        for series in series { write(series, comparison, to: &json) }
      }
      json.key("bd")
      json.array { json in
        for difference in differences { write(difference, comparison, to: &json) }
      }
    }
  }

  private static func write(_ run: RunFigures, against: Bool, to json: inout JSONWriter) {
    json.object { json in
      json.member("file", run.file)
      json.member("size", run.size)
      json.member("bits", run.size.multipliedReportingOverflow(by: 8).partialValue)
      guard against else { return }
      write(run.errors, to: &json)
      json.member("compared", run.errors?.count ?? 0)
    }
  }

  /// The errors; an SNR is null where there is no error at all, too, and `equal` says so.
  private static func write(_ errors: ErrorSums?, to json: inout JSONWriter) {
    json.member("snr", errors?.snr)
    json.member("rmse", errors?.rmse)
    json.member("max_error", errors?.greatest)
    guard let errors else { return }
    if errors.snr == .infinity { json.member("equal", true) }
    if errors.nonfinite > 0 { json.member("nonfinite", errors.nonfinite) }
  }

  private static func write(_ row: CompareRow, to json: inout JSONWriter) {
    json.object { json in
      json.member("name", row.name)
      json.key("shape")
      json.value(shape: row.shape)
      json.member("spread", row.spread)
      json.member("change", row.greatestChange?.bits)
      json.member("changed_in", row.greatestChange.map { $0.run + 1 })
      json.key("classes")
      json.object { json in
        for change in row.changes { json.member(change.costClass.name, change.bits) }
      }
      json.key("cells")
      json.array { json in for cell in row.cells { write(cell, to: &json) } }
    }
  }

  private static func write(_ cell: RunCell?, to json: inout JSONWriter) {
    json.object { json in
      json.member("bits", cell?.bits)
      json.member("bits_per_weight", cell?.bitsPerWeight)
      json.member("qp", cell?.qp)
      json.member("zero_fraction", cell?.zeroFraction)
      write(cell?.errors, to: &json)
    }
  }

  private static func write(
    _ series: RateSeries, _ comparison: RunComparison, to json: inout JSONWriter
  ) {
    json.object { json in
      json.member("name", series.name)
      json.key("points")
      json.array { json in
        for run in series.runs.map({ comparison.runs[$0] }) {
          json.object { json in
            json.member("file", run.file)
            json.member("bits", run.size.multipliedReportingOverflow(by: 8).partialValue)
            json.member("snr", run.errors?.snr)
          }
        }
      }
    }
  }

  private static func write(
    _ difference: SeriesDifference, _ comparison: RunComparison, to json: inout JSONWriter
  ) {
    json.object { json in
      json.member("first", difference.first.name)
      json.member("second", difference.second.name)
      var found: RateDifference?
      var problem: RateProblem?
      switch difference.whole {
      case .success(let difference): found = difference
      case .failure(let reason): problem = reason
      }
      json.member("rate_percent", found?.ratePercent)
      json.member("snr_db", found?.snr)
      json.member("overlap", found?.overlap)
      json.member("rate_overlap", found?.rateOverlap)
      json.member("method", found?.method.rawValue)
      json.member("problem", problem?.description)
      json.member("warnings", difference.warnings(comparison))
      json.member("tensors_rate_percent", difference.meanRatePercent)
      json.member("tensors_valid", difference.valid)
      json.member("tensors", difference.tensors)
    }
  }
}
