-- Photos of the same look are found without reading all.
CREATE INDEX attachment_look ON attachment (city, look);
