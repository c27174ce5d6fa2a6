"""The daily job as a flow of Prefect: `python flow.py outlets.toml corpus mailto:you@your.domain` serves it."""

import subprocess
import sys
from pathlib import Path

from prefect import flow, task


@task(retries=2, retry_delay_seconds=600)  # a crawl that failed or was stopped resumes
def copydesk(*arguments: str) -> None:
    """Run a command; 0 is the only exit code of success."""
    subprocess.run(["copydesk", *arguments], check=True)


@flow
def day(outlets: str, folder: str, contact: str) -> None:
    """Crawl the outlets, then trace and report what is there."""
    copydesk("crawl", "sources", "--file", outlets, "-d", folder, "-s", f"CONTACT={contact}", "-q")
    if Path(folder, "articles.jsonl").stat().st_size:
        copydesk("trace", f"{folder}/articles.jsonl", "-o", f"{folder}/trace.jsonl", "--overwrite", "-q")
        copydesk("report", folder, "-o", f"{folder}/report.html", "--overwrite", "-q")


if __name__ == "__main__":
    day.serve(cron="40 5 * * *", parameters=dict(zip(("outlets", "folder", "contact"), sys.argv[1:], strict=True)))
