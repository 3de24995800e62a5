function __vajra-ctl_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __vajra-ctl_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __vajra-ctl_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __vajra-ctl_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __vajra-ctl_parse_tokens -S
    set -l unparsed_tokens (__vajra-ctl_tokens -pc)
    switch $unparsed_tokens[1]
    case 'vajra-ctl'
        __vajra-ctl_parse_subcommand 0 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'target'
            __vajra-ctl_parse_subcommand 0 'port=' 'unix-socket=' 'delay=' 'error-rate=' 'body-size=' 'stall=+' 'version' 'h/help'
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
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_flags_or_options "vajra-ctl" version' -l 'version' -d 'Show the version.'
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_flags_or_options "vajra-ctl" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_positional "vajra-ctl" -eq 1' -fa 'target' -d 'Serve HTTP on loopback, to try things on.'
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_positional "vajra-ctl" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_flags_or_options "vajra-ctl target" port' -l 'port' -d 'The port on 127.0.0.1; 0 for any free one.' -rfka ''
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_flags_or_options "vajra-ctl target" unix-socket' -l 'unix-socket' -d 'Listen at this Unix socket instead.' -rF
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_flags_or_options "vajra-ctl target" delay' -l 'delay' -d 'Hold each response back so long.' -rfka ''
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_flags_or_options "vajra-ctl target" error-rate' -l 'error-rate' -d 'The share of responses that are 503, from 0 to 1.' -rfka ''
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_flags_or_options "vajra-ctl target" body-size' -l 'body-size' -d 'The size of the responses\' bodies in bytes.' -rfka ''
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_flags_or_options "vajra-ctl target"' -l 'stall' -d 'Freeze the server for a time, so long after the first request; repeat it.' -rfka ''
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_flags_or_options "vajra-ctl target" version' -l 'version' -d 'Show the version.'
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_flags_or_options "vajra-ctl target" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'vajra-ctl' -n '__vajra-ctl_should_offer_completions_for_flags_or_options "vajra-ctl help" version' -l 'version' -d 'Show the version.'
