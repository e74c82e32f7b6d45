/// The style and the script of a report page.
///
/// Everything is in the page: it asks for nothing from elsewhere.
enum ReportStyle {
  /// The style sheet: light or dark as the reader's system is.
  static let css: StaticString = """
    :root{color-scheme:light dark;--bg:#fbfbf9;--fg:#1d2126;--soft:#5c6470;--line:#d9dce1;--card:#fff;--accent:#2458a6;
    --sig:#2f6db5;--sign:#74aee0;--greater:#1f9274;--remainder:#d3a72d;--overhead:#d4622c;--raw:#8a8f98;--header:#b565a7;
    --unparsed:#3b3f46;--bad:#b3261e;--warn:#8a5a00}
    @media (prefers-color-scheme:dark){:root{--bg:#14171b;--fg:#e4e7eb;--soft:#9aa3af;--line:#333a43;--card:#1b1f25;
    --accent:#8ab4f8;--sig:#5b9bea;--sign:#a5cdf3;--greater:#3fbd98;--remainder:#e2bf57;--overhead:#ef8350;--raw:#9aa0aa;
    --header:#cf8ac3;--unparsed:#6d747f;--bad:#ff8a80;--warn:#f2c14e}}
    *{box-sizing:border-box}
    body{margin:0;background:var(--bg);color:var(--fg);font:15px/1.5 system-ui,sans-serif}
    main{max-width:1180px;margin:0 auto;padding:24px 20px 64px}
    h1{font-size:24px;margin:0 0 4px;overflow-wrap:anywhere}
    h2{font-size:18px;margin:40px 0 10px}
    p{margin:6px 0;max-width:75ch}
    .soft{color:var(--soft)}
    .tiles{display:grid;grid-template-columns:repeat(auto-fill,minmax(126px,1fr));gap:10px;margin:18px 0}
    .tile{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:10px 12px}
    .tile b{display:block;font-size:20px;font-weight:600;font-variant-numeric:tabular-nums}
    .tile span{color:var(--soft);font-size:13px}
    .legend{display:flex;flex-wrap:wrap;gap:4px 18px;margin:8px 0 14px;padding:0;list-style:none;font-size:13px}
    .key{display:inline-block;width:11px;height:11px;border-radius:2px;margin-right:6px;vertical-align:-1px}
    svg{display:block;max-width:100%}
    svg text{fill:var(--soft);font:11px system-ui,sans-serif}
    .wide{width:100%;height:auto}
    .sig{fill:var(--sig);background:var(--sig)}.sign{fill:var(--sign);background:var(--sign)}
    .greater{fill:var(--greater);background:var(--greater)}.remainder{fill:var(--remainder);background:var(--remainder)}
    .overhead{fill:var(--overhead);background:var(--overhead)}.raw{fill:var(--raw);background:var(--raw)}
    .header{fill:var(--header);background:var(--header)}.unparsed{fill:var(--unparsed);background:var(--unparsed)}
    .plot{fill:var(--accent)}.axis{stroke:var(--line);stroke-width:1}.zero{stroke:var(--soft);stroke-width:1;stroke-dasharray:2 2}
    .scroll{overflow-x:auto;border:1px solid var(--line);border-radius:8px;background:var(--card)}
    table{border-collapse:collapse;width:100%;font-size:13px}
    th,td{padding:4px 10px;text-align:left;border-bottom:1px solid var(--line);white-space:nowrap}
    tr:last-child td{border-bottom:0}
    th{font-weight:600;background:var(--card);color:var(--soft)}
    th.n,td.n{text-align:right;font-variant-numeric:tabular-nums}
    td.name{font-family:ui-monospace,monospace;max-width:46ch;overflow:hidden;text-overflow:ellipsis}
    td.message{white-space:normal;min-width:36ch}
    .stack{width:100%;height:36px;border-radius:3px}
    td.bar{min-width:180px;padding:4px 10px}td.bar svg{height:12px}
    th[data-sort]{cursor:pointer}th[aria-sort]{color:var(--fg)}
    .cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(260px,1fr));gap:12px}
    .card{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:10px 12px;font-size:13px;min-width:0}
    .card h3{font:600 13px/1.4 ui-monospace,monospace;margin:0 0 2px;overflow-wrap:anywhere}
    .card ul{margin:6px 0 0;padding-left:18px}
    .E{color:var(--bad);font-weight:600}.W{color:var(--warn);font-weight:600}.I{color:var(--soft)}
    footer{margin-top:48px;color:var(--soft);font-size:13px}
    details{margin:8px 0}summary{cursor:pointer;color:var(--soft)}
    @media screen{.paper{display:none}}
    @media print{@page{margin:12mm}body{font-size:9px}h2{font-size:13px;margin:12px 0 4px;break-after:avoid}
      .scroll{overflow:visible;border:0}table{font-size:7px}th,td{padding:1px 3px}td.bar{min-width:60px;padding:1px 3px}
      td.message{min-width:0}td.name{max-width:28ch}tr,.card{break-inside:avoid}details{display:none}
      tbody tr:nth-child(n+41){display:none}.cards{grid-template-columns:repeat(4,1fr);gap:6px}
      .card{padding:4px 6px;font-size:7px}.card h3{font-size:8px}.card:nth-child(n+25){display:none}footer{margin-top:12px;font-size:8px}}
    """

  /// Sorts a table when a heading is clicked or gets Enter; the page says everything without it.
  static let script: StaticString = """
    for (const head of document.querySelectorAll('th[data-sort]')) {
      head.tabIndex = 0;
      const sort = () => {
        const table = head.closest('table'), body = table.tBodies[0];
        const down = head.getAttribute('aria-sort') !== 'descending', place = head.cellIndex;
        const key = row => row.cells[place].dataset.v;
        const collator = new Intl.Collator('en', {numeric: true});
        const rows = Array.from(body.rows);
        rows.sort((a, b) => {
          const x = key(a), y = key(b);
          if (x === undefined) return y === undefined ? 0 : 1;
          if (y === undefined) return -1;
          const order = head.dataset.sort === 'n' ? x - y : collator.compare(x, y);
          return down ? -order : order;
        });
        body.append(...rows);
        table.querySelectorAll('th').forEach(other => other.removeAttribute('aria-sort'));
        head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      };
      head.addEventListener('click', sort);
      head.addEventListener('keydown', event => { if (event.key === 'Enter') sort(); });
    }
    """
}
