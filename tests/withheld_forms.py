"""Forms of ``withheld.csv``, most of them damaged, that all withhold ``nl-amsterdam-1``."""

HEADER = b"kind,id,field,since,ground,note\n"
ENTRY = b"record,nl-amsterdam-1,,2026-01-01,legal,\n"
LISTED = HEADER + ENTRY

FORMS = (
    b"\xef\xbb\xbf" + LISTED,
    LISTED.replace(b"\n", b"\r\n"),
    LISTED.replace(b"\n", b"\r"),
    LISTED.decode().encode("utf-16"),
    LISTED.decode().encode("utf-16-be"),
    LISTED.decode().encode("utf-32"),
    LISTED + LISTED.splitlines(keepends=True)[1],
    LISTED.replace(b",", b";"),
    LISTED.replace(b",", b" , "),
    LISTED.replace(b"kind,id", b"Kind,ID"),
    LISTED.replace(b"nl-amsterdam-1", b" NL-Amsterdam-1 "),
    b"id\nnl-amsterdam-1\n",
    b"id,kind,other\nnl-amsterdam-1,record,more\n",
    HEADER + b"record,nl-amsterdam-1\n",
    HEADER + b"nl-amsterdam-1,,2026-01-01,legal,\n",
    HEADER + b"record,nl-amsterdam-1,,2026-01-01,legal,a note, and more\n",
    HEADER + b'"record,nl-amsterdam-1,,2026-01-01,legal,\n',
    HEADER + b"record,nl-amsterdam-1,,2026-01-01,legal,caf\xe9\n",
    HEADER + b"\n\nrecord,nl-amsterdam-1,,2026-01-01,legal,\n",
    HEADER + b"recrod,nl-amsterdam-1,,2026-01-01,legal,\n",
    HEADER + b"event,nl-amsterdam-1,,2026-01-01,legal,\n",
    HEADER + b"field,nl-amsterdam-1,,2026-01-01,legal,\n",
    HEADER + b"field,nl-amsterdam-1,sumary,2026-01-01,legal,\n",
    HEADER + b"field,nl-amsterdam-1,title,2026-01-01,legal,\n",
    HEADER + b"record,nl-amsterdam-1,,yesterday,legal,\n",
    HEADER + b"record,nl-amsterdam-1,,2031-01-01,legal,\n",
    HEADER + b"record,nl-amsterdam-1,,2026-01-01,because,\n",
    HEADER + b"record,nl-amsterdam-1,,2026-01-01,legal," + b"x" * 9000 + b"\n",
    # what word processors and browsers put into an id, and two ids in one cell
    HEADER + "record,\u200bnl-amster\u00addam-1\ufeff,,2026-01-01,legal,\n".encode(),
    HEADER + "record,nl-amster\ufe0fdam-1\U000e0100\u3164,,2026-01-01,legal,\n".encode(),
    HEADER + "record,nl\u2011amsterdam\u20131,,2026-01-01,legal,\n".encode(),
    HEADER + b"record,zm-1 nl-amsterdam-1,,2026-01-01,legal,\n",
    # a stray quotation mark takes the rest of the line, or of the file, into its cell
    HEADER + b'record,"nl-amsterdam-1,,2026-01-01,legal,\n',
    HEADER + b'record,nl-amsterdam-1",,2026-01-01,legal,\n',
    HEADER
    + b'record,zm-1,,2026-01-01,legal,"a note\nrecord,nl-amsterdam-1,,2026-01-01,legal,"end"\n',
    # something above the header, and headers in other spellings and places
    b"# what may not be shown\n" + LISTED,
    b"\n ,,\n" + LISTED,
    b"Withheld entries,,,,,\n\n" + LISTED,
    b"id, kind and day of what is withheld\n" + LISTED,
    b'"Withheld entries\n' + LISTED,
    b"\xef\xbb\xbf# merged\n\xef\xbb\xbf" + LISTED,
    ("# a title\n" + LISTED.decode()).encode("utf-16"),
    b"sep=;\n" + LISTED.replace(b",", b";"),
    LISTED.replace(b",", b"\t"),
    b"# " + LISTED,
    b'"kind" , "id","field","since","ground","note"\n' + ENTRY,
    b'"kind,id,field,since,ground,note"\n' + ENTRY,
    b"note,ground,since,field,kind,id\n,legal,2026-01-01,,record,nl-amsterdam-1\n",
    b"by,kind,id,field,since,ground,note\nme,record,nl-amsterdam-1,,2026-01-01,legal,\n",
    HEADER + HEADER + ENTRY,
    HEADER + b"id,kind,field,since,ground,note\nnl-amsterdam-1,record,,2026-01-01,legal,\n",
    ENTRY + HEADER,
)
