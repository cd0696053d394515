-- point_source: one row a series and line that its points count. Keys: series_id, load_id, line: every plotted
-- point leads back to file, line and load. Reads reading (temporary, from observation.sql), which has a session once.
-- The shared mart has less of it: released_source.sql.
INSERT INTO point_source
SELECT
    reading.series_id, reading.tested_on, reading.load_id, load.file, load.sheet, reading.line
FROM reading
JOIN load ON load.load_id = reading.load_id
WHERE reading.part IS NOT NULL AND reading.whole IS NOT NULL
ORDER BY reading.series_id, reading.tested_on, load.file, load.sheet NULLS FIRST, reading.line;
