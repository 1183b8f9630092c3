"""The last step before a child program: it may not outlive its parent and, where asked, not run as root.

Run as a script between fork and exec, so that no Python code runs in a forked copy of a threaded process.
Standard library only. The kernel's death signal is Linux's; elsewhere a killed parent leaves its children
running, and the lock they inherited makes the next start say so.
"""

import ctypes
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

NOBODY = 65534
SET_DEATH_SIGNAL, SET_SECURE_BITS, AMBIENT, AMBIENT_RAISE = 1, 28, 47, 2  # from linux/prctl.h
NO_SETUID_FIXUP = 1 << 2  # of linux/securebits.h: capabilities stay at a change of user, and access(2) minds them
NEW_USER_NAMESPACE = 0x10000000
CAPABILITIES_VERSION_3 = 0x20080522
READ_OTHERS_FOLDERS = 1  # CAP_DAC_OVERRIDE: reach a folder below one that only root may enter


def command(
    arguments: Sequence[str | Path], *, on_parents_death: signal.Signals, own_folders: Sequence[Path] = ()
) -> list[str]:
    """The command that runs `arguments` as a child that ends with this process.

    With `own_folders` it gives up root first; these folders are the only ones whose owner it may change.
    """
    head = [sys.executable, "-I", "-S", __file__, str(os.getpid()), str(on_parents_death.value)]
    return [*head, *map(str, own_folders), "--", *map(str, arguments)]


def main(arguments: list[str]) -> None:
    """Parent's pid, signal, own folders, `--`, program and its arguments."""
    split = arguments.index("--")
    parent, death_signal, *folders = arguments[:split]
    program = arguments[split + 1 :]
    try:
        if folders and os.geteuid() == 0:
            give_up_root([Path(folder) for folder in folders])
        end_with(int(parent), int(death_signal))
        os.execv(program[0], program)  # noqa: S606 - a fixed list from our own parent, no shell
    except OSError as problem:
        sys.exit(f"{program[0]} could not be started: {problem.strerror}.")


def end_with(parent: int, death_signal: int) -> None:
    """Ask the kernel for a signal at the parent's death; the parent may have died before we asked."""
    if sys.platform == "linux":
        _call("prctl", SET_DEATH_SIGNAL, death_signal, 0, 0, 0)
    if os.getppid() != parent:
        sys.exit("The process that asked for this one has ended.")


def give_up_root(folders: list[Path]) -> None:
    """PostgreSQL refuses root. Folders that are nobody's were made by the second way, and stay so."""
    if folders[0].stat().st_uid != NOBODY and _enter_user_namespace():
        return
    _become_nobody(folders)


def _enter_user_namespace() -> bool:
    """Root outside, nobody inside, no capability after exec: no file changes its owner."""
    group = os.getegid()
    try:
        _call("unshare", NEW_USER_NAMESPACE)
    except OSError:
        return False  # many containers forbid it
    Path("/proc/self/uid_map").write_text(f"{NOBODY} 0 1")
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/gid_map").write_text(f"{NOBODY} {group} 1")
    return True


def _become_nobody(folders: list[Path]) -> None:
    """The user nobody, who keeps one capability: to pass the folders above its own."""
    for folder in folders:
        os.chown(folder, NOBODY, NOBODY)
    _call("prctl", SET_SECURE_BITS, NO_SETUID_FIXUP, 0, 0, 0)
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)
    kept = 1 << READ_OTHERS_FOLDERS
    header = (ctypes.c_uint32 * 2)(CAPABILITIES_VERSION_3, 0)
    _call("capset", header, (ctypes.c_uint32 * 6)(kept, kept, kept))
    _call("prctl", AMBIENT, AMBIENT_RAISE, READ_OTHERS_FOLDERS, 0, 0)


def _call(name: str, *arguments: object) -> None:
    """A C library call that raises as Python's own calls do; ctypes passes plain ints as C ints, prctl wants longs."""
    wide = [ctypes.c_ulong(value) if isinstance(value, int) else value for value in arguments]
    if getattr(ctypes.CDLL(None, use_errno=True), name)(*wide) != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")


if __name__ == "__main__":
    main(sys.argv[1:])
