-- +goose Up

-- Tells a database of Ringback's from any other: "Ring" in ASCII.
PRAGMA application_id = 1382641255;

-- Times are Unix milliseconds in UTC, 0 is never; booleans are 0 and 1. The last
-- four columns follow from the others by the rules of package callback, which
-- computes them, so that an index can be as small as the question it answers.
CREATE TABLE requests (
    id              INTEGER PRIMARY KEY AUTOINCREMENT, -- a number that was shown is never given to another
    public_id       TEXT    NOT NULL,
    salt            TEXT    NOT NULL,
    request_key     TEXT    NOT NULL,
    trace           TEXT    NOT NULL,
    status          TEXT    NOT NULL,
    spam            INTEGER NOT NULL,
    number          TEXT    NOT NULL,
    name            TEXT    NOT NULL,
    email           TEXT    NOT NULL,
    message         TEXT    NOT NULL,
    page            TEXT    NOT NULL,
    language        TEXT    NOT NULL,
    consent_kind    TEXT    NOT NULL,
    consent_ticked  INTEGER NOT NULL,
    consent_version TEXT    NOT NULL,
    asked_at        INTEGER NOT NULL,
    preferred_at    INTEGER NOT NULL,
    updated_at      INTEGER NOT NULL,
    since           INTEGER NOT NULL,
    queued_at       INTEGER NOT NULL,
    not_before      INTEGER NOT NULL,
    troubles        INTEGER NOT NULL,
    due_at          INTEGER NOT NULL,
    deadline        INTEGER NOT NULL,
    rounds          INTEGER NOT NULL,
    visits          INTEGER NOT NULL,
    round           TEXT    CHECK (json_valid(round)),
    manual          INTEGER NOT NULL,
    reason          TEXT    NOT NULL,
    code            INTEGER NOT NULL,
    accepted        TEXT    NOT NULL,
    talk_from       INTEGER NOT NULL,
    talk_to         INTEGER NOT NULL,
    follows         INTEGER NOT NULL,
    called_from     INTEGER NOT NULL, -- the ended request that the owner's Call now came from
    ticked_off      TEXT    CHECK (json_valid(ticked_off)),
    undo_to         TEXT    CHECK (json_valid(undo_to)),

    open_for_number INTEGER NOT NULL,
    under_way       INTEGER NOT NULL,
    in_line         INTEGER NOT NULL,
    for_owner       INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX requests_public_id ON requests (public_id);
CREATE UNIQUE INDEX requests_key       ON requests (request_key) WHERE request_key <> '';
CREATE INDEX requests_open      ON requests (number) WHERE open_for_number = 1;
CREATE INDEX requests_under_way ON requests (id) WHERE under_way = 1;
CREATE INDEX requests_line      ON requests (manual DESC, queued_at, id) WHERE in_line = 1;
CREATE INDEX requests_next_try  ON requests (not_before) WHERE in_line = 1 AND not_before > 0;
CREATE INDEX requests_deadline  ON requests (deadline, id) WHERE deadline > 0;
CREATE INDEX requests_follows   ON requests (follows, id) WHERE follows > 0;
CREATE INDEX requests_asked     ON requests (asked_at, spam, follows);
CREATE INDEX requests_number    ON requests (number, asked_at);
CREATE INDEX requests_for_owner ON requests (id, asked_at) WHERE for_owner = 1;
CREATE INDEX requests_spam      ON requests (id, asked_at) WHERE spam = 1;

-- One row for each phone call; live: started and not ended; unknown_end: live, and its
-- SID not known.
CREATE TABLE legs (
    id          TEXT    PRIMARY KEY,
    request     INTEGER NOT NULL REFERENCES requests (id) ON DELETE CASCADE,
    place       INTEGER NOT NULL, -- among the request's legs, from 0
    role        TEXT    NOT NULL,
    round       INTEGER NOT NULL,
    phone       TEXT    NOT NULL,
    to_number   TEXT    NOT NULL,
    from_number TEXT    NOT NULL,
    sid         TEXT    NOT NULL,
    status      TEXT    NOT NULL,
    seq         INTEGER NOT NULL,
    code        INTEGER NOT NULL,
    started     INTEGER NOT NULL,
    answered    INTEGER NOT NULL,
    ended       INTEGER NOT NULL,
    bridged     INTEGER NOT NULL,
    live        INTEGER NOT NULL,
    unknown_end INTEGER NOT NULL,
    UNIQUE (request, place)
) STRICT;

CREATE INDEX legs_started ON legs (started) WHERE started > 0;
CREATE INDEX legs_to      ON legs (to_number, started, id, sid);
CREATE INDEX legs_live    ON legs (to_number, request) WHERE live = 1;
CREATE INDEX legs_request ON legs (request) WHERE live = 1;
CREATE INDEX legs_unknown ON legs (to_number, id) WHERE unknown_end = 1;

CREATE TABLE texts (
    id          TEXT    PRIMARY KEY,
    request     INTEGER NOT NULL REFERENCES requests (id) ON DELETE CASCADE,
    place       INTEGER NOT NULL, -- among the request's texts, from 0
    role        TEXT    NOT NULL,
    to_number   TEXT    NOT NULL,
    from_number TEXT    NOT NULL,
    sid         TEXT    NOT NULL,
    status      TEXT    NOT NULL,
    code        INTEGER NOT NULL,
    started     INTEGER NOT NULL,
    UNIQUE (request, place)
) STRICT;

CREATE INDEX texts_started ON texts (started) WHERE started > 0;
