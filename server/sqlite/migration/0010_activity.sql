-- +goose Up

-- The log as the owner reads it: newest first, of a few kinds, or what happened to the shop.
CREATE INDEX events_at   ON events (at);
CREATE INDEX events_kind ON events (kind, at);
CREATE INDEX events_shop ON events (at) WHERE request = 0;
