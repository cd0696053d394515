-- Observations of a single file given to the command `chart`.
-- Grain: one row a period, in time order; a period between the first and the last without a row is a gap.
-- Units: as in the file. $period: 'session' (each row a point), 'week' (Monday) or 'month'; $is_share: value = numerator / denominator.
WITH placed AS (
    SELECT
        CASE $period
            WHEN 'week' THEN date_trunc('week', date)
            WHEN 'month' THEN date_trunc('month', date)
            ELSE date
        END::DATE AS period_start,
        CASE WHEN $period = 'session' THEN row_number() OVER (PARTITION BY date) ELSE 1 END AS session_no,
        numerator, denominator
    FROM row_in
),
summed AS (
    SELECT
        period_start, session_no, count(*) AS n_sessions,
        CASE WHEN $is_share THEN sum(numerator) FILTER (denominator IS NOT NULL) ELSE sum(numerator) END AS numerator,
        CASE WHEN $is_share THEN sum(denominator) FILTER (numerator IS NOT NULL) END AS denominator
    FROM placed
    GROUP BY ALL
),
planned AS (
    SELECT day::DATE AS period_start, 1 AS session_no
    FROM (SELECT min(period_start) AS first_start, max(period_start) AS last_start FROM summed),
        generate_series(first_start::TIMESTAMP, last_start::TIMESTAMP, CASE $period WHEN 'month' THEN INTERVAL 1 MONTH ELSE INTERVAL 7 DAY END) AS g(day)
    WHERE $period <> 'session'
    UNION
    SELECT period_start, session_no FROM summed
)
SELECT
    'value@file' AS series_id, 'value' AS measure_id, 'file' AS prototype_id, 'file' AS neighbourhood_id, $period AS period,
    period_start,
    CASE $period
        WHEN 'week' THEN period_start + 6
        WHEN 'month' THEN (period_start + INTERVAL 1 MONTH - INTERVAL 1 DAY)::DATE
        ELSE period_start
    END::DATE AS period_end,
    session_no::INTEGER AS session_no, numerator, denominator,
    CASE WHEN $is_share THEN numerator / nullif(denominator, 0) ELSE numerator END AS value,
    coalesce(n_sessions, 0)::INTEGER AS n_sessions,
    CASE WHEN $is_share THEN numerator / nullif(denominator, 0) ELSE numerator END IS NULL AS is_gap,
    FALSE AS is_hidden, NULL::VARCHAR AS hidden_reason
FROM planned LEFT JOIN summed USING (period_start, session_no)
ORDER BY period_start, session_no
