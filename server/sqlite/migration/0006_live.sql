-- +goose Up

-- The shop leg whose Dial makes this visitor leg; empty for a shop leg.
ALTER TABLE legs ADD COLUMN dialled_by TEXT NOT NULL DEFAULT '';

-- number_bad: the carrier has called the number one that can never be called.
ALTER TABLE legs ADD COLUMN refusal TEXT NOT NULL DEFAULT '';

-- What a call or text costs, in millionths of a US dollar: an estimate, or the carrier's
-- price; and when the carrier is asked next how it stands and what it cost.
ALTER TABLE legs ADD COLUMN cost    INTEGER NOT NULL DEFAULT 0;
ALTER TABLE legs ADD COLUMN priced  INTEGER NOT NULL DEFAULT 0;
ALTER TABLE legs ADD COLUMN look_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE legs ADD COLUMN looks   INTEGER NOT NULL DEFAULT 0;
CREATE INDEX legs_look ON legs (look_at) WHERE look_at > 0;

ALTER TABLE texts ADD COLUMN cost    INTEGER NOT NULL DEFAULT 0;
ALTER TABLE texts ADD COLUMN priced  INTEGER NOT NULL DEFAULT 0;
ALTER TABLE texts ADD COLUMN look_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE texts ADD COLUMN looks   INTEGER NOT NULL DEFAULT 0;
CREATE INDEX texts_look ON texts (look_at) WHERE look_at > 0;

-- A text that the visitor sent: when it came (0: it is ours), and its words.
ALTER TABLE texts ADD COLUMN came INTEGER NOT NULL DEFAULT 0;
ALTER TABLE texts ADD COLUMN said TEXT    NOT NULL DEFAULT '';

-- Calls of people who rang the shop's number at the carrier; lasts: put through, and
-- not ended.
CREATE TABLE incoming (
    sid      TEXT    PRIMARY KEY,
    number   TEXT    NOT NULL,
    request  INTEGER NOT NULL, -- 0: about nothing that we know of
    phone    TEXT    NOT NULL,
    to_number TEXT   NOT NULL,
    base     TEXT    NOT NULL,
    started  INTEGER NOT NULL,
    answered INTEGER NOT NULL,
    ended    INTEGER NOT NULL,
    cost     INTEGER NOT NULL,
    priced   INTEGER NOT NULL,
    look_at  INTEGER NOT NULL,
    looks    INTEGER NOT NULL,
    lasts    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX incoming_lasts   ON incoming (started) WHERE lasts = 1;
CREATE INDEX incoming_started ON incoming (started);
CREATE INDEX incoming_look    ON incoming (look_at) WHERE look_at > 0;
