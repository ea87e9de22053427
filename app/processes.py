"""Child processes: how they start, and how they end with their parent."""

from __future__ import annotations

import os
import signal
import threading
from multiprocessing import get_context, parent_process
from multiprocessing.context import SpawnContext

# Not forked: the parent may have threads, and a child must not inherit its connections.
CONTEXT: SpawnContext = get_context("spawn")


def follow_parent() -> None:
    """Leave Ctrl-C to the parent process, and end when it ends.

    A killed parent tells its pool nothing: the children would wait for work for ever.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is None:
        return

    def wait() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=wait, daemon=True, name="follow-parent").start()
