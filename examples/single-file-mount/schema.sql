CREATE TABLE planet (name text PRIMARY KEY);
INSERT INTO planet VALUES ('Mercury'), ('Venus'), ('Earth');
