-- +goose Up

-- What is searched beside name, email and message: the owner's note, and the number in
-- groups of five digits, one from each digit on: any part of it is the beginning of one, or
-- has several.
ALTER TABLE requests ADD COLUMN note TEXT GENERATED ALWAYS AS (coalesce(ticked_off ->> '$.note', '')) VIRTUAL;
ALTER TABLE requests ADD COLUMN digits TEXT GENERATED ALWAYS AS (
    substr(number, 2, 5) || ' ' ||
    substr(number, 3, 5) || ' ' ||
    substr(number, 4, 5) || ' ' ||
    substr(number, 5, 5) || ' ' ||
    substr(number, 6, 5) || ' ' ||
    substr(number, 7, 5) || ' ' ||
    substr(number, 8, 5) || ' ' ||
    substr(number, 9, 5) || ' ' ||
    substr(number, 10, 5) || ' ' ||
    substr(number, 11, 5) || ' ' ||
    substr(number, 12, 5) || ' ' ||
    substr(number, 13, 5) || ' ' ||
    substr(number, 14, 5)
) VIRTUAL;

-- The words of each request. It holds no text of its own, only which request has which
-- word; each beginning of a word, up to eight letters, has a list of its own, so that a
-- search as one types reads no more than it shows.
CREATE VIRTUAL TABLE search USING fts5 (
    name,
    email,
    message,
    note,
    digits,
    content = 'requests',
    content_rowid = 'id',
    detail = none,
    prefix = '1 2 3 4 5 6 7 8',
    tokenize = 'unicode61 remove_diacritics 2'
);

-- A word that nobody has any more leaves the file at once.
INSERT INTO search (search, rank) VALUES ('secure-delete', 1);
INSERT INTO search (search) VALUES ('rebuild');

-- +goose StatementBegin
CREATE TRIGGER search_insert AFTER INSERT ON requests
BEGIN
    INSERT INTO search (rowid, name, email, message, note, digits)
    VALUES (NEW.id, NEW.name, NEW.email, NEW.message, NEW.note, NEW.digits);
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER search_update AFTER UPDATE ON requests
WHEN (OLD.name, OLD.email, OLD.message, OLD.note, OLD.number) <> (NEW.name, NEW.email, NEW.message, NEW.note, NEW.number)
BEGIN
    INSERT INTO search (search, rowid, name, email, message, note, digits)
    VALUES ('delete', OLD.id, OLD.name, OLD.email, OLD.message, OLD.note, OLD.digits);
    INSERT INTO search (rowid, name, email, message, note, digits)
    VALUES (NEW.id, NEW.name, NEW.email, NEW.message, NEW.note, NEW.digits);
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER search_delete AFTER DELETE ON requests
BEGIN
    INSERT INTO search (search, rowid, name, email, message, note, digits)
    VALUES ('delete', OLD.id, OLD.name, OLD.email, OLD.message, OLD.note, OLD.digits);
END;
-- +goose StatementEnd

-- How many requests there are, spam apart: counting a million takes long.
CREATE TABLE tally (
    one  INTEGER PRIMARY KEY CHECK (one = 1),
    requests INTEGER NOT NULL
) STRICT;

INSERT INTO tally (one, requests) SELECT 1, count(*) FROM requests WHERE follows = 0 AND spam = 0;

-- +goose StatementBegin
CREATE TRIGGER tally_insert AFTER INSERT ON requests
WHEN NEW.follows = 0 AND NEW.spam = 0
BEGIN
    UPDATE tally SET requests = requests + 1;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER tally_update AFTER UPDATE ON requests
WHEN (OLD.follows = 0 AND OLD.spam = 0) <> (NEW.follows = 0 AND NEW.spam = 0)
BEGIN
    UPDATE tally SET requests = requests + (NEW.follows = 0 AND NEW.spam = 0) - (OLD.follows = 0 AND OLD.spam = 0);
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER tally_delete AFTER DELETE ON requests
WHEN OLD.follows = 0 AND OLD.spam = 0
BEGIN
    UPDATE tally SET requests = requests - 1;
END;
-- +goose StatementEnd

-- Whole answers to the filters, without a look at the table.
DROP INDEX requests_for_owner;
DROP INDEX requests_spam;
CREATE INDEX requests_for_owner ON requests (id, asked_at) WHERE for_owner = 1 AND spam = 0 AND follows = 0;
CREATE INDEX requests_spam      ON requests (id, asked_at, follows) WHERE spam = 1;
