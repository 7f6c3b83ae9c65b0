# All URLs of a file at once, with one curl and these options of it.
#
#     sh curl_parallel.sh FILE [OPTION]...

list=$1
shift
awk '{ printf "url = \"%s\"\noutput = \"/dev/null\"\n", $0 }' "$list" |
    curl --silent --show-error --fail --parallel "$@" --config -
