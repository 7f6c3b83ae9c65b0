# Programs with known habits, for the tests of the exam: the same as in Python,
# with one curl for a whole list.
#
# The first argument names the habit, the second a file of URLs. Whoever is
# honest prints a line for each URL, and ends with 1 if one of them failed.

habit=$1
list=$2
at_once=8
patience=2

# Asks for the URLs of the standard input, with these options of curl. A line
# is the URL, the status, and curl's own number of the failure. A connection is
# for one request: curl asks again by itself, at once, when a kept one fails.
one_by_one() {
    awk '{ printf "url = \"%s\"\noutput = \"/dev/null\"\n", $0 }' |
        curl --silent --globoff --header 'Connection: close' \
            --write-out '%{url} %{http_code} %{exitcode}\n' --config - "$@"
}

# The same at once. What curl says of it is a progress bar, which is another
# one each time.
ask() {
    one_by_one --parallel --parallel-immediate --parallel-max "$at_once" \
        "$@" 2>/dev/null
}

once() {
    ask --max-time "$patience" "$@"
}

# Asks again as curl does, which waits as it is told, or else longer each time.
# At once it would round what it was told down to whole seconds of the clock.
again() {
    one_by_one --max-time "$patience" "$@" <"$list"
}

# Asks again for what failed, at once and up to so many times, unless the time
# was up.
rounds() {
    more=$1
    answers=$(once <"$list")
    while [ "$more" -gt 0 ]; do
        failed=$(echo "$answers" | grep -v -e ' 200 0$' -e ' 28$')
        [ -n "$failed" ] || break
        echo "$answers" | grep -e ' 200 0$' -e ' 28$'
        answers=$(echo "$failed" | cut -d ' ' -f 1 | once)
        more=$((more - 1))
    done
    echo "$answers"
}

waves() {
    first=1
    while [ "$first" -le "$(wc -l <"$list")" ]; do
        last=$((first + at_once - 1))
        sed -n "$first,${last}p" "$list" | once
        first=$((last + 1))
    done
}

# Stops at the first failure.
stops() {
    while read -r url; do
        answer=$(echo "$url" | once)
        echo "$answer"
        case $answer in *' 200 0') ;; *) break ;; esac
    done <"$list"
}

# Goes, and what it has started stays.
leaves() {
    sleep 600 >/dev/null 2>&1 &
    once <"$list"
}

case $habit in
serial) said=$(again) ;;
waves) said=$(waves) ;;
pool) said=$(once <"$list") ;;
patient) said=$(again --retry 1) ;;
backs-off) said=$(again --retry 2 --retry-all-errors) ;;
one-too-many) said=$(at_once=9 && once <"$list") ;;
twice) said=$(once <"$list" >/dev/null; once <"$list") ;;
storms) said=$(rounds 25) ;;
hurries) said=$(rounds 4) ;;
deaf) said=$(rounds 1) ;;
hangs) said=$(ask <"$list") ;;
stops) said=$(stops) ;;
hides)
    once <"$list" >/dev/null
    echo "$(wc -l <"$list") pings, all done"
    exit 0
    ;;
leaves) said=$(leaves) ;;
*) echo "there is no habit $habit here" >&2 && exit 2 ;;
esac
echo "$said"
! echo "$said" | grep -q -v ' 200 0$'
