-- +goose Up

-- The outbox: what has to be done outside, committed with the decision to do it.
CREATE TABLE effects (
    id      INTEGER PRIMARY KEY AUTOINCREMENT, -- effects of one request run in this order
    request INTEGER NOT NULL REFERENCES requests (id) ON DELETE CASCADE,
    kind    TEXT    NOT NULL,
    leg     TEXT    NOT NULL,
    text    TEXT    NOT NULL,
    notice  TEXT    NOT NULL,
    carrier TEXT    NOT NULL,
    due     INTEGER NOT NULL,
    started INTEGER NOT NULL,
    tries   INTEGER NOT NULL,
    done    INTEGER NOT NULL
) STRICT;

CREATE INDEX effects_request ON effects (request, id);
CREATE INDEX effects_undone  ON effects (request, id) WHERE done = 0;
CREATE INDEX effects_due     ON effects (due, id) WHERE done = 0;
CREATE INDEX effects_leg     ON effects (leg, kind) WHERE done = 0;
CREATE INDEX effects_text    ON effects (text, kind) WHERE done = 0;

-- Recorded answers: a repeated webhook gets the same one again.
CREATE TABLE webhooks (
    key     TEXT    PRIMARY KEY,
    request INTEGER NOT NULL, -- 0: no request's
    at      INTEGER NOT NULL,
    step    TEXT    NOT NULL CHECK (json_valid(step))
) STRICT, WITHOUT ROWID;
