"""Files that people upload, in the database: many hosts, one backup."""
