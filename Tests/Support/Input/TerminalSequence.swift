import TerminalScreen

/// What a terminal may send as one, and the key that it is.
public struct TerminalSequence: Sendable, CustomStringConvertible {
  /// What it is.
  public let name: String
  /// The bytes, as text.
  public let bytes: String
  /// The spelling of the key; nil for what is no key and must do nothing.
  public let key: String?

  /// What it is.
  public var description: String { name }

  /// A sequence, in which `␛` stands for the escape character.
  private init(_ name: String, _ bytes: String, _ key: String? = nil) {
    self.name = name
    self.bytes = bytes.replacing("␛", with: "\u{1B}")
    self.key = key
  }

  /// Keys in the encodings of xterm, rxvt, the Linux console, tmux, and keyboards that tell all keys apart.
  public static let keys: [TerminalSequence] = [
    .init("Home of xterm", "␛[H", "Home"), .init("Home of xterm's keypad", "␛OH", "Home"),
    .init("Home of Linux and tmux", "␛[1~", "Home"), .init("Home of rxvt", "␛[7~", "Home"),
    .init("Home of kitty's keypad", "␛[57423u", "Home"), .init("End of xterm", "␛[F", "End"),
    .init("End of xterm's keypad", "␛OF", "End"), .init("End of Linux and tmux", "␛[4~", "End"),
    .init("End of rxvt", "␛[8~", "End"), .init("End with NumLock", "␛[1;129F", "End"),
    .init("left", "␛[D", "Left"), .init("left of the keypad", "␛OD", "Left"),
    .init("left with an event", "␛[1;1:1D", "Left"), .init("delete", "␛[3~", "Del"),
    .init("backspace", "\u{7F}", "BS"), .init("backspace of kitty", "␛[127u", "BS"),
    .init("backspace with Shift", "␛[127;2u", "BS"), .init("a letter of kitty", "␛[97u", "a"),
    .init("a capital of kitty", "␛[97:65;2u", "A"),
    .init("a capital of xterm", "␛[27;2;65~", "A"), .init("a key with its text", "␛[49;2;33u", "!"),
    .init("a digit of the keypad", "␛Ow", "7"), .init("a digit of kitty's keypad", "␛[57406u", "7"),
    .init("page up", "␛[5~", "PgUp"), .init("page down", "␛[6~", "PgDn"),
    .init("F1 of xterm", "␛OP", "F1"), .init("F1 of rxvt", "␛[11~", "F1"),
    .init("F1 of Linux", "␛[[A", "F1"), .init("F5 of Linux", "␛[[E", "F5"),
    .init("F3 of kitty", "␛[13~", "F3"), .init("F12", "␛[24~", "F12"),
    .init("F1 with Shift", "␛[1;2P", "S-F1"), .init("F5 with Control", "␛[15;5~", "C-F5"),
    .init("F14 of kitty", "␛[57377u", "F14"), .init("up with Control", "␛[1;5A", "C-Up"),
    .init("up of rxvt with Control", "␛Oa", "C-Up"), .init("up of rxvt with Shift", "␛[a", "S-Up"),
    .init("Home of rxvt with Shift", "␛[7$", "S-Home"),
    .init("End of rxvt with Control", "␛[8^", "C-End"), .init("tab back", "␛[Z", "S-Tab"),
    .init("tab back of kitty", "␛[9;2u", "S-Tab"), .init("tab back of xterm", "␛[27;2;9~", "S-Tab"),
    .init("Enter of the keypad", "␛OM", "Enter"), .init("Enter of kitty", "␛[13u", "Enter"),
    .init("Enter with Shift", "␛[27;2;13~", "Enter"), .init("Escape of kitty", "␛[27u", "Esc"),
    .init("Control with a letter", "␛[97;5u", "C-a"),
    .init("the same of xterm", "␛[27;5;97~", "C-a"),
    .init("Control with i, which is no tab", "␛[105;5u", "C-i"),
    .init("Control, Shift and c, which is no C-c", "␛[99;6u", "C-S-c"),
    .init("the same of xterm", "␛[27;6;67~", "C-S-c"),
    .init("Alt with a letter", "␛[120;3u", "M-x"),
    .init("Meta with a letter", "␛[120;33u", "M-x"),
    .init("Alt with a letter, as an escape", "␛x", "M-x"),
  ]

  /// What is no key of ours, and no key at all: replies of terminals, keys that were released, what is not known.
  public static let silent: [TerminalSequence] = [
    .init("device attributes", "␛[?64;1;2;6;9;15;22c"),
    .init("secondary device attributes", "␛[>41;379;0c"),
    .init("tertiary device attributes", "␛P!|00000000␛\\"), .init("status", "␛[0n"),
    .init("where the cursor stands", "␛[12;40R"), .init("at the top", "␛[1;2R"),
    .init("where the cursor stands, of DEC", "␛[?12;40;1R"), .init("a mode", "␛[?2026;2$y"),
    .init("a mode of ANSI", "␛[4;2$y"), .init("a setting", "␛P1$r0m␛\\"),
    .init("a capability", "␛P1+r544e=787465726d␛\\"), .init("no capability", "␛P0+r␛\\"),
    .init("the version", "␛P>|xterm(379)␛\\"),
    .init("the colour of the ground", "␛]11;rgb:ffff/ffff/dddd\u{7}"),
    .init("the colour of the text", "␛]10;rgb:0000/0000/0000␛\\"),
    .init("a colour of the palette", "␛]4;1;rgb:aaaa/0000/0000␛\\"),
    .init("the clipboard", "␛]52;c;cXFxcQ==␛\\"), .init("the window's title", "␛]lqqq␛\\"),
    .init("the window's size", "␛[8;24;80t"), .init("the size of a cell", "␛[6;16;8t"),
    .init("the keyboard's flags", "␛[?1u"), .init("the state of xterm's keys", "␛[>4;2m"),
    .init("parameters of the line", "␛[2;1;1;112;112;1;0x"), .init("a checksum", "␛P1!~4A2B␛\\"),
    .init("graphics", "␛_Gi=31;OK␛\\"), .init("a private message", "␛^qqq␛\\"),
    .init("a start of string", "␛Xqqq␛\\"), .init("an end of string alone", "␛\\"),
    .init("an empty string", "␛P␛\\"), .init("a string that was cancelled", "␛P1$rqq\u{18}"),
    .init("colours changed", "␛[?997;1n"), .init("focus", "␛[I"), .init("focus lost", "␛[O"),
    .init("an end of paste alone", "␛[201~"), .init("a pasted text", "␛[200~q:q\r\u{3}␛[A␛[201~"),
    .init("an unknown number", "␛[99~"), .init("an unknown letter", "␛[1;5W"),
    .init("an unknown key of the keypad", "␛Oz"), .init("intermediate bytes", "␛[1 q"),
    .init("too many numbers", "␛[1;2;3;4A"),
    .init("too long", "␛[" + String(repeating: "1;", count: 200) + "A"),
    .init("a number too large", "␛[99999999999999999999u"), .init("no character", "␛[1114112u"),
    .init("a surrogate", "␛[55296u"), .init("a control", "␛[3u"), .init("Caps Lock", "␛[57358u"),
    .init("Shift alone", "␛[57441;2u"), .init("a volume key", "␛[57439u"),
    .init("a letter released", "␛[113;1:3u"), .init("up released", "␛[1;1:3A"),
    .init("Super with a letter", "␛[113;9u"), .init("Hyper with a letter", "␛[27;17;113~"),
    .init("a button released", "␛[<0;5;5m"), .init("the mouse moved", "␛[<35;5;5M"),
    .init("an unknown button", "␛[<128;5;5M"),
    .init("a report of the mouse without a place", "␛[<0;5M"),
    .init("a button released, in the old form", "␛[M#%%"), .init("Linux's unknown key", "␛[[F"),
    .init("a reply in controls of eight bits, ended", "\u{9D}11;?\u{7}"),
    .init("a control of eight bits", "\u{9B}?1c"),
  ]
}
