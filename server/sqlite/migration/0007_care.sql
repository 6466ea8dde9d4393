-- +goose Up

-- What the nightly care looks for. A request without a number is a person erased.
CREATE INDEX requests_person ON requests (updated_at) WHERE number <> '' AND spam = 0;
CREATE INDEX effects_done    ON effects (done) WHERE done > 0;
CREATE INDEX webhooks_at     ON webhooks (at);
CREATE INDEX incoming_ended  ON incoming (ended) WHERE ended > 0;
