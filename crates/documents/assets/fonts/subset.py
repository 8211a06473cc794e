"""Makes the three fonts of this folder from Debian's package fonts-noto-cjk (see README.md). Needs fonttools.

    python3 subset.py /usr/share/fonts/opentype/noto
"""

import subprocess
import sys
from pathlib import Path

SIGNS = (
    "U+0020-007E,U+00A0-017F,U+0391-03C9,U+0401,U+0410-044F,U+0451,U+1E00-1EFF,U+2000-200B,U+2010-2027,U+202F-203B,"
    "U+20AC,U+2100-214F,U+2150-2189,U+2190-2199,U+2200-22FF,U+2460-24FF,U+2500-257F,U+25A0-25FF,U+2605-2606,"
    "U+3000-303F,U+3041-30FF,U+3220-3229,U+33A1,U+33D1-33D5,U+FE30-FE4F,U+FF01-FF5E,U+FFE0-FFE6"
)


def han_of(encoding: str, firsts: range, seconds: range) -> str:
    """The Han characters that two bytes of an encoding stand for."""
    text = "".join(bytes([a, b]).decode(encoding, "ignore") for a in firsts for b in seconds)
    return "".join(c for c in text if "\u4e00" <= c <= "\u9fff")


GB2312 = han_of("gb2312", range(0xB0, 0xF8), range(0xA1, 0xFF))
BIG5 = han_of("big5", range(0xA4, 0xFA), range(0x40, 0xFF))
assert len(GB2312) == 6763
ALL = "".join(map(chr, range(0x4E00, 0xA000)))

for source, target, han in (
    ("NotoSansCJK-Regular.ttc", "NotoSansCJKsc-Regular.subset.otf", GB2312 + ALL),
    ("NotoSerifCJK-Regular.ttc", "NotoSerifCJKsc-Regular.subset.otf", GB2312 + BIG5),
    ("NotoSerifCJK-Bold.ttc", "NotoSerifCJKsc-Bold.subset.otf", GB2312),
):
    subprocess.run(
        [
            sys.executable, "-m", "fontTools.subset", str(Path(sys.argv[1]) / source),
            "--font-number=2", "--no-hinting", "--notdef-outline", "--layout-features=kern,vert,halt",
            f"--unicodes={SIGNS}", f"--text={han}", f"--output-file={target}",
        ],
        check=True,
    )
