package dev.carafe.cli.command;

import dev.carafe.cli.flags.Parsed;
import dev.carafe.cli.session.Failure;
import dev.carafe.cli.session.Session;

/// `completion`: scripts that ask `__complete` for words.
final class CompletionCommand extends Command {
    private static final String BASH =
            """
            # bash completion for carafe; load with: source <(carafe completion bash)
            _carafe() {
                local cur="${COMP_WORDS[COMP_CWORD]}" line kind=words
                COMPREPLY=()
                while IFS= read -r line; do
                    case "$line" in
                        ':files') kind=files ;;
                        *) COMPREPLY+=("${line%%$'\\t'*}") ;;
                    esac
                done < <(carafe __complete "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
                if [ "$kind" = files ]; then
                    compopt -o filenames 2>/dev/null
                    while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -f -- "$cur")
                fi
            }
            complete -F _carafe carafe
            """;

    private static final String ZSH =
            """
            #compdef carafe
            # zsh completion for carafe; load with: source <(carafe completion zsh)
            _carafe() {
                local -a found
                local line files=0
                while IFS= read -r line; do
                    if [[ "$line" == ':files' ]]; then
                        files=1
                    else
                        found+=("${${line%%$'\\t'*}//:/\\\\:}:${line#*$'\\t'}")
                    fi
                done < <(carafe __complete "${(@)words[2,CURRENT]}" 2>/dev/null)
                (( $#found )) && _describe -V carafe found
                (( files )) && _files
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
