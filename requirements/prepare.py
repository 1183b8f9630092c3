"""Makes `.venv` hold exactly what a lock file names; costs nothing when it already does.

Run by make with any Python a machine may have: this file is kept readable for old ones (no annotations, no
f-strings), so that they say what is wrong instead of showing a syntax error.
"""

import hashlib
import os
import subprocess
import sys

OLDEST = (3, 11)
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
FOLDER = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(FOLDER, "bin", "python")
STAMP = os.path.join(FOLDER, ".prepared")
LOG = os.path.join(FOLDER, "setup.log")


class Problem(Exception):
    """One sentence with its remedy."""


def main(wanted):
    """Prepare for `base` (what the platform needs to run) or `dev` (what its tests need on top)."""
    check_python()
    made_for, has = read_stamp()
    # Whoever has the tools of `dev` keeps them: switching between demo and test must not reinstall anything.
    kind = "dev" if "dev" in (wanted, has.partition(" ")[0]) else "base"
    if (made_for, has) != (environment(), kind + " " + digest(kind)):
        check_folder()
        if made_for != environment():
            check_venv_module()
            make_folder()
        install(kind)
        with open(STAMP, "w") as stamp:
            stamp.write(environment() + "\n" + kind + " " + digest(kind) + "\n")
    # Only tests need it; in its own file because the environment's Python runs it, which is never an old one.
    if wanted == "dev" and subprocess.call([PYTHON, os.path.join(ROOT, "requirements", "prepare_node.py")]) != 0:
        sys.exit(1)


def check_python():
    if sys.version_info < OLDEST:
        raise Problem(
            "Python %d.%d or newer is needed and %s is %d.%d: install a newer one, or name it, as in "
            "`make PY=python3.12 demo`." % (OLDEST + (sys.executable,) + tuple(sys.version_info[:2]))
        )


def check_folder():
    if not os.access(ROOT, os.W_OK) or (os.path.exists(FOLDER) and not os.access(FOLDER, os.W_OK)):
        raise Problem(
            "The folder %s cannot be written by this user: make it writable, or work in a copy of the project "
            "that is." % ROOT
        )


def check_venv_module():
    """Debian and Ubuntu split the module off: there `import venv` works, and making a folder then fails."""
    try:
        __import__("venv")
        __import__("ensurepip")
    except ImportError:
        raise Problem(
            "%s has no venv module: on Debian or Ubuntu install it with `apt install python%d.%d-venv`, elsewhere "
            "install a complete Python, then run make again." % ((sys.executable,) + tuple(sys.version_info[:2]))
        )


def make_folder():
    """With --clear: a folder of another Python, another place or an interrupted start is of no use."""
    if subprocess.call([sys.executable, "-m", "venv", "--clear", FOLDER]) != 0:
        raise Problem("The folder %s could not be made: remove it, then run make again." % FOLDER)


def install(kind):
    """pip brings one pinned installer, which brings the rest in a fifth of the time."""
    say("Setting up Python packages (1 of 2): the installer ...")
    pip = ["-m", "pip", "--quiet", "--disable-pip-version-check", "--no-input", "install"]
    run(pip + ["--require-hashes", "--only-binary", ":all:", "-r", lock("uv")])
    say("Setting up Python packages (2 of 2): %d packages, about half a minute the first time ..." % count(kind))
    # The machine's own certificates, as pip uses them: behind an inspecting proxy uv's built-in list knows nobody.
    uv = ["-m", "uv", "--quiet", "--system-certs", "pip", "sync"]
    run(uv + ["--python", PYTHON, "--require-hashes", lock(kind)])


def run(arguments):
    """What the tools say goes to a file; only when one fails is it worth reading."""
    surroundings = dict(os.environ)
    if not os.access(os.path.expanduser("~"), os.W_OK):
        surroundings.setdefault("UV_NO_CACHE", "1")
        surroundings.setdefault("PIP_NO_CACHE_DIR", "1")
    with open(LOG, "ab") as log:
        if subprocess.call([PYTHON] + arguments, stdout=log, stderr=log, cwd=ROOT, env=surroundings) != 0:
            raise Problem(
                "The Python packages could not be installed: check that this machine reaches its package index, "
                "then run make again (what the installer said is at the end of %s)." % LOG
            )


def read_stamp():
    try:
        with open(STAMP) as stamp:
            lines = stamp.read().split("\n")
    except (IOError, OSError):
        return "", ""
    return lines[0], lines[1] if len(lines) > 1 else ""


def environment():
    """The Python and the place a folder was made for: it works for no other."""
    return "%s %s %s" % (".".join(map(str, sys.version_info[:3])), os.path.realpath(sys.executable), ROOT)


def digest(kind):
    """What the locks say, as one short word."""
    content = hashlib.sha256()
    for name in ("uv", kind):
        with open(lock(name), "rb") as handle:
            content.update(handle.read())
    return content.hexdigest()


def count(kind):
    with open(lock(kind)) as handle:
        return sum("==" in line for line in handle)


def lock(kind):
    return os.path.join(ROOT, "requirements", kind + ".txt")


def say(line):
    print(line)
    sys.stdout.flush()


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except Problem as problem:
        say(str(problem))
        sys.exit(1)
    except (IOError, OSError) as problem:
        say("Setting up failed: %s. Remove the folder %s, then run make again." % (problem, FOLDER))
        sys.exit(1)
    except KeyboardInterrupt:
        say("Stopped; run make again to go on.")
        sys.exit(1)
