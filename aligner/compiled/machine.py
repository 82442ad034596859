"""Machine code of kernels, kept on disk: numba makes it once, later processes load it without.

Importing numba takes longer than aligning a thousand sentences. What it has compiled is an object
file like any other, and llvmlite, which numba stands on, loads it in a few milliseconds. Arrays are
handed over as numba does it: owner and parent (none here), items, bytes an item, address, shape,
strides. Where any of this is not possible numba is called in its usual way.
"""

from __future__ import annotations

import ctypes
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from types import ModuleType
from typing import Any

Kind = tuple[Any, ...]
"""What numba must know of an argument: a number, or dtype, dimensions, order, writable."""

LOOSE = {"reassoc", "contract", "nsz"}
"""What LLVM may do with sums whose order does not matter."""

KNOWN = ("llvm.", "log", "exp", "sqrt", "pow", "memset", "memcpy")
"""How functions are called that machine code may rely on: they are in every process."""


def kind(value: Any) -> Kind:
    """The kind of an argument: an array, a whole number or a real one; else raises TypeError."""
    if isinstance(value, int) and not isinstance(value, bool):
        return ("int",)
    if isinstance(value, float):
        return ("float",)
    if not getattr(value, "ndim", 0):
        raise TypeError(f"a kernel takes arrays, int and float, not {type(value).__name__}")
    flags = value.flags
    order = "C" if flags.c_contiguous else "F" if flags.f_contiguous else "A"
    return (value.dtype.str, value.ndim, order, flags.writeable)


def compiled(
    function: Callable[..., Any], values: Sequence[Any], loose: bool
) -> Callable[..., Any]:
    """A kernel for arguments such as ``values`` in, its compiled form out."""
    native = _native(function, values, loose) if sys.platform in {"linux", "darwin"} else None
    if native is not None:
        return native
    import numba

    options = {"nogil": True, "error_model": "numpy", "fastmath": LOOSE if loose else False}
    try:
        own: Callable[..., Any] = numba.njit(cache=True, **options)(function)
    except RuntimeError:  # no folder to keep it in: a read-only installation and home
        own = numba.njit(**options)(function)
    return own


def _native(
    function: Callable[..., Any], values: Sequence[Any], loose: bool
) -> Callable[..., Any] | None:
    """The kernel out of kept machine code, made now if there is none; None if that fails."""
    folder = _folder()
    if folder is None:
        return None
    kinds = tuple(map(kind, values))
    name = f"{function.__module__}.{function.__name__}-{_digest(function, kinds, loose)}.o"
    try:
        kept = _read(folder / name)
        if kept is None:
            kept = _made(function, values, loose)
            _write(folder / name, *kept)
        return _callable(*kept, kinds)
    except Exception:  # noqa: BLE001 - numba's own way is always open
        return None


def _digest(function: Callable[..., Any], kinds: Sequence[Kind], loose: bool) -> str:
    """What machine code depends on: the loop, its arguments, the compiler, the processor."""
    code: Any = function.__code__
    world: dict[str, Any] = function.__globals__
    used = [world[name] for name in code.co_names if name in world]
    constants = [value for value in used if not isinstance(value, ModuleType)]
    source = (code.co_code, code.co_consts, code.co_names, code.co_varnames, constants)
    parts = (*source, kinds, loose, *_host())
    return sha256(repr(parts).encode()).hexdigest()[:24]


@cache
def _host() -> tuple[str, ...]:
    import llvmlite
    from llvmlite import binding

    features = binding.get_host_cpu_features().flatten()
    target = os.environ.get("NUMBA_CPU_NAME", ""), os.environ.get("NUMBA_CPU_FEATURES", "")
    return (sys.version, llvmlite.__version__, binding.get_host_cpu_name(), features, *target)


@cache
def _folder() -> Path | None:
    """Where machine code is kept: where numba is told to, beside the package, or in the home."""
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser())
    folders = [Path(__file__).parent / "__pycache__", home / "aligner"]
    if chosen := os.environ.get("NUMBA_CACHE_DIR"):
        folders.insert(0, Path(chosen))
    for folder in folders:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(folder, os.W_OK):
            return folder
    return None


def _read(path: Path) -> tuple[str, bytes] | None:
    """The name of the function and the object file; None if there is no whole one."""
    try:
        content = path.read_bytes()
    except OSError:
        return None
    head, _, rest = content.partition(b"\n")
    name, _, code = rest.partition(b"\n")
    return (name.decode(), code) if sha256(rest).hexdigest().encode() == head else None


def _write(path: Path, name: str, code: bytes) -> None:
    rest = name.encode() + b"\n" + code
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(sha256(rest).hexdigest().encode() + b"\n" + rest)
    Path(file.name).replace(path)


def _made(function: Callable[..., Any], values: Sequence[Any], loose: bool) -> tuple[str, bytes]:
    """Compile by numba: the name of the function in the object file, and the file."""
    import numba
    from numba.core import compiler, cpu, types
    from numba.core.registry import cpu_target

    flags = compiler.Flags()
    flags.no_cpython_wrapper = flags.no_cfunc_wrapper = True
    flags.error_model = "numpy"
    if loose:
        flags.fastmath = cpu.FastMathOptions(LOOSE)
    flags.nrt = False  # nothing is allocated, so that nothing of numba is needed at run time
    typing, target = cpu_target.typing_context, cpu_target.target_context
    typing.refresh()
    target.refresh()
    kinds = tuple(map(numba.typeof, values))
    made = compiler.compile_extra(typing, target, function, kinds, None, flags, {})
    module = made.library._final_module  # noqa: SLF001
    outside = [one.name for one in module.functions if one.is_declaration]
    if any(not name.startswith(KNOWN) for name in outside):
        raise RuntimeError(f"machine code that relies on {outside}")
    if made.signature.return_type not in {types.none, types.int64}:
        raise RuntimeError(f"a kernel that gives {made.signature.return_type}")
    entry = module.get_function(made.fndesc.llvm_func_name)
    if _layout(entry) != [_NAMES[one] for one in _all_types(tuple(map(kind, values)))]:
        raise RuntimeError("this numba hands arguments over in another way")
    return made.fndesc.llvm_func_name, target.codegen()._tm.emit_object(module)  # noqa: SLF001


def _layout(entry: Any) -> list[str]:
    """The types of a function's arguments as they stand in the machine code."""
    return ["ptr" if one.type.is_pointer else str(one.type) for one in entry.arguments]


@cache
def _engine() -> Any:
    from llvmlite import binding

    with suppress(RuntimeError):  # newer versions do it themselves, and say so
        binding.initialize()
    binding.initialize_native_target()
    binding.initialize_native_asmprinter()
    machine = binding.Target.from_default_triple().create_target_machine()
    return binding.create_mcjit_compiler(binding.parse_assembly(""), machine)


def _callable(name: str, code: bytes, kinds: Sequence[Kind]) -> Callable[..., Any]:
    """Load an object file and make its function callable with arrays and numbers."""
    from llvmlite import binding

    engine = _engine()
    engine.add_object_file(binding.ObjectFileRef.from_data(code))
    engine.finalize_object()
    call = ctypes.CFUNCTYPE(ctypes.c_int32, *_all_types(kinds))(engine.get_function_address(name))

    def run(*values: Any) -> int:
        result, error = ctypes.c_int64(0), ctypes.c_void_p(0)
        flat: list[Any] = []
        for value in values:
            if isinstance(value, int | float):
                flat.append(value)
            else:
                where = value.__array_interface__["data"][0]
                flat += (None, None, value.size, value.itemsize, where)
                flat += value.shape
                flat += value.strides
        status = call(ctypes.addressof(result), ctypes.addressof(error), *flat)
        if status not in {0, -2}:  # -2 is numba's "nothing"
            raise RuntimeError(f"the compiled loop {name} gave {status}")
        return result.value

    return run


_NAMES: dict[Any, str] = {
    ctypes.c_void_p: "ptr", ctypes.c_int64: "i64", ctypes.c_double: "double"
}  # fmt: skip


def _all_types(kinds: Sequence[Kind]) -> list[Any]:
    """The C types of all that is handed over: places for the result and the error, then it all."""
    number = {"int": ctypes.c_int64, "float": ctypes.c_double}
    pointer, whole = ctypes.c_void_p, ctypes.c_int64
    found: list[Any] = [pointer, pointer]
    for one in kinds:
        if len(one) == 1:
            found.append(number[one[0]])
        else:
            found += [pointer, pointer, whole, whole, pointer, *[whole] * (2 * one[1])]
    return found
