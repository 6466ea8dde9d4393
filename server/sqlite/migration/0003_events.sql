-- +goose Up

-- The event log, a hash chain: see chain.go for what is hashed and how. It only
-- grows, but for two cases: a person is erased (salt and body become empty and
-- nothing else changes), and what is too old is removed from the front.
CREATE TABLE events (
    seq       INTEGER PRIMARY KEY,
    at        INTEGER NOT NULL,
    request   INTEGER NOT NULL, -- 0: no request's; an entry outlives its request
    kind      TEXT    NOT NULL,
    salt      BLOB    NOT NULL,
    body      TEXT    NOT NULL,
    body_hash BLOB    NOT NULL,
    hash      BLOB    NOT NULL
) STRICT;

CREATE INDEX events_request ON events (request, seq);

-- Where the removed front of the log ended; the chain goes on from its hash.
CREATE TABLE event_end (
    one  INTEGER PRIMARY KEY CHECK (one = 1),
    seq  INTEGER NOT NULL,
    hash BLOB    NOT NULL
) STRICT;

INSERT INTO event_end (one, seq, hash) VALUES (1, 0, zeroblob(32));

-- Also keeps INSERT OR REPLACE from writing over an entry.
-- +goose StatementBegin
CREATE TRIGGER events_insert BEFORE INSERT ON events
WHEN NEW.seq <> 1 + coalesce((SELECT max(seq) FROM events), (SELECT seq FROM event_end))
BEGIN
    SELECT RAISE(ABORT, 'the event log grows only at its end');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER events_update BEFORE UPDATE ON events
WHEN NOT (
    NEW.salt = x'' AND
    NEW.body = '' AND
    NEW.seq = OLD.seq AND
    NEW.at = OLD.at AND
    NEW.request = OLD.request AND
    NEW.kind = OLD.kind AND
    NEW.body_hash = OLD.body_hash AND
    NEW.hash = OLD.hash
)
BEGIN
    SELECT RAISE(ABORT, 'an entry of the event log never changes');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER events_delete BEFORE DELETE ON events
WHEN OLD.seq > (SELECT seq FROM event_end)
BEGIN
    SELECT RAISE(ABORT, 'the event log loses only what is before its end row');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER event_end_insert BEFORE INSERT ON event_end
BEGIN
    SELECT RAISE(ABORT, 'the event log has one end row');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER event_end_update BEFORE UPDATE ON event_end
WHEN NEW.seq <= OLD.seq OR NOT EXISTS (
    SELECT 1 FROM events WHERE seq = NEW.seq AND hash = NEW.hash
)
BEGIN
    SELECT RAISE(ABORT, 'the end row only moves on, to an entry that is there');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER event_end_delete BEFORE DELETE ON event_end
BEGIN
    SELECT RAISE(ABORT, 'the event log has one end row');
END;
-- +goose StatementEnd
