# Shared by the scripts beside it; sourced, never run. They set $root (the project's folder) before.

fail() {
    echo "$*" >&2
    exit 1
}

is_new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

# Prints the Python to build the environment with: $PYTHON if it is set, else the first one that is new enough.
find_python() {
    if [ -n "${PYTHON:-}" ]; then
        is_new_enough "$PYTHON" || fail "PYTHON=$PYTHON is not a Python of version 3.11 or newer."
        echo "$PYTHON"
        return
    fi
    for candidate in python3 python3.14 python3.13 python3.12 python3.11 python; do
        if is_new_enough "$candidate"; then
            echo "$candidate"
            return
        fi
    done
    fail "Python 3.11 or newer is needed and was not found. Install it, or name it: PYTHON=/path/to/python3.12 $0"
}

# ensure_environment [EXTRA]: .venv with the project and the extra ("", "test" or "dev") in it; sets $python.
# A stamp remembers what was installed, so that later runs need neither time nor network. It holds the folder too:
# an editable install does not survive being moved.
ensure_environment() {
    extra=${1:-}
    venv=$root/.venv
    python=$venv/bin/python
    stamp="$(cksum <"$root/pyproject.toml") $root"
    if ! is_new_enough "$python"; then
        base=$(find_python) || exit 1
        echo "Making $venv with $("$base" --version)" >&2
        "$base" -m venv --clear "$venv" ||
            fail "The environment could not be made. On Debian and Ubuntu: apt install python3-venv"
    fi
    if [ "$(cat "$venv/.installed-${extra:-base}" 2>/dev/null)" = "$stamp" ]; then
        return
    fi
    echo "Installing nemovideo-mcp${extra:+ with the $extra extra} (once; about a minute)" >&2
    "$python" -m pip install -qq --disable-pip-version-check --editable "$root${extra:+[$extra]}" ||
        fail "The installation failed; the lines above say why. It needs the package registry that pip is set up for."
    # dev holds test, and test holds the project alone.
    case $extra in
        dev) covered="dev test base" ;;
        test) covered="test base" ;;
        *) covered="base" ;;
    esac
    for name in $covered; do
        echo "$stamp" >"$venv/.installed-$name"
    done
}
