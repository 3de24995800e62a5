function __vajra-gen_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __vajra-gen_parse_once
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __vajra-gen_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __vajra-gen_parse_once
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __vajra-gen_parse_tokens -S
    set -l unparsed_tokens (__vajra-gen_tokens -pc)
    switch $unparsed_tokens[1]
    case 'vajra-gen'
        __vajra-gen_parse_subcommand 0 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'run'
            __vajra-gen_parse_subcommand 1 'scenario=+' 'o/output=' 'source=' 'segment=' 'run-id=' 'name=' 'label=+' 'lanes=' 'precise' 'iterations=' 'snapshot-every=' 'drain=' 'q/quiet' 'no-color' 'threshold=+' 'version' 'h/help'
        case 'http'
            __vajra-gen_parse_subcommand 1 'rate=' 'for=' 'ramp=' 'phase=+' 'arrivals=' 'seed=' 'concurrency=' 'think-time=' 'count=' 'max-in-flight=' 'when-saturated=' 'o/output=' 'source=' 'segment=' 'run-id=' 'name=' 'label=+' 'lanes=' 'precise' 'iterations=' 'snapshot-every=' 'drain=' 'q/quiet' 'no-color' 'threshold=+' 'ca-file=' 'cert=' 'key=' 'server-name=' 'k/insecure' 'no-keepalive' 'max-requests-per-connection=' 'connect-to=+' 'dns-refresh=' 'source-address=+' 'X/method=' 'H/header=+' 'b/body=' 'body-file=' 'feed=+' 'feed-order=' 'cookies' 'follow-redirects=' 'expect-status=' 'expect-body=' 'expect-header=+' 'timeout=' 'connect-timeout=' 'connections=' 'http2' 'streams=' 'unix-socket=' 'version' 'h/help'
        case 'command'
            __vajra-gen_parse_subcommand -r 1 'rate=' 'for=' 'ramp=' 'phase=+' 'arrivals=' 'seed=' 'concurrency=' 'think-time=' 'count=' 'max-in-flight=' 'when-saturated=' 'o/output=' 'source=' 'segment=' 'run-id=' 'name=' 'label=+' 'lanes=' 'precise' 'iterations=' 'snapshot-every=' 'drain=' 'q/quiet' 'no-color' 'threshold=+' 'protocol=' 'processes=' 'timeout=' 'version' 'h/help'
        case 'none'
            __vajra-gen_parse_subcommand 0 'rate=' 'for=' 'ramp=' 'phase=+' 'arrivals=' 'seed=' 'concurrency=' 'think-time=' 'count=' 'max-in-flight=' 'when-saturated=' 'o/output=' 'source=' 'segment=' 'run-id=' 'name=' 'label=+' 'lanes=' 'precise' 'iterations=' 'snapshot-every=' 'drain=' 'q/quiet' 'no-color' 'threshold=+' 'version' 'h/help'
        case 'help'
            __vajra-gen_parse_subcommand -r 1 'version'
        case ''
        case '*' # The verb may be left out
            set -p unparsed_tokens run
            __vajra-gen_parse_subcommand 1 'scenario=+' 'o/output=' 'source=' 'segment=' 'run-id=' 'name=' 'label=+' 'lanes=' 'precise' 'iterations=' 'snapshot-every=' 'drain=' 'q/quiet' 'no-color' 'threshold=+' 'version' 'h/help'
        end
    end
end

function __vajra-gen_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __vajra-gen_parse_subcommand -S -a positional_count
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

function __vajra-gen_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __vajra-gen_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__vajra-gen_tokens -p)
    if test -z "$(__vajra-gen_tokens -t)"
        set -l index (count (__vajra-gen_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'vajra-gen' -f
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen"' -n 'not contains -- --version $__vajra_gen_given' -l 'version' -d 'Show the version.'
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen"' -n 'not contains -- -h $__vajra_gen_given; and not contains -- --help $__vajra_gen_given' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_positional "vajra-gen" -eq 1' -fa 'run' -d 'Carry out the run that a config file describes.'
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_positional "vajra-gen" -eq 1' -fa 'http' -d 'Put an HTTP server under load.'
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_positional "vajra-gen" -eq 1' -fa 'command' -d 'Run a command for each iteration, or feed co-processes.'
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_positional "vajra-gen" -eq 1' -fa 'none' -d 'Do nothing, on schedule: what is measured is the generator itself.'
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_positional "vajra-gen" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_positional "vajra-gen run" -eq 1' -fa '(set -l exts \'yaml\' \'yml\' \'json\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen run"' -l 'scenario' -d 'Only this scenario of the config; repeat it.' -rfka '(__vajra-gen_custom_completion ---completion run -- --scenario (count (__vajra-gen_tokens -pc)) (__vajra-gen_tokens -tC))'
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen run"' -n 'not contains -- -o $__vajra_gen_given; and not contains -- --output $__vajra_gen_given' -s 'o' -l 'output' -d 'Where the stream goes: file, unix:PATH, or -.' -rF
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen run"' -n 'not contains -- --source $__vajra_gen_given' -l 'source' -d 'This process\'s name in the stream (host-pid).' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen run"' -n 'not contains -- --segment $__vajra_gen_given' -l 'segment' -d 'Only share a of n of the plan, such as 2/5: n processes together are the very plan.' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen run"' -n 'not contains -- --run-id $__vajra_gen_given' -l 'run-id' -d 'The run\'s id (a new UUIDv7).' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen run"' -n 'not contains -- --name $__vajra_gen_given' -l 'name' -d 'The run\'s name in reports.' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen run"' -l 'label' -d 'A label of the run; repeat it.' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen run"' -n 'not contains -- --lanes $__vajra_gen_given' -l 'lanes' -d 'Event-loop threads (one per processor).' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen run"' -n 'not contains -- --precise $__vajra_gen_given' -l 'precise' -d 'Spin before each start: less lag, up to a whole processor per lane.'
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen run"' -n 'not contains -- --iterations $__vajra_gen_given' -l 'iterations' -d 'Iterations that get a line of their own.' -rfka 'none all sampled failed'
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen run"' -n 'not contains -- --snapshot-every $__vajra_gen_given' -l 'snapshot-every' -d 'How often metrics are written (1s).' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen run"' -n 'not contains -- --drain $__vajra_gen_given' -l 'drain' -d 'How long a stop waits for what is in flight (3s).' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen run"' -n 'not contains -- -q $__vajra_gen_given; and not contains -- --quiet $__vajra_gen_given' -l 'quiet' -s 'q' -d 'No live view on the terminal.'
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen run"' -n 'not contains -- --no-color $__vajra_gen_given' -l 'no-color' -d 'No colour, whatever the terminal.'
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen run"' -l 'threshold' -d 'What must hold to pass: \'lag.p99 < 5ms\'; repeat it.' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen run"' -n 'not contains -- --version $__vajra_gen_given' -l 'version' -d 'Show the version.'
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen run"' -n 'not contains -- -h $__vajra_gen_given; and not contains -- --help $__vajra_gen_given' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_positional "vajra-gen http" -eq 1' -fka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen http"' -n 'not contains -- --rate $__vajra_gen_given' -l 'rate' -d 'Starts per second or minute: 500/s, 30/m.' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen http"' -n 'not contains -- --for $__vajra_gen_given' -l 'for' -d 'How long the load lasts, such as 30s or 2m30s.' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen http"' -n 'not contains -- --ramp $__vajra_gen_given' -l 'ramp' -d 'First rise from 0 to --rate; adds to --for.' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen http"' -l 'phase' -d 'Instead of --rate and --for: \'constant 10k/s 2m\', \'ramp 0/s 10k/s 30s\', \'pause 5s\'; repeat it.' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen http"' -n 'not contains -- --arrivals $__vajra_gen_given' -l 'arrivals' -d 'How arrivals are spaced.' -rfka 'even poisson'
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen http"' -n 'not contains -- --seed $__vajra_gen_given' -l 'seed' -d 'The seed of random arrivals and values; the same seed gives the same.' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen http"' -n 'not contains -- --concurrency $__vajra_gen_given' -l 'concurrency' -d 'Instead of --rate: the number of users.' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen http"' -n 'not contains -- --think-time $__vajra_gen_given' -l 'think-time' -d 'How long each user pauses between iterations.' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen http"' -n 'not contains -- --count $__vajra_gen_given' -l 'count' -d 'With --concurrency: end after this many iterations.' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen http"' -n 'not contains -- --max-in-flight $__vajra_gen_given' -l 'max-in-flight' -d 'With --rate: the most in flight at once (10000 for http).' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen http"' -n 'not contains -- --when-saturated $__vajra_gen_given' -l 'when-saturated' -d 'Starts beyond --max-in-flight wait, or are dropped and counted.' -rfka 'queue drop'
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen http"' -n 'not contains -- -o $__vajra_gen_given; and not contains -- --output $__vajra_gen_given' -s 'o' -l 'output' -d 'Where the stream goes: file, unix:PATH, or -.' -rF
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen http"' -n 'not contains -- --source $__vajra_gen_given' -l 'source' -d 'This process\'s name in the stream (host-pid).' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen http"' -n 'not contains -- --segment $__vajra_gen_given' -l 'segment' -d 'Only share a of n of the plan, such as 2/5: n processes together are the very plan.' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen http"' -n 'not contains -- --run-id $__vajra_gen_given' -l 'run-id' -d 'The run\'s id (a new UUIDv7).' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen http"' -n 'not contains -- --name $__vajra_gen_given' -l 'name' -d 'The run\'s name in reports.' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen http"' -l 'label' -d 'A label of the run; repeat it.' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen http"' -n 'not contains -- --lanes $__vajra_gen_given' -l 'lanes' -d 'Event-loop threads (one per processor).' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen http"' -n 'not contains -- --precise $__vajra_gen_given' -l 'precise' -d 'Spin before each start: less lag, up to a whole processor per lane.'
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen http"' -n 'not contains -- --iterations $__vajra_gen_given' -l 'iterations' -d 'Iterations that get a line of their own.' -rfka 'none all sampled failed'
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen http"' -n 'not contains -- --snapshot-every $__vajra_gen_given' -l 'snapshot-every' -d 'How often metrics are written (1s).' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen http"' -n 'not contains -- --drain $__vajra_gen_given' -l 'drain' -d 'How long a stop waits for what is in flight (3s).' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen http"' -n 'not contains -- -q $__vajra_gen_given; and not contains -- --quiet $__vajra_gen_given' -l 'quiet' -s 'q' -d 'No live view on the terminal.'
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen http"' -n 'not contains -- --no-color $__vajra_gen_given' -l 'no-color' -d 'No colour, whatever the terminal.'
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen http"' -l 'threshold' -d 'What must hold to pass: \'lag.p99 < 5ms\'; repeat it.' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen http"' -n 'not contains -- --ca-file $__vajra_gen_given' -l 'ca-file' -d 'Trust these PEM certificates instead of the system\'s.' -rF
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen http"' -n 'not contains -- --cert $__vajra_gen_given' -l 'cert' -d 'The client\'s own certificate chain, PEM.' -rF
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen http"' -n 'not contains -- --key $__vajra_gen_given' -l 'key' -d 'That certificate\'s key, PEM (in the same file).' -rF
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen http"' -n 'not contains -- --server-name $__vajra_gen_given' -l 'server-name' -d 'The name that the certificate must be for, also sent (the URL\'s host).' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen http"' -n 'not contains -- --insecure $__vajra_gen_given; and not contains -- -k $__vajra_gen_given' -s 'k' -l 'insecure' -d 'Take any certificate; the report says so.'
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen http"' -n 'not contains -- --no-keepalive $__vajra_gen_given' -l 'no-keepalive' -d 'A connection for each request.'
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen http"' -n 'not contains -- --max-requests-per-connection $__vajra_gen_given' -l 'max-requests-per-connection' -d 'Close a connection after this many requests.' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen http"' -l 'connect-to' -d 'Connect to another place for a host and port, as curl does; repeat it.' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen http"' -n 'not contains -- --dns-refresh $__vajra_gen_given' -l 'dns-refresh' -d 'Look the target\'s name up again after so long (never).' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen http"' -l 'source-address' -d 'Connect from this local address; repeat it to use several in turn.' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen http"' -n 'not contains -- -X $__vajra_gen_given; and not contains -- --method $__vajra_gen_given' -s 'X' -l 'method' -d 'The method (GET, or POST with --body).' -rfka 'GET HEAD POST PUT PATCH DELETE OPTIONS'
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen http"' -s 'H' -l 'header' -d 'A header; repeat it.' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen http"' -n 'not contains -- -b $__vajra_gen_given; and not contains -- --body $__vajra_gen_given; and not contains -- -d $__vajra_gen_given' -s 'b' -s 'd' -l 'body' -d 'The request\'s body, or @FILE, or @- for stdin.' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen http"' -n 'not contains -- --body-file $__vajra_gen_given' -l 'body-file' -d 'Send this file as the body, byte for byte.' -rF
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen http"' -l 'feed' -d 'A CSV file for {{feed.NAME.COLUMN}}; repeat it.' -rfa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'csv\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen http"' -n 'not contains -- --feed-order $__vajra_gen_given' -l 'feed-order' -d 'Which row of a feed an iteration has.' -rfka 'sequential random'
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen http"' -n 'not contains -- --cookies $__vajra_gen_given' -l 'cookies' -d 'Each user keeps cookies, and sends them.'
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen http"' -n 'not contains -- --follow-redirects $__vajra_gen_given' -l 'follow-redirects' -d 'The most redirects that an iteration follows (0).' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen http"' -n 'not contains -- --expect-status $__vajra_gen_given' -l 'expect-status' -d 'Accepted statuses: 200,201 or 200-299 (200-399).' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen http"' -n 'not contains -- --expect-body $__vajra_gen_given' -l 'expect-body' -d 'The response\'s body must contain this.' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen http"' -l 'expect-header' -d 'The response must have this header, with that value if one is given; repeat it.' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen http"' -n 'not contains -- --timeout $__vajra_gen_given' -l 'timeout' -d 'Give up on a response after this (10s).' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen http"' -n 'not contains -- --connect-timeout $__vajra_gen_given' -l 'connect-timeout' -d 'For establishing a connection (5s).' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen http"' -n 'not contains -- --connections $__vajra_gen_given' -l 'connections' -d 'The most connections at once.' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen http"' -n 'not contains -- --http2 $__vajra_gen_given' -l 'http2' -d 'Speak HTTP/2; without TLS by prior knowledge.'
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen http"' -n 'not contains -- --streams $__vajra_gen_given' -l 'streams' -d 'With --http2: the most requests at once on a connection (10).' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen http"' -n 'not contains -- --unix-socket $__vajra_gen_given' -l 'unix-socket' -d 'Connect to this Unix socket instead of the URL\'s host.' -rF
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen http"' -n 'not contains -- --version $__vajra_gen_given' -l 'version' -d 'Show the version.'
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen http"' -n 'not contains -- -h $__vajra_gen_given; and not contains -- --help $__vajra_gen_given' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_positional "vajra-gen command" -ge 1' -F
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen command"' -n 'not contains -- --rate $__vajra_gen_given' -l 'rate' -d 'Starts per second or minute: 500/s, 30/m.' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen command"' -n 'not contains -- --for $__vajra_gen_given' -l 'for' -d 'How long the load lasts, such as 30s or 2m30s.' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen command"' -n 'not contains -- --ramp $__vajra_gen_given' -l 'ramp' -d 'First rise from 0 to --rate; adds to --for.' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen command"' -l 'phase' -d 'Instead of --rate and --for: \'constant 10k/s 2m\', \'ramp 0/s 10k/s 30s\', \'pause 5s\'; repeat it.' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen command"' -n 'not contains -- --arrivals $__vajra_gen_given' -l 'arrivals' -d 'How arrivals are spaced.' -rfka 'even poisson'
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen command"' -n 'not contains -- --seed $__vajra_gen_given' -l 'seed' -d 'The seed of random arrivals and values; the same seed gives the same.' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen command"' -n 'not contains -- --concurrency $__vajra_gen_given' -l 'concurrency' -d 'Instead of --rate: the number of users.' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen command"' -n 'not contains -- --think-time $__vajra_gen_given' -l 'think-time' -d 'How long each user pauses between iterations.' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen command"' -n 'not contains -- --count $__vajra_gen_given' -l 'count' -d 'With --concurrency: end after this many iterations.' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen command"' -n 'not contains -- --max-in-flight $__vajra_gen_given' -l 'max-in-flight' -d 'With --rate: the most in flight at once (10000 for http).' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen command"' -n 'not contains -- --when-saturated $__vajra_gen_given' -l 'when-saturated' -d 'Starts beyond --max-in-flight wait, or are dropped and counted.' -rfka 'queue drop'
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen command"' -n 'not contains -- -o $__vajra_gen_given; and not contains -- --output $__vajra_gen_given' -s 'o' -l 'output' -d 'Where the stream goes: file, unix:PATH, or -.' -rF
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen command"' -n 'not contains -- --source $__vajra_gen_given' -l 'source' -d 'This process\'s name in the stream (host-pid).' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen command"' -n 'not contains -- --segment $__vajra_gen_given' -l 'segment' -d 'Only share a of n of the plan, such as 2/5: n processes together are the very plan.' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen command"' -n 'not contains -- --run-id $__vajra_gen_given' -l 'run-id' -d 'The run\'s id (a new UUIDv7).' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen command"' -n 'not contains -- --name $__vajra_gen_given' -l 'name' -d 'The run\'s name in reports.' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen command"' -l 'label' -d 'A label of the run; repeat it.' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen command"' -n 'not contains -- --lanes $__vajra_gen_given' -l 'lanes' -d 'Event-loop threads (one per processor).' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen command"' -n 'not contains -- --precise $__vajra_gen_given' -l 'precise' -d 'Spin before each start: less lag, up to a whole processor per lane.'
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen command"' -n 'not contains -- --iterations $__vajra_gen_given' -l 'iterations' -d 'Iterations that get a line of their own.' -rfka 'none all sampled failed'
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen command"' -n 'not contains -- --snapshot-every $__vajra_gen_given' -l 'snapshot-every' -d 'How often metrics are written (1s).' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen command"' -n 'not contains -- --drain $__vajra_gen_given' -l 'drain' -d 'How long a stop waits for what is in flight (3s).' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen command"' -n 'not contains -- -q $__vajra_gen_given; and not contains -- --quiet $__vajra_gen_given' -l 'quiet' -s 'q' -d 'No live view on the terminal.'
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen command"' -n 'not contains -- --no-color $__vajra_gen_given' -l 'no-color' -d 'No colour, whatever the terminal.'
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen command"' -l 'threshold' -d 'What must hold to pass: \'lag.p99 < 5ms\'; repeat it.' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen command"' -n 'not contains -- --protocol $__vajra_gen_given' -l 'protocol' -d 'A process per iteration, or co-processes.' -rfka 'spawn ndjson'
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen command"' -n 'not contains -- --processes $__vajra_gen_given' -l 'processes' -d 'How many co-processes share the load.' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen command"' -n 'not contains -- --timeout $__vajra_gen_given' -l 'timeout' -d 'From an iteration\'s start to its end (30s).' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen command"' -n 'not contains -- --version $__vajra_gen_given' -l 'version' -d 'Show the version.'
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen command"' -n 'not contains -- -h $__vajra_gen_given; and not contains -- --help $__vajra_gen_given' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen none"' -n 'not contains -- --rate $__vajra_gen_given' -l 'rate' -d 'Starts per second or minute: 500/s, 30/m.' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen none"' -n 'not contains -- --for $__vajra_gen_given' -l 'for' -d 'How long the load lasts, such as 30s or 2m30s.' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen none"' -n 'not contains -- --ramp $__vajra_gen_given' -l 'ramp' -d 'First rise from 0 to --rate; adds to --for.' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen none"' -l 'phase' -d 'Instead of --rate and --for: \'constant 10k/s 2m\', \'ramp 0/s 10k/s 30s\', \'pause 5s\'; repeat it.' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen none"' -n 'not contains -- --arrivals $__vajra_gen_given' -l 'arrivals' -d 'How arrivals are spaced.' -rfka 'even poisson'
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen none"' -n 'not contains -- --seed $__vajra_gen_given' -l 'seed' -d 'The seed of random arrivals and values; the same seed gives the same.' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen none"' -n 'not contains -- --concurrency $__vajra_gen_given' -l 'concurrency' -d 'Instead of --rate: the number of users.' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen none"' -n 'not contains -- --think-time $__vajra_gen_given' -l 'think-time' -d 'How long each user pauses between iterations.' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen none"' -n 'not contains -- --count $__vajra_gen_given' -l 'count' -d 'With --concurrency: end after this many iterations.' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen none"' -n 'not contains -- --max-in-flight $__vajra_gen_given' -l 'max-in-flight' -d 'With --rate: the most in flight at once (10000 for http).' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen none"' -n 'not contains -- --when-saturated $__vajra_gen_given' -l 'when-saturated' -d 'Starts beyond --max-in-flight wait, or are dropped and counted.' -rfka 'queue drop'
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen none"' -n 'not contains -- -o $__vajra_gen_given; and not contains -- --output $__vajra_gen_given' -s 'o' -l 'output' -d 'Where the stream goes: file, unix:PATH, or -.' -rF
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen none"' -n 'not contains -- --source $__vajra_gen_given' -l 'source' -d 'This process\'s name in the stream (host-pid).' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen none"' -n 'not contains -- --segment $__vajra_gen_given' -l 'segment' -d 'Only share a of n of the plan, such as 2/5: n processes together are the very plan.' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen none"' -n 'not contains -- --run-id $__vajra_gen_given' -l 'run-id' -d 'The run\'s id (a new UUIDv7).' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen none"' -n 'not contains -- --name $__vajra_gen_given' -l 'name' -d 'The run\'s name in reports.' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen none"' -l 'label' -d 'A label of the run; repeat it.' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen none"' -n 'not contains -- --lanes $__vajra_gen_given' -l 'lanes' -d 'Event-loop threads (one per processor).' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen none"' -n 'not contains -- --precise $__vajra_gen_given' -l 'precise' -d 'Spin before each start: less lag, up to a whole processor per lane.'
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen none"' -n 'not contains -- --iterations $__vajra_gen_given' -l 'iterations' -d 'Iterations that get a line of their own.' -rfka 'none all sampled failed'
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen none"' -n 'not contains -- --snapshot-every $__vajra_gen_given' -l 'snapshot-every' -d 'How often metrics are written (1s).' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen none"' -n 'not contains -- --drain $__vajra_gen_given' -l 'drain' -d 'How long a stop waits for what is in flight (3s).' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen none"' -n 'not contains -- -q $__vajra_gen_given; and not contains -- --quiet $__vajra_gen_given' -l 'quiet' -s 'q' -d 'No live view on the terminal.'
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen none"' -n 'not contains -- --no-color $__vajra_gen_given' -l 'no-color' -d 'No colour, whatever the terminal.'
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen none"' -l 'threshold' -d 'What must hold to pass: \'lag.p99 < 5ms\'; repeat it.' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen none"' -n 'not contains -- --version $__vajra_gen_given' -l 'version' -d 'Show the version.'
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen none"' -n 'not contains -- -h $__vajra_gen_given; and not contains -- --help $__vajra_gen_given' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen help"' -n 'not contains -- --version $__vajra_gen_given' -l 'version' -d 'Show the version.'
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_positional "vajra-gen" -eq 1' -fa '(set -l exts \'yaml\' \'yml\' \'json\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen"' -l 'scenario' -d 'Only this scenario of the config; repeat it.' -rfka '(__vajra-gen_custom_completion ---completion run -- --scenario (count (__vajra-gen_tokens -pc)) (__vajra-gen_tokens -tC))'
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen"' -n 'not contains -- -o $__vajra_gen_given; and not contains -- --output $__vajra_gen_given' -s 'o' -l 'output' -d 'Where the stream goes: file, unix:PATH, or -.' -rF
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen"' -n 'not contains -- --source $__vajra_gen_given' -l 'source' -d 'This process\'s name in the stream (host-pid).' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen"' -n 'not contains -- --segment $__vajra_gen_given' -l 'segment' -d 'Only share a of n of the plan, such as 2/5: n processes together are the very plan.' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen"' -n 'not contains -- --run-id $__vajra_gen_given' -l 'run-id' -d 'The run\'s id (a new UUIDv7).' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen"' -n 'not contains -- --name $__vajra_gen_given' -l 'name' -d 'The run\'s name in reports.' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen"' -l 'label' -d 'A label of the run; repeat it.' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen"' -n 'not contains -- --lanes $__vajra_gen_given' -l 'lanes' -d 'Event-loop threads (one per processor).' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen"' -n 'not contains -- --precise $__vajra_gen_given' -l 'precise' -d 'Spin before each start: less lag, up to a whole processor per lane.'
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen"' -n 'not contains -- --iterations $__vajra_gen_given' -l 'iterations' -d 'Iterations that get a line of their own.' -rfka 'none all sampled failed'
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen"' -n 'not contains -- --snapshot-every $__vajra_gen_given' -l 'snapshot-every' -d 'How often metrics are written (1s).' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen"' -n 'not contains -- --drain $__vajra_gen_given' -l 'drain' -d 'How long a stop waits for what is in flight (3s).' -rfka ''
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen"' -n 'not contains -- -q $__vajra_gen_given; and not contains -- --quiet $__vajra_gen_given' -l 'quiet' -s 'q' -d 'No live view on the terminal.'
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen"' -n 'not contains -- --no-color $__vajra_gen_given' -l 'no-color' -d 'No colour, whatever the terminal.'
complete -c 'vajra-gen' -n '__vajra-gen_should_offer_completions_for_flags_or_options "vajra-gen"' -l 'threshold' -d 'What must hold to pass: \'lag.p99 < 5ms\'; repeat it.' -rfka ''

function __vajra-gen_parse_once -S
    set -l line (commandline -pc)
    if test "$line" != "$__vajra_gen_line"
        set -g __vajra_gen_line $line
        set -g __vajra_gen_given (string replace -r '=.*' '' -- (__vajra-gen_tokens -pc))
        # The last word may be the flag whose value is wanted now.
        string match -q -- '-*' (commandline -ct); or set -e __vajra_gen_given[-1]
        __vajra-gen_parse_tokens
        set -g __vajra_gen_commands $commands
        set -g __vajra_gen_index $positional_index
    end
    set commands $__vajra_gen_commands
    set positional_index $__vajra_gen_index
end
