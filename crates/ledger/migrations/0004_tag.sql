-- By what else than its columns a record is found: what it may have several of (the people and units that hold a case).
CREATE TABLE tag (
    city   BIGINT NOT NULL,
    noun   TEXT   NOT NULL,
    tag    TEXT   NOT NULL,
    record BIGINT NOT NULL,
    PRIMARY KEY (city, noun, tag, record)
);

-- The last of each series of running numbers.
CREATE TABLE running_number (
    city   BIGINT NOT NULL,
    series TEXT   NOT NULL,
    last   BIGINT NOT NULL,
    PRIMARY KEY (city, series)
);
