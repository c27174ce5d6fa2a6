"""Write the month names of all CLDR locales into `cleaners/words/month_names.txt`.

    uv run --with babel python -m bench.train.month_names

Babel brings the data of the Unicode CLDR; it is needed for this only. Run it again where a new CLDR has other names.
"""

from __future__ import annotations

import re
from pathlib import Path

OUTPUT = Path(__file__).parents[2] / "cleaners" / "words" / "month_names.txt"
HEAD = """# The names of the months by language, from the Unicode CLDR (https://cldr.unicode.org), Copyright 1991-2026
# Unicode, Inc., under the Unicode License V3 (https://www.unicode.org/license.txt, SPDX: Unicode-3.0). Written by
# `python -m bench.train.month_names`. The months stand apart by commas, spellings by spaces, `_` for a space in a name.

"""
LAST_LATIN = "\u024f"
_NAME = re.compile(r"[^\W\d_][^\d_(),]{1,24}")


def spellings(locale: object, month: int) -> list[str]:
    """The names of a month in a locale, casefolded; short ones of Latin letters are left out."""
    months = locale.months  # type: ignore[attr-defined]
    found = {
        months[use][width][month].casefold().rstrip(".") if months[use][width][month].count(".") < 2
        else months[use][width][month].casefold()
        for use in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
    }  # fmt: skip
    return sorted(
        "_".join(name.split()) for name in found if _NAME.fullmatch(name) and (len(name) > 2 or name[0] > LAST_LATIN)
    )


def main() -> None:
    """Write the file."""
    from babel import Locale, localedata

    lines = []
    for code in sorted(localedata.locale_identifiers()):
        if code.count("_") and code not in ("ar_SY", "ar_DZ", "ar_MA", "sr_Latn", "uz_Cyrl", "az_Cyrl", "bs_Cyrl"):
            continue
        months = [" ".join(spellings(Locale.parse(code), month)) for month in range(1, 13)]
        if all(months) and len(set(months)) == 12 and code != "en":
            lines.append(f"{code} = {', '.join(months)}")
    OUTPUT.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
