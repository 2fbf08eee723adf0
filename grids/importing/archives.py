"""A zip with one Shapefile in it → a folder with files of our own names, or the reason why not.

What a hostile archive could do is refused before it is unpacked: names that leave the folder, links,
archives in archives, locked entries, more bytes than said, a ratio no real file reaches.
"""

import lzma
import stat
import zipfile
import zlib
from pathlib import Path

import numpy as np

from grids.importing.rows import UnreadableFileError

MAX_BYTES = 512 * 1024 * 1024
MAX_RATIO = 100
MAX_ENTRIES = 32
CHUNK = 1 << 20
NEEDED = (".shp", ".shx", ".dbf")
KNOWN = (*NEEDED, ".prj", ".cpg", ".qpj", ".qix", ".sbn", ".sbx", ".xml")
TAKEN = (*NEEDED, ".prj", ".cpg")
_LOCKED = 0x1
_BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError)
_SHP = bytes((0, 0, 0x27, 0x0A))
_SHP_HEADER, _SHX_ENTRY, _DBF_HEADER = 100, 8, 32
_DBF = (0x02, 0x03, 0x30, 0x31, 0x32, 0x43, 0x63, 0x83, 0x8B, 0xCB, 0xF5, 0xFB)


def unpacked(path: Path, folder: Path) -> Path:
    """The `.shp` in `folder`. Raises `UnreadableFileError`."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            _check(entries)
            left = MAX_BYTES
            for entry in entries:
                suffix = Path(entry.filename).suffix.lower()
                if suffix in TAKEN:
                    left -= _copy(archive, entry, folder / f"boundary{suffix}", left)
    except (*_BROKEN, RuntimeError, EOFError, OSError, ValueError) as error:
        raise UnreadableFileError(f"压缩包无法读取 the zip cannot be read: {error}") from error
    shape = folder / "boundary.shp"
    with shape.open("rb") as opened, (folder / "boundary.dbf").open("rb") as table:
        if opened.read(4) != _SHP or not (first := table.read(1)) or first[0] not in _DBF:
            raise UnreadableFileError("文件开头不是 Shapefile the files do not begin like a Shapefile")
    if why := _parts_fault(*(folder / f"boundary{suffix}" for suffix in NEEDED)):
        raise UnreadableFileError(why)
    return shape


def _parts_fault(shape: Path, index: Path, table: Path) -> str:
    """Why the parts cannot be one whole Shapefile. GDAL takes as many rows as the shorter part has."""
    sizes = [path.stat().st_size for path in (shape, index, table)]
    with shape.open("rb") as opened, table.open("rb") as rows:
        said = int.from_bytes(opened.read(_SHP_HEADER)[24:28], "big") * 2
        heading = rows.read(_DBF_HEADER)
    count, start, width = (int.from_bytes(heading[a:b], "little") for a, b in ((4, 8), (8, 10), (10, 12)))
    if sizes[0] < said:
        return f".shp 不完整 the .shp has {sizes[0]} of {said} bytes"
    if sizes[2] < start + count * width:
        return f".dbf 不完整 the .dbf has {sizes[2]} of {start + count * width} bytes"
    shapes = (sizes[1] - _SHP_HEADER) // _SHX_ENTRY
    if shapes != count:
        return f"各部分行数不一致 the .shx has {shapes} rows, the .dbf {count}"
    return (
        "" if _apart(index, sizes[0]) else "各行图形互相重叠 rows of the .shx lie over each other in the .shp"
    )


def _apart(index: Path, size: int) -> bool:
    """Whether each row has a place of its own: a hundred thousand rows may not be one large shape."""
    entries = np.fromfile(index, ">i4", offset=_SHP_HEADER)
    entries = 2 * entries[: len(entries) // 2 * 2].reshape(-1, 2).astype(np.int64)
    begins = entries[:, 0]
    ends = begins + entries[:, 1] + _SHX_ENTRY
    order = np.argsort(begins, kind="stable")
    if not len(entries):
        return True
    inside = begins.min() >= _SHP_HEADER and ends.max() <= size and entries[:, 1].min() >= 0
    return bool(inside and (ends[order][:-1] <= begins[order][1:]).all())


def _check(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_ENTRIES:
        raise UnreadableFileError(
            f"压缩包内文件多于 {MAX_ENTRIES} 个 the zip has more than {MAX_ENTRIES} entries"
        )
    for entry in entries:
        if why := _entry_fault(entry):
            raise UnreadableFileError(f"压缩包内有不接受的文件 the zip has an entry that is refused: {why}")
    stems = {entry.filename[: entry.filename.index(".")] for entry in entries}
    names = [Path(entry.filename).suffix.lower() for entry in entries]
    if len(stems) != 1 or any(names.count(suffix) != 1 for suffix in NEEDED):
        raise UnreadableFileError(
            "压缩包应只含一份同名的 .shp、.shx、.dbf "
            "the zip must hold one Shapefile: .shp, .shx and .dbf of one name"
        )
    if any(names.count(suffix) > 1 for suffix in TAKEN):
        raise UnreadableFileError("压缩包内同类文件有两个 the zip has two files of one kind")
    declared, packed = sum(e.file_size for e in entries), sum(e.compress_size for e in entries)
    if declared > MAX_BYTES:
        raise UnreadableFileError(
            f"解压后超过 {MAX_BYTES >> 20} MiB the zip unpacks to more than {MAX_BYTES >> 20} MiB"
        )
    if declared > MAX_RATIO * max(packed, 1):
        raise UnreadableFileError(
            f"解压后超过原大小的 {MAX_RATIO} 倍 the zip unpacks to more than {MAX_RATIO} times its size"
        )


def _entry_fault(entry: zipfile.ZipInfo) -> str:
    name = entry.filename
    if "/" in name or "\\" in name or "\0" in name or name.startswith(".") or ":" in name:
        return "文件名含路径 a path, where a plain name is expected"
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in (0, stat.S_IFREG):
        return "链接或设备 a link or device"
    if entry.flag_bits & _LOCKED:
        return "有密码 it is locked with a password"
    return (
        ""
        if Path(name).suffix.lower() in KNOWN
        else f"不属于 Shapefile no part of a Shapefile ({Path(name).suffix})"
    )


def _copy(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path, most: int) -> int:
    """Unpack one entry; how many bytes it really had."""
    size = 0
    with archive.open(entry) as source, target.open("xb") as sink:
        while chunk := source.read(CHUNK):
            size += len(chunk)
            if size > min(most, entry.file_size):
                raise UnreadableFileError(
                    "压缩包内文件大于所标大小 an entry of the zip is larger than it says"
                )
            sink.write(chunk)
    return size
