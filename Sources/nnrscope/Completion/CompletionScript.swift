/// What shells read to complete lines: each asks the program for the words, and completes files itself.
///
/// A line of the answer is `:files`, `:folders`, or a word, a tab and what it is.
enum CompletionScript {
  /// The script that `--generate-completion-script SHELL` asks for.
  static func wanted(_ arguments: [String]) -> String? {
    let name = "--generate-completion-script"
    guard let first = arguments.first, first.hasPrefix(name) else { return nil }
    let shell =
      arguments.count == 2 && first == name
      ? arguments[1] : String(first.dropFirst(name.count).drop { $0 == "=" })
    return switch shell {
    case "bash": bash
    case "zsh": zsh
    case "fish": fish
    default: nil
    }
  }

  /// For bash 3.2 and later.
  static let bash = #"""
    # Completion of nnrscope for bash.
    _nnrscope() {
      ((COMP_CWORD > 0)) || return
      local IFS=$'\n' tab=$'\t' words=() word line lead i
      # Readline splits words at : and =, the program does not.
      for ((i = 1; i <= COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        if ((${#words[@]} > 0)) && [[ $word == [:=]* || ${words[${#words[@]} - 1]} == *[:=] ]]; then
          words[${#words[@]} - 1]+=$word
        else
          words+=("$word")
        fi
      done
      word=${words[${#words[@]} - 1]}
      lead=
      [[ $word == *[:=]* ]] && lead=${word%"${word##*[:=]}"}
      COMPREPLY=()
      while read -r line; do
        case $line in
          :files)
            COMPREPLY+=($(compgen -f -- "${word#"$lead"}"))
            compopt -o filenames 2>/dev/null ;;
          :folders)
            COMPREPLY+=($(compgen -d -- "${word#"$lead"}"))
            compopt -o filenames 2>/dev/null ;;
          *)
            line=${line%%"$tab"*}
            [[ $line == *[,=] ]] && compopt -o nospace 2>/dev/null
            line=${line#"$lead"}
            [[ $line == *[!A-Za-z0-9_.,:=/+@%-]* ]] && printf -v line %q "$line"
            COMPREPLY+=("$line") ;;
        esac
      done < <("${COMP_WORDS[0]/#\~\//$HOME/}" complete bash -- "${words[@]}" 2>/dev/null)
    }
    complete -F _nnrscope nnrscope

    """#

  /// For zsh, as a function of `fpath`.
  static let zsh = #"""
    #compdef nnrscope
    # Completion of nnrscope for zsh.
    _nnrscope() {
      local line word program=${${(Q)words[1]}/#\~\//$HOME/}
      local -a begun listed open told
      local -i answered=1
      for line in "${(@f)$($program complete zsh -- "${(@Q)words[2,CURRENT]}" 2>/dev/null)}"; do
        case $line in
          :files) _files && answered=0 ;;
          :folders) _files -/ && answered=0 ;;
          ?*)
            word=${line%%$'\t'*}
            if [[ $word == *[,=] ]]; then
              open+=($word)
            else
              listed+=($word)
              told+=("$word  ${line#*$'\t'}")
            fi ;;
        esac
      done
      (($#open)) && compadd -Q -S '' -- "${(@q)open}" && answered=0
      (($#listed)) && compadd -l -d told -a listed && answered=0
      return answered
    }
    if [[ $funcstack[1] == _nnrscope ]]; then _nnrscope "$@"; else compdef _nnrscope nnrscope; fi

    """#

  /// For fish 3 and later.
  static let fish = #"""
    # Completion of nnrscope for fish.
    function __nnrscope_words
      set -l before (commandline -opc)
      set -l word (commandline -ct)
      for line in (command $before[1] complete fish -- $before[2..-1] $word 2>/dev/null)
        switch $line
          case :files
            __fish_complete_path $word
          case :folders
            __fish_complete_directories $word
          case '*'
            printf '%s\n' $line
        end
      end
    end
    complete -c nnrscope -f -a '(__nnrscope_words)'

    """#
}
