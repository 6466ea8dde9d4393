-- +goose Up

CREATE TABLE settings (
    key      TEXT    PRIMARY KEY,
    version  INTEGER NOT NULL, -- 1 when first saved, then one more each time
    saved_at INTEGER NOT NULL,
    value    TEXT    NOT NULL CHECK (json_valid(value))
) STRICT, WITHOUT ROWID;

-- Written to find out whether the disk takes anything.
CREATE TABLE probe (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    at  INTEGER NOT NULL
) STRICT;
