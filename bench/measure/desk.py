"""`copydesk clean` on many pages: its memory, whether it resumes after interruptions, and its speed on all cores.

A temporary folder is filled with the pages of the corpora, repeated under other names where there are too few. Runs
with one process and with all cores take turns. The load of the machine is printed beside the ratio of their times,
because other work on the same cores lowers it. How fast more workers would be than there are cores here follows from
what the parent process spends on a page, since all results pass through it.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.pages.corpora import ARTICLES, MULTILINGUAL, NEWS, read_jsonl
from bench.tables import table
from cleaners.running.workers import available_cores

PAGES, ROUNDS, KILLS = 10_000, 3, 8
WORKERS = (8, 16, 32, 64)
"""Numbers of workers of which it is told how fast they would be."""

FEW = 2
"""Pages of a run whose parent spends its time on starting."""

SEED = 6
_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--pages", type=int, default=PAGES, help=f"pages to clean; default: {PAGES}")
    parser.add_argument(
        "--rounds", type=int, default=ROUNDS, help=f"runs on one process and all cores; default: {ROUNDS}"
    )
    parser.add_argument("--kills", type=int, default=KILLS, help=f"interruptions; default: {KILLS}")


def run(options: argparse.Namespace) -> Iterator[str]:
    """Memory, interruptions and speed."""
    return report(options.pages, options.rounds, options.kills)


def report(pages: int, rounds: int, kills: int) -> Iterator[str]:
    """Memory, interruptions and speed."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        lay_out(folder / "pages", pages)
        yield _memory(folder, pages)
        yield _interrupted(folder, kills)
        if rounds:
            yield _speed(folder, rounds)


def lay_out(folder: Path, count: int) -> None:
    """Fill a new folder with so many pages; a page is repeated under other names where there are too few."""
    folder.mkdir()
    samples = [sample for corpus in (ARTICLES, NEWS, MULTILINGUAL) for sample in read_jsonl(corpus)]
    random.Random(SEED).shuffle(samples)
    for number, sample in islice(enumerate(cycle(samples)), count):
        path = folder / f"{number:06}.html"
        if number < len(samples):
            content = sample.html
            path.write_bytes(content.encode("utf-8", "replace") if isinstance(content, str) else content)
        else:
            os.link(folder / f"{number % len(samples):06}.html", path)


def _speed(folder: Path, rounds: int) -> str:
    cores = available_cores()
    rows: list[Sequence[str | float | int]] = []
    for number in range(1, rounds + 1):
        one, all_cores = (_seconds(folder, processes) for processes in (1, cores))
        load = os.getloadavg()[0]
        rows.append((f"round {number}", round(one), round(all_cores), one / all_cores, f"{load:.1f}"))
    rows.append(("median", "", "", statistics.median(float(row[3]) for row in rows), ""))
    return table(("run", "one process, s", f"{cores} processes, s", "times as fast", "load"), rows) + "\n"


def _seconds(folder: Path, processes: int) -> float:
    start = time.perf_counter()
    _run(folder, "pages", "--overwrite", "--processes", str(processes)).wait()
    return time.perf_counter() - start


def _memory(folder: Path, pages: int) -> str:
    """Peak megabytes of the parent and of all processes in each quarter of the run; and their processor time, which
    gives the speed-up that idle cores would reach, whatever else runs on these."""
    few = (f"pages/{number:06}.html" for number in range(FEW))
    _, (starting, _) = _watched(folder, *few, "--processes", "1")
    samples, (parent, workers) = _watched(folder, "pages")
    quarters = [samples[len(samples) * quarter // 4 : len(samples) * (quarter + 1) // 4] for quarter in range(4)]
    rows = [
        (f"quarter {number}", *(max(values) for values in zip(*quarter, strict=True)))
        for number, quarter in enumerate(quarters, 1)
        if quarter
    ]
    return f"{table(('of the run', 'parent, MB', 'all processes, MB'), rows)}\n\n" + speed_ups(
        parent=max(0.0, parent - starting), workers=workers, pages=pages
    )


def speed_ups(*, parent: float, workers: float, pages: int) -> str:
    """What the processor seconds of a parent, without its start, and of its workers say of more workers."""
    cores = available_cores()
    most = workers / parent if parent else float("inf")
    told = "; ".join(f"{count}: {min(count, most):.1f}" for count in WORKERS)
    return (
        f"parent {parent / pages * 1000:.3f} ms a page, workers {workers / pages * 1000:.1f} ms\n"
        f"{cores} cores of its own would be at most {cores * workers / (workers + parent):.2f} times as fast as one"
        f" worker beside its parent; with a core for each worker and one for the parent, {told} times as fast as one\n"
    )


def _watched(folder: Path, *options: str) -> tuple[list[tuple[int, int]], tuple[float, float]]:
    """What was seen of a run: megabytes of the parent and of all processes, again and again; and the processor seconds
    of the parent and of all others."""
    samples: list[tuple[int, int]] = []
    seconds: dict[int, float] = {}
    run = _run(folder, *options, "--overwrite")
    while run.poll() is None:
        processes = dict(_processes(run.pid))
        resident = {process: memory for process, (memory, _) in processes.items()}
        samples.append((resident.get(run.pid, 0) >> 20, sum(resident.values()) >> 20))
        seconds |= {process: used for process, (_, used) in processes.items()}
        time.sleep(0.2)
    return samples, (seconds.pop(run.pid), sum(seconds.values()))


def _interrupted(folder: Path, kills: int) -> str:
    """Whether each article is written once and in order after a run was interrupted at random moments."""
    output = folder / "articles.jsonl"
    whole = _sources(output)
    output.unlink()
    rng = random.Random(SEED)
    interruptions = 0
    for number in range(kills):
        run = _run(folder, "pages", "--resume")
        try:
            run.wait(rng.uniform(1, 20))
            break
        except subprocess.TimeoutExpired:
            run.send_signal(signal.SIGINT if number % 2 else signal.SIGKILL)
            run.wait()
            interruptions += 1
    _run(folder, "pages", "--resume").wait()
    same = _sources(output) == whole
    how = "by kill -9 and Ctrl-C in turns"
    return f"interrupted {interruptions} times {how}, then finished: {len(whole):,} articles, the same ones: {same}\n"


def _run(folder: Path, *options: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "cleaners", "clean", *options, "-o", "articles.jsonl"]
    return subprocess.Popen(command, cwd=folder, stderr=subprocess.DEVNULL)


def _sources(output: Path) -> list[str]:
    with open(output, "rb") as lines:
        return [record["source"] + record["id"] for record in map(json.loads, lines)]


def _processes(root: int) -> Iterator[tuple[int, tuple[int, float]]]:
    """Each process of the tree under `root` (Linux only): its resident bytes, where memory that processes share counts
    for each, and the processor seconds it has used."""
    parents = dict(_parents())
    for process in parents:
        if root in _ancestry(process, parents):
            try:
                memory = int(Path(f"/proc/{process}/statm").read_text().split()[1]) * _PAGE_BYTES
                yield process, (memory, sum(map(int, _status(process)[11:13])) / _TICKS)
            except OSError:  # the process has ended
                continue


def _ancestry(process: int, parents: dict[int, int]) -> Iterable[int]:
    while process:
        yield process
        process = parents.get(process, 0)


def _parents() -> Iterator[tuple[int, int]]:
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            yield int(entry.name), int(_status(int(entry.name))[1])
        except OSError:
            continue


def _status(process: int) -> list[str]:
    """The fields of /proc/PID/stat behind the name of a process: state, parent, …, ticks in user and in system mode."""
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
