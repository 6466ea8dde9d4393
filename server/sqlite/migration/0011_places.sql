-- +goose Up

-- How many requests there are, spam apart, of each 1024 ids: their sum is how many there
-- are, and whoever looks for the millionth passes over a thousand rows instead.
CREATE TABLE blocks (
    block    INTEGER PRIMARY KEY, -- id >> 10
    requests INTEGER NOT NULL
) STRICT;

INSERT INTO blocks (block, requests)
SELECT id >> 10, count(*) FROM requests WHERE follows = 0 AND spam = 0 GROUP BY 1;

DROP TRIGGER tally_insert;
DROP TRIGGER tally_update;
DROP TRIGGER tally_delete;
DROP TABLE tally;

-- +goose StatementBegin
CREATE TRIGGER blocks_insert AFTER INSERT ON requests
WHEN NEW.follows = 0 AND NEW.spam = 0
BEGIN
    INSERT INTO blocks (block, requests) VALUES (NEW.id >> 10, 1)
    ON CONFLICT (block) DO UPDATE SET requests = requests + 1;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER blocks_update AFTER UPDATE ON requests
WHEN (OLD.follows = 0 AND OLD.spam = 0) <> (NEW.follows = 0 AND NEW.spam = 0)
BEGIN
    INSERT INTO blocks (block, requests) VALUES (NEW.id >> 10, NEW.follows = 0 AND NEW.spam = 0)
    ON CONFLICT (block) DO UPDATE SET requests = requests + (NEW.follows = 0 AND NEW.spam = 0) - (OLD.follows = 0 AND OLD.spam = 0);
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER blocks_delete AFTER DELETE ON requests
WHEN OLD.follows = 0 AND OLD.spam = 0
BEGIN
    UPDATE blocks SET requests = requests - 1 WHERE block = OLD.id >> 10;
    DELETE FROM blocks WHERE block = OLD.id >> 10 AND requests = 0;
END;
-- +goose StatementEnd
