-- +goose Up

-- Those who wait for the opening: it is looked again and again whether it is still the same.
CREATE INDEX requests_opening ON requests (id, due_at) WHERE status = 'scheduled' AND reason = 'opening' AND follows = 0;
