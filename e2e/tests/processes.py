"""Looks at processes: who lives in a group, and waiting for the end of one."""

import contextlib
import os

import psutil

PATIENCE_S = 15


def living_group(group: int) -> list[psutil.Process]:
    """Return the processes of a process group that have not ended."""
    return [process for process in psutil.process_iter(["status"]) if _of(process, group)]


def ended(*pids: int) -> bool:
    """Wait until these processes have ended; False when one has not in good time."""
    _, left = psutil.wait_procs(list(filter(None, map(_living, pids))), timeout=PATIENCE_S)
    return not left


def _living(pid: int) -> psutil.Process | None:
    # A child that ended and was not waited for is still there as a zombie.
    with contextlib.suppress(psutil.NoSuchProcess):
        process = psutil.Process(pid)
        return process if process.status() != psutil.STATUS_ZOMBIE else None
    return None


def _of(process: psutil.Process, group: int) -> bool:
    try:
        return os.getpgid(process.pid) == group and process.status() != psutil.STATUS_ZOMBIE
    except (ProcessLookupError, psutil.NoSuchProcess):
        return False
