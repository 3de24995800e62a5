function __vajra-export_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __vajra-export_parse_once
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __vajra-export_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __vajra-export_parse_once
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __vajra-export_parse_tokens -S
    set -l unparsed_tokens (__vajra-export_tokens -pc)
    switch $unparsed_tokens[1]
    case 'vajra-export'
        __vajra-export_parse_subcommand 0 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'files'
            __vajra-export_parse_subcommand -r 2 'pass' 'flush-every=' 'rotate-size=' 'rotate-every=' 'force' 'version' 'h/help'
        case 'to'
            __vajra-export_parse_subcommand -r 1 'o/output=+' 'pass' 'flush-every=' 'rotate-size=' 'rotate-every=' 'force' 'version' 'h/help'
        case 'help'
            __vajra-export_parse_subcommand -r 1 'version'
        case ''
        case '*' # The verb may be left out
            set -p unparsed_tokens to
            __vajra-export_parse_subcommand -r 1 'o/output=+' 'pass' 'flush-every=' 'rotate-size=' 'rotate-every=' 'force' 'version' 'h/help'
        end
    end
end

function __vajra-export_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __vajra-export_parse_subcommand -S -a positional_count
    argparse -s r -- $argv
    set -l option_specs $argv[2..]
    set -l is_repeating_positional $_flag_r
    set -el _flag_r
    set -a commands $unparsed_tokens[1]
    set positional_index 0
    while true
        set -e unparsed_tokens[1]
        argparse -sn "$commands" $option_specs -- $unparsed_tokens 2> /dev/null
        set unparsed_tokens $argv
        set positional_index (math $positional_index + 1)
        for non_repeating_flag_or_option in $non_repeating_flags_or_options
            if set -ql "_flag_$(string replace -a - _ -- $non_repeating_flag_or_option)"
                set non_repeating_flags_or_options_absent 1
                break
            end
        end
        test (count $unparsed_tokens) -eq 0 -o \( -z "$is_repeating_positional" -a "$positional_index" -gt "$positional_count" \) && break
    end
end

function __vajra-export_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __vajra-export_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__vajra-export_tokens -p)
    if test -z "$(__vajra-export_tokens -t)"
        set -l index (count (__vajra-export_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'vajra-export' -f
complete -c 'vajra-export' -n '__vajra-export_should_offer_completions_for_flags_or_options "vajra-export"' -n 'not contains -- --version $__vajra_export_given' -l 'version' -d 'Show the version.'
complete -c 'vajra-export' -n '__vajra-export_should_offer_completions_for_flags_or_options "vajra-export"' -n 'not contains -- -h $__vajra_export_given; and not contains -- --help $__vajra_export_given' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'vajra-export' -n '__vajra-export_should_offer_completions_for_positional "vajra-export" -eq 1' -fa 'files' -d 'Write gzip NDJSON files and a manifest to a directory.'
complete -c 'vajra-export' -n '__vajra-export_should_offer_completions_for_positional "vajra-export" -eq 1' -fa 'to' -d 'Write to every output that -o names; \'to\' itself may be left out.'
complete -c 'vajra-export' -n '__vajra-export_should_offer_completions_for_positional "vajra-export" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'vajra-export' -n '__vajra-export_should_offer_completions_for_positional "vajra-export files" -eq 1' -fa '(__vajra-export_complete_directories)'
complete -c 'vajra-export' -n '__vajra-export_should_offer_completions_for_positional "vajra-export files" -ge 2' -fa '(set -l exts \'ndjson\' \'jsonl\' \'json\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'vajra-export' -n '__vajra-export_should_offer_completions_for_flags_or_options "vajra-export files"' -n 'not contains -- --pass $__vajra_export_given' -l 'pass' -d 'Copy the input to standard output, for the next tool of a pipeline.'
complete -c 'vajra-export' -n '__vajra-export_should_offer_completions_for_flags_or_options "vajra-export files"' -n 'not contains -- --flush-every $__vajra_export_given' -l 'flush-every' -d 'The longest that a line waits in memory.' -rfka ''
complete -c 'vajra-export' -n '__vajra-export_should_offer_completions_for_flags_or_options "vajra-export files"' -n 'not contains -- --rotate-size $__vajra_export_given' -l 'rotate-size' -d 'Begin a new file when one has this size on disk.' -rfka ''
complete -c 'vajra-export' -n '__vajra-export_should_offer_completions_for_flags_or_options "vajra-export files"' -n 'not contains -- --rotate-every $__vajra_export_given' -l 'rotate-every' -d 'Begin a new file when one has been open for so long.' -rfka ''
complete -c 'vajra-export' -n '__vajra-export_should_offer_completions_for_flags_or_options "vajra-export files"' -n 'not contains -- --force $__vajra_export_given' -l 'force' -d 'Replace an export that is in the directory already.'
complete -c 'vajra-export' -n '__vajra-export_should_offer_completions_for_flags_or_options "vajra-export files"' -n 'not contains -- --version $__vajra_export_given' -l 'version' -d 'Show the version.'
complete -c 'vajra-export' -n '__vajra-export_should_offer_completions_for_flags_or_options "vajra-export files"' -n 'not contains -- -h $__vajra_export_given; and not contains -- --help $__vajra_export_given' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'vajra-export' -n '__vajra-export_should_offer_completions_for_flags_or_options "vajra-export to"' -s 'o' -l 'output' -d 'An output, such as files:DIRECTORY; repeat it.' -rfka ''
complete -c 'vajra-export' -n '__vajra-export_should_offer_completions_for_positional "vajra-export to" -ge 1' -fa '(set -l exts \'ndjson\' \'jsonl\' \'json\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'vajra-export' -n '__vajra-export_should_offer_completions_for_flags_or_options "vajra-export to"' -n 'not contains -- --pass $__vajra_export_given' -l 'pass' -d 'Copy the input to standard output, for the next tool of a pipeline.'
complete -c 'vajra-export' -n '__vajra-export_should_offer_completions_for_flags_or_options "vajra-export to"' -n 'not contains -- --flush-every $__vajra_export_given' -l 'flush-every' -d 'The longest that a line waits in memory.' -rfka ''
complete -c 'vajra-export' -n '__vajra-export_should_offer_completions_for_flags_or_options "vajra-export to"' -n 'not contains -- --rotate-size $__vajra_export_given' -l 'rotate-size' -d 'Begin a new file when one has this size on disk.' -rfka ''
complete -c 'vajra-export' -n '__vajra-export_should_offer_completions_for_flags_or_options "vajra-export to"' -n 'not contains -- --rotate-every $__vajra_export_given' -l 'rotate-every' -d 'Begin a new file when one has been open for so long.' -rfka ''
complete -c 'vajra-export' -n '__vajra-export_should_offer_completions_for_flags_or_options "vajra-export to"' -n 'not contains -- --force $__vajra_export_given' -l 'force' -d 'Replace an export that is in the directory already.'
complete -c 'vajra-export' -n '__vajra-export_should_offer_completions_for_flags_or_options "vajra-export to"' -n 'not contains -- --version $__vajra_export_given' -l 'version' -d 'Show the version.'
complete -c 'vajra-export' -n '__vajra-export_should_offer_completions_for_flags_or_options "vajra-export to"' -n 'not contains -- -h $__vajra_export_given; and not contains -- --help $__vajra_export_given' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'vajra-export' -n '__vajra-export_should_offer_completions_for_flags_or_options "vajra-export help"' -n 'not contains -- --version $__vajra_export_given' -l 'version' -d 'Show the version.'
complete -c 'vajra-export' -n '__vajra-export_should_offer_completions_for_flags_or_options "vajra-export"' -s 'o' -l 'output' -d 'An output, such as files:DIRECTORY; repeat it.' -rfka ''
complete -c 'vajra-export' -n '__vajra-export_should_offer_completions_for_positional "vajra-export" -ge 1' -fa '(set -l exts \'ndjson\' \'jsonl\' \'json\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'vajra-export' -n '__vajra-export_should_offer_completions_for_flags_or_options "vajra-export"' -n 'not contains -- --pass $__vajra_export_given' -l 'pass' -d 'Copy the input to standard output, for the next tool of a pipeline.'
complete -c 'vajra-export' -n '__vajra-export_should_offer_completions_for_flags_or_options "vajra-export"' -n 'not contains -- --flush-every $__vajra_export_given' -l 'flush-every' -d 'The longest that a line waits in memory.' -rfka ''
complete -c 'vajra-export' -n '__vajra-export_should_offer_completions_for_flags_or_options "vajra-export"' -n 'not contains -- --rotate-size $__vajra_export_given' -l 'rotate-size' -d 'Begin a new file when one has this size on disk.' -rfka ''
complete -c 'vajra-export' -n '__vajra-export_should_offer_completions_for_flags_or_options "vajra-export"' -n 'not contains -- --rotate-every $__vajra_export_given' -l 'rotate-every' -d 'Begin a new file when one has been open for so long.' -rfka ''
complete -c 'vajra-export' -n '__vajra-export_should_offer_completions_for_flags_or_options "vajra-export"' -n 'not contains -- --force $__vajra_export_given' -l 'force' -d 'Replace an export that is in the directory already.'

function __vajra-export_parse_once -S
    set -l line (commandline -pc)
    if test "$line" != "$__vajra_export_line"
        set -g __vajra_export_line $line
        set -g __vajra_export_given (string replace -r '=.*' '' -- (__vajra-export_tokens -pc))
        # The last word may be the flag whose value is wanted now.
        string match -q -- '-*' (commandline -ct); or set -e __vajra_export_given[-1]
        __vajra-export_parse_tokens
        set -g __vajra_export_commands $commands
        set -g __vajra_export_index $positional_index
    end
    set commands $__vajra_export_commands
    set positional_index $__vajra_export_index
end
