-- What the store says about itself: which vault key it belongs to, whether a restore is unfinished.
CREATE TABLE store_note (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);
