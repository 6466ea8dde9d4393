-- +goose Up

-- Numbers that the owner wants nothing of.
CREATE TABLE blocked (
    number TEXT    PRIMARY KEY,
    at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Numbers that want nothing of us.
CREATE TABLE opted_out (
    number TEXT    PRIMARY KEY,
    at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Counts that outlive a restart, in buckets of a second.
CREATE TABLE limits (
    key    TEXT    NOT NULL, -- chosen by guard, hashed where it is a person's
    bucket INTEGER NOT NULL, -- when it begins
    n      INTEGER NOT NULL,
    PRIMARY KEY (key, bucket)
) STRICT, WITHOUT ROWID;

CREATE INDEX limits_bucket ON limits (bucket);
