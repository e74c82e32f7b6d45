import NNRAnalysis
import NNRModel
import NNRSyntax

/// A stream as one page of HTML that needs nothing else: no network, no fonts, no script to be readable.
public struct ReportPage {
  private let data: ReportData
  private var page = Markup()

  /// The page of `data`, as text.
  public static func text(_ data: ReportData) -> String {
    var page = ReportPage(data: data)
    page.write()
    return page.page.text
  }

  private init(data: ReportData) { self.data = data }

  private mutating func write() {
    let data = data
    page.write(trusted: "<!DOCTYPE html>\n")
    page.element("html", [("lang", "en")]) { page in
      page.element("head") { page in
        page.empty("meta", [("charset", "utf-8")])
        page.empty(
          "meta", [("name", "viewport"), ("content", "width=device-width, initial-scale=1")])
        page.element("title", text: "\(data.name) – nnrscope")
        page.element("style") { $0.write(trusted: ReportStyle.css) }
      }
      page.newLine()
      page.element("body") { page in
        page.element("main") { page in
          ReportSections.summary(data, to: &page)
          let isBroken = data.check.count(.error) + data.check.count(.warning) > 0
          if isBroken { ReportSections.diagnostics(data, to: &page) }
          ReportSections.advice(data, to: &page)
          ReportSections.costs(data, to: &page)
          ReportSections.roles(data, to: &page)
          ReportSections.names(data, to: &page)
          ReportSections.units(data, to: &page)
          ReportSections.tensors(data, to: &page)
          ReportSections.histograms(data, to: &page)
          if !isBroken { ReportSections.diagnostics(data, to: &page) }
          ReportSections.footer(to: &page)
        }
        page.element("script") { $0.write(trusted: ReportStyle.script) }
      }
    }
    page.newLine()
  }
}
