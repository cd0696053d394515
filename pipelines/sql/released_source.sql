-- released_source: what the shared mart has as point_source (temporary). Keys as in point_source.sql; line NULL where the
-- series is released by rounded figures.
-- In a log with a line a person the number of lines is a number of people, and the days tell how it is spread: so a
-- released point leads back to the files and sheets that have any record of its prototype in its period, no further.
-- Reads chart_summary and chart_point of the mart; true_source and log_day (registered by fill.py from the working database).
CREATE OR REPLACE TEMP TABLE released_source AS FROM point_source LIMIT 0;

INSERT INTO released_source
WITH series AS (
    SELECT series_id, bool_or(from_rounded OR is_hidden) AS is_released FROM chart_summary GROUP BY series_id
)

SELECT true_source.series_id, tested_on, load_id, file, sheet, line
FROM true_source
JOIN series ON series.series_id = true_source.series_id AND NOT series.is_released
UNION ALL
SELECT DISTINCT point.series_id, point.period_start, log_day.load_id, log_day.file, log_day.sheet, NULL
FROM chart_point AS point
JOIN series ON series.series_id = point.series_id AND series.is_released
JOIN log_day
    ON log_day.prototype_id = point.prototype_id AND log_day.tested_on BETWEEN point.period_start AND point.period_end
WHERE NOT point.is_gap
ORDER BY ALL;
