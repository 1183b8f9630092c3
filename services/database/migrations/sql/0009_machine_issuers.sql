-- Systems whose agency's own provider vouches for them.

ALTER TABLE machine_client
    ADD COLUMN provider_id uuid REFERENCES provider,
    ADD COLUMN issued_client text CHECK (length(issued_client) BETWEEN 1 AND 255),
    ADD COLUMN issued_subject text CHECK (length(issued_subject) BETWEEN 1 AND 255),
    ADD CONSTRAINT machine_client_issued CHECK (num_nonnulls(provider_id, issued_client, issued_subject) IN (0, 3));
CREATE INDEX machine_client_by_provider ON machine_client (provider_id, issued_client) WHERE ended_at IS NULL;
