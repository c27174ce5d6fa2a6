#!/bin/sh
# Every command once, as a stranger runs it: installed from a package in an empty environment, in an empty folder.
#
#   every_command.sh ENVIRONMENT SEEDS
set -eu

bin=$(cd "$1/bin" && pwd) seeds=$(cd "$2" && pwd)
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
cd "$folder"

"$bin/copydesk" --version
"$bin/copydesk" >/dev/null
"$bin/copydesk" clean "$seeds" -o articles.jsonl --audit audit.jsonl --rejects rejects.jsonl -q
"$bin/copydesk" clean --format txt -q <"$seeds/003_2deffcb77a6a5816.txt" >story.txt
test -s story.txt
"$bin/copydesk" explain "$seeds/003_2deffcb77a6a5816.txt" --html why.html -q
"$bin/copydesk" trace articles.jsonl -o trace.jsonl -q
"$bin/copydesk" diff . . >/dev/null
"$bin/copydesk" schema >schema.json
"$bin/copydesk" completion bash >/dev/null
"$bin/copydesk" crawl seeds --file "$seeds" -d corpus -q
"$bin/copydesk" status corpus >/dev/null
"$bin/copydesk" get --help >/dev/null
"$bin/copydesk" report --help >/dev/null
"$bin/python" -c 'from cleaners import clean; assert clean(open("story.txt", "rb").read())'
echo "every command ran from the installed package"
