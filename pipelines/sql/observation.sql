-- observation: one row a measure, prototype and period. Keys: series_id, period_start, session_no.
-- Units: numerator and denominator as counted, value a share of 0 to 1, a rate, a sum or a mean of sessions.
-- Reads test_count, measure, prototype, held_record (temporary, from load_tables) and, where there is one, not_held
-- (temporary: tests planned and not held). Leaves the temporary table reading: one row a series and session, for
-- point_source.
--   ratio   with a denominator, unless the kind is count or c: sum / sum over the sessions that have both
--   mean    measurement, time_between, opportunities_between, xbar, s, t, g: mean of the sessions' values
--   sum     everything else
-- A numerator or denominator may be a sum of items, 'kg_shared + kg_wasted': counted where a session has all of them.
-- numerator_low and numerator_high are the same sums of the ends of intervals, of which the count is the middle.
-- A period is a gap where nothing was recorded, where the ratio has nothing below the line, or where something is
-- held: half a week is not a week. A month of the cascade's counts (items cascade_...) is no session that anybody held:
-- only measures of such items look at it, and of those only the ones it has; what is not due yet is no gap. Periods are numbered from Monday 2024-01-01, so that 4-week blocks never move.

CREATE TEMP TABLE IF NOT EXISTS not_held (prototype_id VARCHAR, planned_on DATE, reason VARCHAR);

CREATE OR REPLACE TEMP MACRO period_index(period, day) AS CASE period
    WHEN 'session' THEN day - DATE '2024-01-01'
    WHEN 'week' THEN floor((day - DATE '2024-01-01') / 7.0)
    WHEN '4-week' THEN floor((day - DATE '2024-01-01') / 28.0)
    ELSE (year(day) - 2024) * 12 + month(day) - 1
END::INTEGER;

CREATE OR REPLACE TEMP MACRO index_start(period, number) AS CASE period
    WHEN 'session' THEN DATE '2024-01-01' + number::INTEGER
    WHEN 'week' THEN DATE '2024-01-01' + 7 * number::INTEGER
    WHEN '4-week' THEN DATE '2024-01-01' + 28 * number::INTEGER
    ELSE (DATE '2024-01-01' + to_months(number::INTEGER))::DATE
END;

-- Days between planned tests: 'week', '2 weeks', 'month', '13-week', ...; 0 for 'session', which plans nothing.
CREATE OR REPLACE TEMP MACRO rhythm_days(planned) AS
    coalesce(nullif(regexp_extract(planned, '^\d+'), '')::INTEGER, 1) * CASE
        WHEN planned LIKE '%month%' THEN 365.25 / 12
        WHEN planned LIKE '%week%' THEN 7
        WHEN planned LIKE '%day%' THEN 1
        ELSE 0
    END;

-- 'kg_shared + kg_wasted' is two items; 'sessions' counts the sessions themselves and is none.
CREATE OR REPLACE TEMP MACRO items_of(counted) AS
    list_filter(string_split(replace(counted, ' ', ''), '+'), lambda item: item NOT IN ('', 'sessions'));

CREATE OR REPLACE TEMP TABLE series AS
SELECT
    measure.measure_id || '@' || prototype.prototype_id AS series_id, measure.measure_id, prototype.prototype_id,
    prototype.neighbourhood_id, measure.period, measure.numerator, measure.denominator, measure.no_entry_means_zero,
    CASE
        WHEN measure.denominator IS NOT NULL AND measure.kind NOT IN ('count', 'c') THEN 'ratio'
        WHEN measure.kind IN ('measurement', 'time_between', 'opportunities_between', 'xbar', 's', 't', 'g') THEN 'mean'
        ELSE 'sum'
    END AS made_by,
    CASE WHEN measure.planned_every = 'session' THEN 0
        ELSE greatest(rhythm_days(measure.planned_every), coalesce(rhythm_days(prototype.planned_every), 0))
    END AS planned_days,
    CASE measure.period WHEN 'session' THEN 1 WHEN 'week' THEN 7 WHEN '4-week' THEN 28 ELSE 365.25 / 12 END AS period_days,
    items_of(measure.numerator) AS numerator_items,
    CASE WHEN made_by = 'ratio' THEN items_of(measure.denominator) ELSE [] END AS denominator_items,
    len(list_filter(numerator_items, lambda item: starts_with(item, 'cascade_'))) > 0 AS of_cascade
FROM measure CROSS JOIN prototype
WHERE list_has_any(
    string_split(measure.prototypes, ','), ['*', prototype.prototype_id, 'theme:' || coalesce(prototype.theme, '')]
);

CREATE OR REPLACE TEMP TABLE reading AS
WITH session AS (
    SELECT counted.*, load.reader IS NOT DISTINCT FROM 'cascade_counts' AS of_cascade
    FROM (SELECT DISTINCT load_id, line, prototype_id, tested_on FROM test_count) AS counted
    LEFT JOIN (SELECT DISTINCT load_id, reader FROM load) AS load ON load.load_id = counted.load_id
),

numbered AS (  -- the order of the sessions of a day, for measures by session only: over a million lines it is dear
    SELECT
        load_id, line,
        row_number() OVER (PARTITION BY prototype_id, tested_on ORDER BY min(file), min(sheet) NULLS FIRST, line) AS number
    FROM test_count
    SEMI JOIN (SELECT prototype_id FROM series WHERE period = 'session') AS wanted
        ON wanted.prototype_id = test_count.prototype_id
    GROUP BY load_id, line, prototype_id, tested_on
),

counted AS (   -- one row a numerator or denominator, whatever counts it
    SELECT numerator AS counted, numerator_items AS items FROM series
    UNION
    SELECT denominator, denominator_items FROM series WHERE made_by = 'ratio'
),

amount AS (    -- one row a session and numerator or denominator that is known there
    SELECT
        load_id, line, item AS counted, count AS middle, coalesce(low, count) AS low,
        CASE WHEN low IS NULL THEN count ELSE high END AS high
    FROM test_count
    SEMI JOIN counted ON counted.counted = test_count.item
    UNION ALL
    SELECT
        load_id, line, term.counted, sum(count), sum(coalesce(low, count)),
        CASE WHEN count(*) FILTER (low IS NOT NULL AND high IS NULL) = 0 THEN sum(coalesce(high, count)) END
    FROM (SELECT counted, len(items) AS n_items, unnest(items) AS item FROM counted WHERE len(items) > 1) AS term
    JOIN test_count ON test_count.item = term.item
    GROUP BY load_id, line, term.counted, term.n_items
    HAVING count(count) = term.n_items
)

SELECT
    series.series_id, session.load_id, session.line, session.tested_on,
    period_index(series.period, session.tested_on) AS number,
    CASE series.period WHEN 'session' THEN numbered.number ELSE 1 END AS session_no,
    CASE series.numerator WHEN 'sessions' THEN 1 ELSE above.middle END AS part,
    CASE series.numerator WHEN 'sessions' THEN 1 ELSE above.low END AS part_low,
    CASE series.numerator WHEN 'sessions' THEN 1 ELSE above.high END AS part_high,
    CASE WHEN series.made_by <> 'ratio' OR series.denominator = 'sessions' THEN 1 ELSE below.middle END AS whole,
    CASE WHEN series.made_by <> 'ratio' OR series.denominator = 'sessions' THEN 1 ELSE below.low END AS whole_low,
    CASE WHEN series.made_by <> 'ratio' OR series.denominator = 'sessions' THEN 1 ELSE below.high END AS whole_high
FROM series
JOIN session ON session.prototype_id = series.prototype_id AND session.of_cascade = series.of_cascade
LEFT JOIN numbered
    ON series.period = 'session' AND numbered.load_id = session.load_id AND numbered.line = session.line
LEFT JOIN amount AS above
    ON above.load_id = session.load_id AND above.line = session.line AND above.counted = series.numerator
LEFT JOIN amount AS below
    ON series.made_by = 'ratio'
    AND below.load_id = session.load_id AND below.line = session.line AND below.counted = series.denominator
WHERE NOT series.of_cascade OR (part IS NOT NULL AND whole IS NOT NULL);

INSERT INTO observation
WITH doubt AS (     -- one row a point that something held may belong to, tested or not
    SELECT DISTINCT
        series.series_id, period_index(series.period, held.presumed_on) AS number,
        coalesce(reading.session_no, 1) AS session_no
    FROM series
    JOIN held_record AS held ON held.prototype_id = series.prototype_id
    LEFT JOIN reading
        ON reading.series_id = series.series_id AND reading.number = period_index(series.period, held.presumed_on)
    WHERE (
            held.item IS NULL
            OR list_contains(series.numerator_items, held.item) OR list_contains(series.denominator_items, held.item)
        )
        AND (held.doubt = 'held' OR series.made_by = 'sum')
        AND (series.period <> 'session' OR held.item IS NULL OR (held.load_id = reading.load_id AND held.line = reading.line))
),

tested AS (    -- one row a series and period with a session; an end is known where that of every session is
    SELECT
        reading.series_id, reading.number, reading.session_no, count(*) AS n_sessions,
        sum(reading.part) FILTER (reading.whole IS NOT NULL) AS numerator,
        sum(reading.part_low) FILTER (reading.whole IS NOT NULL) AS numerator_low,
        CASE WHEN count(*) FILTER (reading.whole IS NOT NULL AND reading.part IS NOT NULL AND reading.part_high IS NULL) = 0
            THEN sum(reading.part_high) FILTER (reading.whole IS NOT NULL) END AS numerator_high,
        sum(reading.whole) FILTER (reading.part IS NOT NULL) AS denominator,
        sum(reading.whole_low) FILTER (reading.part IS NOT NULL) AS denominator_low,
        CASE WHEN count(*) FILTER (reading.part IS NOT NULL AND reading.whole IS NOT NULL AND reading.whole_high IS NULL) = 0
            THEN sum(reading.whole_high) FILTER (reading.part IS NOT NULL) END AS denominator_high
    FROM reading
    SEMI JOIN (SELECT series_id FROM reading WHERE part IS NOT NULL) AS known ON known.series_id = reading.series_id
    GROUP BY reading.series_id, reading.number, reading.session_no
),

step AS (      -- the periods between one tested period and the next, in planned steps
    SELECT
        tested.series_id, tested.number, greatest(1, round(series.planned_days / series.period_days))::INTEGER AS stride,
        lead(tested.number) OVER (PARTITION BY tested.series_id ORDER BY tested.number) - tested.number AS distance
    FROM (SELECT DISTINCT series_id, number FROM tested) AS tested
    JOIN series ON series.series_id = tested.series_id
    WHERE series.planned_days > 0
),

missed AS (    -- a test a little late is no gap: steps are rounded, half a step down
    SELECT series_id, number + stride * unnest(range(1, ceil(distance / stride - 0.5)::BIGINT)) AS number
    FROM step
    WHERE distance > stride
),

told AS (      -- one row a period in which a test was planned and not held, and why
    SELECT
        series.series_id, period_index(series.period, not_held.planned_on) AS number,
        string_agg(DISTINCT rtrim(not_held.reason, '. '), '; ') AS reason
    FROM series
    JOIN not_held ON not_held.prototype_id = series.prototype_id
    SEMI JOIN tested ON tested.series_id = series.series_id
    GROUP BY ALL
),

point AS (
    FROM tested
    UNION ALL BY NAME
    SELECT series_id, number, 1 AS session_no, 0 AS n_sessions
    FROM (SELECT series_id, number FROM missed UNION SELECT series_id, number FROM told) AS gap
    ANTI JOIN tested ON tested.series_id = gap.series_id AND tested.number = gap.number
),

valued AS (
    SELECT
        series.*, point.number, point.session_no, point.n_sessions, point.denominator AS whole,
        point.denominator_low AS whole_low, point.denominator_high AS whole_high,
        series.no_entry_means_zero AND series.made_by = 'sum' AND point.numerator IS NULL AS is_zero,
        CASE WHEN is_zero THEN 0 ELSE point.numerator END AS part,
        CASE WHEN is_zero THEN 0 ELSE point.numerator_low END AS part_low,
        CASE WHEN is_zero THEN 0 ELSE point.numerator_high END AS part_high,
        CASE
            WHEN doubt.series_id IS NOT NULL THEN NULL
            WHEN series.made_by = 'sum' THEN part
            ELSE part / nullif(point.denominator, 0)
        END AS value,
        CASE WHEN point.n_sessions = 0 THEN 'Planned and not held: ' || told.reason || '.' END AS note
    FROM point
    JOIN series ON series.series_id = point.series_id
    LEFT JOIN doubt
        ON doubt.series_id = point.series_id AND doubt.number = point.number AND doubt.session_no = point.session_no
    LEFT JOIN told ON told.series_id = point.series_id AND told.number = point.number
)

SELECT
    series_id, measure_id, prototype_id, neighbourhood_id, period, index_start(period, number) AS period_start,
    index_start(period, number + 1) - 1 AS period_end, session_no,
    CASE WHEN value IS NOT NULL THEN part END AS numerator,
    CASE WHEN value IS NOT NULL AND made_by = 'ratio' THEN whole END AS denominator,
    value, n_sessions, value IS NULL AS is_gap, FALSE AS is_hidden, NULL AS hidden_reason,
    CASE WHEN value IS NOT NULL THEN part_low END AS numerator_low,
    CASE WHEN value IS NOT NULL THEN part_high END AS numerator_high,
    CASE WHEN value IS NOT NULL AND made_by = 'ratio' THEN whole_low END AS denominator_low,
    CASE WHEN value IS NOT NULL AND made_by = 'ratio' THEN whole_high END AS denominator_high,
    note, FALSE AS is_running   -- until it is known how far the data of all prototypes reach
FROM valued
ORDER BY series_id, period_start, session_no;
