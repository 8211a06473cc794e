-- Who may come in. What happens to accounts and keys is also an entry (nouns account, key), without names and secrets.

CREATE TABLE account (
    city         BIGINT NOT NULL,
    account      TEXT   NOT NULL,
    sign_in      TEXT   NOT NULL,
    sealed_name  BYTEA  NOT NULL,
    role         TEXT,
    unit         TEXT,
    streets      TEXT   NOT NULL,
    cells        TEXT   NOT NULL,
    password     TEXT   NOT NULL,
    must_change  BIGINT NOT NULL,
    sealed_totp  BYTEA,
    totp_step    BIGINT NOT NULL,
    failures     BIGINT NOT NULL,
    locked_until BIGINT,
    disabled_at  BIGINT,
    made_at      BIGINT NOT NULL,
    PRIMARY KEY (city, account),
    UNIQUE (city, sign_in)
);

-- A session is found by the hash of its token; the token itself is nowhere.
CREATE TABLE session (
    city    BIGINT NOT NULL,
    hash    TEXT   NOT NULL,
    account TEXT   NOT NULL,
    made_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    PRIMARY KEY (city, hash)
);
CREATE INDEX session_of ON session (city, account);

CREATE TABLE api_key (
    city       BIGINT NOT NULL,
    name       TEXT   NOT NULL,
    hash       TEXT   NOT NULL,
    rights     TEXT   NOT NULL,
    made_at    BIGINT NOT NULL,
    revoked_at BIGINT,
    PRIMARY KEY (city, name),
    UNIQUE (city, hash)
);
