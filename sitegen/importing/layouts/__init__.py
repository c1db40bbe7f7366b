"""Jekyll's layouts and includes, from Liquid to Jinja.

`tree` and `syntax` read Liquid; `uses` and `sharing` find out which variables live longer than Jinja's scopes;
`operands`, `filters` and `conditions` make Jinja of expressions, with what is `known` of their values; `writer` goes
through a file, with `blocks`, `tags` and `including`, and makes `pieces`.
"""

from sitegen.importing.layouts.converting import Converted, convert, convert_all

__all__ = ["Converted", "convert", "convert_all"]
