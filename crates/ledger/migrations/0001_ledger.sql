-- The fixed tables. Records of nouns (record_<noun>) are made from their declarations and can be rebuilt from entry.

-- Everything that happened, in order, a chain in each city.
CREATE TABLE entry (
    city    BIGINT NOT NULL,
    seq     BIGINT NOT NULL,
    at      BIGINT NOT NULL,
    noun    TEXT   NOT NULL,
    key     TEXT   NOT NULL,
    version BIGINT NOT NULL,
    kind    TEXT   NOT NULL,
    actor   TEXT   NOT NULL,
    body    TEXT   NOT NULL,
    hash    BYTEA  NOT NULL,
    PRIMARY KEY (city, seq)
);
CREATE UNIQUE INDEX entry_of ON entry (city, noun, key, version);

-- The end of each city's chain, and the peaks of its Merkle tree.
CREATE TABLE head (
    city    BIGINT NOT NULL PRIMARY KEY,
    entries BIGINT NOT NULL,
    at      BIGINT NOT NULL,
    hash    BYTEA  NOT NULL,
    peaks   BYTEA  NOT NULL
);

-- Which shape the table of a noun's records has now.
CREATE TABLE record_shape (
    noun  TEXT NOT NULL PRIMARY KEY,
    shape TEXT NOT NULL
);

-- The first answer to each write, by its idempotency key.
CREATE TABLE request_key (
    city   BIGINT NOT NULL,
    scope  TEXT   NOT NULL,
    key    TEXT   NOT NULL,
    body   BYTEA  NOT NULL,
    answer TEXT   NOT NULL,
    at     BIGINT NOT NULL,
    PRIMARY KEY (city, scope, key)
);
CREATE INDEX request_key_at ON request_key (city, at);

-- The vault: a key for each person; without it the fields are noise.
CREATE TABLE person (
    city       BIGINT NOT NULL,
    person     TEXT   NOT NULL,
    sealed_key BYTEA,
    made_at    BIGINT NOT NULL,
    erased_at  BIGINT,
    PRIMARY KEY (city, person)
);
CREATE TABLE person_field (
    city   BIGINT NOT NULL,
    person TEXT   NOT NULL,
    field  TEXT   NOT NULL,
    sealed BYTEA  NOT NULL,
    PRIMARY KEY (city, person, field)
);
CREATE TABLE person_mark (
    city   BIGINT NOT NULL,
    kind   TEXT   NOT NULL,
    mark   BYTEA  NOT NULL,
    person TEXT   NOT NULL,
    PRIMARY KEY (city, kind, mark, person)
);
CREATE INDEX person_mark_of ON person_mark (city, person);

-- Photos and documents, by the hash of their content.
CREATE TABLE attachment (
    city       BIGINT NOT NULL,
    hash       TEXT   NOT NULL,
    media_type TEXT   NOT NULL,
    bytes      BIGINT NOT NULL,
    width      BIGINT NOT NULL,
    height     BIGINT NOT NULL,
    look       BIGINT NOT NULL,
    taken_at   BIGINT,
    added_at   BIGINT NOT NULL,
    PRIMARY KEY (city, hash)
);

-- What shall happen at a moment if nothing else happens before.
CREATE TABLE timer (
    city BIGINT NOT NULL,
    noun TEXT   NOT NULL,
    key  TEXT   NOT NULL,
    kind TEXT   NOT NULL,
    at   BIGINT NOT NULL,
    PRIMARY KEY (city, noun, key, kind)
);
CREATE INDEX timer_due ON timer (city, at);

-- Work that leaves the process, written by the transaction that wants it.
CREATE TABLE job (
    city          BIGINT NOT NULL,
    id            TEXT   NOT NULL,
    kind          TEXT   NOT NULL,
    body          TEXT   NOT NULL,
    run_at        BIGINT NOT NULL,
    attempts      BIGINT NOT NULL,
    claimed_until BIGINT NOT NULL,
    failure       TEXT,
    PRIMARY KEY (city, id)
);
CREATE INDEX job_due ON job (city, run_at);
