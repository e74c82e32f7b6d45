import TerminalScreen

/// What the model asks the outside to do.
public enum Effect: Sendable {
  /// Run a job in the background; an older one of the kind is to be stopped.
  case start(Job)
  /// Stop the job of a kind.
  case cancel(Job.Kind)
  /// Paint every cell again.
  case repaint
  /// Draw in other colours.
  case recolor(Theme.Name)
  /// Stop the program as Ctrl-Z does.
  case suspend
  /// End the program.
  case quit
  /// Write a text to a file (`-` is standard output) and tell by `ExplorerEvent.told` how it went.
  case save(path: String, text: String)
  /// Write a script to a file and tell by `ExplorerEvent.told` how it went.
  case write(path: String, text: String)
  /// Put a text on the clipboard.
  case copy(String)
  /// Open all files again and send `ExplorerEvent.reloaded`.
  case reload
  /// Open another file in place of the one with a number, behind those it builds on, and send `ExplorerEvent.opened`.
  case open(path: String, besides: Int)
}

/// What happens to the explorer.
public enum ExplorerEvent: Sendable {
  /// A key, the mouse, a new size, …
  case input(Event)
  /// News from the background.
  case report(JobReport)
  /// All files were opened again; or none, and the reason.
  case reloaded([OpenStream], problem: String)
  /// The folder that is followed has other files now: all of them, opened again.
  case grown([OpenStream])
  /// Other files were opened to compare with; or none, and the reason.
  case opened([OpenStream], path: String, problem: String)
  /// A file changed under its name.
  case changed(document: Int, String)
  /// An effect ended; a sentence for the status line, and whether it failed.
  case told(String, failed: Bool)
}
