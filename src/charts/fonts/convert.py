"""Writes the font files of this folder. Run once, by hand, when a face or a character set changes:

    python3 -m venv venv && venv/bin/pip install fonttools==4.68.0
    for face in inter noto-sans-tc noto-sans-sc noto-sans-jp noto-sans-kr; do npm pack @expo-google-fonts/$face; done
    # unpack each into PACKAGES/<face>/, then
    venv/bin/python convert.py PACKAGES

Why not one file per weight: a file stays under 2 MB, and a picture loads only the slices it needs. Why not fontsource's WOFF
slices: together they lack 21 characters of Big5 level 1 and half of level 2; these TTFs are the same faces, whole.
Every slice is a family of its own ("Encore core 700"), so that the renderer never falls back by itself: see ../glyphs.ts.
"""
import pathlib
import sys

from fontTools import subset
from fontTools.ttLib import TTFont

WEIGHTS = {400: '400Regular', 700: '700Bold'}


def two_byte(codec, first=range(0x81, 0xFF), second=range(0x40, 0xFF)):
    """Every character that a two-byte encoding can write."""
    found = set()
    for pair in (bytes((a, b)) for a in first for b in second):
        try:
            found.update(map(ord, pair.decode(codec)))
        except UnicodeDecodeError:
            pass
    return found


def ranges(*spans):
    return {code for first, last in spans for code in range(first, last + 1)}


BIG5 = two_byte('big5')
EVERYDAY = two_byte('big5', range(0xA1, 0xC7))  # symbols and level 1
CHINESE = BIG5 | {c for c in two_byte('big5hkscs') if c < 0x10000} | two_byte('gb2312') | two_byte('euc_jp') | ranges((0x2460, 0x24FF), (0x3200, 0x33FF))
FORMS = ranges((0x3000, 0x30FF), (0x3105, 0x312F), (0xFF00, 0xFFEF))
LATIN = ranges((0x20, 0x52F), (0x1E00, 0x1FFF), (0x2000, 0x206F), (0x20A0, 0x20BF), (0x2100, 0x22FF), (0x25A0, 0x25FF))
HANGUL = ranges((0xAC00, 0xD7A3)) & two_byte('euc_kr') | ranges((0x1100, 0x11FF), (0x3130, 0x318F))
# Earlier slices win; each takes what those before it lack.
SLICES = [
    ('latin', 'inter', 'Inter', LATIN),
    ('core', 'noto-sans-tc', 'NotoSansTC', EVERYDAY | FORMS),
    ('rare-1', 'noto-sans-tc', 'NotoSansTC', {c for c in CHINESE if c < 0x7600}),
    ('rare-2', 'noto-sans-tc', 'NotoSansTC', {c for c in CHINESE if c >= 0x7600}),
    ('simplified', 'noto-sans-sc', 'NotoSansSC', two_byte('gb2312')),
    ('japanese', 'noto-sans-jp', 'NotoSansJP', two_byte('euc_jp')),
    ('korean', 'noto-sans-kr', 'NotoSansKR', HANGUL),
]


def cut(source, wanted, family, target):
    options = subset.Options(hinting=False, layout_features=['kern', 'mark', 'ccmp'], name_IDs=[0, 13, 14], notdef_outline=True, drop_tables=['vhea', 'vmtx', 'VORG', 'DSIG', 'STAT', 'BASE'])
    font = subset.load_font(source, options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted)
    cutter.subset(font)
    for name_id, value in ((1, family), (2, 'Regular'), (3, family), (4, family), (6, family.replace(' ', '-'))):
        font['name'].setName(value, name_id, 3, 1, 0x409)
    font['OS/2'].usWeightClass, font['head'].macStyle, font['OS/2'].fsSelection = 400, 0, 64
    font['head'].modified = font['head'].created
    subset.save_font(font, target, options)


def main(packages):
    here = pathlib.Path(__file__).parent
    for weight, folder in WEIGHTS.items():
        taken = set()
        for name, package, stem, characters in SLICES:
            source = str(packages / package / 'package' / folder / f'{stem}_{folder}.ttf')
            wanted = (characters & set(TTFont(source, lazy=True).getBestCmap())) - taken
            taken |= wanted
            target = here / f'{name}-{weight}.ttf'
            cut(source, wanted, f'Encore {name} {weight}', str(target))
            print(target.name, len(wanted), 'characters', target.stat().st_size, 'bytes')


main(pathlib.Path(sys.argv[1]))
