-- deprivation_2021: one row an edition, domain and small area of 2021. Keys: edition, domain, lsoa_code.
-- Units: score in the domain's own, rank and decile 1 = most deprived in England.
-- Reads deprivation, small_area_change, small_area_residents. What is published on areas of 2021 is taken as it is. What
-- is published on areas of 2011 comes over by the change table alone:
--   U unchanged  the same area: score, rank and decile are its own
--   S split      each part lay wholly in one old area: it has that area's score, rank and decile
--   M merged     made of several whole old areas: no rank and no decile, since neither can be averaged; the score is the
--                mean of the old ones weighted by their residents, where both are known for every one of them
--   X irregular  boundaries cut across old areas: nothing comes over
-- Old areas can still be counted by decile: sql/neighbourhood_fact.sql counts each of them once.
-- A figure loaded from two files is taken from the one released last.

INSERT INTO deprivation_2021
WITH published AS (
    FROM deprivation
    QUALIFY row_number() OVER (
        PARTITION BY edition, domain, lsoa_vintage, lsoa_code ORDER BY released_on DESC NULLS LAST, load_id, line
    ) = 1
),
weight AS (
    SELECT lsoa_code, residents FROM small_area_residents WHERE lsoa_vintage = 2011
    QUALIFY row_number() OVER (PARTITION BY lsoa_code ORDER BY counted_on DESC, released_on DESC NULLS LAST, load_id) = 1
),
change AS (
    SELECT DISTINCT ON (lsoa11_code, lsoa21_code) lsoa11_code, lsoa21_code, change
    FROM small_area_change ORDER BY lsoa11_code, lsoa21_code, released_on DESC NULLS LAST, load_id
),
made_of AS (                      -- a new area is of one kind: anything mixed is irregular
    SELECT
        lsoa21_code, count(*) AS n_old,
        CASE
            WHEN count(*) = 1 AND min(change) IN ('U', 'S') THEN min(change)
            WHEN bool_and(change = 'M') THEN 'M'
            ELSE 'X'
        END AS kind
    FROM change GROUP BY lsoa21_code
),
edition_of_2011 AS (SELECT DISTINCT edition, domain FROM published WHERE lsoa_vintage = 2011)
SELECT edition, lsoa_code, domain, score, rank, decile, NULL, 1, source, released_on FROM published WHERE lsoa_vintage = 2021
UNION ALL
SELECT
    of_2011.edition, made_of.lsoa21_code, of_2011.domain,
    CASE any_value(made_of.kind)
        WHEN 'U' THEN any_value(old.score)
        WHEN 'S' THEN any_value(old.score)
        WHEN 'M' THEN if(
            count(old.score * weight.residents) = any_value(made_of.n_old),
            sum(old.score * weight.residents) / nullif(sum(weight.residents), 0), NULL
        )
    END,
    if(any_value(made_of.kind) IN ('U', 'S'), any_value(old.rank), NULL),
    if(any_value(made_of.kind) IN ('U', 'S'), any_value(old.decile), NULL),
    any_value(made_of.kind), any_value(made_of.n_old), max(old.source), max(old.released_on)
FROM made_of
JOIN change USING (lsoa21_code)
CROSS JOIN edition_of_2011 AS of_2011
JOIN published AS old
    ON old.lsoa_code = change.lsoa11_code AND old.lsoa_vintage = 2011
    AND old.edition = of_2011.edition AND old.domain = of_2011.domain
LEFT JOIN weight ON weight.lsoa_code = change.lsoa11_code
GROUP BY of_2011.edition, made_of.lsoa21_code, of_2011.domain;
