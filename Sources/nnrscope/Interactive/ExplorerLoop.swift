import CTerminal
import Dispatch
import Explorer
import Synchronization
import TerminalCurses
import TerminalScreen

/// Connects terminal, explorer and background work, on the thread that owns the terminal.
final class ExplorerLoop {
  private let terminal: CursesTerminal
  private let opened: OpenedStreams
  /// The explorer.
  private(set) var model: ExplorerModel
  private let mailbox = Mailbox()
  private var stops: [Job.Kind: StopFlag] = [:]
  private var isDone = false

  /// A loop that is not running yet.
  init(_ terminal: CursesTerminal, _ model: ExplorerModel, _ opened: OpenedStreams) {
    self.opened = opened
    self.terminal = terminal
    self.model = model
  }

  /// Runs until the program is to end.
  func run() {
    // The first frame comes before any work.
    terminal.show(model.draw(glyphs: terminal.glyphs))
    perform(model.start())
    while !isDone {
      let event = terminal.nextEvent(timeout: 1000)
      if event == .quit { break }
      perform(model.update(.input(event)))
      if event == .resumed || event == .tick { lookForChanges() }
      for news in mailbox.take() { perform(model.update(news)) }
      if !isDone { terminal.show(model.draw(glyphs: terminal.glyphs)) }
    }
    for stop in stops.values { stop.set() }
  }

  private func perform(_ effects: [Effect]) {
    for effect in effects {
      switch effect {
      case .start(let job): start(job)
      case .cancel(let kind): stops.removeValue(forKey: kind)?.set()
      case .repaint: terminal.redraw()
      case .recolor(let theme): terminal.use(theme)
      case .suspend:
        terminal.suspend()
        perform(model.update(.input(.resize(terminal.size))))
      case .quit: isDone = true
      case .copy(let text): terminal.copy(text)
      case .save(let path, let text), .write(let path, let text):
        let problem = path == "-" ? "standard output is the terminal" : TextFile.write(path, text)
        perform(
          model.update(
            .told(
              problem.map { "cannot write \(path): \($0)" } ?? "written to \(path)",
              failed: problem != nil)))
      case .reload: reload()
      case .open(let path, let document): open(path, besides: document)
      }
    }
  }

  private func start(_ job: Job) {
    stops[job.kind]?.set()
    let stop = StopFlag()
    stops[job.kind] = stop
    let mailbox = mailbox
    let waker = terminal.waker
    // Jobs wait for files and for each other's threads, which tasks of the cooperative pool must not do.
    DispatchQueue.global(qos: .utility).async {
      job.run(isCancelled: { stop.isSet }) { report in
        mailbox.put(.report(report))
        waker.wake()
      }
      // A pass over a long stream leaves much freed memory behind, which glibc keeps for its thread.
      if job.kind != .decode { ct_return_memory() }
    }
  }

  private func reload() {
    do {
      perform(model.update(.reloaded(try opened.reopen(), problem: "")))
    } catch {
      perform(model.update(.reloaded([], problem: "\(error)")))
    }
  }

  private func open(_ path: String, besides document: Int) {
    do {
      let streams = try opened.add(path, besides: document)
      perform(model.update(.opened(streams, path: path, problem: "")))
    } catch {
      perform(model.update(.opened([], path: path, problem: "\(error)")))
    }
  }

  private func lookForChanges() {
    do {
      if let streams = try opened.grown() { perform(model.update(.grown(streams))) }
    } catch {
      perform(model.update(.told("cannot take in new files: \(error)", failed: true)))
    }
    for (document, change) in model.changes() {
      perform(model.update(.changed(document: document, change)))
    }
  }
}

/// Says to a job, on whichever of its threads, that its result is no longer wanted.
final class StopFlag: Sendable {
  private let state = Atomic(false)

  /// Whether it was set.
  var isSet: Bool { state.load(ordering: .relaxed) }

  /// Sets it for good.
  func set() { state.store(true, ordering: .relaxed) }
}
