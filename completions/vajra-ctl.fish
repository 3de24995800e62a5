function __vajra-ctl_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __vajra-ctl_parse_once
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __vajra-ctl_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __vajra-ctl_parse_once
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __vajra-ctl_parse_tokens -S
    set -l unparsed_tokens (__vajra-ctl_tokens -pc)
    switch $unparsed_tokens[1]
    case 'vajra-ctl'
        __vajra-ctl_parse_subcommand 0 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'init'
            __vajra-ctl_parse_subcommand 1 'version' 'h/help'
        case 'validate'
            __vajra-ctl_parse_subcommand -r 1 'q/quiet' 'version' 'h/help'
        case 'config'
            __vajra-ctl_parse_subcommand 1 'explain' 'version' 'h/help'
        case 'schema'
            __vajra-ctl_parse_subcommand 0 'version' 'h/help'
        case 'run'
            __vajra-ctl_parse_subcommand 1 'o/output=' 'no-files' 'json' 'scenario=+' 'threshold=+' 'run-id=' 'name=' 'label=+' 'lanes=' 'precise' 'iterations=' 'snapshot-every=' 'drain=' 'generator=' 'q/quiet' 'no-color' 'version' 'h/help'
        case 'list'
            __vajra-ctl_parse_subcommand 0 'all' 'from=' 'json' 'version' 'h/help'
        case 'status'
            __vajra-ctl_parse_subcommand 1 'json' 'version' 'h/help'
        case 'show'
            __vajra-ctl_parse_subcommand 1 'from=' 'json' 'version' 'h/help'
        case 'target'
            __vajra-ctl_parse_subcommand 0 'port=' 'unix-socket=' 'delay=' 'error-rate=' 'body-size=' 'seed=' 'stall=+' 'version' 'h/help'
        case 'help'
            __vajra-ctl_parse_subcommand -r 1 'version'
        end
    end
end

function __vajra-ctl_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __vajra-ctl_parse_subcommand -S -a positional_count
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

function __vajra-ctl_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __vajra-ctl_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__vajra-ctl_tokens -p)
    if test -z "$(__vajra-ctl_tokens -t)"
        set -l index (count (__vajra-ctl_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'vajra-ctl' -f
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_flags_or_options "vajra-ctl"' -n 'not contains -- --version $__vajra_ctl_given' -l 'version' -d 'Show the version.'
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_flags_or_options "vajra-ctl"' -n 'not contains -- -h $__vajra_ctl_given; and not contains -- --help $__vajra_ctl_given' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_positional "vajra-ctl" -eq 1' -fa 'init' -d 'Write a commented config to begin with.'
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_positional "vajra-ctl" -eq 1' -fa 'validate' -d 'Check configs, and tell all of their faults at once.'
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_positional "vajra-ctl" -eq 1' -fa 'config' -d 'Print a config as it is in force, every default written out.'
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_positional "vajra-ctl" -eq 1' -fa 'schema' -d 'Print the JSON Schema of configs, for editors.'
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_positional "vajra-ctl" -eq 1' -fa 'run' -d 'Carry a config out: load, live view, report and files in one command.'
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_positional "vajra-ctl" -eq 1' -fa 'list' -d 'List this user\'s runs on this machine.'
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_positional "vajra-ctl" -eq 1' -fa 'status' -d 'Show how a run stands.'
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_positional "vajra-ctl" -eq 1' -fa 'show' -d 'Show the report of a run that is kept.'
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_positional "vajra-ctl" -eq 1' -fa 'target' -d 'Serve HTTP on loopback, to try things on.'
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_positional "vajra-ctl" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_positional "vajra-ctl init" -eq 1' -fa '(set -l exts \'yaml\' \'yml\' \'json\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_flags_or_options "vajra-ctl init"' -n 'not contains -- --version $__vajra_ctl_given' -l 'version' -d 'Show the version.'
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_flags_or_options "vajra-ctl init"' -n 'not contains -- -h $__vajra_ctl_given; and not contains -- --help $__vajra_ctl_given' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_positional "vajra-ctl validate" -ge 1' -fa '(set -l exts \'yaml\' \'yml\' \'json\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_flags_or_options "vajra-ctl validate"' -n 'not contains -- -q $__vajra_ctl_given; and not contains -- --quiet $__vajra_ctl_given' -l 'quiet' -s 'q' -d 'Say nothing of configs that are good.'
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_flags_or_options "vajra-ctl validate"' -n 'not contains -- --version $__vajra_ctl_given' -l 'version' -d 'Show the version.'
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_flags_or_options "vajra-ctl validate"' -n 'not contains -- -h $__vajra_ctl_given; and not contains -- --help $__vajra_ctl_given' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_positional "vajra-ctl config" -eq 1' -fa '(set -l exts \'yaml\' \'yml\' \'json\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_flags_or_options "vajra-ctl config"' -n 'not contains -- --explain $__vajra_ctl_given' -l 'explain' -d 'Print each value on a line, with where it came from: file:line:column, a variable, or default.'
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_flags_or_options "vajra-ctl config"' -n 'not contains -- --version $__vajra_ctl_given' -l 'version' -d 'Show the version.'
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_flags_or_options "vajra-ctl config"' -n 'not contains -- -h $__vajra_ctl_given; and not contains -- --help $__vajra_ctl_given' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_flags_or_options "vajra-ctl schema"' -n 'not contains -- --version $__vajra_ctl_given' -l 'version' -d 'Show the version.'
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_flags_or_options "vajra-ctl schema"' -n 'not contains -- -h $__vajra_ctl_given; and not contains -- --help $__vajra_ctl_given' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_positional "vajra-ctl run" -eq 1' -fa '(set -l exts \'yaml\' \'yml\' \'json\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_flags_or_options "vajra-ctl run"' -n 'not contains -- -o $__vajra_ctl_given; and not contains -- --output $__vajra_ctl_given' -l 'output' -s 'o' -d 'The run gets a folder in this one, named by its id.' -rfa '(__vajra-ctl_complete_directories)'
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_flags_or_options "vajra-ctl run"' -n 'not contains -- --no-files $__vajra_ctl_given' -l 'no-files' -d 'Keep no files.'
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_flags_or_options "vajra-ctl run"' -n 'not contains -- --json $__vajra_ctl_given' -l 'json' -d 'Print the report as one line of JSON.'
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_flags_or_options "vajra-ctl run"' -l 'scenario' -d 'Only this scenario of the config; repeat it.' -rfka '(__vajra-ctl_custom_completion ---completion run -- --scenario (count (__vajra-ctl_tokens -pc)) (__vajra-ctl_tokens -tC))'
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_flags_or_options "vajra-ctl run"' -l 'threshold' -d 'What must hold to pass: \'lag.p99 < 5ms\'; repeat it.' -rfka ''
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_flags_or_options "vajra-ctl run"' -n 'not contains -- --run-id $__vajra_ctl_given' -l 'run-id' -d 'The run\'s id (a new UUIDv7).' -rfka ''
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_flags_or_options "vajra-ctl run"' -n 'not contains -- --name $__vajra_ctl_given' -l 'name' -d 'The run\'s name in reports.' -rfka ''
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_flags_or_options "vajra-ctl run"' -l 'label' -d 'A label of the run; repeat it.' -rfka ''
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_flags_or_options "vajra-ctl run"' -n 'not contains -- --lanes $__vajra_ctl_given' -l 'lanes' -d 'Event-loop threads (one per processor).' -rfka ''
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_flags_or_options "vajra-ctl run"' -n 'not contains -- --precise $__vajra_ctl_given' -l 'precise' -d 'Spin before each start: less lag, up to a whole processor per lane.'
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_flags_or_options "vajra-ctl run"' -n 'not contains -- --iterations $__vajra_ctl_given' -l 'iterations' -d 'Iterations that get a line of their own.' -rfka 'none all sampled failed'
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_flags_or_options "vajra-ctl run"' -n 'not contains -- --snapshot-every $__vajra_ctl_given' -l 'snapshot-every' -d 'How often metrics are written (1s).' -rfka ''
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_flags_or_options "vajra-ctl run"' -n 'not contains -- --drain $__vajra_ctl_given' -l 'drain' -d 'How long a stop waits for what is in flight (3s).' -rfka ''
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_flags_or_options "vajra-ctl run"' -n 'not contains -- --generator $__vajra_ctl_given' -l 'generator' -d 'The program that generates the load: a load tool of your own (vajra-gen).' -rF
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_flags_or_options "vajra-ctl run"' -n 'not contains -- -q $__vajra_ctl_given; and not contains -- --quiet $__vajra_ctl_given' -l 'quiet' -s 'q' -d 'No live view on the terminal, and no word on where the files are.'
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_flags_or_options "vajra-ctl run"' -n 'not contains -- --no-color $__vajra_ctl_given' -l 'no-color' -d 'No colour, whatever the terminal.'
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_flags_or_options "vajra-ctl run"' -n 'not contains -- --version $__vajra_ctl_given' -l 'version' -d 'Show the version.'
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_flags_or_options "vajra-ctl run"' -n 'not contains -- -h $__vajra_ctl_given; and not contains -- --help $__vajra_ctl_given' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_flags_or_options "vajra-ctl list"' -n 'not contains -- --all $__vajra_ctl_given' -l 'all' -d 'The runs that are kept on disk too.'
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_flags_or_options "vajra-ctl list"' -n 'not contains -- --from $__vajra_ctl_given' -l 'from' -d 'Where runs are kept, as \'vajra-ctl run --output\' has it.' -rfa '(__vajra-ctl_complete_directories)'
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_flags_or_options "vajra-ctl list"' -n 'not contains -- --json $__vajra_ctl_given' -l 'json' -d 'A JSON object a run instead, as \'status --json\' and \'show --json\' print it.'
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_flags_or_options "vajra-ctl list"' -n 'not contains -- --version $__vajra_ctl_given' -l 'version' -d 'Show the version.'
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_flags_or_options "vajra-ctl list"' -n 'not contains -- -h $__vajra_ctl_given; and not contains -- --help $__vajra_ctl_given' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_positional "vajra-ctl status" -eq 1' -fka '(__vajra-ctl_custom_completion ---completion status -- positional@0 (count (__vajra-ctl_tokens -pc)) (__vajra-ctl_tokens -tC))'
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_flags_or_options "vajra-ctl status"' -n 'not contains -- --json $__vajra_ctl_given' -l 'json' -d 'A line of JSON instead.'
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_flags_or_options "vajra-ctl status"' -n 'not contains -- --version $__vajra_ctl_given' -l 'version' -d 'Show the version.'
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_flags_or_options "vajra-ctl status"' -n 'not contains -- -h $__vajra_ctl_given; and not contains -- --help $__vajra_ctl_given' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_positional "vajra-ctl show" -eq 1' -fka '(__vajra-ctl_custom_completion ---completion show -- positional@0 (count (__vajra-ctl_tokens -pc)) (__vajra-ctl_tokens -tC))'
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_flags_or_options "vajra-ctl show"' -n 'not contains -- --from $__vajra_ctl_given' -l 'from' -d 'Where runs are kept, as \'vajra-ctl run --output\' has it.' -rfa '(__vajra-ctl_complete_directories)'
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_flags_or_options "vajra-ctl show"' -n 'not contains -- --json $__vajra_ctl_given' -l 'json' -d 'The summary as a line of JSON instead.'
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_flags_or_options "vajra-ctl show"' -n 'not contains -- --version $__vajra_ctl_given' -l 'version' -d 'Show the version.'
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_flags_or_options "vajra-ctl show"' -n 'not contains -- -h $__vajra_ctl_given; and not contains -- --help $__vajra_ctl_given' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_flags_or_options "vajra-ctl target"' -n 'not contains -- --port $__vajra_ctl_given' -l 'port' -d 'The port on 127.0.0.1; 0 for any free one.' -rfka ''
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_flags_or_options "vajra-ctl target"' -n 'not contains -- --unix-socket $__vajra_ctl_given' -l 'unix-socket' -d 'Listen at this Unix socket instead.' -rF
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_flags_or_options "vajra-ctl target"' -n 'not contains -- --delay $__vajra_ctl_given' -l 'delay' -d 'Hold responses back: 5ms, 1ms..10ms, exp:5ms (mean), or p50=5ms,p99=80ms (log-normal).' -rfka ''
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_flags_or_options "vajra-ctl target"' -n 'not contains -- --error-rate $__vajra_ctl_given' -l 'error-rate' -d 'The share of responses that are 503, from 0 to 1.' -rfka ''
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_flags_or_options "vajra-ctl target"' -n 'not contains -- --body-size $__vajra_ctl_given' -l 'body-size' -d 'The size of the responses\' bodies: 2, 64KiB, or 1KiB..64KiB.' -rfka ''
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_flags_or_options "vajra-ctl target"' -n 'not contains -- --seed $__vajra_ctl_given' -l 'seed' -d 'Chooses what delays and sizes are drawn.' -rfka ''
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_flags_or_options "vajra-ctl target"' -l 'stall' -d 'Freeze the server for a time, so long after the first request; repeat it.' -rfka ''
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_flags_or_options "vajra-ctl target"' -n 'not contains -- --version $__vajra_ctl_given' -l 'version' -d 'Show the version.'
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_flags_or_options "vajra-ctl target"' -n 'not contains -- -h $__vajra_ctl_given; and not contains -- --help $__vajra_ctl_given' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_flags_or_options "vajra-ctl help"' -n 'not contains -- --version $__vajra_ctl_given' -l 'version' -d 'Show the version.'

function __vajra-ctl_parse_once -S
    set -l line (commandline -pc)
    if test "$line" != "$__vajra_ctl_line"
        set -g __vajra_ctl_line $line
        set -g __vajra_ctl_given (string replace -r '=.*' '' -- (__vajra-ctl_tokens -pc))
        # The last word may be the flag whose value is wanted now.
        string match -q -- '-*' (commandline -ct); or set -e __vajra_ctl_given[-1]
        __vajra-ctl_parse_tokens
        set -g __vajra_ctl_commands $commands
        set -g __vajra_ctl_index $positional_index
    end
    set commands $__vajra_ctl_commands
    set positional_index $__vajra_ctl_index
end
