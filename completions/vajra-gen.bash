#!/bin/bash

__vajra-gen_cursor_index_in_current_word() {
    local remaining="${COMP_LINE}"

    local word
    for word in "${COMP_WORDS[@]::COMP_CWORD}"; do
        remaining="${remaining##*([[:space:]])"${word}"*([[:space:]])}"
    done

    local -ir index="$((COMP_POINT - ${#COMP_LINE} + ${#remaining}))"
    if [[ "${index}" -le 0 ]]; then
        printf 0
    else
        printf %s "${index}"
    fi
}

# positional arguments:
#
# - 1: the current (sub)command's count of positional arguments
#
# required variables:
#
# - repeating_flags: the repeating flags that the current (sub)command can accept
# - non_repeating_flags: the non-repeating flags that the current (sub)command can accept
# - repeating_options: the repeating options that the current (sub)command can accept
# - non_repeating_options: the non-repeating options that the current (sub)command can accept
# - positional_number: value ignored
# - unparsed_words: unparsed words from the current command line
#
# modified variables:
#
# - non_repeating_flags: remove flags for this (sub)command that are already on the command line
# - non_repeating_options: remove options for this (sub)command that are already on the command line
# - positional_number: set to the current positional number
# - unparsed_words: remove all flags, options, and option values for this (sub)command
__vajra-gen_offer_flags_options() {
    local -ir positional_count="${1}"
    positional_number=0

    local was_flag_option_terminator_seen=false
    local is_parsing_option_value=false

    local -ar unparsed_word_indices=("${!unparsed_words[@]}")
    local -i word_index
    for word_index in "${unparsed_word_indices[@]}"; do
        if "${is_parsing_option_value}"; then
            # This word is an option value:
            # Reset marker for next word iff not currently the last word
            [[ "${word_index}" -ne "${unparsed_word_indices[${#unparsed_word_indices[@]} - 1]}" ]] && is_parsing_option_value=false
            unset "unparsed_words[${word_index}]"
            # Do not process this word as a flag or an option
            continue
        fi

        local word="${unparsed_words["${word_index}"]}"
        if ! "${was_flag_option_terminator_seen}"; then
            case "${word}" in
            --)
                unset "unparsed_words[${word_index}]"
                # by itself -- is a flag/option terminator, but if it is the last word, it is the start of a completion
                if [[ "${word_index}" -ne "${unparsed_word_indices[${#unparsed_word_indices[@]} - 1]}" ]]; then
                    was_flag_option_terminator_seen=true
                fi
                continue
                ;;
            -*)
                # ${word} is a flag or an option
                # If ${word} is an option, mark that the next word to be parsed is an option value
                local option
                for option in "${repeating_options[@]}" "${non_repeating_options[@]}"; do
                    [[ "${word}" = "${option}" ]] && is_parsing_option_value=true && break
                done

                # Remove ${word} from ${non_repeating_flags} or ${non_repeating_options} so it isn't offered again
                local not_found=true
                local -i index
                for index in "${!non_repeating_flags[@]}"; do
                    if [[ "${non_repeating_flags[${index}]}" = "${word}" ]]; then
                        unset "non_repeating_flags[${index}]"
                        non_repeating_flags=("${non_repeating_flags[@]}")
                        not_found=false
                        break
                    fi
                done
                if "${not_found}"; then
                    for index in "${!non_repeating_flags[@]}"; do
                        if [[ "${non_repeating_flags[${index}]}" = "${word}" ]]; then
                            unset "non_repeating_flags[${index}]"
                            non_repeating_flags=("${non_repeating_flags[@]}")
                            break
                        fi
                    done
                fi
                unset "unparsed_words[${word_index}]"
                continue
                ;;
            esac
        fi

        # ${word} is neither a flag, nor an option, nor an option value
        if [[ "${positional_number}" -lt "${positional_count}" || "${positional_count}" -lt 0 ]]; then
            # ${word} is a positional
            ((positional_number++))
            unset "unparsed_words[${word_index}]"
        else
            if [[ -z "${word}" ]]; then
                # Could be completing a flag, option, or subcommand
                positional_number=-1
            else
                # ${word} is a subcommand or invalid, so stop processing this (sub)command
                positional_number=-2
            fi
            break
        fi
    done

    unparsed_words=("${unparsed_words[@]}")

    if\
        ! "${was_flag_option_terminator_seen}"\
        && ! "${is_parsing_option_value}"\
        && [[ ("${cur}" = -* && "${positional_number}" -ge 0) || "${positional_number}" -eq -1 ]]
    then
        COMPREPLY+=($(compgen -W "${repeating_flags[*]} ${non_repeating_flags[*]} ${repeating_options[*]} ${non_repeating_options[*]}" -- "${cur}"))
    fi
}

__vajra-gen_add_completions() {
    local completion
    while IFS='' read -r completion; do
        COMPREPLY+=("${completion}")
    done < <(IFS=$'\n' compgen "${@}" -- "${cur}")
}

__vajra-gen_custom_complete() {
    if [[ -n "${cur}" || -z ${COMP_WORDS[${COMP_CWORD}]} || "${COMP_LINE:${COMP_POINT}:1}" != ' ' ]]; then
        local -ar words=("${COMP_WORDS[@]}")
    else
        local -ar words=("${COMP_WORDS[@]::${COMP_CWORD}}" '' "${COMP_WORDS[@]:${COMP_CWORD}}")
    fi

    exec "${COMP_WORDS[0]}" "${@}" "${words[@]}"
}

_vajra-gen() {
    local state
    state="$(shopt -p extglob;shopt -po history posix)"
    trap "${state//$'\n'/;}" RETURN
    shopt -s extglob
    set +o history +o posix

    local -xr SAP_SHELL=bash
    local -x SAP_SHELL_VERSION
    local IFS=.
    SAP_SHELL_VERSION="${BASH_VERSINFO[*]}"
    IFS=$' \t\n'
    local -r SAP_SHELL_VERSION

    local -r cur="${2}"
    local -r prev="${3}"

    local -i positional_number
    local -a unparsed_words=()
    local piece rest="${COMP_LINE}"
    for piece in "${COMP_WORDS[@]:0:COMP_CWORD + 1}"; do
        if [[ "${rest}" = [^[:space:]]* && "${#unparsed_words[@]}" -gt 0 ]]; then
            unparsed_words[-1]+="${piece}"
        else
            rest="${rest#"${rest%%[^[:space:]]*}"}"
            unparsed_words+=("${piece}")
        fi
        rest="${rest#"${piece}"}"
    done
    unparsed_words=("${unparsed_words[@]:1}")

    local -a repeating_flags=()
    local -a non_repeating_flags=(--version -h --help)
    local -a repeating_options=()
    local -a non_repeating_options=()
    __vajra-gen_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    run|http|command|none|help)
        # Offer subcommand argument completions
        "_vajra-gen_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'run http command none help' -- "${cur}"))
        # The verb may be left out
        unparsed_words=("${subcommand}" "${unparsed_words[@]}")
        "_vajra-gen_run"
        ;;
    esac
}

_vajra-gen_run() {
    repeating_flags=()
    non_repeating_flags=(--precise --quiet -q --no-color --version -h --help)
    repeating_options=(--scenario --label --threshold)
    non_repeating_options=(-o --output --source --segment --run-id --name --lanes --iterations --snapshot-every --drain)
    __vajra-gen_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--scenario')
        __vajra-gen_add_completions -W "$(__vajra-gen_custom_complete ---completion run -- --scenario "${COMP_CWORD}" 0)"
        return
        ;;
    '-o'|'--output')
        __vajra-gen_add_completions -f
        return
        ;;
    '--source')
        return
        ;;
    '--segment')
        return
        ;;
    '--run-id')
        return
        ;;
    '--name')
        return
        ;;
    '--label')
        return
        ;;
    '--lanes')
        return
        ;;
    '--iterations')
        __vajra-gen_add_completions -W 'none'$'\n''all'$'\n''sampled'$'\n''failed'
        return
        ;;
    '--snapshot-every')
        return
        ;;
    '--drain')
        return
        ;;
    '--threshold')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __vajra-gen_add_completions -o plusdirs -fX '!*.@(yaml|yml|json)'
        return
        ;;
    esac
}

_vajra-gen_http() {
    repeating_flags=()
    non_repeating_flags=(--precise --quiet -q --no-color -k --insecure --no-keepalive --cookies --http2 --version -h --help)
    repeating_options=(--phase --label --threshold --connect-to --source-address -H --header --feed --expect-header)
    non_repeating_options=(--rate --for --ramp --arrivals --seed --concurrency --think-time --count --max-in-flight --when-saturated -o --output --source --segment --run-id --name --lanes --iterations --snapshot-every --drain --ca-file --cert --key --server-name --max-requests-per-connection --dns-refresh -X --method -b -d --body --body-file --feed-order --follow-redirects --expect-status --expect-body --timeout --connect-timeout --connections --streams --unix-socket)
    __vajra-gen_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--rate')
        return
        ;;
    '--for')
        return
        ;;
    '--ramp')
        return
        ;;
    '--phase')
        return
        ;;
    '--arrivals')
        __vajra-gen_add_completions -W 'even'$'\n''poisson'
        return
        ;;
    '--seed')
        return
        ;;
    '--concurrency')
        return
        ;;
    '--think-time')
        return
        ;;
    '--count')
        return
        ;;
    '--max-in-flight')
        return
        ;;
    '--when-saturated')
        __vajra-gen_add_completions -W 'queue'$'\n''drop'
        return
        ;;
    '-o'|'--output')
        __vajra-gen_add_completions -f
        return
        ;;
    '--source')
        return
        ;;
    '--segment')
        return
        ;;
    '--run-id')
        return
        ;;
    '--name')
        return
        ;;
    '--label')
        return
        ;;
    '--lanes')
        return
        ;;
    '--iterations')
        __vajra-gen_add_completions -W 'none'$'\n''all'$'\n''sampled'$'\n''failed'
        return
        ;;
    '--snapshot-every')
        return
        ;;
    '--drain')
        return
        ;;
    '--threshold')
        return
        ;;
    '--ca-file')
        __vajra-gen_add_completions -f
        return
        ;;
    '--cert')
        __vajra-gen_add_completions -f
        return
        ;;
    '--key')
        __vajra-gen_add_completions -f
        return
        ;;
    '--server-name')
        return
        ;;
    '--max-requests-per-connection')
        return
        ;;
    '--connect-to')
        return
        ;;
    '--dns-refresh')
        return
        ;;
    '--source-address')
        return
        ;;
    '-X'|'--method')
        __vajra-gen_add_completions -W 'GET'$'\n''HEAD'$'\n''POST'$'\n''PUT'$'\n''PATCH'$'\n''DELETE'$'\n''OPTIONS'
        return
        ;;
    '-H'|'--header')
        return
        ;;
    '-b'|'-d'|'--body')
        return
        ;;
    '--body-file')
        __vajra-gen_add_completions -f
        return
        ;;
    '--feed')
        __vajra-gen_add_completions -o plusdirs -fX '!*.@(csv)'
        return
        ;;
    '--feed-order')
        __vajra-gen_add_completions -W 'sequential'$'\n''random'
        return
        ;;
    '--follow-redirects')
        return
        ;;
    '--expect-status')
        return
        ;;
    '--expect-body')
        return
        ;;
    '--expect-header')
        return
        ;;
    '--timeout')
        return
        ;;
    '--connect-timeout')
        return
        ;;
    '--connections')
        return
        ;;
    '--streams')
        return
        ;;
    '--unix-socket')
        __vajra-gen_add_completions -f
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __vajra-gen_add_completions -W ''
        return
        ;;
    esac
}

_vajra-gen_command() {
    repeating_flags=()
    non_repeating_flags=(--precise --quiet -q --no-color --version -h --help)
    repeating_options=(--phase --label --threshold)
    non_repeating_options=(--rate --for --ramp --arrivals --seed --concurrency --think-time --count --max-in-flight --when-saturated -o --output --source --segment --run-id --name --lanes --iterations --snapshot-every --drain --protocol --processes --timeout)
    __vajra-gen_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--rate')
        return
        ;;
    '--for')
        return
        ;;
    '--ramp')
        return
        ;;
    '--phase')
        return
        ;;
    '--arrivals')
        __vajra-gen_add_completions -W 'even'$'\n''poisson'
        return
        ;;
    '--seed')
        return
        ;;
    '--concurrency')
        return
        ;;
    '--think-time')
        return
        ;;
    '--count')
        return
        ;;
    '--max-in-flight')
        return
        ;;
    '--when-saturated')
        __vajra-gen_add_completions -W 'queue'$'\n''drop'
        return
        ;;
    '-o'|'--output')
        __vajra-gen_add_completions -f
        return
        ;;
    '--source')
        return
        ;;
    '--segment')
        return
        ;;
    '--run-id')
        return
        ;;
    '--name')
        return
        ;;
    '--label')
        return
        ;;
    '--lanes')
        return
        ;;
    '--iterations')
        __vajra-gen_add_completions -W 'none'$'\n''all'$'\n''sampled'$'\n''failed'
        return
        ;;
    '--snapshot-every')
        return
        ;;
    '--drain')
        return
        ;;
    '--threshold')
        return
        ;;
    '--protocol')
        __vajra-gen_add_completions -W 'spawn'$'\n''ndjson'
        return
        ;;
    '--processes')
        return
        ;;
    '--timeout')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __vajra-gen_add_completions -f
        return
        ;;
    esac
}

_vajra-gen_none() {
    repeating_flags=()
    non_repeating_flags=(--precise --quiet -q --no-color --version -h --help)
    repeating_options=(--phase --label --threshold)
    non_repeating_options=(--rate --for --ramp --arrivals --seed --concurrency --think-time --count --max-in-flight --when-saturated -o --output --source --segment --run-id --name --lanes --iterations --snapshot-every --drain)
    __vajra-gen_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--rate')
        return
        ;;
    '--for')
        return
        ;;
    '--ramp')
        return
        ;;
    '--phase')
        return
        ;;
    '--arrivals')
        __vajra-gen_add_completions -W 'even'$'\n''poisson'
        return
        ;;
    '--seed')
        return
        ;;
    '--concurrency')
        return
        ;;
    '--think-time')
        return
        ;;
    '--count')
        return
        ;;
    '--max-in-flight')
        return
        ;;
    '--when-saturated')
        __vajra-gen_add_completions -W 'queue'$'\n''drop'
        return
        ;;
    '-o'|'--output')
        __vajra-gen_add_completions -f
        return
        ;;
    '--source')
        return
        ;;
    '--segment')
        return
        ;;
    '--run-id')
        return
        ;;
    '--name')
        return
        ;;
    '--label')
        return
        ;;
    '--lanes')
        return
        ;;
    '--iterations')
        __vajra-gen_add_completions -W 'none'$'\n''all'$'\n''sampled'$'\n''failed'
        return
        ;;
    '--snapshot-every')
        return
        ;;
    '--drain')
        return
        ;;
    '--threshold')
        return
        ;;
    esac
}

_vajra-gen_help() {
    repeating_flags=()
    non_repeating_flags=(--version)
    repeating_options=()
    non_repeating_options=()
    __vajra-gen_offer_flags_options -1
}

complete -o filenames -F _vajra-gen vajra-gen
