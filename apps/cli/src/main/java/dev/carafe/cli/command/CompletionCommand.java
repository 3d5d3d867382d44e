package dev.carafe.cli.command;

import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.session.Failure;
import dev.carafe.cli.session.Session;

/// `completion`: scripts that ask `__complete` for words.
final class CompletionCommand extends Command {
    /// Bash splits words at colons and equals signs and replaces the last piece only: they are put
    /// together again for the question, and taken apart for the answers.
    private static final String BASH =
            """
            # bash completion for carafe; load with: source <(carafe completion bash)
            _carafe() {
                local typed="${COMP_LINE:0:COMP_POINT}" cur='' head='' line piece i kind=words
                local -a words=()
                COMPREPLY=()
                for ((i = 0; i <= COMP_CWORD; i++)); do
                    piece="${COMP_WORDS[i]}"
                    if [[ i -gt 0 && -n "$typed" && "$typed" != [[:space:]]* ]]; then
                        words[${#words[@]}-1]+="$piece"
                    else
                        words+=("$piece")
                        typed="${typed#"${typed%%[![:space:]]*}"}"
                    fi
                    typed="${typed#"$piece"}"
                done
                cur="${words[${#words[@]}-1]}"
                case "$cur" in *[:=]*) head="${cur%"${cur##*[:=]}"}" ;; esac
                while IFS= read -r line; do
                    case "$line" in
                        ':files') kind=files ;;
                        *)
                            line="${line%%$'\t'*}"
                            COMPREPLY+=("${line#"$head"}")
                            ;;
                    esac
                done < <(carafe __complete "${words[@]:1}" 2>/dev/null)
                if [ "$kind" = files ]; then
                    compopt -o filenames 2>/dev/null
                    while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -f -- "${cur#"$head"}")
                fi
                if [[ ${#COMPREPLY[@]} -eq 1 && "${COMPREPLY[0]}" == *[:=,] ]]; then
                    compopt -o nospace 2>/dev/null
                fi
            }
            complete -F _carafe carafe
            """;

    private static final String ZSH =
            """
            #compdef carafe
            # zsh completion for carafe; load with: source <(carafe completion zsh)
            _carafe() {
                local -a found open
                local line word files=0
                while IFS= read -r line; do
                    word="${line%%$'\t'*}"
                    if [[ "$line" == ':files' ]]; then
                        files=1
                    elif [[ "$word" == *[:=,] ]]; then
                        open+=("${word//:/\\:}")
                    elif [[ "$line" == *$'\t'?* ]]; then
                        found+=("${word//:/\\:}:${line#*$'\t'}")
                    else
                        found+=("${word//:/\\:}")
                    fi
                done < <(carafe __complete "${(@)words[2,CURRENT]}" 2>/dev/null)
                (( $#found )) && _describe -V carafe found
                (( $#open )) && _describe -V carafe open -S ''
                (( files )) && { compset -P '*='; _files }
            }
            compdef _carafe carafe
            """;

    private static final String FISH =
            """
            # fish completion for carafe; load with: carafe completion fish | source
            function __carafe_complete
                set -l words (commandline -opc) (commandline -ct)
                for line in (carafe __complete $words[2..-1] 2>/dev/null)
                    if test "$line" = ':files'
                        __fish_complete_path (commandline -ct)
                    else
                        echo $line
                    end
                end
            end
            complete -c carafe -f -a '(__carafe_complete)'
            """;

    CompletionCommand() {
        super(
                "completion",
                "bash|zsh|fish",
                "Print a script that completes command lines in your shell",
                1,
                1);
    }

    @Override
    Completion completes(int position) {
        return Completion.SHELLS;
    }

    @Override
    String[] examples() {
        return new String[] {
            "completion bash > /etc/bash_completion.d/carafe", "For all users of bash"
        };
    }

    @Override
    int run(Session session, Parsed flags) {
        String shell = flags.argument(0);
        session.out()
                .print(
                        switch (shell) {
                            case "bash" -> BASH;
                            case "zsh" -> ZSH;
                            case "fish" -> FISH;
                            default ->
                                    throw new Failure(
                                            "unsupported shell: "
                                                    + shell
                                                    + " (there are bash, zsh and fish)");
                        });
        return 0;
    }
}
