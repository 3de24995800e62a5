function __vajra-agg_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __vajra-agg_parse_once
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __vajra-agg_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __vajra-agg_parse_once
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __vajra-agg_parse_tokens -S
    set -l unparsed_tokens (__vajra-agg_tokens -pc)
    switch $unparsed_tokens[1]
    case 'vajra-agg'
        __vajra-agg_parse_subcommand 0 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'merge'
            __vajra-agg_parse_subcommand -r 1 'json' 'no-color' 'q/quiet' 'partial' 'merge-runs' 'threshold=+' 'version' 'h/help'
        case 'help'
            __vajra-agg_parse_subcommand -r 1 'version'
        case ''
        case '*' # The verb may be left out
            set -p unparsed_tokens merge
            __vajra-agg_parse_subcommand -r 1 'json' 'no-color' 'q/quiet' 'partial' 'merge-runs' 'threshold=+' 'version' 'h/help'
        end
    end
end

function __vajra-agg_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __vajra-agg_parse_subcommand -S -a positional_count
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

function __vajra-agg_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __vajra-agg_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__vajra-agg_tokens -p)
    if test -z "$(__vajra-agg_tokens -t)"
        set -l index (count (__vajra-agg_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'vajra-agg' -f
complete -c 'vajra-agg' -n '__vajra-agg_should_offer_completions_for_flags_or_options "vajra-agg"' -n 'not contains -- --version $__vajra_agg_given' -l 'version' -d 'Show the version.'
complete -c 'vajra-agg' -n '__vajra-agg_should_offer_completions_for_flags_or_options "vajra-agg"' -n 'not contains -- -h $__vajra_agg_given; and not contains -- --help $__vajra_agg_given' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'vajra-agg' -n '__vajra-agg_should_offer_completions_for_positional "vajra-agg" -eq 1' -fa 'merge' -d 'Merge load-test streams into one report.'
complete -c 'vajra-agg' -n '__vajra-agg_should_offer_completions_for_positional "vajra-agg" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'vajra-agg' -n '__vajra-agg_should_offer_completions_for_positional "vajra-agg merge" -ge 1' -fa '(set -l exts \'ndjson\' \'jsonl\' \'json\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'vajra-agg' -n '__vajra-agg_should_offer_completions_for_flags_or_options "vajra-agg merge"' -n 'not contains -- --json $__vajra_agg_given' -l 'json' -d 'Print the summary as one line of JSON.'
complete -c 'vajra-agg' -n '__vajra-agg_should_offer_completions_for_flags_or_options "vajra-agg merge"' -n 'not contains -- --no-color $__vajra_agg_given' -l 'no-color' -d 'No colour, whatever the terminal.'
complete -c 'vajra-agg' -n '__vajra-agg_should_offer_completions_for_flags_or_options "vajra-agg merge"' -n 'not contains -- -q $__vajra_agg_given; and not contains -- --quiet $__vajra_agg_given' -l 'quiet' -s 'q' -d 'No live view on the terminal.'
complete -c 'vajra-agg' -n '__vajra-agg_should_offer_completions_for_flags_or_options "vajra-agg merge"' -n 'not contains -- --partial $__vajra_agg_given' -l 'partial' -d 'Only some shares of a run are meant to come (vajra-gen --segment).'
complete -c 'vajra-agg' -n '__vajra-agg_should_offer_completions_for_flags_or_options "vajra-agg merge"' -n 'not contains -- --merge-runs $__vajra_agg_given' -l 'merge-runs' -d 'Add up several runs, though they are not parts of one.'
complete -c 'vajra-agg' -n '__vajra-agg_should_offer_completions_for_flags_or_options "vajra-agg merge"' -l 'threshold' -d 'What must hold to pass: \'lag.p99 < 5ms\'; repeat it.' -rfka ''
complete -c 'vajra-agg' -n '__vajra-agg_should_offer_completions_for_flags_or_options "vajra-agg merge"' -n 'not contains -- --version $__vajra_agg_given' -l 'version' -d 'Show the version.'
complete -c 'vajra-agg' -n '__vajra-agg_should_offer_completions_for_flags_or_options "vajra-agg merge"' -n 'not contains -- -h $__vajra_agg_given; and not contains -- --help $__vajra_agg_given' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'vajra-agg' -n '__vajra-agg_should_offer_completions_for_flags_or_options "vajra-agg help"' -n 'not contains -- --version $__vajra_agg_given' -l 'version' -d 'Show the version.'
complete -c 'vajra-agg' -n '__vajra-agg_should_offer_completions_for_positional "vajra-agg" -ge 1' -fa '(set -l exts \'ndjson\' \'jsonl\' \'json\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'vajra-agg' -n '__vajra-agg_should_offer_completions_for_flags_or_options "vajra-agg"' -n 'not contains -- --json $__vajra_agg_given' -l 'json' -d 'Print the summary as one line of JSON.'
complete -c 'vajra-agg' -n '__vajra-agg_should_offer_completions_for_flags_or_options "vajra-agg"' -n 'not contains -- --no-color $__vajra_agg_given' -l 'no-color' -d 'No colour, whatever the terminal.'
complete -c 'vajra-agg' -n '__vajra-agg_should_offer_completions_for_flags_or_options "vajra-agg"' -n 'not contains -- -q $__vajra_agg_given; and not contains -- --quiet $__vajra_agg_given' -l 'quiet' -s 'q' -d 'No live view on the terminal.'
complete -c 'vajra-agg' -n '__vajra-agg_should_offer_completions_for_flags_or_options "vajra-agg"' -n 'not contains -- --partial $__vajra_agg_given' -l 'partial' -d 'Only some shares of a run are meant to come (vajra-gen --segment).'
complete -c 'vajra-agg' -n '__vajra-agg_should_offer_completions_for_flags_or_options "vajra-agg"' -n 'not contains -- --merge-runs $__vajra_agg_given' -l 'merge-runs' -d 'Add up several runs, though they are not parts of one.'
complete -c 'vajra-agg' -n '__vajra-agg_should_offer_completions_for_flags_or_options "vajra-agg"' -l 'threshold' -d 'What must hold to pass: \'lag.p99 < 5ms\'; repeat it.' -rfka ''

function __vajra-agg_parse_once -S
    set -l line (commandline -pc)
    if test "$line" != "$__vajra_agg_line"
        set -g __vajra_agg_line $line
        set -g __vajra_agg_given (string replace -r '=.*' '' -- (__vajra-agg_tokens -pc))
        # The last word may be the flag whose value is wanted now.
        string match -q -- '-*' (commandline -ct); or set -e __vajra_agg_given[-1]
        __vajra-agg_parse_tokens
        set -g __vajra_agg_commands $commands
        set -g __vajra_agg_index $positional_index
    end
    set commands $__vajra_agg_commands
    set positional_index $__vajra_agg_index
end
