#!/bin/sh
# Crawls the outlets, then traces and reports what is there. Each step can be run again at any time: a crawl that was
# stopped resumes, and what was fetched before is not fetched again.
#
#   daily.sh OUTLETS FOLDER CONTACT
#
# With cron, every day at 5:40:
#   40 5 * * *  /opt/copydesk/daily.sh /opt/copydesk/outlets.toml /var/lib/copydesk mailto:you@your.domain
set -eu

outlets=$1 folder=$2 contact=$3
mkdir -p "$folder"
copydesk crawl sources --file "$outlets" -d "$folder" -s "CONTACT=$contact" -q

articles=$folder/articles.jsonl
if [ -s "$articles" ]; then
    copydesk trace "$articles" -o "$folder/trace.jsonl" --overwrite -q
    copydesk report "$folder" -o "$folder/report.html" --overwrite -q
fi
